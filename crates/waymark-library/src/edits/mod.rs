//! The only way a draft changes: one `Edit`, checked, applied, stored with its inverse, in one transaction.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use waymark_core::{
    edit::{
        self, Draft, Edit,
        change::{self, DraftChange},
    },
    error::{Code, Error, Result},
    id::WalkthroughId,
    rebase,
    walkthrough::{Millis, WalkthroughStatus},
};

use crate::{
    Library,
    changes::What,
    drafts::{cache::Versioned, derive, difference::Difference, new, store},
    edits::journal::{Entry, Kind},
    history::noting,
    revisions::Reason,
    write::Write,
};

pub(crate) mod journal;
mod prepare;
pub(crate) mod pruning;
pub(crate) mod several;
#[cfg(test)]
mod tests;

/// An edit to apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ApplyEdit {
    /// To which draft.
    pub walkthrough: WalkthroughId,
    /// What changes.
    pub edit: Edit,
    /// The version that the edit was made on; `None` for the present one, whatever it is.
    pub seen_version: Option<u32>,
    /// Who writes: comes back with the change that is announced.
    pub origin: String,
}

/// An edit that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Applied {
    /// The version that it made.
    pub version: u32,
    /// What was applied: the edit asked for, its merge with others' edits, or what an undo or redo did.
    pub edit: Edit,
    /// The draft as it is now.
    pub draft: Draft,
    /// The version that it was before.
    pub from_version: u32,
    /// What differs from that one, for a reader that has it.
    pub change: DraftChange,
    /// Set where somebody else had edited since `seen_version`.
    pub rebased: Option<Rebased>,
    /// Whether there is an edit to take back.
    pub can_undo: bool,
    /// Whether there is an edit to do again.
    pub can_redo: bool,
}

/// How an edit came to stand on a newer version than the one it was made on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Rebased {
    /// The version that it was made on.
    pub from_version: u32,
    /// Whether others had changed the same text, so that the two were merged.
    pub is_merged: bool,
}

/// Applies an edit. If others edited since `seen_version`, it goes on top where it touches something else, and is merged
/// where it changes the same text elsewhere. An edit that changes nothing writes nothing.
///
/// # Errors
/// Those of `edit::check` and `edit::apply`; `InvalidInput` on `title` where it is taken; `Conflict` (with both texts)
/// where the same place was changed; `LibraryReadOnly`, `LibraryDamaged`.
pub async fn apply(library: &Library, apply: ApplyEdit) -> Result<Applied> {
    write(library, apply, None).await
}

/// Applies an edit that puts much in the place of what is there, which is kept as a revision first.
///
/// # Errors
/// Those of [`apply`].
pub async fn apply_over(library: &Library, apply: ApplyEdit, reason: Reason) -> Result<Applied> {
    write(library, apply, Some(reason)).await
}

async fn write(library: &Library, apply: ApplyEdit, reason: Option<Reason>) -> Result<Applied> {
    edit::check(&apply.edit)?;
    let mut write = Write::begin(library).await?;
    let done = apply_within(&mut write, apply, reason).await?;
    finish(write, done).await
}

/// An edit that is written and not yet on the disk.
pub(crate) struct Done {
    current: Versioned,
    next: Option<Versioned>,
    edit: Edit,
    rebased: Option<Rebased>,
}

/// Applies an edit that was checked, as a part of another write. [`finish`] ends that write.
pub(crate) async fn apply_within(write: &mut Write, apply: ApplyEdit, reason: Option<Reason>) -> Result<Done> {
    let library = write.library();
    let current = store::load(write.connection(), library.cache(), &apply.walkthrough).await?;
    let worth_keeping = match reason {
        Some(reason) => Some(reason),
        None => noting::due(write, &current.draft).await?,
    };
    let rebase = match apply.seen_version {
        Some(seen) if seen != current.version => Some(rebase(write.connection(), &current, seen, &apply.edit).await?),
        _ => None,
    };
    let rebased = rebase.as_ref().zip(apply.seen_version);
    let rebased = rebased.map(|(rebase, from_version)| Rebased { from_version, is_merged: rebase.is_merged });
    let mut edit = rebase.map_or(apply.edit, |rebase| rebase.edit);
    prepare::stamp(&mut edit, library.now());
    let next = record(write, &current, &edit, Kind::Edit, &apply.origin).await?;
    if let (Some(reason), Some(_)) = (worth_keeping, &next) {
        noting::note(write, &current.draft, reason, &apply.origin).await?;
    }
    Ok(Done { current, next, edit, rebased })
}

/// Takes back the last edit that is in force.
///
/// # Errors
/// `Refused` where there is none.
pub async fn undo(library: &Library, walkthrough: &WalkthroughId, origin: &str) -> Result<Applied> {
    step(library, walkthrough, Kind::Undo, origin).await
}

/// Does again what was taken back last.
///
/// # Errors
/// `Refused` where there is nothing, or where an edit came in between.
pub async fn redo(library: &Library, walkthrough: &WalkthroughId, origin: &str) -> Result<Applied> {
    step(library, walkthrough, Kind::Redo, origin).await
}

/// Several drafts into the trash or out of it, all or none.
pub(crate) async fn set_trashed(
    library: &Library,
    ids: &[WalkthroughId],
    at: Option<Millis>,
    origin: &str,
) -> Result<()> {
    let mut write = Write::begin(library).await?;
    for id in ids {
        let current = store::load(write.connection(), library.cache(), id).await?;
        if current.draft.trashed_at.is_some() != at.is_some() {
            record(&mut write, &current, &Edit::SetTrashed { at }, Kind::Edit, origin).await?;
        }
    }
    write.commit().await
}

