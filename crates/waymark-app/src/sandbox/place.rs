//! Where the sandbox's files are: in the app's data folder, or beside it where the server's user could not come.
//!
//! Run as root, the server is an unprivileged user, who cannot enter a data folder below `/root`. Then the files are
//! below `/var/lib`, in a folder named after the data folder, and the data folder remembers where.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use waymark_cluster::Account;
use waymark_core::error::{Code, Error, Result};

const ELSEWHERE: &str = "/var/lib/waymark-sandbox";
/// Remembers, in the sandbox's folder, where the files are instead.
const NOTE: &str = "elsewhere";
/// Longest folder of a socket: what `sun_path` holds, less the socket's own name.
const SOCKET_FOLDER_MAX: usize = 85;

/// The folder for a sandbox of this data folder. Makes it, and remembers where it is.
///
/// # Errors
/// `EnvironmentMissing` where no folder can be made.
pub fn find(data_dir: &Path) -> Result<PathBuf> {
    if let Some(known) = known(data_dir) {
        return Ok(known);
    }
    let own = data_dir.join("sandbox");
    make(&own)?;
    let account = Account::for_servers()?;
    if account.can_enter(&own) {
        return Ok(own);
    }
    let elsewhere = Path::new(ELSEWHERE).join(name_of(data_dir));
    make(&elsewhere)?;
    if !account.can_enter(&elsewhere) {
        return Err(unusable(&elsewhere, "the server's user cannot enter it"));
    }
    let note = own.join(NOTE);
    fs::write(&note, elsewhere.display().to_string()).map_err(|error| unusable(&note, error))?;
    Ok(elsewhere)
}

/// The folder that an earlier [`find`] made, if there was one.
pub fn known(data_dir: &Path) -> Option<PathBuf> {
    let own = data_dir.join("sandbox");
    match fs::read_to_string(own.join(NOTE)) {
        Ok(elsewhere) => Some(PathBuf::from(elsewhere.trim())),
        Err(_) => own.join("data").exists().then_some(own),
    }
}

/// Forgets where the files were, after they were removed.
///
/// # Errors
/// `EnvironmentMissing` where a folder cannot be removed.
pub fn forget(data_dir: &Path) -> Result<()> {
    for folder in known(data_dir).into_iter().chain([data_dir.join("sandbox")]) {
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(unusable(&folder, error)),
            _ => {}
        }
    }
    Ok(())
}

/// The folder of the Unix socket: in the sandbox's, or in the system's temporary one where that path is too long.
pub fn sockets(place: &Path) -> PathBuf {
    let own = place.join("run");
    if own.as_os_str().len() <= SOCKET_FOLDER_MAX {
        own
    } else {
        Path::new("/tmp").join(format!("waymark-{}", name_of(place)))
    }
}

fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| unusable(folder, error))?;
    // Others may pass through, to folders that only the server's user may enter.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o711)).map_err(|error| unusable(folder, error))
}

/// A short name that is the same for the same path: FNV-1a.
fn name_of(path: &Path) -> String {
    format!("{:016x}", crate::paths::hash_of(path))
}

fn unusable(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::new(Code::EnvironmentMissing, format!("`{}` cannot be used for the sandbox: {why}.", path.display()))
        .with_hint("Check the folder's rights, or choose another data folder with `--library DIR`.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_gets_a_short_socket_folder() {
        let place = Path::new("/home/somebody/.local/share/waymark/sandbox");
        assert_eq!(sockets(place), place.join("run"));
        let long = Path::new("/").join("x".repeat(90));
        assert!(sockets(&long).as_os_str().len() <= SOCKET_FOLDER_MAX);
        assert_ne!(sockets(&long), sockets(&Path::new("/").join("y".repeat(90))));
    }
}
