//! The SQL of releases.

use std::collections::HashMap;

use waymark_core::{
    error::Result,
    id::{ReleaseId, WalkthroughId},
    json::FreeJson,
    release::{ItemOutcome, ItemState, Release, ReleaseItem},
    walkthrough::{Millis, WalkthroughStatus},
};

use super::CreateRelease;
use crate::{Library, failure::Attempted, write::Write};

const SAVING: &str = "Saving the release";
const READING: &str = "Reading the releases";

pub(super) async fn is_named(write: &mut Write, name: &str) -> Result<bool> {
    let found = sqlx::query_scalar!("SELECT id FROM releases WHERE name = ?", name);
    Ok(found.fetch_optional(write.connection()).await.attempted(SAVING)?.is_some())
}

pub(super) async fn add(
    write: &mut Write,
    id: &ReleaseId,
    name: &str,
    input: &CreateRelease,
    status: WalkthroughStatus,
) -> Result<()> {
    let (key, remote, status, at) = (id.as_str(), input.connection.as_str(), status.name(), write.now().0);
    let is_overwriting = input.overwrite;
    sqlx::query!(
        "INSERT INTO releases (id, name, remote, status, is_overwriting, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        key,
        name,
        remote,
        status,
        is_overwriting,
        at
    )
    .execute(write.connection())
    .await
    .attempted(SAVING)?;
    Ok(())
}

pub(super) async fn add_items(write: &mut Write, id: &ReleaseId, items: &[(WalkthroughId, String)]) -> Result<()> {
    for (place, (walkthrough, digest)) in items.iter().enumerate() {
        let (key, walkthrough, place) = (id.as_str(), walkthrough.as_str(), place as i64);
        sqlx::query!(
            "INSERT INTO release_items (release_id, walkthrough_id, place, digest) VALUES (?, ?, ?, ?)",
            key,
            walkthrough,
            place,
            digest
        )
        .execute(write.connection())
        .await
        .attempted(SAVING)?;
    }
    Ok(())
}

pub(super) async fn list(library: &Library) -> Result<Vec<Release>> {
    let mut items = items(library).await?;
    let rows = sqlx::query!(
        r#"SELECT id, name, remote, status, is_overwriting AS "is_overwriting: bool", created_at, begun_at, finished_at
         FROM releases ORDER BY created_at DESC, rowid DESC"#
    )
    .fetch_all(library.readers())
    .await
    .attempted(READING)?;
    rows.into_iter()
        .map(|row| {
            Ok(Release {
                items: items.remove(&row.id).unwrap_or_default(),
                id: row.id.into(),
                name: row.name,
                connection: row.remote.into(),
                status: row.status.parse()?,
                overwrite: row.is_overwriting,
                created_at: Millis(row.created_at),
                begun_at: row.begun_at.map(Millis),
                finished_at: row.finished_at.map(Millis),
            })
        })
        .collect()
}

async fn items(library: &Library) -> Result<HashMap<String, Vec<ReleaseItem>>> {
    let rows = sqlx::query!(
        "SELECT i.release_id, i.walkthrough_id, w.title, i.digest, i.state, i.revision, i.error, i.at
         FROM release_items i JOIN walkthroughs w ON w.id = i.walkthrough_id ORDER BY i.release_id, i.place"
    )
    .fetch_all(library.readers())
    .await
    .attempted(READING)?;
    let mut items: HashMap<String, Vec<ReleaseItem>> = HashMap::new();
    for row in rows {
        let item = ReleaseItem {
            walkthrough: row.walkthrough_id.into(),
            title: row.title,
            digest: row.digest,
            state: FreeJson::of(&row.state).read::<ItemState>()?,
            revision: row.revision.map(|revision| revision as u32),
            problem: row.error.map(|json| FreeJson::parse(&json)?.read()).transpose()?,
            at: row.at.map(Millis),
        };
        items.entry(row.release_id).or_default().push(item);
    }
    Ok(items)
}

/// Whether there was one.
pub(super) async fn delete(write: &mut Write, id: &ReleaseId) -> Result<bool> {
    let key = id.as_str();
    let deleted = sqlx::query!("DELETE FROM releases WHERE id = ?", key)
        .execute(write.connection())
        .await
        .attempted("Removing the release")?;
    Ok(deleted.rows_affected() > 0)
}

pub(super) async fn mark_begun(write: &mut Write, id: &ReleaseId) -> Result<()> {
    let (key, at) = (id.as_str(), write.now().0);
    sqlx::query!("UPDATE releases SET begun_at = coalesce(begun_at, ?) WHERE id = ?", at, key)
        .execute(write.connection())
        .await
        .attempted(SAVING)?;
    Ok(())
}

pub(super) async fn mark_sent(write: &mut Write, id: &ReleaseId, item: &WalkthroughId) -> Result<()> {
    let (key, item, at) = (id.as_str(), item.as_str(), write.now().0);
    sqlx::query!(
        "UPDATE release_items SET state = 'sent', error = NULL, at = ? WHERE release_id = ? AND walkthrough_id = ?",
        at,
        key,
        item
    )
    .execute(write.connection())
    .await
    .attempted(SAVING)?;
    Ok(())
}

pub(super) async fn note(write: &mut Write, id: &ReleaseId, outcome: &ItemOutcome) -> Result<()> {
    let (key, item, at, state) = (id.as_str(), outcome.walkthrough.as_str(), write.now().0, outcome.state.name());
    let problem = outcome.problem.as_ref().map(FreeJson::of);
    let problem = problem.as_ref().map(FreeJson::as_str);
    sqlx::query!(
        "UPDATE release_items SET state = ?, revision = coalesce(?, revision), error = ?, at = ?
         WHERE release_id = ? AND walkthrough_id = ?",
        state,
        outcome.revision,
        problem,
        at,
        key,
        item
    )
    .execute(write.connection())
    .await
    .attempted(SAVING)?;
    Ok(())
}

pub(super) async fn finish_if_done(write: &mut Write, id: &ReleaseId) -> Result<()> {
    let (key, at) = (id.as_str(), write.now().0);
    sqlx::query!(
        "UPDATE releases SET finished_at = ?1 WHERE id = ?2 AND finished_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM release_items WHERE release_id = ?2 AND state <> 'done')",
        at,
        key
    )
    .execute(write.connection())
    .await
    .attempted(SAVING)?;
    Ok(())
}

pub(super) async fn set_digest(write: &mut Write, id: &ReleaseId, item: &WalkthroughId, digest: &str) -> Result<()> {
    let (key, item) = (id.as_str(), item.as_str());
    sqlx::query!(
        "UPDATE release_items SET digest = ? WHERE release_id = ? AND walkthrough_id = ? AND state <> 'done'",
        digest,
        key,
        item
    )
    .execute(write.connection())
    .await
    .attempted(SAVING)?;
    Ok(())
}
