//! The SQL of revisions.

use sqlx::SqliteConnection;
use waymark_core::{
    diff,
    error::{Error, Result},
    hash,
    history::keeping::{self, Moment},
    id::{RevisionId, WalkthroughId},
    json::FreeJson,
    walkthrough::{Millis, Walkthrough},
};

use super::{Reason, Revision, RevisionSummary, SaveRevision, steps};
use crate::{Library, drafts::store::no_such_draft, failure::Attempted, write::Write};

const SAVING: &str = "Saving the revision";
const READING: &str = "Reading the revisions";

impl Reason {
    fn name(self) -> String {
        FreeJson::of(&self).as_str().trim_matches('"').to_owned()
    }

    fn of(name: &str) -> Result<Reason> {
        FreeJson::of(name).read()
    }
}

struct Row {
    id: String,
    walkthrough_id: String,
    number: i64,
    reason: String,
    name: Option<String>,
    author: Option<String>,
    connection_id: Option<String>,
    remote_revision: Option<i64>,
    content_hash: String,
    changes: Option<i64>,
    at: i64,
}

impl Row {
    fn summary(self) -> Result<RevisionSummary> {
        Ok(RevisionSummary {
            id: self.id.into(),
            walkthrough: self.walkthrough_id.into(),
            number: self.number as u32,
            reason: Reason::of(&self.reason)?,
            name: self.name,
            author: self.author,
            connection: self.connection_id.map(Into::into),
            remote_revision: self.remote_revision.map(|number| number as u32),
            content_hash: self.content_hash,
            changes: self.changes.map(|changes| changes as u32),
            at: Millis(self.at),
        })
    }
}

/// Puts a revision by, and lets go of those that are not kept any longer.
pub(crate) async fn add(write: &mut Write, revision: &SaveRevision) -> Result<RevisionSummary> {
    let walkthrough = &revision.walkthrough;
    let before = newest(write.connection(), &walkthrough.id).await?;
    let changes = diff::count_changes(before.as_ref().map(|before| &before.walkthrough), walkthrough);
    let summary = RevisionSummary {
        id: RevisionId::mint(write.library().random()),
        walkthrough: walkthrough.id.clone(),
        number: before.map_or(0, |before| before.summary.number) + 1,
        reason: revision.reason,
        name: revision.name.clone(),
        author: revision.author.clone(),
        connection: revision.connection.clone(),
        remote_revision: revision.remote_revision,
        content_hash: hash::content_hash(walkthrough),
        changes: Some(changes),
        at: write.now(),
    };
    mark_kept(write, &walkthrough.id).await?;
    let steps = steps::keep(write.connection(), walkthrough).await?;
    insert(write.connection(), &summary, &steps::without(walkthrough), &steps).await?;
    thin(write.connection(), &walkthrough.id, summary.at).await?;
    Ok(summary)
}

async fn insert(
    connection: &mut SqliteConnection,
    summary: &RevisionSummary,
    walkthrough: &Walkthrough,
    steps: &[i64],
) -> Result<()> {
    let (key, of, reason) = (summary.id.as_str(), summary.walkthrough.as_str(), summary.reason.name());
    let connection_id = summary.connection.as_ref().map(|connection| connection.as_str());
    let (walkthrough, steps) = (FreeJson::of(walkthrough), FreeJson::of(steps));
    let (walkthrough, steps) = (walkthrough.as_str(), steps.as_str());
    sqlx::query!(
        "INSERT INTO revisions (id, walkthrough_id, number, reason, name, author, connection_id, remote_revision,
            content_hash, walkthrough, steps, changes, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        key,
        of,
        summary.number,
        reason,
        summary.name,
        summary.author,
        connection_id,
        summary.remote_revision,
        summary.content_hash,
        walkthrough,
        steps,
        summary.changes,
        summary.at.0
    )
    .execute(connection)
    .await
    .attempted(SAVING)?;
    Ok(())
}

/// Notes that the draft is kept as it is now.
pub(crate) async fn mark_kept(write: &mut Write, id: &WalkthroughId) -> Result<()> {
    let (key, now) = (id.as_str(), write.now().0);
    let marked = sqlx::query!("UPDATE drafts SET kept_at = ? WHERE walkthrough_id = ?", now, key)
        .execute(write.connection())
        .await
        .attempted(SAVING)?;
    if marked.rows_affected() == 0 { Err(no_such_draft(id)) } else { Ok(()) }
}

