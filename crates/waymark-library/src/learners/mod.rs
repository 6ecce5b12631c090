//! The learners of the preview: what the engine decides on, and what it decided.
//!
//! The same tables, the same rule and the same answers as in production; only the store differs.

use waymark_core::{
    error::{Error, Result},
    id::StepId,
    learner::{
        call::Call,
        standing::{Scope, ServerSeen, Standing, StepContent},
        turn::{Turn, Written},
    },
    walkthrough::Millis,
};

use crate::Library;

/// What a door has to know of a server before a call. `None` when no draft was ever assigned to such a server.
///
/// # Errors
/// Those of the library.
pub async fn server(_library: &Library, _slug: &str) -> Result<Option<ServerSeen>> {
    Err(Error::bug("Not there yet."))
}

/// Everything that `call` is decided on, on one snapshot.
///
/// # Errors
/// `NotFound` when there is no such server; those of the library.
pub async fn read(_library: &Library, _scope: &Scope, _call: &Call, _now: Millis) -> Result<Standing> {
    Err(Error::bug("Not there yet."))
}

/// A step that was decided to be delivered, with the details of its walkthrough. `None` when it is gone by now.
///
/// # Errors
/// Those of the library.
pub async fn content(_library: &Library, _step: &StepId) -> Result<Option<StepContent>> {
    Err(Error::bug("Not there yet."))
}

/// Writes a turn, all of it or nothing. `tool` is the name that the call was made by.
///
/// # Errors
/// `LibraryReadOnly` and the others of the library.
pub async fn write(_library: &Library, _standing: &Standing, _turn: &Turn, _tool: &str) -> Result<Written> {
    Err(Error::bug("Not there yet."))
}
