//! Giving back the room that a library no longer needs.
//!
//! What can be taken back, named snapshots, and what went to production or came from there are never touched: the bounds are
//! those of `waymark_core::history::keeping`, and a file that is compacted says the same as before. Beyond that, calls of agents
//! that are older than [`CALLS_KEPT`] go, the indexes of the search are merged, and pages that nothing uses leave the file.

use serde::{Deserialize, Serialize};
use waymark_core::error::Result;

use crate::{Library, changes, edits::pruning, search::indexing};

mod store;
#[cfg(test)]
mod tests;

/// How long calls of agents on the drafts are kept, in milliseconds: 90 days.
pub const CALLS_KEPT: i64 = 90 * 24 * 60 * 60_000;

/// So much has to be unused before a file is written anew by itself.
const UNUSED_MIN: u64 = 16 << 20;
/// A larger file is not written anew by itself, while somebody may want to write: a quarter of a gigabyte takes a second
/// or two.
const BYTES_MAX: u64 = 256 << 20;

/// How large the library's file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSize {
    /// Bytes of it all.
    pub bytes: u64,
    /// Bytes of those that nothing uses.
    pub unused_bytes: u64,
}

/// What compacting did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compacted {
    /// How large the file was.
    pub before: FileSize,
    /// How large it is.
    pub after: FileSize,
}

impl FileSize {
    /// Whether writing the file anew gives back much, in little time.
    fn is_worth_it(self) -> bool {
        self.unused_bytes >= UNUSED_MIN && self.unused_bytes * 4 >= self.bytes && self.bytes <= BYTES_MAX
    }
}

/// How large the library's file is.
///
/// # Errors
/// Those of the file.
pub async fn size(library: &Library) -> Result<FileSize> {
    store::size(library).await
}

/// Forgets what is beyond its bound, merges the indexes, and writes the file anew without what nothing uses.
///
/// # Errors
/// `LibraryReadOnly`, `LibraryDamaged`, `LibraryBusy` where another program is writing. The library is whole in any case.
pub async fn compact(library: &Library) -> Result<Compacted> {
    let before = store::size(library).await?;
    forget(library).await?;
    indexing::catch_up(library).await?;
    store::merge_indexes(library).await?;
    store::write_anew(library).await?;
    Ok(Compacted { before, after: store::size(library).await? })
}

/// The part of it that goes on by itself while a program is open and nobody waits.
pub(crate) async fn tidy(library: &Library) -> Result<()> {
    forget(library).await?;
    if store::size(library).await?.is_worth_it() {
        store::write_anew(library).await?;
    }
    Ok(())
}

async fn forget(library: &Library) -> Result<()> {
    pruning::prune_oldest(library).await?;
    changes::forget_oldest(library).await?;
    store::forget_calls(library, library.now().0 - CALLS_KEPT).await
}
