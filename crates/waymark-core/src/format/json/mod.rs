//! JSON export 1.0: the file that the platform's export button makes, and that people write by hand.
//!
//! Either a whole export (`version`, `exportedAt`, `walkthrough`, `steps`) or a bare list of steps. Nothing in a file is
//! lost on the way through the library: what the model has no place for is kept in [`record`] and written back. Ids
//! travel in our own extension key `waymark`, which other readers ignore. `docs/formats.md` tells the whole format.

mod members;
mod read;
mod read_steps;
mod record;
mod text;
mod write;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::walkthrough::Walkthrough;

pub(crate) use self::text::{compact, pretty};
pub use self::{read::read, write::write};

/// The only version of the format.
pub const VERSION: &str = "1.0";

/// A file that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// What it holds. Ids that the file does not name are new.
    pub walkthrough: Walkthrough,
    /// Whether the file has nothing but steps: the rest of the walkthrough is made up.
    pub is_bare_list: bool,
    /// What was assumed or is incomplete; none of it prevents the import.
    pub warnings: Vec<Warning>,
}

/// Something about a file that its author should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Warning {
    /// Where, e.g. `$.steps[2].contentFields`.
    pub path: String,
    /// What, in a sentence.
    pub message: String,
}
