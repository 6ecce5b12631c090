//! The SQL of lint: own words, settings, and what links answered.

use std::collections::{BTreeMap, HashSet};

use sqlx::SqliteConnection;
use waymark_core::{error::Result, json::FreeJson, lint::addresses::LinkAnswer, walkthrough::Millis};

use crate::{Library, failure::Attempted, write::Write};

const READING: &str = "Reading what lint goes by";
const SAVING: &str = "Saving what lint goes by";

pub(super) async fn words(library: &Library) -> Result<Vec<String>> {
    sqlx::query_scalar!("SELECT word FROM own_words ORDER BY word")
        .fetch_all(library.readers())
        .await
        .attempted(READING)
}

pub(super) async fn word_set(connection: &mut SqliteConnection) -> Result<HashSet<String>> {
    let words = sqlx::query_scalar!("SELECT word FROM own_words ORDER BY word").fetch_all(connection).await;
    Ok(words.attempted(READING)?.into_iter().collect())
}

pub(super) async fn add_word(write: &mut Write, word: &str) -> Result<()> {
    let now = write.now().0;
    sqlx::query!("INSERT INTO own_words (word, added_at) VALUES (?, ?) ON CONFLICT DO NOTHING", word, now)
        .execute(write.connection())
        .await
        .attempted(SAVING)?;
    Ok(())
}

/// Whether it was there.
pub(super) async fn remove_word(write: &mut Write, word: &str) -> Result<bool> {
    let removed = sqlx::query!("DELETE FROM own_words WHERE word = ?", word).execute(write.connection()).await;
    Ok(removed.attempted(SAVING)?.rows_affected() > 0)
}

pub(super) async fn setting(connection: &mut SqliteConnection, name: &str) -> Result<Option<FreeJson>> {
    let value = sqlx::query_scalar!("SELECT value FROM lint_settings WHERE name = ?", name);
    let value = value.fetch_optional(connection).await.attempted(READING)?;
    value.map(|value| FreeJson::parse(&value)).transpose()
}

pub(super) async fn set(write: &mut Write, name: &str, value: &FreeJson) -> Result<()> {
    let value = value.as_str();
    sqlx::query!(
        "INSERT INTO lint_settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value
    )
    .execute(write.connection())
    .await
    .attempted(SAVING)?;
    Ok(())
}

/// Every answer that says something is wrong, or may be.
pub(super) async fn bad_answers(connection: &mut SqliteConnection) -> Result<BTreeMap<String, LinkAnswer>> {
    let rows = sqlx::query!("SELECT address, answer FROM link_checks WHERE is_fine = 0").fetch_all(connection).await;
    rows.attempted(READING)?.into_iter().map(|row| Ok((row.address, FreeJson::parse(&row.answer)?.read()?))).collect()
}

pub(super) async fn fine_since(library: &Library, since: Millis) -> Result<HashSet<String>> {
    let since = since.0;
    let rows = sqlx::query_scalar!("SELECT address FROM link_checks WHERE is_fine = 1 AND checked_at >= ?", since);
    Ok(rows.fetch_all(library.readers()).await.attempted(READING)?.into_iter().collect())
}

pub(super) async fn keep_answer(write: &mut Write, address: &str, answer: &LinkAnswer) -> Result<()> {
    let (now, json) = (write.now().0, FreeJson::of(answer));
    let (answer, is_fine) = (json.as_str(), matches!(answer, LinkAnswer::Works | LinkAnswer::Private));
    sqlx::query!(
        "INSERT INTO link_checks (address, answer, is_fine, checked_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (address) DO UPDATE SET answer = excluded.answer, is_fine = excluded.is_fine,
            checked_at = excluded.checked_at",
        address,
        answer,
        is_fine,
        now
    )
    .execute(write.connection())
    .await
    .attempted(SAVING)?;
    Ok(())
}

pub(super) async fn forget_answers(write: &mut Write, before: Millis) -> Result<()> {
    let before = before.0;
    let gone = sqlx::query!("DELETE FROM link_checks WHERE checked_at < ?", before).execute(write.connection()).await;
    gone.attempted(SAVING).map(drop)
}
