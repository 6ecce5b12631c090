//! The system's clipboard, for what the page must not have in its hands.

use tauri::AppHandle;
use waymark_core::{
    error::{Code, Error, Result},
    secret::Secret,
};

/// Puts a text there.
///
/// # Errors
/// `EnvironmentMissing` where there is no clipboard.
#[cfg(target_os = "linux")]
pub fn put(app: &AppHandle, text: Secret) -> Result<()> {
    let put = move || gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD).set_text(text.expose());
    app.run_on_main_thread(put).map_err(no_clipboard)
}

/// Puts a text there, by the program that the system has for it. The text goes through its input and is no argument.
///
/// # Errors
/// `EnvironmentMissing` where there is no clipboard.
#[cfg(not(target_os = "linux"))]
pub fn put(_app: &AppHandle, text: Secret) -> Result<()> {
    use std::{
        io::Write,
        process::{Command, Stdio},
    };
    let program = if cfg!(target_os = "macos") { "pbcopy" } else { "clip" };
    let mut child = Command::new(program).stdin(Stdio::piped()).spawn().map_err(no_clipboard)?;
    let written = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(text.expose().as_bytes()));
    let ended = child.wait();
    written.and(ended.map(drop)).map_err(no_clipboard)
}

fn no_clipboard(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(Code::EnvironmentMissing, "The clipboard cannot be reached.").with_hint("Try again.").with_source(source)
}
