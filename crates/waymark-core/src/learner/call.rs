//! What an agent can ask for, independent of how the tools of a profile are named.

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    id::{StepId, VisitId, WalkthroughId},
    json::FreeJson,
};

/// A set of tool names that a server exposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// `start_walkthrough`, `get_next_step`, `get_walkthrough_status`, `reset_walkthrough_progress`.
    #[default]
    Current,
    /// `list_walkthroughs`, `select_walkthrough`, `next_walkthrough_step` and the same two.
    V1,
}

impl Profile {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Current => "current",
            Profile::V1 => "v1",
        }
    }

    /// The tool that starts a walkthrough.
    pub fn start_tool(self) -> &'static str {
        match self {
            Profile::Current => "start_walkthrough",
            Profile::V1 => "select_walkthrough",
        }
    }

    /// The argument of the start tool that names the walkthrough.
    pub fn start_argument(self) -> &'static str {
        match self {
            Profile::Current => "name",
            Profile::V1 => "walkthrough_id",
        }
    }

    /// The arguments of the start tool that clear the progress first.
    pub fn restart_argument(self) -> &'static str {
        match self {
            Profile::Current => "restart: true",
            Profile::V1 => "resume_if_exists: false",
        }
    }

    /// The tool that gives the next step.
    pub fn next_tool(self) -> &'static str {
        match self {
            Profile::Current => "get_next_step",
            Profile::V1 => "next_walkthrough_step",
        }
    }

    /// The argument of the next tool that names the step just done.
    pub fn next_argument(self) -> &'static str {
        match self {
            Profile::Current => "currentStepId",
            Profile::V1 => "current_step_id",
        }
    }
}

impl std::str::FromStr for Profile {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        [Profile::Current, Profile::V1].into_iter().find(|profile| profile.name() == text).ok_or_else(|| {
            Error::invalid(format!("There is no tool profile `{text}`.")).with_hint("Use `current` or `v1`.")
        })
    }
}

/// One tool call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// What there is to choose from.
    List,
    /// Start or resume.
    Start {
        /// Title or id; absent: the only one, or the list.
        name: Option<String>,
        /// Clear the progress first.
        restart: bool,
        /// The learner's address, where the server asks for it.
        email: Option<String>,
    },
    /// Complete a step and get the next one.
    Next {
        /// The step that was done; absent: the current one, if it was delivered in this visit.
        step: Option<StepId>,
    },
    /// How far the learner is.
    Status {
        /// Id or title; absent: the current walkthrough.
        walkthrough: Option<String>,
    },
    /// Clear the progress.
    Reset {
        /// Which.
        walkthrough: WalkthroughId,
        /// Nothing happens without it.
        confirm: bool,
    },
}

impl Call {
    /// The tool's name in a profile.
    pub fn tool(&self, profile: Profile) -> &'static str {
        match self {
            Call::List => "list_walkthroughs",
            Call::Start { .. } => profile.start_tool(),
            Call::Next { .. } => profile.next_tool(),
            Call::Status { .. } => "get_walkthrough_status",
            Call::Reset { .. } => "reset_walkthrough_progress",
        }
    }

    /// The arguments as an agent passes them to the tool of a profile, with its visit if it has one. What is as it is
    /// without saying so is left out.
    pub fn arguments(&self, profile: Profile, visit: Option<&VisitId>) -> FreeJson {
        #[derive(Serialize, Default)]
        struct Arguments<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            name: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            walkthrough_id: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            restart: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            resume_if_exists: Option<bool>,
            #[serde(rename = "currentStepId", skip_serializing_if = "Option::is_none")]
            current_step_id_camel: Option<&'a StepId>,
            #[serde(skip_serializing_if = "Option::is_none")]
            current_step_id: Option<&'a StepId>,
            #[serde(skip_serializing_if = "Option::is_none")]
            confirm: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            email: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            visit: Option<&'a VisitId>,
        }
        let none = Arguments { visit, ..Arguments::default() };
        FreeJson::of(&match (self, profile) {
            (Call::List, _) => none,
            (Call::Start { name, restart, email }, Profile::Current) => {
                let restart = restart.then_some(true);
                Arguments { name: name.as_deref(), restart, email: email.as_deref(), ..none }
            }
            (Call::Start { name, restart, email }, Profile::V1) => {
                let resume_if_exists = restart.then_some(false);
                Arguments { walkthrough_id: name.as_deref(), resume_if_exists, email: email.as_deref(), ..none }
            }
            (Call::Next { step }, Profile::Current) => Arguments { current_step_id_camel: step.as_ref(), ..none },
            (Call::Next { step }, Profile::V1) => Arguments { current_step_id: step.as_ref(), ..none },
            (Call::Status { walkthrough }, _) => Arguments { walkthrough_id: walkthrough.as_deref(), ..none },
            (Call::Reset { walkthrough, confirm }, _) => {
                Arguments { walkthrough_id: Some(walkthrough.as_str()), confirm: Some(*confirm), ..none }
            }
        })
    }

    /// The arguments for the log of tool calls, in the words of the profile `current`.
    pub fn input(&self) -> FreeJson {
        #[derive(Serialize, Default)]
        struct Input<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            name: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            restart: Option<bool>,
            #[serde(rename = "currentStepId", skip_serializing_if = "Option::is_none")]
            current_step_id: Option<&'a StepId>,
            #[serde(skip_serializing_if = "Option::is_none")]
            walkthrough_id: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            confirm: Option<bool>,
        }
        let none = Input::default();
        FreeJson::of(&match self {
            Call::List => none,
            Call::Start { name, restart, .. } => Input { name: name.as_deref(), restart: Some(*restart), ..none },
            Call::Next { step } => Input { current_step_id: step.as_ref(), ..none },
            Call::Status { walkthrough } => Input { walkthrough_id: walkthrough.as_deref(), ..none },
            Call::Reset { walkthrough, confirm } => {
                Input { walkthrough_id: Some(walkthrough.as_str()), confirm: Some(*confirm), ..none }
            }
        })
    }

    /// Whether the call may be the first of a visit that nobody has minted yet.
    pub(super) fn may_open_visit(&self) -> bool {
        matches!(self, Call::List | Call::Start { .. })
    }
}
