//! Drafts: list, open, find, create, bring in, duplicate, trash.
//!
//! A title is unique among the drafts that are not in the trash, as far as new titles go: what comes from production or
//! out of the trash may clash, and lint says so.

use serde::{Deserialize, Serialize};
use waymark_core::{
    edit::Draft,
    error::{Error, Result},
    id::{ConnectionId, WalkthroughId},
    walkthrough::{Millis, Walkthrough, WalkthroughStatus, WalkthroughType},
};

use crate::Library;

/// Which drafts to list. The default is all that are not in the trash.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct ListDrafts {
    /// Part of the title, in any case.
    pub search: Option<String>,
    /// Only of this type.
    #[serde(rename = "type")]
    pub kind: Option<WalkthroughType>,
    /// Only with this status.
    pub status: Option<WalkthroughStatus>,
    /// The trash instead of the library.
    pub in_trash: bool,
}

/// A draft as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DraftSummary {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
    /// Where it stands.
    pub status: WalkthroughStatus,
    /// How many steps it has.
    pub steps: u32,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Slugs of the servers that it is assigned to.
    pub servers: Vec<String>,
    /// Lint findings that are errors or warnings.
    pub problems: u32,
    /// When it last changed here.
    pub updated_at: Millis,
    /// When it went to the trash, if it is there.
    pub trashed_at: Option<Millis>,
    /// Goes up by one with each edit.
    pub version: u32,
    /// For each connection that it was published to or pulled from: what has changed here since.
    pub unpublished: Vec<Unpublished>,
    /// Whether no connection has ever had it.
    pub never_published: bool,
}

/// Changes that a connection does not have yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Unpublished {
    /// Which connection.
    pub connection: ConnectionId,
    /// How many changes.
    pub changes: u32,
}

/// A draft with everything in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct OpenDraft {
    /// Its content.
    pub draft: Draft,
    /// To be sent back as `seen_version` with the next edit.
    pub version: u32,
    /// Whether there is an edit to take back.
    pub can_undo: bool,
    /// Whether there is an edit to do again.
    pub can_redo: bool,
}

/// A new, empty walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NewDraft {
    /// 1 to 100 characters, not taken by another draft.
    pub title: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
}

/// Drafts in the order of their last change, newest first. One query.
///
/// # Errors
/// Those of the file.
pub async fn list(_library: &Library, _which: &ListDrafts) -> Result<Vec<DraftSummary>> {
    Err(Error::bug("Not there yet."))
}

/// One draft as lists show it.
///
/// # Errors
/// `NotFound`.
pub async fn summary(_library: &Library, _id: &WalkthroughId) -> Result<DraftSummary> {
    Err(Error::bug("Not there yet."))
}

/// A draft with everything in it, in the trash or not.
///
/// # Errors
/// `NotFound`.
pub async fn open(_library: &Library, _id: &WalkthroughId) -> Result<OpenDraft> {
    Err(Error::bug("Not there yet."))
}

/// The draft with this id or exactly this title. Ids and drafts outside of the trash come first.
///
/// # Errors
/// `NotFound`; `InvalidInput` naming the ids where several drafts have the title.
pub async fn find(_library: &Library, _id_or_title: &str) -> Result<WalkthroughId> {
    Err(Error::bug("Not there yet."))
}

/// A new draft with one empty step.
///
/// # Errors
/// `InvalidInput` on `title`: empty, too long, or taken.
pub async fn create(_library: &Library, _new: NewDraft, _origin: &str) -> Result<OpenDraft> {
    Err(Error::bug("Not there yet."))
}

/// Adds a walkthrough that came from a file, with its ids.
///
/// # Errors
/// `InvalidInput` on `title` where it is taken; `Conflict` where the walkthrough's id or a step's is.
pub async fn insert(_library: &Library, _walkthrough: Walkthrough, _origin: &str) -> Result<OpenDraft> {
    Err(Error::bug("Not there yet."))
}

/// Adds a walkthrough that came from production, with its ids. Its title may be taken: that is production's business.
///
/// # Errors
/// `Conflict` where the walkthrough's id or a step's is there already.
pub async fn receive(_library: &Library, _walkthrough: Walkthrough, _origin: &str) -> Result<OpenDraft> {
    Err(Error::bug("Not there yet."))
}

/// A copy with new ids, `<title> (copy)`, as a draft that is assigned nowhere.
///
/// # Errors
/// `NotFound`.
pub async fn duplicate(_library: &Library, _id: &WalkthroughId, _origin: &str) -> Result<OpenDraft> {
    Err(Error::bug("Not there yet."))
}

/// Puts drafts into the trash: all or none. Those that are there already stay as they are.
///
/// # Errors
/// `NotFound`.
pub async fn trash(_library: &Library, _ids: &[WalkthroughId], _origin: &str) -> Result<()> {
    Err(Error::bug("Not there yet."))
}

/// Takes drafts out of the trash: all or none.
///
/// # Errors
/// `NotFound`.
pub async fn restore(_library: &Library, _ids: &[WalkthroughId], _origin: &str) -> Result<()> {
    Err(Error::bug("Not there yet."))
}
