//! What can be said for certain about a run from its transcript.
//!
//! Each check passes, fails, or does not apply, with a sentence, and names the turns that it is about. Nothing here
//! asks a model, and nothing is claimed that a transcript does not show.

use serde::{Deserialize, Serialize};

use super::{run::Ending, transcript::Transcript};
use crate::id::WalkthroughId;

mod operations;
mod path;
mod said;
mod stretch;

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The content for the user was said as written.
    SaidVerbatim,
    /// It was said before anything else of the step.
    SaidFirst,
    /// The agent waited for the user before it moved on.
    AskedBeforeMovingOn,
    /// The commands of the operations were named, in order.
    NamedOperations,
    /// No step was passed over.
    SkippedNothing,
    /// The walkthrough was completed.
    Finished,
}

impl Check {
    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Check::SaidVerbatim => "Said the content for the user word for word",
            Check::SaidFirst => "Said it before anything else of the step",
            Check::AskedBeforeMovingOn => "Waited for the user before moving on",
            Check::NamedOperations => "Named what the operations ask to run, in order",
            Check::SkippedNothing => "Skipped nothing",
            Check::Finished => "Completed the walkthrough",
        }
    }
}

/// Whether a check holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "CheckOutcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// There was nothing to check.
    DoesNotApply,
}

/// One check of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CheckResult {
    /// Which.
    pub check: Check,
    /// Whether it holds.
    pub outcome: Outcome,
    /// In a sentence.
    pub sentence: String,
    /// Where it does not hold, in order.
    pub places: Vec<Place>,
}

/// Where a check does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "CheckPlace")]
pub struct Place {
    /// The turn to look at.
    pub turn: u32,
    /// The step's number, where it is about one.
    pub step: Option<u32>,
    /// What is wrong there.
    pub sentence: String,
}

/// Checks a run through a walkthrough.
pub fn check(transcript: &Transcript, walkthrough: &WalkthroughId, ending: &Ending) -> Vec<CheckResult> {
    let stretches = stretch::stretches(transcript, walkthrough);
    vec![
        said::verbatim(&stretches),
        said::first(&stretches),
        path::waited(&stretches),
        operations::named(&stretches),
        path::skipped_nothing(transcript, &stretches),
        path::finished(transcript, walkthrough, &stretches, ending),
    ]
}

impl CheckResult {
    /// From what was looked at: nothing, or so many steps, at these places not as they should be.
    fn of(check: Check, looked_at: usize, nothing: &str, fine: impl Into<String>, places: Vec<Place>) -> Self {
        let (outcome, sentence) = match (looked_at, places.len()) {
            (0, 0) => (Outcome::DoesNotApply, nothing.to_owned()),
            (_, 0) => (Outcome::Passed, fine.into()),
            (_, 1) => (Outcome::Failed, places[0].sentence.clone()),
            (_, 2) => (Outcome::Failed, format!("{} There is one more place.", places[0].sentence)),
            (_, count) => (Outcome::Failed, format!("{} There are {} more places.", places[0].sentence, count - 1)),
        };
        Self { check, outcome, sentence, places }
    }
}

/// `1 step` or `3 steps`.
fn steps(count: usize) -> String {
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

/// The beginning of a text, for a sentence.
fn beginning(text: &str) -> String {
    const SHOWN_MAX: usize = 80;
    match text.char_indices().nth(SHOWN_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
