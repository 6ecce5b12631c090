//! The SQL of the preview's learners.

use sqlx::SqliteConnection;
use waymark_core::{
    error::{Code, Error, Result},
    id::{LearnerId, StepId, VisitId, WalkthroughId},
    json::FreeJson,
    learner::{
        identity::{Identity, NamedVisit, VISIT_MILLIS},
        path::is_linked,
        standing::{AuthType, Offer, ProgressRow, Scope, Standing},
        turn::Turn,
        writes::{ProgressWrite, Written},
    },
    walkthrough::Millis,
};

use crate::{Library, failure::Attempted};

const READING: &str = "Reading the learner";
const WRITING: &str = "Recording the learner's progress";

/// The name of a server that drafts are assigned to.
pub async fn server_name(library: &Library, slug: &str) -> Result<Option<String>> {
    sqlx::query_scalar!("SELECT name FROM mcp_servers WHERE slug = ?", slug)
        .fetch_optional(library.readers())
        .await
        .attempted(READING)
}

pub async fn identity(
    connection: &mut SqliteConnection,
    slug: &str,
    scope: &Scope,
    now: Millis,
) -> Result<Option<Identity>> {
    let (tracking, named) = (scope.tracking.as_deref(), Identity::visit_name(scope));
    let since = now.0 - VISIT_MILLIS;
    let row = sqlx::query!(
        r#"WITH server AS (SELECT id, slug FROM mcp_servers WHERE slug = ?1),
           tracked AS (SELECT id FROM mcp_server_user WHERE distinct_id = ?2),
           named AS (
             SELECT mcp_server_session_id AS id, mcp_server_slug AS slug, mcp_server_user_id AS learner_id
             FROM mcp_server_session WHERE mcp_server_session_id = ?3),
           recent AS (
             SELECT s.mcp_server_session_id AS id, max(c.created_at) AS at
             FROM mcp_server_session s JOIN mcp_tool_calls c ON c.mcp_server_session_id = s.mcp_server_session_id
             WHERE s.mcp_server_user_id = (SELECT id FROM tracked) AND s.mcp_server_slug = ?1
               AND (?3 IS NULL OR (SELECT learner_id FROM named) IS NOT (SELECT id FROM tracked))
             GROUP BY s.mcp_server_session_id HAVING max(c.created_at) >= ?4 ORDER BY 2 DESC LIMIT 1),
           visit AS (SELECT coalesce((SELECT id FROM recent), (SELECT id FROM named)) AS id)
           SELECT server.id AS server_id, (SELECT id FROM tracked) AS "tracked_id?: String",
             (SELECT id FROM named) AS "named_id?: String", (SELECT slug FROM named) AS "named_slug?: String",
             (SELECT learner_id FROM named) AS "named_learner_id?: String",
             (SELECT id FROM recent) AS "recent_id?: String",
             (SELECT max(created_at) FROM mcp_tool_calls
              WHERE mcp_server_session_id = (SELECT id FROM visit)) AS "last_call_at?: i64",
             (SELECT output FROM mcp_tool_calls
              WHERE mcp_server_session_id = (SELECT id FROM visit) AND json_extract(output, '$.waymark') IS NOT NULL
              ORDER BY created_at DESC, id DESC LIMIT 1) AS "said?: String"
           FROM server"#,
        slug,
        tracking,
        named,
        since
    )
    .fetch_optional(connection)
    .await
    .attempted(READING)?;
    let Some(row) = row else {
        return Ok(None);
    };
    let named = row.named_id.zip(row.named_slug);
    Ok(Some(Identity {
        server: row.server_id.into(),
        slug: slug.to_owned(),
        auth: AuthType::None,
        tracked: row.tracked_id.map(LearnerId),
        named: named.map(|(id, slug)| NamedVisit { id: id.into(), slug, learner: row.named_learner_id.map(LearnerId) }),
        recent: row.recent_id.map(VisitId),
        last_call_at: row.last_call_at.map(Millis),
        said: free_json(row.said)?,
    }))
}

