//! How a refused command leaves the process: the core's error without its source, written to the log on the way out.

use serde::Serialize;
use waymark_core::error::{Code, Error};

/// An error on its way to the window.
#[derive(Debug, Serialize, specta::Type)]
#[serde(transparent)]
pub struct Failure(Error);

/// The result of every command.
pub type Answer<T> = Result<T, Failure>;

impl From<Error> for Failure {
    /// Logs the error with its source, which the window never sees. An answer of "no" is not worth a warning.
    fn from(error: Error) -> Self {
        match error.code {
            Code::InvalidInput | Code::NotFound | Code::Conflict | Code::Refused | Code::Cancelled => {
                tracing::info!(code = ?error.code, ?error, "A command was refused");
            }
            Code::Bug => tracing::error!(code = ?error.code, ?error, "A command met a bug"),
            _ => tracing::warn!(code = ?error.code, ?error, "A command failed"),
        }
        Self(error)
    }
}
