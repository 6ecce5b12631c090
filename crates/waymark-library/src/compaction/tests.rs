//! A library that was worked on, and what is left of its size.

use waymark_core::{
    content::Field,
    edit::Edit,
    id::{StepId, WalkthroughId},
};

use super::*;
use crate::{
    drafts, edits,
    history::{self, SaveSnapshot},
    testing::{apply, check_index, library, step, walkthrough, without_times},
};

/// A text of this many bytes that no compression or sharing makes smaller, different for each number.
fn text(bytes: usize, number: u32) -> String {
    let words = (0..).map(|at: u32| format!("w{:x} ", at.wrapping_mul(2_654_435_761).wrapping_add(number)));
    words.take(bytes / 10).collect()
}

#[tokio::test]
async fn a_library_gives_room_back_and_says_the_same_as_before() {
    let (library, _dir) = library().await;
    drafts::insert(&library, walkthrough("wt_1", "A", vec![step("wts_1", 1, "")]), "test").await.expect("inserted");
    let id = WalkthroughId::from("wt_1");
    let set = |number| Edit::SetField {
        step: StepId::from("wts_1"),
        field: Field::ContentForUser,
        text: Some(text(64 * 1024, number)),
    };
    for number in 0..20 {
        apply(&library, &id, set(number)).await.expect("applied");
    }
    let snapshot = SaveSnapshot { walkthrough: id.clone(), name: "Kept".to_owned() };
    history::snapshot(&library, snapshot, "test").await.expect("kept");
    for number in 20..120 {
        apply(&library, &id, set(number)).await.expect("applied");
    }
    drafts::insert(&library, walkthrough("wt_2", "B", vec![step("wts_2", 1, &text(1 << 20, 7))]), "test")
        .await
        .expect("inserted");
    drafts::trash(&library, &["wt_2".into()], "test").await.expect("trashed");
    drafts::trash::delete(&library, &["wt_2".into()], "test").await.expect("deleted");
    let before = without_times(&drafts::open(&library, &id).await.expect("opens").draft);
    let compacted = compact(&library).await.expect("compacted");
    assert!(compacted.after.bytes < compacted.before.bytes, "{compacted:?}");
    assert_eq!(compacted.after.unused_bytes, 0, "{compacted:?}");
    assert_eq!(without_times(&drafts::open(&library, &id).await.expect("opens").draft), before);
    let kept = history::find(&library, &id, "Kept").await.expect("the snapshot is there");
    assert_eq!(kept.name.as_deref(), Some("Kept"));
    check_index(&library).await;
    for number in (20..119).rev().take(5) {
        edits::undo(&library, &id, "test").await.expect("undone");
        let open = drafts::open(&library, &id).await.expect("opens");
        let shown = open.draft.walkthrough.steps[0].content_fields.text(Field::ContentForUser).map(str::to_owned);
        assert!(shown == Some(text(64 * 1024, number)), "undo reaches {number}");
    }
}

#[test]
fn a_file_is_written_anew_by_itself_where_that_is_quick_and_worth_it() {
    let size = |bytes: u64, unused: u64| FileSize { bytes: bytes << 20, unused_bytes: unused << 20 };
    for (size, is_worth_it) in
        [(size(20, 15), false), (size(64, 16), true), (size(200, 40), false), (size(300, 200), false)]
    {
        assert_eq!(size.is_worth_it(), is_worth_it, "{size:?}");
    }
}
