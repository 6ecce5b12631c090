//! The statements.

use waymark_core::{
    content::ContentFields,
    error::Result,
    id::{OrganizationId, StepId, ToolCallId, WalkthroughId},
    json::FreeJson,
    learner::{
        call::Call,
        identity::{Identity, VISIT_MILLIS},
        standing::{AuthType, Scope, ServerSeen, StepContent, StepSeen},
        writes::Written,
    },
    walkthrough::{Millis, Step, Walkthrough},
};

use super::row::{Rows, StandingRow};
use crate::{content::row, errors, session::Session};

/// The rights that the role lacks for what [`write`] does, as `INSERT on mcp_tool_calls`.
pub async fn missing_grants(session: &mut Session) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT needed.privilege || ' on ' || needed.name AS "grant!"
           FROM (VALUES ('INSERT', 'mcp_server_user'), ('INSERT', 'mcp_server_session'), ('INSERT', 'mcp_tool_calls'),
             ('INSERT', 'walkthrough_progress'), ('UPDATE', 'walkthrough_progress'),
             ('INSERT', 'walkthrough_step_completions')) AS needed (privilege, name)
           WHERE NOT has_table_privilege(to_regclass(needed.name), needed.privilege)"#
    )
    .fetch_all(session)
    .await
    .map_err(|error| errors::of_statement("look at the role's rights", error))
}

pub async fn server(session: &mut Session, organization: &OrganizationId, slug: &str) -> Result<Option<ServerSeen>> {
    let found = sqlx::query!(
        r#"SELECT id, name, slug, auth_type::text AS auth_type,
             coalesce(walkthrough_tools_enabled, 'true') <> 'false' AS "is_enabled!"
           FROM mcp_servers WHERE slug = $1 AND organization_id = $2"#,
        slug,
        organization.as_str(),
    )
    .fetch_optional(session)
    .await
    .map_err(|error| errors::of_statement("find the MCP server", error))?;
    Ok(found.map(|row| ServerSeen {
        name: row.name,
        slug: row.slug,
        auth: AuthType::of(row.auth_type.as_deref()),
        is_enabled: row.is_enabled,
    }))
}

/// `None` where the organization has no such server.
pub async fn standing(
    session: &mut Session,
    organization: &OrganizationId,
    slug: &str,
    scope: &Scope,
    call: &Call,
    now: Millis,
) -> Result<Option<StandingRow>> {
    let (name, is_about_current) = match call {
        Call::List => (None, false),
        Call::Start { name, .. } => (name.as_deref(), false),
        Call::Next { .. } => (None, true),
        Call::Status { walkthrough } => (walkthrough.as_deref(), walkthrough.is_none()),
        Call::Reset { walkthrough, .. } => (Some(walkthrough.as_str()), false),
    };
    sqlx::query_file_as!(
        StandingRow,
        "src/learners/standing.sql",
        slug,
        organization.as_str(),
        scope.tracking.as_deref(),
        Identity::visit_name(scope),
        now.0 - VISIT_MILLIS,
        name,
        is_about_current,
    )
    .fetch_optional(session)
    .await
    .map_err(|error| errors::of_statement("find the visit", error))
}

pub async fn steps(
    session: &mut Session,
    organization: &OrganizationId,
    walkthrough: &WalkthroughId,
) -> Result<Vec<StepSeen>> {
    let rows = sqlx::query!(
        r#"SELECT s.id, s.title, s.next_step_id, s.xmin::text || '.' || w.xmin::text AS "version!"
           FROM walkthrough_steps s JOIN walkthroughs w ON w.id = s.walkthrough_id
           WHERE s.walkthrough_id = $1 AND w.organization_id = $2
           ORDER BY s.display_order, s.created_at, s.id COLLATE "C""#,
        walkthrough.as_str(),
        organization.as_str(),
    )
    .fetch_all(session)
    .await
    .map_err(|error| errors::of_statement("read the steps", error))?;
    let seen = rows.into_iter().map(|row| StepSeen {
        id: StepId(row.id),
        title: row.title,
        next_step_id: row.next_step_id.map(StepId),
        version: row.version,
    });
    Ok(seen.collect())
}

