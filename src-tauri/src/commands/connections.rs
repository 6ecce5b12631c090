//! Connections to databases, their passwords and their servers.

use tauri::State;
use waymark_core::{
    connection::{Connection, ServerInfo},
    id::ConnectionId,
};
use waymark_library::{connections, servers};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
};

/// All connections, without passwords.
#[tauri::command]
#[specta::specta]
pub async fn list_connections(desk: State<'_, Desk>) -> Answer<Vec<Connection>> {
    connections::list(desk.library()?).await.map_err(Failure::from)
}

/// Adds a connection, or changes the one with its id.
#[tauri::command]
#[specta::specta]
pub async fn save_connection(desk: State<'_, Desk>, input: Connection) -> Answer<Connection> {
    connections::save(desk.library()?, input, desk.origin()).await.map_err(Failure::from)
}

/// The servers that a connection had when it was last asked, or with none all that are known.
#[tauri::command]
#[specta::specta]
pub async fn list_servers(desk: State<'_, Desk>, connection: Option<ConnectionId>) -> Answer<Vec<ServerInfo>> {
    servers::list(desk.library()?, connection.as_ref()).await.map_err(Failure::from)
}
