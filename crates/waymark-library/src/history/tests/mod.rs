//! What is kept of a draft, for how long, and what comes back; over a real file and with a clock that the tests set.

use std::cell::Cell;

use tempfile::TempDir;
use waymark_core::{
    content::Field,
    edit::Edit,
    error::Code,
    history::keeping::{TRASH, UNDO_MAX_BYTES},
    json::FreeJson,
    walkthrough::{Millis, WalkthroughStatus},
};

use super::*;
use crate::{
    Env,
    drafts::trash,
    edits::pruning::UNDO_BOUND,
    testing::{ENV, apply, apply_seen, check_index, set_text, step, walkthrough},
    write::Write,
};

mod session;

const ID: &str = "wt_1";
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

thread_local! {
    /// A test runs on one thread, and has its own time.
    static NOW: Cell<i64> = const { Cell::new(1_800_000_000_000) };
}

fn now() -> Millis {
    Millis(NOW.get())
}

fn pass(millis: i64) {
    NOW.set(NOW.get() + millis);
}

async fn open(dir: &TempDir) -> Library {
    Library::open(dir.path(), Env { now, ..ENV }).await.expect("a library opens")
}

async fn with_draft(steps: usize) -> (Library, TempDir, WalkthroughId) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let library = open(&dir).await;
    let steps = (1..=steps).map(|order| step(&format!("wts_{order}"), order as i32, &format!("Text {order}\n")));
    drafts::insert(&library, walkthrough(ID, "Draft", steps.collect()), "test").await.expect("it is new");
    (library, dir, ID.into())
}

async fn reasons(library: &Library) -> Vec<Reason> {
    revisions::list(library, &ID.into()).await.expect("listed").iter().map(|revision| revision.reason).collect()
}

async fn write_text(library: &Library, step: &str, text: &str) {
    apply(library, &ID.into(), set_text(&step.into(), text)).await.expect("an edit");
}

async fn count(library: &Library, sql: &'static str) -> i64 {
    sqlx::query_scalar::<_, i64>(sql).fetch_one(library.readers()).await.expect("a number")
}

/// Many edits, without waiting for the disk at each.
async fn hurry(library: &Library) {
    let writer = library.writer().await.expect("a writer");
    sqlx::query("PRAGMA synchronous = OFF").execute(writer).await.expect("set");
}

#[tokio::test]
async fn a_moment_is_kept_at_first_after_a_pause_and_while_somebody_works() {
    let (library, _dir, id) = with_draft(2).await;
    write_text(&library, "wts_1", "one").await;
    assert_eq!(reasons(&library).await, [Reason::First]);
    pass(5 * MINUTE);
    write_text(&library, "wts_1", "two").await;
    assert_eq!(reasons(&library).await.len(), 1);
    pass(31 * MINUTE);
    write_text(&library, "wts_1", "three").await;
    assert_eq!(reasons(&library).await, [Reason::Pause, Reason::First]);
    for minute in 0..10 {
        pass(7 * MINUTE);
        write_text(&library, "wts_1", &format!("minute {minute}")).await;
    }
    assert_eq!(reasons(&library).await, [Reason::Working, Reason::Pause, Reason::First]);
    let all = list(&library, &ListHistory { walkthrough: id.clone(), step: None }).await.expect("listed");
    let first = version(&library, &id, &Version::Revision(all[2].id.clone())).await.expect("read");
    assert_eq!(first.steps[0].content_fields.text(Field::ContentForUser), Some("Text 1\n"));
    // Back where it was when the last moment was kept: nothing new to keep.
    edits::undo(&library, &id, "test").await.expect("undone");
    let before = reasons(&library).await.len();
    snapshot(&library, SaveSnapshot { walkthrough: id.clone(), name: "  Good  ".into() }, "test").await.expect("kept");
    pass(DAY);
    write_text(&library, "wts_1", "next day").await;
    assert_eq!(reasons(&library).await.len(), before + 1);
    let named = find(&library, &id, "Good").await.expect("by name");
    assert_eq!(find(&library, &id, &named.number.to_string()).await.expect("by number"), named);
    assert_eq!(find(&library, &id, named.id.as_str()).await.expect("by id"), named);
    assert_eq!(find(&library, &id, "Bad").await.expect_err("none").code, Code::NotFound);
    let long = SaveSnapshot { walkthrough: id, name: "x".repeat(101) };
    assert_eq!(snapshot(&library, long, "test").await.expect_err("too long").code, Code::InvalidInput);
}

