//! The files themselves. The only place that touches them.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use waymark_core::{
    attachment::{self, Attachment},
    error::{Code, Error, Result},
    id::WalkthroughId,
};

use crate::{Library, failure};

/// Bytes that tell what a file is.
const START: u64 = 16;
/// What is being written. A name of ours never begins with a dot.
const PARTIAL: &str = ".part-";

/// The folder of all of them.
pub(super) fn root(library: &Library) -> PathBuf {
    library.path().parent().unwrap_or(Path::new(".")).join(attachment::FOLDER)
}

pub(super) fn folder(library: &Library, id: &WalkthroughId) -> PathBuf {
    root(library).join(attachment::folder_name(id))
}

/// The names of the walkthroughs' folders.
pub(super) fn folders(root: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(root, error)),
    };
    let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let found = entries.filter_map(io::Result::ok).filter(is_folder);
    let mut names: Vec<String> = found.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

pub(super) fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, error)),
    };
    let is_file = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_file());
    let named = entries.filter_map(io::Result::ok).filter(is_file);
    let mut names: Vec<String> = named.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| attachment::is_name(name));
    names.sort();
    Ok(names)
}

pub(super) fn list(folder: &Path) -> Result<Vec<Attachment>> {
    names(folder)?.into_iter().map(|name| describe(folder, name)).collect()
}

pub(super) fn add(folder: &Path, name: &str, bytes: &[u8]) -> Result<Attachment> {
    fs::create_dir_all(folder).map_err(|error| failure::not_writable(folder, error))?;
    let is_other = |name: &str| {
        let path = folder.join(name);
        // A link that leads nowhere is taken too: nothing is written through it.
        path.symlink_metadata().is_ok() && fs::read(&path).map_or(true, |known| known != bytes)
    };
    let name = attachment::free_name(name, is_other);
    let path = folder.join(&name);
    if path.exists() {
        // It is wanted anew: nobody takes it away as unused meanwhile.
        let touched = File::options().append(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        if let Err(error) = touched {
            tracing::debug!(%error, "a file that is added again keeps its old time");
        }
    } else {
        write_whole(folder, &path, bytes).map_err(|error| failure::not_writable(&path, error))?;
    }
    describe(folder, name)
}

/// The bytes of a file that is small enough to be shown.
pub(super) fn read(folder: &Path, name: &str) -> Result<Option<Vec<u8>>> {
    let path = folder.join(name);
    let file = open(&path, name)?;
    let mut bytes = Vec::new();
    let read = file.take(attachment::SHOWN_MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&path, error))?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= attachment::SHOWN_MAX_BYTES))
}

pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    let names = names(from)?;
    if names.is_empty() {
        return Ok(());
    }
    fs::create_dir_all(to).map_err(|error| failure::not_writable(to, error))?;
    for name in names {
        let path = to.join(&name);
        fs::copy(from.join(&name), &path).map_err(|error| failure::not_writable(&path, error))?;
    }
    Ok(())
}

fn describe(folder: &Path, name: String) -> Result<Attachment> {
    let path = folder.join(&name);
    let file = open(&path, &name)?;
    let bytes = file.metadata().map_err(|error| unreadable(&path, error))?.len();
    let mut start = Vec::new();
    file.take(START).read_to_end(&mut start).map_err(|error| unreadable(&path, error))?;
    Ok(Attachment::new(name, bytes, &start))
}

/// Opens a file of the folder; what a link leads to is none.
fn open(path: &Path, name: &str) -> Result<File> {
    let is_file = path.symlink_metadata().is_ok_and(|known| known.is_file());
    if !is_file {
        return Err(attachment::no_such(name));
    }
    File::open(path).map_err(|error| unreadable(path, error))
}

/// The name appears once all bytes are on the disk.
pub(super) fn write_whole(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let partial = folder.join(format!("{PARTIAL}{}", std::process::id()));
    let written = File::create(&partial).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&partial, path));
    if done.is_err() {
        // What is left of it is in nobody's way, and its name says what it is.
        let _ = fs::remove_file(&partial);
    }
    done
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::new(Code::LibraryReadOnly, format!("`{}` cannot be read.", path.display()))
        .with_hint("Check the rights of the library's folder.")
        .with_source(source)
}
