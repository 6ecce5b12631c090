//! Three-way merge of a walkthrough: the draft, production, and what both were when they were last in sync.
//!
//! What only one side changed goes through. What both changed is joined where that can be done without guessing: other
//! fields of one step, other words of one text, other members of metadata, other tags, steps added here and moved there.
//! The rest are conflicts, each with a [`Place`] and all three versions; nothing is decided for anybody. What is the same
//! for readers (the order of keys, our revision and hash in the metadata) is no change here either.

mod answers;
mod details;
mod links;
mod order;
mod places;
mod settling;
mod steps;
pub mod text;
mod words;

use serde::{Deserialize, Serialize};

use crate::{content::Field, error::Result, id::StepId, publish::DiffLine, walkthrough::Walkthrough};

/// Both sides of a text that could not be merged, and what they came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TextConflict {
    /// What both started from.
    pub base: String,
    /// What was asked for here.
    pub mine: String,
    /// What is there now.
    pub theirs: String,
}

/// Something that both sides can change, each in its own way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MergePlace", tag = "place", rename_all = "snake_case")]
pub enum Place {
    /// The walkthrough's title.
    Title,
    /// A part of its description.
    Description {
        /// Which conflict of the text, from 0.
        hunk: u32,
    },
    /// What the walkthrough is for.
    Type,
    /// Its tags, where there is nothing to compare both with.
    Tags,
    /// The minutes that it takes.
    Duration,
    /// A member of the walkthrough's metadata.
    Metadata {
        /// Its name, behind `waymark` where it is ours; empty for the whole, where that is no object.
        path: Vec<String>,
    },
    /// Whether a step is there.
    Step {
        /// Which step.
        step: StepId,
    },
    /// A step's title.
    StepTitle {
        /// Which step.
        step: StepId,
    },
    /// A part of a text.
    Field {
        /// Which step.
        step: StepId,
        /// Which text.
        field: Field,
        /// Which conflict of the text, from 0.
        hunk: u32,
    },
    /// All content of a step, where one version of it cannot be read.
    Content {
        /// Which step.
        step: StepId,
    },
    /// A key of a step's content that is none of the four texts.
    ContentKey {
        /// Which step.
        step: StepId,
        /// Which key.
        key: String,
    },
    /// A member of a step's metadata.
    StepMetadata {
        /// Which step.
        step: StepId,
        /// As of the walkthrough's metadata.
        path: Vec<String>,
    },
    /// A step's quiz.
    Quiz {
        /// Which step.
        step: StepId,
    },
    /// Where a step leads.
    Link {
        /// Which step.
        step: StepId,
    },
    /// Where a step stands.
    Move {
        /// Which step.
        step: StepId,
    },
    /// Whether and how a server offers the walkthrough.
    Assignment {
        /// The server's slug.
        server: String,
    },
}

impl Place {
    /// The step that it is in.
    pub fn step(&self) -> Option<&StepId> {
        match self {
            Place::Step { step }
            | Place::StepTitle { step }
            | Place::Field { step, .. }
            | Place::Content { step }
            | Place::ContentKey { step, .. }
            | Place::StepMetadata { step, .. }
            | Place::Quiz { step }
            | Place::Link { step }
            | Place::Move { step } => Some(step),
            _ => None,
        }
    }
}

/// A place that both sides changed, each in another way. A side is `None` where it has nothing there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MergeConflict")]
pub struct Conflict {
    /// Where.
    pub place: Place,
    /// The step's number in the merged walkthrough (from 1), if it is about a step.
    pub number: Option<u32>,
    /// The step's title.
    pub step_title: Option<String>,
    /// What both started from.
    pub base: Option<String>,
    /// What the draft has.
    pub mine: Option<String>,
    /// What production has.
    pub theirs: Option<String>,
    /// What the draft changed, line by line; without a base, how it differs from production.
    pub mine_lines: Vec<DiffLine>,
    /// What production changed, line by line; without a base, how it differs from the draft.
    pub theirs_lines: Vec<DiffLine>,
    /// Whether it can be answered with a text of one's own.
    pub can_write: bool,
}

/// What a place is to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MergeTake", rename_all = "snake_case")]
pub enum Take {
    /// What the draft has.
    Mine,
    /// What production has.
    Theirs,
    /// This. Of metadata, JSON; empty removes it.
    Text(String),
}

/// The answer to one conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MergeAnswer")]
pub struct Answer {
    /// Which conflict.
    pub place: Place,
    /// What it becomes.
    pub take: Take,
}

/// Two versions joined as far as they can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// What both were.
    pub base: Option<Walkthrough>,
    /// The draft.
    pub mine: Walkthrough,
    /// Production.
    pub theirs: Walkthrough,
    /// Both joined; where there is a conflict, as the draft has it (and a step that one removed is still there).
    pub merged: Walkthrough,
    /// What has to be answered first, in the order of the screen.
    pub conflicts: Vec<Conflict>,
}

/// Merges two versions of a walkthrough. Without a base everything that differs is a conflict.
pub fn walkthroughs(base: Option<&Walkthrough>, mine: &Walkthrough, theirs: &Walkthrough) -> Merge {
    let (merged, conflicts) = settling::settle(base, mine, theirs, &Default::default());
    Merge { base: base.cloned(), mine: mine.clone(), theirs: theirs.clone(), merged, conflicts }
}

/// The merged walkthrough with every conflict answered.
///
/// # Errors
/// `Refused` while a conflict is open; `InvalidInput` for an answer to no conflict, two to one, or a text that cannot
/// stand there.
pub fn resolve(merge: &Merge, answers: &[Answer]) -> Result<Walkthrough> {
    let choices = answers::check(&merge.conflicts, answers)?;
    let (merged, _) = settling::settle(merge.base.as_ref(), &merge.mine, &merge.theirs, &choices);
    answers::check_result(&merged, answers)?;
    Ok(merged)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_details;
#[cfg(test)]
mod tests_of_properties;
