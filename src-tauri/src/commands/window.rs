//! The window itself: what was chosen about it, its native menu, full screen.

use tauri::{State, WebviewWindow};
use waymark_core::error::Error;

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
    menu::{self, Editing, NativeMenu},
    settings::Settings,
    window,
};

/// Keeps what a person chose, and makes the window follow.
#[tauri::command]
#[specta::specta]
pub async fn save_settings(desk: State<'_, Desk>, window: WebviewWindow, settings: Settings) -> Answer<()> {
    window::apply(&window, &settings);
    desk.settings.set(settings).map_err(Failure::from)
}

/// What stands in the native menu, and what of it can be done now.
#[tauri::command]
#[specta::specta]
pub async fn show_menu(window: WebviewWindow, menus: Vec<NativeMenu>) -> Answer<()> {
    menu::show(&window, menus)
        .map_err(|error| Error::bug("The menu could not be made.").with_source(error))
        .map_err(Failure::from)
}

/// Full screen and back.
#[tauri::command]
#[specta::specta]
pub async fn toggle_full_screen(window: WebviewWindow) -> Answer<()> {
    window::toggle_full_screen(&window).map_err(Failure::from)
}

/// The ground under the menu bar, as dark as the page is now: the system's theme may change while the window is open.
#[tauri::command]
#[specta::specta]
pub async fn show_ground(window: WebviewWindow, desk: State<'_, Desk>, is_dark: bool) -> Answer<()> {
    desk.ground
        .show(&window, is_dark)
        .map_err(|error| Error::bug("The ground of the menu bar could not be changed.").with_source(error))
        .map_err(Failure::from)
}

/// Cut, copy, paste and select everything, where the page has the focus: what a menu of the page cannot do itself.
#[tauri::command]
#[specta::specta]
pub async fn edit_selection(window: WebviewWindow, editing: Editing) -> Answer<()> {
    menu::edit_selection(&window, editing)
        .map_err(|error| Error::bug("The clipboard could not be used.").with_source(error))
        .map_err(Failure::from)
}
