//! Several steps at once. They count in the order in which they stand, whatever the order in which they were named.

use std::collections::HashSet;

use super::{
    Edit,
    structure::Structure,
    whole::{refuse_known_id, twice},
};
use crate::{
    error::Result,
    id::StepId,
    walkthrough::{Step, Walkthrough},
};

pub(super) fn add_steps(walkthrough: &mut Walkthrough, steps: &[Step], at: u32) -> Result<Edit> {
    let mut ids = HashSet::with_capacity(steps.len());
    for step in steps {
        refuse_known_id(walkthrough, &step.id)?;
        if !ids.insert(step.id.clone()) {
            return Err(twice(&step.id));
        }
    }
    if steps.is_empty() {
        return Ok(nothing());
    }
    let structure = Structure::of(walkthrough);
    let at = (at as usize).min(walkthrough.steps.len());
    let is_in_chain = at > 0 && structure.is_plain(&walkthrough.steps[at - 1].id);
    let is_inside = |step: &Step| step.next_step_id.as_ref().is_some_and(|next| *next != step.id && ids.contains(next));
    let added: Vec<Step> = steps
        .iter()
        .map(|step| Step { next_step_id: step.next_step_id.clone().filter(|_| is_inside(step)), ..step.clone() })
        .collect();
    let joining: HashSet<&StepId> = match is_in_chain {
        true => steps.iter().filter(|step| !is_inside(step)).map(|step| &step.id).collect(),
        false => HashSet::new(),
    };
    walkthrough.steps.splice(at..at, added);
    structure.settle(walkthrough, |id| joining.contains(id));
    let mut edits: Vec<Edit> = steps.iter().map(|step| Edit::DropStep { step: step.id.clone() }).collect();
    edits.push(structure.restore(walkthrough));
    Ok(Edit::Batch { edits })
}

pub(super) fn remove_steps(walkthrough: &mut Walkthrough, ids: &[StepId]) -> Result<Edit> {
    let wanted = known(walkthrough, ids)?;
    if wanted.is_empty() {
        return Ok(nothing());
    }
    let structure = Structure::of(walkthrough);
    let (removed, kept): (Vec<Step>, Vec<Step>) =
        std::mem::take(&mut walkthrough.steps).into_iter().partition(|step| wanted.contains(&step.id));
    walkthrough.steps = kept;
    for step in &mut walkthrough.steps {
        // Through all that go, and no further than once around a circle of them.
        for _ in 0..removed.len() {
            let Some(gone) = removed.iter().find(|gone| step.next_step_id.as_ref() == Some(&gone.id)) else { break };
            step.next_step_id = gone.next_step_id.clone();
        }
        let leads = |next: &StepId| *next != step.id && !wanted.contains(next);
        step.next_step_id = step.next_step_id.take().filter(leads);
    }
    structure.settle(walkthrough, |_| false);
    let restore = structure.restore(walkthrough);
    let mut edits: Vec<Edit> = removed.into_iter().map(|step| Edit::PutStep { step: Box::new(step) }).collect();
    edits.push(restore);
    Ok(Edit::Batch { edits })
}

pub(super) fn move_steps(walkthrough: &mut Walkthrough, ids: &[StepId], to: u32) -> Result<Edit> {
    let wanted = known(walkthrough, ids)?;
    let structure = Structure::of(walkthrough);
    let order: Vec<StepId> = walkthrough.steps.iter().map(|step| step.id.clone()).collect();
    let (moved, mut steps): (Vec<Step>, Vec<Step>) =
        std::mem::take(&mut walkthrough.steps).into_iter().partition(|step| wanted.contains(&step.id));
    let to = (to as usize).min(steps.len());
    steps.splice(to..to, moved);
    walkthrough.steps = steps;
    if walkthrough.steps.iter().map(|step| &step.id).eq(&order) {
        return Ok(nothing());
    }
    structure.settle(walkthrough, |_| false);
    Ok(structure.restore(walkthrough))
}

fn known(walkthrough: &Walkthrough, ids: &[StepId]) -> Result<HashSet<StepId>> {
    let there: HashSet<&StepId> = walkthrough.steps.iter().map(|step| &step.id).collect();
    if let Some(unknown) = ids.iter().find(|id| !there.contains(id)) {
        walkthrough.step_index(unknown)?;
    }
    Ok(ids.iter().cloned().collect())
}

fn nothing() -> Edit {
    Edit::Arrange { places: Vec::new() }
}
