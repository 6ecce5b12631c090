//! One row for each rule about prose and spelling: what it hits, and what only looks like it.

use std::sync::{Arc, LazyLock};

use super::{
    dictionary::Dictionary,
    rule_table::fixed,
    tests::{step, walkthrough},
    *,
};
use crate::json::FreeJson;

pub(super) type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

const LONG: &str = "When the agent has read the file and the user has said that the settings in it are those which the team agreed on, \
    it writes them into the project, runs the command that checks them, waits for the result, tells the user what it says, and goes \
    on to the next step of the tour.";

pub(super) const FOR_USER: [Row; 5] = [
    (
        "L040",
        &["Open the the file.", "the\nthe file", "Run it again again."],
        &[
            "that that",
            "very very",
            "Run `the` the",
            "the, the",
            "New York New York",
            "**the** the",
            "1 1",
            "no-no no",
            "bye bye",
            "go Go",
        ],
    ),
    ("L041", &[LONG], &["Short. Sentences. Are. Fine.", "| a | b |\n| - | - |\n| c | d |"]),
    (
        "L042",
        &["Click [here](https://a.io).", "[Read more](https://a.io)", "see [**this link**](https://a.io)"],
        &["[The manual](https://a.io)", "<https://a.io>", "here", "[here's how](https://a.io)"],
    ),
    (
        "L043",
        &["DO NOT SKIP THIS STEP", "Now: **NEVER DELETE THE FILE**!"],
        &["HTTP REST API", "a NOT gate", "Do NOT skip", "`DO NOT SKIP`", "# ALL ABOUT THIS"],
    ),
    (
        "L047",
        &["In order to start", "You will be able to see it.", "It utilizes memory."],
        &["in order", "`prior to`", "a priority"],
    ),
];

pub(super) const FOR_AGENT: [Row; 3] = [
    (
        "L044",
        &["Install tools, libraries, etc.", "Fix it somehow.", "Ask where applicable."],
        &["etcd", "Do it so on Monday it runs", "in any case"],
    ),
    (
        "L045",
        &["- It should run.", "1. This must be there.\n2. Go on.", "* **They** need care."],
        &["- This file must be there.", "It should run.", "- Run it. It should work.", "- Item must be there"],
    ),
    (
        "L046",
        &["The file should be created.", "Settings must then be saved.", "It needs to be installed."],
        &["The port must be free.", "It should be red.", "Create the file.", "must be possible"],
    ),
];

pub(super) fn draft(text: &str, field: Field) -> Walkthrough {
    let mut draft = walkthrough(vec![step("wts_1", "Text.")]);
    let fields = draft.steps[0].content_fields.editable().expect("v1");
    match field {
        Field::OperationsForAgent => fields.operations_for_agent = Some(text.to_owned()),
        _ => fields.content_for_user = Some(text.to_owned()),
    }
    draft
}

fn check(rows: &[Row], field: Field) {
    for (rule, hits, misses) in rows {
        let has =
            |text: &str| lint(&draft(text, field), &LintContext::default()).iter().any(|found| found.rule == *rule);
        for hit in *hits {
            assert!(has(hit), "{rule} misses {hit:?}");
        }
        for miss in *misses {
            assert!(!has(miss), "{rule} hits {miss:?}");
        }
        let off = [rules::find(rule).and_then(|rule| rule.group).expect("a group")].into();
        let found = lint(&draft(hits[0], field), &LintContext { off, ..LintContext::default() });
        assert!(found.iter().all(|found| found.rule != *rule), "{rule} is not switched off");
    }
}

#[test]
fn prose_for_users_is_noted_where_it_is_hard_to_read() {
    check(&FOR_USER, Field::ContentForUser);
}

#[test]
fn operations_are_noted_where_they_leave_an_agent_guessing() {
    check(&FOR_AGENT, Field::OperationsForAgent);
    let user = lint(&draft("The file should be created, etc.", Field::ContentForUser), &LintContext::default());
    assert_eq!(user, [], "what a user reads is no instruction");
}

