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

/// Why the draft as it is now is worth keeping before the edit that comes, if it is: somebody comes back to it, or has
/// worked on it for a while.
pub(crate) async fn due(write: &mut Write, draft: &Draft) -> Result<Option<Reason>> {
    let key = draft.walkthrough.id.as_str();
    let row = sqlx::query!("SELECT changed_at, kept_at FROM drafts WHERE walkthrough_id = ?", key)
        .fetch_one(write.connection())
        .await
        .attempted(NOTING)?;
    let occasion = keeping::is_due(Millis(row.changed_at), row.kept_at.map(Millis), write.now());
    Ok(occasion.and_then(|occasion| match occasion {
        // There is nothing to go back to.
        Occasion::First if draft.walkthrough.steps.is_empty() => None,
        Occasion::First => Some(Reason::First),
        Occasion::Pause => Some(Reason::Pause),
        Occasion::Working => Some(Reason::Working),
    }))
}

/// Keeps this state of the draft, unless the newest revision is the same.
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
