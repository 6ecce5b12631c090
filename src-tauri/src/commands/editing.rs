//! Changes to one draft.

use serde::{Deserialize, Serialize};
use tauri::State;
use waymark_core::{
    compose::{self, AddStep, AssignServer, StepRef},
    edit::{Draft, Edit},
    error::{Code, Result},
    id::{StepId, WalkthroughId},
};
use waymark_library::edits::{self, Rebased};

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
    /// The draft as it is now; left out where the window has it already, because a text changed exactly as it asked. So a
    /// keystroke never costs a copy of the whole walkthrough.
    pub draft: Option<Draft>,
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
    /// The version that it made.
    pub version: u32,
    /// The draft as it is now.
    pub draft: Draft,
}

impl From<edits::Applied> for Applied {
    fn from(applied: edits::Applied) -> Self {
        let edits::Applied { version, draft, rebased, can_undo, can_redo, edit: _ } = applied;
        Self { version, draft: Some(draft), rebased, can_undo, can_redo }
    }
}

/// Applies an edit.
#[tauri::command]
#[specta::specta]
pub async fn apply_edit(desk: State<'_, Desk>, input: ApplyEdit) -> Answer<Applied> {
    let ApplyEdit { walkthrough, edit, seen_version } = input;
    let applied = Applied::from(desk.apply(walkthrough, edit.clone(), seen_version).await?);
    let is_known = applied.rebased.is_none() && changes_only_texts(&edit);
    Ok(Applied { draft: applied.draft.filter(|_| !is_known), ..applied })
}

/// Adds an empty step.
#[tauri::command]
#[specta::specta]
pub async fn add_step(desk: State<'_, Desk>, input: AddStep) -> Answer<AddedStep> {
    let (step, edit) = compose::add_step(input.title, input.at, desk.source()?);
    let edits::Applied { version, draft, .. } = desk.apply(input.walkthrough, edit, None).await?;
    Ok(AddedStep { step, version, draft })
}

/// Puts a copy of a step behind it.
#[tauri::command]
#[specta::specta]
pub async fn duplicate_step(desk: State<'_, Desk>, input: StepRef) -> Answer<AddedStep> {
    let walkthrough = desk.walkthrough(&input.walkthrough).await?;
    let (step, edit) = compose::duplicate_step(&walkthrough, &input.step, desk.source()?)?;
    let edits::Applied { version, draft, .. } = desk.apply(input.walkthrough, edit, None).await?;
    Ok(AddedStep { step, version, draft })
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
        Err(error) if error.code == Code::Refused => Ok(None),
        outcome => outcome.map(Some),
    }
}