#[test]
fn notes_are_mended_where_it_is_clear_how() {
    for (rule, before, after) in [
        ("L040", "Open the the file, the\nthe one.", "Open the file, the one."),
        ("L047", "In order to see, utilize it prior to that.", "To see, use it before that."),
    ] {
        let draft = fixed(&draft(before, Field::ContentForUser), rule);
        assert_eq!(draft.steps[0].content_fields.text(Field::ContentForUser), Some(after));
    }
}

#[test]
fn english_rules_leave_other_languages_alone() {
    let mut draft = draft("Utilize DO NOT SKIP", Field::ContentForUser);
    draft.metadata = FreeJson::parse(r#"{"waymark":{"language":"de"}}"#).ok();
    assert_eq!(lint(&draft, &LintContext::default()), []);
}

#[test]
fn only_problems_are_counted_where_only_they_are_looked_for() {
    let draft = draft("The the text\\n TODO", Field::ContentForUser);
    let all = report(&draft, &LintContext::default());
    let context = LintContext { look: Look::Problems, ..LintContext::default() };
    let problems = report(&draft, &context);
    assert_eq!((all.problems(), problems.problems()), (2, 2));
    assert!(problems.findings.len() < all.findings.len());
}

pub(super) fn english() -> Spelling {
    static ENGLISH: LazyLock<Arc<Dictionary>> = LazyLock::new(|| Arc::new(Dictionary::english()));
    Spelling { language: "en".to_owned(), dictionary: Some(ENGLISH.clone()), ..Spelling::default() }
}

fn misspelled(draft: &Walkthrough, spelling: Spelling) -> Vec<(String, String)> {
    let context = LintContext { spelling: Some(spelling), ..LintContext::default() };
    let found = lint(draft, &context).into_iter().filter(|found| matches!(found.rule.as_str(), "L050" | "L051"));
    found.map(|found| (found.rule, found.subject.unwrap_or_default())).collect()
}

#[test]
fn unknown_words_are_found_once_each_with_all_places_and_own_words_are_known() {
    let text = "Teh agent instals the plugin. It's the user’s; teh dockerfiel `instals`.";
    let mut draft = draft(text, Field::ContentForUser);
    let words = |found: Vec<(String, String)>| found.into_iter().map(|(_, word)| word).collect::<Vec<_>>();
    assert_eq!(words(misspelled(&draft, english())), ["Teh", "instals", "teh", "dockerfiel"]);
    let library = Spelling { own_words: Arc::new(["dockerfiel".to_owned()].into()), ..english() };
    assert_eq!(words(misspelled(&draft, library)), ["Teh", "instals", "teh"]);
    draft.metadata = FreeJson::parse(r#"{"waymark":{"words":["teh","instals"]}}"#).ok();
    assert_eq!(words(misspelled(&draft, english())), ["dockerfiel"]);
    assert!(english().dictionary.expect("one").suggest("instals").contains(&"installs".to_owned()));
}

#[test]
fn a_language_without_a_dictionary_and_a_text_in_another_language_are_said_once() {
    let german =
        "Der Agent installiert das Programm und zeigt dem Benutzer danach, welche Einstellungen er noch machen muss.";
    let draft = draft(german, Field::ContentForUser);
    assert_eq!(misspelled(&draft, english()), [("L051".to_owned(), String::new())]);
    let none = Spelling { language: "de".to_owned(), ..Spelling::default() };
    assert_eq!(misspelled(&draft, none), [("L051".to_owned(), String::new())]);
}

#[test]
fn what_is_no_dictionary_is_refused() {
    assert!(Dictionary::parse("../en", "SET UTF-8", "1\na").is_err());
    let german = Dictionary::parse("de", "SET UTF-8\n", "2\nHaus\nund\n").expect("a small one");
    assert!(german.knows("Haus") && !german.knows("Hus"));
    assert!(dictionary::checked_word("two words").is_err() && dictionary::checked_word("’tis").is_ok());
}
