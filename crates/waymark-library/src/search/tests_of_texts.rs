//! Searching sections, quizzes, certificates and snippets, and the index of them after whatever happened.

use waymark_core::{edit::Edit, json::FreeJson, search::Place, snippet, texts::Slot};

use super::{
    tests::{filled, find, found},
    *,
};
use crate::{
    drafts,
    history::{self, SaveSnapshot},
    snippets::{self, SaveSnippet},
    testing::{apply, check_index},
};

const QUIZ: &str = r#"{"owner":"x","waymark":{"section":"Prepare the ground","quiz":{"questions":[
    {"id":"q_1","kind":"single_choice","prompt":"Which pump?","points":1,"explanation":"It is the largest turbine.",
        "options":[{"id":"o_1","text":"The left valve","correct":true},{"id":"o_2","text":"Another"}]},
    {"id":"q_2","kind":"short_text","prompt":"Its name?","points":1,"accepted":["flywheel"],"case_sensitive":false}]}}}"#;
const CERTIFICATE: &str =
    r#"{"waymark":{"certificate":{"enabled":true,"title":"Master of pistons","body":"{learner}"}}}"#;

async fn written() -> (Library, tempfile::TempDir) {
    let (library, dir) = filled().await;
    let metadata = |json: &str| FreeJson::parse(json).ok();
    for edit in [
        Edit::SetStepMetadata { step: "wts_why".into(), metadata: metadata(QUIZ) },
        Edit::SetMetadata { metadata: metadata(CERTIFICATE) },
    ] {
        apply(&library, &"wt_course".into(), edit).await.expect("an edit");
    }
    (library, dir)
}

#[tokio::test]
async fn sections_quizzes_and_certificates_are_found_with_their_part_and_filters() {
    let (library, _dir) = written().await;
    for (query, expected) in [
        ("ground", "course(why.section)"),
        ("section:prepare", "course(why.section)"),
        ("in:quiz flywheel", "course(why.quiz)"),
        ("quiz:turbine type:course", "course(why.quiz)"),
        ("quiz:turbine type:installer", ""),
        ("in:title flywheel", ""),
        ("single_choice", ""),
        ("pistons", "course(.certificate)"),
        ("certificate:master", "course(.certificate)"),
        ("flywheel chart", "course(why.user)"),
        ("has:quiz in:title reasons", "course(why.title)"),
        ("missing:quiz in:title reasons", ""),
        ("has:certificate", "course()"),
        ("missing:certificate", "install()"),
    ] {
        assert_eq!(found(&library, query).await, expected, "{query}");
    }
    check_index(&library).await;
    let gone = Edit::SetStepMetadata { step: "wts_why".into(), metadata: None };
    apply(&library, &"wt_course".into(), gone).await.expect("an edit");
    assert_eq!(found(&library, "flywheel OR ground").await, "");
    check_index(&library).await;
}

#[tokio::test]
async fn a_match_in_a_quiz_names_the_text_and_the_place_in_it() {
    let (library, _dir) = written().await;
    let one = |found: LibraryFound| found.walkthroughs[0].matches[0].clone();
    let valve = one(find(&library, "valve").await);
    assert_eq!(valve.slot, Some(Slot::Answer { question: 0, answer: 0 }));
    assert_eq!((valve.place, valve.snippet.text.as_str()), (Some(Mark { from: 9, to: 14 }), "The left valve"));
    let name = one(find(&library, "flywheel").await);
    assert_eq!(name.slot, Some(Slot::Answer { question: 1, answer: 0 }));
    let title = one(find(&library, "pistons").await);
    assert_eq!((title.step, title.slot), (None, Some(Slot::CertificateTitle)));
    assert_eq!(one(find(&library, "in:title reasons").await).slot, None);
}

#[tokio::test]
async fn the_history_has_them_too() {
    let (library, _dir) = written().await;
    let snapshot = SaveSnapshot { walkthrough: "wt_course".into(), name: String::new() };
    history::snapshot(&library, snapshot, "test").await.expect("a moment");
    for edit in [Edit::SetStepMetadata { step: "wts_why".into(), metadata: None }, Edit::SetMetadata { metadata: None }]
    {
        apply(&library, &"wt_course".into(), edit).await.expect("an edit");
    }
    for _ in 0..2 {
        for (query, expected) in [
            ("in:history flywheel", "course(why.quiz)"),
            ("in:history section:prepare", "course(why.section)"),
            ("in:history pistons", "course(.certificate)"),
        ] {
            assert_eq!(found(&library, query).await, expected, "{query}");
        }
        check_index(&library).await;
    }
    drafts::trash(&library, &["wt_course".into()], "test").await.expect("trashed");
    drafts::trash::delete(&library, &["wt_course".into()], "test").await.expect("deleted");
    check_index(&library).await;
}

#[tokio::test]
async fn snippets_are_found_beside_walkthroughs_and_by_themselves() {
    let (library, _dir) = written().await;
    for (name, text) in [("ask-first", "Ask before the disk is wiped."), ("bye", "So long.")] {
        let snippet = snippet::Snippet { name: name.to_owned(), text: text.to_owned() };
        snippets::save(&library, SaveSnippet { snippet, was: None }, "test").await.expect("saved");
    }
    let names = async |query: &str| {
        let found = find(&library, query).await;
        found.snippets.into_iter().map(|found| found.name).collect::<Vec<_>>().join(" ")
    };
    for (query, expected) in [
        ("disk", "ask-first"),
        ("ask disk", "ask-first"),
        ("in:snippets long", "bye"),
        ("in:snippets bye", "bye"),
        ("in:title disk", ""),
        ("disk type:course", ""),
        ("disk -wiped", ""),
        ("in:trash disk", ""),
    ] {
        assert_eq!(names(query).await, expected, "{query}");
    }
    let alone = find(&library, "in:snippets disk").await;
    assert_eq!((alone.place, alone.walkthroughs.len()), (Place::Snippets, 0));
    assert_eq!(alone.snippets[0].place, Some(Mark { from: 15, to: 19 }));
    assert_eq!(find(&library, "in:snippets").await.notes.len(), 1);
}
