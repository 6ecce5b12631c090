//! Changes to several drafts at once: all or none, and taken back at once, also by another process or after a restart.
//!
//! What changes in each draft is an edit like any other, in that draft's own history. A bulk change only remembers which
//! edits belong together. Taking it back overwrites nothing that was written since: a draft that changed gets the
//! inverse merged in, and where that is not possible it stays as it is, and is named.

use serde::{Deserialize, Serialize};
use waymark_core::{
    bulk::{self, BulkChange},
    compose::Source,
    error::{Code, Error, Result},
    id::{BulkChangeId, WalkthroughId},
    walkthrough::Millis,
};

use crate::{
    Library,
    changes::What,
    drafts::store as draft_store,
    edits::several::{self, TakenBack},
    snippets,
    write::Write,
};

pub(crate) mod store;
#[cfg(test)]
mod tests;

/// How long ago a change may be that one key takes back, in milliseconds: a day. An older one is taken back by its name.
pub const REACH: i64 = 24 * 60 * 60_000;

/// A change to several drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ApplyBulk {
    /// Which drafts.
    pub ids: Vec<WalkthroughId>,
    /// What they are to become.
    pub change: BulkChange,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BulkApplied {
    /// To take it back by; none where every draft was so already.
    pub id: Option<BulkChangeId>,
    /// The drafts that changed.
    pub changed: Vec<WalkthroughId>,
    /// How many were so already.
    pub unchanged: u32,
}

/// A change that was made to several drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BulkSummary {
    /// Which.
    pub id: BulkChangeId,
    /// `replace`, or the name of a [`BulkChange`].
    pub kind: String,
    /// What was done, in words.
    pub label: String,
    /// When.
    pub at: Millis,
    /// When it was taken back, if it was.
    pub undone_at: Option<Millis>,
    /// How many drafts it changed that are still in the library.
    pub walkthroughs: u32,
    /// How many snippets it changed.
    pub snippets: u32,
}

/// What taking a change back did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct BulkUndone {
    /// Drafts that are as they were before.
    pub undone: u32,
    /// Drafts that were changed since, into which it was merged.
    pub merged: Vec<NamedDraft>,
    /// What could not be taken back, because the same place was changed since.
    pub kept: Vec<KeptDraft>,
    /// Snippets that are as they were before.
    pub snippets: u32,
    /// Snippets that stay as they are, because they were changed since.
    pub kept_snippets: Vec<KeptSnippetText>,
}

/// A snippet that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct KeptSnippetText {
    /// What it is called.
    pub name: String,
    /// Why, in a sentence.
    pub message: String,
}

/// A draft by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NamedDraft {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
}

/// A draft in which something stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct KeptDraft {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// Why, one sentence for each place.
    pub messages: Vec<String>,
}

/// Changes drafts: all or none. Those that are so already stay as they are, and have no part in taking it back.
///
/// # Errors
/// `NotFound`; `InvalidInput` where the change says nothing; those of `edits::apply`.
pub async fn apply(library: &Library, input: ApplyBulk, origin: &str) -> Result<BulkApplied> {
    let change = input.change.tidied();
    refuse_empty(&change)?;
    let mut write = Write::begin(library).await?;
    let source = Source { random: library.random(), now: write.now() };
    let mut parts = Vec::new();
    for id in &input.ids {
        let current = draft_store::load(write.connection(), library.cache(), id).await?;
        let Some(edit) = bulk::edit(&current.draft, &change, source) else { continue };
        if let Some(version) = several::apply_in(&mut write, id, &edit, origin).await? {
            parts.push((id.clone(), version));
        }
    }
    let unchanged = (input.ids.len() - parts.len()) as u32;
    let id = store::add(&mut write, change.name(), &change.label(), &parts, &[]).await?;
    write.commit().await?;
    Ok(BulkApplied { id, changed: parts.into_iter().map(|(id, _)| id).collect(), unchanged })
}

fn refuse_empty(change: &BulkChange) -> Result<()> {
    match change {
        BulkChange::AddTags(tags) | BulkChange::RemoveTags(tags) if tags.is_empty() => {
            Err(Error::invalid("No tag was named.").with_field("tags").with_hint("Type a tag."))
        }
        BulkChange::Assign(server) | BulkChange::Unassign(server) if server.is_empty() => {
            Err(Error::invalid("No server was named.").with_field("server").with_hint("Name the server by its slug."))
        }
        _ => Ok(()),
    }
}

/// Takes a change back in every draft that it changed.
///
/// # Errors
/// `NotFound`; `Refused` where it was taken back before.
pub async fn undo(library: &Library, id: &BulkChangeId, origin: &str) -> Result<BulkUndone> {
    let mut write = Write::begin(library).await?;
    let parts = store::parts(&mut write, id).await?;
    let mut done = BulkUndone::default();
    for part in parts {
        let named = |messages| KeptDraft { id: part.id.clone(), title: part.title.clone(), messages };
        let taken_back = match &part.known {
            Some(known) => several::take_back(&mut write, &part.id, known, origin).await,
            None => Err(Error::new(Code::Conflict, "Its history no longer reaches back to this change.")),
        };
        match taken_back {
            Ok(TakenBack::Undone | TakenBack::Already) => done.undone += 1,
            Ok(TakenBack::Merged(kept)) if kept.is_empty() => {
                done.merged.push(NamedDraft { id: part.id.clone(), title: part.title.clone() });
            }
            Ok(TakenBack::Merged(kept)) => {
                done.kept.push(named(kept.into_iter().map(|error| error.message).collect()));
            }
            Err(error) if error.code == Code::Conflict => done.kept.push(named(vec![error.message])),
            Err(error) => return Err(error),
        }
    }
    undo_snippets(&mut write, id, &mut done, origin).await?;
    store::mark_undone(&mut write, id).await?;
    write.commit().await?;
    Ok(done)
}

/// A snippet has no history: one that somebody changed since is left as it is.
async fn undo_snippets(write: &mut Write, id: &BulkChangeId, done: &mut BulkUndone, origin: &str) -> Result<()> {
    for store::SnippetPart { name, before, after } in store::snippets(write, id).await? {
        let message = match snippets::store::text(write.connection(), &name).await? {
            Some(text) if text == after => {
                snippets::store::set_text(write, &name, &before).await?;
                write.announce(What::Snippet, &name, origin).await?;
                done.snippets += 1;
                continue;
            }
            Some(_) => format!("The snippet `{name}` was changed since, and stays as it is."),
            None => format!("The snippet `{name}` is not there any more."),
        };
        done.kept_snippets.push(KeptSnippetText { name, message });
    }
    Ok(())
}

/// The last change to several drafts that is in force, if it is not too long ago: what one key takes back in the library.
///
/// # Errors
/// Those of the file.
pub async fn last(library: &Library) -> Result<Option<BulkSummary>> {
    let oldest = library.now().0 - REACH;
    let known = store::list(library, None).await?;
    Ok(known.into_iter().find(|one| one.undone_at.is_none()).filter(|one| one.at.0 >= oldest))
}

/// The last changes to several drafts, newest first: those of one kind, or all.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library, kind: Option<&str>) -> Result<Vec<BulkSummary>> {
    store::list(library, kind).await
}
