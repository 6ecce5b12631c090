//! The SQL of templates.

use sqlx::SqliteConnection;
use waymark_core::{error::Result, walkthrough::Millis};

use crate::{Library, failure::Attempted};

const SAVING: &str = "Saving the template";

/// A template as it is stored.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) walkthrough: String,
}

pub(super) async fn list(library: &Library) -> Result<Vec<Row>> {
    sqlx::query_as!(Row, "SELECT name, about, walkthrough FROM templates ORDER BY name")
        .fetch_all(library.readers())
        .await
        .attempted("Listing the templates")
}

pub(super) async fn find(library: &Library, name: &str) -> Result<Option<String>> {
    sqlx::query_scalar!("SELECT walkthrough FROM templates WHERE name = ?", name)
        .fetch_optional(library.readers())
        .await
        .attempted("Reading the template")
}

pub(super) async fn put(connection: &mut SqliteConnection, row: Row, now: Millis) -> Result<()> {
    let (Row { name, about, walkthrough }, now) = (row, now.0);
    sqlx::query!(
        "INSERT INTO templates (name, about, walkthrough, changed_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE
         SET about = excluded.about, walkthrough = excluded.walkthrough, changed_at = excluded.changed_at",
        name,
        about,
        walkthrough,
        now
    )
    .execute(connection)
    .await
    .attempted(SAVING)?;
    Ok(())
}

/// Whether there was one.
pub(super) async fn delete(connection: &mut SqliteConnection, name: &str) -> Result<bool> {
    let deleted = sqlx::query!("DELETE FROM templates WHERE name = ?", name);
    Ok(deleted.execute(connection).await.attempted(SAVING)?.rows_affected() > 0)
}
