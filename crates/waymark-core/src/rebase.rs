//! Two people changed one walkthrough: text is merged three ways, everything else goes through where it does not
//! overlap, and what cannot be joined is a conflict that carries both sides. Nobody's words are overwritten.

use crate::{
    content::Field,
    edit::{self, Draft, Edit},
    error::{Code, Error, Result},
    id::StepId,
    json::FreeJson,
    merge::{TextConflict, text::join},
    walkthrough::{Assignment, Step},
};

mod metadata;

/// An edit made on an older version, as it is to be applied to the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// What to apply.
    pub edit: Edit,
    /// Whether a text was merged from two.
    pub is_merged: bool,
}

/// Carries an edit that was made on `base` over to `current`, the same draft after somebody else's edits.
///
/// # Errors
/// `Conflict` where both changed the same place (with [`TextConflict`] for texts), and those of `edit::apply`.
pub fn rebase(base: &Draft, current: &Draft, edit: &Edit) -> Result<Rebase> {
    let mut rebasing = Rebasing { base: base.clone(), current: current.clone(), is_merged: false };
    let edit = rebasing.carry(edit)?;
    Ok(Rebase { edit, is_merged: rebasing.is_merged })
}

/// Both drafts move along with each edit of a batch, so that later ones see what earlier ones did.
struct Rebasing {
    base: Draft,
    current: Draft,
    is_merged: bool,
}

impl Rebasing {
    fn carry(&mut self, edit: &Edit) -> Result<Edit> {
        if let Edit::Batch { edits } = edit {
            let edits = edits.iter().map(|part| self.carry(part)).collect::<Result<_>>()?;
            return Ok(Edit::Batch { edits });
        }
        let carried = self.carry_one(edit)?;
        if !matches!(edit, Edit::SetField { .. } | Edit::SpliceField { .. } | Edit::NullField { .. }) {
            edit::apply(&mut self.base, edit)?;
        }
        edit::apply(&mut self.current, &carried)?;
        Ok(carried)
    }

    fn carry_one(&mut self, edit: &Edit) -> Result<Edit> {
        match edit {
            Edit::SetField { step, field, .. }
            | Edit::SpliceField { step, field, .. }
            | Edit::NullField { step, field, .. } => self.carry_text(edit, step, *field),
            Edit::SetDescription { description } => {
                let base = self.base.walkthrough.description.clone();
                let theirs = self.current.walkthrough.description.clone();
                let description = self.merge_texts("description", "The description", (&base, description, &theirs))?;
                Ok(Edit::SetDescription { description })
            }
            Edit::SetMetadata { metadata } => {
                let metadata = self.join_metadata(metadata, |draft| draft.walkthrough.metadata.as_ref());
                metadata.map(|metadata| Edit::SetMetadata { metadata }).ok_or_else(|| self.refusal(edit))
            }
            Edit::SetStepMetadata { step, metadata } if self.has_step(step) => {
                let metadata = self.join_metadata(metadata, |draft| draft.walkthrough.step(step)?.metadata.as_ref());
                let of = step.clone();
                metadata.map(|metadata| Edit::SetStepMetadata { step: of, metadata }).ok_or_else(|| self.refusal(edit))
            }
            _ if self.is_untouched(edit) => Ok(edit.clone()),
            _ => Err(self.refusal(edit)),
        }
    }

    fn carry_text(&mut self, edit: &Edit, step: &StepId, field: Field) -> Result<Edit> {
        let read = |draft: &Draft| -> Result<Option<String>> {
            let index = draft.walkthrough.step_index(step)?;
            Ok(draft.walkthrough.steps[index].content_fields.text(field).map(str::to_owned))
        };
        let base = read(&self.base)?;
        edit::apply(&mut self.base, edit)?;
        let mine = read(&self.base)?;
        let theirs = read(&self.current).map_err(|_| gone(field, base.as_deref(), mine.as_deref()))?;
        if theirs == base {
            return Ok(edit.clone());
        }
        let what = format!("The {}", field.label());
        let text = self.merge_texts(field.name(), &what, (&base, &mine, &theirs))?;
        Ok(Edit::SetField { step: step.clone(), field, text })
    }

    fn merge_texts(
        &mut self,
        field: &str,
        what: &str,
        (base, mine, theirs): (&Option<String>, &Option<String>, &Option<String>),
    ) -> Result<Option<String>> {
        if theirs == base || theirs == mine {
            return Ok(mine.clone());
        }
        if mine == base {
            return Ok(theirs.clone());
        }
        let side = |text: &Option<String>| text.clone().unwrap_or_default();
        let sides = TextConflict { base: side(base), mine: side(mine), theirs: side(theirs) };
        match join(&sides.base, &sides.mine, &sides.theirs) {
            Some(merged) => {
                self.is_merged = true;
                Ok(Some(merged))
            }
            None => Err(Error::new(Code::Conflict, format!("{what} was changed elsewhere in the same place."))
                .with_field(field)
                .with_hint("Take one of the two versions, or edit them together.")
                .with_conflict(sides)),
        }
    }

    fn has_step(&self, step: &StepId) -> bool {
        self.base.walkthrough.step(step).is_some() && self.current.walkthrough.step(step).is_some()
    }