/// The status that production has, as a part of another write. Nobody's edit: undo passes it by.
pub(crate) async fn set_status(
    write: &mut Write,
    id: &WalkthroughId,
    status: WalkthroughStatus,
    origin: &str,
) -> Result<()> {
    let library = write.library();
    let current = store::load(write.connection(), library.cache(), id).await?;
    if current.draft.walkthrough.status != status {
        record(write, &current, &Edit::SetStatus { status }, Kind::News, origin).await?;
    }
    Ok(())
}

async fn step(library: &Library, walkthrough: &WalkthroughId, kind: Kind, origin: &str) -> Result<Applied> {
    let mut write = Write::begin(library).await?;
    let current = store::load(write.connection(), library.cache(), walkthrough).await?;
    let (entry, nothing) = match kind {
        Kind::Redo => (journal::first_undone(write.connection(), walkthrough).await?, "do again"),
        _ => (journal::last_done(write.connection(), walkthrough).await?, "undo"),
    };
    let entry = entry.ok_or_else(|| Error::new(Code::Refused, format!("There is nothing to {nothing}.")))?;
    let worth_keeping = noting::due(&mut write, &current.draft).await?;
    let edit = past_news(&mut write, &current, entry.edit, entry.version).await?;
    let next = record(&mut write, &current, &edit, kind, origin).await?;
    if let Some(reason) = worth_keeping {
        noting::note(&mut write, &current.draft, reason, origin).await?;
    }
    journal::mark(write.connection(), entry.seq, kind).await?;
    finish(write, Done { current, next, edit, rebased: None }).await
}

/// What an undo or redo does, where production gave another status since the entry: that one stays.
async fn past_news(write: &mut Write, current: &Versioned, edit: Edit, version: u32) -> Result<Edit> {
    let walkthrough = &current.draft.walkthrough;
    if !journal::has_news_since(write.connection(), &walkthrough.id, version).await? {
        return Ok(edit);
    }
    Ok(Edit::Batch { edits: vec![edit, Edit::SetStatus { status: walkthrough.status }] })
}

/// Carries an edit made on an older version over to the present one.
async fn rebase(
    connection: &mut SqliteConnection,
    current: &Versioned,
    seen: u32,
    edit: &Edit,
) -> Result<rebase::Rebase> {
    if seen == 0 || seen > current.version {
        let message = format!("The edit was made on version {seen}, and the library has version {}.", current.version);
        return Err(Error::new(Code::Conflict, message).with_hint("Nothing was written. Reload the walkthrough."));
    }
    let mut base = current.draft.as_ref().clone();
    for inverse in journal::way_back(connection, &current.draft.walkthrough.id, seen).await? {
        edit::apply(&mut base, &inverse)?;
    }
    rebase::rebase(&base, &current.draft, edit)
}

/// Writes an edit: the rows that it changes, its journal entry, the new version. `None` if it changes nothing.
async fn record(
    write: &mut Write,
    current: &Versioned,
    edit: &Edit,
    kind: Kind,
    origin: &str,
) -> Result<Option<Versioned>> {
    let before = current.draft.as_ref();
    let mut after = before.clone();
    let inverse = edit::apply(&mut after, edit)?;
    after.walkthrough.assignments.sort_by(|a, b| a.server.cmp(&b.server));
    let now = write.now();
    let difference = Difference::settle(before, &mut after, now);
    if difference.is_none() {
        return Ok(None);
    }
    if kind == Kind::Edit {
        prepare::check_result(edit, before, &after)?;
        if after.walkthrough.title != before.walkthrough.title && after.trashed_at.is_none() {
            new::refuse_taken_title(write.connection(), &after.walkthrough).await?;
        }
    }
    let version = current.version + 1;
    store::write_changes(write.connection(), &difference, &after, version, now).await?;
    let id = &after.walkthrough.id;
    let entry = Entry { kind, edit, inverse: &inverse, origin, at: now };
    let bytes = journal::add(write.connection(), id, version, entry).await?;
    pruning::prune_at(write.connection(), id, version, bytes, now).await?;
    if after.walkthrough.title != before.walkthrough.title || difference.trash {
        let titles = [before.walkthrough.title.as_str(), after.walkthrough.title.as_str()];
        derive::forget_titles(write.connection(), titles).await?;
    }
    write.announce(What::Draft, id.as_str(), origin).await?;
    Ok(Some(Versioned { version, draft: Arc::new(after) }))
}

/// Puts what was written on the disk.
pub(crate) async fn finish(mut write: Write, done: Done) -> Result<Applied> {
    let Done { current, next, edit, rebased } = done;
    let (can_undo, can_redo) = journal::steps_left(write.connection(), &current.draft.walkthrough.id).await?;
    let library = write.library();
    write.commit().await?;
    if let Some(next) = &next {
        library.cache().put(next.clone());
    }
    let from_version = current.version;
    let Versioned { version, draft } = next.unwrap_or_else(|| current.clone());
    let change = change::between(&current.draft, &draft);
    Ok(Applied { version, edit, draft: draft.as_ref().clone(), from_version, change, rebased, can_undo, can_redo })
}
