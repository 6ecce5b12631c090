//! The SQL of runs and of providers.

use sqlx::SqliteConnection;
use waymark_core::{
    error::Result,
    id::{AgentRunId, WalkthroughId},
};

use crate::{Library, failure::Attempted};

/// A run as it is stored.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) walkthrough_id: String,
    pub(super) at: i64,
    pub(super) summary: String,
    pub(super) content_hash: String,
    pub(super) transcript: String,
}

/// The same without what happened.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) walkthrough_id: String,
    pub(super) at: i64,
    pub(super) summary: String,
    pub(super) content_hash: String,
}

impl From<Row> for Line {
    fn from(row: Row) -> Self {
        let Row { id, walkthrough_id, at, summary, content_hash, .. } = row;
        Self { id, walkthrough_id, at, summary, content_hash }
    }
}

pub(super) async fn list(library: &Library, walkthrough: &WalkthroughId) -> Result<Vec<Line>> {
    let walkthrough = walkthrough.as_str();
    sqlx::query_as!(
        Line,
        "SELECT id, walkthrough_id, at, summary, content_hash
         FROM agent_runs WHERE walkthrough_id = ? ORDER BY at DESC, id",
        walkthrough
    )
    .fetch_all(library.readers())
    .await
    .attempted("Listing the runs")
}

pub(super) async fn find(library: &Library, id: &AgentRunId) -> Result<Option<Row>> {
    let id = id.as_str();
    sqlx::query_as!(
        Row,
        "SELECT id, walkthrough_id, at, summary, content_hash, transcript FROM agent_runs WHERE id = ?",
        id
    )
    .fetch_optional(library.readers())
    .await
    .attempted("Reading the run")
}

pub(super) async fn put(connection: &mut SqliteConnection, row: &Row) -> Result<()> {
    sqlx::query!(
        "INSERT INTO agent_runs (id, walkthrough_id, at, summary, content_hash, transcript)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET summary = excluded.summary, transcript = excluded.transcript",
        row.id,
        row.walkthrough_id,
        row.at,
        row.summary,
        row.content_hash,
        row.transcript
    )
    .execute(connection)
    .await
    .attempted("Saving the run")?;
    Ok(())
}

/// The walkthrough that it went through; `None` where there was no such run.
pub(super) async fn delete(connection: &mut SqliteConnection, id: &AgentRunId) -> Result<Option<String>> {
    let id = id.as_str();
    sqlx::query_scalar!(r#"DELETE FROM agent_runs WHERE id = ? RETURNING walkthrough_id AS "walkthrough!""#, id)
        .fetch_optional(connection)
        .await
        .attempted("Removing the run")
}

/// The same of providers.
pub(super) mod providers {
    use sqlx::SqliteConnection;
    use waymark_core::{agent_run::provider::Provider, error::Result, id::ProviderId, json::FreeJson};

    use crate::{Library, failure::Attempted, write::Write};

    const SAVING: &str = "Saving the provider";

    pub(in crate::agent_run) async fn list(library: &Library) -> Result<Vec<Provider>> {
        let rows = sqlx::query!(
            r#"SELECT id, name, kind, base_url, allows_plain_http AS "allows_plain_http: bool", models
             FROM providers ORDER BY name, id"#
        )
        .fetch_all(library.readers())
        .await
        .attempted("Listing the providers")?;
        let provider = |id, name, kind: String, base_url, allows_plain_http, models: String| {
            let models = FreeJson::parse(&models).ok()?.read().ok()?;
            Some(Provider { id, name, kind: kind.parse().ok()?, base_url, allows_plain_http, models })
        };
        let rows = rows.into_iter();
        Ok(rows
            .filter_map(|row| {
                provider(row.id.into(), row.name, row.kind, row.base_url, row.allows_plain_http, row.models)
            })
            .collect())
    }

    pub(in crate::agent_run) async fn has_other_named(
        connection: &mut SqliteConnection,
        saved: &Provider,
    ) -> Result<bool> {
        let (id, name) = (saved.id.as_str(), &saved.name);
        let found = sqlx::query_scalar!("SELECT id FROM providers WHERE name = ? AND id <> ?", name, id);
        Ok(found.fetch_optional(connection).await.attempted(SAVING)?.is_some())
    }

    pub(in crate::agent_run) async fn put(write: &mut Write, saved: &Provider) -> Result<()> {
        let now = write.now().0;
        let (id, kind, models) = (saved.id.as_str(), saved.kind.name(), FreeJson::of(&saved.models));
        let models = models.as_str();
        sqlx::query!(
            "INSERT INTO providers (id, name, kind, base_url, allows_plain_http, models, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
                base_url = excluded.base_url, allows_plain_http = excluded.allows_plain_http,
                models = excluded.models",
            id,
            saved.name,
            kind,
            saved.base_url,
            saved.allows_plain_http,
            models,
            now
        )
        .execute(write.connection())
        .await
        .attempted(SAVING)?;
        Ok(())
    }

    /// Whether there was one.
    pub(in crate::agent_run) async fn delete(connection: &mut SqliteConnection, id: &ProviderId) -> Result<bool> {
        let id = id.as_str();
        let deleted = sqlx::query!("DELETE FROM providers WHERE id = ?", id).execute(connection).await;
        Ok(deleted.attempted("Removing the provider")?.rows_affected() > 0)
    }
}
