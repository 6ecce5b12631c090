//! Connections to organizations' databases, without their passwords: those are in the keyring, under the connection's id.

use waymark_core::{
    connection::Connection,
    error::{Error, Result},
    id::ConnectionId,
};

use crate::{Library, changes::What, write::Write};

mod check;
mod store;
#[cfg(test)]
pub(crate) mod tests;

/// All connections, by name.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library) -> Result<Vec<Connection>> {
    store::list(library).await
}

/// Adds a connection, or changes the one with its id. White space around its texts goes.
///
/// # Errors
/// `InvalidInput` naming the field; a name that another connection has is one.
pub async fn save(library: &Library, connection: Connection, origin: &str) -> Result<Connection> {
    let connection = check::checked(connection)?;
    let mut write = Write::begin(library).await?;
    if store::has_other_named(write.connection(), &connection).await? {
        return Err(Error::invalid(format!("Another connection has the name `{}`.", connection.name))
            .with_field("name")
            .with_hint("Choose another name."));
    }
    store::put(&mut write, &connection).await?;
    write.announce(What::Connection, connection.id.as_str(), origin).await?;
    write.commit().await?;
    Ok(connection)
}

/// Removes a connection, what is remembered of its servers, and the sync bases with it. Its password is the caller's
/// to remove.
///
/// # Errors
/// `NotFound`.
pub async fn remove(library: &Library, id: &ConnectionId, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    if !store::delete(write.connection(), id).await? {
        return Err(no_such(id.as_str()));
    }
    write.announce(What::Connection, id.as_str(), origin).await?;
    write.commit().await
}

/// The connection with this name or id.
///
/// # Errors
/// `NotFound`.
pub async fn find(library: &Library, name_or_id: &str) -> Result<Connection> {
    let connections = store::list(library).await?;
    let named = connections.iter().find(|connection| connection.name == name_or_id);
    let found = named.or_else(|| connections.iter().find(|connection| connection.id.as_str() == name_or_id));
    found.cloned().ok_or_else(|| no_such(name_or_id))
}

pub(crate) fn no_such(name_or_id: &str) -> Error {
    Error::not_found(format!("There is no connection `{name_or_id}`."))
        .with_hint("`waymark connection list` shows the connections; `waymark connection add` makes one.")
}