pub async fn content(
    session: &mut Session,
    organization: &OrganizationId,
    walkthrough: &WalkthroughId,
    step: &StepId,
) -> Result<Option<(String, StepContent)>> {
    let found = sqlx::query!(
        r#"SELECT w.id, w.title, w.description, w.type::text AS "kind!", w.status::text AS status, w.created_at,
             w.updated_at, w.estimated_duration_minutes, w.tags::text AS tags, w.metadata::text AS metadata,
             s.id AS step_id, s.title AS step_title, s.content_fields::text AS "content_fields!", s.display_order,
             s.next_step_id, s.created_at AS step_created_at, s.updated_at AS step_updated_at,
             s.metadata::text AS step_metadata, s.xmin::text || '.' || w.xmin::text AS "version!"
           FROM walkthrough_steps s JOIN walkthroughs w ON w.id = s.walkthrough_id
           WHERE s.id = $1 AND w.id = $2 AND w.organization_id = $3"#,
        step.as_str(),
        walkthrough.as_str(),
        organization.as_str(),
    )
    .fetch_optional(session)
    .await
    .map_err(|error| errors::of_statement("read the step", error))?;
    let Some(row) = found else {
        return Ok(None);
    };
    let walkthrough = Walkthrough {
        id: row.id.into(),
        title: row.title,
        description: row.description,
        kind: row.kind.parse()?,
        status: row::status(row.status.as_deref())?,
        created_at: row.created_at.map(Millis),
        updated_at: row.updated_at.map(Millis),
        estimated_duration_minutes: row.estimated_duration_minutes,
        tags: row.tags.and_then(|tags| serde_json::from_str(&tags).ok()).unwrap_or_default(),
        metadata: json(row.metadata),
        steps: Vec::new(),
        assignments: Vec::new(),
    };
    let step = Step {
        id: row.step_id.into(),
        title: row.step_title,
        content_fields: ContentFields::from_json(&FreeJson::parse(&row.content_fields)?),
        display_order: row.display_order,
        next_step_id: row.next_step_id.map(StepId),
        created_at: row.step_created_at.map(Millis),
        updated_at: row.step_updated_at.map(Millis),
        metadata: json(row.step_metadata),
    };
    Ok(Some((row.version, StepContent { walkthrough, step })))
}

/// Waits for whoever else makes this learner's first row; released at the end of the transaction.
pub async fn lock(session: &mut Session, key: &str) -> Result<()> {
    sqlx::query!("SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended($1, 0))", key)
        .fetch_one(session)
        .await
        .map(drop)
        .map_err(|error| errors::of_statement("begin the walkthrough", error))
}

/// Everything that a turn writes, in one statement.
pub async fn write(
    session: &mut Session,
    organization: &OrganizationId,
    rows: &Rows<'_>,
) -> std::result::Result<(), sqlx::Error> {
    let writes = &rows.turn.writes;
    let (learner, visit, event) = (writes.learner.as_ref(), writes.visit.as_ref(), writes.completion.as_ref());
    let (row, seen, expected) = (rows.row, rows.seen, rows.expected());
    sqlx::query_file!(
        "src/learners/turn.sql",
        rows.learner.as_str(),
        learner.and_then(|new| new.distinct_id.as_deref()),
        learner.and_then(|new| new.email.as_deref()),
        learner.map(|new| new.first_seen_at.0),
        rows.visit.as_str(),
        rows.standing.slug,
        visit.map(|new| new.at.0),
        row.map(|row| row.id.as_str()),
        row.map(|row| row.walkthrough.as_str()),
        row.and_then(|row| row.completed_steps.as_ref()).map(FreeJson::as_str),
        row.and_then(|row| row.current_step_id.as_ref()).map(StepId::as_str),
        row.and_then(|row| row.completed_at).map(|at| at.0),
        row.and_then(|row| row.started_at).map(|at| at.0),
        row.and_then(|row| row.last_activity_at).map(|at| at.0),
        row.and_then(|row| row.metadata.as_ref()).map(FreeJson::as_str),
        seen.is_some(),
        seen.and_then(|row| row.completed_steps.as_ref()).map(FreeJson::as_str),
        seen.and_then(|row| row.current_step_id.as_ref()).map(StepId::as_str),
        seen.and_then(|row| row.completed_at).map(|at| at.0),
        seen.and_then(|row| row.started_at).map(|at| at.0),
        seen.and_then(|row| row.metadata.as_ref()).map(FreeJson::as_str),
        event.map(|event| event.id.as_str()),
        event.map(|event| event.walkthrough.as_str()),
        event.map(|event| event.step.as_str()),
        rows.standing.server.as_str(),
        event.map(|event| event.completed_at.0),
        event.map(|event| event.metadata.as_str()),
        rows.call.id.as_str(),
        rows.call.created_at.0,
        rows.tool,
        rows.call.input.as_str(),
        rows.call.output.as_str(),
        &expected[..],
        organization.as_str(),
    )
    .fetch_one(session)
    .await
    .map(drop)
}

/// Whether a turn with this log entry has been written.
pub async fn is_logged(session: &mut Session, organization: &OrganizationId, call: &ToolCallId) -> Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
             SELECT 1 FROM mcp_tool_calls c JOIN mcp_servers m ON m.id = c.mcp_server_id
             WHERE c.id = $1 AND m.organization_id = $2) AS "is_logged!""#,
        call.as_str(),
        organization.as_str(),
    )
    .fetch_one(session)
    .await
    .map_err(|error| errors::of_statement("look for the call", error))
}

/// What became of a write that failed: overtaken by somebody who changed or writes the same rows, or a failure.
pub fn overtaken(error: sqlx::Error) -> Result<Written> {
    let code = error.as_database_error().and_then(|cause| cause.code());
    // A part that wrote less than it had to (22012), a row that is gone, or there, by now; two who waited for each other.
    if code.is_some_and(|code| matches!(code.as_ref(), "22012" | "23503" | "23505" | "40001" | "40P01")) {
        return Ok(Written::Stale);
    }
    Err(errors::of_statement("record the learner's progress", error))
}

fn json(text: Option<String>) -> Option<FreeJson> {
    text.and_then(|text| FreeJson::parse(&text).ok())
}
