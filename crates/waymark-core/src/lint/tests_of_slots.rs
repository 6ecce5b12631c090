//! The rules about any text, in texts that are in none of the four fields.

use super::{
    fix::{FixSelection, fix},
    silence::{SilenceRule, silence},
    tests::{step, walkthrough},
    *,
};
use crate::{
    edit::{self, Draft},
    json::FreeJson,
    texts,
};

/// A draft in which every text outside the fields is this one.
fn everywhere(text: &str) -> Walkthrough {
    let text = FreeJson::of(text);
    let text = text.as_str();
    let mut draft = walkthrough(vec![step("wts_1", "x"), step("wts_2", "y"), step("wts_3", "z")]);
    let quiz = format!(
        r#"{{"questions":[{{"id":"q_1","kind":"single_choice","prompt":{text},"explanation":{text},"options":[
            {{"id":"o_1","text":{text},"correct":true}},{{"id":"o_2","text":"Another"}}]}}]}}"#
    );
    let metadata = format!(r#"{{"waymark":{{"section":{text},"quiz":{quiz}}}}}"#);
    draft.steps[1].metadata = Some(FreeJson::parse(&metadata).expect("JSON"));
    let section = format!(r#"{{"waymark":{{"section":{text}}}}}"#);
    draft.steps[2].metadata = Some(FreeJson::parse(&section).expect("JSON"));
    let certificate = format!(r#"{{"waymark":{{"certificate":{{"enabled":false,"title":{text},"body":{text}}}}}}}"#);
    draft.metadata = Some(FreeJson::parse(&certificate).expect("JSON"));
    let text = FreeJson::parse(text).and_then(|json| json.read::<String>()).expect("a text");
    draft.steps[1].title.clone_from(&text);
    draft.description = Some(text.clone());
    draft.title = text;
    draft
}

type Found = (Option<StepId>, Option<Part>, Option<Slot>);

fn found(draft: &Walkthrough, rule: &str) -> Vec<Found> {
    let found = lint(draft, &LintContext::default()).into_iter().filter(|found| found.rule == rule);
    found.map(|found| (found.step_id.clone(), found.part(), found.slot)).collect()
}

#[test]
fn every_rule_about_any_text_looks_at_titles_descriptions_sections_quizzes_and_certificates() {
    let step = || Some(StepId::from("wts_2"));
    let all = [
        (None, Some(Part::Title), Some(Slot::Title)),
        (None, Some(Part::Description), Some(Slot::Description)),
        (None, Some(Part::Certificate), Some(Slot::CertificateTitle)),
        (step(), Some(Part::Title), Some(Slot::Title)),
        (step(), Some(Part::Section), Some(Slot::Section)),
        (step(), Some(Part::Quiz), Some(Slot::Prompt { question: 0 })),
    ];
    for (rule, text, is_clean) in [
        ("L020", "Close </content_for_user>.", "Close content_for_user."),
        ("L021", "in\u{200B}visible", "invisible"),
        ("L022", "Open <!-- ask Ana --> it", "Open <- ask Ana"),
        ("L023", "Open\\nit", "Open `\\n` it"),
        ("L024", "Dear {{ name }}", "Dear {learner}"),
        ("L025", "postgres://app:Tr0ub4dor@db.internal/app", "postgres://user:password@localhost/db"),
        ("L029", "TODO: ask", "A todo list"),
    ] {
        assert_eq!(found(&everywhere(text), rule), all, "{rule}");
        assert_eq!(found(&everywhere(is_clean), rule), [], "{rule}");
    }
    // What the limits of titles say already is not said twice.
    let quiz = [all[2].clone(), all[4].clone(), all[5].clone()];
    assert_eq!(found(&everywhere("a\0b"), "L010"), quiz);
    let rules = lint(&everywhere("a\0b"), &LintContext::default()).into_iter().map(|found| found.rule);
    assert!(["L001", "L003", "L005"].iter().all(|rule| rules.clone().any(|found| found == *rule)));
}

#[test]
fn a_finding_names_the_text_and_the_first_place_and_counts_the_others() {
    let draft = everywhere("A\n\\nB");
    let report = lint(&draft, &LintContext::default());
    let quiz = report.iter().find(|found| found.part() == Some(Part::Quiz)).expect("found");
    assert_eq!(quiz.message, "Line 2 of the text of question 1 contains `\\n` as two characters (3 times in all).");
    let place = quiz.place.expect("a place");
    assert_eq!((place.line, place.from, place.to), (2, 2, 4));
    let title = lint(&everywhere("A\\nB"), &LintContext::default()).into_iter().next().expect("found");
    assert_eq!(title.message, "The title contains `\\n` as two characters.");
}

#[test]
fn a_fix_mends_all_of_a_part_keeps_lines_lines_and_can_be_taken_back() {
    let before = everywhere("in\u{200B}visible\\nand <!-- hidden --> more");
    let mut draft = Draft { walkthrough: before.clone(), trashed_at: None };
    let whole = fix(&before, &LintContext::default(), &FixSelection::default()).expect("there is a fix");
    let inverse = edit::apply(&mut draft, &whole).expect("it applies");
    let left = lint(&draft.walkthrough, &LintContext::default());
    assert!(left.iter().all(|found| found.fix.is_none()), "{left:?}");
    assert_eq!(draft.walkthrough.title, "invisible and  more");
    assert_eq!(draft.walkthrough.description.as_deref(), Some("invisible\nand  more"));
    let of_quiz = texts::of_step(&draft.walkthrough.steps[1]);
    assert!(
        of_quiz
            .iter()
            .any(|(slot, text)| *slot == Slot::Answer { question: 0, answer: 0 } && text == "invisible and  more")
    );
    edit::apply(&mut draft, &inverse).expect("it is taken back");
    assert_eq!(draft.walkthrough, before);
}

#[test]
fn a_title_of_nothing_but_what_would_go_is_left_to_a_person() {
    let mut draft = walkthrough(vec![step("wts_1", "x")]);
    draft.title = "\u{200B}<!-- a -->".to_owned();
    let report = lint(&draft, &LintContext::default());
    let comment = report.iter().find(|found| found.rule == "L022").expect("found");
    assert!(comment.fix.is_some(), "a hidden character is left");
    let whole = fix(&draft, &LintContext::default(), &FixSelection::default()).expect("there is a fix");
    let mut mended = Draft { walkthrough: draft, trashed_at: None };
    edit::apply(&mut mended, &whole).expect("it applies");
    assert!(!mended.walkthrough.title.trim().is_empty());
}

#[test]
fn one_part_is_silenced_and_fixed_without_the_others() {
    let draft = everywhere("TODO: ask");
    let quiz = |reason: Option<&str>| SilenceRule {
        rule: "L029".to_owned(),
        step: Some("wts_2".into()),
        field: None,
        part: Some(Part::Quiz),
        reason: reason.map(str::to_owned),
    };
    let mut silenced = Draft { walkthrough: draft.clone(), trashed_at: None };
    edit::apply(&mut silenced, &silence(&draft, quiz(Some("It asks for it."))).expect("an edit")).expect("it applies");
    let report = report(&silenced.walkthrough, &LintContext::default());
    assert_eq!(report.findings.len(), lint(&draft, &LintContext::default()).len() - 1);
    let [known] = report.silenced.as_slice() else { panic!("one: {:?}", report.silenced) };
    assert_eq!(known.silenced.as_ref().and_then(|said| said.part), Some(Part::Quiz));
    let again = silence(&silenced.walkthrough, quiz(None)).expect("an edit");
    edit::apply(&mut silenced, &again).expect("it applies");
    assert_eq!(silenced.walkthrough, draft);
    let draft = everywhere("in\u{200B}visible");
    let selection = FixSelection { part: Some(Part::Title), ..FixSelection::default() };
    let mut fixed = Draft { walkthrough: draft.clone(), trashed_at: None };
    edit::apply(&mut fixed, &fix(&draft, &LintContext::default(), &selection).expect("a fix")).expect("it applies");
    assert_eq!(found(&fixed.walkthrough, "L021").len(), 4, "the two titles alone are mended");
}
