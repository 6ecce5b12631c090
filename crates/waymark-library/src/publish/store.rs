//! The SQL of attempts.

use waymark_core::{
    error::Result,
    id::{ConnectionId, WalkthroughId},
    json::FreeJson,
    publish::plan::Version,
    walkthrough::{Millis, Walkthrough},
};

use super::Record;
use crate::{Library, drafts::store::no_such_draft, failure::Attempted, write::Write};

const NOTING: &str = "Noting what is about to be published";

pub(super) async fn note(
    write: &mut Write,
    connection: &ConnectionId,
    version: &Version,
    target: &Walkthrough,
) -> Result<()> {
    let (key, remote, at) = (target.id.as_str(), connection.as_str(), write.now().0);
    let json = FreeJson::of(target);
    let version = FreeJson::of(version);
    let (json, version) = (json.as_str(), version.as_str());
    let noted = sqlx::query!(
        "INSERT INTO publish_attempts (walkthrough_id, remote, walkthrough, at, version)
         SELECT d.walkthrough_id, ?2, ?3, ?4, ?5 FROM drafts d WHERE d.walkthrough_id = ?1
         ON CONFLICT (walkthrough_id, remote) DO UPDATE SET walkthrough = excluded.walkthrough, at = excluded.at,
            version = excluded.version",
        key,
        remote,
        json,
        at,
        version
    )
    .execute(write.connection())
    .await
    .attempted(NOTING)?;
    if noted.rows_affected() == 0 { Err(no_such_draft(&target.id)) } else { Ok(()) }
}

pub(super) async fn read(
    library: &Library,
    connection: &ConnectionId,
    id: &WalkthroughId,
) -> Result<Option<Walkthrough>> {
    let (key, remote) = (id.as_str(), connection.as_str());
    let json = sqlx::query_scalar!(
        "SELECT walkthrough FROM publish_attempts WHERE walkthrough_id = ? AND remote = ?",
        key,
        remote
    )
    .fetch_optional(library.readers())
    .await
    .attempted("Reading what was about to be published")?;
    json.map(|json| FreeJson::parse(&json)?.read()).transpose()
}

/// Which version an attempt is about; the draft, where nobody noted it.
pub(super) async fn version_of(write: &mut Write, connection: &ConnectionId, id: &WalkthroughId) -> Result<Version> {
    let (key, remote) = (id.as_str(), connection.as_str());
    let json = sqlx::query_scalar!(
        "SELECT version FROM publish_attempts WHERE walkthrough_id = ? AND remote = ?",
        key,
        remote
    )
    .fetch_optional(write.connection())
    .await
    .attempted("Reading what was about to be published")?;
    json.flatten().map_or_else(|| Ok(Version::Draft), |json| FreeJson::parse(&json)?.read())
}

pub(super) async fn add_record(write: &mut Write, record: &Record) -> Result<()> {
    let (key, remote, at) = (record.walkthrough.as_str(), record.connection.as_str(), record.at.0);
    let (version, status) = (FreeJson::of(&record.version), record.status.map(|status| status.name()));
    let version = version.as_str();
    sqlx::query!(
        "INSERT INTO publishes (walkthrough_id, remote, version, status, revision, content_hash, author, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        key,
        remote,
        version,
        status,
        record.revision,
        record.content_hash,
        record.author,
        at
    )
    .execute(write.connection())
    .await
    .attempted("Noting what was published")?;
    Ok(())
}

pub(super) async fn history(
    library: &Library,
    walkthrough: &WalkthroughId,
    connection: Option<&ConnectionId>,
) -> Result<Vec<Record>> {
    let (key, remote) = (walkthrough.as_str(), connection.map(ConnectionId::as_str));
    let rows = sqlx::query!(
        "SELECT remote, version, status, revision, content_hash, author, at FROM publishes
         WHERE walkthrough_id = ?1 AND (?2 IS NULL OR remote = ?2) ORDER BY at DESC, id DESC",
        key,
        remote
    )
    .fetch_all(library.readers())
    .await
    .attempted("Reading what was published")?;
    rows.into_iter()
        .map(|row| {
            Ok(Record {
                walkthrough: walkthrough.clone(),
                connection: row.remote.into(),
                version: FreeJson::parse(&row.version)?.read()?,
                status: row.status.map(|status| status.parse()).transpose()?,
                revision: row.revision as u32,
                content_hash: row.content_hash,
                author: row.author,
                at: Millis(row.at),
            })
        })
        .collect()
}

pub(super) async fn forget(write: &mut Write, connection: &ConnectionId, id: &WalkthroughId) -> Result<()> {
    let (key, remote) = (id.as_str(), connection.as_str());
    sqlx::query!("DELETE FROM publish_attempts WHERE walkthrough_id = ? AND remote = ?", key, remote)
        .execute(write.connection())
        .await
        .attempted(NOTING)?;
    Ok(())
}
