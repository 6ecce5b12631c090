//! The rule, case by case.

use super::{
    call::{Call, Profile},
    output::output,
    path::is_linked,
    scene::{Who, next, restart, said, start, step},
    standing::{Standing, VisitSeen},
    turn::{Answer, State, Status, Trouble, Turn},
    words,
    world::{Visit, World},
};
use crate::{
    id::{StepId, VisitId},
    json::{FreeJson, own},
    walkthrough::Millis,
};

const S: Who = Who::Session("one");
const T: Who = Who::Session("two");

fn one() -> World {
    World::default().with("w", "Setup", &["a", "b", "c"])
}

fn two() -> World {
    World::default().with("w", "Setup", &["a", "b", "c"]).with("v", "Tour", &["x", "y"])
}

fn play(world: &mut World, who: &Who, calls: &[(Call, &str)]) {
    for (at, (call, expected)) in calls.iter().enumerate() {
        assert_eq!(said(&world.call(who, call)), *expected, "call {at}: {call:?}");
    }
}

fn status_of(turn: &Turn) -> &Status {
    match &turn.answer {
        Answer::Status(status) => status,
        other => panic!("not a status: {other:?}"),
    }
}

fn text(turn: &Turn) -> String {
    words::text(&turn.answer, Profile::Current).expect("an answer in words")
}

fn status(id: Option<&str>) -> Call {
    Call::Status { walkthrough: id.map(str::to_owned) }
}

fn reset(id: &str, confirm: bool) -> Call {
    Call::Reset { walkthrough: id.into(), confirm }
}

#[test]
fn the_only_walkthrough_starts_by_itself_and_goes_to_its_end() {
    let mut world = one();
    play(
        &mut world,
        &S,
        &[(start(None), "a"), (next(Some("a")), "b"), (next(None), "c"), (next(Some("c")), "complete")],
    );
    let row = world.row("w");
    assert_eq!(row.completed(), ["a", "b", "c"].map(StepId::from));
    assert_eq!((row.current_step_id.clone(), row.completed_at), (None, Some(Millis(4_000))));
    assert_eq!(row.started_at, Some(Millis(1_000)));
    assert_eq!(world.events.len(), 3);
    assert_eq!(world.log, ["auto_start", "advance", "advance", "complete"]);
}

