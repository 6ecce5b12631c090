//! What the host tells the window without being asked. Events carry names and numbers, never texts or secrets.

use serde::{Deserialize, Serialize};
use tauri_specta::Event;
use waymark_library::changes::Change;

/// Something was written to the library, by this window or by anybody else.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct Changed(pub Change);

/// Files were dropped on the window: on a text, which they are to go beside, or elsewhere, where they are offered for
/// import. Nothing is read until the window asks.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct FilesDropped {
    /// Absolute paths.
    pub paths: Vec<String>,
    /// Where.
    pub at: Point,
}

/// Files are being dragged over the window.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct FilesDragged {
    /// Where; `None` once they have left.
    pub at: Option<Point>,
}

/// A place in the window, in units of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// The window was asked to close. It answers with `answer_close` when everything typed is saved.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct CloseRequested {
    /// Whether something is being published, in which case the person is asked first.
    pub is_publishing: bool,
}

/// More was written than could be told one by one: everything is to be read anew.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct Stale;

/// Something was chosen in the native menu.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct MenuChosen {
    /// Which action, as the window knows it.
    pub id: String,
}
