//! The files that the person chose in this run, in a dialog or by dropping them.
//!
//! The window may read and write these and no others: whatever runs in it, it cannot name a path of its own.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
};

use waymark_core::error::{Code, Error, Result};

/// The chosen paths, for reading and for writing.
#[derive(Debug, Default)]
pub struct ChosenFiles {
    to_read: Mutex<HashSet<PathBuf>>,
    to_write: Mutex<HashSet<PathBuf>>,
}

impl ChosenFiles {
    /// The person chose these for reading.
    pub fn allow_reading<'a>(&self, paths: impl IntoIterator<Item = &'a Path>) {
        locked(&self.to_read).extend(paths.into_iter().map(Path::to_path_buf));
    }

    /// The person chose this for writing.
    pub fn allow_writing(&self, path: &Path) {
        locked(&self.to_write).insert(path.to_path_buf());
    }

    /// Checks paths that the window wants to read.
    ///
    /// # Errors
    /// `Refused` for the first that nobody chose.
    pub fn check_reading(&self, paths: &[PathBuf]) -> Result<()> {
        let chosen = locked(&self.to_read);
        paths.iter().find(|path| !chosen.contains(*path)).map_or(Ok(()), |path| Err(not_chosen(path)))
    }

    /// Checks a path that the window wants to write.
    ///
    /// # Errors
    /// `Refused` where nobody chose it.
    pub fn check_writing(&self, path: &Path) -> Result<()> {
        if locked(&self.to_write).contains(path) { Ok(()) } else { Err(not_chosen(path)) }
    }
}

fn locked(paths: &Mutex<HashSet<PathBuf>>) -> MutexGuard<'_, HashSet<PathBuf>> {
    paths.lock().expect("BUG: nothing panics while it holds the chosen files")
}

fn not_chosen(path: &Path) -> Error {
    Error::new(Code::Refused, format!("The file `{}` was not chosen in a dialog.", path.display()))
        .with_hint("Choose it again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_chosen_files_are_read_and_only_for_that() {
        let files = ChosenFiles::default();
        let chosen = PathBuf::from("/home/me/tour.json");
        files.allow_reading([chosen.as_path()]);
        assert!(files.check_reading(std::slice::from_ref(&chosen)).is_ok());
        assert!(files.check_writing(&chosen).is_err());
        let error = files.check_reading(&[chosen, PathBuf::from("/etc/shadow")]).unwrap_err();
        assert_eq!(error.code, Code::Refused);
        assert!(error.message.contains("/etc/shadow"));
    }
}
