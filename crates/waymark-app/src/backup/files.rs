//! The files beside walkthroughs, as backups hold them.
//!
//! All backups of a library share one pool, in which a file lies under the hash of its bytes: however many backups hold it,
//! it is there once. What a backup holds is a list beside it. A file leaves the pool when no list names it any more.

use std::{
    collections::{BTreeMap, HashSet},
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use waymark_core::{
    attachment::{self, is_name},
    error::{Code, Error, Result},
    hash,
    json::FreeJson,
};

use super::Backups;

/// The folder with the files of all backups.
const POOL: &str = "files";
/// Takes the place of `.sqlite` in the name of a backup's list.
const LIST: &str = "files.json";

/// A backup's list: by `folder/name`.
type List = BTreeMap<String, Held>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    sha256: String,
    bytes: u64,
}

/// Puts the library's files into the pool and notes them as those of the backup `name`. Gives how many there are.
///
/// # Errors
/// `LibraryReadOnly` where one cannot be read, or the pool cannot be written.
pub(super) fn keep(backups: &Backups, name: &str) -> Result<u32> {
    let mut list = List::new();
    for (key, path) in beside(&backups.library)? {
        let bytes = fs::read(&path).map_err(|error| unreadable(&path, error))?;
        let held = Held { sha256: hash::of_bytes(&bytes), bytes: bytes.len() as u64 };
        let place = place(backups, &held);
        if !place.exists() {
            write_whole(&place, &bytes)?;
        }
        list.insert(key, held);
    }
    let count = list.len() as u32;
    if count > 0 {
        write_whole(&list_of(backups, name), FreeJson::of(&list).as_str().as_bytes())?;
    }
    Ok(count)
}

/// Whether the pool still holds the files of a backup as they were. Gives how many it holds.
///
/// # Errors
/// `LibraryDamaged` naming the first that is another or missing.
pub(super) fn verify(backups: &Backups, name: &str) -> Result<u32> {
    let list = read(backups, name)?;
    for (key, held) in &list {
        sound(backups, key, held)?;
    }
    Ok(list.len() as u32)
}

/// Puts the files of a backup back where they were. What the library has beside them stays. Gives those that the pool does
/// not hold as they were: they are left out. A damaged list leaves out all of them and is named itself.
///
/// # Errors
/// `LibraryReadOnly` where one cannot be written.
pub(super) fn put_back(backups: &Backups, name: &str) -> Result<Vec<String>> {
    let list = match read(backups, name) {
        Ok(list) => list,
        Err(error) if error.code == Code::LibraryDamaged => {
            tracing::warn!(?error, "the files of a backup were not put back");
            return Ok(vec![list_of(backups, name).display().to_string()]);
        }
        Err(error) => return Err(error),
    };
    let mut left_out = Vec::new();
    for (key, held) in &list {
        let Some((folder, file)) = key.split_once('/').filter(|(folder, file)| is_name(folder) && is_name(file)) else {
            tracing::warn!(key, "a list of files names something that is no file of a walkthrough");
            continue;
        };
        let target = backups.library.join(attachment::FOLDER).join(folder).join(file);
        let is_there = fs::read(&target).is_ok_and(|bytes| hash::of_bytes(&bytes) == held.sha256);
        if is_there {
            continue;
        }
        match sound(backups, key, held) {
            Ok(bytes) => write_whole(&target, &bytes)?,
            Err(_) => left_out.push(key.clone()),
        }
    }
    Ok(left_out)
}

/// Removes the lists of backups that are gone, and what no list names any more.
pub(super) fn tidy(backups: &Backups) {
    if let Err(error) = remove_unnamed(backups) {
        // A file too many is in nobody's way.
        tracing::warn!(?error, "the files of old backups were not removed");
    }
}

fn remove_unnamed(backups: &Backups) -> Result<()> {
    let mut named = HashSet::new();
    for entry in entries(&backups.folder)? {
        let file = entry.file_name().to_string_lossy().into_owned();
        let Some(name) = file.strip_suffix(LIST).map(|stem| format!("{stem}sqlite")) else { continue };
        if backups.folder.join(&name).is_file() {
            // A list that cannot be read keeps the whole pool.
            named.extend(read(backups, &name)?.into_values().map(|held| held.sha256));
        } else {
            fs::remove_file(entry.path()).map_err(|error| unreadable(&entry.path(), error))?;
        }
    }
    for entry in entries(&backups.folder.join(POOL))? {
        if !named.contains(entry.file_name().to_string_lossy().as_ref()) {
            fs::remove_file(entry.path()).map_err(|error| unreadable(&entry.path(), error))?;
        }
    }
    Ok(())
}

fn read(backups: &Backups, name: &str) -> Result<List> {
    let path = list_of(backups, name);
    match fs::read_to_string(&path) {
        Ok(text) => FreeJson::parse(&text).and_then(|json| json.read()).map_err(|error| {
            Error::new(Code::LibraryDamaged, format!("The list `{}` of a backup's files is damaged.", path.display()))
                .with_hint("Restoring this backup brings back its texts without files.")
                .with_source(error)
        }),
        // Of a library without files, or of a time when backups held none.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(List::new()),
        Err(error) => Err(unreadable(&path, error)),
    }
}

/// The bytes of a file in the pool, as they were.
fn sound(backups: &Backups, key: &str, held: &Held) -> Result<Vec<u8>> {
    let bytes = fs::read(place(backups, held)).ok().filter(|bytes| hash::of_bytes(bytes) == held.sha256);
    bytes.ok_or_else(|| {
        Error::new(Code::LibraryDamaged, format!("The backup's file `{key}` is missing or is not what it was."))
            .with_hint("Restoring this backup leaves the file out and brings back everything else.")
    })
}

/// The files of all walkthroughs of a library, by `folder/name`. What links lead to is none of them.
fn beside(library: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for folder in entries(&library.join(attachment::FOLDER))? {
        if !folder.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        for file in entries(&folder.path())? {
            let (folder, name) = (folder.file_name(), file.file_name());
            let (Some(folder), Some(name)) = (folder.to_str(), name.to_str()) else { continue };
            if file.file_type().is_ok_and(|kind| kind.is_file()) && is_name(name) {
                found.push((format!("{folder}/{name}"), file.path()));
            }
        }
    }
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.filter_map(io::Result::ok).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(unreadable(folder, error)),
    }
}

fn list_of(backups: &Backups, name: &str) -> PathBuf {
    backups.folder.join(name).with_extension(LIST)
}

fn place(backups: &Backups, held: &Held) -> PathBuf {
    backups.folder.join(POOL).join(&held.sha256)
}

/// The name appears once all bytes are on the disk.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = fs::create_dir_all(folder).and_then(|()| {
        let mut file = tempfile::Builder::new().prefix(".part-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map(drop).map_err(|error| error.error)
    });
    written.map_err(|error| {
        Error::new(Code::LibraryReadOnly, format!("`{}` cannot be written.", path.display()))
            .with_hint("Free some space, or give yourself the right to write there.")
            .with_source(error)
    })
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::new(Code::LibraryReadOnly, format!("`{}` cannot be read.", path.display()))
        .with_hint("Check its rights.")
        .with_source(source)
}
