//! The one error type that every door shows: what happened, and what to do next.
//!
//! It never carries a secret: whoever builds one puts only what the person already knows into `message`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::merge::TextConflict;

/// Result of every operation in Waymark.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, as a closed list: a variant exists only because some door acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The input is malformed, out of range or ambiguous.
    InvalidInput,
    /// The thing named does not exist (or belongs to somebody else).
    NotFound,
    /// Something else changed first; nothing was written.
    Conflict,
    /// The answer is no: lint errors, a plan with problems, a missing confirmation.
    Refused,
    /// The person stopped it.
    Cancelled,
    /// The database's host cannot be reached: name, network, TLS or time-out.
    Unreachable,
    /// The database rejected the user or password.
    AuthenticationFailed,
    /// The role lacks a right.
    PermissionDenied,
    /// Tables or columns are missing or have another shape.
    SchemaMismatch,
    /// There is no keyring service on this machine.
    KeyringUnavailable,
    /// The keyring exists but is locked.
    KeyringLocked,
    /// The library folder or file cannot be written.
    LibraryReadOnly,
    /// The library file is damaged.
    LibraryDamaged,
    /// A program or file that this needs is missing on this machine.
    EnvironmentMissing,
    /// The connection broke between sending a commit and hearing of it.
    OutcomeUnknown,
    /// A bug in Waymark.
    Bug,
}

impl Code {
    /// The exit status of the command line, as `docs` and scripts know it.
    pub fn exit_status(self) -> u8 {
        match self {
            Code::Conflict | Code::Refused | Code::Cancelled => 1,
            Code::InvalidInput => 2,
            Code::NotFound => 3,
            Code::Bug => 70,
            Code::Unreachable
            | Code::AuthenticationFailed
            | Code::PermissionDenied
            | Code::SchemaMismatch
            | Code::KeyringUnavailable
            | Code::KeyringLocked
            | Code::LibraryReadOnly
            | Code::LibraryDamaged
            | Code::EnvironmentMissing
            | Code::OutcomeUnknown => 4,
        }
    }
}

/// An error as every door shows it. `source` stays in the process (logs), the rest travels.
#[derive(Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Error {
    /// What kind of failure, for machines.
    pub code: Code,
    /// One sentence, no blame, literals in backticks.
    pub message: String,
    /// The next step, where there is one.
    pub hint: Option<String>,
    /// The input field or argument it is about.
    pub field: Option<String>,
    /// Both sides, where a text was changed in two places at once.
    pub conflict: Option<Box<TextConflict>>,
    /// The cause, for the log only.
    #[serde(skip)]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a code and a sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, field: None, conflict: None, source: None }
    }

    /// Malformed input.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidInput, message)
    }

    /// Something named that does not exist.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }

    /// A bug: an invariant that did not hold. Says what, so that it can be reported.
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(Code::Bug, message).with_hint("This is a bug in Waymark. Please report it with the log file.")
    }

    /// Adds the next step.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Names the input field it is about.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Carries both sides of a text, so that neither is lost.
    #[must_use]
    pub fn with_conflict(mut self, conflict: TextConflict) -> Self {
        self.conflict = Some(Box::new(conflict));
        self
    }

    /// Keeps the cause for the log.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " {hint}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.code)?;
        if let Some(source) = &self.source {
            write!(f, " (source: {source})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
