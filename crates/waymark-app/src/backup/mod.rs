//! Backups of the library: made, listed, checked and restored; and recovery of a library that is damaged.
//!
//! They are single files in a folder outside of the library's own, so that what happens to the one does not happen to
//! the other; the files beside walkthroughs lie in a pool that all of them share. A backup counts only when it was opened and checked after it was written. Before anything takes the
//! library's place, what is there is kept: as a backup, or byte for byte where it is too damaged to be copied.

mod files;
mod recover;
#[cfg(test)]
mod tests;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;
use waymark_core::{
    backup::{self, Label, Occasion},
    error::{Code, Error, Result},
    walkthrough::Millis,
};
use waymark_library::{
    Library,
    copies::{self, Contents, Difference},
    seat::{self, Seat},
};

pub use self::recover::{Recovered, recover};
use crate::{paths, wordings::helper};

/// Tells whoever looks into the folder what it is for.
const NOTE: &str = "of-which-library.txt";

/// Where the backups of one library are.
#[derive(Debug, Clone)]
pub struct Backups {
    /// The library's folder.
    pub library: PathBuf,
    /// The folder with its backups.
    pub folder: PathBuf,
    /// The clock.
    pub now: fn() -> Millis,
}

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Backup {
    /// Its file's name, by which it is asked for.
    pub name: String,
    /// When it was made.
    pub at: Millis,
    /// Why.
    pub reason: Occasion,
    /// Its size.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub bytes: u64,
}

/// A backup that was opened and checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Checked {
    /// Which.
    #[serde(flatten)]
    pub backup: Backup,
    /// What it holds.
    pub contents: Contents,
    /// How many files beside walkthroughs it holds; `None` where they could not be kept.
    pub files: Option<u32>,
}

/// A library that a backup has taken the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Restored {
    /// What is the library now.
    pub backup: Backup,
    /// Where what was there before is kept: a backup's name, or a folder; `None` where nothing was there.
    pub kept: Option<String>,
    /// How the library before (`here`) differs from the one now (`there`), where it could be read.
    pub difference: Option<Difference>,
    /// Files beside walkthroughs that the backup no longer holds as they were, as `folder/name`: they did not come back.
    pub left_out: Vec<String>,
}

impl Backups {
    /// Of the library in this folder: below the folder that was asked for, else below the system's place for state.
    ///
    /// # Errors
    /// `EnvironmentMissing` where none was asked for and the system names no home folder.
    pub fn of(library: &Path, asked_for: Option<PathBuf>, now: fn() -> Millis) -> Result<Backups> {
        let folder = paths::backups_dir(asked_for)?.join(paths::name_of(library));
        Ok(Backups { library: library.to_owned(), folder, now })
    }

    fn path(&self, label: Label) -> PathBuf {
        self.folder.join(label.file_name())
    }

    fn library_file(&self) -> PathBuf {
        self.library.join("library.sqlite")
    }
}

/// Opens the library for a door: with a backup before its tables are brought up to date, and with wordings that run in a
/// process of their own.
///
/// # Errors
/// Those of [`Library::open`]; `LibraryReadOnly` where that backup cannot be made: then nothing is changed.
pub async fn open(backups: &Backups, env: waymark_library::Env) -> Result<Library> {
    // What cannot even be read is for opening itself to say.
    if seat::needs_migration(&backups.library).await.unwrap_or(false) {
        let made = create(backups, Occasion::BeforeMigration).await;
        let made = made.map_err(|error| match error.code {
            Code::LibraryDamaged => error,
            _ => Error::new(
                Code::LibraryReadOnly,
                format!(
                    "The library is to be brought up to date, and the backup before that failed. {}",
                    error.message
                ),
            )
            .with_hint(error.hint.as_deref().unwrap_or_default())
            .with_source(error),
        })?;
        tracing::info!(backup = made.backup.name, "a backup was made before the library is brought up to date");
    }
    let library = Library::open(&backups.library, env).await?;
    library.run_wordings_elsewhere(helper::carry);
    Ok(library)
}

