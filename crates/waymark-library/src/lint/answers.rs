//! What links answered when they were last asked. Asking is for whoever has a network.

use std::collections::{BTreeMap, HashSet};

use sqlx::SqliteConnection;
use waymark_core::{error::Result, id::WalkthroughId, lint::addresses::LinkAnswer, walkthrough::Millis};

use super::store;
use crate::{Library, changes::What, drafts::derive, write::Write};

/// How long an address that works is not asked again: a day.
const FRESH_MS: i64 = 24 * 60 * 60 * 1_000;
/// How long anything is kept: links that nobody checks any more say nothing any more.
const KEPT_MS: i64 = 30 * FRESH_MS;

/// Addresses that were found to work lately.
///
/// # Errors
/// Those of the file.
pub async fn fresh(library: &Library) -> Result<HashSet<String>> {
    store::fine_since(library, Millis(library.now().0 - FRESH_MS)).await
}

/// Keeps what was answered. What lint says about these drafts is counted anew, and everybody is told.
///
/// # Errors
/// Those of the file.
pub async fn keep(
    library: &Library,
    walkthroughs: &[WalkthroughId],
    answers: &[(String, LinkAnswer)],
    origin: &str,
) -> Result<()> {
    let mut write = Write::begin(library).await?;
    for (address, answer) in answers {
        store::keep_answer(&mut write, address, answer).await?;
    }
    let before = Millis(write.now().0 - KEPT_MS);
    store::forget_answers(&mut write, before).await?;
    for id in walkthroughs {
        derive::forget(write.connection(), id).await?;
        write.announce(What::Draft, id.as_str(), origin).await?;
    }
    write.commit().await
}

/// Every answer that says something is wrong, or may be.
pub(crate) async fn bad(connection: &mut SqliteConnection) -> Result<BTreeMap<String, LinkAnswer>> {
    store::bad_answers(connection).await
}
