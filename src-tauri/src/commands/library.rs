//! The list of drafts.

use tauri::State;
use waymark_core::id::WalkthroughId;
use waymark_library::{
    drafts::{self, DraftSummary, ListDrafts, NewDraft, OpenDraft},
    search::{self, LibraryFound, SearchLibrary},
};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
};

/// The drafts, or those in the trash.
#[tauri::command]
#[specta::specta]
pub async fn list_drafts(desk: State<'_, Desk>, input: ListDrafts) -> Answer<Vec<DraftSummary>> {
    drafts::list(desk.library()?, &input).await.map_err(Failure::from)
}

/// Walkthroughs and steps by what is written in them.
#[tauri::command]
#[specta::specta]
pub async fn search_library(desk: State<'_, Desk>, input: SearchLibrary) -> Answer<LibraryFound> {
    search::search(desk.library()?, &input).await.map_err(Failure::from)
}

/// A draft with everything in it.
#[tauri::command]
#[specta::specta]
pub async fn open_draft(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<OpenDraft> {
    drafts::open(desk.library()?, &id).await.map_err(Failure::from)
}

/// A new, empty walkthrough.
#[tauri::command]
#[specta::specta]
pub async fn create_draft(desk: State<'_, Desk>, input: NewDraft) -> Answer<OpenDraft> {
    drafts::create(desk.library()?, input, desk.origin()).await.map_err(Failure::from)
}

/// A copy with new ids.
#[tauri::command]
#[specta::specta]
pub async fn duplicate_draft(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<OpenDraft> {
    drafts::duplicate(desk.library()?, &id, desk.origin()).await.map_err(Failure::from)
}

/// Into the trash: all or none.
#[tauri::command]
#[specta::specta]
pub async fn trash_drafts(desk: State<'_, Desk>, ids: Vec<WalkthroughId>) -> Answer<()> {
    drafts::trash(desk.library()?, &ids, desk.origin()).await.map_err(Failure::from)
}

/// Out of the trash: all or none.
#[tauri::command]
#[specta::specta]
pub async fn restore_drafts(desk: State<'_, Desk>, ids: Vec<WalkthroughId>) -> Answer<()> {
    drafts::restore(desk.library()?, &ids, desk.origin()).await.map_err(Failure::from)
}
