//! A draft joined with production's version, in one write.
//!
//! **Invariant.** Either all of it is on the disk or none: production's version as a revision, the draft as it was as
//! another, the joined draft as one edit, and the new base. A base without the edit would overwrite production's changes
//! with the next publish; the edit without the base would ask all over again.

use waymark_core::{edit, error::Result, id::ConnectionId, walkthrough::Walkthrough};

use crate::{
    Library,
    changes::What,
    edits::{self, Applied, ApplyEdit},
    revisions::{self, Reason, SaveRevision},
    sync::{self, SyncBase},
    write::Write,
};

/// A merge that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepMerge {
    /// What makes the draft the joined one, on the version that was joined.
    pub apply: ApplyEdit,
    /// What production has.
    pub theirs: Walkthrough,
    /// Where.
    pub connection: ConnectionId,
    /// The number that production carries for it.
    pub remote_revision: Option<u32>,
}

/// Keeps a merge: both versions as revisions, the edit, the base.
///
/// # Errors
/// Those of `edits::apply`: `Conflict` where the draft is another than the one that was joined. Then nothing is written.
pub async fn keep(library: &Library, merge: KeepMerge) -> Result<Applied> {
    let KeepMerge { apply, theirs, connection, remote_revision } = merge;
    edit::check(&apply.edit)?;
    let origin = apply.origin.clone();
    let mut write = Write::begin(library).await?;
    let revision = SaveRevision {
        walkthrough: theirs.clone(),
        reason: Reason::Pulled,
        name: None,
        author: None,
        connection: Some(connection.clone()),
        remote_revision,
    };
    revisions::store::add(&mut write, &revision).await?;
    write.announce(What::Revision, theirs.id.as_str(), &origin).await?;
    let base = SyncBase { walkthrough: theirs, revision: remote_revision.unwrap_or_default(), synced_at: write.now() };
    // Before the edit, so that no draft is read, and remembered, that is not on the disk yet.
    sync::put(&mut write, connection.as_str(), base, &origin).await?;
    let done = edits::apply_within(&mut write, apply, Some(Reason::BeforeMerge)).await?;
    edits::finish(write, done).await
}

#[cfg(test)]
mod tests {
    use waymark_core::{edit::Edit, error::Code, id::WalkthroughId};

    use super::*;
    use crate::{drafts, testing};

    /// The revisions' reasons and the base's number.
    async fn known(library: &Library, id: &WalkthroughId) -> (Vec<Reason>, Option<u32>) {
        let listed = revisions::list(library, id).await.expect("listed");
        let base = sync::base(library, id, "con_1").await.expect("read");
        (listed.iter().map(|revision| revision.reason).collect(), base.map(|base| base.revision))
    }

    #[tokio::test]
    async fn a_merge_is_kept_whole_and_one_on_another_version_not_at_all() {
        let (library, _folder) = testing::library().await;
        let mine = testing::walkthrough("wt_1", "Mine", vec![testing::step("wts_a", 1, "Mine.")]);
        drafts::insert(&library, mine.clone(), "test").await.expect("inserted");
        let version = drafts::open(&library, &mine.id).await.expect("there").version;
        let theirs = Walkthrough { title: "Theirs".into(), ..mine.clone() };
        let merge = |seen_version: u32| KeepMerge {
            apply: ApplyEdit {
                walkthrough: mine.id.clone(),
                edit: Edit::Replace { walkthrough: Box::new(Walkthrough { title: "Both".into(), ..mine.clone() }) },
                seen_version: Some(seen_version),
                origin: "test".into(),
            },
            theirs: theirs.clone(),
            connection: "con_1".into(),
            remote_revision: Some(7),
        };
        let rename = ApplyEdit {
            walkthrough: mine.id.clone(),
            edit: Edit::SetTitle { title: "Edited meanwhile".into() },
            seen_version: None,
            origin: "test".into(),
        };
        edits::apply(&library, rename).await.expect("edited");
        let before = known(&library, &mine.id).await;
        let error = keep(&library, merge(version)).await.expect_err("the draft is another");
        assert_eq!(error.code, Code::Conflict);
        assert_eq!(known(&library, &mine.id).await, before);
        assert_eq!(drafts::open(&library, &mine.id).await.expect("there").draft.walkthrough.title, "Edited meanwhile");

        let version = drafts::open(&library, &mine.id).await.expect("there").version;
        let applied = keep(&library, merge(version)).await.expect("kept");
        assert_eq!(applied.draft.walkthrough.title, "Both");
        let (reasons, base) = known(&library, &mine.id).await;
        assert!(reasons.starts_with(&[Reason::BeforeMerge, Reason::Pulled]), "{reasons:?}");
        assert_eq!(base, Some(7));
        let undone = edits::undo(&library, &mine.id, "test").await.expect("undone");
        assert_eq!(undone.draft.walkthrough.title, "Edited meanwhile");
    }
}
