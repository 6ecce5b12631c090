//! Closing the window: first everything typed is saved, then it goes. It never asks, except while publishing.
//!
//! The host holds the first request back and tells the window, which saves and answers. A window that does not answer
//! (its script is stuck) is closed after a while all the same, unless something is being published.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, CloseRequestApi, Manager, Window};
use tauri_specta::Event;

use crate::{desk::Desk, events::CloseRequested};

/// How long a window may take to save before it is taken for stuck.
const PATIENCE: Duration = Duration::from_secs(5);

/// The window's answer to being asked to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum CloseAnswer {
    /// Everything is saved.
    Close,
    /// Something could not be saved, or the person wants to stay.
    Stay,
}

/// Requests and answers, counted: an answer is to the request before it.
#[derive(Debug, Default)]
pub struct Closing {
    answered: AtomicU32,
}

/// Somebody wants to close the window.
pub fn requested(window: &Window, api: &CloseRequestApi) {
    let desk = window.state::<Desk>();
    let event = CloseRequested { is_publishing: desk.tasks.is_busy() };
    if let Err(error) = event.emit(window) {
        tracing::error!(%error, "The window could not be asked to close");
        return;
    }
    api.prevent_close();
    let answered = desk.closing.answered.load(Ordering::SeqCst);
    let app = window.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        let desk = app.state::<Desk>();
        if desk.closing.answered.load(Ordering::SeqCst) == answered && !desk.tasks.is_busy() {
            tracing::warn!("The window did not answer and is closed");
            close(&app);
        }
    });
}

/// The window has answered.
pub fn answered(app: &AppHandle, answer: CloseAnswer) {
    app.state::<Desk>().closing.answered.fetch_add(1, Ordering::SeqCst);
    if answer == CloseAnswer::Close {
        close(app);
    }
}

fn close(app: &AppHandle) {
    for window in app.webview_windows().into_values() {
        if let Err(error) = window.destroy() {
            tracing::error!(%error, "The window could not be closed");
        }
    }
}
