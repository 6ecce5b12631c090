//! Changes to several drafts on a real SQLite: all or none, taken back whole, also where somebody wrote in between.

use waymark_core::{bulk::BulkChange, edit::Edit, error::Code, id::WalkthroughId, walkthrough::WalkthroughStatus};

use super::*;
use crate::{
    Library, drafts,
    edits::{self},
    testing::{ENV, apply as edit, library, set_text, step, walkthrough, without_times},
};

async fn three(library: &Library) -> Vec<WalkthroughId> {
    let mut ids = Vec::new();
    for (id, title) in [("wt_a", "A"), ("wt_b", "B"), ("wt_c", "C")] {
        let steps = vec![step(&format!("wts_{title}"), 1, "First line.\n\nLast line.")];
        drafts::insert(library, walkthrough(id, title, steps), "test").await.expect("inserted");
        ids.push(id.into());
    }
    ids
}

async fn change(library: &Library, ids: &[WalkthroughId], change: BulkChange) -> BulkApplied {
    apply(library, ApplyBulk { ids: ids.to_vec(), change }, "test").await.expect("applied")
}

async fn tags(library: &Library) -> Vec<Vec<String>> {
    let listed = drafts::list(library, &drafts::ListDrafts::default()).await.expect("a list");
    let mut listed: Vec<_> = listed.into_iter().map(|draft| (draft.id, draft.tags)).collect();
    listed.sort();
    listed.into_iter().map(|(_, tags)| tags).collect()
}

#[tokio::test]
async fn several_change_in_one_write_and_are_taken_back_over_a_restart() {
    let (library, dir) = library().await;
    let ids = three(&library).await;
    edit(&library, &ids[2], Edit::SetTags { tags: vec!["disk".to_owned()] }).await.expect("tagged");
    let before: Vec<_> = [&ids[0], &ids[1]].into_iter().cloned().collect();
    let done = change(&library, &ids, BulkChange::AddTags(vec![" disk".to_owned()])).await;
    assert_eq!((done.changed.clone(), done.unchanged), (before, 1));
    let id = done.id.expect("something changed");
    library.close().await;

    let library = Library::open(dir.path(), ENV).await.expect("opens again");
    let listed = list(&library, None).await.expect("a list");
    assert_eq!((listed.len(), listed[0].label.as_str(), listed[0].walkthroughs), (1, "Tagged `disk`", 2));
    assert_eq!(list(&library, Some("replace")).await.expect("a list"), []);
    let undone = undo(&library, &id, "test").await.expect("taken back");
    assert_eq!((undone.undone, undone.merged.len(), undone.kept.len()), (2, 0, 0));
    assert_eq!(tags(&library).await, [vec!["one".to_owned()], vec!["one".to_owned()], vec!["disk".to_owned()]]);
    assert_eq!(undo(&library, &id, "test").await.expect_err("once").code, Code::Refused);
    // It was an undo: what it took back can be done again, draft by draft.
    assert!(edits::redo(&library, &ids[0], "test").await.is_ok());
}

#[tokio::test]
async fn all_or_none() {
    let (library, _dir) = library().await;
    let mut ids = three(&library).await;
    ids.push("wt_none".into());
    let input = ApplyBulk { ids, change: BulkChange::Trash };
    assert_eq!(apply(&library, input, "test").await.expect_err("one is not there").code, Code::NotFound);
    assert_eq!(tags(&library).await.len(), 3);
    let nothing = ApplyBulk { ids: vec!["wt_a".into()], change: BulkChange::AddTags(vec![" ".to_owned()]) };
    assert_eq!(apply(&library, nothing, "test").await.expect_err("no tag").field.as_deref(), Some("tags"));
}

#[tokio::test]
async fn what_was_written_since_is_kept() {
    let (library, _dir) = library().await;
    let ids = three(&library).await;
    let done = change(&library, &ids, BulkChange::SetStatus(WalkthroughStatus::Archived)).await;
    // One is taken back by itself, one gets another text, one another status.
    edits::undo(&library, &ids[0], "test").await.expect("undone");
    edit(&library, &ids[1], set_text(&"wts_B".into(), "New.")).await.expect("edited");
    edit(&library, &ids[2], Edit::SetStatus { status: WalkthroughStatus::Published }).await.expect("edited");
    let undone = undo(&library, &done.id.expect("something changed"), "test").await.expect("taken back");
    let title = |draft: &NamedDraft| draft.title.clone();
    assert_eq!((undone.undone, undone.merged.iter().map(title).collect::<Vec<_>>()), (1, vec!["B".to_owned()]));
    let [kept] = &undone.kept[..] else { panic!("{undone:?}") };
    assert_eq!((kept.title.as_str(), kept.messages.len()), ("C", 1));
    let mut stands = Vec::new();
    for id in &ids {
        stands.push(drafts::open(&library, id).await.expect("opens").draft.walkthrough.status);
    }
    assert_eq!(stands, [WalkthroughStatus::Draft, WalkthroughStatus::Draft, WalkthroughStatus::Published]);
}

#[tokio::test]
async fn the_trash_and_servers_are_taken_back_to_the_letter() {
    let (library, _dir) = library().await;
    let ids = three(&library).await;
    let mut before = Vec::new();
    for id in &ids {
        before.push(without_times(&drafts::open(&library, id).await.expect("opens").draft));
    }
    for wish in [BulkChange::Trash, BulkChange::Assign("docs".to_owned())] {
        let done = change(&library, &ids, wish).await;
        let undone = undo(&library, &done.id.expect("something changed"), "test").await.expect("taken back");
        assert_eq!((undone.undone, undone.merged.len()), (3, 0));
    }
    for (id, before) in ids.iter().zip(before) {
        assert_eq!(without_times(&drafts::open(&library, id).await.expect("opens").draft), before);
    }
}
