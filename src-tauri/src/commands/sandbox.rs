//! A private database to try everything on. It runs as long as the window that started it.

use tauri::State;
use waymark_app::sandbox::{self, Lifetime, Sandbox, SandboxStatus};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
};

/// Whether it is there and runs. Changes nothing.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_status(desk: State<'_, Desk>) -> Answer<SandboxStatus> {
    Ok(sandbox::status(&desk.app()?.env).await)
}

/// Starts it, makes it where there is none, and adds the connection `Sandbox`.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_up(desk: State<'_, Desk>) -> Answer<Sandbox> {
    let (sandbox, hold) = sandbox::up(desk.app()?, Lifetime::WithHolder).await?;
    desk.hold_sandbox(hold);
    Ok(sandbox)
}

/// Stops it. What is in it stays.
#[tauri::command]
#[specta::specta]
pub async fn sandbox_down(desk: State<'_, Desk>) -> Answer<()> {
    sandbox::down(&desk.app()?.env).await.map_err(Failure::from)
}
