//! Finding PostgreSQL's server binaries. Distributions keep them out of the path, by version.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use waymark_core::error::{Code, Error, Result};

/// What to do when they are missing.
pub(crate) const INSTALL: &str = "Install PostgreSQL's server: `sudo apt-get install postgresql` (Debian, Ubuntu), \
     `sudo dnf install postgresql-server` (Fedora), `brew install postgresql` (macOS).";

/// A folder with `initdb`, `postgres` and `pg_ctl` of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// Where they are.
    pub folder: PathBuf,
    /// Their version in full, e.g. `15.18`.
    pub version: String,
    /// The major version, which a data folder is bound to.
    pub major: u32,
}

impl Binaries {
    /// The newest on this machine.
    ///
    /// # Errors
    /// `EnvironmentMissing` with the command that installs them.
    pub fn find() -> Result<Self> {
        Self::newest_in(candidates())
    }

    fn newest_in(folders: Vec<PathBuf>) -> Result<Self> {
        let found = folders.into_iter().filter_map(|folder| Self::in_folder(&folder)).max_by_key(|found| found.major);
        found.ok_or_else(|| {
            Error::new(Code::EnvironmentMissing, "PostgreSQL's server binaries are not on this machine.")
                .with_hint(INSTALL)
        })
    }

    /// The path of one program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn in_folder(folder: &Path) -> Option<Self> {
        let has_all = ["initdb", "postgres", "pg_ctl"].iter().all(|name| folder.join(name).is_file());
        if !has_all {
            return None;
        }
        let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let version = said.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
        let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
        Some(Self { folder: folder.to_owned(), version: version.to_owned(), major: digits.parse().ok()? })
    }
}

fn candidates() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    for (parent, inside) in [
        ("/usr/lib/postgresql", "bin"),
        ("/usr/pgsql", "bin"),
        ("/opt/homebrew/opt", "bin"),
        ("/usr/local/opt", "bin"),
        ("/Library/PostgreSQL", "bin"),
    ] {
        let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
        folders.extend(entries.map(|entry| entry.path().join(inside)));
    }
    folders.push(PathBuf::from("/usr/local/pgsql/bin"));
    folders.retain(|folder| folder.is_absolute());
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_postgres_is_told_how_to_install_it() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("initdb"), "").expect("half an installation");
        let error = Binaries::newest_in(vec![folder.path().to_owned()]).expect_err("nothing there");
        assert_eq!(error.code, Code::EnvironmentMissing);
        assert!(error.hint.expect("a mend").contains("apt-get install postgresql"));
    }

    #[test]
    fn the_newest_of_several_versions_is_taken() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let folders = [9, 17, 15].map(|major| {
            let bin = folder.path().join(major.to_string());
            std::fs::create_dir(&bin).expect("a folder");
            for program in ["initdb", "postgres", "pg_ctl"] {
                let script = format!("#!/bin/sh\necho 'postgres (PostgreSQL) {major}.4 (Debian)'\n");
                std::fs::write(bin.join(program), script).expect("a program");
                let permissions = std::fs::Permissions::from_mode(0o755);
                std::fs::set_permissions(bin.join(program), permissions).expect("ours");
            }
            bin
        });
        let found = Binaries::newest_in(folders.to_vec()).expect("three");
        assert_eq!((found.major, found.version.as_str()), (17, "17.4"));
    }
}
