//! Patterns as a table, and what they find and change in a walkthrough.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{
    content::{ContentFields, Field, FieldsV1},
    edit::{self, Draft, Edit},
    error::Error,
    json::FreeJson,
    walkthrough::{Walkthrough, WalkthroughType},
};

/// `case`, `word`, `regex` in any order, or nothing.
fn pattern(find: &str, replace: &str, options: &str) -> ReplacePattern {
    ReplacePattern {
        find: find.to_owned(),
        replace: replace.to_owned(),
        is_regex: options.contains("regex"),
        is_case_sensitive: options.contains("case"),
        is_whole_word: options.contains("word"),
    }
}

fn check(find: &str, replace: &str, options: &str, text: &str, expected: &str) {
    let matcher = Matcher::new(&pattern(find, replace, options)).expect("a pattern");
    let mut changed = text.to_owned();
    let found: Vec<_> = matcher.each(text).collect();
    for (range, becomes) in found.into_iter().rev() {
        changed.replace_range(range, &becomes);
    }
    assert_eq!(changed, expected, "{find} → {replace} ({options})");
}

#[test]
fn what_is_found_is_replaced() {
    for (find, replace, options, text, expected) in [
        ("acme", "Zenith", "", "Acme, ACME and acmeish", "Zenith, Zenith and Zenithish"),
        ("acme", "Zenith", "case", "Acme, ACME and acmeish", "Acme, ACME and Zenithish"),
        ("acme", "Zenith", "word", "Acme, acme_x and acmeish acme-cli", "Zenith, acme_x and acmeish Zenith-cli"),
        ("--force", "--yes", "word", "x--force --forced --force.", "x--yes --forced --yes."),
        ("a.b", "$1", "", "a.b axb", "$1 axb"),
        (r"\n", r"\t", "", r"literal \n here", r"literal \t here"),
        (r"v(\d+)\.(\d+)", "v$2.$1", "regex", "v1.22 and V3.4", "v22.1 and v4.3"),
        (r"(?P<tool>helm|kubectl) get", "${tool} list", "regex", "helm get", "helm list"),
        (r"(a)", "$10", "regex", "a", "a0"),
        (r"cost", "$$5", "regex", "cost", "$5"),
        (r"a", r"b\n\t\\", "regex", "a", "b\n\t\\"),
        (r"^- ", "* ", "regex", "- a\n- b", "* a\n* b"),
        (r"[ \t]+$", "", "regex", "a  \nb\t", "a\nb"),
        (r"x*", "y", "regex", "axxb", "ayb"),
        (r"(a)|(b)", "[$1$2]", "regex", "ab", "[a][b]"),
        ("größe", "Maß", "", "GRÖSSE Größe", "GRÖSSE Maß"),
        ("é", "e", "", "caf\u{e9} \u{1f600}\u{e9}", "cafe \u{1f600}e"),
        ("run", "", "word", "run it, rerun it", " it, rerun it"),
    ] {
        check(find, replace, options, text, expected);
    }
}

#[test]
fn what_is_no_pattern_is_refused_with_a_reason() {
    let refused = |find: &str, replace: &str| -> Error {
        Matcher::new(&pattern(find, replace, "regex")).expect_err("no pattern")
    };
    for (find, replace, field, part) in [
        ("", "", "find", "nothing to look for"),
        ("(a", "", "find", "unclosed group"),
        (r"(\w{500}){500}", "", "find", "too large"),
        ("a(?=b)", "", "find", "look-around"),
        ("(a)", "$2", "replace", "no group `2`"),
        ("(a)", "${x}", "replace", "no group `x`"),
        ("(a)", "${1", "replace", "not closed"),
    ] {
        let error = refused(find, replace);
        assert_eq!(error.field.as_deref(), Some(field), "{find}");
        assert!(error.message.contains(part), "{find}: {}", error.message);
    }
}

fn step(id: &str, title: &str, content: ContentFields) -> Step {
    Step { content_fields: content, display_order: 1, ..Step::new(id, title.to_owned()) }
}

