//! The journal: every edit of every draft in order, each with the edit that takes it back.
//!
//! Undo and redo are entries themselves. Of the entries of kind `edit`, those in force can be taken back, latest first;
//! those taken back can be done again, earliest first, until another edit comes.
//!
//! **Invariant: it is bounded.** Old entries go (see [`waymark_core::history::keeping`]), but never one that undo or redo
//! would have to pass on its way to another: what is left is always the end of the story, without a gap that matters.

use sqlx::SqliteConnection;
use waymark_core::{
    edit::Edit,
    error::{Code, Error, Result},
    id::WalkthroughId,
    json::FreeJson,
    walkthrough::Millis,
};

use super::several::Known;
use crate::failure::Attempted;

const NOTING: &str = "Noting the edit";
const READING: &str = "Reading the journal";

/// How an entry came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Create,
    Edit,
    Undo,
    Redo,
    /// No change of what somebody wrote, such as what production says and the way to the trash: undo passes it by, and what
    /// was taken back can still be done again.
    News,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Create => "create",
            Kind::Edit | Kind::News => "edit",
            Kind::Undo => "undo",
            Kind::Redo => "redo",
        }
    }
}

/// An entry to add.
pub(crate) struct Entry<'a> {
    pub(crate) kind: Kind,
    pub(crate) edit: &'a Edit,
    pub(crate) inverse: &'a Edit,
    pub(crate) origin: &'a str,
    pub(crate) at: Millis,
}

/// Adds the entry that made `version`. Gives its size in bytes.
pub(crate) async fn add(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    version: u32,
    entry: Entry<'_>,
) -> Result<usize> {
    let (walkthrough, kind, at) = (walkthrough.as_str(), entry.kind.name(), entry.at.0);
    if entry.kind == Kind::Edit {
        sqlx::query!(
            "UPDATE journal SET state = 'dropped'
             WHERE walkthrough_id = ? AND kind = 'edit' AND state = 'undone'",
            walkthrough
        )
        .execute(&mut *connection)
        .await
        .attempted(NOTING)?;
    }
    let (edit, inverse) = (FreeJson::of(entry.edit), FreeJson::of(entry.inverse));
    let (edit, inverse) = (edit.as_str(), inverse.as_str());
    let is_news = entry.kind == Kind::News;
    sqlx::query!(
        "INSERT INTO journal (walkthrough_id, version, kind, edit, inverse, origin, at, is_news)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        walkthrough,
        version,
        kind,
        edit,
        inverse,
        entry.origin,
        at,
        is_news
    )
    .execute(connection)
    .await
    .attempted(NOTING)?;
    Ok(edit.len() + inverse.len())
}

/// The inverses of all entries after `version`, latest first: applied in this order they lead back to it.
///
/// # Errors
/// `Conflict` where some of them are gone.
pub(super) async fn way_back(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    version: u32,
) -> Result<Vec<Edit>> {
    let walkthrough = walkthrough.as_str();
    let rows = sqlx::query!(
        "SELECT version, inverse FROM journal WHERE walkthrough_id = ? AND version > ? ORDER BY version DESC",
        walkthrough,
        version
    )
    .fetch_all(connection)
    .await
    .attempted(READING)?;
    let way = rows.first().map_or(0, |last| last.version - i64::from(version));
    if way != rows.len() as i64 {
        let message = format!("The edit was made on version {version}, which is too long ago to merge with.");
        return Err(Error::new(Code::Conflict, message).with_hint("Nothing was written. Reload the walkthrough."));
    }
    rows.iter().map(|row| FreeJson::parse(&row.inverse)?.read()).collect()
}

/// The edit that made a version, to be taken back.
pub(super) async fn known(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    version: u32,
) -> Result<Option<Known>> {
    let walkthrough = walkthrough.as_str();
    let row = sqlx::query!(
        "SELECT seq, state, inverse FROM journal WHERE walkthrough_id = ? AND version = ? AND kind = 'edit'",
        walkthrough,
        version
    )
    .fetch_optional(connection)
    .await
    .attempted(READING)?;
    row.map(|row| {
        let inverse = FreeJson::parse(&row.inverse)?.read()?;
        Ok(Known { seq: row.seq, version, is_done: row.state == "done", inverse })
    })
    .transpose()
}

/// Whether production gave a status since `version`.
pub(super) async fn has_status_since(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    version: u32,
) -> Result<bool> {
    let walkthrough = walkthrough.as_str();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM journal
            WHERE walkthrough_id = ? AND version > ? AND is_news = 1 AND edit ->> '$.edit' = 'set_status') AS "found!: bool""#,
        walkthrough,
        version
    )
    .fetch_one(connection)
    .await
    .attempted(READING)
}

/// Notes that an entry was taken back, or done again; of news, that it is over.
pub(super) async fn mark(connection: &mut SqliteConnection, seq: i64, kind: Kind) -> Result<()> {
    let state = match kind {
        Kind::Undo => "undone",
        Kind::News => "dropped",
        Kind::Create | Kind::Edit | Kind::Redo => "done",
    };
    sqlx::query!("UPDATE journal SET state = ? WHERE seq = ?", state, seq)
        .execute(connection)
        .await
        .attempted(NOTING)?;
    Ok(())
}

/// Whether there is an edit to take back, and one to do again.
pub(crate) async fn steps_left(connection: &mut SqliteConnection, walkthrough: &WalkthroughId) -> Result<(bool, bool)> {
    let walkthrough = walkthrough.as_str();
    let row = sqlx::query!(
        r#"SELECT
            EXISTS (SELECT 1 FROM journal
                WHERE walkthrough_id = ?1 AND kind = 'edit' AND state = 'done' AND is_news = 0
                    AND edit ->> '$.edit' <> 'set_trashed')
                AS "can_undo!: bool",
            EXISTS (SELECT 1 FROM journal
                WHERE walkthrough_id = ?1 AND kind = 'edit' AND state = 'undone'
                    AND edit ->> '$.edit' <> 'set_trashed')
                AS "can_redo!: bool""#,
        walkthrough
    )
    .fetch_one(connection)
    .await
    .attempted(READING)?;
    Ok((row.can_undo, row.can_redo))
}
