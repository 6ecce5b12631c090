//! Pulling: production's version into the library, ids and all.
//!
//! **Invariant.** Nothing that was written here is lost: a draft with edits that production does not have is joined with
//! production's version where nothing is in conflict, and left alone where something is; what changes a draft is an edit
//! that can be taken back.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use waymark_core::{
    diff,
    edit::Edit,
    error::{Code, Error, Result},
    hash,
    id::{ConnectionId, WalkthroughId},
    merge::Conflict,
    publish::plan,
    walkthrough::Walkthrough,
};
use waymark_library::{
    connections, drafts,
    edits::{self, ApplyEdit},
    revisions::{self, Reason, SaveRevision},
    sync::{self, SyncBase},
};
use waymark_platform::{connect::Platform, content};

use crate::{App, drift, merge, publish::gather, stop::unless_stopped};

/// What is said where nothing had begun.
const STOPPED: &str = "Stopped. Nothing was pulled.";
/// Walkthroughs that are read from production at once.
const BATCH: usize = 100;

/// What to pull, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Pull {
    /// Which; `None` for all that the organization has.
    pub ids: Option<Vec<WalkthroughId>>,
    /// The connection.
    pub connection: ConnectionId,
}

/// What became of one walkthrough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PullAction {
    /// The library did not have it.
    Added,
    /// The draft is what production has now.
    Updated,
    /// Both changed, and the draft has both now.
    Merged,
    /// Production has nothing new. Edits of the draft stay.
    Unchanged,
    /// Both changed the same places: nothing was done.
    Conflict,
}

/// One walkthrough after a pull.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Pulled {
    /// Which.
    pub id: WalkthroughId,
    /// Its title in production.
    pub title: String,
    /// What became of it.
    pub action: PullAction,
    /// Why it is a conflict, and what to do.
    pub error: Option<Error>,
    /// What both changed, each in another way.
    pub conflicts: Vec<Conflict>,
}

/// What a pull came to.
#[derive(Debug, Serialize)]
pub struct PulledAll {
    /// Those that were looked at, in the order asked for, or by title.
    pub walkthroughs: Vec<Pulled>,
    /// How many were not begun, because somebody stopped it.
    pub left: u32,
}

/// Pulls walkthroughs, each in a write of its own. Whoever stops it keeps what came until then.
/// What both changed is joined where nothing is in conflict.
///
/// # Errors
/// `NotFound` for an id that the organization does not have (then nothing is pulled) or an unknown connection;
/// `SchemaMismatch`, `PermissionDenied`, and what [`crate::connections::open`] gives. `Cancelled` where it was stopped
/// before anything was pulled.
pub async fn run(app: &App, input: &Pull, stop: &CancellationToken) -> Result<PulledAll> {
    let connection = connections::find(&app.library, input.connection.as_str()).await?;
    let platform = unless_stopped(stop, STOPPED, crate::connections::open(app, &connection)).await?;
    let found = unless_stopped(stop, STOPPED, read(&platform, input.ids.as_deref())).await;
    let pulled = match found {
        Ok(found) => receive_all(app, &platform, found, stop).await,
        Err(error) => Err(error),
    };
    platform.close().await;
    pulled
}

async fn read(platform: &Platform, ids: Option<&[WalkthroughId]>) -> Result<Vec<Walkthrough>> {
    let ids = match ids {
        Some(ids) => ids.to_vec(),
        None => content::list(platform).await?.into_iter().map(|summary| summary.id).collect(),
    };
    let mut found = Vec::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        found.extend(content::read(platform, batch).await?);
    }
    Ok(found)
}

async fn receive_all(
    app: &App,
    platform: &Platform,
    found: Vec<Walkthrough>,
    stop: &CancellationToken,
) -> Result<PulledAll> {
    let total = found.len();
    let mut walkthroughs = Vec::with_capacity(total);
    for theirs in found {
        if stop.is_cancelled() {
            break;
        }
        walkthroughs.push(receive(app, platform, theirs).await?);
    }
    let left = (total - walkthroughs.len()) as u32;
    Ok(PulledAll { walkthroughs, left })
}

