//! Tells the window of every write to the library, by whomever, and looks for those that others made to production.

use std::time::Duration;

use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;
use waymark_app::drift;
use waymark_library::changes::{self, What};

use crate::{
    desk::Desk,
    events::{Changed, Stale},
};

/// The first look at production is out of the way of the start.
const LOOK_AFTER: Duration = Duration::from_secs(90);
/// How often the window looks whether production is still what the drafts last had in common with it.
const LOOK_EVERY: Duration = Duration::from_secs(15 * 60);

/// Forwards the library's changes until the window is gone. Called when the library is open; before that there is nothing
/// to follow, and afterwards somebody does already.
pub fn changes(app: &AppHandle) {
    let desk = app.state::<Desk>();
    let Ok(library) = desk.library().cloned() else { return };
    if !desk.is_first_to_follow() {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        // Watching starts a task of its own, so it has to begin inside the runtime; the window's thread is outside.
        let mut changes = changes::watch(&library);
        loop {
            let told = match changes.recv().await {
                Ok(change) => {
                    let desk = app.state::<Desk>();
                    if change.what == What::Lint {
                        desk.previews.keep_tokenizer(None);
                    }
                    if change.what != What::Learner && change.origin != desk.origin() {
                        desk.previews.forget(&change.id);
                    }
                    if change.what == What::Wording {
                        desk.previews.forget_wordings();
                    }
                    Changed(change).emit(&app)
                }
                Err(RecvError::Lagged(_)) => {
                    app.state::<Desk>().previews.forget_all();
                    Stale.emit(&app)
                }
                Err(RecvError::Closed) => return,
            };
            if let Err(error) = told {
                tracing::warn!(%error, "The window did not hear of a change");
            }
        }
    });
}

/// Looks now and then whether production changed, so that the library says so before somebody publishes over it.
pub fn production(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LOOK_AFTER).await;
        loop {
            let looking = app.state::<Desk>().app().ok().filter(|app| app.library.trouble().is_none()).cloned();
            if let Some(looking) = looking
                && let Err(error) = drift::look_everywhere(&looking).await
            {
                tracing::warn!(?error, "production was not compared with the drafts");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
}
