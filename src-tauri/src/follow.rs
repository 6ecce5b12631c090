//! Tells the window of every write to the library, by whomever.

use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;
use waymark_library::changes;

use crate::{
    desk::Desk,
    events::{Changed, Stale},
};

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
                    if change.origin != desk.origin() {
                        desk.previews.forget(&change.id);
                    }
                    Changed(change).emit(&app)
                }
                Err(RecvError::Lagged(_)) => Stale.emit(&app),
                Err(RecvError::Closed) => return,
            };
            if let Err(error) = told {
                tracing::warn!(%error, "The window did not hear of a change");
            }
        }
    });
}
