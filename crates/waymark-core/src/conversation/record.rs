//! A conversation as a file: its script and the texts that an agent received, to be compared with later.

use serde::{Deserialize, Serialize};

use super::{
    compare::TurnText,
    script::{self, Script},
};
use crate::error::{Error, Result};

/// The version of the format that is written, and the only one that is read.
pub const VERSION: &str = "1.0";

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// [`VERSION`].
    pub version: String,
    /// The title of the walkthrough, for people.
    pub walkthrough: String,
    /// The content hash of the walkthrough that it was played with.
    pub content_hash: String,
    /// What happens.
    pub script: Script,
    /// The turns as they were.
    pub turns: Vec<TurnText>,
}

/// The file's text.
pub fn write(record: &Record) -> String {
    let mut text = serde_json::to_string_pretty(record).expect("BUG: a record has keys that are no strings");
    text.push('\n');
    text
}

/// Reads a file.
///
/// # Errors
/// `InvalidInput` saying what does not fit.
pub fn read(text: &str) -> Result<Record> {
    #[derive(Deserialize)]
    struct Versioned {
        version: Option<String>,
    }
    let not_ours = |error: serde_json::Error| {
        Error::invalid(format!("This is no conversation of Waymark: {error}."))
            .with_hint("Give it a file that `waymark preview --save` wrote.")
    };
    let versioned: Versioned = serde_json::from_str(text).map_err(not_ours)?;
    if let Some(version) = versioned.version.filter(|version| version != VERSION) {
        return Err(Error::invalid(format!("The conversation has the format `{version}`."))
            .with_hint(format!("This Waymark reads `{VERSION}`. Save it anew.")));
    }
    let record: Record = serde_json::from_str(text).map_err(not_ours)?;
    script::check(&record.script)?;
    Ok(record)
}
