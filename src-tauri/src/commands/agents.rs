//! Agents at the drafts: the local MCP endpoint, what clients are configured with, and the log of their calls.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use waymark_app::{
    learn::{Learners, World},
    paths,
};
use waymark_core::secret::Secret;
use waymark_library::calls::{self, LoggedCall};
use waymark_server::clients::{Client, Configuration, TOKEN_PLACE, Way, configuration};

use crate::{
    clipboard,
    desk::Desk,
    endpoint::EndpointStatus,
    failure::{Answer, Failure},
};

/// What one client can be configured with.
#[derive(Debug, Serialize, specta::Type)]
pub struct ClientSetup {
    /// It starts Waymark's command itself.
    pub stdio: Configuration,
    /// It connects to the endpoint; a word stands where the token goes. `None` while the endpoint is off.
    pub http: Option<Configuration>,
}

/// How a client reaches the drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It starts Waymark's command itself.
    Stdio,
    /// It connects to the endpoint.
    Http,
}

/// A configuration to copy.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, specta::Type)]
pub struct CopyConfiguration {
    /// For which client.
    pub client: Client,
    /// By which way.
    pub reach: Reach,
}

/// Whether the endpoint is on, and where.
#[tauri::command]
#[specta::specta]
pub async fn endpoint_status(desk: State<'_, Desk>) -> Answer<EndpointStatus> {
    Ok(desk.endpoint.status().await)
}

/// Starts the endpoint on a port of this machine; 0 takes a free one.
#[tauri::command]
#[specta::specta]
pub async fn start_endpoint(desk: State<'_, Desk>, port: u16) -> Answer<EndpointStatus> {
    let app = desk.app()?;
    let world = World { now: app.env.now, random: app.env.random };
    let learners = Learners::Preview(app.library.clone(), world);
    desk.endpoint.start(learners, port).await.map_err(Failure::from)
}

/// Stops the endpoint.
#[tauri::command]
#[specta::specta]
pub async fn stop_endpoint(desk: State<'_, Desk>) -> Answer<()> {
    desk.endpoint.stop().await.map_err(Failure::from)
}

/// What each client is configured with, without the token.
#[tauri::command]
#[specta::specta]
pub async fn list_client_setups(desk: State<'_, Desk>) -> Answer<Vec<ClientSetup>> {
    let url = desk.endpoint.status().await.url;
    let (command, arguments) = program(&desk);
    let setup = |client: Client| ClientSetup {
        stdio: configuration(client, Way::Stdio { command: &command, arguments: &arguments }),
        http: url.as_deref().map(|url| configuration(client, Way::Http { url, token: Some(TOKEN_PLACE) })),
    };
    Ok(Client::ALL.map(setup).into())
}

/// Puts a configuration into the clipboard; that of the endpoint with its token, which the page never has.
#[tauri::command]
#[specta::specta]
pub async fn copy_configuration(desk: State<'_, Desk>, app: AppHandle, copy: CopyConfiguration) -> Answer<()> {
    let text = match copy.reach {
        Reach::Stdio => {
            let (command, arguments) = program(&desk);
            configuration(copy.client, Way::Stdio { command: &command, arguments: &arguments }).text
        }
        Reach::Http => {
            let (url, token) = desk.endpoint.access().await?;
            configuration(copy.client, Way::Http { url: &url, token: Some(token.expose()) }).text
        }
    };
    clipboard::put(&app, Secret::new(text)).map_err(Failure::from)
}

/// Puts the token of this launch into the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn copy_endpoint_token(desk: State<'_, Desk>, app: AppHandle) -> Answer<()> {
    let (_, token) = desk.endpoint.access().await?;
    clipboard::put(&app, token).map_err(Failure::from)
}

/// The latest calls, newest first, by whatever way they came.
#[tauri::command]
#[specta::specta]
pub async fn list_calls(desk: State<'_, Desk>) -> Answer<Vec<LoggedCall>> {
    calls::list(desk.library()?).await.map_err(Failure::from)
}

/// The text that a call was answered by.
#[tauri::command]
#[specta::specta]
pub async fn read_answer(desk: State<'_, Desk>, seq: i32) -> Answer<String> {
    calls::answer(desk.library()?, i64::from(seq)).await.map_err(Failure::from)
}

/// Forgets the log of calls. Agents at work notice nothing.
#[tauri::command]
#[specta::specta]
pub async fn clear_calls(desk: State<'_, Desk>) -> Answer<()> {
    calls::clear(desk.library()?, desk.origin()).await.map_err(Failure::from)
}

/// Waymark's command as a client starts it for this library: the one that lies beside this program, else the one that the
/// system finds.
fn program(desk: &Desk) -> (String, Vec<String>) {
    let name = format!("waymark{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok().map(|own| own.with_file_name(&name)).filter(|path| path.is_file());
    let command = beside.map_or(name, |path| path.display().to_string());
    let mut arguments = paths::library_arguments(desk.folder());
    arguments.extend(["serve", "--stdio", "--drafts"].map(str::to_owned));
    (command, arguments)
}
