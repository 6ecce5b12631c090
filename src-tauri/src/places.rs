//! Folders of the window on this machine, and showing them in the system's file manager.

use std::{
    hash::{Hash, Hasher},
    path::Path,
    process::Command,
};

use waymark_core::error::{Code, Error, Result};

#[cfg(target_os = "linux")]
const OPENER: &str = "xdg-open";
#[cfg(target_os = "macos")]
const OPENER: &str = "open";
#[cfg(target_os = "windows")]
const OPENER: &str = "explorer";

/// Opens a folder in the system's file manager and does not wait for it.
///
/// # Errors
/// `EnvironmentMissing` where there is no file manager to ask.
pub fn show_folder(folder: &Path) -> Result<()> {
    match Command::new(OPENER).arg(folder).spawn() {
        Ok(mut child) => {
            // Somebody has to wait for it, or it stays as a zombie.
            std::thread::spawn(move || child.wait());
            Ok(())
        }
        Err(error) => Err(Error::new(Code::EnvironmentMissing, "The file manager could not be opened.")
            .with_hint(format!("The folder is `{}`.", folder.display()))
            .with_source(error)),
    }
}

/// The name under which a second start on the same library finds the window that is there. Windows on different
/// libraries have different names, so that each may be open.
pub fn bus_name(library: &Path) -> String {
    let mut hash = std::hash::DefaultHasher::new();
    library.hash(&mut hash);
    format!("io.waymark.desktop.library{:016x}", hash.finish())
}

/// Whether there is a display to open a window on. Without one the toolkit would panic.
pub fn has_display() -> bool {
    let is_named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_named("DISPLAY") || is_named("WAYLAND_DISPLAY")
}

/// Opens the display. One that is named and cannot be opened (another machine's, another user's) would make the toolkit
/// panic later.
///
/// # Errors
/// `EnvironmentMissing` naming the display.
#[cfg(target_os = "linux")]
pub fn open_display() -> Result<()> {
    gtk::init().map_err(|error| {
        let named = ["WAYLAND_DISPLAY", "DISPLAY"].into_iter().find_map(|name| {
            let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
            Some(format!("`{name}={}`", value.to_string_lossy()))
        });
        let display = named.unwrap_or_else(|| "The display".to_owned());
        Error::new(Code::EnvironmentMissing, format!("{display} cannot be opened, so that there is no window."))
            .with_hint("Start it from a desktop session, or use the command line: `waymark --help`.")
            .with_source(error)
    })
}

/// Elsewhere the system always has one.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn open_display() -> Result<()> {
    Ok(())
}
