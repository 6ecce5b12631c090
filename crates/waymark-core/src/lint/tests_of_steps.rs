//! The rules about steps and their links, and silencing.

use super::{
    rule_table::fixed,
    silence::{SilenceRule, silence},
    tests::{step, walkthrough},
    *,
};
use crate::{
    content::ContentFields,
    edit::{self, Draft},
    json::FreeJson,
    tokens::Encoding,
};

pub(super) fn linked(links: &[Option<usize>]) -> Walkthrough {
    let id = |at: usize| format!("wts_{at}");
    let mut draft = walkthrough((0..links.len()).map(|at| step(&id(at), "x")).collect());
    for (step, link) in draft.steps.iter_mut().zip(links) {
        step.next_step_id = link.map(|at| StepId::from(id(at).as_str()));
    }
    draft
}

/// Rule and place (from 0) of everything found.
fn found(walkthrough: &Walkthrough) -> Vec<(String, Option<usize>)> {
    let place = |finding: Finding| {
        let at = finding.step_id.and_then(|id| walkthrough.step_index(&id).ok());
        (finding.rule, at)
    };
    lint(walkthrough, &LintContext::default()).into_iter().map(place).collect()
}

fn check(links: &[Option<usize>], expected: &[(&str, usize)]) {
    let expected: Vec<_> = expected.iter().map(|(rule, at)| ((*rule).to_owned(), Some(*at))).collect();
    assert_eq!(found(&linked(links)), expected, "{links:?}");
}

#[test]
fn circles_and_steps_that_are_jumped_over_are_found() {
    check(&[Some(1), Some(2), None], &[]);
    check(&[None, None, None], &[]);
    check(&[Some(1), Some(0)], &[("L013", 1)]);
    check(&[Some(1), Some(2), Some(0), None], &[("L013", 2), ("L014", 3)]);
    check(&[Some(2), None, None], &[("L014", 1)]);
    check(&[None, None, Some(1), None], &[("L013", 2), ("L014", 3)]);
    check(&[Some(3), None, None, None], &[("L014", 1), ("L014", 2)]);
    check(&[Some(3), Some(2), Some(1), None], &[("L014", 1), ("L014", 2), ("L013", 2)]);
    check(&[Some(0), None], &[("L008", 0)]);
    check(&[Some(9), None], &[("L009", 0)]);
}

