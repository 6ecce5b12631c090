//! Backups, recovery, and a library that cannot be written.

use serde::Serialize;
use tauri::{AppHandle, Manager, State};
use waymark_app::{
    backup::{self, Backup, Checked, Recovered, Restored},
    clock,
};
use waymark_core::{
    backup::Occasion,
    error::{Error, Result},
};
use waymark_library::copies::Difference;

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
    opened, places,
};

/// How often the window looks whether the day has its backup.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(20 * 60);
/// The first look is out of the way of the start.
const LOOK_AFTER: std::time::Duration = std::time::Duration::from_secs(60);

/// The backups that there are.
#[derive(Debug, Serialize, specta::Type)]
pub struct BackupList {
    /// Their folder.
    pub folder: String,
    /// Newest first.
    pub backups: Vec<Backup>,
}

/// The backups, newest first.
#[tauri::command]
#[specta::specta]
pub fn list_backups(desk: State<'_, Desk>) -> Answer<BackupList> {
    let backups = opened::backups_of(desk.folder())?;
    Ok(BackupList { folder: backups.folder.display().to_string(), backups: backup::list(&backups)? })
}

/// Makes one now.
#[tauri::command]
#[specta::specta]
pub async fn create_backup(desk: State<'_, Desk>) -> Answer<Checked> {
    let backups = opened::backups_of(desk.folder())?;
    backup::create(&backups, Occasion::Manual).await.map_err(Failure::from)
}

/// How the library now (`here`) differs from a backup (`there`).
#[tauri::command]
#[specta::specta]
pub async fn compare_backup(desk: State<'_, Desk>, name: String) -> Answer<Difference> {
    backup::difference(&opened::backups_of(desk.folder())?, &name).await.map_err(Failure::from)
}

/// Puts a backup in the library's place. The window reads everything anew afterwards, whether it worked or not.
#[tauri::command]
#[specta::specta]
pub async fn restore_backup(desk: State<'_, Desk>, name: String) -> Answer<Restored> {
    let backups = opened::backups_of(desk.folder())?;
    // What cannot be restored does not close the library.
    backup::verify(&backups, &name).await?;
    desk.close_library().await;
    backup::restore(&backups, &name).await.map_err(Failure::from)
}

/// Saves what can be read of a damaged library and makes that the library.
#[tauri::command]
#[specta::specta]
pub async fn recover_library(desk: State<'_, Desk>) -> Answer<Recovered> {
    let backups = opened::backups_of(desk.folder())?;
    desk.close_library().await;
    let env = waymark_library::Env { now: clock::now, random: clock::random };
    backup::recover(&backups, env).await.map_err(Failure::from)
}

/// What keeps the library from being written now, if anything.
#[tauri::command]
#[specta::specta]
pub fn library_trouble(desk: State<'_, Desk>) -> Option<Error> {
    desk.library().ok().and_then(waymark_library::Library::trouble)
}

/// Tries again what keeps the library from being written: puts back a file that is gone, and opens it anew.
#[tauri::command]
#[specta::specta]
pub async fn open_again(desk: State<'_, Desk>, app: AppHandle) -> Answer<Option<Error>> {
    if let Ok(library) = desk.library()
        && library.trouble().is_some()
    {
        library.put_back().await?;
        desk.close_library().await;
    }
    let opened = desk.open().await?;
    crate::follow::changes(&app);
    Ok(opened.library.trouble())
}

/// Shows the backups in the system's file manager.
#[tauri::command]
#[specta::specta]
pub fn open_backup_folder(desk: State<'_, Desk>) -> Answer<()> {
    let backups = opened::backups_of(desk.folder())?;
    if let Err(error) = std::fs::create_dir_all(&backups.folder) {
        tracing::warn!(%error, "there is no folder of backups to show");
    }
    places::show_folder(&backups.folder).map_err(Failure::from)
}

/// Shows the library's file in the system's file manager.
#[tauri::command]
#[specta::specta]
pub fn open_library_folder(desk: State<'_, Desk>) -> Answer<()> {
    places::show_folder(desk.folder()).map_err(Failure::from)
}

/// Makes the backup of each day while the window is open.
pub fn every_day(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LOOK_AFTER).await;
        loop {
            if let Err(error) = of_today(&app.state::<Desk>()).await {
                tracing::warn!(?error, "there is no backup of today");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
}

async fn of_today(desk: &Desk) -> Result<()> {
    let Ok(library) = desk.library() else { return Ok(()) };
    if library.trouble().is_some() {
        return Ok(());
    }
    let made = backup::create_daily(&opened::backups_of(desk.folder())?, library).await?;
    if let Some(made) = made {
        tracing::info!(backup = made.backup.name, "the backup of the day is made");
    }
    Ok(())
}