async fn receive(app: &App, platform: &Platform, theirs: Walkthrough) -> Result<Pulled> {
    let remote = platform.connection().id.as_str();
    let mine = match drafts::open(&app.library, &theirs.id).await {
        Ok(open) => Some(open.draft),
        Err(error) if error.code == Code::NotFound => None,
        Err(error) => return Err(error),
    };
    let base = match &mine {
        Some(mine) => gather::settled_base(app, platform, &mine.walkthrough, Some(&theirs)).await?,
        None => sync::base(&app.library, &theirs.id, remote).await?,
    };
    let seen = base.as_ref().map(|base| drift::seen(base, Some(&theirs)));
    let base = base.map(|base| base.walkthrough);
    let action = match &mine {
        None => PullAction::Added,
        Some(mine) => compare(&mine.walkthrough, base.as_ref(), &theirs),
    };
    match action {
        PullAction::Added => {
            drafts::receive(&app.library, theirs.clone(), &app.env.origin).await?;
        }
        PullAction::Updated => replace(app, &theirs, mine.is_some_and(|mine| mine.trashed_at.is_some())).await?,
        PullAction::Conflict => return receive_both(app, platform, theirs).await,
        PullAction::Unchanged | PullAction::Merged => {}
    }
    if action != PullAction::Unchanged || base.as_ref() != Some(&theirs) {
        keep(app, platform, &theirs, action != PullAction::Unchanged).await?;
    } else {
        drift::note(app, platform, seen.as_slice()).await;
    }
    Ok(Pulled { id: theirs.id, title: theirs.title, action, error: None, conflicts: Vec::new() })
}

/// Both changed: they are joined where nothing is in conflict.
async fn receive_both(app: &App, platform: &Platform, theirs: Walkthrough) -> Result<Pulled> {
    let (id, title) = (theirs.id.clone(), theirs.title.clone());
    let joined = merge::join(app, platform, theirs).await?;
    let conflicts = joined.merge.conflicts.clone();
    if conflicts.is_empty() {
        let merged = joined.merge.merged.clone();
        merge::keep(app, &platform.connection().id, &joined, merged).await?;
        return Ok(Pulled { id, title, action: PullAction::Merged, error: None, conflicts });
    }
    let error = Some(conflict(&title, conflicts.len()));
    Ok(Pulled { id, title, action: PullAction::Conflict, error, conflicts })
}

fn compare(mine: &Walkthrough, base: Option<&Walkthrough>, theirs: &Walkthrough) -> PullAction {
    let is_same = hash::content_hash(mine) == hash::content_hash(theirs)
        && diff::assignments(Some(theirs), mine).is_empty()
        && mine.status == theirs.status;
    let has_edits = base.is_none_or(|base| diff::count_changes(Some(base), mine) > 0);
    let is_new = base.is_none_or(|base| !hash::is_same_state(base, theirs));
    match (is_same, is_new, has_edits) {
        (true, ..) | (_, false, _) => PullAction::Unchanged,
        (_, true, false) => PullAction::Updated,
        (_, true, true) => PullAction::Conflict,
    }
}

fn conflict(title: &str, count: usize) -> Error {
    let places = if count == 1 { "in 1 place".to_owned() } else { format!("in {count} places") };
    Error::new(Code::Conflict, format!("`{title}` was changed here and in production {places}; nothing was done."))
        .with_hint("Merge the two: on the publish screen, or with `waymark merge`.")
}

async fn replace(app: &App, theirs: &Walkthrough, is_trashed: bool) -> Result<()> {
    let replace = Edit::Replace { walkthrough: Box::new(theirs.clone()) };
    let edit = match is_trashed {
        true => Edit::Batch { edits: vec![Edit::SetTrashed { at: None }, replace] },
        false => replace,
    };
    let apply = ApplyEdit { walkthrough: theirs.id.clone(), edit, seen_version: None, origin: app.env.origin.clone() };
    edits::apply_over(&app.library, apply, Reason::BeforePull).await.map(drop)
}

async fn keep(app: &App, platform: &Platform, theirs: &Walkthrough, is_new: bool) -> Result<()> {
    let connection = &platform.connection().id;
    let revision = plan::revision(theirs);
    if is_new {
        let save = SaveRevision {
            walkthrough: theirs.clone(),
            reason: Reason::Pulled,
            name: None,
            author: None,
            connection: Some(connection.clone()),
            remote_revision: revision,
        };
        revisions::save(&app.library, save, &app.env.origin).await?;
    }
    let base =
        SyncBase { walkthrough: theirs.clone(), revision: revision.unwrap_or_default(), synced_at: (app.env.now)() };
    sync::set_base(&app.library, connection.as_str(), base, &app.env.origin).await
}

#[cfg(test)]
mod tests;