#[test]
fn in_linked_order_a_step_without_a_link_is_the_end() {
    let mut draft = linked(&[Some(1), None, None]);
    assert_eq!(found(&draft), []);
    draft.metadata = Some(FreeJson::parse(r#"{"waymark":{"order":"linked"}}"#).expect("valid"));
    assert_eq!(found(&draft), [("L014".to_owned(), Some(2))]);
}

#[test]
fn bad_links_are_removed() {
    for (rule, links) in [("L008", [Some(0), None]), ("L009", [Some(9), None]), ("L013", [Some(1), Some(0)])] {
        let draft = fixed(&linked(&links), rule);
        assert_eq!(found(&draft), [], "{rule}");
    }
}

#[test]
fn titles_of_steps_are_told_apart() {
    let mut draft = linked(&[None, None, None]);
    draft.steps[2].title = format!("{} ", draft.steps[0].title);
    assert_eq!(found(&draft), [("L011".to_owned(), Some(2)), ("L012".to_owned(), Some(2))]);
    draft.steps[2].title = draft.steps[0].title.to_uppercase();
    assert_eq!(found(&draft), []);
}

#[test]
fn a_step_says_when_it_is_done() {
    for (introduction, operations, is_found) in [
        (None, None, true),
        (Some(" "), None, true),
        (Some("Show the user the files."), None, true),
        (Some("Show the user the files."), Some("Wait until they have seen both."), false),
        (Some("The user has a shell. **Done when** it opens."), None, false),
        (None, Some("Verify the version."), false),
        (None, Some("Check that it runs."), false),
        (None, Some("Check the version."), true),
        (Some("Der Benutzer sieht die Dateien."), None, false),
    ] {
        let mut draft = walkthrough(vec![step("wts_1", "x")]);
        let fields = draft.steps[0].content_fields.editable().expect("v1");
        fields.introduction_for_agent = introduction.map(str::to_owned);
        fields.operations_for_agent = operations.map(str::to_owned);
        assert_eq!(found(&draft) == [("L015".to_owned(), Some(0))], is_found, "{introduction:?} {operations:?}");
    }
}

#[test]
fn the_token_budget_is_the_walkthroughs_own() {
    let text = "Several short words. ".repeat(200);
    let mut draft = walkthrough(vec![step("wts_1", &text)]);
    assert_eq!(found(&draft), [], "about 800 tokens of 2,000");
    let budget = |text: &str| Some(FreeJson::parse(text).expect("valid"));
    draft.metadata = budget(r#"{"waymark":{"token_budget":500}}"#);
    assert_eq!(found(&draft), [("L016".to_owned(), Some(0))]);
    draft.metadata = budget(r#"{"waymark":{"token_budget":"many"}}"#);
    assert_eq!(found(&draft), []);
    draft.metadata = None;
    draft.steps[0] = step("wts_1", &text.repeat(4));
    assert_eq!(found(&draft), [("L016".to_owned(), Some(0))]);
}

#[test]
fn budgets_are_counted_with_the_tokenizer_that_is_chosen_and_named() {
    let mut draft = walkthrough(vec![step("wts_1", &"今天天气怎么样".repeat(20))]);
    let metadata = r#"{"waymark":{"field_token_budget":120,"token_budget":5000,"walkthrough_token_budget":30}}"#;
    draft.metadata = Some(FreeJson::parse(metadata).expect("valid"));
    let told = |tokenizer| {
        let context = LintContext { tokenizer, ..LintContext::default() };
        lint(&draft, &context).into_iter().map(|found| (found.rule, found.message)).collect::<Vec<_>>()
    };
    let rules = |told: &[(String, String)]| told.iter().map(|(rule, _)| rule.clone()).collect::<Vec<_>>();
    let (usual, older) = (told(Encoding::O200k), told(Encoding::Cl100k));
    assert_eq!((rules(&usual), rules(&older)), (vec!["L017".to_owned()], vec!["L017".to_owned(), "L018".to_owned()]));
    assert!(usual[0].1.contains("tokens (`o200k_base`), and the budget is 30."), "{usual:?}");
    assert!(
        older[1].1.contains("user content of `Install wts_1`") && older[1].1.contains("`cl100k_base`"),
        "{older:?}"
    );
}

#[test]
fn a_step_of_an_unknown_version_is_not_judged_by_its_texts() {
    let mut draft = walkthrough(vec![step("wts_1", "x")]);
    draft.steps[0].content_fields = ContentFields::from_json(&FreeJson::parse("[]").expect("valid"));
    assert_eq!(found(&draft), [("L007".to_owned(), Some(0))]);
}

fn silenced(draft: &Walkthrough, step: Option<&str>, reason: Option<&str>) -> Walkthrough {
    let input = SilenceRule {
        rule: "L029".to_owned(),
        step: step.map(StepId::from),
        part: None,
        field: None,
        reason: reason.map(str::to_owned),
    };
    silenced_by(draft, input)
}

fn silenced_by(draft: &Walkthrough, input: SilenceRule) -> Walkthrough {
    let edit = silence(draft, input).expect("it can be silenced");
    let mut draft = Draft { walkthrough: draft.clone(), trashed_at: None };
    edit::apply(&mut draft, &edit).expect("applies");
    draft.walkthrough
}

#[test]
fn silenced_findings_are_told_apart_with_their_reason() {
    let mut draft = walkthrough(vec![step("wts_1", "TODO"), step("wts_2", "TODO")]);
    draft.steps[0].metadata = Some(FreeJson::parse(r#"{"theirs":1}"#).expect("valid"));
    let one = silenced(&draft, Some("wts_1"), Some(" It is the name of the file. "));
    let report = report(&one, &LintContext::default());
    assert_eq!((report.findings.len(), report.silenced.len()), (1, 1));
    let said = report.silenced[0].silenced.as_ref().expect("a reason");
    assert_eq!((said.reason.as_str(), &said.step), ("It is the name of the file.", &Some(StepId::from("wts_1"))));
    assert_eq!(report.findings[0].step_id, Some(StepId::from("wts_2")));
    let everywhere = silenced(&draft, None, Some("A walkthrough about lists."));
    assert_eq!(lint(&everywhere, &LintContext::default()), []);
    assert_eq!(silenced(&one, Some("wts_1"), None), draft, "and speak again, with nothing left behind");
}

#[test]
fn silencing_one_field_leaves_the_others_and_each_is_taken_back_alone() {
    let mut draft = walkthrough(vec![step("wts_1", "TODO")]);
    if let ContentFields::V1(fields) = &mut draft.steps[0].content_fields {
        fields.context_for_agent = Some("TODO".to_owned());
    }
    draft.steps[0].metadata = Some(crate::json::FreeJson::parse("{}").expect("valid"));
    let ask = |step: Option<&str>, field: Option<Field>, reason: Option<&str>| SilenceRule {
        part: None,
        rule: "L029".to_owned(),
        step: step.map(StepId::from),
        field,
        reason: reason.map(str::to_owned),
    };
    let user = Some(Field::ContentForUser);
    let one = silenced_by(&draft, ask(Some("wts_1"), user, Some("A name.")));
    let told = report(&one, &LintContext::default());
    assert_eq!((told.findings.len(), told.findings[0].field), (1, Some(Field::ContextForAgent)));
    assert_eq!(told.silenced[0].silenced.as_ref().map(|said| said.field), Some(user));

    let both = silenced_by(&one, ask(Some("wts_1"), None, Some("Both.")));
    let reasons = |draft: &Walkthrough| {
        let silenced = report(draft, &LintContext::default()).silenced;
        silenced.into_iter().filter_map(|found| found.silenced).map(|said| said.reason).collect::<Vec<_>>()
    };
    assert_eq!(reasons(&both), ["Both.", "A name."], "what is said about the field goes first");
    assert_eq!(reasons(&silenced_by(&both, ask(Some("wts_1"), None, None))), ["A name."]);
    assert_eq!(silenced_by(&one, ask(Some("wts_1"), user, None)), draft, "with nothing left behind");
    let everywhere = silenced_by(&draft, ask(None, Some(Field::ContextForAgent), Some("In all contexts.")));
    assert_eq!(reasons(&everywhere), ["In all contexts."]);
}

#[test]
fn silencing_takes_a_known_rule_and_a_reason_and_room_for_it() {
    let mut draft = walkthrough(vec![step("wts_1", "TODO")]);
    let ask = |draft: &Walkthrough, rule: &str, reason: &str, step: Option<&str>| {
        let (rule, reason) = (rule.to_owned(), Some(reason.to_owned()));
        silence(draft, SilenceRule { rule, step: step.map(StepId::from), field: None, part: None, reason })
    };
    assert!(ask(&draft, "L029", "Because.", None).is_ok());
    assert!(ask(&draft, "L999", "Because.", None).is_err(), "an unknown rule");
    assert!(ask(&draft, "L029", " ", None).is_err(), "a blank reason");
    assert!(ask(&draft, "L029", "Because.", Some("wts_9")).is_err(), "an unknown step");
    assert!(ask(&draft, "L010", "Because.", None).is_err(), "what the database refuses");
    draft.metadata = Some(FreeJson::parse("[1]").expect("valid"));
    assert!(ask(&draft, "L029", "Because.", None).is_err(), "no room");
    draft.metadata = Some(FreeJson::parse(r#"{"waymark":{"silenced":"nonsense"}}"#).expect("valid"));
    assert_eq!(lint(&draft, &LintContext::default()).len(), 1, "somebody else's value silences nothing");
}
