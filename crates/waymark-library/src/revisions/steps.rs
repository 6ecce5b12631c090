//! The steps of revisions, each kept once however many revisions have it.

use std::collections::HashMap;

use sqlx::SqliteConnection;
use waymark_core::{
    error::{Code, Error, Result},
    hash,
    id::WalkthroughId,
    json::FreeJson,
    walkthrough::{Step, Walkthrough},
};

use crate::failure::Attempted;

const KEEPING: &str = "Keeping the steps of a revision";
const READING: &str = "Reading the steps of a revision";

/// The walkthrough without its steps.
pub(super) fn without(walkthrough: &Walkthrough) -> Walkthrough {
    let Walkthrough { id, title, description, kind, status, created_at, updated_at, .. } = walkthrough;
    let Walkthrough { estimated_duration_minutes, tags, metadata, assignments, .. } = walkthrough;
    Walkthrough {
        id: id.clone(),
        title: title.clone(),
        description: description.clone(),
        kind: *kind,
        status: *status,
        created_at: *created_at,
        updated_at: *updated_at,
        estimated_duration_minutes: *estimated_duration_minutes,
        tags: tags.clone(),
        metadata: metadata.clone(),
        steps: Vec::new(),
        assignments: assignments.clone(),
    }
}

/// Keeps the steps that are not kept yet. Gives the ids of all, in order.
pub(super) async fn keep(connection: &mut SqliteConnection, walkthrough: &Walkthrough) -> Result<Vec<i64>> {
    let key = walkthrough.id.as_str();
    let rows = sqlx::query!("SELECT digest, id FROM revision_steps WHERE walkthrough_id = ?", key)
        .fetch_all(&mut *connection)
        .await
        .attempted(READING)?;
    let known: HashMap<String, i64> = rows.into_iter().map(|row| (row.digest, row.id)).collect();
    let mut ids = Vec::with_capacity(walkthrough.steps.len());
    for step in &walkthrough.steps {
        let json = FreeJson::of(step);
        let digest = hash::digest(&json);
        let id = match known.get(&digest) {
            Some(id) => *id,
            None => insert(connection, key, step, &digest, json.as_str()).await?,
        };
        ids.push(id);
    }
    Ok(ids)
}

async fn insert(
    connection: &mut SqliteConnection,
    walkthrough: &str,
    step: &Step,
    digest: &str,
    json: &str,
) -> Result<i64> {
    let step = step.id.as_str();
    let added = sqlx::query!(
        "INSERT INTO revision_steps (walkthrough_id, step_id, digest, step) VALUES (?, ?, ?, ?)",
        walkthrough,
        step,
        digest,
        json
    )
    .execute(connection)
    .await
    .attempted(KEEPING)?;
    Ok(added.last_insert_rowid())
}

/// The steps with these ids (a JSON list), in its order.
pub(super) async fn read(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    ids: &str,
) -> Result<Vec<Step>> {
    let wanted: Vec<i64> = FreeJson::parse(ids)?.read()?;
    let rows = sqlx::query!(
        r#"SELECT s.id, s.step FROM json_each(?) j JOIN revision_steps s ON s.id = j.value ORDER BY j.key"#,
        ids
    )
    .fetch_all(connection)
    .await
    .attempted(READING)?;
    if rows.len() != wanted.len() {
        let message = format!("A revision of `{walkthrough}` lacks {} of its steps.", wanted.len() - rows.len());
        return Err(Error::new(Code::LibraryDamaged, message).with_hint("Restore the library from a backup."));
    }
    rows.iter().map(|row| FreeJson::parse(&row.step)?.read()).collect()
}

/// The bytes of each kept step of a walkthrough.
pub(super) async fn sizes(connection: &mut SqliteConnection, walkthrough: &WalkthroughId) -> Result<HashMap<i64, u64>> {
    let key = walkthrough.as_str();
    let rows = sqlx::query!(
        r#"SELECT id, octet_length(step) AS "bytes!: i64" FROM revision_steps WHERE walkthrough_id = ?"#,
        key
    )
    .fetch_all(connection)
    .await
    .attempted(READING)?;
    Ok(rows.into_iter().map(|row| (row.id, u64::try_from(row.bytes).unwrap_or_default())).collect())
}

/// Forgets the steps that no revision of the walkthrough has any more.
pub(super) async fn forget_unused(connection: &mut SqliteConnection, walkthrough: &WalkthroughId) -> Result<()> {
    let key = walkthrough.as_str();
    sqlx::query!(
        "DELETE FROM revision_steps WHERE walkthrough_id = ?1 AND id NOT IN (
            SELECT j.value FROM revisions r JOIN json_each(r.steps) j WHERE r.walkthrough_id = ?1)",
        key
    )
    .execute(connection)
    .await
    .attempted(KEEPING)?;
    Ok(())
}
