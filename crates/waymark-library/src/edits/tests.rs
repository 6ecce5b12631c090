//! Edits, undo and rebase, over a real file.

use proptest::prelude::*;
use waymark_core::{
    content::Field,
    edit::{Edit, Splice},
    error::Code,
    walkthrough::Millis,
};

use super::*;
use crate::{
    changes, drafts,
    testing::{ENV, apply, apply_seen, assignment, library, set_text, step, walkthrough},
};

mod random;

const ID: &str = "wt_1";

async fn with_draft() -> (Library, tempfile::TempDir, WalkthroughId) {
    let (library, dir) = library().await;
    let text = "one two three\nfour five six\n";
    let draft = walkthrough(ID, "Draft", vec![step("wts_1", 1, text), step("wts_2", 2, "b")]);
    drafts::insert(&library, draft, "test").await.expect("it is new");
    (library, dir, ID.into())
}

fn user_text(draft: &Draft, index: usize) -> &str {
    draft.walkthrough.steps[index].content_fields.text(Field::ContentForUser).expect("a text")
}

#[tokio::test]
async fn an_edit_makes_a_version_and_its_undo_another() {
    let (library, _dir, id) = with_draft().await;
    let first = apply(&library, &id, set_text(&"wts_1".into(), "new")).await.expect("an edit");
    assert_eq!((first.version, user_text(&first.draft, 0)), (2, "new"));
    assert!(first.can_undo && !first.can_redo);
    let undone = undo(&library, &id, "test").await.expect("an undo");
    assert_eq!((undone.version, user_text(&undone.draft, 0)), (3, "one two three\nfour five six\n"));
    assert!(!undone.can_undo && undone.can_redo);
    let redone = redo(&library, &id, "test").await.expect("a redo");
    assert_eq!((redone.version, user_text(&redone.draft, 0)), (4, "new"));
    undo(&library, &id, "test").await.expect("an undo");
    apply(&library, &id, set_text(&"wts_1".into(), "another way")).await.expect("an edit");
    assert_eq!(redo(&library, &id, "test").await.expect_err("an edit came between").code, Code::Refused);
    undo(&library, &id, "test").await.expect("an undo");
    assert_eq!(undo(&library, &id, "test").await.expect_err("the beginning").code, Code::Refused);
}

#[tokio::test]
async fn an_edit_that_changes_nothing_writes_nothing() {
    let (library, _dir, id) = with_draft().await;
    let before = changes::latest(&library).await.expect("a number");
    let applied = apply(&library, &id, Edit::SetTitle { title: "Draft".to_owned() }).await.expect("no change");
    assert_eq!((applied.version, applied.can_undo), (1, false));
    assert_eq!(changes::latest(&library).await.expect("a number"), before);
}

#[tokio::test]
async fn what_breaks_a_limit_is_refused_and_nothing_changes() {
    let (library, _dir, id) = with_draft().await;
    let before = drafts::open(&library, &id).await.expect("a draft");
    let splice = Splice { from: 99, to: 99, insert: String::new() };
    let cases = [
        (Edit::SetTitle { title: "x".repeat(101) }, Code::InvalidInput),
        (set_text(&"wts_1".into(), "a\0b"), Code::InvalidInput),
        (set_text(&"wts_9".into(), "a"), Code::NotFound),
        (Edit::SetLink { step: "wts_1".into(), next: Some("wts_1".into()) }, Code::InvalidInput),
        (Edit::SpliceField { step: "wts_1".into(), field: Field::ContentForUser, splice }, Code::InvalidInput),
        (Edit::Assign { assignment: assignment("msw_1", " ") }, Code::InvalidInput),
        (Edit::AddStep { step: Box::new(step("wts_2", 0, "")), at: 0 }, Code::Conflict),
        (Edit::Unassign { server: "nowhere".to_owned() }, Code::NotFound),
    ];
    for (edit, code) in cases {
        let batch = Edit::Batch { edits: vec![Edit::SetDescription { description: None }, edit.clone()] };
        assert_eq!(apply(&library, &id, batch).await.expect_err("refused").code, code, "{edit:?}");
    }
    assert_eq!(drafts::open(&library, &id).await.expect("a draft"), before);
}

#[tokio::test]
async fn a_splice_that_grows_a_field_beyond_its_limit_is_refused() {
    let (library, _dir, id) = with_draft().await;
    let half = "x".repeat(waymark_core::limits::FIELD_MAX_BYTES / 2 + 1);
    apply(&library, &id, set_text(&"wts_1".into(), &half)).await.expect("half");
    let splice = Splice { from: 0, to: 0, insert: half };
    let edit = Edit::SpliceField { step: "wts_1".into(), field: Field::ContentForUser, splice };
    assert_eq!(apply(&library, &id, edit).await.expect_err("too much").code, Code::InvalidInput);
}

