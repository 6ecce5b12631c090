//! The history of a draft.

use tauri::State;
use waymark_core::history::Comparison;
use waymark_library::{
    history::{self, CompareVersions, ListHistory, RestoreRevision, SaveSnapshot},
    revisions::RevisionSummary,
};

use crate::{
    commands::editing::Applied,
    desk::Desk,
    failure::{Answer, Failure},
};

/// The revisions of a walkthrough, newest first.
#[tauri::command]
#[specta::specta]
pub async fn list_history(desk: State<'_, Desk>, input: ListHistory) -> Answer<Vec<RevisionSummary>> {
    history::list(desk.library()?, &input).await.map_err(Failure::from)
}

/// Keeps the draft as it is now.
#[tauri::command]
#[specta::specta]
pub async fn save_snapshot(desk: State<'_, Desk>, input: SaveSnapshot) -> Answer<RevisionSummary> {
    history::snapshot(desk.library()?, input, desk.origin()).await.map_err(Failure::from)
}

/// What differs between two versions.
#[tauri::command]
#[specta::specta]
pub async fn compare_versions(desk: State<'_, Desk>, input: CompareVersions) -> Answer<Comparison> {
    history::compare(desk.library()?, &input).await.map_err(Failure::from)
}

/// Brings back what a revision had.
#[tauri::command]
#[specta::specta]
pub async fn restore_revision(desk: State<'_, Desk>, input: RestoreRevision) -> Answer<Applied> {
    let applied = history::restore(desk.library()?, &input, desk.origin()).await?;
    Ok(desk.note(applied).into())
}
