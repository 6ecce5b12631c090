//! Runs of models through walkthroughs, kept with what was checked; and the providers of those models ([`providers`]).
//!
//! A run is written again and again while it goes on, each time whole, so that what happened up to a crash is there. It
//! goes with its walkthrough.

use serde::{Deserialize, Serialize};
use waymark_core::{
    agent_run::{
        beside::{self, Row},
        checks::CheckResult,
        provider::Cost,
        run::{Ending, RunSummary},
        script::Speaker,
        transcript::{Totals, Transcript},
    },
    error::{Error, Result},
    hash::content_hash,
    id::{AgentRunId, WalkthroughId},
    json::FreeJson,
    learner::call::Profile,
    walkthrough::Millis,
};

use crate::{Library, changes::What, drafts, write::Write};

pub mod providers;
mod store;
#[cfg(test)]
mod tests;

/// A kept run with everything that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct KeptRun {
    /// In a line.
    pub summary: RunSummary,
    /// Turn by turn.
    pub transcript: Transcript,
}

/// Two runs side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ComparedRuns {
    /// One of them.
    pub left: KeptRun,
    /// The other.
    pub right: KeptRun,
    /// The stretches that belong together.
    pub rows: Vec<Row>,
}

/// What is stored of a summary besides its own columns.
#[derive(Serialize, Deserialize)]
struct Line {
    provider: String,
    model: String,
    speaker: Speaker,
    profile: Profile,
    template: Option<String>,
    ending: Ending,
    checks: Vec<CheckResult>,
    totals: Totals,
    cost: Option<Cost>,
}

/// Keeps a run as it is by now, in the place of what was kept of it before.
///
/// # Errors
/// `NotFound` where the walkthrough is gone.
pub async fn keep(library: &Library, run: &KeptRun, origin: &str) -> Result<()> {
    let RunSummary { id, walkthrough, at, content_hash, .. } = &run.summary;
    // Also in the trash: a run may go on while its walkthrough is thrown away.
    drafts::open(library, walkthrough).await?;
    let mut write = Write::begin(library).await?;
    let row = store::Row {
        id: id.0.clone(),
        walkthrough_id: walkthrough.0.clone(),
        at: at.0,
        summary: FreeJson::of(&line(&run.summary)).as_str().to_owned(),
        content_hash: content_hash.clone(),
        transcript: FreeJson::of(&run.transcript).as_str().to_owned(),
    };
    store::put(write.connection(), &row).await?;
    write.announce(What::AgentRun, walkthrough.as_str(), origin).await?;
    write.commit().await
}

/// The runs of a walkthrough, the latest first. What a newer Waymark kept and this one cannot read is left out.
///
/// # Errors
/// `NotFound`.
pub async fn list(library: &Library, walkthrough: &WalkthroughId) -> Result<Vec<RunSummary>> {
    let hash = content_hash(&drafts::open(library, walkthrough).await?.draft.walkthrough);
    let rows = store::list(library, walkthrough).await?;
    Ok(rows.into_iter().filter_map(|row| summary(row, &hash).ok()).collect())
}

/// A run with everything that happened.
///
/// # Errors
/// `NotFound`; `InvalidInput` where a newer Waymark kept what this one cannot read.
pub async fn read(library: &Library, id: &AgentRunId) -> Result<KeptRun> {
    let row = store::find(library, id).await?.ok_or_else(|| no_such(id))?;
    let hash = content_hash(&drafts::open(library, &row.walkthrough_id.as_str().into()).await?.draft.walkthrough);
    let transcript = FreeJson::parse(&row.transcript)?.read()?;
    Ok(KeptRun { summary: summary(row.into(), &hash)?, transcript })
}

/// Two runs side by side. They may be of different walkthroughs, and then have nothing in common.
///
/// # Errors
/// Those of [`read`].
pub async fn compare(library: &Library, left: &AgentRunId, right: &AgentRunId) -> Result<ComparedRuns> {
    let (left, right) = (read(library, left).await?, read(library, right).await?);
    let rows = beside::rows(&left.transcript, &right.transcript);
    Ok(ComparedRuns { left, right, rows })
}

/// Removes a run.
///
/// # Errors
/// `NotFound`.
pub async fn remove(library: &Library, id: &AgentRunId, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    let walkthrough = store::delete(write.connection(), id).await?.ok_or_else(|| no_such(id))?;
    write.announce(What::AgentRun, &walkthrough, origin).await?;
    write.commit().await
}

fn line(summary: &RunSummary) -> Line {
    let RunSummary { provider, model, speaker, profile, template, ending, checks, totals, cost, .. } = summary.clone();
    Line { provider, model, speaker, profile, template, ending, checks, totals, cost }
}

fn summary(row: store::Line, draft_hash: &str) -> Result<RunSummary> {
    let Line { provider, model, speaker, profile, template, ending, checks, totals, cost } =
        FreeJson::parse(&row.summary)?.read()?;
    Ok(RunSummary {
        id: row.id.into(),
        walkthrough: row.walkthrough_id.into(),
        at: Millis(row.at),
        provider,
        model,
        speaker,
        profile,
        template,
        is_current: row.content_hash == draft_hash,
        content_hash: row.content_hash,
        ending,
        checks,
        totals,
        cost,
    })
}

fn no_such(id: &AgentRunId) -> Error {
    Error::not_found(format!("There is no run `{id}`."))
        .with_hint("`waymark agent-run WALKTHROUGH --list` shows the runs that are kept.")
}
