use super::{
    check::{QuizFault, problems, storable},
    learner::for_learner,
    score::{Answers, KeptAttempt, QuizAnswer, is_passed, max_score, score},
    *,
};
use crate::{
    content::{ContentFields, FieldsV1},
    edit::{self, Draft},
    learner::path::in_learner_order,
    progress::Progress,
    render,
    walkthrough::{Step, WalkthroughType},
};

const WHOLE: &str = r#"{"id":"basics","required":true,"pass_mark":60,"questions":[
    {"id":"q1","kind":"single_choice","prompt":"Which command?","points":2,
     "options":[{"id":"a","text":"acme run"},{"id":"b","text":"acme status","correct":true,"theirs":1}],
     "explanation":"`status` only reads.","difficulty":12345678901234567890},
    {"id":"q2","kind":"multiple_choice","prompt":"Which are read-only?","points":3,
     "options":[{"id":"a","text":"status","correct":true},{"id":"b","text":"list","correct":true},{"id":"c","text":"run"}]},
    {"id":"q3","kind":"true_false","prompt":"It needs a network.","points":1,"answer":false},
    {"id":"q4","kind":"short_text","prompt":"The file's name?","points":4,"accepted":["acme.toml","the acme.toml"]}],
    "theirs":{"a":[1]}}"#;

fn json(text: &str) -> FreeJson {
    FreeJson::parse(text).expect("valid JSON")
}

fn whole() -> Quiz {
    Quiz::of_json(&json(WHOLE)).expect("a quiz")
}

