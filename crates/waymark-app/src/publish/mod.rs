//! Publishing drafts through a connection: plan, then run exactly that plan.
//!
//! **Invariants.** What is written was planned: a run re-reads everything and refuses another plan than the one whose
//! digest it was given. An attempt is noted in the library before production is touched, and what production had is
//! kept as a revision before it is overwritten. One walkthrough is one transaction; those that are done stay done.

mod gather;
mod one;

use std::sync::atomic::{AtomicBool, Ordering};

use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use waymark_core::{
    error::{Code, Error, Result},
    id::{ConnectionId, WalkthroughId},
    lint::Severity,
    publish::{
        Action, Plan, Published, WalkthroughPlan,
        plan::{self, Intent},
    },
    walkthrough::Walkthrough,
};
use waymark_library::{connections, publish as attempts};
use waymark_platform::connect::{CONNECTIONS_MAX, Platform};

use crate::App;
use gather::{Gathered, Item};

/// What to publish, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PlanPublish {
    /// The drafts.
    pub ids: Vec<WalkthroughId>,
    /// The connection.
    pub connection: ConnectionId,
    /// Upload without exposing, overwrite.
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
/// what is missing; what [`crate::connections::open`] gives.
pub async fn plan(app: &App, input: &PlanPublish) -> Result<Plan> {
    let connection = connections::find(&app.library, input.connection.as_str()).await?;
    let platform = crate::connections::open(app, &connection).await?;
    let gathered = gather::gather(app, &platform, input).await;
    platform.close().await;
    gathered.map(|gathered| gathered.into_plan(app, input))
}

/// Carries a plan out, up to four walkthroughs at once, and tells of each as it is done. Outcomes come in the order of
/// `input.plan.ids`. Cancelling lets those under way finish.
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
    let platform = crate::connections::open(app, &connection).await?;
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
    let gathered = gather::gather(app, platform, &input.plan).await?;
    check_consent(&gathered, input)?;
    note(app, platform, &gathered).await?;
    let total = gathered.items.len() as u32;
    let mut done = 0;
    let stop = Stop { cancel, is_unreachable: AtomicBool::new(false) };
    let stop = &stop;
    let publish = |(place, item)| async move { (place, publish_item(app, platform, item, stop).await) };
    let mut results: Vec<(usize, Outcome)> = Vec::with_capacity(gathered.items.len());
    let mut running =
        stream::iter(gathered.items.into_iter().enumerate().map(publish)).buffer_unordered(CONNECTIONS_MAX as usize);
    while let Some((place, outcome)) = running.next().await {
        done += 1;
        progress(Step { done, total, outcome: &outcome });
        results.push((place, outcome));
    }
    results.sort_by_key(|(place, _)| *place);
    Ok(results.into_iter().map(|(_, outcome)| outcome).collect())
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
async fn note(app: &App, platform: &Platform, gathered: &Gathered) -> Result<()> {
    let writes = gathered.items.iter().filter(|item| item.is_written());
    let targets: Vec<Walkthrough> = writes.map(|item| item.target.clone()).collect();
    attempts::note_attempts(&app.library, &platform.connection().id, &targets).await
}

async fn publish_item(app: &App, platform: &Platform, item: Item, stop: &Stop<'_>) -> Outcome {
    let (id, title) = (item.mine.id.clone(), item.mine.title.clone());
    let published = match refusal(&item.plan).or_else(|| stop.reason(&title)) {
        Some(error) if item.is_written() => one::give_up(app, platform, &item).await.and(Err(error)),
        Some(error) => Err(error),
        None => one::publish(app, platform, &item).await,
    };
    match published {
        Ok(published) => Outcome { id, title, published: Some(published), error: None },
        Err(error) => {
            stop.hear(&error);
            Outcome { id, title, published: None, error: Some(error) }
        }
    }
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
        matches!(self.plan.action, Action::Create | Action::Update) && refusal(&self.plan).is_none()
    }
}

/// The number that production is to carry: one more than it or the last sync has.
fn next_revision(base: Option<u32>, theirs: Option<&Walkthrough>) -> u32 {
    base.max(theirs.and_then(plan::revision)).unwrap_or_default() + 1
}

#[cfg(test)]
mod tests;