#[tokio::test]
async fn restoring_keeps_the_present_and_is_one_edit() {
    let (library, _dir, id) = with_draft(3).await;
    let kept = snapshot(&library, SaveSnapshot { walkthrough: id.clone(), name: "Start".into() }, "test").await;
    let kept = kept.expect("kept");
    let start = drafts::open(&library, &id).await.expect("there").draft;
    write_text(&library, "wts_1", "changed").await;
    apply(&library, &id, Edit::RemoveStep { step: "wts_2".into() }).await.expect("removed");
    let changed = drafts::open(&library, &id).await.expect("there").draft;
    let restore_part = |part| RestoreRevision { walkthrough: id.clone(), revision: kept.id.clone(), part };
    let applied = restore(&library, &restore_part(RestorePart::All), "test").await.expect("restored");
    assert_eq!(crate::testing::without_times(&applied.draft), crate::testing::without_times(&start));
    let all = list(&library, &ListHistory { walkthrough: id.clone(), step: None }).await.expect("listed");
    assert_eq!(all[0].reason, Reason::BeforeRestore);
    let before = version(&library, &id, &Version::Revision(all[0].id.clone())).await.expect("read");
    assert_eq!(before.steps, changed.walkthrough.steps);
    let undone = edits::undo(&library, &id, "test").await.expect("undone");
    assert_eq!(crate::testing::without_times(&undone.draft), crate::testing::without_times(&changed));
    let field = RestorePart::Field { step: "wts_1".into(), field: Field::ContentForUser };
    let applied = restore(&library, &restore_part(field), "test").await.expect("restored");
    assert_eq!(applied.draft.walkthrough.steps.len(), 2);
    assert_eq!(applied.draft.walkthrough.steps[0].content_fields.text(Field::ContentForUser), Some("Text 1\n"));
    let (before, after) = (Version::Revision(kept.id), Version::Draft);
    let input = CompareVersions { walkthrough: id.clone(), before, after, step: None };
    let found = compare(&library, &input).await.expect("compared");
    assert_eq!(found.steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["wts_2"]);
}

#[tokio::test]
async fn revisions_share_their_steps_and_a_step_has_a_history_of_its_own() {
    let (library, _dir, id) = with_draft(40).await;
    hurry(&library).await;
    for round in 0..20 {
        write_text(&library, if round % 5 == 0 { "wts_7" } else { "wts_8" }, &format!("round {round}")).await;
        snapshot(&library, SaveSnapshot { walkthrough: id.clone(), name: String::new() }, "test").await.expect("kept");
    }
    assert_eq!(count(&library, "SELECT count(*) FROM revision_steps").await, 40 + 20);
    let which = ListHistory { walkthrough: id.clone(), step: Some("wts_7".into()) };
    let of_step = list(&library, &which).await.expect("listed");
    // As it came, and four times changed.
    assert_eq!(of_step.len(), 5);
    assert!(of_step.iter().all(|revision| revision.changes.is_some()));
    let all = list(&library, &ListHistory { walkthrough: id.clone(), step: None }).await.expect("listed");
    assert_eq!(all.len(), 21);
    assert!(all[..20].iter().all(|revision| revision.changes == Some(1)));
}

#[tokio::test]
async fn what_nobody_asked_for_thins_out() {
    let (library, _dir, id) = with_draft(3).await;
    hurry(&library).await;
    snapshot(&library, SaveSnapshot { walkthrough: id.clone(), name: "Mine".into() }, "test").await.expect("kept");
    for hour in 0..24 * 60 {
        pass(HOUR);
        write_text(&library, "wts_1", &format!("hour {hour}")).await;
    }
    let kept = reasons(&library).await;
    assert_eq!(kept.last(), Some(&Reason::Snapshot));
    assert!((40..=75).contains(&kept.len()), "{}", kept.len());
    assert_eq!(count(&library, "SELECT count(*) FROM revision_steps").await, kept.len() as i64 + 2);
    // Thirty days of edits can be taken back, and no more.
    let undoable = count(&library, "SELECT count(*) FROM journal").await;
    assert!((24 * 30 - 1..=24 * 30 + 64).contains(&undoable), "{undoable}");
}

