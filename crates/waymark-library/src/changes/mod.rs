//! What was written, in order: by this process and by every other that has the library open.

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use waymark_core::error::{Error, Result};

use crate::Library;

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A draft: `id` is its id.
    Draft,
    /// A revision was put by: `id` is the walkthrough's.
    Revision,
    /// A sync base: `id` is the walkthrough's.
    SyncBase,
    /// A connection: `id` is its id.
    Connection,
    /// Remembered servers: `id` is the connection's.
    Servers,
    /// Preview learners: `id` is the walkthrough's.
    Learner,
}

/// One write, after its commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Change {
    /// Counts up; below 2^53.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub seq: i64,
    /// What it is about.
    pub what: What,
    /// Which one.
    pub id: String,
    /// Who wrote: whatever the writer passed as `origin`.
    pub origin: String,
}

/// The changes after `seq`, oldest first. The oldest of all are forgotten after some ten thousand.
///
/// # Errors
/// Those of the file.
pub async fn since(_library: &Library, _seq: i64) -> Result<Vec<Change>> {
    Err(Error::bug("Not there yet."))
}

/// The last change's number; 0 where there was none.
///
/// # Errors
/// Those of the file.
pub async fn latest(_library: &Library) -> Result<i64> {
    Err(Error::bug("Not there yet."))
}

/// Every change from now on: own ones at once, other processes' within a second. A receiver that lags behind should
/// read everything anew.
pub fn watch(_library: &Library) -> broadcast::Receiver<Change> {
    broadcast::channel(1).1
}
