//! Who has written to the library and has not closed it yet: a file beside it for each such process, locked as long as the
//! process lives, and removed when it closes the library. One that nobody holds was left by a process that was killed.
//!
//! The log of SQLite says so too, but not for long: whoever opens the library next, if only to read, takes the log in. A
//! mark stays until the file was found to be sound. It is made before the first write and never by those who only read.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What a mark's name begins with.
const PREFIX: &str = "library.writer-";

/// The marks in a library's folder, as one process sees them.
pub(crate) struct Marks {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    own: Option<(PathBuf, File)>,
    has_tried: bool,
    /// Of processes that were killed.
    left: Vec<PathBuf>,
}

impl Marks {
    /// Looks for what was left.
    pub(crate) fn look(folder: &Path) -> Self {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let marks = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
        let left = marks.map(|entry| entry.path()).filter(|mark| is_left(mark)).collect();
        Self { folder: folder.to_owned(), state: Mutex::new(State { left, ..State::default() }) }
    }

    /// Whether somebody who was writing went away without closing the library.
    pub(crate) fn are_left(&self) -> bool {
        !self.locked().left.is_empty()
    }

    /// This process writes from now on. Where no mark can be made, only the log will tell.
    pub(crate) fn set(&self) {
        let mut state = self.locked();
        if std::mem::replace(&mut state.has_tried, true) {
            return;
        }
        match make(&self.folder) {
            Ok(own) => state.own = Some(own),
            Err(error) => tracing::warn!(%error, "it could not be marked that the library is written"),
        }
    }

    /// The file was found to be sound: what was left has said what it had to say.
    pub(crate) fn forget_left(&self) {
        for mark in self.locked().left.drain(..) {
            remove(&mark);
        }
    }

    /// Everything is written and closed.
    pub(crate) fn clear(&self) {
        let mut state = self.locked();
        state.has_tried = false;
        if let Some((mark, _file)) = state.own.take() {
            remove(&mark);
        }
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether nobody holds it. Where there are no locks it cannot be known: the file is then checked once more than needed.
fn is_left(mark: &Path) -> bool {
    File::open(mark).is_ok_and(|file| !matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// A mark is locked before it has its name, so that nobody takes it for one that was left.
fn make(folder: &Path) -> std::io::Result<(PathBuf, File)> {
    let unnamed = tempfile::Builder::new().prefix(".writer-").tempfile_in(folder)?;
    if let Err(error) = unnamed.as_file().try_lock() {
        tracing::warn!(%error, "the library's folder does not support locks");
    }
    let name = unnamed.path().file_name().unwrap_or_default().to_string_lossy().replacen(".writer-", PREFIX, 1);
    let mark = folder.join(name);
    let file = unnamed.persist_noclobber(&mark).map_err(|error| error.error)?;
    Ok((mark, file))
}

fn remove(mark: &Path) {
    match fs::remove_file(mark) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%error, mark = %mark.display(), "a mark stays, and the library is checked once more");
        }
        _ => {}
    }
}
