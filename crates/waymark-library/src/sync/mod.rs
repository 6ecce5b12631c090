//! Sync bases: for each draft and remote, the version that both last had. What publish compares with and merges from.
//!
//! A remote is named by text: the id of a connection, later also a folder.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Error, Result},
    id::WalkthroughId,
    walkthrough::{Millis, Walkthrough},
};

use crate::Library;

/// What a draft and a remote last had in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SyncBase {
    /// The walkthrough at that time, with status, orders and assignments.
    pub walkthrough: Walkthrough,
    /// The number that the remote carried for it.
    pub revision: u32,
    /// When.
    pub synced_at: Millis,
}

/// The base of a draft with a remote, if they ever met.
///
/// # Errors
/// Those of the file.
pub async fn base(_library: &Library, _walkthrough: &WalkthroughId, _remote: &str) -> Result<Option<SyncBase>> {
    Err(Error::bug("Not there yet."))
}

/// Sets the base of the draft `base.walkthrough.id` with a remote.
///
/// # Errors
/// `NotFound` where the library has no such draft.
pub async fn set_base(_library: &Library, _remote: &str, _base: SyncBase, _origin: &str) -> Result<()> {
    Err(Error::bug("Not there yet."))
}
