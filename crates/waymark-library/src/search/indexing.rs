//! Putting into the index of the history what waits for it: many texts in one write, and never while somebody saves.

use sqlx::SqliteConnection;
use waymark_core::{error::Result, json::FreeJson};

use crate::{Library, failure::Attempted, write::Write};

const INDEXING: &str = "Putting the history into its index";
/// Texts in one write.
const BATCH: i64 = 200;
/// So many that wait are looked through by a search that comes before; of more it puts them in first.
const FEW: i64 = 100;

/// Puts in everything that waits.
pub(crate) async fn catch_up(library: &Library) -> Result<()> {
    while waiting(library).await? > 0 {
        let mut write = Write::begin(library).await?;
        put_in(write.connection()).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Puts in what waits where it is much. A search goes on where that cannot be done: it is only slower.
pub(super) async fn catch_up_with_much(library: &Library) -> Result<()> {
    if library.trouble().is_some() || waiting(library).await? <= FEW {
        return Ok(());
    }
    if let Err(error) = catch_up(library).await {
        tracing::warn!(?error, "the history is searched without what waits for its index");
    }
    Ok(())
}

async fn waiting(library: &Library) -> Result<i64> {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!: i64" FROM history_documents WHERE is_indexed = 0"#)
        .fetch_one(library.readers())
        .await
        .attempted(INDEXING)
}

async fn put_in(connection: &mut SqliteConnection) -> Result<()> {
    let ids = sqlx::query_scalar!(
        r#"UPDATE history_documents SET is_indexed = 1, quiz = (
            SELECT group_concat(q.value, char(10))
            FROM revision_steps s,
                json_tree(CASE WHEN json_valid(s.step) THEN
                    CASE WHEN json_valid(s.step ->> '$.metadata') THEN s.step ->> '$.metadata' END END,
                    '$.waymark.quiz.questions') q
            WHERE s.id = history_documents.kept_step AND q.type = 'text'
                AND (q.key IN ('prompt', 'text', 'explanation') OR q.path LIKE '%.accepted')
         )
         WHERE id IN (SELECT id FROM history_documents WHERE is_indexed = 0 ORDER BY id LIMIT ?)
         RETURNING id AS "id!: i64""#,
        BATCH
    )
    .fetch_all(&mut *connection)
    .await
    .attempted(INDEXING)?;
    let ids = FreeJson::of(&ids);
    let ids = ids.as_str();
    sqlx::query!(
        "INSERT INTO history_search (rowid, title, description, tags, metadata,
            introduction_for_agent, context_for_agent, content_for_user, operations_for_agent,
            section, quiz, certificate)
         SELECT * FROM history_texts WHERE id IN (SELECT value FROM json_each(?))",
        ids
    )
    .execute(connection)
    .await
    .attempted(INDEXING)?;
    Ok(())
}
