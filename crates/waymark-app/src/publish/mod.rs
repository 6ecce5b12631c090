//! Publishing drafts through a connection: plan, then run exactly that plan.
//!
//! **Invariants.** What is written was planned: a run re-reads everything and refuses another plan than the one whose
//! digest it was given. An attempt is noted in the library before production is touched, and what production had is
//! kept as a revision before it is overwritten. One walkthrough is one transaction; those that are done stay done.

pub(crate) mod gather;
mod one;
mod promote;

use std::sync::atomic::{AtomicBool, Ordering};

use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use waymark_core::{
    error::{Code, Error, Result},
    id::{ConnectionId, WalkthroughId},
    lint::Severity,
    publish::{
        Action, Plan, Published, WalkthroughPlan,
        plan::{self, Intent, Version},
    },
    walkthrough::Walkthrough,
};
use waymark_library::{connections, publish as attempts};
use waymark_platform::connect::{CONNECTIONS_MAX, Platform};

use crate::{App, connections::Kept, stop::unless_stopped};
use gather::{AgentTexts, Gathered, Item};
use one::{Sent, Written};

/// What is said where nothing had begun.
const STOPPED: &str = "Stopped before the plan was made. Nothing was published.";
/// Walkthroughs that the library keeps in one write at most.
const BATCH: usize = 16;

/// What to publish, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PlanPublish {
    /// The walkthroughs; the library has a draft of each.
    pub ids: Vec<WalkthroughId>,
    /// The connection.
    pub connection: ConnectionId,
    /// Which version of them.
    pub version: Version,
    /// Under which status, and whether over what changed there.
    pub intent: Intent,
}

/// A plan to carry out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RunPublish {
    /// What was planned.
    pub plan: PlanPublish,
    /// The digest of the plan that the person saw; `None` publishes whatever is planned now.
    pub digest: Option<String>,
    /// Whether the person has answered the plan's questions with yes.
    pub is_confirmed: bool,
}

/// What became of one walkthrough.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "PublishOutcome")]
pub struct Outcome {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// What production has now, if it has what was planned. The revision is 0 where nothing had to be written.
    pub published: Option<Published>,
    /// Whether production had it and has it no longer.
    pub is_deleted: bool,
    /// Why it was not published.
    pub error: Option<Error>,
}

/// Something is done.
#[derive(Debug)]
pub struct Step<'a> {
    /// How many are done, this one included.
    pub done: u32,
    /// Of how many.
    pub total: u32,
    /// What became of it.
    pub outcome: &'a Outcome,
}

/// What publishing would do. Writes nothing to production; settles in the library what an earlier publish left open.
///
/// # Errors
/// `NotFound` for a draft, connection or organization that is not there; `SchemaMismatch` and `PermissionDenied` naming
/// what is missing; what [`crate::connections::open`] gives; `Cancelled` as soon as somebody stops it.
pub async fn plan(app: &App, input: &PlanPublish, cancel: &CancellationToken) -> Result<Plan> {
    let connection = connections::find(&app.library, input.connection.as_str()).await?;
    let platform = unless_stopped(cancel, STOPPED, crate::connections::open(app, &connection)).await?;
    let planned = plan_on(app, &platform, input, cancel).await;
    platform.close().await;
    planned
}

/// As [`plan`], for somebody who looks again and again: over a database that is kept open.
///
/// # Errors
/// Those of [`plan`].
pub async fn plan_again(app: &App, kept: &Kept, input: &PlanPublish) -> Result<Plan> {
    let connection = connections::find(&app.library, input.connection.as_str()).await?;
    let platform = kept.open(app, &connection).await?;
    let planned = plan_on(app, &platform, input, &CancellationToken::new()).await;
    match &planned {
        Err(error) if error.code == Code::Unreachable => platform.close().await,
        _ => kept.keep(connection, platform),
    }
    planned
}

async fn plan_on(app: &App, platform: &Platform, input: &PlanPublish, cancel: &CancellationToken) -> Result<Plan> {
    let gathered = gather::gather(app, platform, input, AgentTexts::Compared, cancel).await?;
    Ok(gathered.into_plan(app, input))
}

