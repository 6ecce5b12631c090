//! Running a release: what is still open of it goes through the same plan and apply as every publish, and how far each
//! item is stands in the library, so that whoever was interrupted goes on where it stopped.
//!
//! **Invariants.** Items that were sent and not heard of are settled first, by asking production. A draft that changed
//! since the release was made is left, unless the person takes it as it is now. Nothing that is done is done again.

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use waymark_core::{
    error::{Code, Error, Result},
    id::{ReleaseId, WalkthroughId},
    publish::{
        Plan, plan,
        plan::{Intent, Version},
    },
    release::{self, ItemOutcome, ItemState, Release},
};
use waymark_library::{connections, drafts, release as releases};
use waymark_platform::content;

use crate::{
    App,
    publish::{self, Outcome, PlanPublish, RunPublish, Step, gather},
    stop::unless_stopped,
};

const STOPPED: &str = "Stopped before the release went on. Nothing was published.";

/// A release to run, or to go on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RunRelease {
    /// Which.
    pub release: ReleaseId,
    /// The digest of the plan that the person saw; `None` publishes whatever is planned now.
    pub digest: Option<String>,
    /// Whether the person has answered the plan's questions with yes.
    pub is_confirmed: bool,
    /// Take drafts as they are now where they changed since the release was made.
    pub take_current: bool,
}

/// What running a release would still do.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReleasePlan {
    /// How far it is, with what was open settled.
    pub release: Release,
    /// Drafts that changed since the release was made: it leaves them unless they are taken as they are now.
    pub changed: Vec<WalkthroughId>,
    /// What would go; none where nothing is left to do.
    pub plan: Option<Plan>,
}

/// Settles what nobody has heard of, and plans the rest. Writes nothing to production.
///
/// # Errors
/// `NotFound`; those of [`publish::plan`].
pub async fn plan_rest(app: &App, id: &ReleaseId, cancel: &CancellationToken) -> Result<ReleasePlan> {
    let release = settled(app, id, cancel).await?;
    let (ids, changed) = to_go(app, &release).await?;
    let plan = match ids.is_empty() {
        true => None,
        false => Some(publish::plan(app, &plan_of(&release, ids), cancel).await?),
    };
    Ok(ReleasePlan { release, changed: changed.into_iter().map(|(id, _)| id).collect(), plan })
}

