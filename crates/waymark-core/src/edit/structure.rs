//! Adding, removing, moving and linking steps. Plain links (to the successor) stay plain; the rest stay where they point.

use std::collections::HashMap;

use super::{
    Edit, StepPlace,
    whole::{refuse_known_id, step_mut},
};
use crate::{
    error::{Error, Result},
    id::StepId,
    walkthrough::{Step, Walkthrough, sort_steps},
};

pub(super) fn set_link(walkthrough: &mut Walkthrough, step: &StepId, next: Option<&StepId>) -> Result<Edit> {
    if next == Some(step) {
        let known = step_mut(walkthrough, step)?;
        return Err(Error::invalid(format!("The step `{}` cannot point to itself.", known.title))
            .with_field("next_step_id")
            .with_hint("Choose another step, or none."));
    }
    if let Some(next) = next {
        walkthrough.step_index(next)?;
    }
    // The old link may lead nowhere, which `SetLink` would refuse: the inverse sets it as it was stored.
    let known = step_mut(walkthrough, step)?;
    let old = std::mem::replace(&mut known.next_step_id, next.cloned());
    let place = StepPlace { step: step.clone(), display_order: known.display_order, next_step_id: old };
    Ok(Edit::Arrange { places: vec![place] })
}

pub(super) fn add_step(walkthrough: &mut Walkthrough, step: &Step, at: u32) -> Result<Edit> {
    refuse_known_id(walkthrough, &step.id)?;
    let structure = Structure::of(walkthrough);
    let at = (at as usize).min(walkthrough.steps.len());
    let mut step = step.clone();
    step.next_step_id = None;
    let id = step.id.clone();
    walkthrough.steps.insert(at, step);
    let is_in_chain = at > 0 && structure.is_plain(&walkthrough.steps[at - 1].id);
    structure.settle(walkthrough, |known| is_in_chain && *known == id);
    let restore = structure.restore(walkthrough);
    Ok(Edit::Batch { edits: vec![Edit::DropStep { step: id }, restore] })
}

pub(super) fn remove_step(walkthrough: &mut Walkthrough, id: &StepId) -> Result<Edit> {
    let index = walkthrough.step_index(id)?;
    let structure = Structure::of(walkthrough);
    let removed = walkthrough.steps.remove(index);
    for step in &mut walkthrough.steps {
        if step.next_step_id.as_ref() == Some(id) {
            step.next_step_id = removed.next_step_id.clone().filter(|next| *next != step.id && next != id);
        }
    }
    structure.settle(walkthrough, |_| false);
    let restore = structure.restore(walkthrough);
    Ok(Edit::Batch { edits: vec![Edit::PutStep { step: Box::new(removed) }, restore] })
}

pub(super) fn move_step(walkthrough: &mut Walkthrough, id: &StepId, to: u32) -> Result<Edit> {
    let index = walkthrough.step_index(id)?;
    let to = (to as usize).min(walkthrough.steps.len() - 1);
    if to == index {
        return Ok(Edit::Arrange { places: Vec::new() });
    }
    let structure = Structure::of(walkthrough);
    let step = walkthrough.steps.remove(index);
    walkthrough.steps.insert(to, step);
    structure.settle(walkthrough, |_| false);
    Ok(structure.restore(walkthrough))
}

pub(super) fn arrange(walkthrough: &mut Walkthrough, places: &[StepPlace]) -> Result<Edit> {
    let mut old = Vec::with_capacity(places.len());
    for place in places {
        walkthrough.step_index(&place.step)?;
    }
    for place in places {
        let step = step_mut(walkthrough, &place.step)?;
        old.push(StepPlace {
            step: place.step.clone(),
            display_order: std::mem::replace(&mut step.display_order, place.display_order),
            next_step_id: std::mem::replace(&mut step.next_step_id, place.next_step_id.clone()),
        });
    }
    sort_steps(&mut walkthrough.steps);
    Ok(Edit::Arrange { places: old })
}

/// How steps stood before a structural change: their places, and which links were plain (pointed to the successor).
pub(crate) struct Structure {
    places: Vec<StepPlace>,
    is_plain: HashMap<StepId, bool>,
}

impl Structure {
    pub(crate) fn of(walkthrough: &Walkthrough) -> Self {
        let steps = &walkthrough.steps;
        let places = steps
            .iter()
            .map(|step| StepPlace {
                step: step.id.clone(),
                display_order: step.display_order,
                next_step_id: step.next_step_id.clone(),
            })
            .collect();
        let mut is_plain = HashMap::with_capacity(steps.len());
        let mut is_chained = false;
        for (index, step) in steps.iter().enumerate() {
            is_chained = match (steps.get(index + 1), &step.next_step_id) {
                (Some(successor), Some(next)) => *next == successor.id,
                (Some(_), None) => false,
                // The last step of a chain ends it: its missing link is the plain one.
                (None, next) => is_chained && next.is_none(),
            };
            is_plain.insert(step.id.clone(), is_chained);
        }
        Self { places, is_plain }
    }

    pub(crate) fn is_plain(&self, id: &StepId) -> bool {
        self.is_plain.get(id).copied().unwrap_or_default()
    }

    /// Renumbers 1..n in the present order, and points plain links (and those that join) to the present successor.
    pub(super) fn settle(&self, walkthrough: &mut Walkthrough, is_joining: impl Fn(&StepId) -> bool) {
        let ids: Vec<StepId> = walkthrough.steps.iter().map(|step| step.id.clone()).collect();
        for (index, step) in walkthrough.steps.iter_mut().enumerate() {
            step.display_order = index as i32 + 1;
            if self.is_plain(&step.id) || is_joining(&step.id) {
                step.next_step_id = ids.get(index + 1).cloned();
            }
        }
    }

    /// The places that are other than before, as they were. What is gone comes back with its own.
    pub(super) fn restore(self, walkthrough: &Walkthrough) -> Edit {
        let now: HashMap<&StepId, &Step> = walkthrough.steps.iter().map(|step| (&step.id, step)).collect();
        let is_other = |place: &StepPlace| {
            now.get(&place.step).is_some_and(|step| {
                step.display_order != place.display_order || step.next_step_id != place.next_step_id
            })
        };
        Edit::Arrange { places: self.places.into_iter().filter(is_other).collect() }
    }
}
