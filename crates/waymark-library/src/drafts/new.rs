//! Drafts that come to be: by creation, from a file, from production, as a copy.

use std::{collections::HashMap, sync::Arc};

use sqlx::SqliteConnection;
use waymark_core::{
    edit::{Draft, Edit},
    error::{Code, Error, Result},
    hash::{CONTENT_HASH_KEY, REVISION_KEY},
    id::{StepId, WalkthroughId},
    json, limits,
    walkthrough::{Walkthrough, WalkthroughStatus, sort_steps},
};

use super::{OpenDraft, cache::Versioned, derive, store};
use crate::{
    Library,
    changes::What,
    edits::journal::{self, Entry, Kind},
    failure::Attempted,
    write::Write,
};

/// More tries than this to find a free id mean that the randomness is none.
const TRIES: usize = 100;
const ADDING: &str = "Adding the draft";

/// Adds a walkthrough as version 1 of a draft, with the first entry of its journal.
pub(crate) async fn add(
    library: &Library,
    mut write: Write,
    mut walkthrough: Walkthrough,
    origin: &str,
) -> Result<OpenDraft> {
    sort_steps(&mut walkthrough.steps);
    walkthrough.assignments.sort_by(|a, b| a.server.cmp(&b.server));
    let now = library.now();
    let connection = write.connection();
    refuse_taken_id(connection, &walkthrough.id).await?;
    store::add(connection, &walkthrough).await?;
    let (key, at) = (walkthrough.id.as_str(), now.0);
    sqlx::query!("INSERT INTO drafts (walkthrough_id, version, changed_at) VALUES (?, 1, ?)", key, at)
        .execute(&mut *connection)
        .await
        .attempted(ADDING)?;
    let edit = Edit::Replace { walkthrough: Box::new(walkthrough.clone()) };
    let inverse = Edit::SetTrashed { at: Some(now) };
    let entry = Entry { kind: Kind::Create, edit: &edit, inverse: &inverse, origin, at: now };
    journal::add(connection, &walkthrough.id, 1, entry).await?;
    derive::forget_titles(connection, [&walkthrough.title, ""]).await?;
    let draft = Arc::new(Draft { walkthrough, trashed_at: None });
    write.announce(What::Draft, draft.walkthrough.id.as_str(), origin).await?;
    write.commit().await?;
    library.cache().put(Versioned { version: 1, draft: draft.clone() });
    Ok(OpenDraft { draft: draft.as_ref().clone(), version: 1, can_undo: false, can_redo: false })
}

/// Refuses the title of another draft that is not in the trash.
pub(crate) async fn refuse_taken_title(connection: &mut SqliteConnection, walkthrough: &Walkthrough) -> Result<()> {
    match other_with_title(connection, &walkthrough.title, &walkthrough.id).await? {
        None => Ok(()),
        Some(id) => Err(Error::invalid(format!("Another walkthrough has the title `{}`: {id}.", walkthrough.title))
            .with_field("title")
            .with_hint("Choose another title, or rename the other walkthrough first.")),
    }
}

async fn other_with_title(
    connection: &mut SqliteConnection,
    title: &str,
    than: &WalkthroughId,
) -> Result<Option<String>> {
    let than = than.as_str();
    sqlx::query_scalar!(
        "SELECT w.id FROM walkthroughs w JOIN drafts d ON d.walkthrough_id = w.id
         WHERE w.title = ? AND w.id <> ? AND d.trashed_at IS NULL LIMIT 1",
        title,
        than
    )
    .fetch_optional(connection)
    .await
    .attempted("Looking for the title")
}

async fn has_id(connection: &mut SqliteConnection, id: &str) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM walkthroughs WHERE id = ?1)
            OR EXISTS (SELECT 1 FROM walkthrough_steps WHERE id = ?1) AS "found!: bool""#,
        id
    );
    found.fetch_one(connection).await.attempted("Looking for the id")
}

async fn refuse_taken_id(connection: &mut SqliteConnection, id: &WalkthroughId) -> Result<()> {
    if !has_id(connection, id.as_str()).await? {
        return Ok(());
    }
    Err(Error::new(Code::Conflict, format!("The library already has a walkthrough with the id `{id}`."))
        .with_hint("Nothing was written. Update the one that is there, or bring it in as a copy."))
}

/// An id that no walkthrough of the library has.
pub(super) async fn free_id(library: &Library, connection: &mut SqliteConnection) -> Result<WalkthroughId> {
    for _ in 0..TRIES {
        let id = WalkthroughId::mint(library.random());
        if !has_id(connection, id.as_str()).await? {
            return Ok(id);
        }
    }
    Err(Error::bug("No free id was found."))
}

async fn free_step_id(library: &Library, connection: &mut SqliteConnection) -> Result<StepId> {
    for _ in 0..TRIES {
        let id = StepId::mint(library.random());
        if !has_id(connection, id.as_str()).await? {
            return Ok(id);
        }
    }
    Err(Error::bug("No free id was found."))
}

/// The same content under new ids: a draft of its own, that is assigned nowhere and was never published.
pub(crate) async fn copy(
    library: &Library,
    connection: &mut SqliteConnection,
    original: &Walkthrough,
) -> Result<Walkthrough> {
    let now = Some(library.now());
    let mut copy = original.clone();
    copy.id = free_id(library, connection).await?;
    copy.title = free_title(connection, &original.title, &copy.id).await?;
    copy.status = WalkthroughStatus::Draft;
    copy.assignments = Vec::new();
    copy.metadata = [REVISION_KEY, CONTENT_HASH_KEY]
        .into_iter()
        .fold(copy.metadata, |metadata, key| json::with_own(metadata.as_ref(), key, None));
    (copy.created_at, copy.updated_at) = (now, now);
    let mut ids = HashMap::with_capacity(copy.steps.len());
    for step in &mut copy.steps {
        let id = free_step_id(library, connection).await?;
        ids.insert(std::mem::replace(&mut step.id, id.clone()), id);
        // Creation times stay: they break ties of the order.
        step.updated_at = now;
    }
    for step in &mut copy.steps {
        step.next_step_id = step.next_step_id.as_ref().and_then(|next| ids.get(next).cloned());
    }
    Ok(copy)
}

/// `<title> (copy)`, `<title> (copy 2)` and so on; a long title is cut so that it fits.
async fn free_title(connection: &mut SqliteConnection, title: &str, id: &WalkthroughId) -> Result<String> {
    let mut number = 1;
    loop {
        let suffix = if number == 1 { " (copy)".to_owned() } else { format!(" (copy {number})") };
        let kept: String = title.chars().take(limits::TITLE_MAX - suffix.chars().count()).collect();
        let candidate = format!("{}{suffix}", kept.trim_end());
        if other_with_title(connection, &candidate, id).await?.is_none() {
            return Ok(candidate);
        }
        number += 1;
    }
}
