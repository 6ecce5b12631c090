//! Where Waymark keeps its files.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use waymark_core::error::{Code, Error, Result};

/// The folder with the library, the logs and the sandbox: the one that was asked for, else the app's own.
///
/// # Errors
/// `EnvironmentMissing` where none was asked for and the system names no home folder.
pub fn data_dir(asked_for: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = asked_for {
        return std::path::absolute(&folder).map_err(|error| {
            Error::invalid(format!("`{}` is no usable folder.", folder.display())).with_source(error)
        });
    }
    let own = own().ok_or_else(|| {
        Error::new(Code::EnvironmentMissing, "There is no home folder to keep the library in.")
            .with_hint("Set `HOME`, or name a folder with `--library DIR`.")
    })?;
    Ok(own.data_dir().to_owned())
}

/// How another start of Waymark is told of this folder: not at all where it is the app's own.
pub fn library_arguments(folder: &Path) -> Vec<String> {
    match own() {
        Some(own) if own.data_dir() == folder => Vec::new(),
        _ => vec!["--library".to_owned(), folder.display().to_string()],
    }
}

/// The folder below which backups are: the one that was asked for, else the system's place for what programs keep beside
/// their data. Never within a library's folder by itself.
///
/// # Errors
/// `EnvironmentMissing` where none was asked for and the system names no home folder.
pub fn backups_dir(asked_for: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = asked_for {
        return data_dir(Some(folder));
    }
    let own = own().ok_or_else(|| {
        Error::new(Code::EnvironmentMissing, "There is no home folder to keep backups in.")
            .with_hint("Set `HOME`, or name a folder with WAYMARK_BACKUPS.")
    })?;
    Ok(own.state_dir().unwrap_or_else(|| own.data_local_dir()).join("backups"))
}

/// A name that is the same for the same path: its last part, to be read, and a hash.
pub fn name_of(path: &Path) -> String {
    let last = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let last: String = last.chars().filter(|character| character.is_ascii_alphanumeric()).take(24).collect();
    format!("{last}-{:016x}", hash_of(path))
}

/// FNV-1a: small, and the same in every version of Waymark.
pub fn hash_of(path: &Path) -> u64 {
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The folder with what a person chose about the window, whichever library it shows. `None` where there is no home folder:
/// then nothing is remembered.
pub fn config_dir() -> Option<PathBuf> {
    own().map(|own| own.config_dir().to_owned())
}

fn own() -> Option<ProjectDirs> {
    ProjectDirs::from("app", "Waymark", "waymark")
}