fn random(length: usize) -> Vec<u8> {
    use std::sync::atomic::{AtomicU64, Ordering};
    static SEED: AtomicU64 = AtomicU64::new(1);
    let byte = |_| (SEED.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u8;
    (0..length).map(byte).collect()
}

#[test]
fn a_quiz_goes_out_as_it_came_in_with_what_is_not_ours() {
    let once = whole().to_json();
    assert_eq!(Quiz::of_json(&once).expect("a quiz").to_json(), once);
    for kept in [r#""theirs":{"a":[1]}"#, r#""theirs":1"#, r#""difficulty":12345678901234567890"#] {
        assert!(once.as_str().contains(kept), "{kept} is lost: {once:?}");
    }
    assert_eq!(whole().pass_mark(), 60);
    assert_eq!(Quiz::default().pass_mark(), PASS_MARK);
    assert_eq!(whole().name(&StepId::from("wts_1")), "basics");
    assert_eq!(Quiz::default().name(&StepId::from("wts_1")), "wts_1");
}

#[test]
fn what_is_no_quiz_is_refused_with_its_place() {
    for (text, place) in [
        ("[]", "$"),
        (r#"{"questions":{}}"#, "$.questions"),
        (r#"{"questions":[1]}"#, "$.questions[0]"),
        (r#"{"questions":[{"prompt":"a"}]}"#, "$.questions[0].kind"),
        (r#"{"questions":[{"kind":"essay"}]}"#, "$.questions[0].kind"),
        (r#"{"questions":[{"kind":"single_choice","options":["a"]}]}"#, "$.questions[0].options[0]"),
        (r#"{"questions":[{"kind":"true_false","answer":"yes"}]}"#, "$.questions[0].answer"),
        (r#"{"questions":[{"kind":"short_text","accepted":"a"}]}"#, "$.questions[0].accepted"),
        (r#"{"questions":[{"kind":"true_false","points":1.5}]}"#, "$.questions[0].points"),
        (r#"{"required":1}"#, "$.required"),
        (r#"{"pass_mark":-1}"#, "$.pass_mark"),
    ] {
        let error = Quiz::of_json(&json(text)).expect_err(text);
        assert_eq!(error.field.as_deref(), Some(place), "{text}");
        assert!(error.hint.is_some(), "{text} says what to do");
    }
}

#[test]
fn what_is_wrong_is_found_with_its_place() {
    let question = |text: &str| format!(r#"{{"questions":[{text}]}}"#);
    assert_eq!(problems(&whole()), []);
    for (text, fault, place) in [
        (r#"{"questions":[]}"#.to_owned(), QuizFault::NoQuestions, "$.questions"),
        (question(r#"{"kind":"true_false","prompt":" ","answer":true}"#), QuizFault::NoPrompt, "$.questions[0].prompt"),
        (question(r#"{"kind":"true_false","prompt":"a"}"#), QuizFault::NoRightAnswer, "$.questions[0].answer"),
        (
            question(r#"{"kind":"short_text","prompt":"a","accepted":[" "]}"#),
            QuizFault::NoRightAnswer,
            "$.questions[0].accepted",
        ),
        (
            question(r#"{"kind":"single_choice","prompt":"a","options":[{"text":"a"},{"text":"b"}]}"#),
            QuizFault::NoRightAnswer,
            "$.questions[0].options",
        ),
        (
            question(
                r#"{"kind":"single_choice","prompt":"a","options":[{"text":"a","correct":true},{"text":"b","correct":true}]}"#,
            ),
            QuizFault::NoRightAnswer,
            "$.questions[0].options",
        ),
        (
            question(r#"{"kind":"multiple_choice","prompt":"a","options":[{"text":"a","correct":true}]}"#),
            QuizFault::EmptyOption,
            "$.questions[0].options",
        ),
        (
            question(r#"{"kind":"single_choice","prompt":"a","options":[{"text":"","correct":true},{"text":"b"}]}"#),
            QuizFault::EmptyOption,
            "$.questions[0].options",
        ),
        (
            question(r#"{"kind":"single_choice","prompt":"a","options":[{"text":"a","correct":true},{"text":" a"}]}"#),
            QuizFault::SameOption,
            "$.questions[0].options",
        ),
        (
            question(r#"{"kind":"short_text","prompt":"a","accepted":["Acme","acme "]}"#),
            QuizFault::SameOption,
            "$.questions[0].accepted",
        ),
        (
            question(r#"{"kind":"true_false","prompt":"a","answer":true,"points":0}"#),
            QuizFault::Marks,
            "$.questions[0].points",
        ),
        (
            r#"{"pass_mark":0,"questions":[{"kind":"true_false","prompt":"a","answer":true}]}"#.to_owned(),
            QuizFault::Marks,
            "$.pass_mark",
        ),
    ] {
        let quiz = Quiz::of_json(&json(&text)).expect("a quiz");
        let found: Vec<_> = problems(&quiz).into_iter().map(|found| (found.fault, found.place)).collect();
        assert_eq!(found, [(fault, place.to_owned())], "{text}");
    }
    let fine = r#"{"kind":"short_text","prompt":"a","accepted":["Acme","acme"],"case_sensitive":true}"#;
    assert_eq!(problems(&Quiz::of_json(&json(&question(fine))).expect("a quiz")), [], "capitals tell them apart");
}

#[test]
fn what_cannot_be_stored_is_refused_with_its_place() {
    let changed = |change: &dyn Fn(&mut Quiz)| {
        let mut quiz = whole();
        change(&mut quiz);
        storable(&quiz).expect_err("it cannot be stored").field.expect("a place")
    };
    assert!(storable(&whole()).is_ok());
    assert_eq!(changed(&|quiz| quiz.questions[1].prompt = "a\0".to_owned()), "$.questions[1].prompt");
    assert_eq!(changed(&|quiz| quiz.questions[1].id = "q1".to_owned()), "$.questions[1].id");
    assert_eq!(changed(&|quiz| quiz.questions = vec![quiz.questions[0].clone(); 101]), "$.questions");
    assert_eq!(changed(&|quiz| quiz.id = Some("x".repeat(256))), "$.id");
    assert_eq!(changed(&|quiz| quiz.id = Some(" ".to_owned())), "$.id");
    assert_eq!(changed(&|quiz| quiz.questions[0].prompt = "x".repeat(5_001)), "$.questions[0].prompt");
}

#[test]
fn a_quiz_is_passed_at_its_mark_in_whole_numbers() {
    for (score, max, mark, expected) in [
        (7, 10, 70, true),
        (21, 30, 70, true),
        (63, 90, 70, true),
        (69, 100, 70, false),
        (2, 3, 70, false),
        (0, 0, 70, false),
        (0, 10, 1, false),
        (10, 10, 100, true),
        (999, 1_000, 100, false),
        (u32::MAX, u32::MAX, 100, true),
        (1, 3, 33, true),
        (33, 100, 34, false),
    ] {
        assert_eq!(is_passed(score, max, mark), expected, "{score} of {max} at {mark} %");
    }
}

#[test]
fn answers_are_right_or_wrong() {
    let one = |id: &str, answer: QuizAnswer| score(&whole(), &Answers::from([(id.to_owned(), answer)])).score;
    let text = |text: &str| QuizAnswer::Text(text.to_owned());
    let choices = |ids: &[&str]| QuizAnswer::Choices(ids.iter().map(|id| (*id).to_owned()).collect());
    for (id, answer, points) in [
        ("q1", text("b"), 2),
        ("q1", text("a"), 0),
        ("q1", choices(&["b"]), 2),
        ("q1", choices(&["a", "b"]), 0),
        ("q1", QuizAnswer::Truth(true), 0),
        ("q2", choices(&["b", "a"]), 3),
        ("q2", choices(&["a"]), 0),
        ("q2", choices(&["a", "b", "c"]), 0),
        ("q2", choices(&[]), 0),
        ("q2", text("a"), 0),
        ("q3", QuizAnswer::Truth(false), 1),
        ("q3", QuizAnswer::Truth(true), 0),
        ("q4", text("acme.toml"), 4),
        ("q4", text("  The\tACME.toml\n"), 4),
        ("q4", text("acme"), 0),
        ("q4", text(""), 0),
        ("q9", text("b"), 0),
    ] {
        assert_eq!(one(id, answer.clone()), points, "{id} {answer:?}");
    }
    let mut strict = whole();
    strict.questions[3].task = QuestionTask::ShortText { accepted: vec!["Caf\u{e9}".to_owned()], case_sensitive: true };
    let said = |said: &str| score(&strict, &Answers::from([("q4".to_owned(), text(said))])).score;
    assert_eq!((said("Cafe\u{301}"), said("caf\u{e9}")), (4, 0), "another spelling of the same letters, and capitals");
}

#[test]
fn an_attempt_adds_up_and_passes_at_its_own_mark() {
    let answers = Answers::from([
        ("q2".to_owned(), QuizAnswer::Choices(vec!["a".to_owned(), "b".to_owned()])),
        ("q3".to_owned(), QuizAnswer::Truth(false)),
        ("q1".to_owned(), QuizAnswer::Text("b".to_owned())),
    ]);
    let attempt = score(&whole(), &answers);
    assert_eq!((attempt.score, attempt.max_score, attempt.passed), (6, 10, true));
    assert_eq!(attempt.questions[0].explanation.as_deref(), Some("`status` only reads."));
    assert!(!attempt.questions[3].is_answered);
    let stricter = Quiz { pass_mark: None, ..whole() };
    assert!(!score(&stricter, &answers).passed, "6 of 10 is not 70 %");
    let nothing = score(&Quiz::default(), &answers);
    assert_eq!((nothing.score, nothing.max_score, nothing.passed), (0, 0, false));
}

#[test]
fn the_best_attempt_is_kept_and_passed_stays_passed() {
    let attempts = |rows: &[(u32, u32)]| {
        let next =
            |kept, (score, max): &(u32, u32)| Some(KeptAttempt::after(kept, *score, *max, is_passed(*score, *max, 70)));
        rows.iter().fold(None, next).expect("an attempt")
    };
    let kept = |score, max_score, attempts, passed| KeptAttempt { score, max_score, attempts, passed };
    assert_eq!(attempts(&[(6, 10), (9, 10), (3, 10)]), kept(9, 10, 3, true));
    assert_eq!(attempts(&[(8, 10), (9, 20)]), kept(8, 10, 2, true));
    assert_eq!(attempts(&[(8, 10), (16, 20)]), kept(8, 10, 2, true), "a tie keeps the old one");
    assert_eq!(attempts(&[(0, 10), (0, 20)]), kept(0, 10, 2, false));
    assert_eq!(attempts(&[(7, 10), (0, 10)]), kept(7, 10, 2, true));
}

/// What must not be read by anybody but the author, as plain texts.
const SECRETS: [&str; 7] =
    ["acme status", "status` only reads", "acme.toml", "Which command?", "correct", "explanation", "accepted"];

fn walkthrough(metadata: Option<FreeJson>) -> Walkthrough {
    let step = Step {
        id: StepId::from("wts_1"),
        title: "One".to_owned(),
        content_fields: ContentFields::V1(FieldsV1 {
            content_for_user: Some("Hello.".to_owned()),
            ..FieldsV1::default()
        }),
        display_order: 1,
        next_step_id: None,
        created_at: None,
        updated_at: None,
        metadata,
    };
    Walkthrough { steps: vec![step], ..Walkthrough::new("wt_1", "Tour", WalkthroughType::Course) }
}

#[test]
fn learners_are_shown_questions_and_no_answers() {
    let shown = serde_json::to_string(&for_learner(&whole())).expect("JSON");
    assert!(shown.contains("acme run") && shown.contains("Which command?"));
    for secret in ["correct", "only reads", "acme.toml", "accepted", "false,\"", "theirs"] {
        assert!(!shown.contains(secret), "{secret} is given away: {shown}");
    }
    assert_eq!(for_learner(&whole()).max_score, max_score(&whole()));
}

#[test]
fn an_agents_text_never_holds_a_quiz() {
    let mut draft = Draft { walkthrough: walkthrough(Some(json(r#"{"team":"docs"}"#))), trashed_at: None };
    let edit = set(&draft.walkthrough, &StepId::from("wts_1"), Some(whole()), random).expect("there is room");
    let inverse = edit::apply(&mut draft, &edit).expect("it applies");
    assert_eq!(summaries(&draft.walkthrough), [QuizSummary { step: "wts_1".into(), questions: 4, required: true }]);
    let source = "{{ walkthrough }} {{ step }} {{ step.metadata.team }} {{ step.metadata.waymark }} {{ progress }}";
    for template in [render::Template::current(), &render::Template::parse(source).expect("a template")] {
        let ordered = in_learner_order(&draft.walkthrough);
        let segments = render::render_step(template, &ordered, 0, Progress::before(0, 1)).expect("it renders");
        let text = render::text(&segments);
        assert!(text.contains("Hello."));
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} reaches the agent: {text}");
        }
    }
    edit::apply(&mut draft, &inverse).expect("it can be taken back");
    assert_eq!(draft.walkthrough.steps[0].metadata, Some(json(r#"{"team":"docs"}"#)), "to the letter");
}

#[test]
fn a_quiz_gets_ids_and_leaves_nothing_behind() {
    let draft = walkthrough(None);
    let bare =
        r#"{"questions":[{"kind":"single_choice","options":[{"text":"a"},{"text":"b"}]},{"kind":"true_false"}]}"#;
    let quiz = Quiz::of_json(&json(bare)).expect("a quiz");
    let step = StepId::from("wts_1");
    let mut with = Draft { walkthrough: draft.clone(), trashed_at: None };
    edit::apply(&mut with, &set(&draft, &step, Some(quiz), random).expect("there is room")).expect("it applies");
    let saved = of_metadata(with.walkthrough.steps[0].metadata.as_ref()).expect("a quiz").expect("that can be read");
    assert!(saved.questions.iter().all(|question| question.id.starts_with("q_")));
    assert_ne!(saved.questions[0].id, saved.questions[1].id);
    let removal = set(&with.walkthrough, &step, None, random).expect("it can be removed");
    edit::apply(&mut with, &removal).expect("it applies");
    assert!(of_metadata(with.walkthrough.steps[0].metadata.as_ref()).is_none());
    let no_room = walkthrough(Some(json("[1]")));
    assert_eq!(set(&no_room, &step, Some(whole()), random).expect_err("no room").code, Code::Refused);
    assert_eq!(set(&draft, &"wts_9".into(), None, random).expect_err("no step").code, Code::NotFound);
}
