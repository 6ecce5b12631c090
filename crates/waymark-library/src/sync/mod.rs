//! Sync bases: for each draft and remote, the version that both last had. What publish compares with and merges from.
//!
//! A remote is named by text: the id of a connection, later also a folder.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use waymark_core::{
    diff,
    error::Result,
    id::WalkthroughId,
    json::FreeJson,
    walkthrough::{Millis, Walkthrough},
};

use crate::{Library, changes::What, drafts::store, failure::Attempted, write::Write};

/// What a draft and a remote last had in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SyncBase {
    /// The walkthrough at that time, with status, orders and assignments.
    pub walkthrough: Walkthrough,
    /// The number that the remote carried for it.
    pub revision: u32,
    /// When.
    pub synced_at: Millis,
}

/// The base of a draft with a remote, if they ever met.
///
/// # Errors
/// Those of the file.
pub async fn base(library: &Library, walkthrough: &WalkthroughId, remote: &str) -> Result<Option<SyncBase>> {
    let key = walkthrough.as_str();
    let row = sqlx::query!(
        "SELECT walkthrough, revision, synced_at FROM sync_bases WHERE walkthrough_id = ? AND remote = ?",
        key,
        remote
    )
    .fetch_optional(library.readers())
    .await
    .attempted("Reading the last synced version")?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(SyncBase {
        walkthrough: FreeJson::parse(&row.walkthrough)?.read()?,
        revision: row.revision as u32,
        synced_at: Millis(row.synced_at),
    }))
}

/// The drafts that were ever in sync with a remote and are not in the trash.
///
/// # Errors
/// Those of the file.
pub async fn known(library: &Library, remote: &str) -> Result<Vec<WalkthroughId>> {
    let ids = sqlx::query_scalar!(
        "SELECT b.walkthrough_id FROM sync_bases b JOIN drafts d ON d.walkthrough_id = b.walkthrough_id
         WHERE b.remote = ? AND d.trashed_at IS NULL ORDER BY b.walkthrough_id",
        remote
    )
    .fetch_all(library.readers())
    .await
    .attempted("Reading what was synced")?;
    Ok(ids.into_iter().map(WalkthroughId).collect())
}

/// What a look at a remote showed of one draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub walkthrough: WalkthroughId,
    /// When the base was made that the remote was compared with: one made since knows better.
    pub base_at: Millis,
    /// Whether the remote differs from that base.
    pub is_changed_there: bool,
}

/// Notes what was seen at a remote, so that lists can say it. Writes nothing, and tells nobody, where all is as it was.
///
/// # Errors
/// Those of the file.
pub async fn note_seen(library: &Library, remote: &str, seen: &[Seen], origin: &str) -> Result<()> {
    let noted = sqlx::query!(
        r#"SELECT walkthrough_id, is_changed_there AS "is_changed_there!: bool" FROM sync_bases WHERE remote = ?"#,
        remote
    )
    .fetch_all(library.readers())
    .await
    .attempted("Reading what was synced")?;
    let noted: HashMap<String, bool> =
        noted.into_iter().map(|row| (row.walkthrough_id, row.is_changed_there)).collect();
    let is_news = |one: &&Seen| noted.get(one.walkthrough.as_str()).is_some_and(|known| *known != one.is_changed_there);
    let news: Vec<&Seen> = seen.iter().filter(is_news).collect();
    if news.is_empty() {
        return Ok(());
    }
    let mut write = Write::begin(library).await?;
    for one in news {
        let (key, base_at) = (one.walkthrough.as_str(), one.base_at.0);
        let written = sqlx::query!(
            "UPDATE sync_bases SET is_changed_there = ?4 WHERE walkthrough_id = ?1 AND remote = ?2 AND synced_at = ?3",
            key,
            remote,
            base_at,
            one.is_changed_there
        )
        .execute(write.connection())
        .await
        .attempted("Noting what production has")?;
        if written.rows_affected() > 0 {
            write.announce(What::SyncBase, key, origin).await?;
        }
    }
    write.commit().await
}

/// Sets the base of the draft `base.walkthrough.id` with a remote.
///
/// # Errors
/// `NotFound` where the library has no such draft.
pub async fn set_base(library: &Library, remote: &str, base: SyncBase, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    put(&mut write, remote, base, origin).await?;
    write.commit().await
}

/// The remote no longer has the draft: they never met.
///
/// # Errors
/// Those of the file.
pub async fn forget_base(library: &Library, walkthrough: &WalkthroughId, remote: &str, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    let key = walkthrough.as_str();
    sqlx::query!("DELETE FROM sync_bases WHERE walkthrough_id = ? AND remote = ?", key, remote)
        .execute(write.connection())
        .await
        .attempted("Forgetting the last synced version")?;
    write.announce(What::SyncBase, key, origin).await?;
    write.commit().await
}

/// Sets a base within a write that does more.
pub(crate) async fn put(write: &mut Write, remote: &str, base: SyncBase, origin: &str) -> Result<()> {
    let id = &base.walkthrough.id;
    let library = write.library();
    let draft = store::load(write.connection(), library.cache(), id).await?;
    let changes = diff::count_changes(Some(&base.walkthrough), &draft.draft.walkthrough);
    let json = FreeJson::of(&base.walkthrough);
    let (key, json, synced_at) = (id.as_str(), json.as_str(), base.synced_at.0);
    sqlx::query!(
        "INSERT INTO sync_bases (walkthrough_id, remote, walkthrough, revision, synced_at, changes)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (walkthrough_id, remote) DO UPDATE SET walkthrough = excluded.walkthrough,
            revision = excluded.revision, synced_at = excluded.synced_at, changes = excluded.changes,
            is_changed_there = 0",
        key,
        remote,
        json,
        base.revision,
        synced_at,
        changes
    )
    .execute(write.connection())
    .await
    .attempted("Saving the last synced version")?;
    write.announce(What::SyncBase, key, origin).await
}