fn walkthrough() -> Walkthrough {
    let fields = FieldsV1 {
        context_for_agent: Some("First.\nAcme has Acme in it.".to_owned()),
        content_for_user: Some("Open acme.".to_owned()),
        ..FieldsV1::default()
    };
    let unknown = FreeJson::parse(r#"{"version":"v9","blocks":["acme"]}"#).expect("valid");
    Walkthrough {
        description: Some("All of acme".to_owned()),
        tags: vec!["acme".to_owned()],
        steps: vec![
            step("wts_1", "Meet Acme", ContentFields::V1(fields)),
            step("wts_2", "Later", ContentFields::Unknown { json: unknown }),
        ],
        ..Walkthrough::new("wt_1", "Acme tour", WalkthroughType::Course)
    }
}

#[test]
fn places_come_in_the_order_of_the_editor_with_their_line() {
    let matcher = Matcher::new(&pattern("acme", "Zenith", "")).expect("a pattern");
    let found = find(&walkthrough(), &matcher, &[], 100);
    let lines: Vec<String> = found
        .iter()
        .flat_map(|place| place.occurrences.iter().map(move |one| (place, one)))
        .map(|(place, one)| {
            let number = place.step.as_ref().map_or(0, |step| step.number);
            let Occurrence { index, line, before, found, becomes, after } = one;
            format!("{index} {number} {} {line} {before}[{found}→{becomes}]{after}", place.part.word())
        })
        .collect();
    assert_eq!(
        lines,
        [
            "0 0 title 1 [Acme→Zenith] tour",
            "1 0 description 1 All of [acme→Zenith]",
            "2 1 title 1 Meet [Acme→Zenith]",
            "3 1 context 2 [Acme→Zenith] has Acme in it.",
            "4 1 context 2 Acme has [Acme→Zenith] in it.",
            "5 1 user 1 Open [acme→Zenith].",
        ]
    );
    let read_only = found.last().expect("the step of another version is named");
    assert_eq!((read_only.occurrences_total, read_only.step.as_ref().map(|step| step.number)), (0, Some(2)));
    assert!(read_only.refusal.as_deref().is_some_and(|why| why.contains("does not know")));
    let counted = find(&walkthrough(), &matcher, &[], 2);
    assert_eq!(counted.iter().map(|place| place.occurrences.len()).sum::<usize>(), 2, "so many are listed");
    assert_eq!(counted.iter().map(|place| place.occurrences_total).sum::<u32>(), 6, "and all are counted");
}

#[test]
fn what_is_left_out_stays_and_the_rest_is_one_edit_for_each_text() {
    let matcher = Matcher::new(&pattern("acme", "Zenith", "")).expect("a pattern");
    let planned = plan(&walkthrough(), &matcher, &[Part::ContextForAgent, Part::Title], &BTreeSet::from([0, 2]));
    let field = Field::ContextForAgent;
    let text = Some("First.\nAcme has Zenith in it.".to_owned());
    assert_eq!(
        planned.edits,
        [
            Edit::RenameStep { step: "wts_1".into(), title: "Meet Zenith".to_owned() },
            Edit::SetField { step: "wts_1".into(), field, text },
        ]
    );
    assert_eq!((planned.replaced, planned.skipped.len()), (2, 1));
}

#[test]
fn what_would_break_a_limit_is_skipped_and_said() {
    let matcher = Matcher::new(&pattern("tour", &"long ".repeat(30), "")).expect("a pattern");
    let planned = plan(&walkthrough(), &matcher, &[], &BTreeSet::new());
    assert_eq!(planned.edits, []);
    let [skipped] = &planned.skipped[..] else { panic!("{planned:?}") };
    assert!(skipped.message.contains("Shorten it by"), "{}", skipped.message);
    assert_eq!(find(&walkthrough(), &matcher, &[], 9)[0].refusal.as_ref(), Some(&skipped.message));
}

#[test]
fn a_replacement_that_changes_nothing_is_no_edit() {
    let matcher = Matcher::new(&pattern("Acme", "Acme", "case")).expect("a pattern");
    assert_eq!(plan(&walkthrough(), &matcher, &[], &BTreeSet::new()).edits, []);
}

#[test]
fn sections_quizzes_and_certificates_are_replaced_in_and_what_shares_metadata_is_one_edit() {
    let mut before = walkthrough();
    let quiz = r#"{"questions":[{"id":"q_1","kind":"short_text","prompt":"What is acme?","points":1,
        "explanation":"Acme is one.","accepted":["acme","x"],"case_sensitive":false}]}"#;
    let own = |json: String| Some(FreeJson::parse(&format!(r#"{{"waymark":{json}}}"#)).expect("JSON"));
    before.steps[0].metadata = own(format!(r#"{{"section":"On acme","quiz":{quiz}}}"#));
    before.steps[1].metadata = own(r#"{"section":"On acme"}"#.to_owned());
    before.metadata = own(r#"{"certificate":{"enabled":true,"title":"Acme done"}}"#.to_owned());
    let matcher = Matcher::new(&pattern("acme", "Zenith", "")).expect("a pattern");
    let parts = [Part::Section, Part::Quiz, Part::Certificate];
    let found: Vec<String> = find(&before, &matcher, &parts, 9)
        .iter()
        .map(|place| {
            let number = place.step.as_ref().map_or(0, |step| step.number);
            format!("{number} {} {}", place.slot.expect("a slot").label(), place.occurrences_total)
        })
        .collect();
    assert_eq!(
        found,
        [
            "0 certificate's title 1",
            "1 section's name 1",
            "1 text of question 1 1",
            "1 answer 1 of question 1 1",
            "1 explanation of question 1 1",
        ]
    );
    let planned = plan(&before, &matcher, &parts, &BTreeSet::from([3]));
    assert_eq!((planned.replaced, planned.edits.len(), planned.skipped), (4, 3, Vec::new()));
    let mut draft = Draft { walkthrough: before.clone(), trashed_at: None };
    let inverse = edit::apply(&mut draft, &Edit::Batch { edits: planned.edits }).expect("it applies");
    assert_eq!(find(&draft.walkthrough, &matcher, &parts, 9).len(), 1, "what was left out");
    let names: Vec<_> = draft.walkthrough.steps.iter().map(section::of).collect();
    assert_eq!(names, [Some("On Zenith".to_owned()), Some("On Zenith".to_owned())], "all of a section");
    edit::apply(&mut draft, &inverse).expect("the inverse applies");
    assert_eq!(draft.walkthrough, before);
}

#[test]
fn a_snippet_is_replaced_in_unless_nothing_would_be_left() {
    let snippet = crate::snippet::Snippet { name: "ask".to_owned(), text: "Ask acme, then acme.".to_owned() };
    let matcher = Matcher::new(&pattern("acme", "Zenith", "")).expect("a pattern");
    let found = snippets::find(&snippet, &matcher, 1).expect("found");
    assert_eq!((found.occurrences.len(), found.occurrences_total, found.refusal), (1, 2, None));
    let changed = snippets::plan(&snippet, &matcher, &BTreeSet::from([0])).expect("a plan").expect("it changes");
    assert_eq!((changed.0.text.as_str(), changed.1), ("Ask acme, then Zenith.", 1));
    let all = Matcher::new(&pattern(".*", "", "regex")).expect("a pattern");
    assert!(snippets::find(&snippet, &all, 1).expect("found").refusal.is_some());
    assert!(snippets::plan(&snippet, &matcher, &BTreeSet::from([0, 1])).expect("a plan").is_none());
}

proptest! {
    #[test]
    fn replacing_is_what_the_occurrences_said_and_can_be_taken_back(
        texts in proptest::collection::vec("[abAB \né\u{1f600}]{0,40}", 3),
        find_text in "[abé]{1,3}",
        replace in "[a-c$\\\\]{0,4}",
        left_out in proptest::collection::btree_set(0_u32..12, 0..6),
        options in prop_oneof![Just(""), Just("case"), Just("word"), Just("word case")],
    ) {
        let mut before = walkthrough();
        before.description = Some(texts[0].clone());
        before.steps[0].content_fields = ContentFields::V1(FieldsV1 {
            content_for_user: Some(texts[1].clone()),
            operations_for_agent: Some(texts[2].clone()),
            ..FieldsV1::default()
        });
        let matcher = Matcher::new(&pattern(&find_text, &replace, options)).expect("a pattern");
        let listed = find(&before, &matcher, &[], usize::MAX);
        let changes = |one: &Occurrence| one.found != one.becomes && !left_out.contains(&one.index);
        let promised: usize = listed
            .iter()
            .filter(|place| place.refusal.is_none())
            .map(|place| place.occurrences.iter().filter(|one| changes(one)).count())
            .sum();
        let planned = plan(&before, &matcher, &[], &left_out);
        prop_assert_eq!(planned.replaced as usize, promised);
        let mut draft = Draft { walkthrough: before.clone(), trashed_at: None };
        let inverse = edit::apply(&mut draft, &Edit::Batch { edits: planned.edits }).expect("it applies");
        edit::apply(&mut draft, &inverse).expect("the inverse applies");
        prop_assert_eq!(draft.walkthrough, before);
    }
}
