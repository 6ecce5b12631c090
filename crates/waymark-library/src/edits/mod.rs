//! The only way a draft changes: one `Edit`, checked, applied, stored with its inverse, in one transaction.

use serde::{Deserialize, Serialize};
use waymark_core::{
    edit::{Draft, Edit},
    error::{Error, Result},
    id::WalkthroughId,
};

use crate::Library;

/// An edit to apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ApplyEdit {
    /// To which draft.
    pub walkthrough: WalkthroughId,
    /// What changes.
    pub edit: Edit,
    /// The version that the edit was made on; `None` for the present one, whatever it is.
    pub seen_version: Option<u32>,
    /// Who writes: comes back with the change that is announced.
    pub origin: String,
}

/// An edit that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Applied {
    /// The version that it made.
    pub version: u32,
    /// What was applied: the edit asked for, its merge with others' edits, or what an undo or redo did.
    pub edit: Edit,
    /// The draft as it is now.
    pub draft: Draft,
    /// Set where somebody else had edited since `seen_version`.
    pub rebased: Option<Rebased>,
    /// Whether there is an edit to take back.
    pub can_undo: bool,
    /// Whether there is an edit to do again.
    pub can_redo: bool,
}

/// How an edit came to stand on a newer version than the one it was made on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Rebased {
    /// The version that it was made on.
    pub from_version: u32,
    /// Whether others had changed the same text, so that the two were merged.
    pub is_merged: bool,
}

/// Applies an edit. If others edited since `seen_version`, it goes on top where it touches something else, and is merged
/// where it changes the same text elsewhere.
///
/// # Errors
/// Those of `edit::check` and `edit::apply`; `InvalidInput` on `title` where it is taken; `Conflict` (with both texts)
/// where the same place was changed; `LibraryReadOnly`, `LibraryDamaged`.
pub async fn apply(_library: &Library, _apply: ApplyEdit) -> Result<Applied> {
    Err(Error::bug("Not there yet."))
}

/// Takes back the last edit that is in force.
///
/// # Errors
/// `Refused` where there is none.
pub async fn undo(_library: &Library, _walkthrough: &WalkthroughId, _origin: &str) -> Result<Applied> {
    Err(Error::bug("Not there yet."))
}

/// Does again what was taken back last.
///
/// # Errors
/// `Refused` where there is nothing, or where an edit came in between.
pub async fn redo(_library: &Library, _walkthrough: &WalkthroughId, _origin: &str) -> Result<Applied> {
    Err(Error::bug("Not there yet."))
}