#[tokio::test]
async fn the_journal_stays_within_its_bound_and_undo_ends_there() {
    let (library, _dir, id) = with_draft(1).await;
    hurry(&library).await;
    let edits = UNDO_BOUND as usize + 150;
    let mut sizes = Vec::new();
    for edit in 0..edits {
        let splice = waymark_core::edit::Splice { from: 0, to: 6, insert: format!("{edit:06}") };
        let edit = Edit::SpliceField { step: "wts_1".into(), field: Field::ContentForUser, splice };
        apply(&library, &id, edit).await.expect("an edit");
        // Each is typed by itself, and taken back by itself.
        pass(5_000);
        if sizes.len() < 2 && count(&library, "SELECT count(*) FROM journal").await > i64::from(UNDO_BOUND) - 64 {
            sizes.push(count(&library, "SELECT page_count FROM pragma_page_count").await);
        }
    }
    let rows = count(&library, "SELECT count(*) FROM journal").await;
    assert!(rows <= i64::from(UNDO_BOUND) + 64, "{rows}");
    let pages = count(&library, "SELECT page_count FROM pragma_page_count").await;
    assert!(pages < sizes[0] + sizes[0] / 10, "{pages} pages, {} when the bound was reached", sizes[0]);
    println!("figure | {edits} edits of one walkthrough: pages of the library | {pages} | |");
    let stale = apply_seen(&library, &id, set_text(&"wts_1".into(), "x"), Some(2)).await.expect_err("too long ago");
    assert_eq!(stale.code, Code::Conflict);
    let mut undone = 0;
    while edits::undo(&library, &id, "test").await.is_ok() {
        undone += 1;
    }
    assert!((UNDO_BOUND as i64 - 64..=UNDO_BOUND as i64 + 64).contains(&undone), "{undone}");
    let half = drafts::open(&library, &id).await.expect("there").draft.walkthrough.steps[0].clone();
    assert!(half.content_fields.text(Field::ContentForUser).is_some_and(|text| text.starts_with("0001")));
    for _ in 0..undone {
        edits::redo(&library, &id, "test").await.expect("redone");
    }
    assert!(edits::redo(&library, &id, "test").await.is_err());
    write_text(&library, "wts_1", "and on").await;
}

#[tokio::test]
async fn large_edits_are_bounded_by_their_size_and_the_last_can_always_be_taken_back() {
    let (library, _dir, id) = with_draft(1).await;
    hurry(&library).await;
    let size = 500_000;
    for letter in 0..60_u8 {
        write_text(&library, "wts_1", &char::from(b'A' + letter % 26).to_string().repeat(size)).await;
    }
    let bytes = count(&library, "SELECT sum(octet_length(edit) + octet_length(inverse)) FROM journal").await;
    assert!(bytes as u64 <= UNDO_MAX_BYTES, "{bytes}");
    let mut undone = 0;
    while edits::undo(&library, &id, "test").await.is_ok() {
        undone += 1;
    }
    assert!(undone >= 10, "{undone}");
}

#[tokio::test]
async fn what_was_taken_back_can_be_done_again_whatever_its_age() {
    let (library, _dir, id) = with_draft(1).await;
    hurry(&library).await;
    for edit in 0..80 {
        write_text(&library, "wts_1", &format!("edit {edit}")).await;
    }
    while edits::undo(&library, &id, "test").await.is_ok() {}
    pass(40 * DAY);
    edits::pruning::prune_oldest(&library).await.expect("pruned");
    for _ in 0..80 {
        edits::redo(&library, &id, "test").await.expect("redone");
    }
    pass(40 * DAY);
    edits::pruning::prune_oldest(&library).await.expect("pruned");
    // All is too old, and the last stays.
    edits::undo(&library, &id, "test").await.expect("the last");
    assert_eq!(edits::undo(&library, &id, "test").await.expect_err("gone").code, Code::Refused);
}

