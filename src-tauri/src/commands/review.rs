//! The review of a draft: comments, decisions, reports, and the file that carries them to somebody else.

use std::path::PathBuf;

use serde::Deserialize;
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;
use waymark_app::{
    bundle,
    export::{self, ExportedDraft, OnExisting},
    review::{self, ReviewAuthor},
};
use waymark_core::{id::WalkthroughId, review::thread::Review};
use waymark_library::review::{
    self as reviews, AddComment, ChangeComment, DecideReview, ImportedAudit, ReplyToThread, ResolveThread,
};

use crate::{
    commands::import::ExportDraft,
    desk::Desk,
    failure::{Answer, Failure},
};

/// A machine's report to take in.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct AuditFile {
    /// About which walkthrough.
    pub walkthrough: WalkthroughId,
    /// A file that `choose_audit_file` gave.
    pub path: PathBuf,
}

/// The review of a draft.
#[tauri::command]
#[specta::specta]
pub async fn read_review(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<Review> {
    Ok(reviews::read(desk.library()?, &id).await?)
}

/// Begins a thread.
#[tauri::command]
#[specta::specta]
pub async fn add_comment(desk: State<'_, Desk>, input: AddComment) -> Answer<Review> {
    review::comment(desk.app()?, input).await.map_err(Failure::from)
}

/// Answers in a thread.
#[tauri::command]
#[specta::specta]
pub async fn reply_to_thread(desk: State<'_, Desk>, input: ReplyToThread) -> Answer<Review> {
    review::reply(desk.app()?, input).await.map_err(Failure::from)
}

/// Changes an own comment, or takes it back.
#[tauri::command]
#[specta::specta]
pub async fn change_comment(desk: State<'_, Desk>, input: ChangeComment) -> Answer<Review> {
    review::change(desk.app()?, input).await.map_err(Failure::from)
}

/// Resolves a thread, or opens it again.
#[tauri::command]
#[specta::specta]
pub async fn resolve_thread(desk: State<'_, Desk>, input: ResolveThread) -> Answer<Review> {
    review::resolve(desk.app()?, input).await.map_err(Failure::from)
}

/// Decides about the content that was looked at.
#[tauri::command]
#[specta::specta]
pub async fn decide_review(desk: State<'_, Desk>, input: DecideReview) -> Answer<Review> {
    review::decide(desk.app()?, input).await.map_err(Failure::from)
}

/// The name that comments go under.
#[tauri::command]
#[specta::specta]
pub async fn review_author(desk: State<'_, Desk>) -> Answer<ReviewAuthor> {
    review::author(desk.app()?).await.map_err(Failure::from)
}

/// Gives the name that comments go under from now on.
#[tauri::command]
#[specta::specta]
pub async fn set_review_author(desk: State<'_, Desk>, name: String) -> Answer<ReviewAuthor> {
    review::set_author(desk.app()?, &name).await.map_err(Failure::from)
}

/// Asks for a report; nothing where the person cancels.
#[tauri::command]
#[specta::specta]
pub async fn choose_audit_file(desk: State<'_, Desk>, window: WebviewWindow) -> Answer<Option<PathBuf>> {
    let (send, chosen) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(&window).set_title("Import an audit report");
    dialog.add_filter("Reports", &["json"]).pick_file(move |file| drop(send.send(file)));
    let Ok(Some(file)) = chosen.await else { return Ok(None) };
    let Ok(path) = file.into_path() else { return Ok(None) };
    desk.files.allow_reading(std::iter::once(path.as_path()));
    Ok(Some(path))
}

/// Takes in a machine's report as comments.
#[tauri::command]
#[specta::specta]
pub async fn import_audit(desk: State<'_, Desk>, input: AuditFile) -> Answer<ImportedAudit> {
    desk.files.check_reading(std::slice::from_ref(&input.path))?;
    review::import_audit_file(desk.app()?, input.walkthrough, input.path).await.map_err(Failure::from)
}

/// Writes a draft with its review into one file. The save dialog has asked about a file that is there.
#[tauri::command]
#[specta::specta]
pub async fn export_bundle(desk: State<'_, Desk>, input: ExportDraft) -> Answer<ExportedDraft> {
    desk.files.check_writing(&input.path)?;
    let export = export::ExportDraft { id: input.id, path: input.path, on_existing: OnExisting::Replace };
    bundle::run(desk.app()?, export).await.map_err(Failure::from)
}