/// What a server shows: all drafts on the drafts' own endpoint, else by the rule of production.
pub async fn visible(
    connection: &mut SqliteConnection,
    server: Option<&str>,
    learner: Option<&LearnerId>,
) -> Result<Vec<(Offer, Option<ProgressRow>)>> {
    let learner = learner.map(LearnerId::as_str);
    let rows = sqlx::query!(
        r#"SELECT w.id, w.title, w.description, w.type AS kind, w.metadata,
             p.id AS "progress_id?", p.completed_steps, p.current_step_id, p.completed_at, p.started_at,
             p.last_activity_at, p.metadata AS progress_metadata
           FROM drafts d JOIN walkthroughs w ON w.id = d.walkthrough_id
           LEFT JOIN mcp_server_walkthroughs a ON a.walkthrough_id = w.id AND a.mcp_server_id = ?1
           LEFT JOIN walkthrough_progress p ON p.walkthrough_id = w.id AND p.mcp_server_user_id = ?2
           WHERE d.trashed_at IS NULL AND (?1 IS NULL OR (a.is_enabled = 'true' AND w.status = 'published'))
           ORDER BY a.display_order, coalesce(a.created_at, 9223372036854775807), a.id, d.changed_at DESC, w.id,
             p.last_activity_at IS NULL, p.last_activity_at DESC, p.id"#,
        server,
        learner
    )
    .fetch_all(connection)
    .await
    .attempted(READING)?;
    let mut shown: Vec<(Offer, Option<ProgressRow>)> = Vec::with_capacity(rows.len());
    for row in rows {
        let id = WalkthroughId(row.id);
        // A second progress row of the same learner is an older one.
        if shown.last().is_some_and(|(offer, _)| offer.id == id) {
            continue;
        }
        let progress = match row.progress_id {
            None => None,
            Some(progress_id) => Some(ProgressRow {
                id: progress_id.into(),
                walkthrough: id.clone(),
                completed_steps: free_json(row.completed_steps)?,
                current_step_id: row.current_step_id.map(StepId),
                completed_at: row.completed_at.map(Millis),
                started_at: row.started_at.map(Millis),
                last_activity_at: row.last_activity_at.map(Millis),
                metadata: free_json(row.progress_metadata)?,
            }),
        };
        let metadata = free_json(row.metadata)?;
        let (kind, is_linked) = (row.kind.parse()?, is_linked(metadata.as_ref()));
        shown.push((Offer { id, title: row.title, description: row.description, kind, is_linked }, progress));
    }
    Ok(shown)
}

/// Writes a turn inside the open transaction. After `Stale` the transaction must not be committed.
pub async fn write(connection: &mut SqliteConnection, standing: &Standing, turn: &Turn, tool: &str) -> Result<Written> {
    let writes = &turn.writes;
    let learner = writes.learner.as_ref().map(|new| &new.id).or(standing.learner.as_ref());
    let (Some(call), Some(learner), Some(visit)) = (&writes.tool_call, learner, &turn.visit) else {
        return Ok(Written::Done);
    };
    let (learner, visit) = (learner.as_str(), visit.as_str());
    let is_done = write_identity(connection, standing, turn, learner, visit).await?
        && match &writes.progress {
            None => true,
            Some(ProgressWrite::Insert(row)) => insert_progress(connection, learner, row).await?,
            Some(ProgressWrite::Update { seen, now }) => update_progress(connection, learner, seen, now).await?,
        };
    if !is_done {
        return Ok(Written::Stale);
    }
    write_completion(connection, standing, turn, learner, visit).await?;
    let (id, at, server) = (call.id.as_str(), call.created_at.0, standing.server.as_str());
    let (input, output) = (call.input.as_str(), call.output.as_str());
    sqlx::query!(
        "INSERT INTO mcp_tool_calls (id, created_at, mcp_server_id, tool_name, mcp_server_user_id,
           mcp_server_session_id, input, output) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        at,
        server,
        tool,
        learner,
        visit,
        input,
        output
    )
    .execute(connection)
    .await
    .attempted(WRITING)?;
    Ok(Written::Done)
}

async fn write_identity(
    connection: &mut SqliteConnection,
    standing: &Standing,
    turn: &Turn,
    learner: &str,
    visit: &str,
) -> Result<bool> {
    if let Some(new) = &turn.writes.learner {
        let (distinct_id, email, at) = (new.distinct_id.as_deref(), new.email.as_deref(), new.first_seen_at.0);
        let inserted = sqlx::query!(
            "INSERT INTO mcp_server_user (id, distinct_id, email, first_seen_at) VALUES (?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
            learner,
            distinct_id,
            email,
            at
        )
        .execute(&mut *connection)
        .await
        .attempted(WRITING)?;
        if inserted.rows_affected() == 0 {
            return Ok(false);
        }
    }
    let Some(new) = &turn.writes.visit else {
        return Ok(true);
    };
    let (slug, at) = (standing.slug.as_str(), new.at.0);
    let inserted = sqlx::query!(
        "INSERT INTO mcp_server_session
           (mcp_server_session_id, mcp_server_slug, connection_date, connection_timestamp, mcp_server_user_id)
         VALUES (?1, ?2, date(?3 / 1000, 'unixepoch'), ?3, ?4) ON CONFLICT DO NOTHING",
        visit,
        slug,
        at,
        learner
    )
    .execute(connection)
    .await
    .attempted(WRITING)?;
    Ok(inserted.rows_affected() == 1)
}

