//! What is delivered in every situation and after every fault, and what holds for every script.

use proptest::prelude::*;

use super::{
    compare::{compare, texts},
    play,
    record::{self, Record},
    script::{AuthorEdit, MOVES_MAX, Move, Scenario, Script, checked_name},
    turn::{Conversation, Turn, TurnWindow},
};
use crate::{
    content::{ContentFields, Field, FieldsV1},
    error::Code,
    learner::call::Profile,
    progress::Progress,
    publish::DiffKind,
    render::{self, Template},
    tokens::Encoding,
    walkthrough::{Step, Walkthrough, WalkthroughType},
    wording::chosen::Wordings,
};

fn walkthrough(id: &str, title: &str, steps: &[&str]) -> Walkthrough {
    let step = |(index, id): (usize, &&str)| Step {
        content_fields: ContentFields::V1(FieldsV1 {
            content_for_user: Some(format!("Say *{id}* {{{{ as it is }}}}.")),
            operations_for_agent: Some(format!("1. Do {id}.\n")),
            ..FieldsV1::default()
        }),
        display_order: index as i32 + 1,
        ..Step::new(*id, format!("Title of {id}"))
    };
    let steps = steps.iter().enumerate().map(step).collect();
    Walkthrough { steps, ..Walkthrough::new(id, title, WalkthroughType::Course) }
}

fn tour() -> Vec<Walkthrough> {
    vec![walkthrough("wt_tour", "Tour", &["a", "b", "c", "d"])]
}

fn two() -> Vec<Walkthrough> {
    [tour(), vec![walkthrough("wt_other", "Other", &["x"])]].concat()
}

fn moves(text: &str) -> Vec<Move> {
    let spelled = text.split(',').filter(|spelled| !spelled.is_empty());
    spelled.map(|spelled| spelled.parse().expect("a move")).collect()
}

fn script(scenario: Scenario, text: &str) -> Script {
    Script { scenario, profile: Profile::Current, moves: moves(text) }
}

fn played(walkthroughs: &[Walkthrough], script: &Script) -> Conversation {
    play::play(walkthroughs, script, TurnWindow::ALL, &Wordings::default(), Encoding::default()).expect("it plays")
}

/// One word for a turn: the step's id, or what else it is; with the session if it is not the first.
fn said(turn: &Turn) -> String {
    let word = match (&turn.step, &turn.action) {
        (Some(step), _) => step.id.to_string(),
        (None, Some(action)) => action.clone(),
        (None, None) => "edit".to_owned(),
    };
    if turn.session == 1 { word } else { format!("{}:{word}", turn.session) }
}

fn check(walkthroughs: &[Walkthrough], script: &Script, expected: &str) {
    let words: Vec<String> = played(walkthroughs, script).turns.iter().map(said).collect();
    assert_eq!(words.join(" "), expected, "{script:?}");
}

#[test]
fn every_scenario_leads_to_its_situation_and_goes_on_from_there() {
    for (scenario, moves, expected) in [
        (Scenario::FirstVisit, "", "a"),
        (Scenario::FirstVisit, "next,next,next,next,next", "a b c d complete already_complete"),
        (Scenario::Resume, "next", "a b c 2:c 2:d"),
        (Scenario::Restart, "next", "a b c a b"),
        (Scenario::StepRemoved, "next,next,next", "a b c edit invalid_step d complete"),
        (Scenario::Reordered, "next,next", "a b c edit d complete"),
        (Scenario::Renamed, "next,next", "a b c edit d complete"),
        (Scenario::LastStep, "next", "a b c d complete"),
    ] {
        check(&tour(), &script(scenario, moves), expected);
    }
    check(&two(), &script(Scenario::Several, "next"), "list a b");
}