/// The backups that are there, newest first.
///
/// # Errors
/// `EnvironmentMissing` where the folder cannot be read.
pub fn list(backups: &Backups) -> Result<Vec<Backup>> {
    let entries = match fs::read_dir(&backups.folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(&backups.folder, error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(&backups.folder, error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(label) = Label::of_file_name(&name) else { continue };
        let bytes = entry.metadata().map_or(0, |file| file.len());
        found.push(Backup { name, at: label.at, reason: label.reason, bytes });
    }
    found.sort_by(|one, other| (other.at, &other.name).cmp(&(one.at, &one.name)));
    Ok(found)
}

/// Makes a backup now, checks it, and removes those that are not needed any more. The library may be open and in use.
///
/// # Errors
/// `NotFound` where there is no library, `LibraryReadOnly` where the backup cannot be written, `LibraryDamaged` where the
/// library cannot be read. Then no backup was removed.
pub async fn create(backups: &Backups, reason: Occasion) -> Result<Checked> {
    let library = backups.library_file();
    if !library.is_file() {
        return Err(Error::not_found(format!("There is no library in `{}` yet.", backups.library.display()))
            .with_hint("It is made with the first walkthrough."));
    }
    prepare(backups)?;
    let mut label = Label { at: (backups.now)(), reason };
    while backups.path(label).exists() {
        label.at.0 += 1;
    }
    let contents = copies::write(&library, &backups.path(label)).await?;
    // After the texts, so that every file that they mean is among them.
    let files = keep_files(backups, &label.file_name()).await;
    rotate(backups)?;
    Ok(Checked { backup: found(backups, label)?, contents, files })
}

/// Makes the backup of the day, if something was written since the last one and there is none of today.
///
/// # Errors
/// Those of [`create`].
pub async fn create_daily(backups: &Backups, library: &Library) -> Result<Option<Checked>> {
    let known: Vec<Label> = labels(backups)?;
    let changed_at = copies::changed_at(library).await?;
    match changed_at {
        Some(changed_at) if backup::is_due(&known, changed_at, (backups.now)()) => {
            create(backups, Occasion::Daily).await.map(Some)
        }
        _ => Ok(None),
    }
}

/// The backup that is meant: `latest`, a name, or the beginning of one.
///
/// # Errors
/// `NotFound`, or `InvalidInput` where several begin so.
pub fn find(backups: &Backups, text: &str) -> Result<Backup> {
    let all = list(backups)?;
    let named = |backup: &&Backup| backup.name == text || backup.name.strip_suffix(".sqlite") == Some(text);
    let exact = if text == "latest" { all.first() } else { all.iter().find(named) };
    if let Some(backup) = exact {
        return Ok(backup.clone());
    }
    let is_meant = |backup: &&Backup| {
        !text.is_empty() && (backup.name.starts_with(text) || backup.name.starts_with(&format!("library-{text}")))
    };
    let mut meant = all.iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(backup), None) => Ok(backup.clone()),
        (Some(_), Some(_)) => Err(Error::invalid(format!("Several backups begin with `{text}`."))
            .with_hint("`waymark backup list` shows their names.")),
        _ => Err(Error::not_found(format!("There is no backup `{text}`."))
            .with_hint("`waymark backup list` shows those that there are.")),
    }
}

/// Opens a backup and checks all of it.
///
/// # Errors
/// `NotFound`, `LibraryDamaged` with what is wrong, `SchemaMismatch` where a newer Waymark made it.
pub async fn verify(backups: &Backups, name: &str) -> Result<Checked> {
    let backup = find(backups, name)?;
    let contents = copies::check(&backups.folder.join(&backup.name)).await?;
    let (of, name) = (backups.clone(), backup.name.clone());
    let files = blocking(move || files::verify(&of, &name)).await?;
    Ok(Checked { backup, contents, files: Some(files) })
}

/// How the library now (`here`) differs from a backup (`there`).
///
/// # Errors
/// `NotFound`, `LibraryDamaged`.
pub async fn difference(backups: &Backups, name: &str) -> Result<Difference> {
    let backup = find(backups, name)?;
    copies::compare(&backups.library_file(), &backups.folder.join(backup.name)).await
}

