//! Find and replace on a real SQLite: what is shown is what is done, and is taken back as one.

use waymark_core::{
    content::{ContentFields, Field},
    edit::Edit,
    error::Code,
    json::FreeJson,
};

use super::*;
use crate::{
    Library, bulk, drafts,
    testing::{ENV, apply as edit, check_index, library, set_text, step, walkthrough, without_times},
};

fn acme() -> FindReplace {
    let pattern = ReplacePattern { find: "acme".to_owned(), replace: "Zenith".to_owned(), ..ReplacePattern::default() };
    FindReplace { pattern, ..FindReplace::default() }
}

async fn filled() -> (Library, tempfile::TempDir) {
    let (library, dir) = library().await;
    let mut tour = walkthrough("wt_tour", "Acme tour", vec![step("wts_1", 1, "Acme here.\n\nAnd acme there.")]);
    let mut unknown = step("wts_2", 2, "");
    unknown.content_fields =
        ContentFields::Unknown { json: FreeJson::parse(r#"{"version":"v7","text":"acme"}"#).expect("valid") };
    tour.steps.push(unknown);
    let other = walkthrough("wt_other", "Other", vec![step("wts_3", 1, "Only acme.")]);
    let none = walkthrough("wt_none", "Nothing", vec![step("wts_4", 1, "Nothing here.")]);
    let gone = walkthrough("wt_gone", "Gone", vec![step("wts_5", 1, "acme")]);
    for one in [tour, other, none, gone] {
        drafts::insert(&library, one, "test").await.expect("inserted");
    }
    drafts::trash(&library, &["wt_gone".into()], "test").await.expect("trashed");
    (library, dir)
}

/// Everything that the preview shows.
fn all(input: &FindReplace, preview: &ReplacePreview) -> RunReplace {
    let choice = |found: &FoundIn| ReplaceChoice { id: found.id.clone(), version: found.version, left_out: Vec::new() };
    RunReplace {
        pattern: input.pattern.clone(),
        parts: input.parts.clone(),
        choices: preview.walkthroughs.iter().map(choice).collect(),
        snippets: preview
            .snippets
            .iter()
            .map(|found| ReplaceSnippetChoice {
                name: found.name.clone(),
                digest: found.digest.clone(),
                left_out: Vec::new(),
            })
            .collect(),
    }
}

async fn text(library: &Library, id: &str) -> String {
    let draft = drafts::open(library, &id.into()).await.expect("opens").draft;
    draft.walkthrough.steps[0].content_fields.text(Field::ContentForUser).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_is_shown_is_replaced_and_taken_back_over_a_restart() {
    let (library, dir) = filled().await;
    let before = without_times(&drafts::open(&library, &"wt_tour".into()).await.expect("opens").draft);
    let shown = preview(&library, &acme()).await.expect("a preview");
    let titles: Vec<&str> = shown.walkthroughs.iter().map(|found| found.title.as_str()).collect();
    assert_eq!((titles, shown.occurrences_total), (vec!["Acme tour", "Other"], 4));
    let done = run(&library, &all(&acme(), &shown), "test").await.expect("replaced");
    assert_eq!((done.replaced, done.walkthroughs.len(), done.skipped.len()), (4, 2, 1));
    assert_eq!(done.skipped[0].place.step.as_ref().map(|step| step.number), Some(2), "the step of another version");
    assert_eq!(text(&library, "wt_tour").await, "Zenith here.\n\nAnd Zenith there.");
    assert_eq!(drafts::find(&library, "Zenith tour").await.expect("renamed").as_str(), "wt_tour");
    check_index(&library).await;
    let revisions = revisions::list(&library, &"wt_tour".into()).await.expect("a list");
    assert_eq!(revisions[0].name.as_deref(), Some("Before: Replaced `acme` with `Zenith`"));
    library.close().await;

    let library = Library::open(dir.path(), ENV).await.expect("opens again");
    let listed = bulk::list(&library, Some(KIND)).await.expect("a list");
    let undone = bulk::undo(&library, &listed[0].id, "test").await.expect("taken back");
    assert_eq!((undone.undone, undone.kept.len()), (2, 0));
    let after = without_times(&drafts::open(&library, &"wt_tour".into()).await.expect("opens").draft);
    assert_eq!(after, before, "to the letter");
    check_index(&library).await;
}

#[tokio::test]
async fn a_filter_parts_and_single_occurrences_narrow_it() {
    let (library, _dir) = filled().await;
    let titles = FindReplace { parts: vec![Part::Title], ..acme() };
    assert_eq!(preview(&library, &titles).await.expect("a preview").occurrences_total, 1);
    let filtered = FindReplace { filter: "in:title other type:nonsense".to_owned(), ..acme() };
    let shown = preview(&library, &filtered).await.expect("a preview");
    assert_eq!((shown.walkthroughs.len(), shown.notes.len()), (0, 1), "what was not understood is said");
    let filtered = FindReplace { filter: "in:title other".to_owned(), ..acme() };
    assert_eq!(preview(&library, &filtered).await.expect("a preview").walkthroughs.len(), 1);
    let named = FindReplace { ids: vec!["wt_tour".into()], ..acme() };
    let shown = preview(&library, &named).await.expect("a preview");
    let mut wish = all(&named, &shown);
    wish.choices[0].left_out = vec![0, 2];
    assert_eq!(run(&library, &wish, "test").await.expect("replaced").replaced, 1);
    assert_eq!(text(&library, "wt_tour").await, "Zenith here.\n\nAnd acme there.");
}

#[tokio::test]
async fn a_draft_that_changed_since_stops_the_whole() {
    let (library, _dir) = filled().await;
    let shown = preview(&library, &acme()).await.expect("a preview");
    edit(&library, &"wt_other".into(), set_text(&"wts_3".into(), "More acme.")).await.expect("edited");
    let error = run(&library, &all(&acme(), &shown), "test").await.expect_err("it changed");
    assert_eq!(error.code, Code::Conflict);
    assert!(error.message.contains("`Other`"), "{}", error.message);
    assert_eq!(text(&library, "wt_tour").await, "Acme here.\n\nAnd acme there.");
    assert_eq!(bulk::list(&library, None).await.expect("a list"), []);
}

#[tokio::test]
async fn a_title_that_is_taken_is_left_and_said() {
    let (library, _dir) = filled().await;
    edit(&library, &"wt_none".into(), Edit::SetTitle { title: "Zenith tour".to_owned() }).await.expect("renamed");
    let shown = preview(&library, &acme()).await.expect("a preview");
    let done = run(&library, &all(&acme(), &shown), "test").await.expect("replaced");
    assert_eq!((done.replaced, done.skipped.len()), (3, 2));
    assert!(done.skipped.iter().any(|skipped| skipped.place.part == Part::Title));
    assert_eq!(text(&library, "wt_tour").await, "Zenith here.\n\nAnd Zenith there.");
}

#[tokio::test]
async fn what_was_written_since_survives_taking_it_back() {
    let (library, _dir) = filled().await;
    let shown = preview(&library, &acme()).await.expect("a preview");
    let done = run(&library, &all(&acme(), &shown), "test").await.expect("replaced");
    let longer = "Zenith here, and new words.\n\nAnd Zenith there.";
    edit(&library, &"wt_tour".into(), set_text(&"wts_1".into(), longer)).await.expect("edited");
    edit(&library, &"wt_other".into(), set_text(&"wts_3".into(), "Another word.")).await.expect("edited");
    let undone = bulk::undo(&library, &done.change.expect("a change"), "test").await.expect("taken back");
    assert_eq!((undone.undone, undone.merged.len(), undone.kept.len()), (0, 1, 1));
    assert_eq!(text(&library, "wt_tour").await, "Acme here, and new words.\n\nAnd acme there.");
    assert_eq!(text(&library, "wt_other").await, "Another word.", "what cannot be merged stays");
    assert_eq!(drafts::find(&library, "Acme tour").await.expect("the title is back").as_str(), "wt_tour");
}

#[tokio::test]
async fn quizzes_sections_certificates_and_snippets_are_one_change_with_the_rest() {
    let (library, _dir) = filled().await;
    let mut quizzed = walkthrough("wt_quiz", "Quiz", vec![step("wts_q", 1, "Nothing here.")]);
    let quiz = r#"{"questions":[{"id":"q_1","kind":"true_false","prompt":"Is acme it?","points":1,"answer":true}]}"#;
    let own = |json: String| Some(FreeJson::parse(&format!(r#"{{"waymark":{json}}}"#)).expect("valid"));
    quizzed.steps[0].metadata = own(format!(r#"{{"section":"Acme first","quiz":{quiz}}}"#));
    quizzed.metadata = own(r#"{"certificate":{"enabled":true,"title":"Acme done"}}"#.to_owned());
    drafts::insert(&library, quizzed, "test").await.expect("inserted");
    let id = WalkthroughId::from("wt_quiz");
    let before = without_times(&drafts::open(&library, &id).await.expect("opens").draft);
    let save = |name: &str, text: &str, was: Option<&str>| snippets::SaveSnippet {
        snippet: Snippet { name: name.to_owned(), text: text.to_owned() },
        was: was.map(str::to_owned),
    };
    for name in ["ask", "later"] {
        snippets::save(&library, save(name, "Ask acme.", None), "test").await.expect("saved");
    }
    let shown = preview(&library, &acme()).await.expect("a preview");
    let found: Vec<_> =
        shown.walkthroughs.iter().map(|found| (found.title.as_str(), found.occurrences_total)).collect();
    assert_eq!(found, [("Acme tour", 3), ("Other", 1), ("Quiz", 3)]);
    assert_eq!(shown.snippets.iter().map(|found| found.name.as_str()).collect::<Vec<_>>(), ["ask", "later"]);
    let only = FindReplace { in_snippets: true, ..acme() };
    let only = preview(&library, &only).await.expect("a preview");
    assert_eq!((only.walkthroughs.len(), only.occurrences_total), (0, 2));
    let in_titles = FindReplace { parts: vec![Part::Title], ..acme() };
    assert_eq!(preview(&library, &in_titles).await.expect("a preview").snippets, Vec::new());

    let done = run(&library, &all(&acme(), &shown), "test").await.expect("replaced");
    assert_eq!((done.replaced, done.snippets.len()), (9, 2));
    assert_eq!(preview(&library, &acme()).await.expect("a preview").occurrences_total, 0);
    check_index(&library).await;
    let later = save("later", "Mine now.", Some("later"));
    snippets::save(&library, later, "test").await.expect("saved");
    let change = done.change.expect("a change");
    let undone = bulk::undo(&library, &change, "test").await.expect("taken back");
    assert_eq!((undone.snippets, undone.kept_snippets.len()), (1, 1), "{undone:?}");
    assert_eq!(without_times(&drafts::open(&library, &id).await.expect("opens").draft), before);
    let texts: Vec<String> = snippets::list(&library).await.expect("listed").into_iter().map(|one| one.text).collect();
    assert_eq!(texts, ["Ask acme.", "Mine now."]);
}

#[tokio::test]
async fn a_snippet_that_changed_since_it_was_shown_stops_the_whole() {
    let (library, _dir) = filled().await;
    let snippet = |text: &str| Snippet { name: "ask".to_owned(), text: text.to_owned() };
    let save =
        |text: &str, was: Option<&str>| snippets::SaveSnippet { snippet: snippet(text), was: was.map(str::to_owned) };
    snippets::save(&library, save("Ask acme.", None), "test").await.expect("saved");
    let shown = preview(&library, &acme()).await.expect("a preview");
    snippets::save(&library, save("Ask acme now.", Some("ask")), "test").await.expect("saved");
    let refused = run(&library, &all(&acme(), &shown), "test").await.expect_err("it changed");
    assert_eq!(refused.code, Code::Conflict);
    assert_eq!(text(&library, "wt_other").await, "Only acme.");
}
