//! What an edit does to a walkthrough: each kind of it, with the one that takes it back.

use super::{Edit, group, structure, text};
use crate::{
    content::Field,
    error::{Code, Error, Result},
    id::StepId,
    walkthrough::{Assignment, Step, Walkthrough, sort_steps},
};

/// Applies an edit of the walkthrough itself, and gives its inverse.
pub(super) fn apply(walkthrough: &mut Walkthrough, edit: &Edit) -> Result<Edit> {
    use std::mem::replace;
    Ok(match edit {
        Edit::Batch { .. } | Edit::SetTrashed { .. } => {
            return Err(Error::bug("A draft's edit reached its walkthrough."));
        }
        Edit::Replace { walkthrough: new } => {
            let mut new = new.as_ref().clone();
            new.id = walkthrough.id.clone();
            sort_steps(&mut new.steps);
            sort_assignments(&mut new.assignments);
            Edit::Replace { walkthrough: Box::new(replace(walkthrough, new)) }
        }
        Edit::SetTitle { title } => Edit::SetTitle { title: replace(&mut walkthrough.title, title.clone()) },
        Edit::SetDescription { description } => {
            Edit::SetDescription { description: replace(&mut walkthrough.description, description.clone()) }
        }
        Edit::SetType { kind } => Edit::SetType { kind: replace(&mut walkthrough.kind, *kind) },
        Edit::SetStatus { status } => Edit::SetStatus { status: replace(&mut walkthrough.status, *status) },
        Edit::SetDuration { minutes } => {
            Edit::SetDuration { minutes: replace(&mut walkthrough.estimated_duration_minutes, *minutes) }
        }
        Edit::SetTags { tags } => Edit::SetTags { tags: replace(&mut walkthrough.tags, tags.clone()) },
        Edit::SetMetadata { metadata } => {
            Edit::SetMetadata { metadata: replace(&mut walkthrough.metadata, metadata.clone()) }
        }
        Edit::RenameStep { step, title } => {
            let old = replace(&mut step_mut(walkthrough, step)?.title, title.clone());
            Edit::RenameStep { step: step.clone(), title: old }
        }
        Edit::SetStepMetadata { step, metadata } => {
            let old = replace(&mut step_mut(walkthrough, step)?.metadata, metadata.clone());
            Edit::SetStepMetadata { step: step.clone(), metadata: old }
        }
        Edit::SetField { step, field, text } => {
            let fields = step_mut(walkthrough, step)?.content_fields.editable()?;
            let null = text.as_ref().and_then(|_| fields.take_null(*field));
            let old = replace(fields.text_mut(*field), text.clone());
            text_inverse(step, *field, old, null)
        }
        Edit::SpliceField { step, field, splice } => {
            let fields = step_mut(walkthrough, step)?.content_fields.editable()?;
            match fields.text_mut(*field) {
                Some(text) => {
                    let splice = text::splice_text(text, splice)?;
                    Edit::SpliceField { step: step.clone(), field: *field, splice }
                }
                None => {
                    let mut text = String::new();
                    text::splice_text(&mut text, splice)?;
                    let null = fields.take_null(*field);
                    *fields.text_mut(*field) = Some(text);
                    text_inverse(step, *field, None, null)
                }
            }
        }
        Edit::NullField { step, field, at } => {
            let fields = step_mut(walkthrough, step)?.content_fields.editable()?;
            let null = fields.take_null(*field);
            let old = fields.text_mut(*field).take();
            fields.put_null(*field, *at);
            text_inverse(step, *field, old, null)
        }
        Edit::SetLink { step, next } => structure::set_link(walkthrough, step, next.as_ref())?,
        Edit::AddStep { step, at } => structure::add_step(walkthrough, step, *at)?,
        Edit::RemoveStep { step } => structure::remove_step(walkthrough, step)?,
        Edit::MoveStep { step, to } => structure::move_step(walkthrough, step, *to)?,
        Edit::AddSteps { steps, at } => group::add_steps(walkthrough, steps, *at)?,
        Edit::RemoveSteps { steps } => group::remove_steps(walkthrough, steps)?,
        Edit::MoveSteps { steps, to } => group::move_steps(walkthrough, steps, *to)?,
        Edit::PutStep { step } => {
            refuse_known_id(walkthrough, &step.id)?;
            walkthrough.steps.push(step.as_ref().clone());
            sort_steps(&mut walkthrough.steps);
            Edit::DropStep { step: step.id.clone() }
        }
        Edit::DropStep { step } => {
            let index = walkthrough.step_index(step)?;
            Edit::PutStep { step: Box::new(walkthrough.steps.remove(index)) }
        }
        Edit::Arrange { places } => structure::arrange(walkthrough, places)?,
        Edit::Assign { assignment } => assign(walkthrough, assignment),
        Edit::Unassign { server } => {
            let place = walkthrough.assignments.iter().position(|known| known.server == *server);
            let place = place.ok_or_else(|| {
                Error::not_found(format!("`{}` is not assigned to the server `{server}`.", walkthrough.title))
                    .with_hint("Check the slug: it is one of the servers that the walkthrough is assigned to.")
            })?;
            let assignment = walkthrough.assignments.remove(place);
            Edit::Assign { assignment }
        }
    })
}

/// The edit that gives a field its old text back; where it had none, it was absent or stored as null.
fn text_inverse(step: &StepId, field: Field, old: Option<String>, null: Option<u32>) -> Edit {
    match (old, null) {
        (None, Some(at)) => Edit::NullField { step: step.clone(), field, at },
        (text, _) => Edit::SetField { step: step.clone(), field, text },
    }
}

pub(super) fn step_mut<'a>(walkthrough: &'a mut Walkthrough, id: &StepId) -> Result<&'a mut Step> {
    let index = walkthrough.step_index(id)?;
    Ok(&mut walkthrough.steps[index])
}

pub(super) fn refuse_known_id(walkthrough: &Walkthrough, id: &StepId) -> Result<()> {
    match walkthrough.step(id) {
        Some(step) => Err(Error::new(Code::Conflict, format!("The step `{}` already has the id `{id}`.", step.title))),
        None => Ok(()),
    }
}

pub(super) fn twice(id: &StepId) -> Error {
    Error::new(Code::Conflict, format!("Two of the new steps have the id `{id}`."))
}

fn assign(walkthrough: &mut Walkthrough, assignment: &Assignment) -> Edit {
    match walkthrough.assignments.iter_mut().find(|known| known.server == assignment.server) {
        Some(known) => Edit::Assign { assignment: std::mem::replace(known, assignment.clone()) },
        None => {
            walkthrough.assignments.push(assignment.clone());
            sort_assignments(&mut walkthrough.assignments);
            Edit::Unassign { server: assignment.server.clone() }
        }
    }
}

/// The one order of assignments inside a walkthrough. Their `display_order` is a place among a server's walkthroughs.
fn sort_assignments(assignments: &mut [Assignment]) {
    assignments.sort_by(|a, b| a.server.cmp(&b.server));
}