/// Puts a backup in the library's place. Nobody may have the library open, this process neither. A file beside a
/// walkthrough that is damaged keeps nothing else from coming back: it is left out, and said.
///
/// # Errors
/// `NotFound`, `LibraryDamaged` and `SchemaMismatch` of the backup, `Conflict` where somebody has the library open,
/// `LibraryReadOnly` where something cannot be written. Then the library is what it was.
pub async fn restore(backups: &Backups, name: &str) -> Result<Restored> {
    let backup = find(backups, name)?;
    let file = backups.folder.join(&backup.name);
    copies::check(&file).await?;
    let seat = Seat::take(&backups.library)?;
    let difference = copies::compare(seat.library(), &file).await.ok();
    let kept = keep(backups, &seat).await?;
    // Before the texts: files that nothing means are in nobody's way, and links without files are.
    let left_out = put_files_back(backups, &backup.name).await?;
    seat.replace(&file).await?;
    rotate(backups)?;
    tracing::info!(backup = backup.name, ?kept, ?left_out, "a backup was restored");
    Ok(Restored { backup, kept, difference, left_out })
}

/// Keeps what is there as a backup, or, where it is too damaged for one, byte for byte.
async fn keep(backups: &Backups, seat: &Seat) -> Result<Option<String>> {
    if !seat.library().is_file() {
        return Ok(None);
    }
    let label = Label { at: (backups.now)(), reason: Occasion::BeforeRestore };
    match copies::write(seat.library(), &backups.path(label)).await {
        Ok(_) => {
            // What is restored may bring other bytes under the same name.
            let (of, name) = (backups.clone(), label.file_name());
            blocking(move || files::keep(&of, &name)).await?;
            Ok(Some(label.file_name()))
        }
        Err(error) if error.code == Code::LibraryReadOnly => Err(error),
        Err(error) => {
            tracing::warn!(?error, "what is there is no sound library and is kept byte for byte");
            set_aside(backups, seat).map(|folder| Some(folder.display().to_string()))
        }
    }
}

/// Keeps the library's files byte for byte in a folder beside the backups. It is never removed.
fn set_aside(backups: &Backups, seat: &Seat) -> Result<PathBuf> {
    prepare(backups)?;
    let stamp = Label { at: (backups.now)(), reason: Occasion::Manual }.file_name();
    let stamp = stamp.trim_start_matches("library-").trim_end_matches("-manual.sqlite");
    let folder = backups.folder.join(format!("damaged-{stamp}"));
    seat.set_aside(&folder)?;
    Ok(folder)
}

fn prepare(backups: &Backups) -> Result<()> {
    let note = backups.folder.join(NOTE);
    let made = fs::create_dir_all(&backups.folder).and_then(|()| {
        if note.exists() { Ok(()) } else { fs::write(&note, format!("{}\n", backups.library.display())) }
    });
    made.map_err(|error| {
        Error::new(
            Code::LibraryReadOnly,
            format!("The backups' folder `{}` cannot be written.", backups.folder.display()),
        )
        .with_hint(
            "Free some space, give yourself the right to write there, or choose another folder with WAYMARK_BACKUPS.",
        )
        .with_source(error)
    })
}

/// A backup of the texts without the files is better than none.
async fn keep_files(backups: &Backups, name: &str) -> Option<u32> {
    let (of, name) = (backups.clone(), name.to_owned());
    match blocking(move || files::keep(&of, &name)).await {
        Ok(count) => Some(count),
        Err(error) => {
            tracing::warn!(?error, "a backup lacks the files beside walkthroughs");
            None
        }
    }
}

async fn put_files_back(backups: &Backups, name: &str) -> Result<Vec<String>> {
    let (of, name) = (backups.clone(), name.to_owned());
    blocking(move || files::put_back(&of, &name)).await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|panic| Err(Error::bug("Copying files ended early.").with_source(panic)))
}

fn rotate(backups: &Backups) -> Result<()> {
    for label in backup::superseded(&labels(backups)?) {
        if let Err(error) = fs::remove_file(backups.path(label)) {
            tracing::warn!(%error, name = label.file_name(), "an old backup was not removed");
        }
    }
    files::tidy(backups);
    Ok(())
}

fn labels(backups: &Backups) -> Result<Vec<Label>> {
    Ok(list(backups)?.into_iter().map(|backup| Label { at: backup.at, reason: backup.reason }).collect())
}

fn found(backups: &Backups, label: Label) -> Result<Backup> {
    find(backups, &label.file_name())
}

fn unreadable(folder: &Path, source: std::io::Error) -> Error {
    Error::new(Code::EnvironmentMissing, format!("The backups' folder `{}` cannot be read.", folder.display()))
        .with_hint("Check its rights, or choose another folder with WAYMARK_BACKUPS.")
        .with_source(source)
}
