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
    testing::{ENV, apply, apply_seen, assignment, library, set_text, step, walkthrough, without_times},
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

fn typed(from: u32, to: u32, insert: &str) -> Edit {
    let splice = Splice { from, to, insert: insert.to_owned() };
    Edit::SpliceField { step: "wts_1".into(), field: Field::ContentForUser, splice }
}

async fn text(library: &Library, id: &WalkthroughId) -> String {
    user_text(&drafts::open(library, id).await.expect("a draft").draft, 0).to_owned()
}

#[tokio::test]
async fn what_was_typed_in_one_go_is_saved_piece_by_piece_and_taken_back_at_once() {
    let (library, _dir, id) = with_draft().await;
    apply(&library, &id, set_text(&"wts_1".into(), "")).await.expect("empty");
    for (at, word) in [(0, "One "), (4, "two"), (7, " three")] {
        apply(&library, &id, typed(at, at, word)).await.expect("typed");
    }
    let version = drafts::open(&library, &id).await.expect("a draft").version;
    assert_eq!(version, 5, "each is a version of its own");
    apply(&library, &id, typed(8, 13, "")).await.expect("deleted");
    let undone = undo(&library, &id, "test").await.expect("the deletion");
    assert_eq!((undone.version, user_text(&undone.draft, 0)), (7, "One two three"));
    let undone = undo(&library, &id, "test").await.expect("the words");
    assert_eq!((undone.version, user_text(&undone.draft, 0)), (8, ""), "in one step");
    assert_eq!(user_text(&redo(&library, &id, "test").await.expect("again").draft, 0), "One two three");
    assert_eq!(user_text(&redo(&library, &id, "test").await.expect("again").draft, 0), "One two ");
    undo(&library, &id, "test").await.expect("the deletion");
    undo(&library, &id, "test").await.expect("the words");
    let undone = undo(&library, &id, "test").await.expect("what was there before");
    assert_eq!(user_text(&undone.draft, 0), "one two three\nfour five six\n");
    assert!(!undone.can_undo);
}

#[tokio::test]
async fn undo_and_redo_never_take_a_walkthrough_to_the_trash_or_out_of_it() {
    let (library, _dir, id) = with_draft().await;
    let ids = std::slice::from_ref(&id);
    apply(&library, &id, set_text(&"wts_1".into(), "one")).await.expect("an edit");
    apply(&library, &id, set_text(&"wts_1".into(), "two")).await.expect("an edit");
    undo(&library, &id, "test").await.expect("two is gone");
    let there_and_back = async || {
        drafts::trash(&library, ids, "test").await.expect("trashed");
        drafts::restore(&library, ids, "test").await.expect("restored");
    };
    there_and_back().await;
    let redone = redo(&library, &id, "test").await.expect("it can still be done again");
    assert_eq!((user_text(&redone.draft, 0), redone.draft.trashed_at), ("two", None));
    there_and_back().await;
    // As libraries of before noted it.
    let writer = library.writer().await.expect("a writer");
    sqlx::query("UPDATE journal SET is_news = 0").execute(writer).await.expect("an old library");
    for expected in ["one", "one two three\nfour five six\n"] {
        let undone = undo(&library, &id, "test").await.expect("the words");
        assert_eq!((user_text(&undone.draft, 0), undone.draft.trashed_at), (expected, None));
    }
    assert!(!drafts::open(&library, &id).await.expect("a draft").can_undo);
    // What came out of the trash with something else stays out when that is taken back.
    drafts::trash(&library, ids, "test").await.expect("trashed");
    let pulled = walkthrough(ID, "Pulled", vec![step("wts_1", 1, "theirs")]);
    let edits = vec![Edit::SetTrashed { at: None }, Edit::Replace { walkthrough: Box::new(pulled) }];
    apply(&library, &id, Edit::Batch { edits }).await.expect("pulled over it");
    let undone = undo(&library, &id, "test").await.expect("the pull");
    assert_eq!((undone.draft.walkthrough.title.as_str(), undone.draft.trashed_at), ("Draft", None));
}

