//! The log of what agents called, for whoever watches them: the latest calls, with the text that each was answered by.
//!
//! It is a copy to look at. The engine decides on the platform's own tables, so that clearing the log takes nothing from an
//! agent that is at work.

mod store;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Error, Result},
    id::{StepId, VisitId, WalkthroughId},
    learner::{
        standing::Focus,
        writes::{NewToolCall, Writes},
    },
    walkthrough::Millis,
};

use crate::{Library, changes::What, write::Write};

/// Who writes in the name of an agent.
const ORIGIN: &str = "agent";

/// One call, as it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LoggedCall {
    /// Counts up; below 2^53.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub seq: i64,
    /// When it was made.
    pub at: Millis,
    /// The slug of the server; `None` for the drafts' own endpoint.
    pub server: Option<String>,
    /// The learner's tracking id or address; `None` where nobody said who it is.
    pub learner: Option<String>,
    /// The sitting.
    pub visit: VisitId,
    /// The tool, by the name that it was called by.
    pub tool: String,
    /// Its arguments: a JSON object, as text.
    pub arguments: String,
    /// What was done, in one word.
    pub action: String,
    /// Whether the agent has to do something else first.
    pub is_error: bool,
    /// The walkthrough that the call was about.
    pub walkthrough: Option<WalkthroughId>,
    /// Its title now; `None` where it is gone.
    pub walkthrough_title: Option<String>,
    /// The step that was delivered.
    pub step: Option<StepId>,
    /// Its title now; `None` where it is gone.
    pub step_title: Option<String>,
}

/// The latest calls, newest first: some hundred of them are kept.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library) -> Result<Vec<LoggedCall>> {
    store::list(library).await
}

/// The text that a call was answered by.
///
/// # Errors
/// `NotFound` where it is not kept any more.
pub async fn answer(library: &Library, seq: i64) -> Result<String> {
    store::answer(library, seq).await?.ok_or_else(|| {
        Error::not_found("This call is not in the log any more.").with_hint("The latest calls are kept.")
    })
}

/// Forgets what was logged. Learners stay where they are.
///
/// # Errors
/// `LibraryReadOnly`.
pub async fn clear(library: &Library, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    store::clear(write.connection()).await?;
    write.announce(What::Learner, "", origin).await?;
    write.commit().await
}

/// Logs a call that is being written, to be told to everybody after the commit.
pub(crate) async fn note(write: &mut Write, writes: &Writes, text: &str) -> Result<()> {
    let Some(NewToolCall { id, output, .. }) = &writes.tool_call else {
        return Ok(());
    };
    store::insert(write.connection(), id, text).await?;
    let about = Focus::of_output(output).map(|focus| focus.walkthrough.0).unwrap_or_default();
    write.announce(What::Learner, &about, ORIGIN).await
}
