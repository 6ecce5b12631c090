//! The templates that turn a step into the text an agent receives: seen, written, tried and chosen.

use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;
use waymark_app::wordings::file::{self, WordingFile};
use waymark_core::wording::{
    ListedWording, Wording,
    chosen::Choice,
    look::Look,
    names::{self, Names},
};
use waymark_library::wordings::{self, ChooseWording, LookAtWording, RemovedWording, SaveWording};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
};

/// The built-in wordings, then the organization's.
#[tauri::command]
#[specta::specta]
pub async fn list_wordings(desk: State<'_, Desk>) -> Answer<Vec<ListedWording>> {
    Ok(wordings::list(desk.library()?).await?)
}

/// What a wording can name: variables, filters and tests.
#[tauri::command]
#[specta::specta]
pub fn list_wording_names() -> Names {
    names::all()
}

/// Which wording was chosen where.
#[tauri::command]
#[specta::specta]
pub async fn list_wording_choices(desk: State<'_, Desk>) -> Answer<Vec<Choice>> {
    Ok(wordings::choices(desk.library()?).await?)
}

/// What a wording, saved or not, makes of a step. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn look_at_wording(desk: State<'_, Desk>, input: LookAtWording) -> Answer<Look> {
    Ok(wordings::look_at(desk.library()?, input).await?)
}

/// Adds a wording or changes one.
#[tauri::command]
#[specta::specta]
pub async fn save_wording(desk: State<'_, Desk>, input: SaveWording) -> Answer<Wording> {
    let saved = wordings::save(desk.library()?, input, desk.origin()).await?;
    desk.previews.forget_wordings();
    Ok(saved)
}

/// Removes a wording and gives what it was.
#[tauri::command]
#[specta::specta]
pub async fn remove_wording(desk: State<'_, Desk>, name: String) -> Answer<RemovedWording> {
    let removed = wordings::remove(desk.library()?, &name, desk.origin()).await?;
    desk.previews.forget_wordings();
    Ok(removed)
}

/// Puts a removed wording back, and back to where it was used.
#[tauri::command]
#[specta::specta]
pub async fn restore_wording(desk: State<'_, Desk>, input: RemovedWording) -> Answer<Wording> {
    let restored = wordings::restore(desk.library()?, input, desk.origin()).await?;
    desk.previews.forget_wordings();
    Ok(restored)
}

/// Chooses where a wording is used, or takes a choice back.
#[tauri::command]
#[specta::specta]
pub async fn choose_wording(desk: State<'_, Desk>, input: ChooseWording) -> Answer<Vec<Choice>> {
    let choices = wordings::choose(desk.library()?, input, desk.origin()).await?;
    desk.previews.forget_wordings();
    Ok(choices)
}

/// Asks for a file with a template and gives what is in it; nothing where the person cancels.
#[tauri::command]
#[specta::specta]
pub async fn choose_wording_file(desk: State<'_, Desk>, window: WebviewWindow) -> Answer<Option<WordingFile>> {
    let (send, chosen) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(&window).set_title("Import a wording");
    let dialog =
        dialog.add_filter("Templates", &["jinja", "jinja2", "j2", "txt", "md"]).add_filter("All files", &["*"]);
    dialog.pick_file(move |file| drop(send.send(file)));
    let Ok(Some(file)) = chosen.await else { return Ok(None) };
    let Ok(path) = file.into_path() else { return Ok(None) };
    desk.files.allow_reading([path.as_path()]);
    file::read(&path).map(Some).map_err(Failure::from)
}
