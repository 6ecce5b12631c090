//! The SQL of kept conversations.

use sqlx::SqliteConnection;
use waymark_core::{
    error::Result,
    id::{ConversationId, WalkthroughId},
};

use crate::{Library, failure::Attempted};

const READING: &str = "Reading the conversation";
const SAVING: &str = "Saving the conversation";

/// A conversation as it is stored.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) walkthrough_id: String,
    pub(super) name: String,
    pub(super) script: String,
    pub(super) turns: String,
    pub(super) turn_count: i64,
    pub(super) content_hash: String,
    pub(super) at: i64,
}

/// The same without its texts.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) walkthrough_id: String,
    pub(super) name: String,
    pub(super) script: String,
    pub(super) turn_count: i64,
    pub(super) content_hash: String,
    pub(super) at: i64,
}

impl From<Row> for Line {
    fn from(row: Row) -> Self {
        let Row { id, walkthrough_id, name, script, turn_count, content_hash, at, .. } = row;
        Self { id, walkthrough_id, name, script, turn_count, content_hash, at }
    }
}

pub(super) async fn list(library: &Library, walkthrough: &WalkthroughId) -> Result<Vec<Line>> {
    let walkthrough = walkthrough.as_str();
    sqlx::query_as!(
        Line,
        "SELECT id, walkthrough_id, name, script, turn_count, content_hash, at
         FROM conversations WHERE walkthrough_id = ? ORDER BY name, id",
        walkthrough
    )
    .fetch_all(library.readers())
    .await
    .attempted("Listing the conversations")
}

pub(super) async fn find(library: &Library, id: &ConversationId) -> Result<Option<Row>> {
    let id = id.as_str();
    sqlx::query_as!(
        Row,
        "SELECT id, walkthrough_id, name, script, turns, turn_count, content_hash, at FROM conversations WHERE id = ?",
        id
    )
    .fetch_optional(library.readers())
    .await
    .attempted(READING)
}

/// Keeps it, and gives its id: that of the conversation whose place it takes.
pub(super) async fn put(connection: &mut SqliteConnection, row: &Row) -> Result<String> {
    sqlx::query_scalar!(
        r#"INSERT INTO conversations (id, walkthrough_id, name, script, turns, turn_count, content_hash, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (walkthrough_id, name) DO UPDATE
         SET script = excluded.script, turns = excluded.turns, turn_count = excluded.turn_count,
             content_hash = excluded.content_hash, at = excluded.at
         RETURNING id AS "id!""#,
        row.id,
        row.walkthrough_id,
        row.name,
        row.script,
        row.turns,
        row.turn_count,
        row.content_hash,
        row.at
    )
    .fetch_one(connection)
    .await
    .attempted(SAVING)
}

/// The walkthrough that it was about; `None` where there was no such conversation.
pub(super) async fn delete(connection: &mut SqliteConnection, id: &ConversationId) -> Result<Option<String>> {
    let id = id.as_str();
    sqlx::query_scalar!(r#"DELETE FROM conversations WHERE id = ? RETURNING walkthrough_id AS "walkthrough!""#, id)
        .fetch_optional(connection)
        .await
        .attempted("Removing the conversation")
}
