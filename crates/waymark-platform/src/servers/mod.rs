//! The organization's MCP servers, for reading.

use waymark_core::{connection::ServerInfo, error::Result};

use crate::{connect::Platform, errors};

/// All of the organization's servers, by name.
///
/// # Errors
/// `SchemaMismatch`, `PermissionDenied`, `Unreachable`.
pub async fn list(platform: &Platform) -> Result<Vec<ServerInfo>> {
    let mut session = platform.read().await?;
    let rows = sqlx::query_as!(
        ServerInfo,
        "SELECT slug, name FROM mcp_servers WHERE organization_id = $1 ORDER BY name, slug",
        platform.organization().as_str(),
    )
    .fetch_all(&mut session)
    .await;
    rows.map_err(|error| errors::of_statement("read the MCP servers", error))
}
