//! Quizzes and certificates, over a real file.

use waymark_core::{
    edit::Edit,
    error::Code,
    format::json,
    json::{FreeJson, own},
    walkthrough::Millis,
};

use super::*;
use crate::testing::{ENV, library, step, walkthrough, without_times};

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
    let input = |quiz| SaveQuiz { walkthrough: id.clone(), step: "wts_1".into(), quiz };
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
    let input = SaveQuiz { walkthrough: id.clone(), step: "wts_1".into(), quiz: Some(quiz()) };
    save(&library, input, "test").await.expect("a quiz");
    let certificate = Certificate { enabled: true, threshold: Some(90), ..Certificate::default() };
    let input = SaveCertificate { walkthrough: id.clone(), certificate: Some(certificate.clone()) };
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
async fn a_quiz_that_somebody_changed_elsewhere_is_not_lost() {
    let (library, _dir) = library().await;
    draft(&library).await;
    let id = WalkthroughId::from("wt_1");
    let seen = drafts::open(&library, &id).await.expect("a draft").version;
    let input = SaveQuiz { walkthrough: id.clone(), step: "wts_1".into(), quiz: Some(quiz()) };
    save(&library, input, "test").await.expect("a quiz");
    let mine = Edit::SetStepMetadata { step: "wts_1".into(), metadata: None };
    let apply = ApplyEdit { walkthrough: id, edit: mine, seen_version: Some(seen), origin: "test".to_owned() };
    assert_eq!(edits::apply(&library, apply).await.expect_err("changed since").code, Code::Conflict);
}
