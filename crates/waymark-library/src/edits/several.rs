//! Edits that are a part of a write to several drafts, and taking such a part back later, whatever happened since.

use waymark_core::{
    edit::{self, Draft, Edit, trash},
    error::{Code, Error, Result},
    id::WalkthroughId,
    rebase,
};

use super::{
    journal::{self, Kind},
    kind_of, prepare, record, refuse_in_trash, runs,
};
use crate::{
    drafts::{cache::Versioned, store},
    write::Write,
};

/// What became of a part that was to be taken back.
#[derive(Debug)]
pub(crate) enum TakenBack {
    /// The draft is as it was before.
    Undone,
    /// It was changed since: what could be taken back was merged into it, and these could not.
    Merged(Vec<Error>),
    /// Somebody took it back before.
    Already,
}

/// Applies an edit to the present version of a draft. Gives the version that it made, if it changed anything.
pub(crate) async fn apply_in(write: &mut Write, id: &WalkthroughId, edit: &Edit, origin: &str) -> Result<Option<u32>> {
    edit::check(edit)?;
    let library = write.library();
    let current = store::load(write.connection(), library.cache(), id).await?;
    refuse_in_trash(&current, edit)?;
    let mut edit = edit.clone();
    prepare::stamp(&mut edit, write.now());
    Ok(record(write, &current, &edit, kind_of(&edit), origin).await?.map(|next| next.version))
}

/// An edit in the journal that is to be taken back, in its turn or not.
pub(crate) struct Known {
    pub(crate) seq: i64,
    /// The version that it made.
    pub(crate) version: u32,
    /// Whether it is in force.
    pub(crate) is_done: bool,
    pub(crate) inverse: Edit,
}

/// Takes back an edit: as an undo where nothing came after it, else by merging its inverse into what is there now, part
/// by part. Also in the trash, where a change to several drafts may have left one of them.
///
/// # Errors
/// `Conflict` where the history no longer reaches back to it.
pub(crate) async fn take_back(write: &mut Write, id: &WalkthroughId, known: &Known, origin: &str) -> Result<TakenBack> {
    let library = write.library();
    let current = store::load(write.connection(), library.cache(), id).await?;
    Ok(take_back_from(write, &current, known, origin).await?.0)
}

/// The same from a draft that is known, with what it made of it.
pub(super) async fn take_back_from(
    write: &mut Write,
    current: &Versioned,
    known: &Known,
    origin: &str,
) -> Result<(TakenBack, Option<Versioned>)> {
    if !known.is_done {
        return Ok((TakenBack::Already, None));
    }
    let id = &current.draft.walkthrough.id;
    if trash::only_moves(&known.inverse) {
        let next = record(write, current, &known.inverse, Kind::News, origin).await?;
        journal::mark(write.connection(), known.seq, Kind::News).await?;
        return Ok((TakenBack::Undone, next));
    }
    let mut base = current.draft.as_ref().clone();
    for back in journal::way_back(write.connection(), id, known.version).await? {
        edit::apply(&mut base, &back)?;
    }
    let last = runs::last_done(write.connection(), id).await?;
    if base == *current.draft && last.is_some_and(|last| last.seq == known.seq) {
        let next = record(write, current, &known.inverse, Kind::Undo, origin).await?;
        journal::mark(write.connection(), known.seq, Kind::Undo).await?;
        return Ok((TakenBack::Undone, next));
    }
    let (kept, next) = merge_back(write, current, &base, &known.inverse, origin).await?;
    Ok((TakenBack::Merged(kept), next))
}

async fn merge_back(
    write: &mut Write,
    current: &Versioned,
    base: &Draft,
    inverse: &Edit,
    origin: &str,
) -> Result<(Vec<Error>, Option<Versioned>)> {
    let (mut edits, mut kept) = (Vec::new(), Vec::new());
    let parts = match inverse {
        Edit::Batch { edits } => edits.as_slice(),
        one => std::slice::from_ref(one),
    };
    // Each part changes something else of the draft, so that each can be carried over by itself.
    for part in parts {
        match rebase::rebase(base, &current.draft, part) {
            Ok(rebase) => edits.push(rebase.edit),
            Err(error) if matches!(error.code, Code::Conflict | Code::NotFound | Code::Refused) => kept.push(error),
            Err(error) => return Err(error),
        }
    }
    let edit = Edit::Batch { edits };
    let next = record(write, current, &edit, Kind::Edit, origin).await?;
    Ok((kept, next))
}
