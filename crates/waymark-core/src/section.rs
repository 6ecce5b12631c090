//! Sections: headings that group steps in the list of the editor.
//!
//! A section is a run of neighboring steps that carry the same name under `waymark.section` in their metadata. It belongs
//! to the steps, so it moves, is copied, exported and published with them, and no step can be in a section that is gone.
//! Agents and learners never see it: our key is left out of what they read.

use serde::{Deserialize, Serialize};

use crate::{
    edit::Edit,
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    json::{self, FreeJson},
    limits,
    walkthrough::{Step, Walkthrough},
};

/// The member of our key in a step's metadata.
pub const KEY: &str = "section";
/// Characters in a section's name.
pub const NAME_MAX: usize = 100;

/// Steps to move, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MoveSteps {
    /// In which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Which.
    pub steps: Vec<StepId>,
    /// Where to.
    pub to: Target,
    /// The version that it was made on; `None` for the present one, whatever it is.
    pub seen_version: Option<u32>,
}

/// Where steps go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Target {
    /// To a place, and into the section that is there.
    Place {
        /// Index (from 0) at which the first will stand: how many of the others stand before them.
        at: u32,
        /// The section that they will be in, or `None` for none.
        section: Option<String>,
    },
    /// One up: past the step above, or out of the section and into the one above.
    Up,
    /// One down: past the step below, or into the section below.
    Down,
    /// Past the whole section above, keeping their own.
    PastSectionAbove,
    /// Past the whole section below, keeping their own.
    PastSectionBelow,
}

/// Steps to put into a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SetSection {
    /// In which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Which.
    pub steps: Vec<StepId>,
    /// The section, or `None` to take them out of theirs.
    pub section: Option<String>,
    /// The version that it was made on; `None` for the present one, whatever it is.
    pub seen_version: Option<u32>,
}

/// A run of neighboring steps with one section, or with none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Section {
    /// Its name.
    pub name: Option<String>,
    /// Its steps, in order.
    pub steps: Vec<StepId>,
}

/// The section that a step is in.
pub fn of(step: &Step) -> Option<String> {
    named(step.metadata.as_ref())
}

/// The section that a step's metadata names.
pub fn named(metadata: Option<&FreeJson>) -> Option<String> {
    let name: String = json::own(metadata.filter(|json| json.as_str().contains(KEY)), KEY)?.read().ok()?;
    (!name.trim().is_empty()).then_some(name)
}

/// All steps, by section.
pub fn sections(walkthrough: &Walkthrough) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for step in &walkthrough.steps {
        let name = of(step);
        match sections.last_mut().filter(|section| section.name == name) {
            Some(section) => section.steps.push(step.id.clone()),
            None => sections.push(Section { name, steps: vec![step.id.clone()] }),
        }
    }
    sections
}

/// Whether a section, or none, begins with the step at this place (from 0).
pub fn begins(walkthrough: &Walkthrough, index: usize) -> bool {
    let name = |index: usize| walkthrough.steps.get(index).and_then(of);
    index.checked_sub(1).is_none_or(|before| name(before) != name(index))
}

/// The steps from this place (from 0) on that are in the same section.
pub fn run(walkthrough: &Walkthrough, index: usize) -> &[Step] {
    let steps = walkthrough.steps.get(index..).unwrap_or_default();
    let name = steps.first().and_then(of);
    let length = steps.iter().position(|step| of(step) != name).unwrap_or(steps.len());
    &steps[..length]
}

/// Puts steps into a section, or takes them out of theirs.
///
/// # Errors
/// `InvalidInput` for a name that is empty or too long; `NotFound` for a step that is not there; `Refused` for one whose
/// metadata is no JSON object, so that there is nowhere to note it.
pub fn set(walkthrough: &Walkthrough, steps: &[StepId], name: Option<&str>) -> Result<Edit> {
    let name = name.map(checked).transpose()?;
    let mut edits = Vec::new();
    for id in steps {
        let step = &walkthrough.steps[walkthrough.step_index(id)?];
        edits.extend(entering(step, name)?);
    }
    Ok(Edit::Batch { edits })
}

