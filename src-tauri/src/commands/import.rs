//! Files in and out. The person chooses them in the system's dialogs or drops them; the window never names a path.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;
use waymark_app::{
    examples,
    export::{self, ExportedDraft, OnExisting},
    import::{self, ImportPreview, Imported, RunImport, Source},
};
use waymark_core::{format::bundle::ENDING, id::WalkthroughId};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
    tasks::{TaskId, TaskProgress},
};

/// Files to import, under a number.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ImportTask {
    /// From `new_task`: `TaskProgress` carries it, and `cancel_task` takes it.
    pub task: TaskId,
    /// What to do.
    pub run: RunImport,
}

/// A draft to export.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct ExportDraft {
    /// Which.
    pub id: WalkthroughId,
    /// A file that `choose_export_file` gave.
    pub path: PathBuf,
}

/// Asks for files to import; nothing where the person cancels.
#[tauri::command]
#[specta::specta]
pub async fn choose_import_files(desk: State<'_, Desk>, window: WebviewWindow) -> Answer<Option<Vec<PathBuf>>> {
    let (send, chosen) = oneshot::channel();
    let dialog = window
        .dialog()
        .file()
        .set_parent(&window)
        .set_title("Import walkthroughs")
        .add_filter("Walkthroughs", &["json", ENDING]);
    dialog.add_filter("All files", &["*"]).pick_files(move |files| drop(send.send(files)));
    let Ok(Some(files)) = chosen.await else { return Ok(None) };
    let paths: Vec<PathBuf> = files.into_iter().filter_map(|file| file.into_path().ok()).collect();
    desk.files.allow_reading(paths.iter().map(PathBuf::as_path));
    Ok(Some(paths))
}

/// What importing would do. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn preview_import(desk: State<'_, Desk>, source: Source) -> Answer<ImportPreview> {
    check_chosen(&desk, &source)?;
    import::preview(desk.app()?, source).await.map_err(Failure::from)
}

/// Imports, and tells after each file how far it is.
#[tauri::command]
#[specta::specta]
pub async fn run_import(desk: State<'_, Desk>, app: AppHandle, input: ImportTask) -> Answer<Imported> {
    let ImportTask { task, run } = input;
    check_chosen(&desk, &run.source)?;
    let running = desk.tasks.begin(task);
    let tell = |import::Progress { done, total, last }| TaskProgress { task, done, total, last }.tell(&app);
    import::run(desk.app()?, run, running.token(), &tell).await.map_err(Failure::from)
}

/// Adds the examples and gives their ids.
#[tauri::command]
#[specta::specta]
pub async fn add_examples(desk: State<'_, Desk>) -> Answer<Vec<WalkthroughId>> {
    examples::add(desk.app()?).await.map_err(Failure::from)
}

/// Asks where to export to; nothing where the person cancels.
#[tauri::command]
#[specta::specta]
pub async fn choose_export_file(desk: State<'_, Desk>, window: WebviewWindow, name: String) -> Answer<Option<PathBuf>> {
    let (send, chosen) = oneshot::channel();
    let endings = if name.ends_with(ENDING) { [ENDING] } else { ["json"] };
    let dialog = window
        .dialog()
        .file()
        .set_parent(&window)
        .set_title("Export")
        .set_file_name(name)
        .add_filter("Walkthrough", &endings);
    dialog.save_file(move |file| drop(send.send(file)));
    let Ok(Some(file)) = chosen.await else { return Ok(None) };
    let Ok(path) = file.into_path() else { return Ok(None) };
    desk.files.allow_writing(&path);
    Ok(Some(path))
}

/// Writes the JSON export of a draft, and beside it the files that it links to. The save dialog has asked about a file that
/// is there.
#[tauri::command]
#[specta::specta]
pub async fn export_draft(desk: State<'_, Desk>, input: ExportDraft) -> Answer<ExportedDraft> {
    desk.files.check_writing(&input.path)?;
    let export = export::ExportDraft { id: input.id, path: input.path, on_existing: OnExisting::Replace };
    export::run(desk.app()?, export).await.map_err(Failure::from)
}

fn check_chosen(desk: &Desk, source: &Source) -> Answer<()> {
    match source {
        Source::Paths(paths) => desk.files.check_reading(paths).map_err(Failure::from),
        Source::Text(_) => Ok(()),
    }
}