#[test]
fn the_older_tools_ask_for_the_list_first() {
    for (scenario, moves, expected) in [
        (Scenario::FirstVisit, "next", "list a b"),
        (Scenario::Resume, "next", "list a b c 2:list 2:c 2:d"),
        (Scenario::Restart, "", "list a b c a"),
        (Scenario::FirstVisit, "status,reset,next,wrong-id,next", "list a status reset a invalid_step b"),
    ] {
        check(&tour(), &Script { profile: Profile::V1, ..script(scenario, moves) }, expected);
    }
}

#[test]
fn every_fault_is_answered_as_the_engine_answers_it_and_the_agent_goes_on() {
    for (moves, expected) in [
        ("repeat", "a a"),
        ("next,repeat,repeat,next", "a b b b c"),
        ("skip,next,next", "a a c d"),
        ("wrong-id,next", "a invalid_step b"),
        ("next,come-back,next", "a b 2:b 2:c"),
        ("status,next", "a status b"),
        ("next,reset,next,next", "a b reset a b"),
        ("next,restart,next", "a b a b"),
        ("other-session,next,other-session", "a 2:a b 2:b c d 2:c"),
        ("next,next,next,next,repeat", "a b c d complete already_complete"),
        ("next,next,next,next,add:5,next,next", "a b c d complete edit STEP complete"),
    ] {
        let script = script(Scenario::FirstVisit, moves);
        let conversation = played(&tour(), &script);
        let added =
            conversation.turns.iter().filter_map(|turn| turn.step.as_ref()).find(|step| step.title == "A new step");
        let expected = expected.replace("STEP", added.map_or("", |step| step.id.as_str()));
        check(&tour(), &script, &expected);
    }
    check(&tour(), &script(Scenario::LastStep, "skip"), "a b c d complete");
}

#[test]
fn a_step_that_is_added_comes_before_the_one_that_the_learner_was_at() {
    let conversation = played(&tour(), &script(Scenario::StepAdded, "next,next,next"));
    let titles: Vec<_> =
        conversation.turns.iter().map(|turn| turn.step.as_ref().map(|step| step.title.as_str())).collect();
    assert_eq!(titles[4..], [Some("A new step"), Some("Title of d"), None]);
    assert_eq!(conversation.turns[3].note.as_deref(), Some("The author added step 3, “A new step”."));
    assert_eq!(conversation.turns[3].state.progress, Progress::of(2, 5));
    assert!(conversation.is_finished);
}

#[test]
fn ids_stay_with_renamed_steps_and_gone_ones_count_for_nothing() {
    let renamed = played(&tour(), &script(Scenario::Renamed, "next"));
    assert_eq!(renamed.turns[4].step.as_ref().map(|step| step.title.as_str()), Some("Title of d (renamed)"));
    let removed = played(&tour(), &script(Scenario::FirstVisit, "next,next,remove:1,next"));
    let detail = removed.turns[3].detail.as_ref().expect("texts");
    assert_eq!(detail.completed.iter().map(|step| step.is_gone).collect::<Vec<_>>(), [true, false]);
    assert_eq!(detail.completed[0].title, "Title of a");
    assert_eq!(removed.turns[3].state.progress, Progress::of(1, 3));
}

#[test]
fn an_edit_of_a_step_that_is_not_there_changes_nothing_and_says_so() {
    for edit in ["remove:9", "move:9:1", "rename:9:New"] {
        let conversation = played(&tour(), &script(Scenario::FirstVisit, edit));
        let note = conversation.turns[1].note.as_deref().expect("a note");
        assert_eq!(note, "The author would have changed step 9, but there is none.");
        assert_eq!(conversation.turns[1].state.progress.total_steps, 4);
    }
    let long = Move::Edit { edit: AuthorEdit::RenameStep { number: 1, title: "x".repeat(201) } };
    let script = Script { moves: vec![long], ..script(Scenario::FirstVisit, "") };
    let error =
        play::play(&tour(), &script, TurnWindow::ALL, &Wordings::default(), Encoding::default()).expect_err("too long");
    assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some("title")));
}

