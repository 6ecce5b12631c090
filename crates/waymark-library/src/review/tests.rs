//! Reviews over a real file.

use std::collections::BTreeMap;

use waymark_core::{
    edit::{Edit, Splice},
    error::Code,
    review::{anchor::Anchor, log::ReviewLog},
    walkthrough::Millis,
};

use super::*;
use crate::{
    changes, drafts, edits,
    testing::{apply, library, set_text, step, walkthrough},
};

const ADA: By<'_> = By { author: "Ada", origin: "test" };
const BO: By<'_> = By { author: "Bo", origin: "test" };

async fn with_draft(library: &Library) -> WalkthroughId {
    let draft =
        walkthrough("wt_1", "Tour", vec![step("a", 1, "Press the blue button, then wait."), step("b", 2, "Done.")]);
    drafts::insert(library, draft, "test").await.expect("a draft").draft.walkthrough.id
}

fn add(walkthrough: &WalkthroughId, selection: Option<(u32, u32)>, text: &str) -> AddComment {
    AddComment {
        walkthrough: walkthrough.clone(),
        step: Some("a".into()),
        field: selection.map(|_| Field::ContentForUser),
        selection: selection.map(|(from, to)| Selection { from, to, quote: None }),
        text: text.to_owned(),
        turn: None,
    }
}

fn decision(walkthrough: &WalkthroughId, state: State) -> DecideReview {
    DecideReview { walkthrough: walkthrough.clone(), state, note: None, seen_hash: None }
}

fn splice(from: u32, to: u32, insert: &str) -> Edit {
    let splice = Splice { from, to, insert: insert.to_owned() };
    Edit::SpliceField { step: "a".into(), field: Field::ContentForUser, splice }
}

/// What the first thread's stretch says in the present text.
async fn quoted(library: &Library, id: &WalkthroughId) -> Option<String> {
    let review = read(library, id).await.expect("a review");
    let spot = &review.threads[0].spot;
    let draft = drafts::open(library, id).await.expect("a draft").draft.walkthrough;
    let text: Vec<u16> = text_of(&draft, &"a".into(), Field::ContentForUser).encode_utf16().collect();
    let range = spot.from? as usize..spot.to? as usize;
    assert!(!spot.is_outdated);
    Some(String::from_utf16(&text[range]).expect("whole characters"))
}

#[tokio::test]
async fn a_comment_stays_with_its_words_over_edits_undo_and_the_removal_of_its_step() {
    let (library, _dir) = library().await;
    let id = with_draft(&library).await;
    comment(&library, add(&id, Some((10, 21)), "Which one?"), ADA).await.expect("a comment");
    assert_eq!(quoted(&library, &id).await.as_deref(), Some("blue button"));
    apply(&library, &id, splice(0, 0, "Now: ")).await.expect("an edit before it");
    apply(&library, &id, splice(20, 20, "round ")).await.expect("an edit in it");
    assert_eq!(quoted(&library, &id).await.as_deref(), Some("blue round button"));
    apply(&library, &id, set_text(&"a".into(), "Something else.")).await.expect("another text");
    assert_eq!(quoted(&library, &id).await, None);
    let lost = read(&library, &id).await.expect("a review");
    let anchor = lost.threads[0].target.anchor.as_ref().expect("its quote is kept");
    assert_eq!((anchor.quote.as_str(), lost.threads[0].spot.is_outdated), ("blue button", true));
    edits::undo(&library, &id, "test").await.expect("undone");
    assert_eq!(quoted(&library, &id).await.as_deref(), Some("blue round button"));
    apply(&library, &id, Edit::RemoveStep { step: "a".into() }).await.expect("removed");
    assert!(read(&library, &id).await.expect("a review").threads[0].spot.is_outdated);
    edits::undo(&library, &id, "test").await.expect("undone");
    assert_eq!(quoted(&library, &id).await.as_deref(), Some("blue round button"));
}

