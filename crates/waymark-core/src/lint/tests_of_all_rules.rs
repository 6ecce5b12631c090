//! Every rule there is, once: a draft that it finds something in, the nearest one that it does not, and after its quick fix
//! nothing is left. A rule that is added without a pair fails here.

use std::collections::BTreeSet;

use super::{
    addresses::LinkAnswer,
    fix::{FixSelection, fix},
    rule_table::TABLE,
    rules::RULES,
    tests::{step, walkthrough},
    tests_of_prose::{FOR_AGENT, FOR_USER, draft as text_in, english},
    tests_of_quizzes::with_quiz,
    tests_of_steps::linked,
    *,
};
use crate::{
    content::ContentFields,
    edit::{self, Draft},
    json::FreeJson,
};

/// A draft, and what else lint is told.
type Seen = (Walkthrough, LintContext);

struct Pair {
    rule: &'static str,
    hit: Seen,
    miss: Seen,
}

fn alone(draft: Walkthrough) -> Seen {
    (draft, LintContext::default())
}

fn text(text: &str) -> Walkthrough {
    walkthrough(vec![step("wts_1", text)])
}

fn changed(change: impl FnOnce(&mut Walkthrough)) -> Seen {
    let mut draft = walkthrough(vec![step("wts_1", "x"), step("wts_2", "y")]);
    change(&mut draft);
    alone(draft)
}

