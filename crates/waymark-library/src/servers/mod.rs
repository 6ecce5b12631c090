//! The MCP servers that a connection had when it was last asked, so that drafts can be assigned offline.

use sqlx::SqliteConnection;
use waymark_core::{connection::ServerInfo, error::Result, id::ConnectionId};

use crate::{Library, changes::What, connections::no_such, failure::Attempted, write::Write};

#[cfg(test)]
mod tests;

const REMEMBERING: &str = "Remembering the servers";

/// Replaces what is remembered of a connection's servers.
///
/// # Errors
/// `NotFound` where there is no such connection.
pub async fn remember(
    library: &Library,
    connection: &ConnectionId,
    servers: Vec<ServerInfo>,
    origin: &str,
) -> Result<()> {
    let mut write = Write::begin(library).await?;
    let key = connection.as_str();
    let known = sqlx::query_scalar!("SELECT id FROM connections WHERE id = ?", key)
        .fetch_optional(write.connection())
        .await
        .attempted(REMEMBERING)?;
    if known.is_none() {
        return Err(no_such(key));
    }
    replace(write.connection(), key, &servers).await?;
    write.announce(What::Servers, key, origin).await?;
    write.commit().await
}

async fn replace(connection: &mut SqliteConnection, key: &str, servers: &[ServerInfo]) -> Result<()> {
    sqlx::query!("DELETE FROM remembered_servers WHERE connection_id = ?", key)
        .execute(&mut *connection)
        .await
        .attempted(REMEMBERING)?;
    for ServerInfo { slug, name } in servers {
        sqlx::query!(
            "INSERT INTO remembered_servers (connection_id, slug, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            key,
            slug,
            name
        )
        .execute(&mut *connection)
        .await
        .attempted(REMEMBERING)?;
        sqlx::query!("UPDATE mcp_servers SET name = ? WHERE slug = ?", name, slug)
            .execute(&mut *connection)
            .await
            .attempted(REMEMBERING)?;
    }
    Ok(())
}

/// The servers of one connection by slug; with `None` those of all, and those that drafts are assigned to.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library, connection: Option<&ConnectionId>) -> Result<Vec<ServerInfo>> {
    let connection = connection.map(ConnectionId::as_str);
    sqlx::query_as!(
        ServerInfo,
        r#"SELECT slug AS "slug!", min(name) AS "name!: String" FROM
            (SELECT slug, name FROM remembered_servers WHERE ?1 IS NULL OR connection_id = ?1
             UNION ALL
             SELECT slug, name FROM mcp_servers
             WHERE ?1 IS NULL AND slug NOT IN (SELECT slug FROM remembered_servers)
                AND id IN (SELECT mcp_server_id FROM mcp_server_walkthroughs))
         GROUP BY slug ORDER BY slug"#,
        connection
    )
    .fetch_all(library.readers())
    .await
    .attempted("Listing the servers")
}