#[test]
fn of_two_sessions_at_once_the_second_is_decided_again_and_nothing_is_skipped() {
    let conversation = played(&tour(), &script(Scenario::FirstVisit, "other-session"));
    let [opening, first, second] = &conversation.turns[1..] else { panic!("three turns") };
    assert_eq!(opening.note.as_deref(), Some("The same learner opens a second session."));
    assert_eq!((first.session, first.action.as_deref()), (1, Some("advance")));
    assert_eq!((second.session, second.action.as_deref()), (2, Some("repeat")));
    assert!(second.note.as_deref().is_some_and(|note| note.contains("decided again")));
    assert_ne!(first.state.visit, second.state.visit);
    assert_eq!(second.state.progress, Progress::of(1, 4));
}

#[test]
fn a_walkthrough_without_steps_can_be_previewed_in_every_scenario() {
    for scenario in Scenario::ALL {
        let empty = [walkthrough("wt_empty", "Empty", &[])];
        let conversation =
            played(&empty, &script(scenario, "next,skip,wrong-id,status,reset,other-session,add:1,next,next"));
        assert!(conversation.turns[0].action.as_deref() == Some("no_steps"), "{scenario:?}");
        assert!(conversation.is_finished, "the step that was added is done: {scenario:?}");
        for steps in [&["a"][..], &["a", "b"]] {
            played(&[walkthrough("wt_short", "Short", steps)], &script(scenario, "next,next,next"));
        }
    }
}

#[test]
fn two_walkthroughs_of_one_title_are_told_apart_by_id() {
    let walkthroughs = [tour(), vec![walkthrough("wt_twin", "Tour", &["x"])]].concat();
    check(&walkthroughs, &script(Scenario::Several, "next"), "list ambiguous_name a b");
}

#[test]
fn what_is_delivered_is_what_is_rendered() {
    for profile in [Profile::Current, Profile::V1] {
        let conversation = played(&tour(), &Script { profile, ..script(Scenario::LastStep, "next") });
        let delivered = conversation.turns.iter().filter_map(|turn| Some((turn.step.as_ref()?, turn.detail.as_ref()?)));
        let mut count = 0;
        for (index, (step, detail)) in delivered.enumerate() {
            let progress = Progress::before(index, 4);
            let text =
                render::render_text(Template::built_in(profile), &tour()[0], index, progress).expect("it renders");
            assert_eq!(render::text(&detail.segments), text);
            assert_eq!(step.number as usize, index + 1);
            assert_eq!(
                detail.user_html.as_deref(),
                Some(format!("<p>Say <em>{}</em> {{{{ as it is }}}}.</p>\n", step.id).as_str())
            );
            assert!(detail.segments.iter().any(|segment| segment.field == Some(Field::ContentForUser)));
            count += 1;
        }
        assert_eq!(count, 4);
    }
}

#[test]
fn tokens_add_up_and_a_new_visit_begins_with_an_empty_memory() {
    let conversation = played(&tour(), &script(Scenario::FirstVisit, "next,come-back"));
    let [first, second, third] = &conversation.turns[..] else { panic!("three turns") };
    let total = |turn: &Turn| turn.tokens.as_ref().expect("counted").total;
    let visit = second.state.tokens_so_far - first.state.tokens_so_far - total(second);
    assert!(visit > 0, "the visit stands in a block of its own");
    assert_eq!(first.state.tokens_so_far, conversation.preface.tokens + total(first) + visit);
    assert_eq!(third.state.tokens_so_far, conversation.preface.tokens + total(third) + visit);
    assert!(first.state.template_tokens_so_far > 0 && first.state.template_tokens_so_far < total(first));
}

#[test]
fn the_whole_of_a_conversation_is_as_recorded() {
    let conversation = played(&tour(), &script(Scenario::FirstVisit, "next,wrong-id,repeat,rename:3:Better,next"));
    insta::assert_json_snapshot!("conversation_current", conversation.turns);
    let older = Script { profile: Profile::V1, ..script(Scenario::FirstVisit, "status,reset") };
    insta::assert_json_snapshot!(
        "conversation_v1",
        played(&two(), &Script { scenario: Scenario::Several, ..older }).turns
    );
}