/// Moves steps, and puts them into the section of the place where they arrive.
///
/// # Errors
/// Those of [`set`].
pub fn move_steps(walkthrough: &Walkthrough, steps: &[StepId], to: &Target) -> Result<Edit> {
    for id in steps {
        walkthrough.step_index(id)?;
    }
    let (moved, others): (Vec<&Step>, Vec<&Step>) = walkthrough.steps.iter().partition(|step| steps.contains(&step.id));
    let Some(first) = moved.first() else {
        return Ok(Edit::Batch { edits: Vec::new() });
    };
    let start = walkthrough.step_index(&first.id)?;
    let end = start + moved.len();
    let is_together = walkthrough.steps[start..end.min(walkthrough.steps.len())].iter().all(|s| steps.contains(&s.id));
    let (own, all_own) = (of(first), moved.iter().all(|step| of(step) == of(first)));
    let (at, section) = match to {
        Target::Place { at, section } => ((*at as usize).min(others.len()), Some(section.clone())),
        Target::PastSectionAbove => (past_above(&others, start), None),
        Target::PastSectionBelow => (past_below(&others, start), None),
        // Steps from here and there come together first, where the first of them (or the last) stands.
        Target::Up => match start.checked_sub(1).map(|above| of(others[above])) {
            Some(above) if all_own && is_together && above == own => (start - 1, None),
            Some(above) if is_together => (start, Some(above)),
            _ => (start, None),
        },
        Target::Down => match others.get(start) {
            Some(below) if is_together && all_own && of(below) == own => (start + 1, None),
            Some(below) if is_together => (start, Some(of(below))),
            Some(_) => (last_place(walkthrough, &others, &moved), None),
            None => (start, None),
        },
    };
    let mut edits = vec![Edit::MoveSteps { steps: steps.to_vec(), to: u32::try_from(at).unwrap_or(u32::MAX) }];
    if let Some(section) = section {
        let name = section.as_deref().map(checked).transpose()?;
        for step in moved {
            edits.extend(entering(step, name)?);
        }
    }
    Ok(Edit::Batch { edits })
}

/// How many of the others stand before the last of those that move.
fn last_place(walkthrough: &Walkthrough, others: &[&Step], moved: &[&Step]) -> usize {
    let last = moved.last().map(|step| &step.id);
    let place = walkthrough.steps.iter().rposition(|step| Some(&step.id) == last).unwrap_or_default();
    (place + 1).saturating_sub(moved.len()).min(others.len())
}

fn past_above(others: &[&Step], place: usize) -> usize {
    let Some(above) = place.checked_sub(1) else { return place };
    let name = of(others[above]);
    others[..place].iter().rposition(|step| of(step) != name).map_or(0, |other| other + 1)
}

fn past_below(others: &[&Step], place: usize) -> usize {
    let Some(below) = others.get(place) else { return place };
    let name = of(below);
    others[place..].iter().position(|step| of(step) != name).map_or(others.len(), |other| place + other)
}

/// The edit that puts a step into a section, if it is not there yet.
fn entering(step: &Step, name: Option<&str>) -> Result<Option<Edit>> {
    if of(step).as_deref() == name {
        return Ok(None);
    }
    let metadata = json::with_own(step.metadata.as_ref(), KEY, name.map(FreeJson::of));
    if metadata == step.metadata {
        let message = format!("The step `{}` cannot be in a section: its metadata is not a JSON object.", step.title);
        return Err(Error::new(crate::error::Code::Refused, message).with_hint("Make its metadata an object first."));
    }
    Ok(Some(Edit::SetStepMetadata { step: step.id.clone(), metadata }))
}

fn checked(name: &str) -> Result<&str> {
    limits::check_text(KEY, "The section's name", name)?;
    let name = name.trim();
    let count = name.chars().count();
    match count {
        0 => Err(Error::invalid("The section has no name.").with_field(KEY).with_hint("Give it a name, or remove it.")),
        _ if count > NAME_MAX => Err(Error::invalid(format!("The section's name is {count} characters long."))
            .with_field(KEY)
            .with_hint(format!("It may have up to {NAME_MAX}. Shorten it by {}.", count - NAME_MAX))),
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests;
