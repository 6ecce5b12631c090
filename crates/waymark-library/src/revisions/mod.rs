//! Revisions: whole walkthroughs put by, numbered from 1 within each. Never changed. Those that nobody asked for thin out
//! with time (see [`waymark_core::history::keeping`]).
//!
//! Revisions of one walkthrough share the steps that they have in common: one costs what is new in it.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::Result,
    id::{ConnectionId, RevisionId, WalkthroughId},
    walkthrough::{Millis, Walkthrough},
};

use crate::{Library, changes::What, write::Write};

mod steps;
pub(crate) mod store;

/// Why a revision was put by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RevisionReason", rename_all = "snake_case")]
pub enum Reason {
    /// It was published.
    Published,
    /// It was pulled.
    Pulled,
    /// It stood in production before it was overwritten or deleted there.
    Overwritten,
    /// The writer asked for it.
    Snapshot,
    /// It is what came, before it was first changed here.
    First,
    /// Somebody came back to it after a pause and went on.
    Pause,
    /// Somebody had worked on it for a while.
    Working,
    /// It stood here before production's version took its place.
    BeforePull,
    /// It stood here before it was joined with production's version.
    BeforeMerge,
    /// It stood here before a file's version took its place.
    BeforeImport,
    /// It stood here before a text was replaced everywhere.
    BeforeReplace,
    /// It stood here before an earlier version was restored.
    BeforeRestore,
}

impl Reason {
    /// Whether nobody asked for it: such revisions thin out with time.
    pub fn is_automatic(self) -> bool {
        !matches!(self, Reason::Published | Reason::Pulled | Reason::Overwritten | Reason::Snapshot)
    }
}

/// A revision to put by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveRevision {
    /// The whole walkthrough.
    pub walkthrough: Walkthrough,
    /// Why.
    pub reason: Reason,
    /// The writer's name for it.
    pub name: Option<String>,
    /// Who did it.
    pub author: Option<String>,
    /// Where it went to or came from.
    pub connection: Option<ConnectionId>,
    /// The number that production carries for it.
    pub remote_revision: Option<u32>,
}

/// A revision without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RevisionSummary {
    /// Which.
    pub id: RevisionId,
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Counts from 1.
    pub number: u32,
    /// Why.
    pub reason: Reason,
    /// The writer's name for it.
    pub name: Option<String>,
    /// Who did it.
    pub author: Option<String>,
    /// Where it went to or came from.
    pub connection: Option<ConnectionId>,
    /// The number that production carries for it.
    pub remote_revision: Option<u32>,
    /// SHA-256 of its content.
    pub content_hash: String,
    /// How many things differ from the revision before it, or are in the first; `None` where nobody counted.
    pub changes: Option<u32>,
    /// When.
    pub at: Millis,
}

/// A revision with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Revision {
    /// Everything but the text.
    pub summary: RevisionSummary,
    /// The text.
    pub walkthrough: Walkthrough,
}

/// Puts a revision by.
///
/// # Errors
/// `NotFound` where the library has no such draft.
pub async fn save(library: &Library, revision: SaveRevision, origin: &str) -> Result<RevisionSummary> {
    let mut write = Write::begin(library).await?;
    let summary = store::add(&mut write, &revision).await?;
    write.announce(What::Revision, summary.walkthrough.as_str(), origin).await?;
    write.commit().await?;
    Ok(summary)
}

/// The revisions of a walkthrough, newest first.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library, walkthrough: &WalkthroughId) -> Result<Vec<RevisionSummary>> {
    store::list(library, walkthrough).await
}

/// One revision.
///
/// # Errors
/// `NotFound`.
pub async fn read(library: &Library, id: &RevisionId) -> Result<Revision> {
    store::read(library, id).await
}
