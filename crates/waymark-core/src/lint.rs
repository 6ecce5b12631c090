//! What is wrong with a text before an agent stumbles over it.

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    id::{StepId, WalkthroughId},
};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth mending.
    Warning,
    /// Blocks publishing when it is new.
    Error,
}

/// Something a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Finding {
    /// The rule's number, e.g. `L001`.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// Where: the walkthrough.
    pub walkthrough_id: WalkthroughId,
    /// Where: the step.
    pub step_id: Option<StepId>,
    /// Where: the content field.
    pub field: Option<Field>,
    /// What, in a sentence.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}
