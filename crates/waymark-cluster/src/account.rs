//! Who the server runs as: ourselves, or an unprivileged user when we are root.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::Path,
    process::{Command, Stdio},
};

use waymark_core::error::{Code, Error, Result};

/// An account to run the server under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The other user, if we are root.
    other: Option<Other>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Other {
    uid: u32,
    gid: u32,
}

impl Account {
    /// Ourselves, or `postgres` or else `nobody` when we are root.
    ///
    /// # Errors
    /// `EnvironmentMissing` when we are root and there is no such user.
    pub fn for_servers() -> Result<Self> {
        if !is_root() {
            return Ok(Self { other: None });
        }
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let other = ["postgres", "nobody"].into_iter().find_map(|name| user(&users, name));
        match other {
            Some(other) => Ok(Self { other: Some(other) }),
            None => Err(Error::new(
                Code::EnvironmentMissing,
                "PostgreSQL does not run as root, and there is no user for it.",
            )
            .with_hint("Add a user `postgres`, or run Waymark as an ordinary user.")),
        }
    }

    /// Whether the server runs as somebody else.
    pub fn is_other(&self) -> bool {
        self.other.is_some()
    }

    /// A command run by this account, from the root folder (which everybody can enter).
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some(other) = &self.other {
            command.uid(other.uid).gid(other.gid).env("HOME", "/");
        }
        command.current_dir("/");
        for name in ["PGDATA", "PGPORT", "PGHOST", "PGUSER", "PGPASSWORD", "PGOPTIONS", "PGDATABASE"] {
            command.env_remove(name);
        }
        command
    }

    /// Gives a file or folder to this account.
    ///
    /// # Errors
    /// `EnvironmentMissing` where that is not allowed.
    pub fn own(&self, path: &Path) -> Result<()> {
        match &self.other {
            Some(other) => std::os::unix::fs::chown(path, Some(other.uid), Some(other.gid))
                .map_err(|error| crate::folder(path, error)),
            None => Ok(()),
        }
    }

    /// Makes a folder that only this account may enter. One that is there must already belong to it: others could
    /// have put it in a shared folder.
    ///
    /// # Errors
    /// `EnvironmentMissing` where it cannot be made or belongs to somebody else.
    pub fn make_private_dir(&self, path: &Path) -> Result<()> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| crate::folder(parent, error))?;
        }
        match fs::create_dir(path) {
            Ok(()) => self.own(path)?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => self.check_owner(path)?,
            Err(error) => return Err(crate::folder(path, error)),
        }
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(|error| crate::folder(path, error))
    }

    /// Whether this account can come to `folder` and enter it.
    pub fn can_enter(&self, folder: &Path) -> bool {
        let test = self.command(Path::new("test")).arg("-x").arg(folder).stderr(Stdio::null()).status();
        test.is_ok_and(|status| status.success())
    }

    fn check_owner(&self, path: &Path) -> Result<()> {
        let found = fs::symlink_metadata(path).map_err(|error| crate::folder(path, error))?;
        let ours = match &self.other {
            Some(other) => found.uid() == other.uid,
            None => own_uid() == Some(found.uid()),
        };
        if ours && found.is_dir() {
            return Ok(());
        }
        Err(Error::new(Code::EnvironmentMissing, format!("`{}` belongs to somebody else.", path.display()))
            .with_hint("Remove it, or choose another data folder."))
    }
}

fn is_root() -> bool {
    own_uid() == Some(0)
}

/// Our user id, asked of the system's `id`: the standard library has no call for it.
fn own_uid() -> Option<u32> {
    let output = Command::new("id").arg("-u").output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

fn user(users: &str, name: &str) -> Option<Other> {
    let mut fields = users
        .lines()
        .map(|line| line.split(':'))
        .find_map(|mut fields| (fields.next() == Some(name)).then_some(fields))?;
    let (uid, gid) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Other { uid, gid })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let users = "postgresql:x:1:2::/:/bin/sh\npostgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(user(users, "postgres"), Some(Other { uid: 101, gid: 104 }));
        assert_eq!(user(users, "nobody"), None);
    }
}
