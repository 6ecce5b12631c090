//! The order in which a learner meets the steps, and where in it a learner is.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use super::standing::{Offer, ProgressRow, StepSeen};
use crate::{
    id::StepId,
    json::{FreeJson, own},
    progress::Progress,
    walkthrough::{Step, Walkthrough},
};

/// One walkthrough's steps in the learner's order.
#[derive(Debug, Clone)]
pub struct Path<'a> {
    /// The walkthrough.
    pub offer: &'a Offer,
    /// Its steps.
    pub steps: Vec<&'a StepSeen>,
}

impl<'a> Path<'a> {
    /// Puts `steps` (in display order) into the learner's order.
    pub fn new(offer: &'a Offer, steps: &'a [StepSeen]) -> Self {
        let links: Vec<_> = steps.iter().map(|step| (&step.id, step.next_step_id.as_ref())).collect();
        let order = if offer.is_linked { linked_order(&links) } else { (0..steps.len()).collect() };
        Self { offer, steps: order.into_iter().map(|index| &steps[index]).collect() }
    }

    /// The place (from 0) of a step.
    pub fn index(&self, id: &StepId) -> Option<usize> {
        self.steps.iter().position(|step| step.id == *id)
    }

    /// The next step: the first whose id is not completed.
    pub fn first_open(&self, completed: &[StepId]) -> Option<&'a StepSeen> {
        let completed: HashSet<&StepId> = completed.iter().collect();
        self.steps.iter().copied().find(|step| !completed.contains(&step.id))
    }

    /// The current step: the stored one while it exists and is open, else the next step.
    pub fn current(&self, row: Option<&ProgressRow>) -> Option<&'a StepSeen> {
        let completed = row.map(ProgressRow::completed).unwrap_or_default();
        let stored = row.and_then(|row| row.current_step_id.as_ref()).filter(|id| !completed.contains(id));
        stored.and_then(|id| self.index(id)).map_or_else(|| self.first_open(&completed), |at| Some(self.steps[at]))
    }

    /// How far the learner is; completed ids of steps that no longer exist do not count.
    pub fn progress(&self, completed: &[StepId]) -> Progress {
        let completed: HashSet<&StepId> = completed.iter().collect();
        let done = self.steps.iter().filter(|step| completed.contains(&step.id)).count();
        Progress::of(done as u32, self.steps.len() as u32)
    }
}

/// The walkthrough with its steps in the order in which a learner meets them.
pub fn in_learner_order(walkthrough: &Walkthrough) -> Cow<'_, Walkthrough> {
    if !is_linked(walkthrough.metadata.as_ref()) {
        return Cow::Borrowed(walkthrough);
    }
    let steps = steps_in_learner_order(walkthrough).into_iter().cloned().collect();
    Cow::Owned(Walkthrough { steps, ..walkthrough.clone() })
}

/// The steps of a walkthrough in the order in which a learner meets them.
pub fn steps_in_learner_order(walkthrough: &Walkthrough) -> Vec<&Step> {
    let steps = &walkthrough.steps;
    if !is_linked(walkthrough.metadata.as_ref()) {
        return steps.iter().collect();
    }
    let links: Vec<_> = steps.iter().map(|step| (&step.id, step.next_step_id.as_ref())).collect();
    linked_order(&links).into_iter().map(|at| &steps[at]).collect()
}

/// Whether a walkthrough's metadata opts in to linked order.
pub fn is_linked(metadata: Option<&FreeJson>) -> bool {
    own(metadata, "order").is_some_and(|order| order == FreeJson::of("linked"))
}

/// Follows the links from the first step, then adds the steps not reached, in the order given. A link that leads
/// nowhere, or back, ends the chain.
pub fn linked_order(links: &[(&StepId, Option<&StepId>)]) -> Vec<usize> {
    let places: HashMap<&StepId, usize> = links.iter().enumerate().map(|(at, (step, _))| (*step, at)).collect();
    let mut order = Vec::with_capacity(links.len());
    let mut is_reached = vec![false; links.len()];
    let mut next = (!links.is_empty()).then_some(0);
    while let Some(at) = next.filter(|at| !is_reached[*at]) {
        is_reached[at] = true;
        order.push(at);
        next = links[at].1.and_then(|id| places.get(id).copied());
    }
    order.extend((0..links.len()).filter(|at| !is_reached[*at]));
    order
}
