//! Quizzes and certificates, over a real file.

use waymark_core::{
    error::Code,
    format::json,
    json::{FreeJson, own},
    walkthrough::Millis,
};

use super::*;
use crate::{
    drafts,
    testing::{ENV, library, step, walkthrough, without_times},
};

const QUIZ: &str = r#"{"required":true,"questions":[
    {"kind":"single_choice","prompt":"Which?","options":[{"text":"a","correct":true},{"text":"b"}],"theirs":1e400}],
    "later":[12345678901234567890]}"#;

fn quiz() -> Quiz {
    Quiz::of_json(&FreeJson::parse(QUIZ).expect("valid")).expect("a quiz")
}

async fn draft(library: &Library) -> waymark_core::edit::Draft {
    let mut first = step("wts_1", 1, "a");
    first.metadata = Some(FreeJson::parse(r#"{"theirs":[1],"waymark":{"section":"Setup"}}"#).expect("valid"));
    let whole = walkthrough("wt_1", "One", vec![first, step("wts_2", 2, "b")]);
    drafts::insert(library, whole, "test").await.expect("it is added").draft
}

#[tokio::test]
async fn a_quiz_is_one_edit_beside_whatever_else_the_metadata_holds() {
    let (library, _dir) = library().await;
    let before = draft(&library).await;
    let id = WalkthroughId::from("wt_1");
    let input = |quiz| SaveQuiz { walkthrough: id.clone(), step: "wts_1".into(), quiz, seen_version: None };
    let saved = save(&library, input(Some(quiz())), "test").await.expect("it is saved");
    let metadata = saved.draft.walkthrough.steps[0].metadata.as_ref();
    assert_eq!(own(metadata, "section"), Some(FreeJson::of("Setup")));
    let stored = quiz::of_metadata(metadata).expect("a quiz").expect("that can be read");
    assert!(stored.questions[0].id.starts_with("q_"));
    assert_eq!(stored.extra[0].1.as_str(), "[12345678901234567890]");

    let again = save(&library, input(Some(stored)), "test").await.expect("it is saved");
    assert_eq!(again.version, saved.version, "what is the same writes nothing");
    let removed = save(&library, input(None), "test").await.expect("it is taken away");
    assert_eq!(removed.draft.walkthrough.steps[0].metadata, before.walkthrough.steps[0].metadata);
    for _ in 0..2 {
        edits::undo(&library, &id, "test").await.expect("an undo");
    }
    let after = drafts::open(&library, &id).await.expect("a draft").draft;
    assert_eq!(without_times(&after), without_times(&before));

    let mut endless = quiz();
    endless.questions[0].prompt = "x".repeat(6_000);
    let refused = save(&library, input(Some(endless)), "test").await.expect_err("too long");
    assert_eq!((refused.code, refused.field.as_deref()), (Code::InvalidInput, Some("$.questions[0].prompt")));
}

#[tokio::test]
async fn a_quiz_and_a_certificate_survive_a_round_through_a_file() {
    let (library, _dir) = library().await;
    draft(&library).await;
    let id = WalkthroughId::from("wt_1");
    let input = SaveQuiz { walkthrough: id.clone(), step: "wts_1".into(), quiz: Some(quiz()), seen_version: None };
    save(&library, input, "test").await.expect("a quiz");
    let certificate = Certificate { enabled: true, threshold: Some(90), ..Certificate::default() };
    let input = SaveCertificate { walkthrough: id.clone(), certificate: Some(certificate.clone()), seen_version: None };
    let saved = save_certificate(&library, input, "test").await.expect("settings");
    let written = json::write(&saved.draft.walkthrough, Millis(0));
    let read = json::read(&written, "File", ENV.random).expect("it is read").walkthrough;
    assert_eq!(read.metadata, saved.draft.walkthrough.metadata);
    assert_eq!(
        quiz::of_metadata(read.steps[0].metadata.as_ref()).expect("a quiz").expect("that can be read"),
        quiz::of_metadata(saved.draft.walkthrough.steps[0].metadata.as_ref()).expect("a quiz").expect("the same")
    );
    let back = certificate::of_metadata(read.metadata.as_ref()).expect("settings").expect("that can be read");
    assert_eq!(back, certificate);
    edits::undo(&library, &id, "test").await.expect("an undo");
    let now = drafts::open(&library, &id).await.expect("a draft").draft.walkthrough;
    assert!(certificate::of_metadata(now.metadata.as_ref()).is_none());
}

#[tokio::test]
async fn a_quiz_that_was_written_on_an_older_version_overwrites_nothing_that_came_since() {
    let (library, _dir) = library().await;
    draft(&library).await;
    let id = WalkthroughId::from("wt_1");
    let seen_version = Some(drafts::open(&library, &id).await.expect("a draft").version);
    let input = |prompt: &str| {
        let mut quiz = quiz();
        quiz.questions[0].prompt = prompt.to_owned();
        SaveQuiz { walkthrough: id.clone(), step: "wts_1".into(), quiz: Some(quiz), seen_version }
    };
    let of = |saved: &Applied| saved.draft.walkthrough.steps[0].metadata.clone();
    // A section that was named meanwhile stands beside it.
    let whole = drafts::open(&library, &id).await.expect("a draft").draft.walkthrough;
    let named = waymark_core::section::set(&whole, &["wts_1".into()], Some("Later")).expect("a name");
    crate::testing::apply(&library, &id, named).await.expect("named");
    let mine = save(&library, input("Mine?"), "test").await.expect("it is saved");
    assert!(mine.rebased.as_ref().is_some_and(|rebased| rebased.is_merged));
    assert_eq!(own(of(&mine).as_ref(), "section"), Some(FreeJson::of("Later")));
    // Another quiz in its place is a conflict, and stays.
    let refused = save(&library, input("Theirs?"), "test").await.expect_err("changed since");
    assert_eq!(refused.code, Code::Conflict);
    let now = drafts::open(&library, &id).await.expect("a draft");
    assert_eq!((now.version, &now.draft), (mine.version, &mine.draft));
    let certificate = |title: &str| {
        let certificate = Certificate { title: Some(title.to_owned()), ..Certificate::default() };
        SaveCertificate { walkthrough: id.clone(), certificate: Some(certificate), seen_version }
    };
    save_certificate(&library, certificate("One"), "test").await.expect("it is saved");
    let refused = save_certificate(&library, certificate("Two"), "test").await.expect_err("changed since");
    assert_eq!(refused.code, Code::Conflict);
}
