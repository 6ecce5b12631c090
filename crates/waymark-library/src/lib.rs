//! The draft library: one SQLite file, and the operations on it.
//!
//! Every operation is a function that takes the [`Library`] first. A write to a walkthrough is always one `Edit`, stored
//! with its inverse in the same transaction; an acknowledged write is on the disk. Several processes may have the
//! library open: a write waits for another's, and each learns of the others' through [`changes`].
//!
//! Rows never leave this crate: stores take and return the types of `waymark-core`. There are no passwords here.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{Sqlite, SqlitePool, Transaction};
use waymark_core::{
    error::{Error, Result},
    id::Random,
    render::elsewhere::{self, Carry},
    walkthrough::Millis,
};

use crate::{
    changes::watch::Watch,
    drafts::cache::Cache,
    failure::Attempted,
    file::{OpenFile, ReadOnly},
    integrity::Integrity,
};

pub mod agent_run;
pub mod assignments;
pub mod attachments;
pub mod bulk;
pub mod calls;
pub mod changes;
pub mod compaction;
pub mod connections;
pub mod conversations;
pub mod copies;
pub mod drafts;
pub mod edits;
mod failure;
mod file;
pub mod flow;
pub mod history;
mod integrity;
pub mod learners;
pub mod lint;
mod marks;
pub mod merge;
#[cfg(test)]
mod migration_tests;
pub mod publish;
pub mod quiz;
pub mod release;
pub mod replace;
pub mod review;
pub mod revisions;
pub mod salvage;
pub mod search;
pub mod seat;
pub mod servers;
pub mod snippets;
pub mod sync;
pub mod templates;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod wordings;
mod write;

/// How long after the start the file is checked in the background: out of the way of the window's first seconds, and
/// never for a command that is done sooner.
const CHECK_AFTER: Duration = Duration::from_secs(5);

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
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    env: Env,
    file: OpenFile,
    integrity: Integrity,
    cache: Cache,
    watch: Watch,
    has_written: AtomicBool,
    carry: OnceLock<Carry>,
}

impl Library {
    /// Opens `dir/library.sqlite`, creating folder and file where they are missing, and brings its tables up to date.
    ///
    /// A library that a newer Waymark wrote, or that cannot be written where it lies, opens for reading; see
    /// [`Library::read_only_reason`].
    ///
    /// # Errors
    /// `LibraryReadOnly` where there is none and none can be made, `LibraryDamaged` where the file is no library.
    pub async fn open(dir: &Path, env: Env) -> Result<Library> {
        let file = file::open(dir).await?;
        let integrity = Integrity::new(file.ended_uncleanly);
        let watch = Watch::new(changes::latest_of(&file.readers).await?);
        let inner = Inner {
            path: dir.join("library.sqlite"),
            env,
            file,
            integrity,
            cache: Cache::default(),
            watch,
            has_written: AtomicBool::new(false),
            carry: OnceLock::new(),
        };
        let library = Library { inner: Arc::new(inner) };
        library.tidy_later();
        Ok(library)
    }

    /// Where wordings run that are not built in, from now on. Told once, by whoever opens the library for a door; until
    /// then they run here, within the limits of the engine.
    pub fn run_wordings_elsewhere(&self, carry: Carry) {
        if self.inner.carry.set(carry).is_err() {
            tracing::debug!("where wordings run was told already");
        }
    }

