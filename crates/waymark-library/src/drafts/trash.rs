//! What has lain in the trash long enough, or is thrown away, goes for good, with its history.

use waymark_core::{
    error::{Code, Error, Result},
    history::keeping::TRASH,
    id::WalkthroughId,
    walkthrough::Millis,
};

use super::store;
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

/// Deletes drafts that lie in the trash, whenever they went there: all or none. Nothing brings them back.
///
/// # Errors
/// `NotFound`; `Refused` for one that is not in the trash; `LibraryReadOnly`, `LibraryDamaged`.
pub async fn delete(library: &Library, ids: &[WalkthroughId], origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    for id in ids {
        let key = id.as_str();
        let lies_there = sqlx::query_scalar!(
            r#"SELECT trashed_at IS NOT NULL AS "lies_there!: bool" FROM drafts WHERE walkthrough_id = ?"#,
            key
        )
        .fetch_optional(write.connection())
        .await
        .attempted(EMPTYING)?
        .ok_or_else(|| store::no_such_draft(id))?;
        if !lies_there {
            return Err(Error::new(Code::Refused, format!("The walkthrough `{id}` is not in the trash."))
                .with_hint("Move it there first: what is deleted from the library can be restored for a while."));
        }
        sqlx::query!("DELETE FROM walkthroughs WHERE id = ?", key)
            .execute(write.connection())
            .await
            .attempted(EMPTYING)?;
        write.announce(What::Draft, key, origin).await?;
    }
    write.commit().await
}