#[tokio::test]
async fn threads_are_answered_changed_resolved_and_nothing_is_anybodys_but_the_authors() {
    let (library, _dir) = library().await;
    let id = with_draft(&library).await;
    let review = comment(&library, add(&id, None, "Too long.\n"), ADA).await.expect("a comment");
    let thread = review.threads[0].id.clone();
    let reply_of =
        |text: &str| ReplyToThread { walkthrough: id.clone(), thread: thread.clone(), text: text.to_owned() };
    let review = reply(&library, reply_of("Why?"), BO).await.expect("a reply");
    let answer = review.threads[0].comments[1].id.clone();
    let change_of = |comment: &CommentId, text: Option<&str>| ChangeComment {
        walkthrough: id.clone(),
        comment: comment.clone(),
        text: text.map(str::to_owned),
    };
    let refused = change(&library, change_of(&answer, Some("Because.")), ADA).await.expect_err("it is Bo's");
    assert_eq!(refused.code, Code::Refused);
    let review = change(&library, change_of(&answer, Some("Why so?")), BO).await.expect("his own");
    assert_eq!(review.threads[0].comments[1].text.as_deref(), Some("Why so?"));
    let review = change(&library, change_of(&thread, None), ADA).await.expect("taken back");
    assert_eq!((review.threads[0].comments[0].text.as_deref(), review.threads[0].comments.len()), (None, 2));
    let resolved = |is_resolved| ResolveThread { walkthrough: id.clone(), thread: thread.clone(), is_resolved };
    assert_eq!(resolve(&library, resolved(true), BO).await.expect("resolved").open, 0);
    assert_eq!(resolve(&library, resolved(false), BO).await.expect("open again").open, 1);
    let gone = ReplyToThread { thread: "cmt_none".into(), ..reply_of("x") };
    assert_eq!(reply(&library, gone, BO).await.expect_err("no such thread").code, Code::NotFound);
    let moved = AddComment {
        selection: Some(Selection { from: 0, to: 5, quote: Some("Other".to_owned()) }),
        ..add(&id, Some((0, 5)), "x")
    };
    assert_eq!(comment(&library, moved, ADA).await.expect_err("another text").code, Code::Conflict);
    let told = changes::since(&library, 0).await.expect("the changes");
    assert_eq!(told.iter().filter(|change| change.what == What::Review).count(), 6);
}

#[tokio::test]
async fn an_approval_is_void_after_an_edit_and_counts_again_after_its_undo() {
    let (library, _dir) = library().await;
    let id = with_draft(&library).await;
    let submitted = decide(&library, decision(&id, State::InReview), ADA).await.expect("put up");
    let seen = submitted.content_hash.clone();
    let approved = decide(&library, decision(&id, State::Approved), BO).await.expect("approved");
    assert!(approved.standing.is_approved());
    apply(&library, &id, splice(0, 0, "Now: ")).await.expect("an edit");
    let after = read(&library, &id).await.expect("a review").standing;
    assert_eq!((after.state, after.void.map(|void| void.author)), (State::InReview, Some("Bo".to_owned())));
    let late = DecideReview { seen_hash: Some(seen), ..decision(&id, State::Approved) };
    assert_eq!(decide(&library, late, BO).await.expect_err("another content").code, Code::Conflict);
    edits::undo(&library, &id, "test").await.expect("undone");
    assert!(read(&library, &id).await.expect("a review").standing.is_approved());
}

#[tokio::test]
async fn a_report_that_comes_twice_adds_nothing() {
    let (library, _dir) = library().await;
    let id = with_draft(&library).await;
    let report = r#"[{"step_number": 1, "step_title": "Step a", "gap_type": "clarity", "severity": "warning", "description": "Which?"},
        {"step_number": 9, "step_title": "Nowhere", "gap_type": "completeness", "severity": "info", "description": "Missing."}]"#;
    let import = || ImportAudit { walkthrough: id.clone(), report: report.to_owned() };
    let first = import_audit(&library, import(), "test").await.expect("taken in");
    assert_eq!(first, ImportedAudit { findings: 2, added: 2, unplaced: 1 });
    assert_eq!(import_audit(&library, import(), "test").await.expect("known").added, 0);
    let bad = ImportAudit { report: "[{}]".to_owned(), ..import() };
    assert_eq!(import_audit(&library, bad, "test").await.expect_err("no report").code, Code::InvalidInput);
    assert_eq!(read(&library, &id).await.expect("a review").threads.len(), 2);
}

