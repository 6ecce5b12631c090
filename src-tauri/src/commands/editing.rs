//! Changes to one draft.

use serde::{Deserialize, Serialize};
use tauri::State;
use waymark_core::{
    compose::{self, AddStep, AssignServer, StepsRef},
    edit::{Edit, change::DraftChange},
    error::{Code, Result},
    id::{StepId, WalkthroughId},
    metadata::{self, EnterMetadata, MetadataOf},
    section::{self, MoveSteps, SetSection},
};
use waymark_library::edits::{
    self, Rebased,
    exact::{self, TakeBack},
};

use crate::{desk::Desk, failure::Answer};

/// An edit of the window.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct ApplyEdit {
    /// Of which draft.
    pub walkthrough: WalkthroughId,
    /// What changes.
    pub edit: Edit,
    /// The version that the window shows.
    pub seen_version: Option<u32>,
}

/// An edit that is on the disk.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct Applied {
    /// The version that it made.
    pub version: u32,
    /// The version that `change` starts from. A window that shows another one opens the draft anew.
    pub from_version: u32,
    /// What is other than before; left out where the window has it already, because a text changed exactly as it asked. So
    /// neither a keystroke nor a moved step costs a copy of the whole walkthrough.
    pub change: Option<DraftChange>,
    /// Set where somebody else had edited in between.
    pub rebased: Option<Rebased>,
    /// Whether there is an edit to take back.
    pub can_undo: bool,
    /// Whether there is an edit to do again.
    pub can_redo: bool,
}

/// A step that was added.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct AddedStep {
    /// Which.
    pub step: StepId,
    /// What adding it made of the draft.
    pub applied: Applied,
}

/// Steps that were added.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct AddedSteps {
    /// Which, in order.
    pub steps: Vec<StepId>,
    /// What adding them made of the draft.
    pub applied: Applied,
}

impl From<edits::Applied> for Applied {
    fn from(applied: edits::Applied) -> Self {
        let edits::Applied { version, from_version, change, rebased, can_undo, can_redo, draft: _, edit: _ } = applied;
        Self { version, from_version, change: Some(change), rebased, can_undo, can_redo }
    }
}

/// Applies an edit.
#[tauri::command]
#[specta::specta]
pub async fn apply_edit(desk: State<'_, Desk>, input: ApplyEdit) -> Answer<Applied> {
    let ApplyEdit { walkthrough, edit, seen_version } = input;
    let applied = Applied::from(desk.apply(walkthrough, edit.clone(), seen_version).await?);
    let is_known = applied.rebased.is_none() && changes_only_texts(&edit);
    Ok(Applied { change: applied.change.filter(|_| !is_known), ..applied })
}

/// Adds an empty step.
#[tauri::command]
#[specta::specta]
pub async fn add_step(desk: State<'_, Desk>, input: AddStep) -> Answer<AddedStep> {
    let walkthrough = desk.walkthrough(&input.walkthrough).await?;
    let (step, edit) = compose::add_step_beside(&walkthrough, input.title, input.at, desk.source()?);
    Ok(AddedStep { step, applied: desk.apply(input.walkthrough, edit, None).await?.into() })
}

/// Puts copies of steps behind the last of them.
#[tauri::command]
#[specta::specta]
pub async fn duplicate_steps(desk: State<'_, Desk>, input: StepsRef) -> Answer<AddedSteps> {
    let walkthrough = desk.walkthrough(&input.walkthrough).await?;
    let (steps, edit) = compose::duplicate_steps(&walkthrough, &input.steps, desk.source()?)?;
    Ok(AddedSteps { steps, applied: desk.apply(input.walkthrough, edit, None).await?.into() })
}

/// Moves steps together, and into the section of the place where they arrive.
#[tauri::command]
#[specta::specta]
pub async fn move_steps(desk: State<'_, Desk>, input: MoveSteps) -> Answer<Applied> {
    let seen = edits::as_seen(desk.library()?, &input.walkthrough, input.seen_version).await?;
    let edit = section::move_steps(&seen.draft.walkthrough, &input.steps, &input.to)?;
    Ok(desk.apply(input.walkthrough, edit, Some(seen.version)).await?.into())
}

/// Puts steps into a section, or takes them out of theirs.
#[tauri::command]
#[specta::specta]
pub async fn set_section(desk: State<'_, Desk>, input: SetSection) -> Answer<Applied> {
    let seen = edits::as_seen(desk.library()?, &input.walkthrough, input.seen_version).await?;
    let edit = section::set(&seen.draft.walkthrough, &input.steps, input.section.as_deref())?;
    Ok(desk.apply(input.walkthrough, edit, Some(seen.version)).await?.into())
}

/// The writer's own metadata, to read and to change.
#[tauri::command]
#[specta::specta]
pub async fn show_metadata(desk: State<'_, Desk>, input: MetadataOf) -> Answer<String> {
    let walkthrough = desk.walkthrough(&input.walkthrough).await?;
    Ok(metadata::shown(metadata::find(&walkthrough, input.step.as_ref())?))
}

/// Stores metadata as a person entered it.
#[tauri::command]
#[specta::specta]
pub async fn enter_metadata(desk: State<'_, Desk>, input: EnterMetadata) -> Answer<Applied> {
    let seen = edits::as_seen(desk.library()?, &input.of.walkthrough, input.seen_version).await?;
    let edit = metadata::enter(&seen.draft.walkthrough, input.of.step.as_ref(), &input.text)?;
    Ok(desk.apply(input.of.walkthrough, edit, Some(seen.version)).await?.into())
}

/// Offers a walkthrough on a server, or changes how.
#[tauri::command]
#[specta::specta]
pub async fn assign_server(desk: State<'_, Desk>, input: AssignServer) -> Answer<Applied> {
    let walkthrough = desk.walkthrough(&input.walkthrough).await?;
    let edit = compose::assign(&walkthrough, input, desk.source()?);
    Ok(desk.apply(walkthrough.id.clone(), edit, None).await?.into())
}

/// Takes back the last edit; nothing where there is none.
#[tauri::command]
#[specta::specta]
pub async fn undo(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<Option<Applied>> {
    let undone = nothing_if_refused(edits::undo(desk.library()?, &id, desk.origin()).await)?;
    Ok(undone.map(|applied| desk.note(applied).into()))
}

/// Does again what was taken back; nothing where there is none.
#[tauri::command]
#[specta::specta]
pub async fn redo(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<Option<Applied>> {
    let redone = nothing_if_refused(edits::redo(desk.library()?, &id, desk.origin()).await)?;
    Ok(redone.map(|applied| desk.note(applied).into()))
}

/// Takes back one change, whatever came after it.
#[tauri::command]
#[specta::specta]
pub async fn take_back(desk: State<'_, Desk>, input: TakeBack) -> Answer<Applied> {
    Ok(desk.note(exact::take_back(desk.library()?, &input, desk.origin()).await?).into())
}

/// The window knows what these make of its draft.
fn changes_only_texts(edit: &Edit) -> bool {
    match edit {
        Edit::SpliceField { .. } | Edit::SetField { .. } => true,
        Edit::Batch { edits } => edits.iter().all(changes_only_texts),
        _ => false,
    }
}

fn nothing_if_refused<T>(outcome: Result<T>) -> Result<Option<T>> {
    match outcome {
        Err(error) if error.code == Code::Refused && error.field.is_none() => Ok(None),
        outcome => outcome.map(Some),
    }
}
