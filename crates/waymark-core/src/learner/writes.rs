//! The rows that a turn writes. Each is stale unless what it was decided on is still there.

use super::{
    standing::{Focus, ProgressRow},
    turn::Action,
};
use crate::{
    id::{CompletionId, LearnerId, StepId, ToolCallId, VisitId, WalkthroughId},
    json::FreeJson,
    walkthrough::Millis,
};

/// What became of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// All of it is there.
    Done,
    /// Something changed after it was read; nothing was written. Read and decide again.
    Stale,
}

/// Rows to write: all in one transaction, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writes {
    /// A new learner.
    pub learner: Option<NewLearner>,
    /// A new visit.
    pub visit: Option<NewVisit>,
    /// A changed or new progress row.
    pub progress: Option<ProgressWrite>,
    /// A completion event; one that exists already stays as it is.
    pub completion: Option<NewCompletion>,
    /// The log entry. Absent only where there is no visit to log it under.
    pub tool_call: Option<NewToolCall>,
}

/// `mcp_server_user`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLearner {
    /// `id`.
    pub id: LearnerId,
    /// `distinct_id`: if somebody else was faster, the write is stale.
    pub distinct_id: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// `first_seen_at`.
    pub first_seen_at: Millis,
}

/// `mcp_server_session`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVisit {
    /// `mcp_server_session_id`: if it exists by now, the write is stale.
    pub id: VisitId,
    /// `connection_timestamp`; `connection_date` is its day in UTC.
    pub at: Millis,
}

/// A compare-and-set on one progress row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgressWrite {
    /// The learner's first row of this walkthrough: stale if there is one by now.
    Insert(ProgressRow),
    /// Stale unless the row is still as it was seen.
    Update {
        /// The values seen.
        seen: ProgressRow,
        /// The values to write.
        now: ProgressRow,
    },
}

impl ProgressWrite {
    /// The row as it is to be.
    pub fn row(&self) -> &ProgressRow {
        match self {
            ProgressWrite::Insert(row) | ProgressWrite::Update { now: row, .. } => row,
        }
    }
}

/// `walkthrough_step_completions`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCompletion {
    /// `id`.
    pub id: CompletionId,
    /// `walkthrough_id`.
    pub walkthrough: WalkthroughId,
    /// `step_id`.
    pub step: StepId,
    /// `completed_at`.
    pub completed_at: Millis,
    /// `step_order` (from 1) and `was_last`.
    pub metadata: FreeJson,
}

/// `mcp_tool_calls`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToolCall {
    /// `id`.
    pub id: ToolCallId,
    /// `created_at`; later than every earlier call of the visit.
    pub created_at: Millis,
    /// `input`.
    pub input: FreeJson,
    /// `output`: the action, whether it is an error and, where the call says what the visit is about, the focus.
    pub output: FreeJson,
}

impl NewToolCall {
    /// The value of `output`. [`super::standing::Focus`] is read back from its member `waymark`.
    pub(super) fn output(action: Action, is_error: bool, focus: Option<&Focus>) -> FreeJson {
        #[derive(serde::Serialize)]
        struct Output<'a> {
            action: &'static str,
            is_error: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            waymark: Option<Ours<'a>>,
        }
        #[derive(serde::Serialize)]
        struct Ours<'a> {
            walkthrough_id: &'a WalkthroughId,
            delivered_step_id: Option<&'a StepId>,
        }
        let waymark =
            focus.map(|focus| Ours { walkthrough_id: &focus.walkthrough, delivered_step_id: focus.delivered.as_ref() });
        FreeJson::of(&Output { action: action.name(), is_error, waymark })
    }
}