#[tokio::test]
async fn a_review_travels_to_another_library_and_merges_back() {
    let (here, _dir) = library().await;
    let id = with_draft(&here).await;
    comment(&here, add(&id, Some((10, 21)), "Which one?"), ADA).await.expect("a comment");
    let (there, _other) = library().await;
    with_draft(&there).await;
    let text = drafts::open(&here, &id).await.expect("a draft").draft.walkthrough;
    let send =
        |review: Carried| Arrival { walkthrough: id.clone(), review, text: text.clone(), steps: BTreeMap::new() };
    let sent = bundled(&here, &id).await.expect("a review");
    // Meanwhile the text went on over there.
    apply(&there, &id, splice(0, 0, "Please: ")).await.expect("an edit");
    let merged = merge(&there, send(sent.clone()), "test").await.expect("merged");
    assert_eq!((merged.comments, merged.decisions), (1, 0));
    assert_eq!(quoted(&there, &id).await.as_deref(), Some("blue button"));
    assert_eq!(merge(&there, send(sent), "test").await.expect("again"), Merged::default());
    let thread = read(&there, &id).await.expect("a review").threads[0].id.clone();
    reply(&there, ReplyToThread { walkthrough: id.clone(), thread, text: "The left one.".to_owned() }, BO)
        .await
        .expect("a reply");
    apply(&here, &id, splice(0, 5, "Push")).await.expect("an edit");
    let back = bundled(&there, &id).await.expect("a review");
    assert_eq!(foresee(&here, Some(&id), &back.log).await.expect("a look").comments, 1);
    merge(&here, send(back), "test").await.expect("merged");
    let review = read(&here, &id).await.expect("a review");
    assert_eq!((review.threads.len(), review.threads[0].comments.len()), (1, 2));
    assert_eq!(quoted(&here, &id).await.as_deref(), Some("blue button"));
}

#[tokio::test]
async fn a_place_in_a_file_that_is_none_is_lost_and_the_comment_is_not() {
    let (library, _dir) = library().await;
    let id = with_draft(&library).await;
    let text = drafts::open(&library, &id).await.expect("a draft").draft.walkthrough;
    let anchor = Anchor { from: 900, to: 20, quote: "x".to_owned(), prefix: String::new(), suffix: String::new() };
    let target = Target {
        step: Some("a".into()),
        field: Some(Field::ContentForUser),
        anchor: Some(anchor.clone()),
        ..Target::default()
    };
    let comment = Comment {
        id: "cmt_1".into(),
        thread: "cmt_1".into(),
        author: "Eve".to_owned(),
        at: Millis(1),
        changed_at: Millis(1),
        text: Some("Here.".to_owned()),
        target: Some(target),
        turn: None,
        audit: None,
    };
    let log = ReviewLog { comments: vec![comment], ..ReviewLog::default() };
    let review = Carried { log, places: BTreeMap::from([("cmt_1".into(), anchor)]) };
    let arrival = Arrival { walkthrough: id.clone(), review, text, steps: BTreeMap::new() };
    merge(&library, arrival, "test").await.expect("merged");
    assert!(read(&library, &id).await.expect("a review").threads[0].spot.is_outdated);
}

#[tokio::test]
async fn a_name_is_given_once() {
    let (library, _dir) = library().await;
    assert_eq!(author(&library).await.expect("none yet"), None);
    set_author(&library, " Ada ", "test").await.expect("a name");
    assert_eq!(author(&library).await.expect("given").as_deref(), Some("Ada"));
    assert_eq!(set_author(&library, "", "test").await.expect_err("none").field.as_deref(), Some("name"));
}
