//! The statements.

use waymark_core::{
    content::ContentFields,
    error::Result,
    id::{LearnerId, OrganizationId, ServerId, StepId, WalkthroughId},
    json::FreeJson,
    learner::{
        identity::{Identity, VISIT_MILLIS},
        standing::{AuthType, Offer, ProgressRow, Scope, ServerSeen, StepContent, StepSeen},
    },
    walkthrough::{Millis, Step, Walkthrough},
};

use super::row::{Counts, IdentityRow, Rows};
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

pub async fn identity(
    session: &mut Session,
    organization: &OrganizationId,
    slug: &str,
    scope: &Scope,
    now: Millis,
) -> Result<Option<IdentityRow>> {
    sqlx::query_as!(
        IdentityRow,
        r#"SELECT server.id AS server_id, server.slug, server.auth_type::text AS auth_type,
             coalesce(server.walkthrough_tools_enabled, 'true') <> 'false' AS "is_enabled!",
             tracked.id AS "tracked_id?", named.id AS "named_id?", named.slug AS "named_slug?",
             named.learner_id AS "named_learner_id?", recent.id AS "recent_id?", latest.at AS "last_call_at?",
             said.output AS "output?"
           FROM mcp_servers server
           LEFT JOIN mcp_server_user tracked ON tracked.distinct_id = $3
           LEFT JOIN LATERAL (
             SELECT s.mcp_server_session_id AS id, s.mcp_server_slug AS slug, s.mcp_server_user_id AS learner_id
             FROM mcp_server_session s WHERE s.mcp_server_session_id = $4) named ON true
           LEFT JOIN LATERAL (
             SELECT s.mcp_server_session_id AS id FROM mcp_server_session s
             CROSS JOIN LATERAL (
               SELECT max(c.created_at) AS at FROM mcp_tool_calls c
               WHERE c.mcp_server_session_id = s.mcp_server_session_id) calls
             WHERE s.mcp_server_user_id = tracked.id AND s.mcp_server_slug = server.slug AND calls.at >= $5
               AND ($4::text IS NULL OR named.learner_id IS DISTINCT FROM tracked.id)
             ORDER BY calls.at DESC LIMIT 1) recent ON true
           LEFT JOIN LATERAL (
             SELECT max(c.created_at) AS at FROM mcp_tool_calls c
             WHERE c.mcp_server_session_id = coalesce(recent.id, named.id)) latest ON true
           LEFT JOIN LATERAL (
             SELECT c.output::text AS output FROM mcp_tool_calls c
             WHERE c.mcp_server_session_id = coalesce(recent.id, named.id) AND c.output ? 'waymark'
             ORDER BY c.created_at DESC, c.id DESC LIMIT 1) said ON true
           WHERE server.slug = $1 AND server.organization_id = $2"#,
        slug,
        organization.as_str(),
        scope.tracking.as_deref(),
        Identity::visit_name(scope),
        now.0 - VISIT_MILLIS,
    )
    .fetch_optional(session)
    .await
    .map_err(|error| errors::of_statement("find the visit", error))
}

pub async fn visible(
    session: &mut Session,
    organization: &OrganizationId,
    server: &ServerId,
    learner: Option<&LearnerId>,
) -> Result<Vec<(Offer, Option<ProgressRow>)>> {
    let rows = sqlx::query!(
        r#"SELECT w.id, w.title, w.description, w.type::text AS "kind!",
             coalesce(w.metadata -> 'waymark' ->> 'order' = 'linked', false) AS "is_linked!",
             p.id AS "progress_id?", p.completed_steps::text AS completed_steps, p.current_step_id, p.completed_at,
             p.started_at, p.last_activity_at, p.metadata::text AS metadata
           FROM mcp_server_walkthroughs a
           JOIN walkthroughs w ON w.id = a.walkthrough_id
           LEFT JOIN LATERAL (
             SELECT * FROM walkthrough_progress p
             WHERE p.mcp_server_user_id = $3 AND p.walkthrough_id = w.id
             ORDER BY p.last_activity_at DESC NULLS LAST, p.id LIMIT 1) p ON true
           WHERE a.mcp_server_id = $1 AND w.organization_id = $2 AND a.is_enabled = 'true' AND w.status = 'published'
           ORDER BY a.display_order, a.created_at, a.id"#,
        server.as_str(),
        organization.as_str(),
        learner.map(LearnerId::as_str),
    )
    .fetch_all(session)
    .await
    .map_err(|error| errors::of_statement("list the server's walkthroughs", error))?;
    rows.into_iter()
        .map(|row| {
            let id = WalkthroughId(row.id);
            let progress = row.progress_id.map(|progress_id| ProgressRow {
                id: progress_id.into(),
                walkthrough: id.clone(),
                completed_steps: json(row.completed_steps),
                current_step_id: row.current_step_id.map(StepId),
                completed_at: row.completed_at.map(Millis),
                started_at: row.started_at.map(Millis),
                last_activity_at: row.last_activity_at.map(Millis),
                metadata: json(row.metadata),
            });
            let (kind, is_linked) = (row.kind.parse()?, row.is_linked);
            Ok((Offer { id, title: row.title, description: row.description, kind, is_linked }, progress))
        })
        .collect()
}