#[tokio::test]
async fn publishing_is_no_edit_that_undo_takes_back() {
    let (library, _dir, id) = with_draft(1).await;
    let status = |draft: &waymark_core::edit::Draft| draft.walkthrough.status;
    let publish = async |status| {
        let mut write = Write::begin(&library).await.expect("begun");
        edits::set_status(&mut write, &id, status, "test").await.expect("set");
        write.commit().await.expect("written");
    };
    let imported = walkthrough(ID, "Imported", vec![step("wts_1", 1, "imported")]);
    apply(&library, &id, Edit::Replace { walkthrough: Box::new(imported) }).await.expect("imported");
    write_text(&library, "wts_1", "one").await;
    write_text(&library, "wts_1", "two").await;
    edits::undo(&library, &id, "test").await.expect("undone");
    publish(WalkthroughStatus::Published).await;
    let open = drafts::open(&library, &id).await.expect("there");
    assert!(open.can_undo && open.can_redo, "what was taken back can still be done again");
    let redone = edits::redo(&library, &id, "test").await.expect("redone");
    assert_eq!(status(&redone.draft), WalkthroughStatus::Published);
    for _ in 0..3 {
        let undone = edits::undo(&library, &id, "test").await.expect("undone");
        assert_eq!(status(&undone.draft), WalkthroughStatus::Published, "production still has it");
    }
    let start = drafts::open(&library, &id).await.expect("there").draft.walkthrough;
    assert_eq!(
        (start.title.as_str(), start.steps[0].content_fields.text(Field::ContentForUser)),
        ("Draft", Some("Text 1\n"))
    );
    assert_eq!(edits::undo(&library, &id, "test").await.expect_err("the beginning").code, Code::Refused);
}

#[tokio::test]
async fn a_text_that_was_stored_as_null_is_null_again() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut library = open(&dir).await;
    let stored = r#"{"version":"v1","contextForAgent":"a","before":1,"contentForUser":null,"after":2}"#;
    let mut one = step("wts_1", 1, "");
    one.content_fields = waymark_core::content::ContentFields::from_json(&FreeJson::parse(stored).expect("valid"));
    drafts::insert(&library, walkthrough(ID, "Draft", vec![one]), "test").await.expect("new");
    let raw = async |library: &Library| {
        let row = sqlx::query_scalar::<_, String>("SELECT content_fields FROM walkthrough_steps");
        row.fetch_one(library.readers()).await.expect("a row")
    };
    assert_eq!(raw(&library).await, stored);
    let splice = waymark_core::edit::Splice { from: 0, to: 0, insert: "new".into() };
    let splice = Edit::SpliceField { step: "wts_1".into(), field: Field::ContentForUser, splice };
    for edit in [splice, set_text(&"wts_1".into(), "new")] {
        apply(&library, &ID.into(), edit).await.expect("an edit");
        library.close().await;
        library = open(&dir).await;
        let written = raw(&library).await;
        assert!(written.contains(r#""contentForUser":"new""#) && !written.contains("null"), "{written}");
        edits::undo(&library, &ID.into(), "test").await.expect("undone");
        assert_eq!(raw(&library).await, stored);
        edits::redo(&library, &ID.into(), "test").await.expect("redone");
        edits::undo(&library, &ID.into(), "test").await.expect("undone");
        assert_eq!(raw(&library).await, stored);
    }
}

#[tokio::test]
async fn the_trash_keeps_for_thirty_days() {
    let (library, _dir, id) = with_draft(2).await;
    write_text(&library, "wts_1", "kept").await;
    drafts::trash(&library, std::slice::from_ref(&id), "test").await.expect("trashed");
    pass(TRASH - 1);
    assert_eq!(trash::empty(&library, now(), "test").await.expect("emptied"), []);
    pass(1);
    assert_eq!(trash::empty(&library, now(), "test").await.expect("emptied"), std::slice::from_ref(&id));
    assert_eq!(drafts::open(&library, &id).await.expect_err("gone").code, Code::NotFound);
    for sql in [
        "SELECT count(*) FROM journal",
        "SELECT count(*) FROM revisions",
        "SELECT count(*) FROM revision_steps",
        "SELECT count(*) FROM walkthrough_steps",
    ] {
        assert_eq!(count(&library, sql).await, 0, "{sql}");
    }
    check_index(&library).await;
}