fn with_own(json: &str) -> Seen {
    let metadata = FreeJson::parse(&format!(r#"{{"waymark":{json}}}"#)).expect("valid");
    changed(|draft| draft.metadata = Some(metadata))
}

/// Two steps of a few tokens each, and what may be spent on something.
fn budgeted(key: &str, tokens: u32) -> Seen {
    let text = "One two three four five six";
    let mut draft = walkthrough(vec![step("wts_1", text), step("wts_2", text)]);
    let metadata = format!(r#"{{"waymark":{{"{key}":{tokens}}}}}"#);
    draft.metadata = Some(FreeJson::parse(&metadata).expect("valid"));
    alone(draft)
}

fn question(text: &str) -> Seen {
    alone(with_quiz(&format!(r#"{{"questions":[{text}]}}"#)))
}

fn answered(answer: LinkAnswer) -> Seen {
    let links = [("https://a.example/b".to_owned(), answer)].into();
    (text("See [the manual](https://a.example/b)."), LintContext { links, ..LintContext::default() })
}

fn spelled(words: &str, spelling: dictionary::Spelling) -> Seen {
    (text(words), LintContext { spelling: Some(spelling), ..LintContext::default() })
}

fn titled(others: &str) -> Seen {
    (text("x"), LintContext { other_titles: vec![others.to_owned()], ..LintContext::default() })
}

fn with_file(files: &[&str]) -> Seen {
    let files = files.iter().map(|name| (*name).to_owned()).collect();
    (text("![a](files/a.png)"), LintContext { files, ..LintContext::default() })
}

const FINE: &str = r#"{"kind":"true_false","prompt":"a","answer":true}"#;

fn of_walkthroughs() -> Vec<(&'static str, Seen, Seen)> {
    let title = |title: &str| changed(|draft| draft.title = title.to_owned());
    let step_title = |title: &str| changed(|draft| draft.steps[0].title = title.to_owned());
    let description = |count: usize| changed(|draft| draft.description = Some("d".repeat(count)));
    let version = |version: &str| {
        let json = FreeJson::parse(&format!(r#"{{"version":"{version}","contentForUser":"x"}}"#)).expect("valid");
        changed(|draft| draft.steps[0].content_fields = ContentFields::from_json(&json))
    };
    let done = |words: &str| {
        changed(|draft| {
            let fields = draft.steps[0].content_fields.editable().expect("v1");
            fields.introduction_for_agent = Some(words.to_owned());
        })
    };
    let long = "Several short words. ".repeat(200);
    vec![
        ("L001", title(&"t".repeat(101)), title(&"t".repeat(100))),
        ("L002", titled("Test"), titled("Tests")),
        ("L003", description(501), description(500)),
        ("L004", alone(walkthrough(Vec::new())), alone(text("x"))),
        ("L005", step_title(&"s".repeat(201)), step_title(&"s".repeat(200))),
        ("L006", alone(text(" \n")), alone(text("x"))),
        ("L007", version("v2"), version("v1")),
        ("L008", alone(linked(&[Some(0), None])), alone(linked(&[Some(1), None]))),
        ("L009", alone(linked(&[Some(9), None])), alone(linked(&[Some(1), None]))),
        ("L011", title("Test "), title("A Test")),
        ("L012", step_title("Install wts_2"), step_title("INSTALL WTS_2")),
        ("L013", alone(linked(&[Some(1), Some(0)])), alone(linked(&[Some(1), None]))),
        ("L014", alone(linked(&[Some(2), None, None])), alone(linked(&[None, None, None]))),
        ("L015", done("Show the files."), done("Show the files. Done when they are seen.")),
        ("L016", alone(text(&long.repeat(4))), alone(text(&long))),
        ("L017", budgeted("walkthrough_token_budget", 5), budgeted("walkthrough_token_budget", 500)),
        ("L018", budgeted("field_token_budget", 5), budgeted("field_token_budget", 50)),
        ("L039", with_file(&["a.png"]), with_file(&[])),
    ]
}

fn of_words_and_links() -> Vec<(&'static str, Seen, Seen)> {
    let why = || "answered with 404 Not Found".to_owned();
    let german = dictionary::Spelling { language: "de".to_owned(), ..dictionary::Spelling::default() };
    vec![
        ("L050", spelled("Teh agent.", english()), spelled("The agent.", english())),
        ("L051", spelled("The agent.", german), spelled("The agent.", english())),
        ("L055", answered(LinkAnswer::Dead { why: why() }), answered(LinkAnswer::Works)),
        ("L056", answered(LinkAnswer::Moved { to: "https://a.example/c".to_owned() }), answered(LinkAnswer::Works)),
        ("L057", answered(LinkAnswer::Unclear { why: why() }), answered(LinkAnswer::Works)),
    ]
}

fn of_quizzes() -> Vec<(&'static str, Seen, Seen)> {
    let choice = |options: &str| question(&format!(r#"{{"kind":"single_choice","prompt":"a","options":[{options}]}}"#));
    let named = |first: &str, second: &str| {
        let quiz = |name: &str| {
            let quiz = format!(r#"{{"waymark":{{"quiz":{{"id":"{name}","questions":[{FINE}]}}}}}}"#);
            Some(FreeJson::parse(&quiz).expect("valid"))
        };
        changed(|draft| {
            draft.steps[0].metadata = quiz(first);
            draft.steps[1].metadata = quiz(second);
        })
    };
    let marked = |mark: u32| alone(with_quiz(&format!(r#"{{"pass_mark":{mark},"questions":[{FINE}]}}"#)));
    let certificate =
        |threshold: u32| with_own(&format!(r#"{{"certificate":{{"enabled":true,"threshold":{threshold}}}}}"#));
    vec![
        ("L060", alone(with_quiz("[]")), question(FINE)),
        ("L061", question(""), question(FINE)),
        ("L062", question(r#"{"kind":"true_false","prompt":"","answer":true}"#), question(FINE)),
        ("L063", question(r#"{"kind":"true_false","prompt":"a"}"#), question(FINE)),
        ("L064", choice(r#"{"text":"a","correct":true}"#), choice(r#"{"text":"a","correct":true},{"text":"b"}"#)),
        (
            "L065",
            choice(r#"{"text":"a","correct":true},{"text":"b"},{"text":"b"}"#),
            choice(r#"{"text":"a","correct":true},{"text":"b"},{"text":"c"}"#),
        ),
        ("L066", marked(101), marked(100)),
        ("L067", named("basics", "basics"), named("basics", "more")),
        ("L068", certificate(101), certificate(100)),
    ]
}

fn pairs() -> Vec<Pair> {
    // What is left after a fix is still a text.
    let among = |text: &str| format!("Some words.\n\n{text}");
    let texts =
        TABLE.iter().map(|row| (row.rule, alone(text(&among(row.hits[0]))), alone(text(&among(row.misses[0])))));
    let prose = FOR_USER.iter().map(|row| (row, Field::ContentForUser));
    let prose = prose.chain(FOR_AGENT.iter().map(|row| (row, Field::OperationsForAgent)));
    let prose = prose
        .map(|((rule, hits, misses), field)| (*rule, alone(text_in(hits[0], field)), alone(text_in(misses[0], field))));
    let all = texts.chain(prose).chain(of_walkthroughs()).chain(of_words_and_links()).chain(of_quizzes());
    all.map(|(rule, hit, miss)| Pair { rule, hit, miss }).collect()
}

fn finds(rule: &str, (draft, context): &Seen) -> bool {
    lint(draft, context).iter().any(|found| found.rule == rule)
}

#[test]
fn every_rule_hits_misses_and_is_clean_after_its_fix() {
    let pairs = pairs();
    let known: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(pairs.iter().map(|pair| pair.rule).collect::<BTreeSet<_>>(), known, "each rule has a pair");
    for Pair { rule, hit, miss } in &pairs {
        assert!(finds(rule, hit), "{rule} misses what it is there for");
        assert!(!finds(rule, miss), "{rule} hits what only looks like it");
        let (draft, context) = hit;
        let selection = FixSelection { rule: Some((*rule).to_owned()), ..FixSelection::default() };
        let mended = fix(draft, context, &selection);
        assert_eq!(mended.is_some(), rules::find(rule).is_some_and(|rule| rule.fix.is_some()), "{rule}: a fix");
        if let Some(edit) = mended {
            let mut mended = Draft { walkthrough: draft.clone(), trashed_at: None };
            let inverse = edit::apply(&mut mended, &edit).expect("a fix applies");
            let before = lint(draft, context).len();
            let left = lint(&mended.walkthrough, context);
            assert!(left.iter().all(|found| found.rule != *rule), "{rule} stays: {left:?}");
            assert!(left.len() < before, "{rule}: its fix brings others: {left:?}");
            edit::apply(&mut mended, &inverse).expect("a fix can be taken back");
            assert_eq!(mended.walkthrough, *draft, "{rule}");
        }
    }
}

#[test]
fn every_finding_says_what_and_where_in_a_sentence() {
    for Pair { rule, hit: (draft, context), .. } in pairs() {
        for finding in lint(&draft, &context).into_iter().filter(|found| found.rule == rule) {
            assert!(finding.message.ends_with(['.', '?']) && finding.message.len() > 15, "{finding:?}");
            assert!(finding.place.is_none() || finding.part().is_some(), "{rule}: a place is in a text: {finding:?}");
            assert_eq!(finding.severity, rules::find(rule).expect("a rule").severity, "{rule}");
        }
    }
}