#[tokio::test]
async fn an_edit_of_an_old_version_goes_on_top_is_merged_or_is_a_conflict() {
    let (library, _dir, id) = with_draft().await;
    let step: waymark_core::id::StepId = "wts_1".into();
    apply(&library, &id, set_text(&step, "zero\none two three\nfour five six\n")).await.expect("theirs");

    let title = Edit::SetTitle { title: "Mine".to_owned() };
    let applied = apply_seen(&library, &id, title, Some(1)).await.expect("another place");
    assert_eq!(applied.rebased, Some(Rebased { from_version: 1, is_merged: false }));

    let splice = Splice { from: 4, to: 7, insert: "TWO".to_owned() };
    let edit = Edit::SpliceField { step: step.clone(), field: Field::ContentForUser, splice };
    let applied = apply_seen(&library, &id, edit, Some(1)).await.expect("merged");
    assert_eq!(applied.rebased, Some(Rebased { from_version: 1, is_merged: true }));
    assert_eq!(user_text(&applied.draft, 0), "zero\none TWO three\nfour five six\n");
    assert_eq!(applied.edit, set_text(&step, "zero\none TWO three\nfour five six\n"));

    let before = drafts::open(&library, &id).await.expect("a draft");
    let error = apply_seen(&library, &id, set_text(&step, "all mine"), Some(1)).await.expect_err("the same words");
    assert_eq!(error.code, Code::Conflict);
    let conflict = error.conflict.expect("both sides");
    assert_eq!(conflict.mine, "all mine");
    assert_eq!(conflict.theirs, "zero\none TWO three\nfour five six\n");
    assert_eq!(conflict.base, "one two three\nfour five six\n");
    for unknown in [0, 99] {
        let error = apply_seen(&library, &id, set_text(&step, "x"), Some(unknown)).await.expect_err("no such version");
        assert_eq!(error.code, Code::Conflict);
    }
    assert_eq!(drafts::open(&library, &id).await.expect("a draft"), before);
    assert_eq!(undo(&library, &id, "test").await.expect("a merge is one edit").version, before.version + 1);
}

#[tokio::test]
async fn of_two_writers_at_once_none_loses_words() {
    let (library, dir, id) = with_draft().await;
    let other = Library::open(dir.path(), ENV).await.expect("a second one");
    let mine = apply_seen(&library, &id, set_text(&"wts_1".into(), "ONE two three\nfour five six\n"), Some(1));
    let theirs = apply_seen(&other, &id, set_text(&"wts_1".into(), "one two three\nfour five SIX\n"), Some(1));
    let (mine, theirs) = tokio::join!(mine, theirs);
    let versions = [mine.expect("mine").version, theirs.expect("theirs").version];
    assert!(versions.contains(&2) && versions.contains(&3));
    let merged = drafts::open(&library, &id).await.expect("a draft");
    assert_eq!(user_text(&merged.draft, 0), "ONE two three\nfour five SIX\n");
}

#[tokio::test]
async fn changed_steps_and_only_those_get_a_new_time() {
    let (library, _dir, id) = with_draft().await;
    let applied = apply(&library, &id, set_text(&"wts_1".into(), "new")).await.expect("an edit");
    let steps = &applied.draft.walkthrough.steps;
    assert!(steps[0].updated_at > Some(Millis(6)));
    assert_eq!(steps[1].updated_at, Some(Millis(6)));
    assert!(applied.draft.walkthrough.updated_at > Some(Millis(2)));
    let mut new = step("wts_3", 0, "c");
    (new.created_at, new.updated_at) = (None, None);
    let applied = apply(&library, &id, Edit::AddStep { step: Box::new(new), at: 9 }).await.expect("a step");
    assert!(applied.draft.walkthrough.steps[2].created_at.is_some());
}

#[tokio::test]
async fn a_step_that_a_preview_learner_stands_on_can_be_removed_and_comes_back() {
    let (library, _dir, id) = with_draft().await;
    let sql = [
        "INSERT INTO mcp_server_user (id) VALUES ('mcpu_1')",
        "INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, current_step_id)
         VALUES ('wtp_1', 'mcpu_1', 'wt_1', 'wts_1')",
    ];
    for statement in sql {
        let writer = library.writer().await.expect("a writer");
        sqlx::query(statement).execute(writer).await.expect("a learner");
    }
    apply(&library, &id, set_text(&"wts_1".into(), "new")).await.expect("an edit");
    let standing = || sqlx::query_scalar::<_, Option<String>>("SELECT current_step_id FROM walkthrough_progress");
    assert_eq!(standing().fetch_one(library.readers()).await.expect("a row").as_deref(), Some("wts_1"));
    apply(&library, &id, Edit::RemoveStep { step: "wts_1".into() }).await.expect("removed");
    assert_eq!(standing().fetch_one(library.readers()).await.expect("a row"), None);
    assert_eq!(undo(&library, &id, "test").await.expect("back").draft.walkthrough.steps.len(), 2);
}

/// Cases of a property here write to a disk: a few in each run, as many as `PROPTEST_CASES` says in the long ones.
fn few_cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn the_library_holds_what_the_edits_say_also_when_opened_again(actions in random::actions()) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(random::run_and_compare(actions));
    }
}
