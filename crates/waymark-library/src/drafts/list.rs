//! The list of drafts: one query, however many there are.

use serde::Deserialize;
use waymark_core::{
    error::Result,
    id::{ConnectionId, WalkthroughId},
    json::FreeJson,
    walkthrough::Millis,
};

use super::{DraftSummary, ListDrafts, Unpublished, derive, store};
use crate::{Library, failure::Attempted};

/// A row, and whether what it says about problems and changes is of an older version.
struct Listed {
    summary: DraftSummary,
    is_stale: bool,
}

#[derive(Deserialize)]
struct Base {
    connection: Option<ConnectionId>,
    changes: u32,
    is_changed_there: u8,
}

/// Reads the list, brings stale rows up to date, and only then reads it again.
pub(super) async fn list(library: &Library, which: &ListDrafts, only: Option<&str>) -> Result<Vec<DraftSummary>> {
    let mut listed = query(library, which, only).await?;
    let stale: Vec<WalkthroughId> =
        listed.iter().filter(|row| row.is_stale).map(|row| row.summary.id.clone()).collect();
    if !stale.is_empty() {
        match derive::refresh(library, &stale).await {
            Ok(()) => listed = query(library, which, only).await?,
            // A disk that is full, or another process that writes for long: older counts are better than no list.
            Err(error) => tracing::warn!(?error, "problems and changes in the list are of an earlier version"),
        }
    }
    Ok(listed.into_iter().map(|row| row.summary).collect())
}

async fn query(library: &Library, which: &ListDrafts, only: Option<&str>) -> Result<Vec<Listed>> {
    let (kind, status) = (which.kind.map(|kind| kind.name()), which.status.map(|status| status.name()));
    let in_trash = which.in_trash;
    let rows = sqlx::query!(
        r#"SELECT w.id, w.title, w.type AS kind, w.status, w.tags,
            d.version, d.changed_at, d.trashed_at, d.problems,
            d.derived_version <> d.version AS "is_stale!: bool",
            (SELECT count(*) FROM walkthrough_steps s WHERE s.walkthrough_id = w.id) AS "steps!: u32",
            (SELECT json_group_array(a.mcp_server_id) FROM
                (SELECT mcp_server_id FROM mcp_server_walkthroughs
                 WHERE walkthrough_id = w.id ORDER BY mcp_server_id) a) AS "servers!: String",
            (SELECT json_group_array(json_object('connection', c.id, 'changes', b.changes,
                'is_changed_there', b.is_changed_there))
             FROM sync_bases b LEFT JOIN connections c ON c.id = b.remote
             WHERE b.walkthrough_id = w.id) AS "bases!: String"
         FROM drafts d JOIN walkthroughs w ON w.id = d.walkthrough_id
         WHERE (?1 IS NULL OR w.id = ?1)
            AND (?1 IS NOT NULL OR (d.trashed_at IS NOT NULL) = ?2)
            AND (?3 IS NULL OR w.type = ?3)
            AND (?4 IS NULL OR coalesce(w.status, 'draft') = ?4)
         ORDER BY d.changed_at DESC, w.id"#,
        only,
        in_trash,
        kind,
        status
    )
    .fetch_all(library.readers())
    .await
    .attempted("Listing the drafts")?;
    let mut listed = Vec::with_capacity(rows.len());
    for row in rows {
        let bases: Vec<Base> = FreeJson::parse(&row.bases)?.read()?;
        let never_published = bases.is_empty();
        let unpublished = bases
            .into_iter()
            .filter_map(|base| {
                let is_changed_there = base.is_changed_there != 0;
                Some(Unpublished { connection: base.connection?, changes: base.changes, is_changed_there })
            })
            .collect();
        let summary = DraftSummary {
            id: row.id.into(),
            title: row.title,
            kind: row.kind.parse()?,
            status: row.status.map(|status| status.parse()).transpose()?.unwrap_or_default(),
            steps: row.steps,
            tags: store::tags(row.tags)?,
            servers: FreeJson::parse(&row.servers)?.read()?,
            problems: row.problems as u32,
            updated_at: Millis(row.changed_at),
            trashed_at: row.trashed_at.map(Millis),
            version: row.version as u32,
            unpublished,
            never_published,
        };
        listed.push(Listed { summary, is_stale: row.is_stale });
    }
    Ok(listed)
}
