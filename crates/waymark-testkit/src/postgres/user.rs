//! Whom the server runs as: this user, or an unprivileged one where this is root.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// A user by number; `None` for the one who runs this.
#[derive(Debug, Clone, Copy)]
pub struct User(Option<(u32, u32)>);

impl User {
    /// Somebody who is not root: `postgres` where the machine has that user, else `nobody`.
    pub fn unprivileged() -> io::Result<Self> {
        if fs::metadata("/proc/self")?.uid() != 0 {
            return Ok(Self(None));
        }
        let users = fs::read_to_string("/etc/passwd")?;
        let find = |name: &str| users.lines().find_map(|line| numbers(line, name));
        match find("postgres").or_else(|| find("nobody")) {
            Some(numbers) => Ok(Self(Some(numbers))),
            None => {
                Err(io::Error::other("Postgres refuses to run as root, and there is no user `postgres` or `nobody`."))
            }
        }
    }

    /// A command that runs as this user.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command
    }

    /// Gives a file or folder to this user.
    pub fn own(&self, path: &Path) -> io::Result<()> {
        match self.0 {
            Some((user, group)) => chown(path, Some(user), Some(group)),
            None => Ok(()),
        }
    }
}

/// User and group number of a line of `/etc/passwd`.
fn numbers(line: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = line.split(':');
    if fields.next()? != name {
        return None;
    }
    Some((fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?))
}
