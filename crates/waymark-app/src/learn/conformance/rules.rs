//! The table: what is said and done under each rule.

use waymark_core::{
    json::FreeJson,
    learner::call::Call,
    walkthrough::{Walkthrough, WalkthroughStatus},
};

use crate::learn::stage::{next, start, walkthrough};

/// Where a rule holds.
#[derive(Clone, Copy, PartialEq)]
pub enum Where {
    Both,
    /// It is about something that drafts do not have.
    Production,
}

pub struct Rule {
    pub name: &'static str,
    pub place: Where,
    pub lines: Vec<Line>,
}

pub enum Line {
    /// What the author has from now on.
    Put(Box<Walkthrough>),
    /// Somebody makes a call.
    Call(Who, Call),
    /// Minutes go by.
    Minutes(i64),
    /// What the platform does to its tables.
    Run(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// Somebody in a protocol session.
    Session(&'static str),
    /// An identified learner.
    User(&'static str),
    /// An identified learner in a protocol session.
    UserIn(&'static str, &'static str),
    /// Nobody in particular, with no visit.
    Nobody,
    /// Nobody in particular, with the visit of the answer of this number (from 1).
    Visit(usize),
    /// An identified learner, with the visit of that answer.
    UserWith(&'static str, usize),
    /// With a handle that nobody minted.
    MadeUp,
}

use Line::{Minutes, Run};
use Who::{MadeUp, Nobody, Session, User, UserIn, UserWith, Visit};

fn put(walkthrough: Walkthrough) -> Line {
    Line::Put(Box::new(walkthrough))
}

fn one(steps: &[&str]) -> Line {
    put(walkthrough("wt_1", steps))
}

fn begins(who: Who) -> Line {
    Line::Call(who, start(None))
}

fn names(who: Who, name: &str) -> Line {
    Line::Call(who, start(Some(name)))
}

fn restarts(who: Who, name: &str) -> Line {
    Line::Call(who, Call::Start { name: Some(name.to_owned()), restart: true, email: None })
}

fn leaves_address(who: Who, email: &str) -> Line {
    Line::Call(who, Call::Start { name: Some("wt_1".to_owned()), restart: false, email: Some(email.to_owned()) })
}

fn done(who: Who, step: &str) -> Line {
    Line::Call(who, next(Some(step)))
}

fn goes_on(who: Who) -> Line {
    Line::Call(who, next(None))
}

fn status(who: Who, walkthrough: Option<&str>) -> Line {
    Line::Call(who, Call::Status { walkthrough: walkthrough.map(str::to_owned) })
}

fn resets(who: Who, walkthrough: &str, confirm: bool) -> Line {
    Line::Call(who, Call::Reset { walkthrough: walkthrough.into(), confirm })
}

/// The table.
pub fn rules() -> Vec<Rule> {
    let s = Session("one");
    let rule = |name, lines| Rule { name, place: Where::Both, lines };
    let of_production = |name, lines| Rule { name, place: Where::Production, lines };
    let abc = || one(&["a", "b", "c"]);
    let second = || put(walkthrough("wt_2", &["x", "y"]));
    let titled =
        |id: &str, step: &str, title: &str| Walkthrough { title: title.to_owned(), ..walkthrough(id, &[step]) };
    vec![
        rule("first_to_last", vec![abc(), names(s, "wt_1"), done(s, "a"), goes_on(s), done(s, "c"), status(s, None)]),
        rule("resume", vec![abc(), names(s, "wt_1"), done(s, "a"), names(s, "wt_1"), names(s, "wt_1"), done(s, "b")]),
        rule(
            "restart",
            vec![
                abc(),
                names(s, "wt_1"),
                done(s, "a"),
                restarts(s, "wt_1"),
                status(s, None),
                done(s, "a"),
                done(s, "b"),
                done(s, "c"),
                restarts(s, "wt_1"),
                done(s, "a"),
            ],
        ),
        rule(
            "ghosts_count_for_nothing",
            vec![
                abc(),
                names(s, "wt_1"),
                done(s, "a"),
                done(s, "b"),
                one(&["a", "c"]),
                status(s, None),
                done(s, "b"),
                goes_on(s),
            ],
        ),
        rule(
            "the_current_step_is_removed",
            vec![abc(), names(s, "wt_1"), done(s, "a"), one(&["a", "c"]), done(s, "b"), goes_on(s), goes_on(s)],
        ),
        rule(
            "later_added_steps_open_it_again",
            vec![
                one(&["a", "b"]),
                names(s, "wt_1"),
                done(s, "a"),
                done(s, "b"),
                status(s, None),
                one(&["a", "new", "b"]),
                status(s, None),
                goes_on(s),
                done(s, "new"),
                status(s, None),
            ],
        ),
        rule(
            "steps_are_reordered_under_way",
            vec![
                abc(),
                names(s, "wt_1"),
                done(s, "a"),
                one(&["c", "b", "a"]),
                status(s, None),
                done(s, "b"),
                done(s, "c"),
            ],
        ),
        rule(
            "completed_is_completed",
            vec![
                one(&["a"]),
                names(s, "wt_1"),
                done(s, "a"),
                done(s, "a"),
                goes_on(s),
                names(s, "wt_1"),
                status(s, None),
            ],
        ),
        rule(
            "linked_order",
            vec![linked(), names(s, "wt_1"), done(s, "a"), done(s, "c"), status(s, None), done(s, "b")],
        ),
        rule(
            "duplicate_titles",
            vec![
                put(titled("wt_1", "a", "Twice")),
                put(titled("wt_2", "x", "Twice")),
                put(titled("wt_3", "z", "twice")),
                names(s, "Twice"),
                names(s, "TWICE"),
                names(s, "wt_2"),
                status(s, Some("Twice")),
            ],
        ),
        rule("no_steps", vec![one(&[]), names(s, "wt_1"), begins(s), goes_on(s), status(s, Some("wt_1"))]),
        rule(
            "nothing_is_offered",
            vec![put(draft()), begins(s), names(s, "wt_1"), goes_on(s), status(s, None), resets(s, "wt_1", true)],
        ),
        rule("only_what_is_offered_is_seen", hidden(s)),
        rule(
            "wrong_foreign_and_completed_step_ids",
            vec![
                abc(),
                second(),
                put(unassigned()),
                names(s, "wt_1"),
                done(s, "nonsense"),
                done(s, "x"),
                done(s, "hidden"),
                done(s, "b"),
                done(s, "b"),
                done(s, "a"),
                done(s, "a"),
                done(s, "c"),
                done(s, "nonsense"),
            ],
        ),
        rule(
            "repeated_calls",
            vec![abc(), names(s, "wt_1"), done(s, "a"), done(s, "a"), done(s, "a"), status(s, None)],
        ),
        rule(
            "a_new_visit_delivers_again",
            vec![
                abc(),
                names(UserIn("ann", "one"), "wt_1"),
                goes_on(UserIn("ann", "one")),
                goes_on(UserIn("ann", "two")),
                goes_on(UserIn("ann", "two")),
                status(UserIn("ann", "one"), None),
            ],
        ),
        rule(
            "a_learner_is_known_for_half_an_hour",
            vec![
                abc(),
                names(User("ann"), "wt_1"),
                Minutes(29),
                goes_on(User("ann")),
                Minutes(31),
                goes_on(User("ann")),
                goes_on(User("ann")),
            ],
        ),
        rule(
            "the_visit_leads_an_unknown_learner",
            vec![
                abc(),
                goes_on(Nobody),
                status(Nobody, None),
                names(Nobody, "wt_1"),
                goes_on(Visit(3)),
                status(Visit(3), None),
                names(Nobody, "wt_1"),
            ],
        ),
        rule(
            "an_unknown_or_foreign_visit",
            vec![
                abc(),
                names(MadeUp, "wt_1"),
                goes_on(MadeUp),
                names(User("ann"), "wt_1"),
                names(UserWith("bob", 3), "wt_1"),
                goes_on(UserWith("bob", 3)),
                status(UserWith("bob", 3), None),
                goes_on(User("bob")),
            ],
        ),
        rule(
            "several_walkthroughs",
            vec![
                abc(),
                second(),
                begins(s),
                names(s, "Walkthrough wt_1"),
                names(s, "walkthrough WT_2"),
                goes_on(s),
                names(s, "Something else"),
                status(s, Some("wt_1")),
                status(s, Some("nowhere")),
                names(s, "wt_1"),
                goes_on(s),
                begins(s),
            ],
        ),
        rule(
            "status_and_reset",
            vec![
                abc(),
                status(s, Some("wt_1")),
                begins(s),
                status(s, Some("wt_1")),
                names(s, "wt_1"),
                done(s, "a"),
                resets(s, "wt_1", false),
                resets(s, "Walkthrough wt_1", true),
                resets(s, "nowhere", true),
                resets(s, "wt_1", true),
                status(s, Some("wt_1")),
                goes_on(s),
                goes_on(s),
            ],
        ),
        of_production(
            "tools_switched_off",
            vec![abc(), names(s, "wt_1"), Run(OFF), begins(s), names(s, "wt_1"), done(s, "a")],
        ),
        of_production(
            "an_address_is_asked_for",
            vec![
                abc(),
                Run(COLLECTS),
                begins(s),
                names(s, "wt_1"),
                goes_on(s),
                leaves_address(s, "not an address"),
                leaves_address(s, "reader@example.org"),
                goes_on(s),
            ],
        ),
    ]
}

const OFF: &str = "UPDATE mcp_servers SET walkthrough_tools_enabled = 'false'";
const COLLECTS: &str = "UPDATE mcp_servers SET auth_type = 'collect_email'";

fn linked() -> Line {
    let mut authored = walkthrough("wt_1", &["a", "b", "c"]);
    authored.steps[0].next_step_id = Some("c".into());
    authored.metadata = Some(FreeJson::parse(r#"{"waymark":{"order":"linked"}}"#).expect("valid"));
    put(authored)
}

fn draft() -> Walkthrough {
    Walkthrough { status: WalkthroughStatus::Draft, ..walkthrough("wt_draft", &["d"]) }
}

fn unassigned() -> Walkthrough {
    Walkthrough { assignments: Vec::new(), ..walkthrough("wt_hidden", &["hidden"]) }
}

fn hidden(s: Who) -> Vec<Line> {
    let mut off = walkthrough("wt_off", &["o"]);
    off.assignments[0].is_enabled = false;
    let mut last = walkthrough("wt_1", &["a"]);
    last.assignments[0].display_order = 2;
    let puts = [draft(), off, unassigned(), last, walkthrough("wt_2", &["x"])];
    let asks = ["wt_draft", "wt_off", "wt_hidden", "Walkthrough wt_hidden"];
    let asks = asks.iter().map(|name| names(s, name));
    puts.into_iter().map(put).chain([begins(s)]).chain(asks).collect()
}
