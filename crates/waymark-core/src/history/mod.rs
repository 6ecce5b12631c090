//! The history of a draft: which of its moments are worth keeping, how two of them differ, and what brings one back.

use serde::{Deserialize, Serialize};

use crate::{
    diff::changes,
    error::Result,
    id::StepId,
    publish::{AssignmentChange, DetailChange, StepChange},
    walkthrough::Walkthrough,
    wording::chosen::Wordings,
};

pub mod keeping;
pub mod restore;
#[cfg(test)]
mod tests;

/// What differs between two versions of one walkthrough. Status is left out: it is production's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Comparison {
    /// Title, description, type, tags, duration, metadata: those that differ.
    pub details: Vec<DetailChange>,
    /// Steps that differ, in the order of the second version, removed ones where they stood.
    pub steps: Vec<StepChange>,
    /// Assignments that differ.
    pub assignments: Vec<AssignmentChange>,
}

/// Compares two versions of one walkthrough, texts as they are written and as an agent receives them. With `only`, that
/// step is looked at and nothing else.
///
/// # Errors
/// Those of rendering.
pub fn compare(
    before: &Walkthrough,
    after: &Walkthrough,
    only: Option<&StepId>,
    wordings: &Wordings,
) -> Result<Comparison> {
    let mut steps = changes::steps(Some(before), after);
    steps.retain(|step| only.is_none_or(|only| step.id == *only));
    changes::add_agent_texts(&mut steps, before, after, wordings)?;
    if only.is_some() {
        return Ok(Comparison { details: Vec::new(), steps, assignments: Vec::new() });
    }
    let (details, assignments) = (changes::details(Some(before), after), changes::assignments(Some(before), after));
    Ok(Comparison { details, steps, assignments })
}
