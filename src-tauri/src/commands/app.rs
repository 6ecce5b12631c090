//! The application itself: how it started, what it is, how it ends.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use waymark_app::logging;
use waymark_core::{content::Field, error::Error, limits, walkthrough::WalkthroughType};

use crate::{
    closing::{self, CloseAnswer},
    desk::Desk,
    failure::{Answer, Failure},
    follow, places,
    settings::Settings,
};

/// What the window asks first.
#[derive(Debug, Serialize, specta::Type)]
pub struct Start {
    /// The name that this window's writes carry in `Changed`.
    pub origin: String,
    /// The library's folder.
    pub folder: String,
    /// Why the library could not be opened, if it could not. Asking again tries again.
    pub problem: Option<Error>,
    /// Why writes are refused, if they are.
    pub read_only: Option<String>,
    /// What the person chose about the window.
    pub settings: Settings,
}

/// What the window says about itself.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct About {
    /// The version of Waymark.
    pub version: String,
    /// The library's folder.
    pub library: String,
    /// The folder with the log files.
    pub logs: String,
}

/// The platform's rules that the window shows; they are decided and enforced by the operations.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct Rules {
    /// Characters of a title.
    pub title_max: u32,
    /// Characters of a description.
    pub description_max: u32,
    /// Characters of a step's title.
    pub step_title_max: u32,
    /// Which fields a step of each type must have.
    pub required_fields: Vec<RequiredFields>,
}

/// The fields that each step of a type must have.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct RequiredFields {
    /// The type.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// How the window started. Opens the library if that has not worked yet.
#[tauri::command]
#[specta::specta]
pub async fn start(desk: State<'_, Desk>, app: AppHandle) -> Answer<Start> {
    let problem = desk.open().await.err();
    follow::changes(&app);
    let read_only = desk.library().ok().and_then(waymark_library::Library::read_only_reason).map(str::to_owned);
    Ok(Start {
        origin: desk.origin().to_owned(),
        folder: desk.folder().display().to_string(),
        problem,
        read_only,
        settings: desk.settings.now(),
    })
}

/// Version and places.
#[tauri::command]
#[specta::specta]
pub fn about(desk: State<'_, Desk>) -> About {
    About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        library: desk.folder().display().to_string(),
        logs: logging::folder(desk.folder()).display().to_string(),
    }
}

/// Limits and requirements.
#[tauri::command]
#[specta::specta]
pub fn rules() -> Rules {
    let of = |kind: &WalkthroughType| RequiredFields { kind: *kind, fields: limits::required_fields(*kind).to_vec() };
    Rules {
        title_max: limits::TITLE_MAX as u32,
        description_max: limits::DESCRIPTION_MAX as u32,
        step_title_max: limits::STEP_TITLE_MAX as u32,
        required_fields: WalkthroughType::ALL.iter().map(of).collect(),
    }
}

/// Shows the log files in the system's file manager.
#[tauri::command]
#[specta::specta]
pub fn open_log_folder(desk: State<'_, Desk>) -> Answer<()> {
    places::show_folder(&logging::folder(desk.folder())).map_err(Failure::from)
}

/// The window's answer to `CloseRequested`.
#[tauri::command]
#[specta::specta]
pub fn answer_close(app: AppHandle, answer: CloseAnswer) {
    closing::answered(&app, answer);
}
