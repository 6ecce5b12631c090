//! What the store adds to an edit: times, and the limits that only the result shows.

use waymark_core::{
    edit::{Draft, Edit},
    error::{Error, Result},
    limits,
    walkthrough::Millis,
};

/// Gives new steps and assignments their time of creation, before the edit goes into the journal.
pub(super) fn stamp(edit: &mut Edit, now: Millis) {
    match edit {
        Edit::Batch { edits } => edits.iter_mut().for_each(|edit| stamp(edit, now)),
        Edit::AddStep { step, .. } => {
            step.created_at.get_or_insert(now);
            step.updated_at.get_or_insert(now);
        }
        Edit::AddSteps { steps, .. } => {
            for step in steps {
                step.created_at.get_or_insert(now);
                step.updated_at.get_or_insert(now);
            }
        }
        Edit::Assign { assignment } => {
            assignment.created_at.get_or_insert(now);
        }
        _ => {}
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
