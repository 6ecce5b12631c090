//! The SQL of connections.

use sqlx::SqliteConnection;
use waymark_core::{connection::Connection, error::Result, id::ConnectionId, json::FreeJson};

use crate::{Library, failure::Attempted, write::Write};

const SAVING: &str = "Saving the connection";

pub(super) async fn list(library: &Library) -> Result<Vec<Connection>> {
    let rows = sqlx::query!(
        r#"SELECT id, name, host, port AS "port: u16", database, user, tls, ca_file, organization,
            is_production AS "is_production: bool", is_pgbouncer AS "is_pgbouncer: bool",
            asks_before_publish AS "asks_before_publish: bool", asset_base_url, client_certificate, client_key,
            requires_approval AS "requires_approval: bool"
         FROM connections ORDER BY name, id"#
    )
    .fetch_all(library.readers())
    .await
    .attempted("Listing the connections")?;
    rows.into_iter()
        .map(|row| {
            Ok(Connection {
                id: row.id.into(),
                name: row.name,
                host: row.host,
                port: row.port,
                database: row.database,
                user: row.user,
                tls: FreeJson::of(&row.tls).read()?,
                ca_file: row.ca_file,
                client_certificate: row.client_certificate,
                client_key: row.client_key,
                organization: row.organization.into(),
                is_production: row.is_production,
                asks_before_publish: row.asks_before_publish,
                requires_approval: row.requires_approval,
                asset_base_url: row.asset_base_url,
                is_pgbouncer: row.is_pgbouncer,
            })
        })
        .collect()
}

pub(super) async fn has_other_named(connection: &mut SqliteConnection, saved: &Connection) -> Result<bool> {
    let (id, name) = (saved.id.as_str(), &saved.name);
    let found = sqlx::query_scalar!("SELECT id FROM connections WHERE name = ? AND id <> ?", name, id);
    Ok(found.fetch_optional(connection).await.attempted(SAVING)?.is_some())
}

pub(super) async fn put(write: &mut Write, saved: &Connection) -> Result<()> {
    let now = write.now().0;
    let Connection { name, host, port, database, user, ca_file, is_production, is_pgbouncer, .. } = saved;
    let Connection { asks_before_publish, asset_base_url, client_certificate, client_key, requires_approval, .. } =
        saved;
    let (id, organization, tls) = (saved.id.as_str(), saved.organization.as_str(), FreeJson::of(&saved.tls));
    let tls = tls.as_str().trim_matches('"');
    sqlx::query!(
        "INSERT INTO connections (id, name, host, port, database, user, tls, ca_file, organization, is_production,
            is_pgbouncer, asks_before_publish, asset_base_url, client_certificate, client_key, requires_approval,
            created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, host = excluded.host, port = excluded.port,
            database = excluded.database, user = excluded.user, tls = excluded.tls, ca_file = excluded.ca_file,
            organization = excluded.organization, is_production = excluded.is_production,
            is_pgbouncer = excluded.is_pgbouncer, asks_before_publish = excluded.asks_before_publish,
            asset_base_url = excluded.asset_base_url, client_certificate = excluded.client_certificate,
            client_key = excluded.client_key, requires_approval = excluded.requires_approval",
        id,
        name,
        host,
        port,
        database,
        user,
        tls,
        ca_file,
        organization,
        is_production,
        is_pgbouncer,
        asks_before_publish,
        asset_base_url,
        client_certificate,
        client_key,
        requires_approval,
        now
    )
    .execute(write.connection())
    .await
    .attempted(SAVING)?;
    Ok(())
}

/// Whether there was one.
pub(super) async fn delete(connection: &mut SqliteConnection, id: &ConnectionId) -> Result<bool> {
    const REMOVING: &str = "Removing the connection";
    let key = id.as_str();
    sqlx::query!("DELETE FROM sync_bases WHERE remote = ?", key).execute(&mut *connection).await.attempted(REMOVING)?;
    let deleted =
        sqlx::query!("DELETE FROM connections WHERE id = ?", key).execute(connection).await.attempted(REMOVING)?;
    Ok(deleted.rows_affected() > 0)
}
