//! The SQL of wordings.

use sqlx::SqliteConnection;
use waymark_core::{
    error::Result,
    id::ConnectionId,
    walkthrough::{Millis, WalkthroughType},
    wording::{ListedWording, Wording, chosen::Choice},
};

use crate::{Library, failure::Attempted, write::Write};

const SAVING: &str = "Saving the wording";
const CHOOSING: &str = "Choosing a wording";
const READING: &str = "Reading which wordings were chosen";

pub(super) async fn list(library: &Library) -> Result<Vec<ListedWording>> {
    let rows = sqlx::query!("SELECT name, about, text, changed_at FROM wordings ORDER BY name")
        .fetch_all(library.readers())
        .await
        .attempted("Listing the wordings")?;
    let listed = rows.into_iter().map(|row| ListedWording {
        name: row.name,
        about: row.about,
        text: row.text,
        is_built_in: false,
        changed_at: Some(Millis(row.changed_at)),
    });
    Ok(listed.collect())
}

pub(super) async fn has(connection: &mut SqliteConnection, name: &str) -> Result<bool> {
    let found = sqlx::query_scalar!("SELECT name FROM wordings WHERE name = ?", name);
    Ok(found.fetch_optional(connection).await.attempted(SAVING)?.is_some())
}

pub(super) async fn put(write: &mut Write, wording: &Wording) -> Result<()> {
    let (Wording { name, about, text }, now) = (wording, write.now().0);
    sqlx::query!("INSERT INTO wordings (name, about, text, changed_at) VALUES (?, ?, ?, ?)", name, about, text, now)
        .execute(write.connection())
        .await
        .attempted(SAVING)?;
    Ok(())
}

/// Whether there was one.
pub(super) async fn delete(connection: &mut SqliteConnection, name: &str) -> Result<bool> {
    let deleted = sqlx::query!("DELETE FROM wordings WHERE name = ?", name);
    Ok(deleted.execute(connection).await.attempted(SAVING)?.rows_affected() > 0)
}

pub(super) async fn rename_choices(connection: &mut SqliteConnection, was: &str, name: &str) -> Result<()> {
    sqlx::query!("UPDATE wording_choices SET wording = ? WHERE wording = ?", name, was)
        .execute(connection)
        .await
        .attempted(SAVING)?;
    Ok(())
}

pub(super) async fn read_choices(library: &Library) -> Result<Vec<Choice>> {
    let mut reader = library.readers().acquire().await.attempted(READING)?;
    choices(&mut reader).await
}

/// What a newer Waymark chose for a type that this one does not know is left out.
pub(super) async fn choices(connection: &mut SqliteConnection) -> Result<Vec<Choice>> {
    let rows = sqlx::query!(
        "SELECT connection_id, walkthrough_type, wording FROM wording_choices ORDER BY connection_id, walkthrough_type"
    )
    .fetch_all(connection)
    .await
    .attempted(READING)?;
    let choice = |(connection, kind, wording): (String, String, String)| {
        let kind = match kind.as_str() {
            "" => None,
            kind => Some(kind.parse::<WalkthroughType>().ok()?),
        };
        let connection = (!connection.is_empty()).then(|| ConnectionId::from(connection));
        Some(Choice { connection, kind, wording })
    };
    Ok(rows.into_iter().filter_map(|row| choice((row.connection_id, row.walkthrough_type, row.wording))).collect())
}

pub(super) async fn choose(write: &mut Write, choice: &Choice) -> Result<()> {
    let (connection, kind) = key(choice);
    let (wording, now) = (&choice.wording, write.now().0);
    sqlx::query!(
        "INSERT INTO wording_choices (connection_id, walkthrough_type, wording, changed_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (connection_id, walkthrough_type)
         DO UPDATE SET wording = excluded.wording, changed_at = excluded.changed_at",
        connection,
        kind,
        wording,
        now
    )
    .execute(write.connection())
    .await
    .attempted(CHOOSING)?;
    Ok(())
}

pub(super) async fn forget(connection: &mut SqliteConnection, choice: &Choice) -> Result<()> {
    let (at, kind) = key(choice);
    sqlx::query!("DELETE FROM wording_choices WHERE connection_id = ? AND walkthrough_type = ?", at, kind)
        .execute(connection)
        .await
        .attempted(CHOOSING)?;
    Ok(())
}

fn key(choice: &Choice) -> (&str, &str) {
    (choice.connection.as_ref().map_or("", ConnectionId::as_str), choice.kind.map_or("", WalkthroughType::name))
}
