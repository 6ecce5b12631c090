//! What follows from a call: what was done, what the agent hears, and what is to be written.

use super::writes::Writes;
use crate::{
    id::{StepId, VisitId, WalkthroughId},
    progress::Progress,
    walkthrough::WalkthroughType,
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
