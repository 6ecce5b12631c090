//! The SQL of snippets.

use sqlx::SqliteConnection;
use waymark_core::{error::Result, snippet::Snippet};

use crate::{Library, failure::Attempted, write::Write};

const SAVING: &str = "Saving the snippet";

pub(crate) async fn list(library: &Library) -> Result<Vec<Snippet>> {
    sqlx::query_as!(Snippet, "SELECT name, text FROM snippets ORDER BY name")
        .fetch_all(library.readers())
        .await
        .attempted("Listing the snippets")
}

pub(super) async fn has(connection: &mut SqliteConnection, name: &str) -> Result<bool> {
    let found = sqlx::query_scalar!("SELECT name FROM snippets WHERE name = ?", name);
    Ok(found.fetch_optional(connection).await.attempted(SAVING)?.is_some())
}

pub(super) async fn put(write: &mut Write, snippet: &Snippet) -> Result<()> {
    let (Snippet { name, text }, now) = (snippet, write.now().0);
    sqlx::query!("INSERT INTO snippets (name, text, changed_at) VALUES (?, ?, ?)", name, text, now)
        .execute(write.connection())
        .await
        .attempted(SAVING)?;
    Ok(())
}

/// The text of a snippet.
pub(crate) async fn text(connection: &mut SqliteConnection, name: &str) -> Result<Option<String>> {
    let found = sqlx::query_scalar!("SELECT text FROM snippets WHERE name = ?", name);
    found.fetch_optional(connection).await.attempted("Reading the snippet")
}

/// Gives a snippet that is there another text.
pub(crate) async fn set_text(write: &mut Write, name: &str, text: &str) -> Result<()> {
    let now = write.now().0;
    sqlx::query!("UPDATE snippets SET text = ?, changed_at = ? WHERE name = ?", text, now, name)
        .execute(write.connection())
        .await
        .attempted(SAVING)?;
    Ok(())
}

/// Whether there was one.
pub(super) async fn delete(connection: &mut SqliteConnection, name: &str) -> Result<bool> {
    let deleted = sqlx::query!("DELETE FROM snippets WHERE name = ?", name);
    Ok(deleted.execute(connection).await.attempted(SAVING)?.rows_affected() > 0)
}
