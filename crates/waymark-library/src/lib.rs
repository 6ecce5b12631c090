//! The draft library: one SQLite file, and the operations on it.
//!
//! Every operation is a function that takes the [`Library`] first. A write to a walkthrough is always one `Edit`, stored
//! with its inverse in the same transaction; an acknowledged write is on the disk. Several processes may have the
//! library open: a write waits for another's, and each learns of the others' through [`changes`].
//!
//! Rows never leave this crate: stores take and return the types of `waymark-core`. There are no passwords here.

use std::{path::Path, sync::Arc};

use waymark_core::{
    error::{Error, Result},
    id::Random,
    walkthrough::Millis,
};

pub mod changes;
pub mod connections;
pub mod drafts;
pub mod edits;
pub mod revisions;
pub mod servers;
pub mod sync;

/// Time and randomness, passed in so that tests can fix them.
#[derive(Clone, Copy)]
pub struct Env {
    /// The clock.
    pub now: fn() -> Millis,
    /// The source of new ids.
    pub random: Random,
}

/// An open library. Clones share it.
#[derive(Clone)]
pub struct Library {
    _inner: Arc<()>,
}

impl Library {
    /// Opens `dir/library.sqlite`, creating folder and file where they are missing, and brings its tables up to date.
    ///
    /// A library that a newer Waymark wrote opens for reading; see [`Library::read_only_reason`].
    ///
    /// # Errors
    /// `LibraryReadOnly` where the folder or file cannot be written, `LibraryDamaged` where the file is no library.
    pub async fn open(_dir: &Path, _env: Env) -> Result<Library> {
        Err(Error::bug("Not there yet."))
    }

    /// Why writes are refused, if they are: the sentence that a write would fail with.
    pub fn read_only_reason(&self) -> Option<String> {
        None
    }

    /// Closes the library cleanly. Without it the next first write is preceded by a check of the file.
    pub async fn close(&self) {}

    /// Checks the whole file now.
    ///
    /// # Errors
    /// `LibraryDamaged` naming what is wrong.
    pub async fn check(&self) -> Result<()> {
        Err(Error::bug("Not there yet."))
    }
}
