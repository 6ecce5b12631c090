//! Changes, over a real file.

use super::*;
use crate::{
    drafts,
    testing::{apply, library, set_text, step, walkthrough},
};

#[tokio::test]
async fn every_write_is_announced_once_and_in_order_to_whoever_listens() {
    let (library, _dir) = library().await;
    let before = latest(&library).await.expect("a number");
    let mut heard = watch(&library);
    drafts::insert(&library, walkthrough("wt_1", "One", vec![step("wts_1", 1, "a")]), "first").await.expect("new");
    apply(&library, &"wt_1".into(), set_text(&"wts_1".into(), "b")).await.expect("an edit");
    let refused = apply(&library, &"wt_1".into(), set_text(&"wts_9".into(), "b")).await;
    assert!(refused.is_err(), "what is refused is no change");
    drafts::trash(&library, &["wt_1".into()], "last").await.expect("to the trash");
    let written = since(&library, before).await.expect("the changes");
    let announced: Vec<(What, &str)> = written.iter().map(|change| (change.what, change.origin.as_str())).collect();
    // With the first change of a draft goes a revision of what it was before.
    let expected = [(What::Draft, "first"), (What::Draft, "test"), (What::Revision, "test"), (What::Draft, "last")];
    assert_eq!(announced, expected);
    for change in written {
        assert_eq!(heard.recv().await.expect("none is missed"), change);
    }
    assert!(heard.is_empty());
}

#[tokio::test]
async fn of_many_changes_the_latest_are_kept() {
    let (library, _dir) = library().await;
    let sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20500)
         INSERT INTO changes (what, id, origin, at) SELECT 'draft', 'wt_' || i, 'test', i FROM n";
    sqlx::query(sql).execute(library.writer().await.expect("a writer")).await.expect("many changes");
    forget_oldest(&library).await.expect("some go");
    let kept = since(&library, 0).await.expect("the changes");
    assert_eq!((kept.len(), kept[9_999].id.as_str()), (10_000, "wt_20500"));
}
