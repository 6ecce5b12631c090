//! What has lain in the trash long enough goes for good, with its history.

use waymark_core::{error::Result, history::keeping::TRASH, id::WalkthroughId, walkthrough::Millis};

use crate::{Library, changes::What, failure::Attempted, write::Write};

const EMPTYING: &str = "Emptying the trash";

/// Deletes the drafts that went to the trash thirty days before `now` or earlier. Gives their ids.
///
/// # Errors
/// `LibraryReadOnly`, `LibraryDamaged`.
pub async fn empty(library: &Library, now: Millis, origin: &str) -> Result<Vec<WalkthroughId>> {
    let last = now.0 - TRASH;
    let due = sqlx::query_scalar!("SELECT walkthrough_id FROM drafts WHERE trashed_at <= ?", last)
        .fetch_all(library.readers())
        .await
        .attempted(EMPTYING)?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let mut write = Write::begin(library).await?;
    let mut gone = Vec::with_capacity(due.len());
    for id in due {
        // Somebody may have taken it out meanwhile.
        let deleted = sqlx::query!(
            "DELETE FROM walkthroughs WHERE id = ?1
             AND EXISTS (SELECT 1 FROM drafts WHERE walkthrough_id = ?1 AND trashed_at <= ?2)",
            id,
            last
        )
        .execute(write.connection())
        .await
        .attempted(EMPTYING)?;
        if deleted.rows_affected() > 0 {
            write.announce(What::Draft, &id, origin).await?;
            gone.push(WalkthroughId(id));
        }
    }
    write.commit().await?;
    Ok(gone)
}
