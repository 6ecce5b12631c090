//! Blocks of text that are put into a step by name.

use tauri::State;
use waymark_core::snippet::Snippet;
use waymark_library::snippets::{self, SaveSnippet};

use crate::{desk::Desk, failure::Answer};

/// All snippets, by name.
#[tauri::command]
#[specta::specta]
pub async fn list_snippets(desk: State<'_, Desk>) -> Answer<Vec<Snippet>> {
    Ok(snippets::list(desk.library()?).await?)
}

/// Adds a snippet or changes one.
#[tauri::command]
#[specta::specta]
pub async fn save_snippet(desk: State<'_, Desk>, input: SaveSnippet) -> Answer<Snippet> {
    Ok(snippets::save(desk.library()?, input, desk.origin()).await?)
}

/// Removes a snippet and gives what it was.
#[tauri::command]
#[specta::specta]
pub async fn remove_snippet(desk: State<'_, Desk>, name: String) -> Answer<Snippet> {
    Ok(snippets::remove(desk.library()?, &name, desk.origin()).await?)
}
