//! Looks at everything that Waymark stands on, and says what is wrong and what to do. Changes nothing but the library
//! file that it may have to create.

use std::ffi::OsString;

use serde::Serialize;
use waymark_cluster::Binaries;
use waymark_core::error::{Code, Error};
use waymark_library::{compaction, copies};

use crate::{
    Env,
    backup::{self, Backups},
    logging,
    secrets::Secrets,
};

/// Bytes below which there is no room for a backup and some days of work.
const ROOM_MIN: u64 = 200 << 20;

/// Bytes that are not used in the library's file from which on it is worth a word.
const UNUSED_MIN: u64 = 16 << 20;

/// How one thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// It works.
    Good,
    /// Something is not possible here; the rest is.
    Limited,
    /// Waymark cannot work.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Check {
    /// `library`, `backups`, `disk`, `log`, `keyring`, `display` or `postgres`.
    pub name: String,
    /// How it stands.
    pub health: Health,
    /// In a sentence.
    pub message: String,
    /// What to do, where something is wrong.
    pub hint: Option<String>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Report {
    /// Whether Waymark can work here.
    pub is_healthy: bool,
    /// Waymark's own version.
    pub version: String,
    /// What was looked at.
    pub checks: Vec<Check>,
}

/// Looks. `display` is `WAYLAND_DISPLAY` or `DISPLAY`, where one is set.
pub async fn run(env: &Env, backups: &Backups, secrets: &Secrets, display: Option<OsString>) -> Report {
    let checks = vec![
        library(env, backups).await,
        backup_of(backups).await,
        disk(env),
        log(env),
        keyring(secrets).await,
        screen(display),
        postgres(),
    ];
    Report {
        is_healthy: checks.iter().all(|check| check.health != Health::Bad),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        checks,
    }
}

async fn library(env: &Env, backups: &Backups) -> Check {
    let place = env.data_dir.display();
    let opened = backup::open(backups, waymark_library::Env { now: env.now, random: env.random }).await;
    let library = match opened {
        Ok(library) => library,
        Err(error) => return failed("library", Health::Bad, error),
    };
    // All of it, as a backup is checked: the quick check of every day passes over what does not fit.
    let checked = copies::check(library.path()).await.map_err(|error| match library.read_only_reason() {
        Some(reason) if error.code == Code::SchemaMismatch => Error::new(Code::LibraryReadOnly, reason),
        _ => error,
    });
    let read_only = library.read_only_reason();
    let unused = compaction::size(&library).await.map_or(0, |size| size.unused_bytes);
    library.close().await;
    match (checked, read_only) {
        (Err(error), _) if error.code == Code::LibraryReadOnly => failed("library", Health::Limited, error),
        (Err(error), _) => failed("library", Health::Bad, error),
        (Ok(_), Some(reason)) => failed("library", Health::Limited, Error::new(Code::LibraryReadOnly, reason)),
        (Ok(contents), None) => {
            let sound = good(
                "library",
                format!(
                    "The library in `{place}` is sound: {} walkthroughs, {} steps, tables of version {}.",
                    contents.walkthroughs, contents.steps, contents.version
                ),
            );
            let room = format!("{} MB of it are unused: `waymark doctor --compact` gives them back.", unused >> 20);
            Check { hint: (unused >= UNUSED_MIN).then_some(room), ..sound }
        }
    }
}

async fn backup_of(backups: &Backups) -> Check {
    let place = backups.folder.display();
    let list = match backup::list(backups) {
        Ok(list) => list,
        Err(error) => return failed("backups", Health::Limited, error),
    };
    let Some(newest) = list.first() else {
        let error = Error::new(Code::NotFound, format!("There is no backup yet in `{place}`."))
            .with_hint("The first write of a day makes one. `waymark backup create` makes one now.");
        return failed("backups", Health::Limited, error);
    };
    match backup::verify(backups, &newest.name).await {
        Ok(_) => good("backups", format!("{} in `{place}`; the newest, `{}`, is good.", list.len(), newest.name)),
        Err(error) => {
            let error =
                Error::new(error.code, format!("The newest backup, `{}`, is not good. {}", newest.name, error.message))
                    .with_hint("Make another: `waymark backup create`. `waymark backup verify` checks the others.");
            failed("backups", Health::Limited, error)
        }
    }
}

