//! The SQL of drafts: whole ones in, whole ones out, and of a changed one only the rows that changed.

use std::sync::Arc;

use sqlx::SqliteConnection;
use waymark_core::{
    content::ContentFields,
    edit::Draft,
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    json::FreeJson,
    walkthrough::{Assignment, Millis, Step, Walkthrough, sort_steps},
};

use super::{
    cache::{Cache, Versioned},
    difference::Difference,
};
use crate::failure::Attempted;

const READING: &str = "Reading the draft";
const SAVING: &str = "Saving the draft";

/// The draft as it is now: from the cache if it has that version.
pub(crate) async fn load(connection: &mut SqliteConnection, cache: &Cache, id: &WalkthroughId) -> Result<Versioned> {
    let key = id.as_str();
    let row = sqlx::query!("SELECT version, trashed_at FROM drafts WHERE walkthrough_id = ?", key)
        .fetch_optional(&mut *connection)
        .await
        .attempted(READING)?
        .ok_or_else(|| no_such_draft(id))?;
    let version = row.version as u32;
    if let Some(known) = cache.get(id, version) {
        return Ok(known);
    }
    let walkthrough = read(connection, id).await?;
    let draft = Arc::new(Draft { walkthrough, trashed_at: row.trashed_at.map(Millis) });
    let loaded = Versioned { version, draft };
    cache.put(loaded.clone());
    Ok(loaded)
}

/// There is no draft with this id.
pub(crate) fn no_such_draft(id: &WalkthroughId) -> Error {
    Error::not_found(format!("There is no walkthrough `{id}` in the library."))
        .with_hint("`waymark list` shows the walkthroughs of the library.")
}

async fn read(connection: &mut SqliteConnection, id: &WalkthroughId) -> Result<Walkthrough> {
    let key = id.as_str();
    let row = sqlx::query!(
        "SELECT title, description, type AS kind, status, created_at, updated_at,
            estimated_duration_minutes AS minutes, tags, metadata
         FROM walkthroughs WHERE id = ?",
        key
    )
    .fetch_one(&mut *connection)
    .await
    .attempted(READING)?;
    Ok(Walkthrough {
        id: id.clone(),
        title: row.title,
        description: row.description,
        kind: row.kind.parse()?,
        status: row.status.map(|status| status.parse()).transpose()?.unwrap_or_default(),
        created_at: row.created_at.map(Millis),
        updated_at: row.updated_at.map(Millis),
        estimated_duration_minutes: row.minutes.map(|minutes| minutes as i32),
        tags: tags(row.tags)?,
        metadata: free_json(row.metadata)?,
        steps: read_steps(connection, key).await?,
        assignments: read_assignments(connection, key).await?,
    })
}

async fn read_steps(connection: &mut SqliteConnection, walkthrough: &str) -> Result<Vec<Step>> {
    let rows = sqlx::query!(
        "SELECT id, title, content_fields, display_order, next_step_id, created_at, updated_at, metadata
         FROM walkthrough_steps WHERE walkthrough_id = ?",
        walkthrough
    )
    .fetch_all(connection)
    .await
    .attempted(READING)?;
    let mut steps = Vec::with_capacity(rows.len());
    for row in rows {
        steps.push(Step {
            id: row.id.into(),
            title: row.title,
            content_fields: ContentFields::from_json(&FreeJson::parse(&row.content_fields)?),
            display_order: row.display_order as i32,
            next_step_id: row.next_step_id.map(StepId),
            created_at: row.created_at.map(Millis),
            updated_at: row.updated_at.map(Millis),
            metadata: free_json(row.metadata)?,
        });
    }
    sort_steps(&mut steps);
    Ok(steps)
}

async fn read_assignments(connection: &mut SqliteConnection, walkthrough: &str) -> Result<Vec<Assignment>> {
    let rows = sqlx::query!(
        "SELECT a.id, s.slug, a.display_order, a.is_enabled, a.created_at
         FROM mcp_server_walkthroughs a JOIN mcp_servers s ON s.id = a.mcp_server_id
         WHERE a.walkthrough_id = ? ORDER BY s.slug",
        walkthrough
    )
    .fetch_all(connection)
    .await
    .attempted(READING)?;
    let assignments = rows.into_iter().map(|row| Assignment {
        id: row.id.into(),
        server: row.slug,
        display_order: row.display_order as i32,
        is_enabled: row.is_enabled == "true",
        created_at: row.created_at.map(Millis),
    });
    Ok(assignments.collect())
}

pub(super) fn tags(json: Option<String>) -> Result<Vec<String>> {
    json.map_or_else(|| Ok(Vec::new()), |json| FreeJson::parse(&json)?.read())
}

fn free_json(json: Option<String>) -> Result<Option<FreeJson>> {
    json.map(|json| FreeJson::parse(&json)).transpose()
}

/// Adds a whole walkthrough.
pub(crate) async fn add(connection: &mut SqliteConnection, walkthrough: &Walkthrough) -> Result<()> {
    let id = walkthrough.id.as_str();
    sqlx::query!("INSERT INTO walkthroughs (id, title) VALUES (?, '')", id)
        .execute(&mut *connection)
        .await
        .attempted(SAVING)?;
    write_details(connection, walkthrough).await?;
    for step in &walkthrough.steps {
        write_step(connection, id, step).await?;
    }
    for assignment in &walkthrough.assignments {
        write_assignment(connection, id, assignment).await?;
    }
    Ok(())
}

