//! What a sandbox has beyond the schema: an organization with a name, and MCP servers to assign walkthroughs to.
//!
//! Only ever used on a database that Waymark made for itself.

use waymark_core::{
    connection::ServerInfo,
    error::Result,
    id::{Random, ServerId},
};

use crate::{connect::Platform, errors};

/// Names the connection's organization, and adds the servers that it does not have yet.
///
/// # Errors
/// `SchemaMismatch`, `PermissionDenied`, `Unreachable`.
pub async fn furnish(platform: &Platform, name: &str, servers: &[ServerInfo], random: Random) -> Result<()> {
    let mut session = platform.write().await?;
    let organization = platform.organization().as_str();
    let failed = |error| errors::of_statement("furnish the sandbox", error);
    sqlx::query!("UPDATE organization SET name = $2 WHERE id = $1", organization, name)
        .execute(&mut session)
        .await
        .map_err(failed)?;
    let ids: Vec<String> = servers.iter().map(|_| ServerId::mint(random).0).collect();
    let (slugs, names): (Vec<_>, Vec<_>) =
        servers.iter().map(|server| (server.slug.clone(), server.name.clone())).unzip();
    sqlx::query!(
        "INSERT INTO mcp_servers (id, organization_id, name, product_platform_or_tool, slug)
         SELECT new.id, $1, new.name, $2, new.slug FROM unnest($3::text[], $4::text[], $5::text[]) AS new (id, name, slug)
         ON CONFLICT (slug) DO NOTHING",
        organization,
        name,
        &ids,
        &names,
        &slugs,
    )
    .execute(&mut session)
    .await
    .map_err(failed)?;
    session.commit().await
}
