//! The SQL of the matrix: one query for all rows, one for a column.

use serde::Deserialize;
use waymark_core::{
    assignments::{self, MatrixRow, Offered},
    error::Result,
    id::{AssignmentId, ConnectionId, WalkthroughId},
    json::FreeJson,
    walkthrough::{Assignment, Millis, WalkthroughStatus, WalkthroughType},
};

use crate::{Library, failure::Attempted, write::Write};

const READING: &str = "Reading the assignments";

/// A draft's assignments beside those of the last sync.
pub(super) struct Row {
    pub(super) id: WalkthroughId,
    title: String,
    kind: WalkthroughType,
    status: WalkthroughStatus,
    pub(super) draft: Vec<Assignment>,
    production: Option<Vec<Assignment>>,
    changes: u32,
    is_changed_there: bool,
}

/// As SQLite gives one out of a row.
#[derive(Deserialize)]
struct Stored {
    id: AssignmentId,
    server: String,
    display_order: i32,
    is_enabled: String,
    created_at: Option<i64>,
}

impl From<Stored> for Assignment {
    fn from(stored: Stored) -> Self {
        let Stored { id, server, display_order, is_enabled, created_at } = stored;
        Self { id, server, display_order, is_enabled: is_enabled == "true", created_at: created_at.map(Millis) }
    }
}

impl Row {
    pub(super) fn into_matrix(self) -> MatrixRow {
        let cells = assignments::cells(&self.draft, self.production.as_deref());
        let changed = cells.iter().filter(|cell| cell.is_unpublished).count() as u32;
        MatrixRow {
            id: self.id,
            title: self.title,
            kind: self.kind,
            status: self.status,
            is_in_production: self.production.is_some(),
            is_changed_there: self.is_changed_there,
            other_changes: if self.production.is_some() { self.changes.saturating_sub(changed) } else { 0 },
            cells,
        }
    }
}

pub(super) async fn read(library: &Library, connection: Option<&ConnectionId>) -> Result<Vec<Row>> {
    let remote = connection.map_or("", ConnectionId::as_str);
    let rows = sqlx::query!(
        r#"SELECT w.id, w.title, w.type AS kind, w.status,
            (SELECT json_group_array(json_object('id', a.id, 'server', m.slug, 'display_order', a.display_order,
                'is_enabled', a.is_enabled, 'created_at', a.created_at))
             FROM mcp_server_walkthroughs a JOIN mcp_servers m ON m.id = a.mcp_server_id
             WHERE a.walkthrough_id = w.id) AS "draft!: String",
            (SELECT json_extract(b.walkthrough, '$.assignments') FROM sync_bases b
             WHERE b.walkthrough_id = w.id AND b.remote = ?1) AS "production: String",
            (SELECT b.changes FROM sync_bases b
             WHERE b.walkthrough_id = w.id AND b.remote = ?1) AS "changes: u32",
            (SELECT b.is_changed_there FROM sync_bases b
             WHERE b.walkthrough_id = w.id AND b.remote = ?1) AS "is_changed_there: bool"
         FROM drafts d JOIN walkthroughs w ON w.id = d.walkthrough_id
         WHERE d.trashed_at IS NULL ORDER BY w.title COLLATE NOCASE, w.id"#,
        remote
    )
    .fetch_all(library.readers())
    .await
    .attempted(READING)?;
    rows.into_iter()
        .map(|row| {
            let draft: Vec<Stored> = FreeJson::parse(&row.draft)?.read()?;
            let production = row.production.map(|json| FreeJson::parse(&json)?.read()).transpose()?;
            Ok(Row {
                id: row.id.into(),
                title: row.title,
                kind: row.kind.parse()?,
                status: row.status.map(|status| status.parse()).transpose()?.unwrap_or_default(),
                draft: draft.into_iter().map(Assignment::from).collect(),
                production,
                changes: row.changes.unwrap_or_default(),
                is_changed_there: row.is_changed_there.unwrap_or_default(),
            })
        })
        .collect()
}

/// What drafts that are not in the trash say about one server.
pub(super) async fn column(write: &mut Write, server: &str) -> Result<Vec<Offered>> {
    let rows = sqlx::query!(
        r#"SELECT a.walkthrough_id, a.id, a.display_order AS "display_order: i32", a.is_enabled, a.created_at
         FROM mcp_server_walkthroughs a
         JOIN mcp_servers m ON m.id = a.mcp_server_id
         JOIN drafts d ON d.walkthrough_id = a.walkthrough_id
         WHERE m.slug = ? AND d.trashed_at IS NULL"#,
        server
    )
    .fetch_all(write.connection())
    .await
    .attempted(READING)?;
    let offered = rows.into_iter().map(|row| Offered {
        walkthrough: row.walkthrough_id.into(),
        assignment: Assignment {
            id: row.id.into(),
            server: server.to_owned(),
            display_order: row.display_order,
            is_enabled: row.is_enabled == "true",
            created_at: row.created_at.map(Millis),
        },
    });
    Ok(offered.collect())
}