#[test]
fn only_the_turns_that_are_asked_for_have_their_texts() {
    let script = script(Scenario::LastStep, "next");
    let window = TurnWindow { from: 2, to: 3 };
    let some = play::play(&tour(), &script, window, &Wordings::default(), Encoding::default()).expect("it plays");
    let with_texts: Vec<u32> = some.turns.iter().filter(|turn| turn.detail.is_some()).map(|turn| turn.number).collect();
    assert_eq!(with_texts, [2, 3]);
    let mut all = played(&tour(), &script);
    all.keep_detail(window);
    assert_eq!(some, all);
}

#[test]
fn a_conversation_of_five_hundred_steps_is_light_but_for_the_turns_that_are_looked_at() {
    let ids: Vec<String> = (1..=500).map(|number| format!("wts_{number}")).collect();
    let mut long = walkthrough("wt_long", "Long", &ids.iter().map(String::as_str).collect::<Vec<_>>());
    for step in &mut long.steps {
        let text = format!("Open the settings of {}, and look at each of them.\n\n", step.id).repeat(80);
        *step.content_fields.editable().expect("v1").text_mut(Field::ContextForAgent) = Some(text);
    }
    let script = script(Scenario::LastStep, "next");
    let conversation =
        play::play(&[long], &script, TurnWindow { from: 490, to: 501 }, &Wordings::default(), Encoding::default())
            .expect("it plays");
    assert!(conversation.is_finished && conversation.turns.len() == 501);
    let bytes = serde_json::to_string(&conversation).expect("JSON").len();
    assert!(bytes < 2_000_000, "{bytes} bytes go to the window");
    assert_eq!(conversation.turns[500].detail.as_ref().map(|detail| detail.completed.len()), Some(500));
}

#[test]
fn turns_that_differ_are_found_and_matched_by_their_steps() {
    let script = script(Scenario::LastStep, "next");
    let before = texts(&played(&tour(), &script));
    assert!(compare(&before, &before).is_empty());

    let mut changed = tour();
    *changed[0].steps[1].content_fields.editable().expect("v1").text_mut(Field::OperationsForAgent) =
        Some("1. Do something else.\n".to_owned());
    let found = compare(&before, &texts(&played(&changed, &script)));
    assert_eq!(found.iter().map(|turn| (turn.before, turn.after)).collect::<Vec<_>>(), [(Some(2), Some(2))]);
    assert!(
        found[0]
            .lines
            .iter()
            .any(|line| line.text == "1. Do something else." && line.field == Some(Field::OperationsForAgent))
    );

    let mut grown = tour();
    grown[0].steps.insert(0, Step::new("z", "Title of z"));
    let found = compare(&before, &texts(&played(&grown, &script)));
    let sides: Vec<_> = found.iter().map(|turn| (turn.before, turn.after)).collect();
    assert_eq!(
        sides,
        [
            (None, Some(1)),
            (Some(1), Some(2)),
            (Some(2), Some(3)),
            (Some(3), Some(4)),
            (Some(4), Some(5)),
            (Some(5), Some(6))
        ]
    );
    let changes = found[1].lines.iter().filter(|line| matches!(line.kind, DiffKind::Added | DiffKind::Removed));
    assert!(
        changes.map(|line| &line.text).all(|text| !text.contains("Say")),
        "its content is the same: {:?}",
        found[1]
    );
}

#[test]
fn a_record_is_read_back_and_anything_else_is_refused() {
    let script = script(Scenario::Resume, "next,rename:1:Ä “new” one,other-session");
    let turns = texts(&played(&tour(), &script));
    let record = Record {
        version: record::VERSION.to_owned(),
        walkthrough: "Tour".to_owned(),
        content_hash: "0".repeat(64),
        script,
        turns,
    };
    assert_eq!(record::read(&record::write(&record)).expect("it reads"), record);
    let newer = record::write(&Record { version: "2.0".to_owned(), ..record });
    for (text, says) in
        [("{", "no conversation"), ("[]", "no conversation"), ("{}", "no conversation"), (&newer, "`2.0`")]
    {
        let error = record::read(text).expect_err("refused");
        assert!(error.code == Code::InvalidInput && error.message.contains(says), "{error}");
    }
}

