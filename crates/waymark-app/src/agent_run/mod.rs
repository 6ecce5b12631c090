//! A real model drives the drafts' tools while a person, or a script, plays the user.
//!
//! The tools are those that every agent at the drafts gets, by the same engine; the learner is the run's own. What happens
//! is kept in the library turn by turn, so that whatever breaks, what was said is there. The key of a provider is in the
//! keyring, or was handed in for this run; it goes to that provider and nowhere else.

mod provider;
pub mod providers;
mod session;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_troubles;
mod tools;
mod trouble;
mod wire;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use waymark_core::{
    agent_run::{run::Limits, script::Speaker, transcript::Turn},
    id::{ProviderId, WalkthroughId},
    learner::{call::Profile, tools as learner_tools},
};

pub use self::session::Session;

/// What a model is told about itself, before what every agent is told about the tools.
const ROLE: &str = "You are an agent that guides a user through a walkthrough, in a chat.";
/// What it is told afterwards: a run has no shell, and an agent that waits for one goes nowhere.
const NO_SHELL: &str = "You have these tools and no others: no shell, no files, no browser. Where a step asks you to run \
     something, write the command in a code block as what you run, and go on as if it had worked.";

/// A run to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BeginRun {
    /// Through which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Whose model.
    pub provider: ProviderId,
    /// Which model.
    pub model: String,
    /// The tools that it has.
    pub profile: Profile,
    /// Who talks with it.
    pub speaker: Speaker,
    /// How much it may take.
    pub limits: Limits,
}

/// What is heard of a run while it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunEvent {
    /// The model says something more.
    Text(String),
    /// The model begins to write a call of this tool.
    Calls(String),
    /// The provider asks to wait.
    Waiting(Duration),
    /// A turn is over.
    Turn(Box<Turn>),
}

/// Everything that a model is told before the user says anything.
fn instructions() -> String {
    format!("{ROLE} {} {NO_SHELL}", learner_tools::INSTRUCTIONS)
}
