//! What the store adds to an edit: times, and the limits that only the result shows.

use std::collections::HashMap;

use waymark_core::{
    edit::{Draft, Edit},
    error::{Error, Result},
    id::StepId,
    limits,
    walkthrough::{Millis, Step},
};

/// Gives new steps and assignments their time of creation, before the edit goes into the journal.
pub(super) fn stamp(edit: &mut Edit, now: Millis) {
    match edit {
        Edit::Batch { edits } => edits.iter_mut().for_each(|edit| stamp(edit, now)),
        Edit::AddStep { step, .. } => {
            step.created_at.get_or_insert(now);
            step.updated_at.get_or_insert(now);
        }
        Edit::Assign { assignment } => {
            assignment.created_at.get_or_insert(now);
        }
        _ => {}
    }
}

/// Whether two states of a draft differ in nothing but times of change, which are no change.
pub(super) fn is_same(a: &Draft, b: &Draft) -> bool {
    let (a, b, trashed) = (&a.walkthrough, &b.walkthrough, a.trashed_at == b.trashed_at);
    trashed
        && (&a.title, &a.description, a.kind, a.status, a.created_at)
            == (&b.title, &b.description, b.kind, b.status, b.created_at)
        && a.estimated_duration_minutes == b.estimated_duration_minutes
        && (&a.tags, &a.metadata, &a.assignments) == (&b.tags, &b.metadata, &b.assignments)
        && a.steps.len() == b.steps.len()
        && a.steps.iter().zip(&b.steps).all(|(a, b)| is_same_step(a, b))
}

fn is_same_step(a: &Step, b: &Step) -> bool {
    (&a.id, &a.title, a.display_order, &a.next_step_id) == (&b.id, &b.title, b.display_order, &b.next_step_id)
        && (&a.content_fields, a.created_at, &a.metadata) == (&b.content_fields, b.created_at, &b.metadata)
}

/// Sets the time of change of whatever changed, unless the edit brought its own.
pub(super) fn touch(before: &Draft, after: &mut Draft, now: Millis) {
    let before = &before.walkthrough;
    let after = &mut after.walkthrough;
    let known: HashMap<&StepId, &Step> = before.steps.iter().map(|step| (&step.id, step)).collect();
    for step in &mut after.steps {
        let old = known.get(&step.id);
        if old.is_some_and(|old| old.updated_at == step.updated_at && !is_same_step(old, step)) {
            step.updated_at = Some(now);
        }
    }
    if before != after && before.updated_at == after.updated_at {
        after.updated_at = Some(now);
    }
}

/// Checks what `edit::check` cannot see: sizes of the result, and names of what is new.
pub(super) fn check_result(edit: &Edit, before: &Draft, after: &Draft) -> Result<()> {
    let (old, new) = (before.walkthrough.steps.len(), after.walkthrough.steps.len());
    if new > old && new > limits::STEPS_MAX {
        return Err(Error::invalid(format!("The walkthrough would have {new} steps."))
            .with_hint(format!("It may have up to {}. Split it.", limits::STEPS_MAX)));
    }
    check_parts(edit, after)
}

fn check_parts(edit: &Edit, after: &Draft) -> Result<()> {
    match edit {
        Edit::Batch { edits } => edits.iter().try_for_each(|edit| check_parts(edit, after)),
        Edit::SpliceField { step, field, .. } => match after.walkthrough.step(step) {
            Some(step) => limits::check_field(*field, step.content_fields.text(*field).unwrap_or_default()),
            None => Ok(()),
        },
        Edit::Assign { assignment } if assignment.server.trim().is_empty() => {
            Err(Error::invalid("The server has no name.")
                .with_field("server")
                .with_hint("Name the server by its slug."))
        }
        Edit::Assign { assignment } => limits::check_text("server", "The server's slug", &assignment.server),
        Edit::AddStep { step, .. } if step.id.as_str().is_empty() => {
            Err(Error::invalid("The new step has no id.").with_field("id"))
        }
        _ => Ok(()),
    }
}
