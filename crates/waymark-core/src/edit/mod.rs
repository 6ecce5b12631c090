//! Every change to a walkthrough is one [`Edit`], and applying it gives the edit that takes it back.
//!
//! [`apply`] is the only way a draft changes. It never checks the limits of the platform's forms, so that an undo can
//! restore a row that broke them all along; [`check`] does that for what a person enters now.

pub mod change;
mod group;
pub mod run;
pub(crate) mod structure;
pub(crate) mod text;
pub mod trash;

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    error::{Code, Error, Result},
    id::StepId,
    json::FreeJson,
    limits,
    walkthrough::{Assignment, Millis, Step, Walkthrough, WalkthroughStatus, WalkthroughType, sort_steps},
};

/// A walkthrough as the library holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Draft {
    /// The walkthrough with its steps and assignments.
    pub walkthrough: Walkthrough,
    /// When it went to the trash, if it is there.
    pub trashed_at: Option<Millis>,
}

/// A change inside one text: `from..to` is replaced with `insert`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Splice {
    /// First replaced position, in UTF-16 code units (as editors in a webview count).
    pub from: u32,
    /// End of what is replaced (exclusive), in UTF-16 code units.
    pub to: u32,
    /// What stands there afterwards.
    pub insert: String,
}

/// Where a step stands and points, exactly as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StepPlace {
    /// The step.
    pub step: StepId,
    /// Its stored order.
    pub display_order: i32,
    /// Its link.
    pub next_step_id: Option<StepId>,
}

/// One change to one walkthrough. Serialized into the journal, so variants are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum Edit {
    /// Several edits as one: all or nothing.
    Batch {
        /// In order.
        edits: Vec<Edit>,
    },
    /// The whole walkthrough at once: import over it, pull, restore of a revision. Keeps the id.
    Replace {
        /// What it becomes.
        walkthrough: Box<Walkthrough>,
    },
    /// Into the trash (a time) or out of it.
    SetTrashed {
        /// When, or `None` to take it out.
        at: Option<Millis>,
    },
    /// The title.
    SetTitle {
        /// New title.
        title: String,
    },
    /// The description.
    SetDescription {
        /// New description.
        description: Option<String>,
    },
    /// What the walkthrough is for.
    SetType {
        /// New type.
        #[serde(rename = "type")]
        kind: WalkthroughType,
    },
    /// Draft, published or archived.
    SetStatus {
        /// New status.
        status: WalkthroughStatus,
    },
    /// Minutes that a learner needs.
    SetDuration {
        /// New duration.
        minutes: Option<i32>,
    },
    /// The tags.
    SetTags {
        /// All tags.
        tags: Vec<String>,
    },
    /// The walkthrough's metadata.
    SetMetadata {
        /// The whole JSON.
        metadata: Option<FreeJson>,
    },
    /// A step's title.
    RenameStep {
        /// Which.
        step: StepId,
        /// New title.
        title: String,
    },
    /// A step's metadata.
    SetStepMetadata {
        /// Which.
        step: StepId,
        /// The whole JSON.
        metadata: Option<FreeJson>,
    },
    /// One content field, whole.
    SetField {
        /// Which step.
        step: StepId,
        /// Which field.
        field: Field,
        /// New text.
        text: Option<String>,
    },
    /// A part of one content field. An absent field counts as empty.
    SpliceField {
        /// Which step.
        step: StepId,
        /// Which field.
        field: Field,
        /// What changes.
        splice: Splice,
    },
    /// A content field is stored as null, which is no text and yet not absent. Only an undo makes this.
    NullField {
        /// Which step.
        step: StepId,
        /// Which field.
        field: Field,
        /// Its place among the keys that are not texts.
        at: u32,
    },
    /// Where a step points.
    SetLink {
        /// Which step.
        step: StepId,
        /// Its preferred next step.
        next: Option<StepId>,
    },
    /// A new step at a place; renumbers, and keeps plain links plain.
    AddStep {
        /// The step; its order and link are given by the place.
        step: Box<Step>,
        /// Index (from 0) at which it will stand; past the end is the end.
        at: u32,
    },
    /// A step goes; renumbers, and links that pointed to it point to where it pointed.
    RemoveStep {
        /// Which.
        step: StepId,
    },
    /// A step moves; renumbers, and keeps plain links plain.
    MoveStep {
        /// Which.
        step: StepId,
        /// Index (from 0) at which it will stand.
        to: u32,
    },
    /// New steps one behind the other; renumbers. A link from one of them to another stays, the others are given by the
    /// place as with `AddStep`.
    AddSteps {
        /// The steps, in order.
        steps: Vec<Step>,
        /// Index (from 0) at which the first will stand; past the end is the end.
        at: u32,
    },
    /// Steps go; renumbers, and links that pointed to one of them point to where it pointed.
    RemoveSteps {
        /// Which.
        steps: Vec<StepId>,
    },
    /// Steps move together, in the order in which they stand; renumbers, and keeps plain links plain.
    MoveSteps {
        /// Which.
        steps: Vec<StepId>,
        /// Index (from 0) at which the first will stand: how many of the others stand before them.
        to: u32,
    },
    /// A step comes back exactly as it was.
    PutStep {
        /// With its stored order and link.
        step: Box<Step>,
    },
    /// A step goes and nothing else changes.
    DropStep {
        /// Which.
        step: StepId,
    },
    /// Stored orders and links, exactly.
    Arrange {
        /// One for each step to set.
        places: Vec<StepPlace>,
    },
    /// Offers the walkthrough on a server, or changes how.
    Assign {
        /// Replaces the assignment to the same server.
        assignment: Assignment,
    },
    /// Takes the walkthrough from a server.
    Unassign {
        /// The server's slug.
        server: String,
    },
}

