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
mod whole;

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    error::{Error, Result},
    id::StepId,
    json::FreeJson,
    limits,
    walkthrough::{Assignment, Millis, Step, Walkthrough, WalkthroughStatus, WalkthroughType},
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
        _ => whole::apply(&mut draft.walkthrough, edit),
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
