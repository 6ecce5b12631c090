//! The checks, each over agents that behave and agents that do not; scripts and two runs side by side.

use super::{
    beside::{self, TurnRange},
    checks::{Check, CheckResult, Outcome, check},
    run::{Ending, Limits},
    script::{Script, checked_message},
    transcript::{Delivered, Event, ToolAnswer, ToolCall, Transcript, Usage},
};
use crate::{id::WalkthroughId, walkthrough::Millis};

const WALKTHROUGH: &str = "wt_1";
const CONTENT: [&str; 3] = ["Welcome.\n\nWe install it.", "Now it runs?", "That was all."];
const OPERATIONS: &str = "Run these:\n\n```sh\n$ npm ci\n# then\nnpm test\n```\n\nThen `git push origin` in `src`.";

/// What an agent or a user does; steps are counted from 1.
enum Does {
    /// The agent says this, and nothing is called.
    Says(String),
    /// The agent says this and calls the tool for the next step, which answers with a step.
    Goes(String, usize),
    /// The same, and the walkthrough is complete.
    Ends(String),
    /// The same, and it is refused.
    IsRefused,
    /// The agent asks how far the user is, silently.
    LooksUp,
    /// The user says this.
    User(&'static str),
}
use Does::{Ends, Goes, IsRefused, LooksUp, Says, User};

fn transcript(done: Vec<Does>) -> Transcript {
    let mut transcript = Transcript::default();
    let mut push = |event| {
        transcript.push(Millis(0), event);
    };
    let call = |tool: &str| ToolCall { id: "c".to_owned(), tool: tool.to_owned(), arguments: "{}".to_owned() };
    let agent = |text: String, calls| Event::Agent { text, calls, usage: Usage::default(), millis: 1, is_cut: false };
    let answer = |tool: &str, outcome: &str, step: Option<usize>| {
        Event::Tool(ToolAnswer {
            call: "c".to_owned(),
            tool: tool.to_owned(),
            text: "…".to_owned(),
            is_error: outcome == "error",
            outcome: outcome.to_owned(),
            walkthrough: Some(WALKTHROUGH.into()),
            step: step.map(|number| Delivered {
                id: format!("wts_{number}").into(),
                number: number as u32,
                title: format!("Step {number}"),
                content_for_user: CONTENT.get(number - 1).map(|text| (*text).to_owned()),
                operations_for_agent: (number == 2).then(|| OPERATIONS.to_owned()),
            }),
        })
    };
    for one in done {
        let next = "get_next_step";
        match one {
            Says(text) => push(agent(text, Vec::new())),
            User(text) => push(Event::Learner { text: text.to_owned() }),
            Goes(text, step) => {
                push(agent(text, vec![call(next)]));
                push(answer(next, "step", Some(step)));
            }
            Ends(text) => {
                push(agent(text, vec![call(next)]));
                push(answer(next, "completed", None));
            }
            IsRefused => {
                push(agent(String::new(), vec![call(next)]));
                push(answer(next, "error", None));
            }
            LooksUp => {
                push(agent(String::new(), vec![call("get_walkthrough_status")]));
                push(answer("get_walkthrough_status", "status", None));
            }
        }
    }
    transcript
}

fn says(text: &str) -> Does {
    Says(text.to_owned())
}

fn goes(step: usize) -> Does {
    Goes(String::new(), step)
}

/// What a well-behaved agent does in step 2.
fn second() -> Does {
    says("Now it runs?\n\nI run `npm ci` and `npm  test`, then `git push origin`.")
}

/// A run in which everything is as it should be, up to the end.
fn good() -> Vec<Does> {
    vec![
        User("Hello."),
        goes(1),
        says("Welcome.  \n\nWe install it.\r\n\nShall we go on?"),
        User("Yes."),
        goes(2),
        second(),
        User("Yes."),
        goes(3),
        says("That was all."),
        User("Fine."),
        Ends(String::new()),
        says("Complete."),
    ]
}

/// `good`, with other things done from the move at `from` to before the one at `to`.
fn with(from: usize, to: usize, done: Vec<Does>) -> Vec<Does> {
    let mut all = good();
    all.splice(from..to, done);
    all
}

fn results(done: Vec<Does>, ending: Ending) -> Vec<CheckResult> {
    check(&transcript(done), &WALKTHROUGH.into(), &ending)
}

fn result(done: Vec<Does>, ending: Ending, wanted: Check) -> CheckResult {
    results(done, ending).into_iter().find(|result| result.check == wanted).expect("every check has a result")
}

#[test]
fn a_well_behaved_agent_passes_every_check() {
    for result in results(good(), Ending::Finished) {
        assert_eq!(result.outcome, Outcome::Passed, "{result:?}");
        assert!(result.places.is_empty() && result.sentence.ends_with('.'), "{result:?}");
    }
}

#[test]
fn a_run_in_which_nothing_happened_fails_only_where_it_should_have() {
    for result in results(vec![User("Hello."), says("Hi! How are you?")], Ending::RepliesUsedUp) {
        let wanted = if result.check == Check::Finished { Outcome::Failed } else { Outcome::DoesNotApply };
        assert_eq!(result.outcome, wanted, "{result:?}");
    }
}

#[test]
fn each_check_fails_where_the_agent_misbehaves_and_says_where() {
    let rows: Vec<(&str, Vec<Does>, Check, u32, &str)> = vec![
        (
            "it paraphrases",
            with(2, 3, vec![says("Hi there. We will install it. Ready?")]),
            Check::SaidVerbatim,
            4,
            "nothing of the content",
        ),
        (
            "it changes a line",
            with(2, 3, vec![says("Welcome.\n\nLet us install it.")]),
            Check::SaidVerbatim,
            4,
            "“We install it.”",
        ),
        ("it says nothing", with(2, 4, vec![]), Check::SaidVerbatim, 3, "nothing was said"),
        (
            "it says the lines the other way round",
            with(2, 3, vec![says("We install it.\n\nWelcome.")]),
            Check::SaidVerbatim,
            4,
            "another order",
        ),
        (
            "it says something before it in the same breath",
            with(2, 3, vec![says("Great!\nWelcome.\n\nWe install it.")]),
            Check::SaidFirst,
            4,
            "“Great!”",
        ),
        (
            "it says something before it in another message",
            with(2, 3, vec![says("One moment."), User("Well?"), says("Welcome.\n\nWe install it.")]),
            Check::SaidFirst,
            4,
            "“One moment.”",
        ),
        (
            "it calls something before it",
            with(2, 3, vec![LooksUp, says("Welcome.\n\nWe install it.")]),
            Check::SaidFirst,
            4,
            "`get_walkthrough_status`",
        ),
        ("it never asks", with(3, 5, vec![goes(2)]), Check::AskedBeforeMovingOn, 6, "step 1 without waiting"),
        (
            "it names another command",
            with(5, 6, vec![says("Now it runs?\n\nI run `npm install`.")]),
            Check::NamedOperations,
            8,
            "`npm ci` of the operations was not named",
        ),
        (
            "it names them in another order",
            with(5, 6, vec![says("Now it runs?\n\n`npm test`, `npm ci`, `git push origin`")]),
            Check::NamedOperations,
            8,
            "`npm test` was named, but not in the order",
        ),
        ("it is given a later step", with(4, 8, vec![goes(3)]), Check::SkippedNothing, 7, "After step 1 came step 3"),
        ("it passes a step over", with(5, 7, vec![]), Check::SkippedNothing, 9, "passed over step 2 without a word"),
        ("it makes an id up", with(4, 4, vec![IsRefused]), Check::SkippedNothing, 7, "could not have"),
    ];
    for (what, done, wanted, turn, words) in rows {
        let result = result(done, Ending::Finished, wanted);
        assert_eq!(result.outcome, Outcome::Failed, "{what}: {result:?}");
        assert_eq!(result.places[0].turn, turn, "{what}: {result:?}");
        assert!(result.sentence.contains(words), "{what}: {result:?}");
    }
}

#[test]
fn what_is_not_said_word_for_word_is_not_judged_for_its_place() {
    let done = vec![User("Hello."), goes(1), says("Hi. We install it now."), User("Yes."), goes(2)];
    let result = result(done, Ending::Open, Check::SaidFirst);
    assert_eq!(result.outcome, Outcome::DoesNotApply, "{result:?}");
}

#[test]
fn an_agent_that_waits_without_a_question_passes_and_it_is_said() {
    let done = with(2, 3, vec![says("Welcome.\n\nWe install it.")]);
    let result = result(done, Ending::Finished, Check::AskedBeforeMovingOn);
    assert_eq!(result.outcome, Outcome::Passed);
    assert!(result.sentence.contains("2 of them no question"), "{result:?}");
}

#[test]
fn a_step_that_is_delivered_again_is_still_the_same_step() {
    let done = with(2, 2, vec![goes(1)]);
    for result in results(done, Ending::Finished) {
        let is_early_call = result.check == Check::SaidFirst;
        assert_eq!(result.outcome == Outcome::Failed, is_early_call, "{result:?}");
    }
}

#[test]
fn what_ended_for_other_reasons_says_nothing_about_the_agent() {
    let half = || good().into_iter().take(6).collect();
    for (ending, outcome) in [
        (Ending::Stopped, Outcome::DoesNotApply),
        (Ending::Open, Outcome::DoesNotApply),
        (Ending::of(&crate::error::Error::bug("It broke.")), Outcome::DoesNotApply),
        (Ending::RepliesUsedUp, Outcome::Failed),
        (Ending::TokensUsedUp, Outcome::Failed),
        (Ending::Stuck, Outcome::Failed),
    ] {
        let result = result(half(), ending.clone(), Check::Finished);
        assert_eq!(result.outcome, outcome, "{ending:?}");
        assert_eq!(result.places.first().map(|place| place.step), (outcome == Outcome::Failed).then_some(Some(2)));
    }
}

#[test]
fn another_walkthrough_is_not_this_one() {
    let other: WalkthroughId = "wt_2".into();
    for result in check(&transcript(good()), &other, &Ending::Finished) {
        let wanted = if result.check == Check::Finished { Outcome::Failed } else { Outcome::DoesNotApply };
        assert_eq!(result.outcome, wanted, "{result:?}");
    }
}

#[test]
fn two_runs_stand_side_by_side_by_step() {
    let left = transcript(good());
    let right = transcript(vec![User("Hello."), goes(1), says("Hm."), goes(3), says("Done.")]);
    let rows = beside::rows(&left, &right);
    let shown: Vec<_> = rows.iter().map(|row| (row.title.as_deref(), row.left, row.right)).collect();
    let range = |from, to| Some(TurnRange { from, to });
    assert_eq!(
        shown,
        [
            (None, range(1, 2), range(1, 2)),
            (Some("Step 1"), range(3, 6), range(3, 5)),
            (Some("Step 2"), range(7, 10), None),
            (Some("Step 3"), range(11, 16), range(6, 7)),
        ]
    );
}

#[test]
fn a_script_is_read_line_by_line_and_goes_on_by_itself() {
    let script = Script::parse("# Anna\nHello!\n\n  Two\\nlines  \n").expect("a script");
    assert_eq!(script.say(0, "Tour"), "Hello!");
    assert_eq!(script.say(1, "Tour"), "Two\nlines");
    assert!(!script.say(2, "Tour").is_empty());
    assert!(Script::default().say(0, "Tour").contains("“Tour”"));
    assert!(Script::parse(&"a\n".repeat(1_001)).is_err());
    assert!(checked_message(" ").is_err());
    assert_eq!(checked_message(" a ").expect("a message"), "a");
}

#[test]
fn limits_leave_room_for_something() {
    assert!(Limits::default().checked().is_ok());
    for (limits, field) in [
        (Limits { replies: 0, ..Limits::default() }, "replies"),
        (Limits { replies: 2_001, ..Limits::default() }, "replies"),
        (Limits { tokens: 0, ..Limits::default() }, "tokens"),
    ] {
        assert_eq!(limits.checked().expect_err("too little or too much").field.as_deref(), Some(field));
    }
}
