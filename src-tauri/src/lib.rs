//! The desktop door: a window over the operations of Waymark. Read from the top, this is how it starts and ends.
//!
//! Nothing is decided here. Commands are adapters ([`commands`]), the state is built whole before the window exists
//! ([`desk`]), the window asks for files and never names them ([`files`]), and what it may ask for is one list
//! ([`bindings`]), from which its TypeScript is generated.

use std::time::Duration;

use tauri::{AppHandle, DragDropEvent, Manager, PhysicalPosition, RunEvent, Window, WindowEvent};
use tauri_specta::Event;
use waymark_app::logging::{self, Echo};
use waymark_core::{
    error::{Error, Result},
    tokens,
};

use crate::{
    desk::Desk,
    events::{FilesDragged, FilesDropped, Point},
    options::Options,
};

mod agent_runs;
pub mod bindings;
mod clipboard;
mod closing;
mod commands;
mod desk;
mod endpoint;
mod events;
mod failure;
mod files;
mod follow;
mod graphics;
mod menu;
mod opened;
mod opening;
pub mod options;
mod other_window;
mod places;
mod previews;
mod settings;
mod tasks;
mod window;

/// When a window that has just opened has drawn its first screen.
const WINDOW_AT_REST: Duration = Duration::from_secs(2);

/// Runs the window until it is closed.
///
/// # Errors
/// `EnvironmentMissing` where there is no folder for the library, or no display for the window.
pub fn run(options: Options) -> Result<()> {
    if !places::has_display() {
        return Err(no_window("no display is named in the environment"));
    }
    let folder = waymark_app::paths::data_dir(options.library)?;
    let bus_name = places::bus_name(&folder);
    if let Err(error) = logging::init(&folder, std::env::var("WAYMARK_LOG").ok().as_deref(), Echo::Warnings) {
        // The window opens all the same, and says what is wrong with the folder.
        tracing::warn!(?error, "There is no log");
    }
    if other_window::show(&bus_name)? {
        return Ok(());
    }
    places::open_display()?;
    let desk = Desk::new(folder);
    let contract = bindings::contract();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::Builder::new().dbus_id(bus_name).callback(show).build())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(contract.invoke_handler())
        .manage(desk)
        .setup(move |app| {
            contract.mount_events(app);
            open_library(app.handle().clone());
            load_tokenizer(app.handle().clone());
            commands::backups::every_day(app.handle().clone());
            follow::production(app.handle().clone());
            window::open(app.handle())?;
            Ok(())
        })
        .on_menu_event(|app, event| menu::chosen(app, &event))
        .on_window_event(on_window_event)
        .build(tauri::generate_context!())
        .map_err(no_window)?
        .run(on_run_event);
    Ok(())
}

/// The library opens while the window is being made: neither waits for the other, and `start` waits for both.
fn open_library(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        match app.state::<Desk>().open().await {
            Ok(_) => follow::changes(&app),
            Err(error) => tracing::error!(?error, "The library did not open; the window says so"),
        }
    });
}

/// The tokenizer takes tens of milliseconds to load: after the window has come to rest, and before the first preview asks.
fn load_tokenizer(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(WINDOW_AT_REST).await;
        // A library that did not open has nothing to count.
        if let Ok(tokenizer) = app.state::<Desk>().tokenizer().await {
            tauri::async_runtime::spawn_blocking(move || tokens::count(tokenizer, "a"));
        }
    });
}

/// A second start on the same library shows the window that is there.
fn show(app: &AppHandle, _arguments: Vec<String>, _folder: String) {
    for window in app.webview_windows().into_values() {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "The window could not be brought to the front");
        }
    }
}

fn on_window_event(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            window::note_place(window);
            closing::requested(window, api);
        }
        WindowEvent::DragDrop(event) => dragged(window, event),
        _ => {}
    }
}

/// Files that are dragged over the window, or dropped on it.
fn dragged(window: &Window, event: &DragDropEvent) {
    let point = |position: &PhysicalPosition<f64>| {
        let zoom = window.state::<Desk>().settings.now().zoom_factor();
        let logical = position.to_logical::<f64>(window.scale_factor().unwrap_or(1.0) * zoom);
        Point { x: logical.x.round() as i32, y: logical.y.round() as i32 }
    };
    let told = match event {
        DragDropEvent::Drop { paths, position } => {
            window.state::<Desk>().files.allow_reading(paths.iter().map(AsRef::as_ref));
            let paths = paths.iter().map(|path| path.display().to_string()).collect();
            FilesDropped { paths, at: point(position) }.emit(window)
        }
        DragDropEvent::Enter { position, .. } | DragDropEvent::Over { position } => {
            FilesDragged { at: Some(point(position)) }.emit(window)
        }
        _ => FilesDragged { at: None }.emit(window),
    };
    if let Err(error) = told {
        tracing::error!(%error, "The window did not hear of dragged files");
    }
}

/// The last thing that happens: what runs beside the window ends with it.
fn on_run_event(app: &AppHandle, event: RunEvent) {
    if let RunEvent::Exit = event {
        tauri::async_runtime::block_on(app.state::<Desk>().close());
    }
}

fn no_window(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(waymark_core::error::Code::EnvironmentMissing, "The window could not be made.")
        .with_hint("Waymark needs a display. The `waymark` command works without one.")
        .with_source(source)
}
