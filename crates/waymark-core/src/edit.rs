//! Every change to a walkthrough is one [`Edit`], and applying it gives the edit that takes it back.
//!
//! [`apply`] is the only way a draft changes. It never checks the limits of the platform's forms, so that an undo can
//! restore a row that broke them all along; [`check`] does that for what a person enters now.

use std::collections::HashMap;

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
            let old = replace(fields.text_mut(*field), text.clone());
            Edit::SetField { step: step.clone(), field: *field, text: old }
        }
        Edit::SpliceField { step, field, splice } => {
            let text = step_mut(walkthrough, step)?.content_fields.editable()?.text_mut(*field);
            let was_absent = text.is_none();
            let inverse = splice_text(text.get_or_insert_default(), splice).inspect_err(|_| {
                if was_absent {
                    *text = None;
                }
            })?;
            if was_absent {
                Edit::SetField { step: step.clone(), field: *field, text: None }
            } else {
                Edit::SpliceField { step: step.clone(), field: *field, splice: inverse }
            }
        }
        Edit::SetLink { step, next } => set_link(walkthrough, step, next.as_ref())?,
        Edit::AddStep { step, at } => add_step(walkthrough, step, *at)?,
        Edit::RemoveStep { step } => remove_step(walkthrough, step)?,
        Edit::MoveStep { step, to } => move_step(walkthrough, step, *to)?,
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
        Edit::Arrange { places } => arrange(walkthrough, places)?,
        Edit::Assign { assignment } => assign(walkthrough, assignment),
        Edit::Unassign { server } => {
            let place = walkthrough.assignments.iter().position(|known| known.server == *server);
            let place = place.ok_or_else(|| {
                Error::not_found(format!("`{}` is not assigned to the server `{server}`.", walkthrough.title))
            })?;
            let assignment = walkthrough.assignments.remove(place);
            Edit::Assign { assignment }
        }
    })
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

/// Replaces a part of a text; positions are UTF-16 code units.
///
/// # Errors
/// `InvalidInput` for positions that are out of the text, in the wrong order, or inside a character.
pub fn splice_text(text: &mut String, splice: &Splice) -> Result<Splice> {
    let (from, to) = (byte_offset(text, splice.from)?, byte_offset(text, splice.to)?);
    if from > to {
        return Err(Error::invalid(format!("The change ends at {} before it begins at {}.", splice.to, splice.from)));
    }
    let removed = text[from..to].to_owned();
    text.replace_range(from..to, &splice.insert);
    let inserted = splice.insert.encode_utf16().count() as u32;
    Ok(Splice { from: splice.from, to: splice.from + inserted, insert: removed })
}

fn byte_offset(text: &str, utf16: u32) -> Result<usize> {
    let mut units = 0;
    for (offset, character) in text.char_indices() {
        if units == utf16 {
            return Ok(offset);
        }
        units += character.len_utf16() as u32;
        if units > utf16 {
            return Err(Error::invalid(format!("Position {utf16} is inside a character.")));
        }
    }
    if units == utf16 {
        return Ok(text.len());
    }
    Err(Error::invalid(format!("Position {utf16} is behind the end of the text, which has {units} units."))
        .with_hint("The text changed elsewhere. Reload the step."))
}

fn set_link(walkthrough: &mut Walkthrough, step: &StepId, next: Option<&StepId>) -> Result<Edit> {
    if next == Some(step) {
        return Err(Error::invalid("A step cannot point to itself.")
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

fn add_step(walkthrough: &mut Walkthrough, step: &Step, at: u32) -> Result<Edit> {
    refuse_known_id(walkthrough, &step.id)?;
    let structure = Structure::of(walkthrough);
    let at = (at as usize).min(walkthrough.steps.len());
    let mut step = step.clone();
    step.next_step_id = None;
    let id = step.id.clone();
    walkthrough.steps.insert(at, step);
    let is_in_chain = at > 0 && structure.is_plain(&walkthrough.steps[at - 1].id);
    structure.settle(walkthrough, is_in_chain.then_some(&id));
    Ok(Edit::Batch { edits: vec![Edit::DropStep { step: id }, structure.restore()] })
}

fn remove_step(walkthrough: &mut Walkthrough, id: &StepId) -> Result<Edit> {
    let index = walkthrough.step_index(id)?;
    let structure = Structure::of(walkthrough);
    let removed = walkthrough.steps.remove(index);
    for step in &mut walkthrough.steps {
        if step.next_step_id.as_ref() == Some(id) {
            step.next_step_id = removed.next_step_id.clone().filter(|next| *next != step.id && next != id);
        }
    }
    structure.settle(walkthrough, None);
    Ok(Edit::Batch { edits: vec![Edit::PutStep { step: Box::new(removed) }, structure.restore()] })
}

fn move_step(walkthrough: &mut Walkthrough, id: &StepId, to: u32) -> Result<Edit> {
    let index = walkthrough.step_index(id)?;
    let to = (to as usize).min(walkthrough.steps.len() - 1);
    if to == index {
        return Ok(Edit::Arrange { places: Vec::new() });
    }
    let structure = Structure::of(walkthrough);
    let step = walkthrough.steps.remove(index);
    walkthrough.steps.insert(to, step);
    structure.settle(walkthrough, None);
    Ok(structure.restore())
}

fn arrange(walkthrough: &mut Walkthrough, places: &[StepPlace]) -> Result<Edit> {
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

/// How steps stood before a structural change: their places, and which links were plain (pointed to the successor).
struct Structure {
    places: Vec<StepPlace>,
    is_plain: HashMap<StepId, bool>,
}

impl Structure {
    fn of(walkthrough: &Walkthrough) -> Self {
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

    fn is_plain(&self, id: &StepId) -> bool {
        self.is_plain.get(id).copied().unwrap_or_default()
    }

    /// Renumbers 1..n in the present order, and points plain links (and that of `joining`) to the present successor.
    fn settle(&self, walkthrough: &mut Walkthrough, joining: Option<&StepId>) {
        let ids: Vec<StepId> = walkthrough.steps.iter().map(|step| step.id.clone()).collect();
        for (index, step) in walkthrough.steps.iter_mut().enumerate() {
            step.display_order = index as i32 + 1;
            if self.is_plain(&step.id) || joining == Some(&step.id) {
                step.next_step_id = ids.get(index + 1).cloned();
            }
        }
    }

    fn restore(self) -> Edit {
        Edit::Arrange { places: self.places }
    }
}