    /// `None` where both changed the same member.
    fn join_metadata(
        &mut self,
        mine: &Option<FreeJson>,
        of: impl Fn(&Draft) -> Option<&FreeJson>,
    ) -> Option<Option<FreeJson>> {
        let (base, theirs) = (of(&self.base), of(&self.current));
        let is_merged = theirs != base && theirs != mine.as_ref();
        let joined = metadata::join(base, mine.as_ref(), theirs);
        self.is_merged |= is_merged;
        joined
    }

    /// Whether what this edit writes is as the person saw it, or is already what the person wants.
    fn is_untouched(&self, edit: &Edit) -> bool {
        let (base, now) = (&self.base.walkthrough, &self.current.walkthrough);
        let steps = |id: &StepId| (base.step(id), now.step(id));
        match edit {
            // Adding overwrites nothing, and trashing loses nothing.
            Edit::AddStep { .. } | Edit::AddSteps { .. } | Edit::PutStep { .. } | Edit::SetTrashed { .. } => true,
            Edit::Batch { .. } | Edit::SetField { .. } | Edit::SpliceField { .. } => true,
            Edit::NullField { .. } | Edit::SetDescription { .. } => true,
            Edit::Replace { .. } => base == now,
            Edit::SetTitle { title } => now.title == base.title || now.title == *title,
            Edit::SetType { kind } => now.kind == base.kind || now.kind == *kind,
            Edit::SetStatus { status } => now.status == base.status || now.status == *status,
            Edit::SetDuration { minutes } => {
                let duration = now.estimated_duration_minutes;
                duration == base.estimated_duration_minutes || duration == *minutes
            }
            Edit::SetTags { tags } => now.tags == base.tags || now.tags == *tags,
            Edit::RenameStep { step, title } => match steps(step) {
                (Some(base), Some(now)) => now.title == base.title || now.title == *title,
                _ => false,
            },
            // Joined where the step is there.
            Edit::SetMetadata { .. } | Edit::SetStepMetadata { .. } => false,
            Edit::SetLink { step, next } => match steps(step) {
                (Some(base), Some(now)) => now.next_step_id == base.next_step_id || now.next_step_id == *next,
                _ => false,
            },
            Edit::RemoveStep { step } | Edit::DropStep { step } => match steps(step) {
                (Some(base), Some(now)) => is_same_text(base, now),
                _ => false,
            },
            Edit::RemoveSteps { steps: ids } => ids.iter().all(|id| match steps(id) {
                (Some(base), Some(now)) => is_same_text(base, now),
                _ => false,
            }),
            Edit::MoveStep { .. } | Edit::MoveSteps { .. } | Edit::Arrange { .. } => {
                base.steps.iter().map(|step| &step.id).eq(now.steps.iter().map(|step| &step.id))
            }
            Edit::Assign { assignment: Assignment { server, .. } } | Edit::Unassign { server } => {
                let of = |assignments: &[Assignment]| assignments.iter().find(|known| known.server == *server).cloned();
                of(&base.assignments) == of(&now.assignments)
            }
        }
    }

    fn refusal(&self, edit: &Edit) -> Error {
        let (what, field) = match edit {
            Edit::SetTitle { .. } => ("The title was", Some("title")),
            Edit::RenameStep { .. } => ("The step's title was", Some("title")),
            Edit::SetTags { .. } => ("The tags were", Some("tags")),
            Edit::SetMetadata { .. } | Edit::SetStepMetadata { .. } => ("The metadata was", Some("metadata")),
            Edit::SetLink { .. } => ("The step's link was", Some("next_step_id")),
            Edit::RemoveStep { .. } | Edit::DropStep { .. } => ("The step was", None),
            Edit::RemoveSteps { .. } => ("One of the steps was", None),
            Edit::MoveStep { .. } | Edit::MoveSteps { .. } | Edit::Arrange { .. } => {
                ("The order of the steps was", None)
            }
            Edit::Assign { .. } | Edit::Unassign { .. } => ("The assignment was", None),
            _ => ("This was", None),
        };
        let error =
            Error::new(Code::Conflict, format!("{what} changed elsewhere in the meantime. Nothing was written."))
                .with_hint("Look at the present version and repeat the change if it is still wanted.");
        match (field, edit, &self.base.walkthrough.title, &self.current.walkthrough.title) {
            (Some(field), Edit::SetTitle { title }, base, theirs) => error
                .with_field(field)
                .with_conflict(TextConflict { base: base.clone(), mine: title.clone(), theirs: theirs.clone() }),
            (Some(field), ..) => error.with_field(field),
            (None, ..) => error,
        }
    }
}

/// Whether two states of a step say the same; where it stands does not matter here.
fn is_same_text(a: &Step, b: &Step) -> bool {
    a.title == b.title && a.content_fields == b.content_fields && a.metadata == b.metadata
}

fn gone(field: Field, base: Option<&str>, mine: Option<&str>) -> Error {
    let side = |text: Option<&str>| text.unwrap_or_default().to_owned();
    Error::new(Code::Conflict, "The step was removed elsewhere in the meantime. Nothing was written.")
        .with_field(field.name())
        .with_hint("Undo the removal, or put the text into another step.")
        .with_conflict(TextConflict { base: side(base), mine: side(mine), theirs: String::new() })
}

#[cfg(test)]
mod tests;
