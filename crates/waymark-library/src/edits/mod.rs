//! The only way a draft changes: one `Edit`, checked, applied, stored with its inverse, in one transaction.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use waymark_core::{
    edit::{
        self, Draft, Edit,
        change::{self, DraftChange},
        trash,
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
    review::places,
    revisions::Reason,
    write::Write,
};

pub mod exact;
pub(crate) mod journal;
mod prepare;
pub(crate) mod pruning;
mod runs;
pub(crate) mod several;
#[cfg(test)]
mod tests;
mod travel;

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
    refuse_in_trash(&current, &edit)?;
    let next = record(write, &current, &edit, kind_of(&edit), &apply.origin).await?;
    if let (Some(reason), Some(_)) = (worth_keeping, &next) {
        noting::note(write, &current.draft, reason, &apply.origin).await?;
    }
    Ok(Done { current, next, edit, rebased })
}

/// Takes back the last edit that is in force, with those before it that were typed in one go with it.
///
/// # Errors
/// `Refused` where there is none, and (on `trashed_at`) where the draft is in the trash.
pub async fn undo(library: &Library, walkthrough: &WalkthroughId, origin: &str) -> Result<Applied> {
    travel::step(library, walkthrough, Kind::Undo, origin).await
}

/// Does again what was taken back last.
///
/// # Errors
/// `Refused` where there is nothing, where an edit came in between, and where the draft is in the trash.
pub async fn redo(library: &Library, walkthrough: &WalkthroughId, origin: &str) -> Result<Applied> {
    travel::step(library, walkthrough, Kind::Redo, origin).await
}

/// A draft as somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it was.
    pub draft: Draft,
    /// Its version then.
    pub version: u32,
}

/// A draft as it was at the version that a window shows, so that an edit which depends on what it holds is made on what its
/// author saw. `None` for the present one.
///
/// # Errors
/// `NotFound`; `Conflict` where the journal no longer reaches back to it.
pub async fn as_seen(library: &Library, id: &WalkthroughId, version: Option<u32>) -> Result<Seen> {
    let mut snapshot = library.snapshot().await?;
    let current = store::load(&mut snapshot, library.cache(), id).await?;
    let version = version.unwrap_or(current.version);
    Ok(Seen { draft: at_version(&mut snapshot, &current, version).await?, version })
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
            record(&mut write, &current, &Edit::SetTrashed { at }, Kind::News, origin).await?;
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

/// The trash is emptied one day, and what was written there would go with it.
fn refuse_in_trash(current: &Versioned, edit: &Edit) -> Result<()> {
    if current.draft.trashed_at.is_none() || trash::moves(edit) {
        return Ok(());
    }
    let message = format!("`{}` is in the trash.", current.draft.walkthrough.title);
    Err(Error::new(Code::Refused, message).with_field("trashed_at").with_hint("Restore it, then go on."))
}

/// Moving to the trash and out of it is nothing that undo takes back.
fn kind_of(edit: &Edit) -> Kind {
    if trash::only_moves(edit) { Kind::News } else { Kind::Edit }
}

/// Carries an edit made on an older version over to the present one.
async fn rebase(
    connection: &mut SqliteConnection,
    current: &Versioned,
    seen: u32,
    edit: &Edit,
) -> Result<rebase::Rebase> {
    let base = at_version(connection, current, seen).await?;
    rebase::rebase(&base, &current.draft, edit)
}

/// A draft as it was.
async fn at_version(connection: &mut SqliteConnection, current: &Versioned, seen: u32) -> Result<Draft> {
    if seen == 0 || seen > current.version {
        let message = format!("The edit was made on version {seen}, and the library has version {}.", current.version);
        return Err(Error::new(Code::Conflict, message).with_hint("Nothing was written. Reload the walkthrough."));
    }
    let mut base = current.draft.as_ref().clone();
    for inverse in journal::way_back(connection, &current.draft.walkthrough.id, seen).await? {
        edit::apply(&mut base, &inverse)?;
    }
    Ok(base)
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
    places::carry(write, &before.walkthrough, &after.walkthrough).await?;
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
