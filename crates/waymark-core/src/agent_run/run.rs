//! A run: what it was made with, what it came to, and how it ended.

use serde::{Deserialize, Serialize};

use super::{
    checks::{CheckResult, Outcome},
    provider::Cost,
    script::Speaker,
    transcript::Totals,
};
use crate::{
    error::{Code, Error, Result},
    id::{AgentRunId, WalkthroughId},
    learner::call::Profile,
    walkthrough::Millis,
};

/// The most answers of a model that a run may be given.
pub const REPLIES_MAX: u32 = 2_000;

/// How much a run may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RunLimits")]
pub struct Limits {
    /// Answers of the model.
    pub replies: u32,
    /// Tokens in all, as the provider counts them.
    pub tokens: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { replies: 100, tokens: 500_000 }
    }
}

impl Limits {
    /// Limits that leave room for something.
    ///
    /// # Errors
    /// `InvalidInput` naming the field.
    pub fn checked(self) -> Result<Self> {
        if self.replies == 0 || self.replies > REPLIES_MAX {
            return Err(Error::invalid(format!("A run cannot have {} answers at most.", self.replies))
                .with_field("replies")
                .with_hint(format!("Give it 1 to {REPLIES_MAX}.")));
        }
        if self.tokens == 0 {
            return Err(Error::invalid("A run cannot do with no tokens.")
                .with_field("tokens")
                .with_hint("Give it some thousands for each step."));
        }
        Ok(self)
    }
}

/// How a run ended, or that it did not yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RunEnding", tag = "how", rename_all = "snake_case")]
pub enum Ending {
    /// The walkthrough is complete, and the agent has said its last word.
    Finished,
    /// It is the user's turn: a person left it there.
    Open,
    /// The person stopped it.
    Stopped,
    /// The model has answered as often as it may.
    RepliesUsedUp,
    /// The model has read and written as much as it may.
    TokensUsedUp,
    /// The user's script went round without the agent getting any further.
    Stuck,
    /// Something failed.
    Failed {
        /// What kind of failure.
        code: Code,
        /// In a sentence.
        message: String,
        /// What to do.
        hint: Option<String>,
    },
}

impl Ending {
    /// Of a failure.
    pub fn of(error: &Error) -> Self {
        match error.code {
            Code::Cancelled => Ending::Stopped,
            code => Ending::Failed { code, message: error.message.clone(), hint: error.hint.clone() },
        }
    }

    /// In a sentence.
    pub fn words(&self) -> String {
        match self {
            Ending::Finished => "The walkthrough was completed.".to_owned(),
            Ending::Open => "It is the user's turn.".to_owned(),
            Ending::Stopped => "The run was stopped.".to_owned(),
            Ending::RepliesUsedUp => "The model has answered as often as it may in one run.".to_owned(),
            Ending::TokensUsedUp => "The model has used all tokens of the run.".to_owned(),
            Ending::Stuck => "The user answered again and again, and the agent came no further.".to_owned(),
            Ending::Failed { message, .. } => message.clone(),
        }
    }
}

/// A kept run, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RunSummary {
    /// Which.
    pub id: AgentRunId,
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// When it began.
    pub at: Millis,
    /// The provider's name then.
    pub provider: String,
    /// The model.
    pub model: String,
    /// Who talked with it.
    pub speaker: Speaker,
    /// The tools that it had.
    pub profile: Profile,
    /// The template that made steps into text, where it was not the built-in one.
    pub template: Option<String>,
    /// The content of the draft when the run began.
    pub content_hash: String,
    /// Whether the draft still has that content.
    pub is_current: bool,
    /// How it ended.
    pub ending: Ending,
    /// What was checked.
    pub checks: Vec<CheckResult>,
    /// What it came to.
    pub totals: Totals,
    /// What it cost, where the person has given prices.
    pub cost: Option<Cost>,
}

impl RunSummary {
    /// How many checks failed.
    pub fn failed_checks(&self) -> usize {
        self.checks.iter().filter(|check| check.outcome == Outcome::Failed).count()
    }
}