/// Lets go of revisions that nobody asked for and that are not kept any longer.
async fn thin(connection: &mut SqliteConnection, id: &WalkthroughId, now: Millis) -> Result<()> {
    let key = id.as_str();
    let rows =
        sqlx::query!("SELECT id, reason, steps, at FROM revisions WHERE walkthrough_id = ? ORDER BY number DESC", key)
            .fetch_all(&mut *connection)
            .await
            .attempted(READING)?;
    let mut sizes = steps::sizes(&mut *connection, id).await?;
    let moments = rows.iter().map(|row| {
        let listed: Vec<i64> = row.steps.as_deref().map_or(Ok(Vec::new()), |ids| FreeJson::parse(ids)?.read())?;
        // What a later one has is counted there.
        let bytes = listed.iter().filter_map(|step| sizes.remove(step)).sum();
        Ok(Moment { at: Millis(row.at), is_automatic: Reason::of(&row.reason)?.is_automatic(), bytes })
    });
    let stays = keeping::thin(&moments.collect::<Result<Vec<_>>>()?, now);
    let goes: Vec<&str> = rows.iter().zip(stays).filter(|(_, stays)| !stays).map(|(row, _)| row.id.as_str()).collect();
    if goes.is_empty() {
        return Ok(());
    }
    for id in goes {
        sqlx::query!("DELETE FROM revisions WHERE id = ?", id).execute(&mut *connection).await.attempted(SAVING)?;
    }
    steps::forget_unused(connection, id).await
}

pub(super) async fn list(library: &Library, walkthrough: &WalkthroughId) -> Result<Vec<RevisionSummary>> {
    let walkthrough = walkthrough.as_str();
    let rows = sqlx::query_as!(
        Row,
        "SELECT id, walkthrough_id, number, reason, name, author, connection_id, remote_revision, content_hash,
            changes, at
         FROM revisions WHERE walkthrough_id = ? ORDER BY number DESC",
        walkthrough
    )
    .fetch_all(library.readers())
    .await
    .attempted(READING)?;
    rows.into_iter().map(Row::summary).collect()
}

pub(super) async fn read(library: &Library, id: &RevisionId) -> Result<Revision> {
    let mut snapshot = library.snapshot().await?;
    let found = load(&mut snapshot, id.as_str()).await?;
    found.ok_or_else(|| {
        Error::not_found(format!("There is no revision `{id}`."))
            .with_hint("`waymark history` shows the revisions of a walkthrough.")
    })
}

/// The last revision of a walkthrough.
pub(crate) async fn newest(connection: &mut SqliteConnection, walkthrough: &WalkthroughId) -> Result<Option<Revision>> {
    let key = walkthrough.as_str();
    let id = sqlx::query_scalar!("SELECT id FROM revisions WHERE walkthrough_id = ? ORDER BY number DESC LIMIT 1", key)
        .fetch_optional(&mut *connection)
        .await
        .attempted(READING)?;
    match id {
        Some(id) => load(connection, &id).await,
        None => Ok(None),
    }
}

async fn load(connection: &mut SqliteConnection, id: &str) -> Result<Option<Revision>> {
    let row = sqlx::query_as!(
        Row,
        "SELECT id, walkthrough_id, number, reason, name, author, connection_id, remote_revision, content_hash,
            changes, at
         FROM revisions WHERE id = ?",
        id
    )
    .fetch_optional(&mut *connection)
    .await
    .attempted(READING)?;
    let Some(row) = row else { return Ok(None) };
    let json = sqlx::query!("SELECT walkthrough, steps FROM revisions WHERE id = ?", id)
        .fetch_one(&mut *connection)
        .await
        .attempted(READING)?;
    let mut walkthrough: Walkthrough = FreeJson::parse(&json.walkthrough)?.read()?;
    if let Some(places) = &json.steps {
        walkthrough.steps = steps::read(connection, &walkthrough.id, places).await?;
    }
    Ok(Some(Revision { summary: row.summary()?, walkthrough }))
}
