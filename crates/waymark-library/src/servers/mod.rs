//! The MCP servers that a connection had when it was last asked, so that drafts can be assigned offline.

use waymark_core::{
    connection::ServerInfo,
    error::{Error, Result},
    id::ConnectionId,
};

use crate::Library;

/// Replaces what is remembered of a connection's servers.
///
/// # Errors
/// `NotFound` where there is no such connection.
pub async fn remember(
    _library: &Library,
    _connection: &ConnectionId,
    _servers: Vec<ServerInfo>,
    _origin: &str,
) -> Result<()> {
    Err(Error::bug("Not there yet."))
}

/// The servers of one connection, or with `None` of all, and those that drafts are assigned to; by slug.
///
/// # Errors
/// Those of the file.
pub async fn list(_library: &Library, _connection: Option<&ConnectionId>) -> Result<Vec<ServerInfo>> {
    Err(Error::bug("Not there yet."))
}