    /// Where wordings run that are not built in.
    pub fn carry(&self) -> Carry {
        self.inner.carry.get().copied().unwrap_or(elsewhere::here)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Why writes are refused, if they are: the sentence that a write would fail with.
    pub fn read_only_reason(&self) -> Option<&str> {
        self.inner.file.read_only.as_ref().map(|read_only| read_only.reason.as_str())
    }

    /// Whether anything that others hear of was written through this value, or was about to be.
    pub fn has_written(&self) -> bool {
        self.inner.has_written.load(Ordering::Relaxed)
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.inner.file.readers.is_closed()
    }

    /// What keeps writes from being made now, if anything: also what came up after the library was opened.
    pub fn trouble(&self) -> Option<Error> {
        let file = &self.inner.file;
        let refusal = file.read_only.as_ref().map(ReadOnly::refusal);
        refusal.or_else(|| file.check_place().err()).or_else(|| self.inner.integrity.known_damage())
    }

    /// Puts a file that was deleted or moved away while it was open back where it was, if nothing is there now.
    ///
    /// # Errors
    /// `LibraryReadOnly` where it cannot be written.
    pub async fn put_back(&self) -> Result<bool> {
        self.inner.file.put_back().await
    }

    /// Closes the library cleanly. Without it, if anything was written, somebody's next first write is preceded by a check
    /// of the file.
    pub async fn close(&self) {
        self.inner.watch.stop().await;
        self.inner.file.readers.close().await;
        if let Some(writer) = &self.inner.file.writer {
            writer.close().await;
        }
        if let Some(marks) = &self.inner.file.marks {
            marks.clear();
        }
        // Whoever opens it from here on finds nobody there, even while clones of this value live on.
        if let Some(lock) = &self.inner.file.lock {
            let _ = lock.unlock();
        }
    }

    /// Checks the whole file, once per process.
    ///
    /// # Errors
    /// `LibraryDamaged` naming what is wrong.
    pub async fn check(&self) -> Result<()> {
        self.inner.integrity.check(&self.inner.file.readers).await?;
        self.settle_marks();
        Ok(())
    }

    /// What killed processes left behind is settled.
    fn settle_marks(&self) {
        if let Some(marks) = &self.inner.file.marks {
            marks.forget_left();
        }
    }

    pub(crate) fn now(&self) -> Millis {
        (self.inner.env.now)()
    }

    pub(crate) fn random(&self) -> Random {
        self.inner.env.random
    }

    pub(crate) fn cache(&self) -> &Cache {
        &self.inner.cache
    }

    /// Connections for reading. For more than one statement that belong together use [`Library::snapshot`].
    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.inner.file.readers
    }

    /// A read of one moment, whatever others write meanwhile.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'static, Sqlite>> {
        self.inner.file.readers.begin().await.attempted("Reading the library")
    }

    /// The connection for writing, where writing is allowed.
    pub(crate) async fn writer(&self) -> Result<&SqlitePool> {
        let file = &self.inner.file;
        let Some(writer) = &file.writer else {
            return Err(file
                .read_only
                .as_ref()
                .map_or_else(|| Error::bug("Nothing can be written."), ReadOnly::refusal));
        };
        file.check_place()?;
        self.inner.integrity.before_write(&file.readers).await?;
        if let Some(marks) = &file.marks {
            marks.set();
        }
        // Where marks were left, the check came first.
        self.settle_marks();
        Ok(writer)
    }

    /// A write is about to be made for good.
    pub(crate) fn note_writing(&self) {
        self.inner.has_written.store(true, Ordering::Relaxed);
    }

    /// Tells everybody that changes up to `seq` are on the disk.
    pub(crate) fn committed(&self, seq: i64) {
        self.inner.watch.committed(seq);
    }

    async fn tidy(&self) {
        // What the check finds is kept, refuses writes from then on, and is in the log.
        if self.check().await.is_ok() && self.read_only_reason().is_none() {
            let emptied = drafts::trash::empty(self, self.now(), "tidying").await.map(drop);
            let pruned = edits::pruning::prune_oldest(self).await;
            let derived = drafts::derive::refresh_all(self).await;
            // After the journal: what undo can no longer bring back means no file.
            let cleaned = attachments::clean_up(self, self.now()).await.map(drop);
            let indexed = search::indexing::catch_up(self).await;
            // Last: what the others let go of is room to give back.
            let compacted = compaction::tidy(self).await;
            for done in [emptied, pruned, derived, cleaned, indexed, compacted] {
                if let Err(error) = done {
                    tracing::warn!(?error, "the library was not tidied up");
                }
            }
        }
    }

    /// What a program that stays open does when nobody is waiting.
    fn tidy_later(&self) {
        let inner = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            tokio::time::sleep(CHECK_AFTER).await;
            let Some(inner) = inner.upgrade() else { return };
            let library = Library { inner };
            if !library.readers().is_closed() {
                library.tidy().await;
            }
        });
    }
}