/// Carries a plan out, up to four walkthroughs at once, and tells of each as it is done. Outcomes come in the order of
/// `input.plan.ids`. Cancelling lets those under way finish; before the first has begun it is an error.
///
/// # Errors
/// Those of [`plan`]; `Conflict` where the plan is no longer the one of the digest, and `Refused` where its questions
/// are open: then nothing was written.
pub async fn run(
    app: &App,
    input: &RunPublish,
    cancel: &CancellationToken,
    progress: &(dyn Fn(Step<'_>) + Send + Sync),
) -> Result<Vec<Outcome>> {
    let connection = connections::find(&app.library, input.plan.connection.as_str()).await?;
    let platform = unless_stopped(cancel, STOPPED, crate::connections::open(app, &connection)).await?;
    let outcomes = run_on(app, &platform, input, cancel, progress).await;
    platform.close().await;
    outcomes
}

async fn run_on(
    app: &App,
    platform: &Platform,
    input: &RunPublish,
    cancel: &CancellationToken,
    progress: &(dyn Fn(Step<'_>) + Send + Sync),
) -> Result<Vec<Outcome>> {
    let gathered = gather::gather(app, platform, &input.plan, AgentTexts::Left, cancel).await?;
    check_consent(&gathered, input)?;
    note(app, platform, &input.plan.version, &gathered).await?;
    let total = gathered.items.len() as u32;
    let stop = Stop { cancel, is_unreachable: AtomicBool::new(false) };
    let stop = &stop;
    let send = |(place, item)| async move { send_item(app, platform, place, item, stop).await };
    let (done, mut arriving) = mpsc::channel(BATCH);
    let sending = async move {
        let mut sent =
            stream::iter(gathered.items.into_iter().enumerate().map(send)).buffer_unordered(CONNECTIONS_MAX as usize);
        while let Some(answer) = sent.next().await {
            // The other end reads until this one is dropped.
            let _ = done.send(answer).await;
        }
    };
    let keeping = async {
        let mut results: Vec<(usize, Outcome)> = Vec::with_capacity(total as usize);
        let mut batch = Vec::with_capacity(BATCH);
        while arriving.recv_many(&mut batch, BATCH).await > 0 {
            for (place, outcome) in keep_batch(app, platform, &input.plan.version, std::mem::take(&mut batch)).await {
                let done = results.len() as u32 + 1;
                progress(Step { done, total, outcome: &outcome });
                results.push((place, outcome));
            }
        }
        results
    };
    // Production is written while the library keeps what was written before.
    let ((), mut results) = tokio::join!(sending, keeping);
    results.sort_by_key(|(place, _)| *place);
    Ok(results.into_iter().map(|(_, outcome)| outcome).collect())
}

/// One walkthrough that production has heard of, or not, and the library not yet.
struct Answer {
    place: usize,
    id: WalkthroughId,
    title: String,
    sent: Result<Sent>,
}

/// One write to the library for all that arrived meanwhile.
async fn keep_batch(app: &App, platform: &Platform, version: &Version, batch: Vec<Answer>) -> Vec<(usize, Outcome)> {
    for answer in &batch {
        if let Ok(sent) = &answer.sent {
            one::note_in_history(app, platform, version, &answer.id, sent).await;
        }
    }
    let written = batch.iter().filter_map(|answer| match &answer.sent {
        Ok(Sent::Written(written)) if written.is_kept => Some(written),
        _ => None,
    });
    let written: Vec<&Written> = written.collect();
    if let Err(error) = one::keep(app, platform, &written).await {
        // Production has them. The attempts are noted, so that the next plan finds out.
        tracing::error!(?error, "what was published could not be kept in the library");
    }
    batch.into_iter().map(|answer| (answer.place, answer.into_outcome())).collect()
}

impl Answer {
    fn into_outcome(self) -> Outcome {
        let Answer { id, title, sent, .. } = self;
        let is_deleted = matches!(sent, Ok(Sent::Deleted));
        let (published, error) = match sent {
            Ok(Sent::Written(written)) => (Some(one::published(&written)), None),
            Ok(Sent::Nothing(published)) => (Some(published), None),
            Ok(Sent::Deleted) => (None, None),
            Err(error) => (None, Some(error)),
        };
        Outcome { id, title, published, is_deleted, error }
    }
}

/// The plan is the one that was seen, and its questions are answered.
fn check_consent(gathered: &Gathered, input: &RunPublish) -> Result<()> {
    if input.digest.as_ref().is_some_and(|digest| *digest != gathered.digest) {
        return Err(Error::new(Code::Conflict, "The draft or production changed since the plan was made.")
            .with_hint("Plan again to see what changed."));
    }
    let writes = gathered.items.iter().filter(|item| refusal(&item.plan).is_none());
    let questions: Vec<&str> = writes.flat_map(|item| &item.plan.confirmations).map(String::as_str).collect();
    if questions.is_empty() || input.is_confirmed {
        return Ok(());
    }
    Err(Error::new(Code::Refused, format!("Publishing needs a yes: {}", questions.join(" ")))
        .with_hint("Confirm in the window, or publish with `--yes`."))
}

/// Notes everything that is about to be sent.
async fn note(app: &App, platform: &Platform, version: &Version, gathered: &Gathered) -> Result<()> {
    let writes = gathered.items.iter().filter(|item| item.is_written() && item.is_kept);
    let targets: Vec<Walkthrough> = writes.map(|item| item.target.clone()).collect();
    attempts::note_attempts(&app.library, &platform.connection().id, version, &targets).await
}

async fn send_item(app: &App, platform: &Platform, place: usize, item: Item, stop: &Stop<'_>) -> Answer {
    let title = item.mine.title.clone();
    let sent = match refusal(&item.plan).or_else(|| stop.reason(&title)) {
        Some(error) if item.is_written() && item.is_kept => one::give_up(app, platform, &item).await.and(Err(error)),
        Some(error) => Err(error),
        None => one::publish(app, platform, &item).await,
    };
    if let Err(error) = &sent {
        stop.hear(error);
    }
    Answer { place, id: item.mine.id, title, sent }
}

/// Why those that have not begun do not begin any more.
struct Stop<'a> {
    cancel: &'a CancellationToken,
    is_unreachable: AtomicBool,
}

impl Stop<'_> {
    fn reason(&self, title: &str) -> Option<Error> {
        if self.cancel.is_cancelled() {
            return Some(Error::new(
                Code::Cancelled,
                format!("`{title}` was not published, because publishing was stopped."),
            ));
        }
        // Waiting for a database that is gone, a thousand times over, helps nobody.
        self.is_unreachable.load(Ordering::Relaxed).then(|| {
            Error::new(Code::Unreachable, format!("`{title}` was not published, because the database does not answer."))
                .with_hint("Publish the rest when it does.")
        })
    }

    fn hear(&self, error: &Error) {
        if matches!(error.code, Code::Unreachable | Code::OutcomeUnknown) {
            self.is_unreachable.store(true, Ordering::Relaxed);
        }
    }
}

/// Why a plan cannot be carried out.
fn refusal(plan: &WalkthroughPlan) -> Option<Error> {
    let blocking = plan.problems.iter().find(|problem| problem.severity == Severity::Error)?;
    let code = if plan.action == Action::Conflict { Code::Conflict } else { Code::Refused };
    let error = Error::new(code, format!("`{}` was not published: {}", plan.title, blocking.message));
    Some(match &blocking.hint {
        Some(hint) => error.with_hint(hint.clone()),
        None => error,
    })
}

impl Gathered {
    fn into_plan(self, app: &App, input: &PlanPublish) -> Plan {
        Plan {
            connection: input.connection.clone(),
            made_at: (app.env.now)(),
            digest: self.digest,
            walkthroughs: self.items.into_iter().map(|item| item.plan).collect(),
        }
    }
}

impl Item {
    fn is_written(&self) -> bool {
        matches!(self.plan.action, Action::Create | Action::Update | Action::Delete) && refusal(&self.plan).is_none()
    }
}

/// The number that production is to carry: one more than it or the last sync has.
fn next_revision(base: Option<u32>, theirs: Option<&Walkthrough>) -> u32 {
    base.max(theirs.and_then(plan::revision)).unwrap_or_default() + 1
}

#[cfg(test)]
mod tests;
