//! Own words, spelling, what the library has chosen about lint, and checking links.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use tauri_specta::Event;
use waymark_app::links::{self, CheckLinks, LinksChecked};
use waymark_library::lint::words::{self, AddWord, LintSettings, ReplaceWord, SuggestWords};

use crate::{
    commands::editing::Applied,
    desk::Desk,
    failure::{Answer, Failure},
    tasks::TaskId,
};

/// How far a check of links is.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct LinkProgress {
    /// Which task.
    pub task: TaskId,
    /// Addresses that answered, or did not.
    pub done: u32,
    /// Addresses that are asked.
    pub total: u32,
}

/// Links to check, under a number from `new_task`.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct CheckLinksTask {
    /// `LinkProgress` carries it, and `cancel_task` takes it.
    pub task: TaskId,
    /// Which.
    pub check: CheckLinks,
}

/// Asks the addresses that drafts lead to; what comes of it are findings.
#[tauri::command]
#[specta::specta]
pub async fn check_links(desk: State<'_, Desk>, app: AppHandle, input: CheckLinksTask) -> Answer<LinksChecked> {
    let CheckLinksTask { task, check } = input;
    let running = desk.tasks.begin(task);
    let tell = |done: u32, total: u32| {
        if let Err(error) = (LinkProgress { task, done, total }).emit(&app) {
            tracing::warn!(%error, "The window did not hear how far checking links is");
        }
    };
    links::check(desk.app()?, &check, running.token(), &tell).await.map_err(Failure::from)
}

/// Adds an own word, to a walkthrough's or to the library's; the answer is the draft where it is one that changed.
#[tauri::command]
#[specta::specta]
pub async fn add_word(desk: State<'_, Desk>, input: AddWord) -> Answer<Option<Applied>> {
    let added = words::add_word(desk.library()?, input, desk.origin()).await?;
    Ok(added.map(|applied| desk.note(applied).into()))
}

/// What may be meant by an unknown word.
#[tauri::command]
#[specta::specta]
pub async fn suggest_words(desk: State<'_, Desk>, input: SuggestWords) -> Answer<Vec<String>> {
    Ok(words::suggest(desk.library()?, input).await?)
}

/// Replaces a misspelled word in all its places in one field, as one edit.
#[tauri::command]
#[specta::specta]
pub async fn replace_word(desk: State<'_, Desk>, input: ReplaceWord) -> Answer<Option<Applied>> {
    let replaced = words::replace_word(desk.library()?, input, desk.origin()).await?;
    Ok(replaced.map(|applied| desk.note(applied).into()))
}

/// What the library has chosen about lint.
#[tauri::command]
#[specta::specta]
pub async fn lint_settings(desk: State<'_, Desk>) -> Answer<LintSettings> {
    Ok(words::settings(desk.library()?).await?)
}

/// Changes what the library has chosen about lint.
#[tauri::command]
#[specta::specta]
pub async fn save_lint_settings(desk: State<'_, Desk>, settings: LintSettings) -> Answer<LintSettings> {
    Ok(words::save_settings(desk.library()?, settings, desk.origin()).await?)
}
