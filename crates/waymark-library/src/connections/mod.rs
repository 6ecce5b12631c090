//! Connections to organisations' databases, without their passwords: those are in the keyring, under the connection's id.

use waymark_core::{
    connection::Connection,
    error::{Error, Result},
    id::ConnectionId,
};

use crate::Library;

/// All connections, by name.
///
/// # Errors
/// Those of the file.
pub async fn list(_library: &Library) -> Result<Vec<Connection>> {
    Err(Error::bug("Not there yet."))
}

/// Adds a connection, or changes the one with its id.
///
/// # Errors
/// `InvalidInput` naming the field; a name that another connection has is one.
pub async fn save(_library: &Library, _connection: Connection, _origin: &str) -> Result<Connection> {
    Err(Error::bug("Not there yet."))
}

/// Removes a connection, what is remembered of its servers, and the sync bases with it.
///
/// # Errors
/// `NotFound`.
pub async fn remove(_library: &Library, _id: &ConnectionId, _origin: &str) -> Result<()> {
    Err(Error::bug("Not there yet."))
}

/// The connection with this name or id.
///
/// # Errors
/// `NotFound`.
pub async fn find(_library: &Library, _name_or_id: &str) -> Result<Connection> {
    Err(Error::bug("Not there yet."))
}
