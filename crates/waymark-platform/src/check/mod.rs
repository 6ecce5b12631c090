//! What the test button of a connection answers.

use serde::{Deserialize, Serialize};
use waymark_core::{
    connection::{ReadOnly, ServerInfo},
    error::{Error, Result},
    id::OrganizationId,
};

use crate::{
    connect::Platform,
    db::{self, DatabaseStatus, MissingKind, Shape},
    errors, servers,
    session::Session,
};

/// What is behind a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ConnectionReport {
    /// PostgreSQL's version.
    pub server_version: String,
    /// The protocol of the encryption (`TLSv1.3`), if the connection is encrypted.
    pub tls: Option<String>,
    /// The organization's name; `None` where the database has no organizations yet.
    pub organization_name: Option<String>,
    /// Its MCP servers.
    pub servers: Vec<ServerInfo>,
    /// What the schema has and lacks.
    pub status: DatabaseStatus,
    /// Why nothing can be written, if so.
    pub read_only: Option<ReadOnly>,
}

/// Looks at everything that publishing would need, without writing.
///
/// # Errors
/// `NotFound` for an organization that does not exist; `Unreachable`; `PermissionDenied` where not even reading is
/// allowed.
pub async fn test(platform: &Platform) -> Result<ConnectionReport> {
    let status = db::status(platform).await?;
    let mut session = platform.read().await?;
    let (server_version, tls, read_only) = server(&mut session).await?;
    drop(session);
    let mut report =
        ConnectionReport { server_version, tls, organization_name: None, servers: Vec::new(), status, read_only };
    let is_readable = |table: &str| {
        let lacks = |missing: &db::Missing| match missing.kind {
            MissingKind::Table => missing.name == table,
            MissingKind::Grant => missing.name == format!("SELECT on {table}"),
            MissingKind::Column | MissingKind::Index => false,
        };
        !report.status.missing.iter().any(lacks)
    };
    let has_tables = matches!(report.status.shape, Shape::Current | Shape::Partial | Shape::Older);
    if !has_tables || !is_readable("organization") || !is_readable("mcp_servers") {
        return Ok(report);
    }
    report.organization_name = Some(organization(platform).await?);
    report.servers = servers::list(platform).await?;
    Ok(report)
}

/// The organization's name.
///
/// # Errors
/// `NotFound` where it does not exist. Nothing is said about which do.
pub async fn organization(platform: &Platform) -> Result<String> {
    let mut session = platform.read().await?;
    name_of(&mut session, platform.organization()).await
}

/// The same in a session that is open already.
pub(crate) async fn name_of(session: &mut Session, id: &OrganizationId) -> Result<String> {
    let name = sqlx::query_scalar!("SELECT name FROM organization WHERE id = $1", id.as_str())
        .fetch_optional(session)
        .await
        .map_err(|error| errors::of_statement("read the organization", error))?;
    name.ok_or_else(|| unknown_organization(id.as_str()))
}

pub(crate) fn unknown_organization(id: &str) -> Error {
    Error::not_found(format!("The database has no organization `{id}`."))
        .with_field("organization")
        .with_hint("Check the organization id of the connection. It looks like `org_…`.")
}

/// A replica cannot be written at all. Where the owner wants nothing to be written, a transaction of ours could do it
/// all the same; it respects the wish.
pub(crate) fn read_only(is_replica: bool, is_by_setting: bool) -> Option<ReadOnly> {
    match (is_replica, is_by_setting) {
        (true, _) => Some(ReadOnly::Replica),
        (false, true) => Some(ReadOnly::BySetting),
        (false, false) => None,
    }
}

async fn server(session: &mut Session) -> Result<(String, Option<String>, Option<ReadOnly>)> {
    let row = sqlx::query!(
        r#"SELECT current_setting('server_version') AS "version!",
             (SELECT s.version FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid() AND s.ssl) AS tls,
             pg_is_in_recovery() AS "is_replica!",
             current_setting('default_transaction_read_only') = 'on' AS "is_read_only!""#
    )
    .fetch_one(session)
    .await
    .map_err(|error| errors::of_statement("ask for the server's version", error))?;
    Ok((row.version, row.tls, read_only(row.is_replica, row.is_read_only)))
}

#[cfg(test)]
mod tests;
