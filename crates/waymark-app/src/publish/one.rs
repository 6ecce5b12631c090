//! One walkthrough: what is kept before, the transaction, what is kept after.

use waymark_core::{
    error::{Code, Error, Result},
    hash,
    id::WalkthroughId,
    publish::{
        Action, Published,
        plan::{self, Version},
    },
    walkthrough::{Walkthrough, WalkthroughStatus},
};
use waymark_library::{
    publish::{self as attempts, Arrived},
    revisions::{self, Reason, SaveRevision},
    sync::{self, SyncBase},
    wordings,
};
use waymark_platform::{
    connect::Platform,
    publish::{self as remote, Change},
};

use super::gather::Item;
use crate::App;

/// What became of one walkthrough, before the library knows.
pub enum Sent {
    /// Production has this now.
    Written(Written),
    /// Production had it already.
    Nothing(Published),
    /// Production has it no longer.
    Deleted,
}

/// What production has now, and under which number: its metadata may have no place for one.
pub struct Written {
    pub walkthrough: Walkthrough,
    pub revision: u32,
    /// Whether draft and production are in sync with it from now on: not where somebody else's version got another status.
    pub is_kept: bool,
}

/// Publishes what was planned.
pub async fn publish(app: &App, platform: &Platform, item: &Item) -> Result<Sent> {
    if item.plan.action == Action::Delete {
        return delete(app, platform, item).await;
    }
    if item.plan.action == Action::None {
        return adopt(app, platform, item).await.map(Sent::Nothing);
    }
    let wordings = wordings::at(&app.library, Some(&platform.connection().id)).await?;
    keep_what_is_overwritten(app, platform, item).await?;
    let (target, seen) = (&item.target, item.theirs.as_ref());
    let change = Change { target, seen, now: (app.env.now)(), wordings: &wordings };
    match remote::apply(platform, change).await {
        Ok(walkthrough) => Ok(Sent::Written(Written { walkthrough, revision: item.revision, is_kept: item.is_kept })),
        // The note stays: the next look at production settles it.
        Err(error) if error.code == Code::OutcomeUnknown => Err(error),
        Err(error) if !item.is_kept => Err(error),
        Err(error) => {
            give_up(app, platform, item).await?;
            Err(error)
        }
    }
}

/// It is not sent after all.
pub async fn give_up(app: &App, platform: &Platform, item: &Item) -> Result<()> {
    let id = std::slice::from_ref(&item.mine.id);
    attempts::forget_attempts(&app.library, &platform.connection().id, id).await
}

/// Production has what was sent: bases and revisions are kept.
pub async fn keep(app: &App, platform: &Platform, written: &[&Written]) -> Result<()> {
    if written.is_empty() {
        return Ok(());
    }
    let connection = platform.connection();
    let arrived = written.iter().map(|written| Arrived {
        walkthrough: written.walkthrough.clone(),
        remote_revision: written.revision,
        connection: connection.id.clone(),
        author: connection.user.clone(),
    });
    attempts::arrived(&app.library, arrived.collect(), &app.env.origin).await
}

/// Remembers what leaves no base: another status of somebody else's version, or a deletion. Production has it either way.
pub async fn note_in_history(app: &App, platform: &Platform, version: &Version, id: &WalkthroughId, sent: &Sent) {
    let (status, revision, content_hash) = match sent {
        Sent::Written(Written { walkthrough, revision, is_kept: false }) => {
            (Some(walkthrough.status), *revision, hash::content_hash(walkthrough))
        }
        Sent::Deleted => (None, 0, String::new()),
        Sent::Written(_) | Sent::Nothing(_) => return,
    };
    let connection = platform.connection();
    let record = attempts::Record {
        walkthrough: id.clone(),
        connection: connection.id.clone(),
        version: version.clone(),
        status,
        revision,
        content_hash,
        author: connection.user.clone(),
        at: (app.env.now)(),
    };
    if let Err(error) = attempts::note(&app.library, record, &app.env.origin).await {
        tracing::error!(?error, "what was published could not be noted in the library");
    }
}

/// What is told of a walkthrough that was written.
pub fn published(written: &Written) -> Published {
    let Written { walkthrough, revision, .. } = written;
    Published { id: walkthrough.id.clone(), revision: *revision, content_hash: hash::content_hash(walkthrough) }
}

/// Production is what the draft is: there is nothing to write, and both are in sync.
async fn adopt(app: &App, platform: &Platform, item: &Item) -> Result<Published> {
    if let Some(theirs) = item.theirs.as_ref().filter(|theirs| item.is_kept && item.base.as_ref() != Some(*theirs)) {
        let base = SyncBase {
            walkthrough: theirs.clone(),
            revision: plan::revision(theirs).unwrap_or_default(),
            synced_at: (app.env.now)(),
        };
        sync::set_base(&app.library, platform.connection().id.as_str(), base, &app.env.origin).await?;
    }
    set_status(app, item).await?;
    Ok(Published { id: item.mine.id.clone(), revision: 0, content_hash: item.plan.content_hash.clone() })
}

/// What production has is kept here, whoever wrote it; then it goes there.
async fn delete(app: &App, platform: &Platform, item: &Item) -> Result<Sent> {
    let Some(theirs) = &item.theirs else { return Err(Error::bug("A plan deletes what production does not have.")) };
    keep_revision(app, platform, theirs).await?;
    remote::delete::delete(platform, theirs).await?;
    sync::forget_base(&app.library, &item.mine.id, platform.connection().id.as_str(), &app.env.origin).await?;
    attempts::adopt_status(&app.library, &item.mine.id, WalkthroughStatus::Draft, &app.env.origin).await?;
    Ok(Sent::Deleted)
}

/// Somebody else's version, before it goes.
async fn keep_what_is_overwritten(app: &App, platform: &Platform, item: &Item) -> Result<()> {
    let Some(theirs) = &item.theirs else { return Ok(()) };
    if item.base.as_ref().is_some_and(|base| hash::is_same_state(base, theirs)) {
        return Ok(());
    }
    keep_revision(app, platform, theirs).await
}

async fn keep_revision(app: &App, platform: &Platform, theirs: &Walkthrough) -> Result<()> {
    let revision = SaveRevision {
        walkthrough: theirs.clone(),
        reason: Reason::Overwritten,
        name: None,
        author: None,
        connection: Some(platform.connection().id.clone()),
        remote_revision: plan::revision(theirs),
    };
    revisions::save(&app.library, revision, &app.env.origin).await.map(drop)
}

/// The draft shows the status that production has.
async fn set_status(app: &App, item: &Item) -> Result<()> {
    if item.mine.status == item.target.status {
        return Ok(());
    }
    attempts::adopt_status(&app.library, &item.mine.id, item.target.status, &app.env.origin).await
}
