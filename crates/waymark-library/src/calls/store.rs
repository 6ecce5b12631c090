//! The SQL of the log of calls.

use sqlx::SqliteConnection;
use waymark_core::{
    error::Result,
    id::{StepId, ToolCallId, VisitId},
    json::FreeJson,
    learner::standing::Focus,
    walkthrough::Millis,
};

use super::LoggedCall;
use crate::{Library, failure::Attempted, learners::DRAFTS};

const READING: &str = "Reading the log of calls";
const WRITING: &str = "Logging the call";

/// Calls that are kept.
const KEPT: i64 = 500;
/// The most bytes of answers that are kept; the latest is kept however long it is.
const KEPT_BYTES: i64 = 16 * 1024 * 1024;
/// How many calls may come before the oldest are forgotten.
const TIDY_EVERY: i64 = 50;

pub(super) async fn list(library: &Library) -> Result<Vec<LoggedCall>> {
    let rows = sqlx::query!(
        r#"SELECT l.seq AS "seq!", c.created_at AS at, v.mcp_server_slug AS slug, u.distinct_id, u.email,
             c.mcp_server_session_id AS visit, c.tool_name AS tool, c.input, c.output,
             w.title AS "walkthrough_title?", s.title AS "step_title?"
           FROM call_log l
           JOIN mcp_tool_calls c ON c.id = l.tool_call_id
           JOIN mcp_server_session v ON v.mcp_server_session_id = c.mcp_server_session_id
           LEFT JOIN mcp_server_user u ON u.id = c.mcp_server_user_id
           LEFT JOIN walkthroughs w ON w.id = c.output ->> '$.waymark.walkthrough_id'
           LEFT JOIN walkthrough_steps s ON s.id = c.output ->> '$.waymark.delivered_step_id' AND s.walkthrough_id = w.id
           ORDER BY l.seq DESC LIMIT ?"#,
        KEPT
    )
    .fetch_all(library.readers())
    .await
    .attempted(READING)?;
    rows.into_iter()
        .map(|row| {
            let output = FreeJson::parse(row.output.as_deref().unwrap_or("{}"))?;
            let focus = Focus::of_output(&output);
            let (walkthrough, step): (_, Option<StepId>) =
                focus.map_or((None, None), |focus| (Some(focus.walkthrough), focus.delivered));
            Ok(LoggedCall {
                seq: row.seq,
                at: Millis(row.at.unwrap_or_default()),
                server: Some(row.slug).filter(|slug| slug != DRAFTS),
                learner: row.distinct_id.or(row.email),
                visit: VisitId(row.visit),
                tool: row.tool,
                arguments: row.input.unwrap_or_else(|| "{}".to_owned()),
                action: output.get("action").and_then(|action| action.read().ok()).unwrap_or_default(),
                is_error: output.get("is_error").and_then(|is_error| is_error.read().ok()).unwrap_or_default(),
                walkthrough,
                walkthrough_title: row.walkthrough_title,
                step,
                step_title: row.step_title,
            })
        })
        .collect()
}

pub(super) async fn answer(library: &Library, seq: i64) -> Result<Option<String>> {
    sqlx::query_scalar!("SELECT answer FROM call_log WHERE seq = ?", seq)
        .fetch_optional(library.readers())
        .await
        .attempted(READING)
}

pub(super) async fn insert(connection: &mut SqliteConnection, call: &ToolCallId, text: &str) -> Result<()> {
    let (call, bytes) = (call.as_str(), text.len() as i64);
    let logged =
        sqlx::query!("INSERT INTO call_log (tool_call_id, answer, answer_bytes) VALUES (?, ?, ?)", call, text, bytes)
            .execute(&mut *connection)
            .await
            .attempted(WRITING)?;
    if logged.last_insert_rowid() % TIDY_EVERY == 0 { forget_oldest(connection).await } else { Ok(()) }
}

pub(super) async fn clear(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query!("DELETE FROM call_log").execute(connection).await.map(drop).attempted("Clearing the log of calls")
}

async fn forget_oldest(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query!(
        "DELETE FROM call_log WHERE seq IN (
           SELECT seq FROM (
             SELECT seq, row_number() OVER newest AS place, sum(answer_bytes) OVER newest AS bytes
             FROM call_log WINDOW newest AS (ORDER BY seq DESC))
           WHERE place > ?1 OR (bytes > ?2 AND place > 1))",
        KEPT,
        KEPT_BYTES
    )
    .execute(connection)
    .await
    .map(drop)
    .attempted(WRITING)
}
