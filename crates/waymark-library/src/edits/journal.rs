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
    /// Nobody's edit: undo passes it by, and what was taken back can still be done again.
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

/// An entry to take back or to do again.
pub(super) struct Step {
    pub(super) seq: i64,
    /// The version that it made.
    pub(super) version: u32,
    /// The edit that does it.
    pub(super) edit: Edit,
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

/// The inverse of the last edit in force.
pub(super) async fn last_done(connection: &mut SqliteConnection, walkthrough: &WalkthroughId) -> Result<Option<Step>> {
    let walkthrough = walkthrough.as_str();
    let row = sqlx::query!(
        "SELECT seq, version, inverse FROM journal
         WHERE walkthrough_id = ? AND kind = 'edit' AND state = 'done' AND is_news = 0
         ORDER BY version DESC LIMIT 1",
        walkthrough
    )
    .fetch_optional(connection)
    .await
    .attempted(READING)?;
    row.map(|row| Ok(Step { seq: row.seq, version: row.version as u32, edit: FreeJson::parse(&row.inverse)?.read()? }))
        .transpose()
}

/// The edit that was taken back last.
pub(super) async fn first_undone(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
) -> Result<Option<Step>> {
    let walkthrough = walkthrough.as_str();
    let row = sqlx::query!(
        "SELECT seq, version, edit FROM journal WHERE walkthrough_id = ? AND kind = 'edit' AND state = 'undone'
         ORDER BY version LIMIT 1",
        walkthrough
    )
    .fetch_optional(connection)
    .await
    .attempted(READING)?;
    row.map(|row| Ok(Step { seq: row.seq, version: row.version as u32, edit: FreeJson::parse(&row.edit)?.read()? }))
        .transpose()
}

/// Whether something came in since `version` that is nobody's edit.
pub(super) async fn has_news_since(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    version: u32,
) -> Result<bool> {
    let walkthrough = walkthrough.as_str();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM journal
            WHERE walkthrough_id = ? AND version > ? AND is_news = 1) AS "found!: bool""#,
        walkthrough,
        version
    )
    .fetch_one(connection)
    .await
    .attempted(READING)
}

/// Notes that an entry was taken back, or done again.
pub(super) async fn mark(connection: &mut SqliteConnection, seq: i64, kind: Kind) -> Result<()> {
    let state = if kind == Kind::Undo { "undone" } else { "done" };
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
                WHERE walkthrough_id = ?1 AND kind = 'edit' AND state = 'done' AND is_news = 0)
                AS "can_undo!: bool",
            EXISTS (SELECT 1 FROM journal WHERE walkthrough_id = ?1 AND kind = 'edit' AND state = 'undone')
                AS "can_redo!: bool""#,
        walkthrough
    )
    .fetch_one(connection)
    .await
    .attempted(READING)?;
    Ok((row.can_undo, row.can_redo))
}
