//! What goes from the journal, so that it stays bounded. The rule is `waymark_core::history::keeping`.

use sqlx::SqliteConnection;
use waymark_core::{
    error::Result,
    history::keeping::{UNDO, UNDO_MAX, UNDO_MAX_BYTES},
    id::WalkthroughId,
    walkthrough::Millis,
};

use crate::{Library, failure::Attempted, write::Write};

/// Versions between two looks at a draft's journal: looking costs reading its sizes.
const EVERY: u32 = 64;
/// An edit that is larger is looked at at once.
const LARGE_BYTES: usize = 256 * 1024;
/// Versions behind the present one for which notes of what was taken back and done again are kept: they serve only an
/// edit that was made on such an old version.
const MERGED_MAX: u32 = 1_000;

/// Entries of a draft that can be taken back. Tests reach the bound sooner.
pub(crate) const UNDO_BOUND: u32 = if cfg!(test) { UNDO_MAX / 20 } else { UNDO_MAX };

const PRUNING: &str = "Tidying up the journal";

/// Forgets what is beyond the bound, if it is this version's turn. `bytes` is what was added with it.
pub(super) async fn prune_at(
    connection: &mut SqliteConnection,
    id: &WalkthroughId,
    version: u32,
    bytes: usize,
    now: Millis,
) -> Result<()> {
    if version.is_multiple_of(EVERY) || bytes > LARGE_BYTES { prune(connection, id, now).await } else { Ok(()) }
}

/// Forgets what is too old in drafts that nobody works on.
pub(crate) async fn prune_oldest(library: &Library) -> Result<()> {
    let now = library.now();
    let oldest = now.0 - UNDO;
    let ids = sqlx::query_scalar!(
        "SELECT walkthrough_id FROM drafts d
         WHERE (SELECT at FROM journal j WHERE j.walkthrough_id = d.walkthrough_id ORDER BY version LIMIT 1) < ?",
        oldest
    )
    .fetch_all(library.readers())
    .await
    .attempted(PRUNING)?;
    for id in ids {
        let mut write = Write::begin(library).await?;
        prune(write.connection(), &WalkthroughId(id), now).await?;
        write.commit().await?;
    }
    Ok(())
}

/// The last edit in force stays whatever its age and size, and so does everything from the first that can be done again.
/// Notes of undoing and redoing have a bound of their own, so that undoing never shortens the way back.
async fn prune(connection: &mut SqliteConnection, id: &WalkthroughId, now: Millis) -> Result<()> {
    let (key, oldest, bytes_max) = (id.as_str(), now.0 - UNDO, UNDO_MAX_BYTES as i64);
    sqlx::query!(
        "WITH entries AS (
            SELECT version, at, kind, state, is_news,
                sum(kind = 'edit') OVER (ORDER BY version DESC) AS place,
                sum(iif(kind = 'edit', octet_length(edit) + octet_length(inverse), 0)) OVER (ORDER BY version DESC)
                    AS bytes,
                sum(iif(kind = 'edit', 0, octet_length(edit) + octet_length(inverse))) OVER (ORDER BY version DESC)
                    AS note_bytes
            FROM journal WHERE walkthrough_id = ?1
         ), bounds AS (
            SELECT max(version) FILTER (WHERE kind = 'edit' AND (place > ?2 OR bytes > ?3 OR at < ?4)) AS beyond,
                min(version) FILTER (WHERE kind = 'edit' AND state = 'undone') AS first_undone,
                max(version) FILTER (WHERE kind = 'edit' AND state = 'done' AND is_news = 0) AS last_done,
                max(version) FILTER (WHERE note_bytes > ?3) AS noted,
                max(version) AS last
            FROM entries
         )
         DELETE FROM journal WHERE walkthrough_id = ?1 AND seq IN (
            SELECT j.seq FROM journal j, bounds b WHERE j.walkthrough_id = ?1
            AND ((j.version <= b.beyond AND j.version < coalesce(b.first_undone, j.version + 1)
                    AND j.version < coalesce(b.last_done, j.version + 1))
                OR ((j.version < b.last - ?5 OR j.version <= b.noted)
                    AND (j.kind IN ('undo', 'redo') OR j.state = 'dropped')))
         )",
        key,
        UNDO_BOUND,
        bytes_max,
        oldest,
        MERGED_MAX
    )
    .execute(connection)
    .await
    .attempted(PRUNING)?;
    Ok(())
}