/// Publishes what is still to be done, and tells of each as it is. Cancelling lets those under way finish; what had not
/// begun stays open.
///
/// # Errors
/// `NotFound`; those of [`publish::run`], and then nothing was written. What became of each item is in the release.
pub async fn run(
    app: &App,
    input: &RunRelease,
    cancel: &CancellationToken,
    progress: &(dyn Fn(Step<'_>) + Send + Sync),
) -> Result<Release> {
    let mut release = settled(app, &input.release, cancel).await?;
    let (mut ids, changed) = to_go(app, &release).await?;
    if input.take_current && !changed.is_empty() {
        releases::take_current(&app.library, &release.id, &changed, &app.env.origin).await?;
        release = releases::find(&app.library, release.id.as_str()).await?;
        (ids, _) = to_go(app, &release).await?;
    } else {
        leave_changed(app, &release, &changed).await?;
    }
    if !ids.is_empty() {
        send(app, &release, input, ids, cancel, progress).await?;
    }
    releases::find(&app.library, release.id.as_str()).await
}

/// Sends items, and notes what became of each as soon as it is known.
async fn send(
    app: &App,
    release: &Release,
    input: &RunRelease,
    ids: Vec<WalkthroughId>,
    cancel: &CancellationToken,
    progress: &(dyn Fn(Step<'_>) + Send + Sync),
) -> Result<()> {
    releases::begin(&app.library, &release.id, &ids, &app.env.origin).await?;
    let run = RunPublish {
        plan: plan_of(release, ids.clone()),
        digest: input.digest.clone(),
        is_confirmed: input.is_confirmed,
    };
    let (heard, mut arriving) = mpsc::unbounded_channel();
    let sending = async {
        let tell = move |step: Step<'_>| {
            // The other end listens until this one is dropped.
            let _ = heard.send(outcome_of(step.outcome));
            progress(step);
        };
        publish::run(app, &run, cancel, &tell).await
    };
    let noting = async {
        let mut batch = Vec::new();
        let mut failure = None;
        while arriving.recv_many(&mut batch, 16).await > 0 {
            if let Err(error) = releases::note(&app.library, &release.id, &batch, &app.env.origin).await {
                tracing::error!(?error, "how far the release is could not be noted; production is asked next time");
                failure = Some(error);
            }
            batch.clear();
        }
        failure
    };
    let (sent, failure) = tokio::join!(sending, noting);
    if let Err(error) = sent {
        // It is refused as a whole or not at all: nothing was sent.
        let open: Vec<ItemOutcome> = ids.into_iter().map(ItemOutcome::open).collect();
        releases::note(&app.library, &release.id, &open, &app.env.origin).await?;
        return Err(error);
    }
    failure.map_or(Ok(()), Err)
}

fn outcome_of(outcome: &Outcome) -> ItemOutcome {
    let id = outcome.id.clone();
    match (&outcome.published, &outcome.error) {
        (Some(published), _) => ItemOutcome::done(id, published.revision),
        (None, Some(error)) => ItemOutcome::not_done(id, error),
        (None, None) => ItemOutcome::open(id),
    }
}

fn plan_of(release: &Release, ids: Vec<WalkthroughId>) -> PlanPublish {
    PlanPublish {
        ids,
        connection: release.connection.clone(),
        version: Version::Draft,
        intent: Intent { status: release.status, overwrite: release.overwrite },
    }
}

/// What can go, and the drafts that changed since, with what they are now.
async fn to_go(app: &App, release: &Release) -> Result<(Vec<WalkthroughId>, Vec<(WalkthroughId, String)>)> {
    let (mut ids, mut changed) = (Vec::new(), Vec::new());
    for item in release.items.iter().filter(|item| item.state != ItemState::Done) {
        let draft = drafts::open(&app.library, &item.walkthrough).await?.draft.walkthrough;
        let digest = release::digest(&draft, release.status);
        match digest == item.digest {
            true => ids.push(draft.id),
            false => changed.push((draft.id, digest)),
        }
    }
    Ok((ids, changed))
}

async fn leave_changed(app: &App, release: &Release, changed: &[(WalkthroughId, String)]) -> Result<()> {
    let title = |id: &WalkthroughId| release.items.iter().find(|item| item.walkthrough == *id).map(|item| &item.title);
    let left: Vec<ItemOutcome> = changed
        .iter()
        .map(|(id, _)| {
            let error = release::changed_since(title(id).map_or(id.as_str(), String::as_str));
            ItemOutcome::not_done(id.clone(), &error)
        })
        .collect();
    releases::note(&app.library, &release.id, &left, &app.env.origin).await
}

/// The release, with every item settled that was sent and not heard of: production is asked what it has.
async fn settled(app: &App, id: &ReleaseId, cancel: &CancellationToken) -> Result<Release> {
    let release = releases::find(&app.library, id.as_str()).await?;
    let connection =
        connections::find(&app.library, release.connection.as_str()).await.map_err(|error| match error.code {
            Code::NotFound => {
                Error::not_found(format!("The connection of the release `{}` is no longer here.", release.name))
                    .with_hint("Make another release for a connection that is: `waymark release create`.")
            }
            _ => error,
        })?;
    let sent: Vec<WalkthroughId> = release
        .items
        .iter()
        .filter(|item| item.state == ItemState::Sent)
        .map(|item| item.walkthrough.clone())
        .collect();
    if sent.is_empty() {
        return Ok(release);
    }
    let settle = async {
        let platform = crate::connections::open(app, &connection).await?;
        let asked = ask(app, &platform, &release, &sent).await;
        platform.close().await;
        asked
    };
    let outcomes = unless_stopped(cancel, STOPPED, settle).await?;
    releases::note(&app.library, &release.id, &outcomes, &app.env.origin).await?;
    releases::find(&app.library, id.as_str()).await
}

async fn ask(
    app: &App,
    platform: &waymark_platform::connect::Platform,
    release: &Release,
    sent: &[WalkthroughId],
) -> Result<Vec<ItemOutcome>> {
    let there = content::read_known(platform, sent).await?;
    let mut outcomes = Vec::with_capacity(sent.len());
    for item in release.items.iter().filter(|item| sent.contains(&item.walkthrough)) {
        let theirs = there.iter().find(|theirs| theirs.id == item.walkthrough);
        // What the publish noted is settled too: the draft is in sync with what arrived, whatever was written since.
        let draft = drafts::open(&app.library, &item.walkthrough).await?.draft.walkthrough;
        gather::settled_base(app, platform, &draft, theirs).await?;
        let arrived = theirs.filter(|theirs| release::digest(theirs, theirs.status) == item.digest);
        outcomes.push(match arrived {
            Some(theirs) => ItemOutcome::done(item.walkthrough.clone(), plan::revision(theirs).unwrap_or_default()),
            None => ItemOutcome::open(item.walkthrough.clone()),
        });
    }
    Ok(outcomes)
}

#[cfg(test)]
mod tests;
