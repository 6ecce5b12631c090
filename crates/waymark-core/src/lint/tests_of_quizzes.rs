//! The rules about quizzes and certificates.

use super::{
    tests::{step, walkthrough},
    *,
};
use crate::json::FreeJson;

pub(super) fn with_quiz(quiz: &str) -> Walkthrough {
    let mut draft = walkthrough(vec![step("wts_1", "x"), step("wts_2", "y")]);
    draft.steps[0].metadata = Some(FreeJson::parse(&format!(r#"{{"waymark":{{"quiz":{quiz}}}}}"#)).expect("valid"));
    draft
}

fn found(draft: &Walkthrough) -> Vec<String> {
    lint(draft, &LintContext::default()).into_iter().map(|finding| finding.rule).collect()
}

#[test]
fn each_rule_finds_its_fault_once_in_a_step() {
    let question = |text: &str| format!(r#"{{"questions":[{text},{text}]}}"#);
    let fine = r#"{"kind":"true_false","prompt":"a","answer":true}"#;
    assert_eq!(found(&with_quiz(&question(fine))), Vec::<String>::new());
    for (quiz, rule) in [
        ("[]".to_owned(), "L060"),
        (r#"{"questions":[]}"#.to_owned(), "L061"),
        (question(r#"{"kind":"true_false","prompt":"","answer":true}"#), "L062"),
        (question(r#"{"kind":"true_false","prompt":"a"}"#), "L063"),
        (question(r#"{"kind":"single_choice","prompt":"a","options":[{"text":"a","correct":true}]}"#), "L064"),
        (
            question(
                r#"{"kind":"multiple_choice","prompt":"a","options":[{"text":"a","correct":true},{"text":"a"},{"text":"b"}]}"#,
            ),
            "L065",
        ),
        (format!(r#"{{"pass_mark":101,"questions":[{fine}]}}"#), "L066"),
    ] {
        let draft = with_quiz(&quiz);
        assert_eq!(found(&draft), [rule], "{quiz}");
        let finding = &lint(&draft, &LintContext::default())[0];
        assert_eq!(finding.step_id, Some(StepId::from("wts_1")));
        assert!(finding.hint.is_some() && finding.message.ends_with('.'), "{finding:?}");
    }
}

#[test]
fn two_quizzes_of_one_name_are_told_apart() {
    let quiz = r#"{"id":"basics","questions":[{"kind":"true_false","prompt":"a","answer":true}]}"#;
    let mut draft = with_quiz(quiz);
    draft.steps[1].metadata = draft.steps[0].metadata.clone();
    assert_eq!(found(&draft), ["L067"]);
    draft.steps[1].metadata = draft.steps[1].metadata.as_ref().map(|json| {
        let text = json.as_str().replace("basics", "more");
        FreeJson::parse(&text).expect("valid")
    });
    assert_eq!(found(&draft), Vec::<String>::new());
}

#[test]
fn a_certificate_that_nobody_can_earn_or_read_is_found() {
    let mut draft = walkthrough(vec![step("wts_1", "x")]);
    for (settings, is_found) in [
        ("7", true),
        (r#"{"enabled":true}"#, false),
        (r#"{"enabled":true,"threshold":101}"#, true),
        (r#"{"enabled":true,"body":"{learner} {grade}"}"#, true),
        (r#"{"enabled":false,"threshold":101}"#, false),
    ] {
        let metadata = format!(r#"{{"waymark":{{"certificate":{settings}}}}}"#);
        draft.metadata = Some(FreeJson::parse(&metadata).expect("valid"));
        assert_eq!(found(&draft) == ["L068"], is_found, "{settings}");
    }
}
