//! Attempts and what becomes of them.

use waymark_core::{
    hash::content_hash,
    walkthrough::{Millis, WalkthroughType},
};

use super::*;
use crate::{Env, drafts};

fn random(count: usize) -> Vec<u8> {
    use std::sync::atomic::{AtomicU64, Ordering};
    static STATE: AtomicU64 = AtomicU64::new(1);
    let step = || STATE.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (0..count).map(|_| (step() >> 32) as u8).collect()
}

#[tokio::test]
async fn an_attempt_stays_until_it_is_known_to_have_arrived_or_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = Library::open(folder.path(), Env { now: || Millis(5), random }).await.expect("a library");
    let new = drafts::NewDraft { title: "One".into(), kind: WalkthroughType::Course };
    let draft = drafts::create(&library, new, "test").await.expect("created").draft.walkthrough;
    let connection = ConnectionId::from("con_1");
    let noted = || attempt(&library, &connection, &draft.id);

    note_attempts(&library, &connection, std::slice::from_ref(&draft)).await.expect("noted");
    assert_eq!(noted().await.expect("read"), Some(draft.clone()));
    forget_attempts(&library, &connection, std::slice::from_ref(&draft.id)).await.expect("forgotten");
    assert_eq!(noted().await.expect("read"), None);

    note_attempts(&library, &connection, std::slice::from_ref(&draft)).await.expect("noted");
    let news = Arrived {
        walkthrough: draft.clone(),
        remote_revision: 7,
        connection: connection.clone(),
        author: "writer".into(),
    };
    let revision = arrived(&library, news, "test").await.expect("kept");
    assert_eq!((revision.number, revision.remote_revision), (1, Some(7)));
    assert_eq!(revision.content_hash, content_hash(&draft));
    assert_eq!(noted().await.expect("read"), None);
    let base = sync::base(&library, &draft.id, "con_1").await.expect("read").expect("set");
    assert_eq!((base.walkthrough, base.revision, base.synced_at), (draft, 7, Millis(5)));
}

#[tokio::test]
async fn nothing_is_noted_of_a_draft_that_is_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = Library::open(folder.path(), Env { now: || Millis(5), random }).await.expect("a library");
    let new = drafts::NewDraft { title: "One".into(), kind: WalkthroughType::Course };
    let mut draft = drafts::create(&library, new, "test").await.expect("created").draft.walkthrough;
    draft.id = "wt_gone".into();
    let error = note_attempts(&library, &ConnectionId::from("con_1"), &[draft]).await.expect_err("not there");
    assert_eq!(error.code, waymark_core::error::Code::NotFound);
}
