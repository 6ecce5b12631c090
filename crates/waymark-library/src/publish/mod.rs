//! What the library remembers of a publish: the attempt before anything is sent, and base and revision afterwards.
//!
//! **Invariant.** An attempt is noted before production is written and goes in the transaction that sets the new base.
//! So one that is still there is one whose outcome nobody has heard yet.

mod store;

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::Result,
    hash,
    id::{ConnectionId, WalkthroughId},
    publish::plan::Version,
    walkthrough::{Millis, Walkthrough, WalkthroughStatus},
};

use crate::{
    Library,
    changes::What,
    edits,
    revisions::{self, Reason, SaveRevision},
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

/// Something that went to production, or away from there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "PublishRecord")]
pub struct Record {
    /// Which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Where.
    pub connection: ConnectionId,
    /// What went there: the draft, a revision, what another connection has, another status, nothing.
    pub version: Version,
    /// The status there since then; none after a deletion.
    pub status: Option<WalkthroughStatus>,
    /// The number that production carries for it.
    pub revision: u32,
    /// What production had then.
    pub content_hash: String,
    /// As whom.
    pub author: String,
    /// When.
    pub at: Millis,
}

/// What went where of a walkthrough, the newest first; with a connection only there.
///
/// # Errors
/// Those of the file.
pub async fn history(
    library: &Library,
    walkthrough: &WalkthroughId,
    connection: Option<&ConnectionId>,
) -> Result<Vec<Record>> {
    store::history(library, walkthrough, connection).await
}

/// Notes what leaves no base and no revision: another status, or a deletion. `record.at` is the time of this write.
///
/// # Errors
/// Those of the file.
pub async fn note(library: &Library, record: Record, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    store::add_record(&mut write, &record).await?;
    write.announce(What::Revision, record.walkthrough.as_str(), origin).await?;
    write.commit().await
}

/// Notes what is about to be sent, all in one write.
///
/// # Errors
/// `NotFound` where the library has no such draft.
pub async fn note_attempts(
    library: &Library,
    connection: &ConnectionId,
    version: &Version,
    targets: &[Walkthrough],
) -> Result<()> {
    let mut write = Write::begin(library).await?;
    for target in targets {
        store::note(&mut write, connection, version, target).await?;
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

/// They arrived, in one write: for each the new base, a revision, production's status, and no attempt any more.
///
/// # Errors
/// `NotFound` where the library has no such draft; then nothing is kept of any.
pub async fn arrived(library: &Library, arrived: Vec<Arrived>, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    for one in arrived {
        keep(&mut write, one, origin).await?;
    }
    write.commit().await
}

/// The draft shows the status that production has.
///
/// # Errors
/// `NotFound` where the library has no such draft.
pub async fn adopt_status(
    library: &Library,
    id: &WalkthroughId,
    status: WalkthroughStatus,
    origin: &str,
) -> Result<()> {
    let mut write = Write::begin(library).await?;
    edits::set_status(&mut write, id, status, origin).await?;
    write.commit().await
}

async fn keep(write: &mut Write, arrived: Arrived, origin: &str) -> Result<()> {
    let Arrived { walkthrough, remote_revision, connection, author } = arrived;
    let (id, status) = (walkthrough.id.clone(), walkthrough.status);
    let record = Record {
        walkthrough: id.clone(),
        connection: connection.clone(),
        version: store::version_of(write, &connection, &id).await?,
        status: Some(status),
        revision: remote_revision,
        content_hash: hash::content_hash(&walkthrough),
        author: author.clone(),
        at: write.now(),
    };
    store::add_record(write, &record).await?;
    let revision = SaveRevision {
        walkthrough: walkthrough.clone(),
        reason: Reason::Published,
        name: None,
        author: Some(author),
        connection: Some(connection.clone()),
        remote_revision: Some(remote_revision),
    };
    revisions::store::add(write, &revision).await?;
    write.announce(What::Revision, id.as_str(), origin).await?;
    let base = SyncBase { walkthrough, revision: remote_revision, synced_at: write.now() };
    sync::put(write, connection.as_str(), base, origin).await?;
    edits::set_status(write, &id, status, origin).await?;
    store::forget(write, &connection, &id).await
}

#[cfg(test)]
mod tests;
