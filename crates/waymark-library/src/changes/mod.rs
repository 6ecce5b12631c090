//! What was written, in order: by this process and by every other that has the library open.

use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, SqlitePool};
use tokio::sync::broadcast;
use waymark_core::error::Result;

use crate::{Library, failure::Attempted, write::Write};

#[cfg(test)]
mod tests;
pub(crate) mod watch;

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A draft: `id` is its id.
    Draft,
    /// A revision was put by: `id` is the walkthrough's.
    Revision,
    /// A sync base: `id` is the walkthrough's.
    SyncBase,
    /// A connection: `id` is its id.
    Connection,
    /// Remembered servers: `id` is the connection's.
    Servers,
    /// Preview learners and the log of their calls: `id` is the walkthrough's, and empty where it is about none.
    Learner,
    /// A snippet: `id` is its name.
    Snippet,
    /// Own words, or what the library has chosen about lint: every draft may have other findings.
    Lint,
    /// A template: `id` is its name.
    Template,
    /// Kept conversations: `id` is the walkthrough's.
    Conversation,
    /// A release: `id` is its id.
    Release,
    /// Comments and decisions: `id` is the walkthrough's, and empty where it is about the name that they go under.
    Review,
    /// A wording, or where one is used: every agent's text may be another.
    Wording,
    /// Runs of models: `id` is the walkthrough's.
    AgentRun,
    /// A provider of models: `id` is its id.
    Provider,
}

/// One write, after its commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Change {
    /// Counts up; below 2^53.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub seq: i64,
    /// What it is about.
    pub what: What,
    /// Which one.
    pub id: String,
    /// Who wrote: whatever the writer passed as `origin`.
    pub origin: String,
}

impl What {
    const ALL: [What; 15] = [
        What::Draft,
        What::Revision,
        What::SyncBase,
        What::Connection,
        What::Servers,
        What::Learner,
        What::Snippet,
        What::Template,
        What::Lint,
        What::Conversation,
        What::Release,
        What::Review,
        What::Wording,
        What::AgentRun,
        What::Provider,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            What::Draft => "draft",
            What::Revision => "revision",
            What::SyncBase => "sync_base",
            What::Connection => "connection",
            What::Servers => "servers",
            What::Learner => "learner",
            What::Snippet => "snippet",
            What::Lint => "lint",
            What::Template => "template",
            What::Conversation => "conversation",
            What::Release => "release",
            What::Review => "review",
            What::Wording => "wording",
            What::AgentRun => "agent_run",
            What::Provider => "provider",
        }
    }

    /// What a newer Waymark writes beyond this list is skipped.
    fn of(name: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.name() == name)
    }
}

/// The changes after `seq`, oldest first. The oldest of all are forgotten after some ten thousand.
///
/// # Errors
/// Those of the file.
pub async fn since(library: &Library, seq: i64) -> Result<Vec<Change>> {
    let mut connection = library.readers().acquire().await.attempted("Reading the changes")?;
    read_since(&mut connection, seq).await
}

async fn read_since(connection: &mut SqliteConnection, seq: i64) -> Result<Vec<Change>> {
    let rows = sqlx::query!("SELECT seq, what, id, origin FROM changes WHERE seq > ? ORDER BY seq", seq)
        .fetch_all(connection)
        .await
        .attempted("Reading the changes")?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some(Change { seq: row.seq, what: What::of(&row.what)?, id: row.id, origin: row.origin }))
        .collect())
}

/// The last change's number; 0 where there was none.
///
/// # Errors
/// Those of the file.
pub async fn latest(library: &Library) -> Result<i64> {
    latest_of(library.readers()).await
}

pub(crate) async fn latest_of(readers: &SqlitePool) -> Result<i64> {
    sqlx::query_scalar!("SELECT coalesce(max(seq), 0) FROM changes")
        .fetch_one(readers)
        .await
        .attempted("Reading the changes")
}

/// Changes that are kept. Whoever is further behind reads everything anew.
const KEPT: i64 = 10_000;

/// Forgets the oldest changes. They are many before it is worth a write.
pub(crate) async fn forget_oldest(library: &Library) -> Result<()> {
    const FORGETTING: &str = "Tidying up the changes";
    let span = sqlx::query_scalar!("SELECT coalesce(max(seq) - min(seq), 0) FROM changes");
    if span.fetch_one(library.readers()).await.attempted(FORGETTING)? < 2 * KEPT {
        return Ok(());
    }
    let mut write = Write::begin(library).await?;
    sqlx::query!("DELETE FROM changes WHERE seq <= (SELECT max(seq) FROM changes) - ?", KEPT)
        .execute(write.connection())
        .await
        .attempted(FORGETTING)?;
    write.commit().await
}

/// Every change from now on: own ones at once, other processes' within a second. A receiver that lags behind should
/// read everything anew. Has to be called within the runtime.
pub fn watch(library: &Library) -> broadcast::Receiver<Change> {
    library.watch()
}
