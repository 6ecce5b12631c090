//! A library's folder that nobody has open, for putting another file in the library's place.
//!
//! At no moment is there no library: the new file is complete beside the old one before it takes its name. A log of the
//! old file never meets the new one, which it would destroy.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use waymark_core::error::{Code, Error, Result};

use crate::{
    copies,
    failure::{self, Attempted},
    file::{self, Place},
};

/// The folder, held. Whoever opens the library waits until this is dropped.
#[derive(Debug)]
pub struct Seat {
    place: Place,
    _lock: Option<File>,
}

impl Seat {
    /// Takes the folder.
    ///
    /// # Errors
    /// `Conflict` where another program has the library open, `LibraryReadOnly` where the folder cannot be written.
    pub fn take(dir: &Path) -> Result<Seat> {
        fs::create_dir_all(dir).map_err(|error| failure::not_writable(dir, error))?;
        let place = Place::of(dir);
        let lock = fs::OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&place.lock);
        let lock = lock.map_err(|error| failure::not_writable(&place.lock, error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Seat { place, _lock: Some(lock) }),
            Err(fs::TryLockError::WouldBlock) => {
                Err(Error::new(Code::Conflict, "Another program has this library open.").with_hint(
                    "Nothing was changed. Close Waymark's window and every `waymark serve` on it, and try again; or do it in that window: Settings, Backups.",
                ))
            }
            Err(fs::TryLockError::Error(error)) => {
                tracing::warn!(%error, "the library's folder does not support locks");
                Ok(Seat { place, _lock: None })
            }
        }
    }

    /// The library's file; there may be none.
    pub fn library(&self) -> &Path {
        &self.place.library
    }

    /// Copies the library's files, log included, byte for byte into a new folder.
    ///
    /// # Errors
    /// `LibraryReadOnly` where they cannot be written.
    pub fn set_aside(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).map_err(|error| copies::not_written(folder, error))?;
        for from in [&self.place.library, &self.place.wal] {
            let Some(name) = from.file_name().filter(|_| from.exists()) else { continue };
            let to = folder.join(name);
            copy(from, &to).map_err(|error| copies::not_written(&to, error))?;
        }
        Ok(())
    }

    /// Puts a copy of this file, which was checked, in the library's place. What was there has to be kept already.
    ///
    /// # Errors
    /// `LibraryReadOnly` where the folder cannot be written: then everything is as it was.
    pub async fn replace(&self, with: &Path) -> Result<()> {
        let Place { library, wal, .. } = &self.place;
        let incoming = copies::partial(library);
        let permissions = fs::metadata(library).map(|file| file.permissions()).ok();
        let written = copy(with, &incoming).and_then(|()| match permissions {
            Some(permissions) if !permissions.readonly() => fs::set_permissions(&incoming, permissions),
            _ => Ok(()),
        });
        if let Err(error) = written {
            fs::remove_file(&incoming).ok();
            return Err(failure::not_writable(library, error));
        }
        // A sound file takes its log in, so that being cut off here leaves it whole. A damaged one was set aside with it.
        if let Err(error) = take_in_log(library).await {
            tracing::warn!(?error, "the log of the file that is replaced could not be taken in");
        }
        let shared: PathBuf = library.with_extension("sqlite-shm");
        for gone in [wal, &shared] {
            match fs::remove_file(gone) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(failure::not_writable(gone, error));
                }
                _ => {}
            }
        }
        let placed = fs::rename(&incoming, library).and_then(|()| copies::sync_folder(library));
        placed.map_err(|error| failure::not_writable(library, error))
    }
}

/// Whether opening the library in this folder would change its tables.
///
/// # Errors
/// Those of reading it.
pub async fn needs_migration(dir: &Path) -> Result<bool> {
    let place = Place::of(dir);
    if !place.library.is_file() {
        return Ok(false);
    }
    let mut connection = copies::connect(&place.library).await.attempted("Reading the library's version")?;
    let version = file::version(&mut connection).await;
    connection.close().await.ok();
    Ok((1..file::known_version()).contains(&version?))
}

async fn take_in_log(library: &Path) -> sqlx::Result<()> {
    if !library.is_file() {
        return Ok(());
    }
    let options = SqliteConnectOptions::new().filename(library).busy_timeout(Duration::from_secs(5));
    let options = options.optimize_on_close(false, None).disable_statement_logging();
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let taken = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await;
    connection.close().await?;
    taken.map(|_| ())
}

/// A copy that is on the disk when this returns.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::copy(from, to)?;
    File::options().write(true).open(to)?.sync_all()
}
