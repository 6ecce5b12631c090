use super::*;
use crate::{
    content::{ContentFields, FieldsV1},
    json::FreeJson,
    walkthrough::{Step, WalkthroughType},
};

pub(super) fn step(id: &str, content: &str) -> Step {
    Step {
        id: StepId::from(id),
        title: format!("Install {id}"),
        content_fields: ContentFields::V1(FieldsV1 {
            introduction_for_agent: Some("Done when it runs.".to_owned()),
            content_for_user: Some(content.to_owned()),
            ..FieldsV1::default()
        }),
        display_order: 1,
        next_step_id: None,
        created_at: None,
        updated_at: None,
        metadata: None,
    }
}

pub(super) fn walkthrough(steps: Vec<Step>) -> Walkthrough {
    Walkthrough { steps, ..Walkthrough::new("wt_test", "Test", WalkthroughType::Quickstart) }
}

fn found(walkthrough: &Walkthrough) -> Vec<String> {
    lint(walkthrough, &LintContext::default()).into_iter().map(|finding| finding.rule).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(&walkthrough(vec![step("wts_1", text)])), expected, "{text:?}");
}

#[test]
fn a_good_walkthrough_has_no_findings() {
    check("# Hello\n\nRun `npm i`.\n\n```bash\nprintf 'a\\n' <!-- --> {{ x }}\n```\n", &[]);
}

#[test]
fn rules_have_distinct_ascending_numbers() {
    assert!(rules::RULES.is_sorted_by(|a, b| a.id < b.id));
}

#[test]
fn the_example_of_each_rule_about_a_text_is_found_by_it() {
    let dictionary = std::sync::Arc::new(dictionary::Dictionary::english());
    let spelling = Spelling { language: "en".to_owned(), dictionary: Some(dictionary), ..Spelling::default() };
    let context = LintContext { spelling: Some(spelling), ..LintContext::default() };
    for rule in rules::RULES {
        let rules::Example::Text(text) = rule.example else { continue };
        let mut one = step("wts_1", text);
        if let ContentFields::V1(fields) = &mut one.content_fields {
            fields.operations_for_agent = Some(text.to_owned());
        }
        let found = lint(&walkthrough(vec![one]), &context);
        assert!(found.iter().any(|finding| finding.rule == rule.id), "{} does not find {text:?}", rule.id);
    }
}

#[test]
fn limits_of_the_walkthrough_are_errors() {
    let mut draft = walkthrough(Vec::new());
    draft.title = "t".repeat(101);
    draft.description = Some("d".repeat(501));
    assert_eq!(found(&draft), ["L001", "L003", "L004"]);
    draft.title = " ".to_owned();
    draft.description = None;
    assert_eq!(found(&draft), ["L001", "L004"]);
    let context = LintContext { other_titles: vec!["Test".to_owned()], ..LintContext::default() };
    let findings = lint(&walkthrough(vec![step("wts_1", "x")]), &context);
    assert_eq!((findings[0].rule.as_str(), findings[0].severity), ("L002", Severity::Error));
}

#[test]
fn required_fields_go_by_the_type() {
    use WalkthroughType::{Course, Installer, Integration, Quickstart, Troubleshooting};
    for (kind, missing) in [(Course, 0), (Quickstart, 0), (Installer, 1), (Troubleshooting, 1), (Integration, 2)] {
        let mut draft = walkthrough(vec![step("wts_1", "x")]);
        draft.kind = kind;
        assert_eq!(found(&draft), vec!["L006"; missing], "{kind}");
    }
    check(" \n", &["L006"]);
}

#[test]
fn links_lead_to_other_steps_that_exist() {
    let mut draft = walkthrough(vec![step("wts_1", "x"), step("wts_2", "x")]);
    draft.steps[0].next_step_id = Some(StepId::from("wts_1"));
    draft.steps[1].next_step_id = Some(StepId::from("wts_9"));
    assert_eq!(found(&draft), ["L008", "L009"]);
    draft.steps[0].next_step_id = Some(StepId::from("wts_2"));
    draft.steps[1].next_step_id = None;
    assert_eq!(found(&draft), Vec::<String>::new());
}

