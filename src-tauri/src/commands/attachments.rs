//! Files beside a walkthrough. They are dropped, chosen in a dialog, or pasted; the window never names a path of its own.

use std::path::PathBuf;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;
use waymark_core::{
    attachment::{self, Attachment},
    error::{Code, Error, Result},
    id::WalkthroughId,
};
use waymark_library::attachments;

use crate::{desk::Desk, failure::Answer};

/// Files that the person dropped or chose.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct AttachFiles {
    /// Beside which walkthrough they go.
    pub walkthrough: WalkthroughId,
    /// Where they are.
    pub paths: Vec<PathBuf>,
}

/// A picture from the clipboard.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct AttachPasted {
    /// Beside which walkthrough it goes.
    pub walkthrough: WalkthroughId,
    /// What it is to be called.
    pub name: String,
    /// Its bytes, as Base64.
    pub base64: String,
}

/// A file beside a walkthrough.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct AttachmentRef {
    /// Beside which.
    pub walkthrough: WalkthroughId,
    /// Its name.
    pub name: String,
}

/// Asks for files to put beside a walkthrough; nothing where the person cancels.
#[tauri::command]
#[specta::specta]
pub async fn choose_attachments(desk: State<'_, Desk>, window: WebviewWindow) -> Answer<Option<Vec<PathBuf>>> {
    let (send, chosen) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(&window).set_title("Add files");
    dialog.pick_files(move |files| drop(send.send(files)));
    let Ok(Some(files)) = chosen.await else { return Ok(None) };
    let paths: Vec<PathBuf> = files.into_iter().filter_map(|file| file.into_path().ok()).collect();
    desk.files.allow_reading(paths.iter().map(PathBuf::as_path));
    Ok(Some(paths))
}

/// Puts files beside a walkthrough. The first that cannot be read or is too large ends it; those before it are there.
#[tauri::command]
#[specta::specta]
pub async fn attach_files(desk: State<'_, Desk>, input: AttachFiles) -> Answer<Vec<Attachment>> {
    desk.files.check_reading(&input.paths)?;
    let mut attached = Vec::with_capacity(input.paths.len());
    for path in input.paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = read(path, &name).await?;
        attached.push(attachments::add(desk.library()?, &input.walkthrough, &name, bytes, desk.origin()).await?);
    }
    Ok(attached)
}

/// Puts a picture from the clipboard beside a walkthrough.
#[tauri::command]
#[specta::specta]
pub async fn attach_pasted(desk: State<'_, Desk>, input: AttachPasted) -> Answer<Attachment> {
    let AttachPasted { walkthrough, name, base64 } = input;
    let bytes =
        STANDARD.decode(base64).map_err(|error| Error::bug("A pasted file is no Base64.").with_source(error))?;
    Ok(attachments::add(desk.library()?, &walkthrough, &name, bytes, desk.origin()).await?)
}

/// The files beside a walkthrough, by name.
#[tauri::command]
#[specta::specta]
pub async fn list_attachments(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<Vec<Attachment>> {
    Ok(attachments::list(desk.library()?, &id).await?)
}

/// A picture as a `data:` URL, the only source of pictures that the window's policy knows; nothing where the file is no
/// picture, or too large to be shown.
#[tauri::command]
#[specta::specta]
pub async fn show_attachment(desk: State<'_, Desk>, input: AttachmentRef) -> Answer<Option<String>> {
    let picture = attachments::picture(desk.library()?, &input.walkthrough, &input.name).await?;
    Ok(picture.map(|picture| format!("data:{};base64,{}", picture.media_type, STANDARD.encode(picture.bytes))))
}

/// The whole file, if it is not too large; its size is looked at before a byte is read.
async fn read(path: PathBuf, name: &str) -> Result<Vec<u8>> {
    let unreadable = |error: std::io::Error| {
        let message = format!("The file `{}` cannot be read.", path.display());
        Error::new(Code::InvalidInput, message).with_hint("A folder cannot be added, only files.").with_source(error)
    };
    let about = tokio::fs::metadata(&path).await.map_err(unreadable)?;
    if !about.is_file() {
        return Err(Error::invalid(format!("`{name}` is not a file.")).with_hint("Add the files in it one by one."));
    }
    attachment::check_size(name, about.len())?;
    tokio::fs::read(&path).await.map_err(unreadable)
}