pub async fn steps(session: &mut Session, walkthrough: &WalkthroughId) -> Result<Vec<StepSeen>> {
    let rows = sqlx::query!(
        r#"SELECT id, title, next_step_id, xmin::text AS "version!" FROM walkthrough_steps
           WHERE walkthrough_id = $1 ORDER BY display_order, created_at, id COLLATE "C""#,
        walkthrough.as_str(),
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
) -> Result<Option<StepContent>> {
    let found = sqlx::query!(
        r#"SELECT w.id, w.title, w.description, w.type::text AS "kind!", w.status::text AS status, w.created_at,
             w.updated_at, w.estimated_duration_minutes, w.tags::text AS tags, w.metadata::text AS metadata,
             s.id AS step_id, s.title AS step_title, s.content_fields::text AS "content_fields!", s.display_order,
             s.next_step_id, s.created_at AS step_created_at, s.updated_at AS step_updated_at,
             s.metadata::text AS step_metadata
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
    Ok(Some(StepContent { walkthrough, step }))
}

/// Waits for whoever else makes this learner's first row; released at the end of the transaction.
pub async fn lock(session: &mut Session, key: &str) -> Result<()> {
    sqlx::query!("SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended($1, 0))", key)
        .fetch_one(session)
        .await
        .map(drop)
        .map_err(|error| errors::of_statement("begin the walkthrough", error))
}

/// Everything that a turn writes, in one statement. Writes less than [`Rows::expected`] if it was overtaken.
pub async fn write(session: &mut Session, rows: &Rows<'_>) -> Result<Counts> {
    let writes = &rows.turn.writes;
    let (learner, visit, event) = (writes.learner.as_ref(), writes.visit.as_ref(), writes.completion.as_ref());
    let (row, seen) = (rows.row, rows.seen);
    let counts = sqlx::query!(
        r#"WITH learner AS (
             INSERT INTO mcp_server_user (id, distinct_id, email, first_seen_at)
             SELECT $1, $2, $3, $4::bigint WHERE $4::bigint IS NOT NULL
             ON CONFLICT DO NOTHING RETURNING 1),
           visit AS (
             INSERT INTO mcp_server_session
               (mcp_server_session_id, mcp_server_slug, connection_date, connection_timestamp, mcp_server_user_id)
             SELECT $5, $6, (to_timestamp($7::bigint / 1000) AT TIME ZONE 'UTC')::date, $7, $1
             WHERE $7::bigint IS NOT NULL
             ON CONFLICT DO NOTHING RETURNING 1),
           begun AS (
             INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps,
               current_step_id, completed_at, started_at, last_activity_at, metadata)
             SELECT $8, $1, $9, $10::text::jsonb, $11, $12::bigint, $13::bigint, $14::bigint, $15::text::jsonb
             WHERE $8::text IS NOT NULL AND NOT $16::boolean AND NOT EXISTS (
               SELECT 1 FROM walkthrough_progress p WHERE p.mcp_server_user_id = $1 AND p.walkthrough_id = $9)
             RETURNING 1),
           moved AS (
             UPDATE walkthrough_progress p SET completed_steps = $10::text::jsonb, current_step_id = $11,
               completed_at = $12, started_at = $13, last_activity_at = $14, metadata = $15::text::jsonb
             WHERE $16 AND p.id = $8 AND p.mcp_server_user_id = $1
               AND p.completed_steps IS NOT DISTINCT FROM $17::text::jsonb
               AND p.current_step_id IS NOT DISTINCT FROM $18
               AND p.completed_at IS NOT DISTINCT FROM $19::bigint
               AND p.started_at IS NOT DISTINCT FROM $20::bigint
               AND p.metadata IS NOT DISTINCT FROM $21::text::jsonb
             RETURNING 1),
           done AS (
             INSERT INTO walkthrough_step_completions (id, mcp_server_user_id, walkthrough_id, step_id, mcp_server_id,
               mcp_server_session_id, completed_at, metadata)
             SELECT $22, $1, $23, $24, $25, $5, $26::bigint, $27::text::jsonb WHERE $22::text IS NOT NULL
             ON CONFLICT DO NOTHING RETURNING 1),
           logged AS (
             INSERT INTO mcp_tool_calls (id, created_at, mcp_server_id, tool_name, mcp_server_user_id,
               mcp_server_session_id, input, output)
             VALUES ($28, $29, $25, $30, $1, $5, $31::text::jsonb, $32::text::jsonb) RETURNING 1)
           SELECT (SELECT count(*) FROM learner) AS "learners!", (SELECT count(*) FROM visit) AS "visits!",
             (SELECT count(*) FROM begun) AS "begun!", (SELECT count(*) FROM moved) AS "moved!""#,
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
    )
    .fetch_one(session)
    .await
    .map_err(|error| errors::of_statement("record the learner's progress", error))?;
    Ok([counts.learners, counts.visits, counts.begun, counts.moved])
}

/// Whether a write met rows that changed after they were read, or somebody who writes the same ones.
pub fn is_overtaken(error: &waymark_core::error::Error) -> bool {
    let source = error.source.as_deref().and_then(|source| source.downcast_ref::<sqlx::Error>());
    let code = source.and_then(|source| source.as_database_error()).and_then(|cause| cause.code());
    code.is_some_and(|code| matches!(code.as_ref(), "23503" | "23505" | "40001" | "40P01"))
}

fn json(text: Option<String>) -> Option<FreeJson> {
    text.and_then(|text| FreeJson::parse(&text).ok())
}