#[test]
fn moves_and_scenarios_are_spelled_as_the_command_line_spells_them() {
    for scenario in Scenario::ALL {
        assert_eq!(scenario.name().replace('_', "-").parse::<Scenario>().expect("a scenario"), scenario);
    }
    assert_eq!("add:2".parse::<Move>().expect("a move"), "add:2:A new step".parse().expect("a move"));
    let title = Move::Edit { edit: AuthorEdit::RenameStep { number: 1, title: "a:b".to_owned() } };
    assert_eq!("rename:1:a:b".parse::<Move>().expect("a move"), title);
    for wrong in [
        "",
        "jump",
        "next:1",
        "remove",
        "remove:0",
        "remove:x",
        "remove:1:2",
        "move:1",
        "move:1:0",
        "rename:1",
        "rename:1:",
    ] {
        assert_eq!(wrong.parse::<Move>().expect_err(wrong).code, Code::InvalidInput);
    }
    assert!("first".parse::<Scenario>().expect_err("unknown").hint.expect("a hint").contains("`step-removed`"));
    assert!(checked_name(" \n").is_err() && checked_name(&"n".repeat(101)).is_err());
    assert_eq!(checked_name(" Before ").expect("a name"), "Before");
    let endless = Script { moves: vec![Move::Next; MOVES_MAX + 1], ..script(Scenario::FirstVisit, "") };
    assert_eq!(
        play::play(&tour(), &endless, TurnWindow::NONE, &Wordings::default(), Encoding::default())
            .expect_err("too many")
            .field
            .as_deref(),
        Some("moves")
    );
}

fn any_move() -> impl Strategy<Value = Move> {
    let plain = vec!["status", "reset", "restart", "repeat", "skip", "wrong-id", "come-back", "other-session"];
    prop_oneof![
        6 => Just(Move::Next),
        4 => proptest::sample::select(plain).prop_map(|name| name.parse().expect("a move")),
        1 => (0..9_u32, 0..9_u32).prop_map(|(number, to)| Move::Edit { edit: AuthorEdit::MoveStep { number, to } }),
        1 => (0..9_u32).prop_map(|number| Move::Edit { edit: AuthorEdit::RemoveStep { number } }),
        1 => (0..9_u32, "[a-z]{1,9}").prop_map(|(number, title)| Move::Edit { edit: AuthorEdit::AddStep { number, title } }),
    ]
}

fn any_script() -> impl Strategy<Value = Script> {
    let profile = proptest::sample::select(vec![Profile::Current, Profile::V1]);
    let scenario = proptest::sample::select(Scenario::ALL.to_vec());
    let moves = proptest::collection::vec(any_move(), 0..25);
    (scenario, profile, moves).prop_map(|(scenario, profile, moves)| Script { scenario, profile, moves })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_script_played_again_is_the_same_and_a_part_of_it_is_its_beginning(script in any_script(), part in 0..25_usize) {
        let whole = played(&two(), &script);
        prop_assert_eq!(&played(&two(), &script), &whole);
        let moves = script.moves[..part.min(script.moves.len())].to_vec();
        let beginning = played(&two(), &Script { moves, ..script });
        prop_assert_eq!(&beginning.turns[..], &whole.turns[..beginning.turns.len()]);
    }

    #[test]
    fn an_agent_that_behaves_from_now_on_comes_to_the_end(script in any_script()) {
        let mut script = script;
        script.moves.extend(std::iter::repeat_n(Move::Next, 40));
        let conversation = played(&tour(), &script);
        let last = conversation.turns.last().expect("a turn");
        prop_assert!(conversation.is_finished || last.state.progress.total_steps == 0, "{:?}", said(last));
    }
}
