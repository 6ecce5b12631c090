//! What the library remembers of a publish: the attempt before anything is sent, and base and revision afterwards.
//!
//! **Invariant.** An attempt is noted before production is written and goes in the transaction that sets the new base.
//! So one that is still there is one whose outcome nobody has heard yet.

mod store;

use waymark_core::{
    error::Result,
    id::{ConnectionId, WalkthroughId},
    walkthrough::Walkthrough,
};

use crate::{
    Library,
    changes::What,
    revisions::{self, Reason, RevisionSummary, SaveRevision},
    sync::{self, SyncBase},
    write::Write,
};

/// A publish that is known to have arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// What production has now.
    pub walkthrough: Walkthrough,
    /// The number that production carries for it.
    pub remote_revision: u32,
    /// Where.
    pub connection: ConnectionId,
    /// Who did it.
    pub author: String,
}

/// Notes what is about to be sent, all in one write.
///
/// # Errors
/// `NotFound` where the library has no such draft.
pub async fn note_attempts(library: &Library, connection: &ConnectionId, targets: &[Walkthrough]) -> Result<()> {
    let mut write = Write::begin(library).await?;
    for target in targets {
        store::note(&mut write, connection, target).await?;
    }
    write.commit().await
}

/// What was sent, where the outcome is not known yet.
///
/// # Errors
/// Those of the file.
pub async fn attempt(library: &Library, connection: &ConnectionId, id: &WalkthroughId) -> Result<Option<Walkthrough>> {
    store::read(library, connection, id).await
}

/// The attempts at these came to nothing.
///
/// # Errors
/// Those of the file.
pub async fn forget_attempts(library: &Library, connection: &ConnectionId, ids: &[WalkthroughId]) -> Result<()> {
    let mut write = Write::begin(library).await?;
    for id in ids {
        store::forget(&mut write, connection, id).await?;
    }
    write.commit().await
}

/// It arrived: the new base, a revision, and no attempt any more.
///
/// # Errors
/// `NotFound` where the library has no such draft.
pub async fn arrived(library: &Library, arrived: Arrived, origin: &str) -> Result<RevisionSummary> {
    let mut write = Write::begin(library).await?;
    let id = arrived.walkthrough.id.clone();
    let revision = SaveRevision {
        walkthrough: arrived.walkthrough.clone(),
        reason: Reason::Published,
        name: None,
        author: Some(arrived.author),
        connection: Some(arrived.connection.clone()),
        remote_revision: Some(arrived.remote_revision),
    };
    let summary = revisions::store::add(&mut write, &revision).await?;
    write.announce(What::Revision, id.as_str(), origin).await?;
    let base = SyncBase { walkthrough: arrived.walkthrough, revision: arrived.remote_revision, synced_at: write.now() };
    sync::put(&mut write, arrived.connection.as_str(), base, origin).await?;
    store::forget(&mut write, &arrived.connection, &id).await?;
    write.commit().await?;
    Ok(summary)
}

#[cfg(test)]
mod tests;