/// Checks what a person enters now against the limits of the platform.
///
/// # Errors
/// `InvalidInput` naming the field, the excess and the limit.
pub fn check(edit: &Edit) -> Result<()> {
    match edit {
        Edit::Batch { edits } => edits.iter().try_for_each(check),
        Edit::SetTitle { title } => limits::check_title(title),
        Edit::SetDescription { description } => limits::check_description(description.as_deref().unwrap_or_default()),
        Edit::RenameStep { title, .. } => limits::check_step_title(title),
        Edit::AddStep { step, .. } => check_step(step),
        Edit::AddSteps { steps, .. } => steps.iter().try_for_each(check_step),
        Edit::SetField { field, text, .. } => limits::check_field(*field, text.as_deref().unwrap_or_default()),
        Edit::SpliceField { field, splice, .. } => limits::check_field(*field, &splice.insert),
        Edit::SetTags { tags } => tags.iter().try_for_each(|tag| limits::check_text("tags", "A tag", tag)),
        Edit::SetDuration { minutes: Some(minutes) } if *minutes < 0 => {
            Err(Error::invalid(format!("The duration is {minutes} minutes."))
                .with_field("estimated_duration_minutes")
                .with_hint("Give it zero or more minutes, or leave it empty."))
        }
        _ => Ok(()),
    }
}

fn check_step(step: &Step) -> Result<()> {
    limits::check_step_title(&step.title)?;
    Field::ALL
        .into_iter()
        .try_for_each(|field| limits::check_field(field, step.content_fields.text(field).unwrap_or_default()))
}

/// Applies an edit and gives its inverse: applying that restores the draft to the letter.
/// On an error the draft is unchanged. Times of change (`updated_at`) are the store's business.
///
/// # Errors
/// `NotFound` for a step that is not there, `InvalidInput` for a link to itself or a splice outside of the text,
/// `Refused` for content of an unknown version, `Conflict` for an id that is already there.
pub fn apply(draft: &mut Draft, edit: &Edit) -> Result<Edit> {
    match edit {
        Edit::Batch { edits } => apply_batch(draft, edits),
        Edit::SetTrashed { at } => Ok(Edit::SetTrashed { at: std::mem::replace(&mut draft.trashed_at, *at) }),
        _ => apply_to_walkthrough(&mut draft.walkthrough, edit),
    }
}

fn apply_batch(draft: &mut Draft, edits: &[Edit]) -> Result<Edit> {
    let mut inverses = Vec::with_capacity(edits.len());
    for edit in edits {
        match apply(draft, edit) {
            Ok(inverse) => inverses.push(inverse),
            Err(error) => {
                for inverse in inverses.iter().rev() {
                    apply(draft, inverse).expect("BUG: an inverse did not apply to what its edit produced");
                }
                return Err(error);
            }
        }
    }
    inverses.reverse();
    Ok(Edit::Batch { edits: inverses })
}

fn apply_to_walkthrough(walkthrough: &mut Walkthrough, edit: &Edit) -> Result<Edit> {
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

fn step_mut<'a>(walkthrough: &'a mut Walkthrough, id: &StepId) -> Result<&'a mut Step> {
    let index = walkthrough.step_index(id)?;
    Ok(&mut walkthrough.steps[index])
}

fn refuse_known_id(walkthrough: &Walkthrough, id: &StepId) -> Result<()> {
    match walkthrough.step(id) {
        Some(step) => Err(Error::new(Code::Conflict, format!("The step `{}` already has the id `{id}`.", step.title))),
        None => Ok(()),
    }
}

fn twice(id: &StepId) -> Error {
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