/// Writes a new version: of the draft's rows only those that differ. Rows that stay are never deleted on the way, because
/// preview learners hang on them.
pub(crate) async fn write_changes(
    connection: &mut SqliteConnection,
    difference: &Difference,
    after: &Draft,
    version: u32,
    now: Millis,
) -> Result<()> {
    let walkthrough = &after.walkthrough;
    let id = walkthrough.id.as_str();
    if difference.is_content() {
        // Whatever changed, the walkthrough's own time of change is in this row.
        write_details(connection, walkthrough).await?;
    }
    for place in &difference.steps {
        write_step(connection, id, &walkthrough.steps[*place]).await?;
    }
    for step in &difference.removed {
        let key = step.as_str();
        sqlx::query!("DELETE FROM walkthrough_steps WHERE id = ?", key)
            .execute(&mut *connection)
            .await
            .attempted(SAVING)?;
    }
    if difference.assignments {
        rewrite_assignments(connection, id, &walkthrough.assignments).await?;
    }
    // Going to the trash and back is no change of the content.
    let changed_at = difference.is_content().then_some(now.0);
    let trashed_at = after.trashed_at.map(|at| at.0);
    sqlx::query!(
        "UPDATE drafts SET version = ?, trashed_at = ?, changed_at = coalesce(?, changed_at) WHERE walkthrough_id = ?",
        version,
        trashed_at,
        changed_at,
        id
    )
    .execute(connection)
    .await
    .attempted(SAVING)?;
    Ok(())
}

async fn write_details(connection: &mut SqliteConnection, walkthrough: &Walkthrough) -> Result<()> {
    let Walkthrough { title, description, estimated_duration_minutes: minutes, .. } = walkthrough;
    let (id, kind, status) = (walkthrough.id.as_str(), walkthrough.kind.name(), walkthrough.status.name());
    let (created_at, updated_at) = (walkthrough.created_at.map(|at| at.0), walkthrough.updated_at.map(|at| at.0));
    let tags = FreeJson::of(&walkthrough.tags);
    let (tags, metadata) = (tags.as_str(), walkthrough.metadata.as_ref().map(FreeJson::as_str));
    sqlx::query!(
        "UPDATE walkthroughs SET title = ?, description = ?, type = ?, status = ?, created_at = ?, updated_at = ?,
            estimated_duration_minutes = ?, tags = ?, metadata = ?
         WHERE id = ?",
        title,
        description,
        kind,
        status,
        created_at,
        updated_at,
        minutes,
        tags,
        metadata,
        id
    )
    .execute(connection)
    .await
    .attempted(SAVING)?;
    Ok(())
}

/// A step of this walkthrough, new or changed. A step of another walkthrough is never taken over.
async fn write_step(connection: &mut SqliteConnection, walkthrough: &str, step: &Step) -> Result<()> {
    let content = step.content_fields.to_json();
    let (id, title, content) = (step.id.as_str(), &step.title, content.as_str());
    let (order, next) = (step.display_order, step.next_step_id.as_ref().map(StepId::as_str));
    let (created_at, updated_at) = (step.created_at.map(|at| at.0), step.updated_at.map(|at| at.0));
    let metadata = step.metadata.as_ref().map(FreeJson::as_str);
    let written = sqlx::query!(
        "INSERT INTO walkthrough_steps
            (id, walkthrough_id, title, content_fields, display_order, next_step_id, created_at, updated_at, metadata)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, content_fields = excluded.content_fields,
            display_order = excluded.display_order, next_step_id = excluded.next_step_id,
            created_at = excluded.created_at, updated_at = excluded.updated_at, metadata = excluded.metadata
         WHERE walkthrough_id = excluded.walkthrough_id",
        id,
        walkthrough,
        title,
        content,
        order,
        next,
        created_at,
        updated_at,
        metadata
    )
    .execute(connection)
    .await
    .attempted(SAVING)?;
    if written.rows_affected() == 0 {
        return Err(taken_step(&step.id));
    }
    Ok(())
}

fn taken_step(id: &StepId) -> Error {
    use waymark_core::error::Code;
    Error::new(Code::Conflict, format!("Another walkthrough of the library has a step with the id `{id}`."))
        .with_hint("Nothing was written. Bring it in as a copy, which gets new ids.")
}

async fn rewrite_assignments(
    connection: &mut SqliteConnection,
    walkthrough: &str,
    assignments: &[Assignment],
) -> Result<()> {
    sqlx::query!("DELETE FROM mcp_server_walkthroughs WHERE walkthrough_id = ?", walkthrough)
        .execute(&mut *connection)
        .await
        .attempted(SAVING)?;
    for assignment in assignments {
        write_assignment(connection, walkthrough, assignment).await?;
    }
    Ok(())
}

async fn write_assignment(connection: &mut SqliteConnection, walkthrough: &str, assignment: &Assignment) -> Result<()> {
    let (id, server, order) = (assignment.id.as_str(), &assignment.server, assignment.display_order);
    let (is_enabled, created_at) = (assignment.is_enabled.to_string(), assignment.created_at.map(|at| at.0));
    sqlx::query!(
        "INSERT INTO mcp_servers (id, slug, name)
         VALUES (?1, ?1, coalesce((SELECT name FROM remembered_servers WHERE slug = ?1 LIMIT 1), ?1))
         ON CONFLICT DO NOTHING",
        server
    )
    .execute(&mut *connection)
    .await
    .attempted(SAVING)?;
    sqlx::query!(
        "INSERT INTO mcp_server_walkthroughs (id, mcp_server_id, walkthrough_id, display_order, is_enabled, created_at)
         VALUES (?, ?, ?, ?, ?, ?)",
        id,
        server,
        walkthrough,
        order,
        is_enabled,
        created_at
    )
    .execute(connection)
    .await
    .attempted(SAVING)?;
    Ok(())
}
