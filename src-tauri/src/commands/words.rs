//! Own words, spelling, what the library has chosen about lint, and checking links.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt;
use tauri_specta::Event;
use tokio::sync::oneshot;
use waymark_app::links::{self, CheckLinks, LinksChecked};
use waymark_core::{
    id::WalkthroughId,
    lint::own::{self, OwnChoices},
};
use waymark_library::lint::{
    own::MakeOwnChoice,
    words::{self, AddWord, ChangeLintSettings, ImportDictionary, Language, LintSettings, ReplaceWord, SuggestWords},
};

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

/// What a draft says itself about how it is judged: its language, its own words, its budget.
#[tauri::command]
#[specta::specta]
pub async fn own_choices(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<OwnChoices> {
    Ok(own::choices(&*desk.walkthrough(&id).await?))
}

/// Changes one of these.
#[tauri::command]
#[specta::specta]
pub async fn make_own_choice(desk: State<'_, Desk>, input: MakeOwnChoice) -> Answer<Applied> {
    Ok(desk.note(waymark_library::lint::own::choose(desk.library()?, input, desk.origin()).await?).into())
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
pub async fn change_lint_settings(desk: State<'_, Desk>, change: ChangeLintSettings) -> Answer<LintSettings> {
    let settings = words::change_settings(desk.library()?, change, desk.origin()).await?;
    desk.previews.keep_tokenizer(Some(settings.tokenizer));
    Ok(settings)
}

/// The library's own words, in order.
#[tauri::command]
#[specta::specta]
pub async fn list_words(desk: State<'_, Desk>) -> Answer<Vec<String>> {
    Ok(words::words(desk.library()?).await?)
}

/// Takes an own word of the library away.
#[tauri::command]
#[specta::specta]
pub async fn remove_word(desk: State<'_, Desk>, word: String) -> Answer<()> {
    Ok(words::remove_word(desk.library()?, &word, desk.origin()).await?)
}

/// The languages that have a dictionary.
#[tauri::command]
#[specta::specta]
pub async fn list_languages(desk: State<'_, Desk>) -> Answer<Vec<Language>> {
    Ok(words::languages(desk.library()?).await)
}

/// Asks for one file of a Hunspell dictionary, takes the other from beside it, and keeps both for a language. Tells whether
/// somebody chose one.
#[tauri::command]
#[specta::specta]
pub async fn import_dictionary(desk: State<'_, Desk>, window: WebviewWindow, language: String) -> Answer<bool> {
    waymark_core::lint::dictionary::check_language(&language)?;
    let (send, chosen) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(&window).set_title("Import a dictionary");
    dialog.add_filter("Hunspell dictionaries", &["dic", "aff"]).pick_file(move |file| drop(send.send(file)));
    let Ok(Some(file)) = chosen.await else { return Ok(false) };
    let Ok(file) = file.into_path() else { return Ok(false) };
    let input = ImportDictionary { language, affixes: file.with_extension("aff"), words: file.with_extension("dic") };
    words::import_dictionary(desk.library()?, input, desk.origin()).await?;
    Ok(true)
}

/// Removes an imported dictionary.
#[tauri::command]
#[specta::specta]
pub async fn remove_dictionary(desk: State<'_, Desk>, language: String) -> Answer<()> {
    Ok(words::remove_dictionary(desk.library()?, language, desk.origin()).await?)
}
