//! The SQL of compacting.

use waymark_core::error::Result;

use super::FileSize;
use crate::{Library, failure::Attempted, write::Write};

const COMPACTING: &str = "Compacting the library";

pub(super) async fn size(library: &Library) -> Result<FileSize> {
    let (pages, unused, page): (i64, i64, i64) = sqlx::query_as(
        "SELECT p.page_count, f.freelist_count, s.page_size
         FROM pragma_page_count() p, pragma_freelist_count() f, pragma_page_size() s",
    )
    .fetch_one(library.readers())
    .await
    .attempted("Measuring the library")?;
    let bytes = |pages: i64| u64::try_from(pages * page).unwrap_or_default();
    Ok(FileSize { bytes: bytes(pages), unused_bytes: bytes(unused) })
}

/// Calls of agents that were made before a time, and visits of which nothing else is left. What learners completed, and
/// how far they are, stays.
pub(super) async fn forget_calls(library: &Library, before: i64) -> Result<()> {
    let old = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM mcp_tool_calls WHERE created_at < ?) AS "is_any!: bool""#,
        before
    );
    if !old.fetch_one(library.readers()).await.attempted(COMPACTING)? {
        return Ok(());
    }
    let mut write = Write::begin(library).await?;
    sqlx::query!("DELETE FROM mcp_tool_calls WHERE created_at < ?", before)
        .execute(write.connection())
        .await
        .attempted(COMPACTING)?;
    sqlx::query!(
        "DELETE FROM mcp_server_session WHERE connection_timestamp < ?
         AND mcp_server_session_id NOT IN (SELECT mcp_server_session_id FROM mcp_tool_calls)
         AND mcp_server_session_id NOT IN (SELECT mcp_server_session_id FROM walkthrough_step_completions)",
        before
    )
    .execute(write.connection())
    .await
    .attempted(COMPACTING)?;
    write.commit().await
}

/// Many small pieces of the indexes become one: what was taken out of them leaves them for good.
pub(super) async fn merge_indexes(library: &Library) -> Result<()> {
    let mut write = Write::begin(library).await?;
    for sql in [
        "INSERT INTO search (search) VALUES ('optimize')",
        "INSERT INTO history_search (history_search) VALUES ('optimize')",
    ] {
        sqlx::query(sql).execute(write.connection()).await.attempted(COMPACTING)?;
    }
    write.commit().await
}

/// SQLite does it as one write: the file is the old one or the new one. It is no transaction of ours, which it forbids.
pub(super) async fn write_anew(library: &Library) -> Result<()> {
    let writer = library.writer().await?;
    sqlx::query("VACUUM").execute(writer).await.attempted(COMPACTING)?;
    // The new pages are in the log; put into the file, they make it smaller.
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(writer).await.attempted(COMPACTING)?;
    Ok(())
}
