//! Attempts and what becomes of them.

use waymark_core::walkthrough::WalkthroughType;

use super::*;
use crate::{drafts, testing};

#[tokio::test]
async fn an_attempt_stays_until_it_is_known_to_have_arrived_or_not() {
    let (library, _folder) = testing::library().await;
    let new = drafts::NewDraft { title: "One".into(), kind: WalkthroughType::Course };
    let draft = drafts::create(&library, new, "test").await.expect("created").draft.walkthrough;
    let connection = ConnectionId::from("con_1");
    let noted = || attempt(&library, &connection, &draft.id);

    note_attempts(&library, &connection, &Version::Connection("con_2".into()), std::slice::from_ref(&draft))
        .await
        .expect("noted");
    assert_eq!(noted().await.expect("read"), Some(draft.clone()));
    forget_attempts(&library, &connection, std::slice::from_ref(&draft.id)).await.expect("forgotten");
    assert_eq!(noted().await.expect("read"), None);

    note_attempts(&library, &connection, &Version::Connection("con_2".into()), std::slice::from_ref(&draft))
        .await
        .expect("noted");
    let news = Arrived {
        walkthrough: Walkthrough { status: WalkthroughStatus::Published, ..draft.clone() },
        remote_revision: 7,
        connection: connection.clone(),
        author: "writer".into(),
    };
    arrived(&library, vec![news], "test").await.expect("kept");
    let kept = revisions::list(&library, &draft.id).await.expect("listed");
    let kept: Vec<_> = kept.iter().map(|revision| (revision.number, revision.remote_revision)).collect();
    assert_eq!(kept, [(1, Some(7))]);
    let now = drafts::open(&library, &draft.id).await.expect("there").draft.walkthrough;
    assert_eq!(now.status, WalkthroughStatus::Published);
    assert_eq!(noted().await.expect("read"), None);
    let base = sync::base(&library, &draft.id, "con_1").await.expect("read").expect("set");
    assert_eq!((base.walkthrough.title, base.revision), (draft.title, 7));
    let records = history(&library, &draft.id, Some(&connection)).await.expect("read");
    let records: Vec<_> = records.iter().map(|record| (&record.version, record.revision, record.status)).collect();
    let from = Version::Connection("con_2".into());
    assert_eq!(records, [(&from, 7, Some(WalkthroughStatus::Published))]);
    assert_eq!(history(&library, &draft.id, Some(&"con_2".into())).await.expect("read"), []);
}

#[tokio::test]
async fn nothing_is_noted_of_a_draft_that_is_not_there() {
    let (library, _folder) = testing::library().await;
    let new = drafts::NewDraft { title: "One".into(), kind: WalkthroughType::Course };
    let mut draft = drafts::create(&library, new, "test").await.expect("created").draft.walkthrough;
    draft.id = "wt_gone".into();
    let error =
        note_attempts(&library, &ConnectionId::from("con_1"), &Version::Draft, &[draft]).await.expect_err("not there");
    assert_eq!(error.code, waymark_core::error::Code::NotFound);
}
