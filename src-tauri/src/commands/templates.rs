//! Walkthroughs to begin others with.

use tauri::State;
use waymark_core::template::Template;
use waymark_library::{
    drafts::OpenDraft,
    templates::{self, FromTemplate, SaveTemplate},
};

use crate::{desk::Desk, failure::Answer};

/// All templates: those that come with Waymark, then people's own by name.
#[tauri::command]
#[specta::specta]
pub async fn list_templates(desk: State<'_, Desk>) -> Answer<Vec<Template>> {
    Ok(templates::list(desk.library()?).await?)
}

/// A new walkthrough from a template.
#[tauri::command]
#[specta::specta]
pub async fn create_from_template(desk: State<'_, Desk>, input: FromTemplate) -> Answer<OpenDraft> {
    Ok(templates::create(desk.library()?, input, desk.origin()).await?)
}

/// Keeps a walkthrough as a template.
#[tauri::command]
#[specta::specta]
pub async fn save_template(desk: State<'_, Desk>, input: SaveTemplate) -> Answer<Template> {
    Ok(templates::save(desk.library()?, input, desk.origin()).await?)
}

/// Removes one of people's own templates.
#[tauri::command]
#[specta::specta]
pub async fn remove_template(desk: State<'_, Desk>, name: String) -> Answer<()> {
    Ok(templates::remove(desk.library()?, &name, desk.origin()).await?)
}