#[cfg(unix)]
fn disk(env: &Env) -> Check {
    let place = env.data_dir.display();
    match rustix::fs::statvfs(&env.data_dir) {
        Ok(found) => {
            let free = found.f_bavail.saturating_mul(found.f_frsize);
            let message = format!("{} MB are free where the library is.", free >> 20);
            if free >= ROOM_MIN {
                return good("disk", message);
            }
            let error = Error::new(Code::LibraryReadOnly, message)
                .with_hint("Free some space: without it nothing can be saved, and no backup be made.");
            failed("disk", Health::Limited, error)
        }
        Err(error) => {
            let error =
                Error::new(Code::EnvironmentMissing, format!("The free space of `{place}` is not known: {error}."));
            failed("disk", Health::Limited, error.with_hint("Check that the folder exists."))
        }
    }
}

#[cfg(not(unix))]
fn disk(_env: &Env) -> Check {
    good("disk", format!("At least {} MB should be free where the library is.", ROOM_MIN >> 20))
}

fn log(env: &Env) -> Check {
    let folder = logging::folder(&env.data_dir);
    let tried = std::fs::create_dir_all(&folder).and_then(|()| tempfile::tempfile_in(&folder));
    match tried {
        Ok(_) => good("log", format!("The log is in `{}`.", folder.display())),
        Err(error) => {
            let error =
                Error::new(Code::EnvironmentMissing, format!("`{}` cannot be written: {error}.", folder.display()))
                    .with_hint("Check the folder's rights and the free space.");
            failed("log", Health::Limited, error)
        }
    }
}

async fn keyring(secrets: &Secrets) -> Check {
    let status = secrets.status().await;
    Check {
        name: "keyring".to_owned(),
        health: if status.is_available { Health::Good } else { Health::Limited },
        message: status.message,
        hint: status.hint,
    }
}

fn screen(display: Option<OsString>) -> Check {
    match display {
        _ if cfg!(not(target_os = "linux")) => good("display", "The system has its own display.".to_owned()),
        Some(display) => good("display", format!("The window opens on `{}`.", display.display())),
        None => failed(
            "display",
            Health::Limited,
            Error::new(Code::EnvironmentMissing, "There is no display, so the window cannot open.")
                .with_hint("Log in to a desktop, or use `xvfb-run`. The command line needs none."),
        ),
    }
}

fn postgres() -> Check {
    match Binaries::find() {
        Ok(found) => good(
            "postgres",
            format!("PostgreSQL {} in `{}` can run the sandbox.", found.version, found.folder.display()),
        ),
        Err(error) => {
            let hint = error.hint.unwrap_or_default();
            let error =
                Error::new(error.code, "PostgreSQL's server is not installed, so there is no sandbox.").with_hint(hint);
            failed("postgres", Health::Limited, error)
        }
    }
}

fn good(name: &str, message: String) -> Check {
    Check { name: name.to_owned(), health: Health::Good, message, hint: None }
}

fn failed(name: &str, health: Health, error: Error) -> Check {
    Check { name: name.to_owned(), health, message: error.message, hint: error.hint }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    fn env(data_dir: &std::path::Path) -> Env {
        Env { now: clock::now, random: clock::random, data_dir: data_dir.to_owned(), origin: "test".to_owned() }
    }

    fn backups(env: &Env) -> Backups {
        Backups::of(&env.data_dir, Some(env.data_dir.join("backups")), env.now).expect("a folder")
    }

    #[tokio::test]
    async fn a_machine_without_keyring_and_display_is_limited_and_healthy() {
        let folder = tempfile::tempdir().expect("a folder");
        let env = env(folder.path());
        let report = run(&env, &backups(&env), &Secrets::memory_only(), None).await;
        assert!(report.is_healthy, "{report:?}");
        let health = |name: &str| report.checks.iter().find(|check| check.name == name).map(|check| check.health);
        assert_eq!(health("library"), Some(Health::Good));
        assert_eq!(health("keyring"), Some(Health::Limited));
        assert_eq!(health("postgres"), Some(Health::Good));
        assert!(report.checks.iter().all(|check| check.health == Health::Good || check.hint.is_some()), "{report:?}");
    }

    #[tokio::test]
    async fn a_library_that_cannot_be_opened_is_bad() {
        let folder = tempfile::tempdir().expect("a folder");
        let in_the_way = folder.path().join("file");
        std::fs::write(&in_the_way, "").expect("written");
        let env = env(&in_the_way);
        let report = run(&env, &backups(&env), &Secrets::memory_only(), Some(":0".into())).await;
        assert!(!report.is_healthy);
    }
}