#[tokio::test]
async fn what_lies_in_the_trash_is_not_written_to_until_it_is_restored() {
    let (library, _dir, id) = with_draft().await;
    let ids = std::slice::from_ref(&id);
    apply(&library, &id, set_text(&"wts_1".into(), "one")).await.expect("an edit");
    drafts::trash(&library, ids, "test").await.expect("trashed");
    let before = drafts::open(&library, &id).await.expect("a draft");
    let refused = apply(&library, &id, set_text(&"wts_1".into(), "lost one day")).await.expect_err("refused");
    assert_eq!((refused.code, refused.message.as_str()), (Code::Refused, "`Draft` is in the trash."));
    let input = exact::TakeBack { walkthrough: id.clone(), version: 2 };
    for error in [
        undo(&library, &id, "test").await.expect_err("refused"),
        exact::take_back(&library, &input, "test").await.expect_err("refused"),
    ] {
        assert_eq!((error.code, error.field.as_deref()), (Code::Refused, Some("trashed_at")));
    }
    assert_eq!(drafts::open(&library, &id).await.expect("a draft"), before);
    drafts::restore(&library, ids, "test").await.expect("restored");
    apply(&library, &id, set_text(&"wts_1".into(), "two")).await.expect("an edit");
}

#[tokio::test]
async fn one_change_is_taken_back_and_none_that_came_after_it() {
    let (library, _dir, id) = with_draft().await;
    let take_back = async |version| {
        let input = exact::TakeBack { walkthrough: id.clone(), version };
        exact::take_back(&library, &input, "test").await
    };
    let first = apply(&library, &id, set_text(&"wts_1".into(), "ONE two three\nfour five six\n")).await.expect("one");
    apply(&library, &id, Edit::SetTitle { title: "Later".into() }).await.expect("another");
    let taken = take_back(first.version).await.expect("the first");
    assert_eq!(user_text(&taken.draft, 0), "one two three\nfour five six\n");
    assert_eq!(taken.draft.walkthrough.title, "Later");
    let last = apply(&library, &id, set_text(&"wts_2".into(), "B")).await.expect("the last");
    let taken = take_back(last.version).await.expect("as an undo");
    assert!(taken.can_redo);
    assert_eq!(take_back(last.version).await.expect_err("once").code, Code::Refused);
    // Where the same words were changed since, nothing is taken back.
    let first = apply(&library, &id, set_text(&"wts_1".into(), "all mine")).await.expect("one");
    apply(&library, &id, set_text(&"wts_1".into(), "all theirs")).await.expect("another");
    let before = drafts::open(&library, &id).await.expect("a draft");
    assert_eq!(take_back(first.version).await.expect_err("changed since").code, Code::Conflict);
    assert_eq!(take_back(99).await.expect_err("no such version").code, Code::Conflict);
    assert_eq!(drafts::open(&library, &id).await.expect("a draft"), before);
    assert_eq!(text(&library, &id).await, "all theirs");
}

#[tokio::test]
async fn a_draft_can_be_seen_as_it_was() {
    let (library, _dir, id) = with_draft().await;
    let before = drafts::open(&library, &id).await.expect("a draft");
    apply(&library, &id, set_text(&"wts_1".into(), "one")).await.expect("an edit");
    let then = as_seen(&library, &id, Some(before.version)).await.expect("it was so");
    assert_eq!((without_times(&then.draft), then.version), (without_times(&before.draft), before.version));
    let now = as_seen(&library, &id, None).await.expect("it is so");
    assert_eq!((user_text(&now.draft, 0), now.version), ("one", before.version + 1));
    assert_eq!(as_seen(&library, &id, Some(99)).await.expect_err("never").code, Code::Conflict);
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