async fn insert_progress(connection: &mut SqliteConnection, learner: &str, row: &ProgressRow) -> Result<bool> {
    let (id, walkthrough) = (row.id.as_str(), row.walkthrough.as_str());
    let Values { completed, current, completed_at, started_at, metadata } = Values::of(row);
    let last_activity_at = row.last_activity_at.map(|at| at.0);
    let inserted = sqlx::query!(
        "INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps, current_step_id,
           completed_at, started_at, last_activity_at, metadata)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE NOT EXISTS (
           SELECT 1 FROM walkthrough_progress WHERE mcp_server_user_id = ?2 AND walkthrough_id = ?3)",
        id,
        learner,
        walkthrough,
        completed,
        current,
        completed_at,
        started_at,
        last_activity_at,
        metadata
    )
    .execute(connection)
    .await
    .attempted(WRITING)?;
    Ok(inserted.rows_affected() == 1)
}

async fn update_progress(
    connection: &mut SqliteConnection,
    learner: &str,
    seen: &ProgressRow,
    now: &ProgressRow,
) -> Result<bool> {
    let id = now.id.as_str();
    let new = Values::of(now);
    let old = Values::of(seen);
    let last_activity_at = now.last_activity_at.map(|at| at.0);
    let updated = sqlx::query!(
        "UPDATE walkthrough_progress SET completed_steps = ?3, current_step_id = ?4, completed_at = ?5,
           started_at = ?6, last_activity_at = ?7, metadata = ?8
         WHERE id = ?1 AND mcp_server_user_id = ?2 AND completed_steps IS ?9 AND current_step_id IS ?10
           AND completed_at IS ?11 AND started_at IS ?12 AND metadata IS ?13",
        id,
        learner,
        new.completed,
        new.current,
        new.completed_at,
        new.started_at,
        last_activity_at,
        new.metadata,
        old.completed,
        old.current,
        old.completed_at,
        old.started_at,
        old.metadata
    )
    .execute(connection)
    .await
    .attempted(WRITING)?;
    Ok(updated.rows_affected() == 1)
}

async fn write_completion(
    connection: &mut SqliteConnection,
    standing: &Standing,
    turn: &Turn,
    learner: &str,
    visit: &str,
) -> Result<()> {
    let Some(event) = &turn.writes.completion else {
        return Ok(());
    };
    let (id, walkthrough, step) = (event.id.as_str(), event.walkthrough.as_str(), event.step.as_str());
    let (server, at, metadata) = (standing.server.as_str(), event.completed_at.0, event.metadata.as_str());
    sqlx::query!(
        "INSERT INTO walkthrough_step_completions (id, mcp_server_user_id, walkthrough_id, step_id, mcp_server_id,
           mcp_server_session_id, completed_at, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        id,
        learner,
        walkthrough,
        step,
        server,
        visit,
        at,
        metadata
    )
    .execute(connection)
    .await
    .map(drop)
    .attempted(WRITING)
}

/// The columns of a progress row that a compare-and-set compares.
struct Values<'a> {
    completed: Option<&'a str>,
    current: Option<&'a str>,
    completed_at: Option<i64>,
    started_at: Option<i64>,
    metadata: Option<&'a str>,
}

impl<'a> Values<'a> {
    fn of(row: &'a ProgressRow) -> Self {
        Self {
            completed: row.completed_steps.as_ref().map(FreeJson::as_str),
            current: row.current_step_id.as_ref().map(StepId::as_str),
            completed_at: row.completed_at.map(|at| at.0),
            started_at: row.started_at.map(|at| at.0),
            metadata: row.metadata.as_ref().map(FreeJson::as_str),
        }
    }
}

/// Whether a write met rows that changed after they were read.
pub fn is_overtaken(error: &Error) -> bool {
    let source = error.source.as_deref().and_then(|source| source.downcast_ref::<sqlx::Error>());
    let code = source.and_then(|source| source.as_database_error()).and_then(|cause| cause.code());
    let is_constraint = code.and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 19);
    error.code == Code::Conflict && is_constraint
}

fn free_json(text: Option<String>) -> Result<Option<FreeJson>> {
    text.map(|text| FreeJson::parse(&text)).transpose()
}