#[test]
fn completion_events_carry_order_and_whether_it_was_the_last() {
    let mut world = one();
    world.call(&S, &start(None));
    let metadata = |turn: Turn| turn.writes.completion.expect("an event").metadata.as_str().to_owned();
    assert_eq!(metadata(world.call(&S, &next(Some("a")))), r#"{"step_order":1,"was_last":false}"#);
    world.call(&S, &next(Some("b")));
    assert_eq!(metadata(world.call(&S, &next(Some("c")))), r#"{"step_order":3,"was_last":true}"#);
}

#[test]
fn a_name_is_an_exact_title_then_an_id_then_any_case() {
    let world = World::default()
        .with("wt_1", "Setup", &["a"])
        .with("wt_2", "setup", &["b"])
        .with("wt_3", "Tour", &["c"])
        .with("wt_4", "Tour", &["d"])
        .with("wt_A", "One", &["e"])
        .with("wt_a", "Two", &["f"]);
    for (name, expected) in [
        ("Setup", "a"),
        ("setup", "b"),
        ("SETUP", "ambiguous_name"),
        ("Tour", "ambiguous_name"),
        ("wt_4", "d"),
        ("WT_3", "c"),
        (" one ", "e"),
        ("wt_A", "e"),
        ("wt_a", "f"),
        ("Nothing", "invalid_name"),
    ] {
        let turn = world.clone().call(&S, &start(Some(name)));
        assert_eq!(said(&turn), expected, "{name}");
        assert_eq!(turn.writes.progress.is_some(), turn.action.name() == "start_named", "{name}");
    }
    let turn = world.clone().call(&S, &start(Some("Tour")));
    assert!(text(&turn).contains("wt_3") && text(&turn).contains("wt_4") && !text(&turn).contains("wt_1"));
}

#[test]
fn several_walkthroughs_without_a_name_give_the_list_and_start_nothing() {
    let mut world = two();
    let turn = world.call(&S, &start(None));
    assert!(matches!(&turn.answer, Answer::List(listed) if listed.len() == 2));
    assert!(world.progress.is_empty());
    assert!(text(&turn).contains("call `start_walkthrough`"));
    let nothing = World::default().call(&S, &start(None));
    assert_eq!(text(&nothing), "There are no walkthroughs here at present.");
}

#[test]
fn a_lost_answer_retried_skips_no_step() {
    let mut world = one();
    play(&mut world, &S, &[(start(None), "a"), (next(Some("a")), "b")]);
    let before = (world.progress.clone(), world.events.clone());
    for _ in 0..3 {
        assert_eq!(said(&world.call(&S, &next(Some("a")))), "b");
        assert_eq!((&world.progress, &world.events), (&before.0, &before.1));
    }
    play(&mut world, &S, &[(next(Some("b")), "c"), (next(Some("c")), "complete")]);
    let before = world.progress.clone();
    assert_eq!(said(&world.call(&S, &next(Some("c")))), "already_complete");
    assert_eq!(world.progress, before);
}

#[test]
fn without_an_id_only_a_step_delivered_in_this_visit_is_completed() {
    let mut world = one();
    play(&mut world, &S, &[(start(None), "a"), (next(None), "b")]);
    let visit = world.visits.keys().next().expect("a visit").clone();
    let learner = world.visits[&visit].learner.clone();
    // The same learner comes back in a new visit.
    world.visits.insert(VisitId::from("two"), Visit::of(learner));
    play(&mut world, &T, &[(next(None), "b"), (next(None), "c")]);
    // The first visit delivered `b`, which is not the current step any more.
    play(&mut world, &S, &[(next(None), "c"), (next(None), "complete")]);
}

#[test]
fn a_wrong_foreign_or_unknown_id_completes_nothing_and_names_the_current_step() {
    let mut world = two();
    world.call(&S, &start(Some("v")));
    world.call(&S, &start(Some("w")));
    for wrong in ["x", "nonsense", "title of a"] {
        let turn = world.call(&S, &next(Some(wrong)));
        assert_eq!(said(&turn), "invalid_step");
        assert!(turn.writes.progress.is_none() && turn.writes.completion.is_none());
        assert!(text(&turn).contains("The current step is `a`"), "{}", text(&turn));
    }
    play(&mut world, &S, &[(next(None), "b")]);
}

#[test]
fn calls_at_once_for_different_steps_keep_both_ids() {
    let mut world = one();
    world.call(&S, &start(None));
    let first = world.seen_by(&S, &next(Some("a")));
    let second = world.seen_by(&S, &next(Some("b")));
    let decide = |standing: &Standing, call: &Call| super::decide(standing, call, Millis(9_000), super::scene::random);
    assert!(world.keeps(&first, &decide(&first, &next(Some("a")))));
    assert!(!world.keeps(&second, &decide(&second, &next(Some("b")))), "the row is not as it was seen");
    let again = world.seen_by(&S, &next(Some("b")));
    assert!(world.keeps(&again, &decide(&again, &next(Some("b")))));
    assert_eq!(world.row("w").completed(), ["a", "b"].map(StepId::from));
}

#[test]
fn restart_and_reset_clear_progress_and_keep_the_events() {
    let mut world = one();
    play(&mut world, &S, &[(start(None), "a"), (next(None), "b"), (restart("w"), "a")]);
    let row = world.row("w");
    assert!(row.completed().is_empty());
    assert_eq!(own(row.metadata.as_ref(), "passes"), Some(FreeJson::of(&2)));
    assert_eq!(world.events.len(), 1);
    play(&mut world, &S, &[(next(None), "b"), (next(None), "c"), (next(None), "complete")]);
    assert_eq!(world.events.len(), 3);
    assert_eq!(said(&world.call(&S, &reset("w", false))), "reset_unconfirmed");
    assert_eq!(world.row("w").completed().len(), 3);
    assert_eq!(said(&world.call(&S, &reset("w", true))), "reset");
    let row = world.row("w").clone();
    assert_eq!((row.completed().len(), row.completed_at, row.started_at, &row.current_step_id), (0, None, None, &None));
    let metadata = row.metadata.expect("history");
    assert_eq!(metadata.as_str(), r#"{"waymark":{"passes":3,"completions":[6000]}}"#);
    assert_eq!(status_of(&world.call(&S, &status(Some("w")))).state, State::NotStarted);
    // A reset step was not delivered since: the next call gives it, and completes nothing.
    play(&mut world, &S, &[(next(None), "a"), (next(None), "b")]);
}

#[test]
fn a_reset_needs_the_id_and_a_repeated_one_changes_nothing() {
    let mut world = one();
    world.call(&S, &start(None));
    assert_eq!(said(&world.call(&S, &reset("Setup", true))), "invalid_name");
    world.call(&S, &reset("w", true));
    let before = world.progress.clone();
    assert!(world.call(&S, &reset("w", true)).writes.progress.is_none());
    assert_eq!(world.progress, before);
}

#[test]
fn a_step_added_after_the_end_opens_the_walkthrough_again() {
    let mut world = one();
    play(&mut world, &S, &[(start(None), "a"), (next(None), "b"), (next(None), "c"), (next(None), "complete")]);
    world.set_steps("w", &["a", "b", "c", "d"]);
    assert_eq!(status_of(&world.call(&S, &status(None))).state, State::InProgress);
    let row = world.row("w").clone();
    assert_eq!((row.completed_at, row.current_step_id), (None, Some("d".into())));
    assert_eq!(own(row.metadata.as_ref(), "completions"), Some(FreeJson::of(&[4_000])));
    play(&mut world, &S, &[(next(None), "d"), (next(None), "complete")]);
    assert_eq!(world.row("w").completed_at, Some(Millis(7_000)));
}

#[test]
fn removed_steps_are_ghosts_that_count_for_nothing_and_are_kept() {
    let mut world = one();
    play(&mut world, &S, &[(start(None), "a"), (next(None), "b"), (next(None), "c")]);
    world.set_steps("w", &["b", "c", "d"]);
    let turn = world.call(&S, &status(None));
    assert_eq!((status_of(&turn).progress.completed_steps, status_of(&turn).progress.total_steps), (1, 3));
    assert_eq!(status_of(&turn).progress.percent, 33);
    assert_eq!(world.row("w").completed(), ["a", "b"].map(StepId::from));
    // The step that the learner is at is removed: its id is unknown now, and the next one is named.
    world.set_steps("w", &["b", "d"]);
    let turn = world.call(&S, &next(Some("c")));
    assert!(text(&turn).contains("The current step is `d`"));
    // A repeated call for a ghost that was completed is still only a repeated call.
    play(&mut world, &S, &[(next(Some("a")), "d")]);
}

#[test]
fn when_the_last_open_step_is_removed_the_walkthrough_is_complete() {
    let mut world = one();
    play(&mut world, &S, &[(start(None), "a"), (next(None), "b"), (next(None), "c")]);
    world.set_steps("w", &["a", "b"]);
    play(&mut world, &S, &[(next(None), "already_complete")]);
    assert!(world.row("w").completed_at.is_some());
}

#[test]
fn a_step_put_before_the_current_one_comes_next_and_the_current_one_still_counts() {
    let mut world = one();
    play(&mut world, &S, &[(start(None), "a"), (next(None), "b")]);
    world.set_steps("w", &["a", "new", "b", "c"]);
    play(&mut world, &S, &[(next(None), "new"), (next(None), "c"), (next(None), "complete")]);
}

#[test]
fn a_walkthrough_without_steps_says_so_and_leaves_no_row() {
    let mut world = World::default().with("w", "Empty", &[]);
    let turn = world.call(&S, &start(None));
    assert!(text(&turn).contains("has no steps yet"));
    assert!(world.progress.is_empty());
    assert!(text(&world.call(&S, &status(Some("w")))).contains("no steps yet (0 %)"));
}

#[test]
fn the_current_walkthrough_is_the_one_of_this_visit_then_the_latest_visible_one() {
    let mut world = two();
    play(&mut world, &S, &[(start(Some("w")), "a"), (start(Some("v")), "x"), (status(Some("w")), "status")]);
    play(&mut world, &S, &[(next(None), "y"), (start(Some("w")), "a"), (next(Some("a")), "b")]);
    let learner = world.progress[0].0.clone();
    world.visits.insert(VisitId::from("two"), Visit::of(learner));
    play(&mut world, &T, &[(next(None), "b")]);
    // Hidden from this server, it is nobody's current walkthrough here.
    world.offers.remove(0);
    let learner = world.progress[0].0.clone();
    world.visits.insert(VisitId::from("three"), Visit::of(learner));
    play(&mut world, &Who::Session("three"), &[(next(None), "y")]);
    play(&mut world, &T, &[(next(None), "no_current")]);
}

#[test]
fn without_a_walkthrough_the_answer_names_the_tool_that_starts_one() {
    let mut world = two();
    for call in [next(None), next(Some("a")), status(None)] {
        let turn = world.call(&S, &call);
        assert_eq!(turn.answer, Answer::Trouble(Trouble::NoCurrent));
        assert!(text(&turn).contains("`start_walkthrough`"));
    }
    assert!(world.progress.is_empty() && world.events.is_empty());
}

#[test]
fn without_a_visit_only_starting_opens_one() {
    let mut world = one();
    for call in [next(None), next(Some("a")), status(Some("w")), reset("w", true)] {
        let turn = world.call(&Who::Nobody, &call);
        assert_eq!(turn.answer, Answer::Trouble(Trouble::NoVisit));
        assert!(text(&turn).contains("`start_walkthrough`"));
    }
    assert!(world.visits.is_empty());
    let turn = world.call(&Who::Nobody, &start(None));
    let visit = turn.visit.clone().expect("a visit is minted");
    assert!(visit.as_str().starts_with("vis_"));
    assert_eq!(output(&turn, String::new()).visit, Some(visit.to_string()));
    play(&mut world, &Who::Handle(visit), &[(next(None), "b")]);
    assert_eq!(said(&world.call(&Who::Handle("vis_other".into()), &start(None))), "no_visit");
    // Another anonymous start is another learner.
    assert_eq!(said(&world.call(&Who::Nobody, &start(None))), "a");
}

#[test]
fn a_server_that_asks_for_an_address_asks_once() {
    let mut world = World { asks_email: true, ..one() };
    let with = |email: &str| Call::Start { name: None, restart: false, email: Some(email.to_owned()) };
    for call in [start(None), next(None), with("nobody"), with("a b@c.d"), with("a@b@c.d")] {
        let turn = world.call(&S, &call);
        assert_eq!(said(&turn), "ask_email");
        assert!(text(&turn).contains("email address"));
    }
    assert_eq!(said(&world.call(&S, &Call::List)), "list");
    assert!(world.visits.is_empty());
    let turn = world.call(&S, &with("reader@example.org"));
    assert_eq!(turn.writes.learner.expect("a learner").email.as_deref(), Some("reader@example.org"));
    play(&mut world, &S, &[(next(None), "b")]);
}

#[test]
fn linked_order_is_opt_in_follows_the_links_and_survives_cycles() {
    let mut world = World::default().with("w", "Linked", &["a", "b", "c", "d"]);
    let link = |world: &mut World, from: usize, to: &str| {
        world.steps.get_mut(&"w".into()).expect("steps")[from].next_step_id = Some(to.into());
    };
    link(&mut world, 0, "c");
    link(&mut world, 2, "a");
    assert_eq!(world.path(0).steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    world.offers[0].is_linked = true;
    assert_eq!(world.path(0).steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["a", "c", "b", "d"]);
    play(&mut world, &S, &[(start(None), "a"), (next(None), "c"), (next(None), "b"), (next(None), "d")]);
    let opted_in = FreeJson::parse(r#"{"waymark":{"order":"linked"}}"#).expect("valid");
    assert!(is_linked(Some(&opted_in)) && !is_linked(None));
}

#[test]
fn stored_lists_that_are_no_list_of_ids_do_no_harm() {
    for (stored, expected) in [("null", "b"), ("{}", "b"), (r#"[1,"a",null]"#, "b")] {
        let mut world = one();
        world.call(&S, &start(None));
        world.progress[0].1.completed_steps = Some(FreeJson::parse(stored).expect("valid"));
        assert_eq!(said(&world.call(&S, &next(Some("a")))), expected, "{stored}");
        assert!(world.row("w").completed().contains(&"a".into()));
    }
}

#[test]
fn a_call_of_the_same_millisecond_is_logged_after_the_earlier_one() {
    let mut world = one();
    let first = world.call(&S, &start(None)).writes.tool_call.expect("logged").created_at;
    let standing = world.seen_by(&S, &next(None));
    assert!(matches!(standing.visit, VisitSeen::Known { last_call_at: Some(at), .. } if at == first));
    let turn = super::decide(&standing, &next(None), first, super::scene::random);
    assert!(turn.writes.tool_call.expect("logged").created_at > first);
}

#[test]
fn both_profiles_name_their_own_tools() {
    let mut world = two();
    let turn = world.call(&S, &Call::List);
    let text = words::text(&turn.answer, Profile::V1).expect("an answer in words");
    assert!(text.contains("`select_walkthrough`") && text.contains("`walkthrough_id`"));
    assert_eq!(step("a").version, "1");
}