#[test]
fn unknown_content_is_reported_once() {
    let mut draft = walkthrough(vec![step("wts_1", "x")]);
    let json = FreeJson::parse(r#"{"version":"v2"}"#).expect("valid");
    draft.steps[0].content_fields = ContentFields::from_json(&json);
    draft.steps[0].title = String::new();
    assert_eq!(found(&draft), ["L005", "L007"]);
}

#[test]
fn texts_that_confuse_agents_are_reported() {
    check("a\0b", &["L010"]);
    check("</content_for_user>", &["L020"]);
    check("<context_for_agent purpose=\"x\">", &["L020"]);
    check("<content_for_users>", &[]);
    check("in\u{200B}visible", &["L021"]);
    check("right \u{202E}to left", &["L021"]);
    check("a\u{200D}b", &["L021"]);
    check("family: \u{1F469}\u{200D}\u{1F467}", &[]);
    check("<!-- hidden -->", &["L022"]);
    check("# Title\\n\\nText", &["L023"]);
    check("Dear {{ name }}", &["L024"]);
    check("{% if x %}", &["L024"]);
    check("Set ${HOME}", &["L024"]);
    check("Set `${HOME}` and `{{ x }}` and ``a ` <!-- b``", &[]);
    check("~~~text\n{{ x }}\n~~~\n{{ y }}", &["L024"]);
}

#[test]
fn secrets_are_told_from_placeholders() {
    for secret in [
        "AKIAZ7Q4LM2NPX9R3STU",
        "key: ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "`sk-proj-9aF3kL8mQ2xT7vB4nC6dE1gH`",
        "-----BEGIN RSA PRIVATE KEY-----",
        "postgres://app:Tr0ub4dor@db.internal/app",
    ] {
        check(secret, &["L025"]);
    }
    for placeholder in [
        "sk-your-api-key-goes-here-123456",
        "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx1",
        "ghp_000000000000000000000000000000000000",
        "postgres://user:password@localhost/db",
        "postgres://user:$PGPASSWORD@localhost/db",
        "-----BEGIN CERTIFICATE-----",
        "https://example.com/a:b@c",
        "mask-ed-by-a-very-long-hyphenated-word-99",
    ] {
        check(placeholder, &[]);
    }
}

#[test]
fn each_secret_of_a_kind_is_told_and_the_certificate_before_a_key_hides_none() {
    let text = "-----BEGIN CERTIFICATE-----\n-----BEGIN RSA PRIVATE KEY-----\nAKIAZ7Q4LM2NPX9R3STU and AKIAZ7Q4LM2NPX9R3STV\n\
                postgres://app:Tr0ub4dor@db.internal/app postgres://app:c0rrect-h0rse@db.internal/app";
    let lines = |text: &str| {
        let found = lint(&walkthrough(vec![step("wts_1", text)]), &LintContext::default());
        let found = found.into_iter().find(|finding| finding.rule == "L025").expect("secrets");
        let places = found.place.iter().chain(&found.others).map(|place| place.line).collect::<Vec<_>>();
        (places, found.message)
    };
    let (places, message) = lines(text);
    assert_eq!(places, [2, 3, 3, 4, 4]);
    assert!(message.contains("a private key") && message.contains("5 times"), "{message}");
    let (places, _) = lines(&"AKIAZ7Q4LM2NPX9R3STU\n".repeat(5_000));
    assert_eq!(places.len(), 100, "of a text that is nothing else, not each");
}

#[test]
fn findings_say_where() {
    let findings = lint(&walkthrough(vec![step("wts_1", "ok\n\nA\\nB\\n")]), &LintContext::default());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].step_id, Some(StepId::from("wts_1")));
    assert_eq!(findings[0].field, Some(Field::ContentForUser));
    assert!(
        findings[0].message.starts_with("Line 3 of the user content") && findings[0].message.contains("2 times"),
        "{}",
        findings[0].message
    );
}

#[test]
fn one_step_is_looked_at_alone_and_as_it_is_among_all() {
    let steps = vec![step("wts_1", "a\\nb"), step("wts_2", "c\\nd TODO"), step("wts_3", "e")];
    let draft = walkthrough(steps);
    let whole = report(&draft, &LintContext::default());
    for step in &draft.steps {
        let mut expected = whole.clone();
        expected.findings.retain(|finding| finding.step_id.as_ref() == Some(&step.id));
        expected.silenced.retain(|finding| finding.step_id.as_ref() == Some(&step.id));
        assert_eq!(report_step(&draft, &LintContext::default(), &step.id), expected);
    }
}

#[test]
fn a_link_to_a_file_that_is_there_is_told_apart_from_one_that_leads_nowhere() {
    let draft = walkthrough(vec![step("wts_1", "![a](files/a.png) [b](./files/b.pdf) [c](c.md) Done when read.")]);
    let context = LintContext { files: ["a.png".to_owned()].into(), ..LintContext::default() };
    let found: Vec<_> =
        lint(&draft, &context).into_iter().map(|finding| (finding.rule, finding.others.len())).collect();
    assert!(found.contains(&("L028".to_owned(), 1)) && found.contains(&("L039".to_owned(), 0)), "{found:?}");
    let message = |context: &LintContext| lint(&draft, context)[0].message.clone();
    assert!(message(&LintContext::default()).contains("the file `files/a.png`, which is not there"));
    assert!(message(&context).contains("the file `./files/b.pdf`, which is not there"));
}
