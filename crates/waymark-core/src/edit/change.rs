//! What an edit made of a draft, for a reader that has the draft as it was: as small as what changed. A window of a
//! walkthrough with 500 steps is told of one title, not of two and a half megabytes.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Draft;
use crate::{
    id::StepId,
    walkthrough::{Millis, Step, Walkthrough},
};

/// The difference between two states of one draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DraftChange {
    /// When it went to the trash, if it is there now.
    pub trashed_at: Option<Millis>,
    /// All but the steps, if anything of that changed: the walkthrough with an empty list of steps.
    pub details: Option<Box<Walkthrough>>,
    /// Steps that are new or say something else, whole.
    pub steps: Vec<Step>,
    /// Every step of the walkthrough in order, if order, links or membership changed. Steps that it does not name are gone.
    pub places: Option<Vec<Placed>>,
}

/// Where a step stands now, without what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Placed {
    /// The step.
    pub step: StepId,
    /// Its stored order.
    pub display_order: i32,
    /// Its link.
    pub next_step_id: Option<StepId>,
    /// When its row last changed.
    pub updated_at: Option<Millis>,
}

/// What changed between two states of one draft.
pub fn between(before: &Draft, after: &Draft) -> DraftChange {
    let (old, new) = (&before.walkthrough, &after.walkthrough);
    let known: HashMap<&StepId, &Step> = old.steps.iter().map(|step| (&step.id, step)).collect();
    let is_told = |step: &&Step| known.get(&step.id).is_none_or(|old| !says_the_same(old, step));
    let is_placed = old.steps.len() == new.steps.len()
        && old.steps.iter().zip(&new.steps).all(|(a, b)| {
            (&a.id, a.display_order, &a.next_step_id) == (&b.id, b.display_order, &b.next_step_id)
                && (a.updated_at == b.updated_at || !says_the_same(a, b))
        });
    DraftChange {
        trashed_at: after.trashed_at,
        details: (!has_same_details(old, new)).then(|| Box::new(details(new))),
        steps: new.steps.iter().filter(is_told).cloned().collect(),
        places: (!is_placed).then(|| new.steps.iter().map(placed).collect()),
    }
}

/// Makes of a draft what `between` said; the draft has to be the one that was `before`.
pub fn apply(draft: &mut Draft, change: &DraftChange) {
    draft.trashed_at = change.trashed_at;
    let walkthrough = &mut draft.walkthrough;
    let mut steps = std::mem::take(&mut walkthrough.steps);
    if let Some(details) = &change.details {
        *walkthrough = details.as_ref().clone();
    }
    for told in &change.steps {
        match steps.iter_mut().find(|step| step.id == told.id) {
            Some(step) => *step = told.clone(),
            None => steps.push(told.clone()),
        }
    }
    if let Some(places) = &change.places {
        let mut known: HashMap<StepId, Step> = steps.into_iter().map(|step| (step.id.clone(), step)).collect();
        steps = places.iter().filter_map(|place| Some(put(known.remove(&place.step)?, place))).collect();
    }
    walkthrough.steps = steps;
}

fn put(step: Step, place: &Placed) -> Step {
    let Placed { step: _, display_order, next_step_id, updated_at } = place;
    Step { display_order: *display_order, next_step_id: next_step_id.clone(), updated_at: *updated_at, ..step }
}

fn placed(step: &Step) -> Placed {
    let Step { id, display_order, next_step_id, updated_at, .. } = step;
    Placed {
        step: id.clone(),
        display_order: *display_order,
        next_step_id: next_step_id.clone(),
        updated_at: *updated_at,
    }
}

fn says_the_same(a: &Step, b: &Step) -> bool {
    (&a.title, &a.content_fields, &a.metadata, a.created_at) == (&b.title, &b.content_fields, &b.metadata, b.created_at)
}

/// Field by field: copying both with all their texts to compare them would cost more than all the rest.
fn has_same_details(a: &Walkthrough, b: &Walkthrough) -> bool {
    (&a.id, &a.title, &a.description, a.kind, a.status) == (&b.id, &b.title, &b.description, b.kind, b.status)
        && (a.created_at, a.updated_at, a.estimated_duration_minutes)
            == (b.created_at, b.updated_at, b.estimated_duration_minutes)
        && (&a.tags, &a.metadata, &a.assignments) == (&b.tags, &b.metadata, &b.assignments)
}

fn details(walkthrough: &Walkthrough) -> Walkthrough {
    Walkthrough {
        id: walkthrough.id.clone(),
        title: walkthrough.title.clone(),
        description: walkthrough.description.clone(),
        kind: walkthrough.kind,
        status: walkthrough.status,
        created_at: walkthrough.created_at,
        updated_at: walkthrough.updated_at,
        estimated_duration_minutes: walkthrough.estimated_duration_minutes,
        tags: walkthrough.tags.clone(),
        metadata: walkthrough.metadata.clone(),
        steps: Vec::new(),
        assignments: walkthrough.assignments.clone(),
    }
}
