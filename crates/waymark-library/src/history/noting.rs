//! Moments of a draft that are kept before it changes, within the write that changes it.

use waymark_core::{
    diff,
    edit::Draft,
    error::Result,
    hash,
    history::keeping::{self, Occasion},
    walkthrough::Millis,
};

use crate::{
    changes::What,
    failure::Attempted,
    revisions::{self, Reason, SaveRevision},
    write::Write,
};

const NOTING: &str = "Keeping a moment of the draft";

/// Keeps the draft as it is, if somebody comes back to it or has worked on it for a while.
pub(crate) async fn note_if_due(write: &mut Write, draft: &Draft, origin: &str) -> Result<()> {
    let key = draft.walkthrough.id.as_str();
    let row = sqlx::query!("SELECT changed_at, kept_at FROM drafts WHERE walkthrough_id = ?", key)
        .fetch_one(write.connection())
        .await
        .attempted(NOTING)?;
    let reason = match keeping::is_due(Millis(row.changed_at), row.kept_at.map(Millis), write.now()) {
        None => return Ok(()),
        // There is nothing to go back to.
        Some(Occasion::First) if draft.walkthrough.steps.is_empty() => return Ok(()),
        Some(Occasion::First) => Reason::First,
        Some(Occasion::Pause) => Reason::Pause,
        Some(Occasion::Working) => Reason::Working,
    };
    note(write, draft, reason, origin).await
}

/// Keeps the draft as it is, unless the newest revision is the same.
pub(crate) async fn note(write: &mut Write, draft: &Draft, reason: Reason, origin: &str) -> Result<()> {
    let walkthrough = &draft.walkthrough;
    let newest = revisions::store::newest(write.connection(), &walkthrough.id).await?;
    let is_known = newest.is_some_and(|newest| {
        newest.summary.content_hash == hash::content_hash(walkthrough)
            && diff::count_changes(Some(&newest.walkthrough), walkthrough) == 0
    });
    if is_known {
        return revisions::store::mark_kept(write, &walkthrough.id).await;
    }
    let revision = SaveRevision {
        walkthrough: walkthrough.clone(),
        reason,
        name: None,
        author: None,
        connection: None,
        remote_revision: None,
    };
    revisions::store::add(write, &revision).await?;
    write.announce(What::Revision, walkthrough.id.as_str(), origin).await
}
