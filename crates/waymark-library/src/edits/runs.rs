//! What one undo takes back and one redo does again: an edit, with its neighbors that were typed in one go with it. The rule
//! is `waymark_core::edit::run`.

use sqlx::SqliteConnection;
use waymark_core::{
    edit::{
        Edit,
        run::{self, Typed},
    },
    error::Result,
    id::WalkthroughId,
    json::FreeJson,
    walkthrough::Millis,
};

use super::journal::Kind;
use crate::failure::Attempted;

const READING: &str = "Reading the journal";

/// An entry to take back or to do again.
pub(super) struct Step {
    pub(super) seq: i64,
    /// The version that it made.
    pub(super) version: u32,
    edit: Edit,
    inverse: Edit,
    origin: String,
    at: Millis,
}

impl Step {
    /// The edit that takes it back, or does it again.
    pub(super) fn way(&self, kind: Kind) -> &Edit {
        if kind == Kind::Redo { &self.edit } else { &self.inverse }
    }

    fn typed(&self) -> Typed<'_> {
        Typed { edit: &self.edit, origin: &self.origin, at: self.at }
    }
}

/// What one undo takes back, latest first, or one redo does again, earliest first: an edit, and its neighbors that were typed
/// in one go with it. Nothing where there is nothing.
pub(super) async fn run(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    kind: Kind,
) -> Result<Vec<Step>> {
    let mut found: Vec<Step> = Vec::new();
    loop {
        let beside = found.last().map(|step| step.version);
        let step = match kind {
            Kind::Redo => undone_after(connection, walkthrough, beside.unwrap_or(0)).await?,
            _ => done_before(connection, walkthrough, beside.unwrap_or(u32::MAX)).await?,
        };
        let Some(step) = step else { return Ok(found) };
        let belongs = found.last().is_none_or(|known| match kind {
            Kind::Redo => run::continues(&known.typed(), &step.typed()),
            _ => run::continues(&step.typed(), &known.typed()),
        });
        if !belongs {
            return Ok(found);
        }
        let is_typed = run::is_typed(&step.edit);
        found.push(step);
        if !is_typed {
            return Ok(found);
        }
    }
}

/// The last edit in force.
pub(super) async fn last_done(connection: &mut SqliteConnection, walkthrough: &WalkthroughId) -> Result<Option<Step>> {
    done_before(connection, walkthrough, u32::MAX).await
}

struct StepRow {
    seq: i64,
    version: i64,
    edit: String,
    inverse: String,
    origin: String,
    at: i64,
}

impl StepRow {
    fn read(self) -> Result<Step> {
        Ok(Step {
            seq: self.seq,
            version: self.version as u32,
            edit: FreeJson::parse(&self.edit)?.read()?,
            inverse: FreeJson::parse(&self.inverse)?.read()?,
            origin: self.origin,
            at: Millis(self.at),
        })
    }
}

// Older libraries have moves to the trash in their journals that are not marked as news; undo passes them by.

async fn done_before(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    version: u32,
) -> Result<Option<Step>> {
    let walkthrough = walkthrough.as_str();
    let row = sqlx::query_as!(
        StepRow,
        "SELECT seq, version, edit, inverse, origin, at FROM journal
         WHERE walkthrough_id = ? AND kind = 'edit' AND state = 'done' AND is_news = 0 AND version < ?
            AND edit ->> '$.edit' <> 'set_trashed'
         ORDER BY version DESC LIMIT 1",
        walkthrough,
        version
    )
    .fetch_optional(connection)
    .await
    .attempted(READING)?;
    row.map(StepRow::read).transpose()
}

async fn undone_after(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    version: u32,
) -> Result<Option<Step>> {
    let walkthrough = walkthrough.as_str();
    let row = sqlx::query_as!(
        StepRow,
        "SELECT seq, version, edit, inverse, origin, at FROM journal
         WHERE walkthrough_id = ? AND kind = 'edit' AND state = 'undone' AND version > ?
            AND edit ->> '$.edit' <> 'set_trashed'
         ORDER BY version LIMIT 1",
        walkthrough,
        version
    )
    .fetch_optional(connection)
    .await
    .attempted(READING)?;
    row.map(StepRow::read).transpose()
}
