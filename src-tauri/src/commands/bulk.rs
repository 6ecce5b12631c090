//! Changes to several walkthroughs at once, among them find and replace, and their undo.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;
use waymark_app::export::{self, ExportDrafts, ExportedDrafts};
use waymark_core::id::{BulkChangeId, WalkthroughId};
use waymark_library::{
    bulk::{self, ApplyBulk, BulkApplied, BulkSummary, BulkUndone},
    replace::{self, FindReplace, ReplacePreview, Replaced, RunReplace},
};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
};

/// Drafts to export into a folder.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct ExportTo {
    /// Which.
    pub ids: Vec<WalkthroughId>,
    /// A folder that `choose_export_folder` gave.
    pub folder: PathBuf,
}

/// Changes several drafts: all or none.
#[tauri::command]
#[specta::specta]
pub async fn apply_bulk(desk: State<'_, Desk>, input: ApplyBulk) -> Answer<BulkApplied> {
    let applied = bulk::apply(desk.library()?, input, desk.origin()).await?;
    applied.changed.iter().for_each(|id| desk.previews.forget(id.as_str()));
    Ok(applied)
}

/// Takes a change to several drafts back.
#[tauri::command]
#[specta::specta]
pub async fn undo_bulk(desk: State<'_, Desk>, id: BulkChangeId) -> Answer<BulkUndone> {
    let undone = bulk::undo(desk.library()?, &id, desk.origin()).await?;
    desk.previews.forget_all();
    Ok(undone)
}

/// The last change to several drafts that is in force, if it is of today.
#[tauri::command]
#[specta::specta]
pub async fn last_bulk(desk: State<'_, Desk>) -> Answer<Option<BulkSummary>> {
    bulk::last(desk.library()?).await.map_err(Failure::from)
}

/// The last replacements, newest first.
#[tauri::command]
#[specta::specta]
pub async fn list_replacements(desk: State<'_, Desk>) -> Answer<Vec<BulkSummary>> {
    bulk::list(desk.library()?, Some(replace::KIND)).await.map_err(Failure::from)
}

/// What replacing would do. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_replace(desk: State<'_, Desk>, input: FindReplace) -> Answer<ReplacePreview> {
    replace::preview(desk.library()?, &input).await.map_err(Failure::from)
}

/// Replaces what was shown.
#[tauri::command]
#[specta::specta]
pub async fn run_replace(desk: State<'_, Desk>, input: RunReplace) -> Answer<Replaced> {
    let replaced = replace::run(desk.library()?, &input, desk.origin()).await?;
    desk.previews.forget_all();
    Ok(replaced)
}

/// Asks for a folder to export to; nothing where the person cancels.
#[tauri::command]
#[specta::specta]
pub async fn choose_export_folder(desk: State<'_, Desk>, window: WebviewWindow) -> Answer<Option<PathBuf>> {
    let (send, chosen) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(&window).set_title("Export to a folder");
    dialog.pick_folder(move |folder| drop(send.send(folder)));
    let Ok(Some(folder)) = chosen.await else { return Ok(None) };
    let Ok(path) = folder.into_path() else { return Ok(None) };
    desk.files.allow_writing(&path);
    Ok(Some(path))
}

/// Writes the JSON export of each draft into the folder, beside what is there.
#[tauri::command]
#[specta::specta]
pub async fn export_drafts(desk: State<'_, Desk>, input: ExportTo) -> Answer<ExportedDrafts> {
    desk.files.check_writing(&input.folder)?;
    export::run_all(desk.app()?, ExportDrafts { ids: input.ids, folder: input.folder }).await.map_err(Failure::from)
}
