//! The `.waymark` bundle: one file with a walkthrough and all that belongs to it, for somebody without rights on a database.
//!
//! A ZIP archive with the JSON export, the files that its texts link to, the review, and kept conversations.
//! `docs/formats.md` tells the whole format. Nothing in a bundle is trusted: its size is bounded before anything is
//! unpacked, and no name in it becomes a path.

mod read;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::{read::read, write::write};
use crate::{
    conversation::record::Record,
    format::json::ImportedFile,
    id::{CommentId, WalkthroughId},
    review::{anchor::Anchor, log::ReviewLog},
    walkthrough::{Millis, Walkthrough},
};

/// What the manifest says that the file is.
pub const FORMAT: &str = "waymark-bundle";
/// The version of the format that is written, and the only one that is read.
pub const VERSION: &str = "1.0";
/// How file names of bundles end, without the dot.
pub const ENDING: &str = "waymark";
/// Bytes of a bundle as a file.
pub const MAX_BYTES: u64 = 128 * 1024 * 1024;
/// Bytes of all that is in it.
pub const UNPACKED_MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Parts of one bundle.
pub const ENTRIES_MAX: usize = 1_100;
/// What the first bytes of a bundle are, as of every ZIP archive.
pub const MAGIC: &[u8] = b"PK\x03\x04";

const MANIFEST: &str = "waymark.json";
const WALKTHROUGH: &str = "walkthrough.json";
const REVIEW: &str = "review.json";
const CONVERSATIONS: &str = "conversations.json";
const FILES: &str = "files/";

/// What goes into a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The walkthrough.
    pub walkthrough: Walkthrough,
    /// What goes with it.
    pub enclosed: Enclosed,
    /// When it is made.
    pub exported_at: Millis,
}

/// What goes with a walkthrough in a bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enclosed {
    /// What was said and decided.
    pub review: ReviewLog,
    /// Where comments stand in the text of this bundle; those that are not here have lost theirs.
    pub places: BTreeMap<CommentId, Anchor>,
    /// Conversations that somebody kept.
    pub conversations: Vec<NamedConversation>,
    /// The files that its texts link to, by name.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A kept conversation in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedConversation {
    /// What it is called.
    pub name: String,
    /// When it was kept.
    pub at: Millis,
    /// The conversation.
    pub record: Record,
}

/// A bundle that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBundle {
    /// The walkthrough, and what its author should know.
    pub file: ImportedFile,
    /// What goes with it.
    pub enclosed: Enclosed,
}

/// What a bundle says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: String,
    version: String,
    walkthrough: WalkthroughId,
    title: String,
    content_hash: String,
    exported_at: Millis,
}

/// The review as it is written.
#[derive(Debug, Default, Serialize, Deserialize)]
struct ReviewFile {
    #[serde(flatten)]
    log: ReviewLog,
    #[serde(default)]
    places: BTreeMap<CommentId, Anchor>,
}
