//! What follows from a call: rows to write, and what to answer.

use super::standing::{Focus, ProgressRow};
use crate::{
    id::{CompletionId, LearnerId, StepId, ToolCallId, VisitId, WalkthroughId},
    json::FreeJson,
    progress::Progress,
    walkthrough::{Millis, WalkthroughType},
};

/// The whole effect of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// What was done, for the log.
    pub action: Action,
    /// What the agent hears.
    pub answer: Answer,
    /// The visit, to be repeated to the agent. `None` where there is none.
    pub visit: Option<VisitId>,
    /// All of it or nothing.
    pub writes: Writes,
}

/// What was done, as logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The list was given.
    List,
    /// The only walkthrough was started or resumed.
    AutoStart,
    /// The walkthrough named was started or resumed.
    StartNamed,
    /// The progress was cleared and the walkthrough started.
    Restart,
    /// No walkthrough has the name or id.
    InvalidName,
    /// More than one walkthrough has the name.
    AmbiguousName,
    /// A step was completed and the next one delivered.
    Advance,
    /// The current step was delivered again; nothing was completed.
    Repeat,
    /// The last open step was completed.
    Complete,
    /// Nothing is left to do.
    AlreadyComplete,
    /// The walkthrough has no steps yet.
    NoSteps,
    /// The id is no step of the current walkthrough.
    InvalidStep,
    /// The learner is in no walkthrough.
    NoCurrent,
    /// The status was given.
    Status,
    /// The progress was cleared.
    Reset,
    /// `confirm` was missing.
    ResetUnconfirmed,
    /// There is no visit to belong to.
    NoVisit,
    /// The address is missing or is none.
    AskEmail,
}

impl Action {
    /// The word in `mcp_tool_calls.output`.
    pub fn name(self) -> &'static str {
        match self {
            Action::List => "list",
            Action::AutoStart => "auto_start",
            Action::StartNamed => "start_named",
            Action::Restart => "restart",
            Action::InvalidName => "invalid_name",
            Action::AmbiguousName => "ambiguous_name",
            Action::Advance => "advance",
            Action::Repeat => "repeat",
            Action::Complete => "complete",
            Action::AlreadyComplete => "already_complete",
            Action::NoSteps => "no_steps",
            Action::InvalidStep => "invalid_step",
            Action::NoCurrent => "no_current",
            Action::Status => "status",
            Action::Reset => "reset",
            Action::ResetUnconfirmed => "reset_unconfirmed",
            Action::NoVisit => "no_visit",
            Action::AskEmail => "ask_email",
        }
    }
}

/// What the agent hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A step, to be rendered.
    Step(Delivery),
    /// The walkthrough is finished.
    Completed(Named, Progress),
    /// The walkthrough has no steps yet.
    NoSteps(Named),
    /// What there is to choose from.
    List(Vec<Listed>),
    /// More than one has this name.
    Ambiguous(String, Vec<Listed>),
    /// How far the learner is.
    Status(Status),
    /// The progress is cleared.
    Reset(Named),
    /// Something the agent can act on.
    Trouble(Trouble),
}

/// A walkthrough by id and title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
}

/// Which step to render, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The walkthrough.
    pub walkthrough: Named,
    /// All step ids in the learner's order.
    pub order: Vec<StepId>,
    /// The place (from 0) of the step in `order`.
    pub index: usize,
    /// The step's title.
    pub title: String,
    /// The content's version, as it was read.
    pub version: String,
    /// How far the learner is.
    pub progress: Progress,
}

impl Delivery {
    /// The step.
    pub fn step(&self) -> &StepId {
        &self.order[self.index]
    }
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: Option<String>,
    /// What it is for.
    pub kind: WalkthroughType,
    /// Where the learner stands.
    pub state: State,
}

/// Where a learner stands in a walkthrough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Never begun, or reset since.
    NotStarted,
    /// Begun, and something is left.
    InProgress,
    /// Nothing is left.
    Completed,
}

impl State {
    /// The word in answers.
    pub fn name(self) -> &'static str {
        match self {
            State::NotStarted => "not_started",
            State::InProgress => "in_progress",
            State::Completed => "completed",
        }
    }
}

/// How far a learner is in one walkthrough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Which.
    pub walkthrough: Named,
    /// In one word.
    pub state: State,
    /// In figures.
    pub progress: Progress,
    /// All steps in the learner's order.
    pub steps: Vec<StepStatus>,
}

/// One step of a [`Status`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepStatus {
    /// Its id.
    pub id: StepId,
    /// Its title.
    pub title: String,
    /// Whether it is completed.
    pub is_completed: bool,
    /// Whether it is the current one.
    pub is_current: bool,
}

/// Something that the agent can put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No visit, and nobody is identified.
    NoVisit,
    /// The `visit` argument is no visit of this learner at this server.
    UnknownVisit,
    /// The learner is in no walkthrough that is visible here.
    NoCurrent,
    /// No walkthrough has this name or id.
    UnknownWalkthrough(String, Vec<Listed>),
    /// The id is no step of the current walkthrough.
    WrongStep {
        /// What was passed.
        given: StepId,
        /// The current walkthrough.
        walkthrough: Named,
        /// Id and title of the current step; `None` when nothing is left.
        current: Option<(StepId, String)>,
    },
    /// A reset without `confirm`.
    Unconfirmed(Named),
    /// The server asks for the learner's address, and what was passed is none.
    AskEmail {
        /// Whether something was passed.
        is_malformed: bool,
    },
}

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
