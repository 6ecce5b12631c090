//! Turns what SQLite says into the one error type: what happened to the library, and what to do about it.

use std::path::Path;

use waymark_core::error::{Code, Error};

/// Says what was attempted when SQLite refused.
pub(crate) fn of(error: sqlx::Error, attempted: &str) -> Error {
    let translated = match primary_code(&error) {
        Some(5 | 6) => {
            Error::new(Code::LibraryReadOnly, format!("Another program keeps the library busy. {attempted} failed."))
                .with_hint("Nothing was written. It is tried again; close the other program if it stays so.")
        }
        Some(8) => Error::new(Code::LibraryReadOnly, format!("The library cannot be written. {attempted} failed."))
            .with_hint("Check the rights of the library's folder and files."),
        Some(10) => Error::new(Code::LibraryReadOnly, format!("The disk refused to work. {attempted} failed."))
            .with_hint("Check the disk and the rights of the library's folder. What was saved before is still there."),
        Some(11 | 26) => damaged("Its content is not readable any more."),
        Some(13) => Error::new(Code::LibraryReadOnly, format!("The disk is full. {attempted} failed."))
            .with_hint("Free some space and try again. What was saved before is still there."),
        Some(14) => {
            Error::new(Code::LibraryReadOnly, format!("The library file cannot be opened. {attempted} failed."))
                .with_hint("Check that the library's folder exists and that you may write there.")
        }
        Some(19) => Error::new(Code::Conflict, format!("{attempted} failed: something with this id is already there."))
            .with_hint("Nothing was written."),
        _ => match &error {
            sqlx::Error::PoolTimedOut => {
                Error::new(Code::LibraryReadOnly, format!("The library is busy with another task. {attempted} failed."))
                    .with_hint("Nothing was written. Try again in a moment.")
            }
            sqlx::Error::PoolClosed => {
                Error::new(Code::Cancelled, format!("The library is being closed. {attempted} failed."))
            }
            _ => Error::bug(format!("{attempted} failed for an unexpected reason.")),
        },
    };
    translated.with_source(error)
}

/// Whether another connection is in the way, which passes.
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    matches!(primary_code(error), Some(5 | 6))
}

/// Whether the file, or what SQLite needs beside it, cannot be opened or made.
pub(crate) fn is_unopenable(error: &sqlx::Error) -> bool {
    matches!(primary_code(error), Some(8 | 10 | 14))
}

/// SQLite's result code without its extension.
fn primary_code(error: &sqlx::Error) -> Option<u32> {
    let code = error.as_database_error()?.code()?;
    Some(code.parse::<u32>().ok()? & 0xff)
}

/// The file is no library, or not a sound one.
pub(crate) fn damaged(problem: &str) -> Error {
    Error::new(Code::LibraryDamaged, format!("The library file is damaged. {problem}"))
        .with_hint("Nothing was changed. Choose Recover in the window, or run `waymark doctor --recover`: it saves what can be read, completes it from the newest backup, and keeps the damaged file.")
}

/// The folder or a file in it cannot be written.
pub(crate) fn not_writable(path: &Path, source: std::io::Error) -> Error {
    use std::io::ErrorKind::{AlreadyExists, NotADirectory, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let place = path.display();
    let cannot = format!("The library at `{place}` cannot be written");
    let (message, hint) = match source.kind() {
        StorageFull | QuotaExceeded => (
            format!("{cannot}: the disk is full."),
            "Free some space and try again. What was saved before is still there.",
        ),
        ReadOnlyFilesystem => (
            format!("{cannot}: its disk can only be read."),
            "Make the disk writable, or choose another folder (`--library` or WAYMARK_LIBRARY).",
        ),
        NotADirectory | AlreadyExists => (
            format!("A file is where the library's folder should be, at `{place}` or above it."),
            "Move that file away, or choose another folder (`--library` or WAYMARK_LIBRARY).",
        ),
        _ => (
            format!("{cannot}."),
            "Give yourself the right to write there, or choose another folder (`--library` or WAYMARK_LIBRARY).",
        ),
    };
    Error::new(Code::LibraryReadOnly, message).with_hint(hint).with_source(source)
}

/// Adds what was attempted to a refusal of SQLite.
pub(crate) trait Attempted<T> {
    /// `what` begins the sentence "… failed."
    fn attempted(self, what: &str) -> Result<T, Error>;
}

impl<T> Attempted<T> for Result<T, sqlx::Error> {
    fn attempted(self, what: &str) -> Result<T, Error> {
        self.map_err(|error| of(error, what))
    }
}
