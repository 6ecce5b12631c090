//! Reviews of drafts: what was said and decided, and where it stands in the text as it is now.
//!
//! The log of a review only grows: an item is put in or replaced by a later version of itself, as `core::review::log` says.
//! Where comments on a selection stand follows every edit of the draft, in the edit's own transaction.

mod mention;
mod merging;
pub(crate) mod places;
mod store;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use waymark_core::{
    content::Field,
    error::{Code, Error, Result},
    hash,
    id::{CommentId, ReviewEntryId, StepId, WalkthroughId},
    review::{
        Comment, Decision, Resolution, State, Target, TurnMention, audit, check,
        log::ReviewLog,
        standing::{self, Standing},
        thread::{self, Place, Review, Thread},
    },
    walkthrough::{Millis, Walkthrough},
};

use self::store::Item;
pub use self::{
    mention::mention,
    merging::{Arrival, Carried, Merged, bundled, foresee, merge},
};
use crate::{Library, changes::What, drafts::store::load, write::Write};

/// Who says something, and through which door.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// The name that it goes under.
    pub author: &'a str,
    /// The door.
    pub origin: &'a str,
}

/// A thread to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AddComment {
    /// On which walkthrough.
    pub walkthrough: WalkthroughId,
    /// On which step of it; `None` for the whole.
    pub step: Option<StepId>,
    /// On which field of the step.
    pub field: Option<Field>,
    /// On which stretch of the field.
    pub selection: Option<Selection>,
    /// Markdown.
    pub text: String,
    /// The turn of a conversation that it speaks of.
    pub turn: Option<TurnMention>,
}

/// A stretch of a field's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReviewSelection")]
pub struct Selection {
    /// Where it begins, in UTF-16 code units.
    pub from: u32,
    /// Where it ends (exclusive).
    pub to: u32,
    /// What is selected: nothing is written where the text says something else by now.
    pub quote: Option<String>,
}

/// An answer in a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReplyToThread {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// In which thread.
    pub thread: CommentId,
    /// Markdown.
    pub text: String,
}

/// A comment to change or to take back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ChangeComment {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Which: one of the author's own.
    pub comment: CommentId,
    /// What it is to say; `None` takes it back.
    pub text: Option<String>,
}

/// A thread to resolve or to open again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ResolveThread {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Which.
    pub thread: CommentId,
    /// Resolved, or open again.
    pub is_resolved: bool,
}

/// A decision about a walkthrough's present content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DecideReview {
    /// About which walkthrough.
    pub walkthrough: WalkthroughId,
    /// The state that it is put into.
    pub state: State,
    /// Why.
    pub note: Option<String>,
    /// The content that was looked at; `None` for the present one, whatever it is.
    pub seen_hash: Option<String>,
}

/// A machine's report to take in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ImportAudit {
    /// About which walkthrough.
    pub walkthrough: WalkthroughId,
    /// The report, as JSON.
    pub report: String,
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ImportedAudit {
    /// Findings in it.
    pub findings: u32,
    /// Comments that are new.
    pub added: u32,
    /// Findings that name a step which is not there; they are comments on the walkthrough.
    pub unplaced: u32,
}

/// The review of a draft.
///
/// # Errors
/// `NotFound`.
pub async fn read(library: &Library, id: &WalkthroughId) -> Result<Review> {
    let mut snapshot = library.snapshot().await?;
    let draft = load(&mut snapshot, library.cache(), id).await?.draft;
    let log = store::log(&mut snapshot, id).await?;
    let places = store::places(&mut snapshot, id).await?;
    let places = places.into_iter().map(|row| (row.comment, row.place)).collect();
    Ok(thread::assemble(&draft.walkthrough, log, &places))
}

/// Where a draft's review stands for a version of it.
///
/// # Errors
/// Those of the file.
pub async fn standing(library: &Library, version: &Walkthrough) -> Result<Standing> {
    let mut snapshot = library.snapshot().await?;
    let log = store::log(&mut snapshot, &version.id).await?;
    Ok(standing::of(&log.decisions, &hash::content_hash(version)))
}

/// Begins a thread.
///
/// # Errors
/// Those of [`check::text`] and [`check::target`]; `Conflict` where the selection says something else by now.
pub async fn comment(library: &Library, input: AddComment, by: By<'_>) -> Result<Review> {
    let text = check::text(&input.text)?;
    input.turn.as_ref().map_or(Ok(()), check::turn)?;
    let mut write = Write::begin(library).await?;
    let draft = load(write.connection(), library.cache(), &input.walkthrough).await?.draft;
    let selection = input.selection.as_ref();
    let range = selection.map(|selection| (selection.from, selection.to));
    let target = check::target(&draft.walkthrough, input.step.as_ref(), input.field, range)?;
    if let (Some(anchor), Some(quote)) = (&target.anchor, selection.and_then(|selection| selection.quote.as_ref()))
        && anchor.quote != *quote
    {
        return Err(Error::new(Code::Conflict, "The text has changed since it was selected. Nothing was written.")
            .with_field("selection")
            .with_hint("Select it again."));
    }
    let id = CommentId::mint(library.random());
    place(&mut write, &input.walkthrough, &id, &target).await?;
    let comment = said(&write, (id.clone(), id), (text, by.author), Some(target), input.turn);
    put(&mut write, &input.walkthrough, Item::Comment(&comment), by.origin).await?;
    finish(write, library, &input.walkthrough).await
}

/// Answers in a thread.
///
/// # Errors
/// Those of [`check::text`]; `NotFound`.
pub async fn reply(library: &Library, input: ReplyToThread, by: By<'_>) -> Result<Review> {
    let text = check::text(&input.text)?;
    let mut write = Write::begin(library).await?;
    let log = known(&mut write, library, &input.walkthrough).await?;
    if !log.comments.iter().any(|comment| comment.thread == input.thread) {
        return Err(no_such(&input.thread));
    }
    let id = CommentId::mint(library.random());
    let comment = said(&write, (id, input.thread), (text, by.author), None, None);
    put(&mut write, &input.walkthrough, Item::Comment(&comment), by.origin).await?;
    finish(write, library, &input.walkthrough).await
}

/// Changes a comment, or takes it back: its place in the thread stays.
///
/// # Errors
/// Those of [`check::text`]; `NotFound`; `Refused` for somebody else's.
pub async fn change(library: &Library, input: ChangeComment, by: By<'_>) -> Result<Review> {
    let text = input.text.as_deref().map(check::text).transpose()?;
    let mut write = Write::begin(library).await?;
    let log = known(&mut write, library, &input.walkthrough).await?;
    let known = log.comments.into_iter().find(|comment| comment.id == input.comment);
    let known = known.ok_or_else(|| no_such(&input.comment))?;
    if known.author != by.author {
        return Err(Error::new(
            Code::Refused,
            format!("The comment is {}'s, and you are {}.", known.author, by.author),
        )
        .with_hint("Only its author changes a comment. Reply to it, or resolve the thread."));
    }
    if known.text != text {
        // Later than what it replaces, also where a clock went back.
        let changed_at = write.now().max(Millis(known.changed_at.0 + 1));
        let comment = Comment { text, changed_at, ..known };
        put(&mut write, &input.walkthrough, Item::Comment(&comment), by.origin).await?;
    }
    finish(write, library, &input.walkthrough).await
}

/// Resolves a thread, or opens it again.
///
/// # Errors
/// `NotFound`.
pub async fn resolve(library: &Library, input: ResolveThread, by: By<'_>) -> Result<Review> {
    let ResolveThread { walkthrough, thread, is_resolved } = input;
    let mut write = Write::begin(library).await?;
    let log = known(&mut write, library, &walkthrough).await?;
    if !log.comments.iter().any(|comment| comment.thread == thread) {
        return Err(no_such(&thread));
    }
    let about_it = log.resolutions.iter().filter(|resolution| resolution.thread == thread);
    let last = about_it.max_by_key(|resolution| (resolution.at, &resolution.id));
    if last.is_some_and(|last| last.is_resolved) != is_resolved {
        let (id, author) = (ReviewEntryId::mint(library.random()), by.author.to_owned());
        let at = after(&write, last.map(|last| last.at));
        let resolution = Resolution { id, thread, is_resolved, author, at };
        put(&mut write, &walkthrough, Item::Resolution(&resolution), by.origin).await?;
    }
    finish(write, library, &walkthrough).await
}

/// Decides about the content as it is now.
///
/// # Errors
/// Those of [`check::text`] for the note; `Conflict` where the content is another than the one that was looked at.
pub async fn decide(library: &Library, input: DecideReview, by: By<'_>) -> Result<Review> {
    let note = input.note.as_deref().filter(|note| !note.trim().is_empty()).map(check::text).transpose()?;
    let mut write = Write::begin(library).await?;
    let draft = load(write.connection(), library.cache(), &input.walkthrough).await?.draft;
    let content_hash = hash::content_hash(&draft.walkthrough);
    if input.seen_hash.is_some_and(|seen| seen != content_hash) {
        return Err(Error::new(Code::Conflict, "The content has changed since you looked at it. Nothing was decided.")
            .with_hint("Look at what it is now, then decide."));
    }
    let log = store::log(write.connection(), &input.walkthrough).await?;
    let at = after(&write, log.decisions.iter().map(|decision| decision.at).max());
    let (id, author) = (ReviewEntryId::mint(library.random()), by.author.to_owned());
    let decision = Decision { id, state: input.state, author, at, content_hash, note };
    put(&mut write, &input.walkthrough, Item::Decision(&decision), by.origin).await?;
    finish(write, library, &input.walkthrough).await
}

/// Takes in a machine's report: all of it or nothing, and what was taken in before never again.
///
/// # Errors
/// Those of [`audit::read`]; `NotFound`.
pub async fn import_audit(library: &Library, input: ImportAudit, origin: &str) -> Result<ImportedAudit> {
    let findings = audit::read(&input.report)?;
    let count = findings.len() as u32;
    let mut write = Write::begin(library).await?;
    let draft = load(write.connection(), library.cache(), &input.walkthrough).await?.draft;
    let log = store::log(write.connection(), &input.walkthrough).await?;
    let comments = audit::comments(&draft.walkthrough, findings, write.now());
    let is_whole = |comment: &&Comment| comment.target.as_ref().is_none_or(|target| target.step.is_none());
    let unplaced = comments.iter().filter(is_whole).count() as u32;
    let mut added = 0;
    for comment in comments.into_iter().filter(|comment| log.comments.iter().all(|known| known.id != comment.id)) {
        added += 1;
        store::put(write.connection(), &input.walkthrough, &Item::Comment(&comment)).await?;
    }
    if added > 0 {
        write.announce(What::Review, input.walkthrough.as_str(), origin).await?;
    }
    write.commit().await?;
    Ok(ImportedAudit { findings: count, added, unplaced })
}

/// The name that comments go under here, once somebody has given it.
///
/// # Errors
/// Those of the file.
pub async fn author(library: &Library) -> Result<Option<String>> {
    store::author(library).await
}

/// Gives the name that comments go under from now on.
///
/// # Errors
/// Those of [`check::name`].
pub async fn set_author(library: &Library, name: &str, origin: &str) -> Result<String> {
    let name = check::name(name)?;
    let mut write = Write::begin(library).await?;
    store::set_author(write.connection(), &name).await?;
    write.announce(What::Review, "", origin).await?;
    write.commit().await?;
    Ok(name)
}

/// The thread with this first comment.
///
/// # Errors
/// `NotFound`.
pub fn thread<'a>(review: &'a Review, id: &CommentId) -> Result<&'a Thread> {
    let has_it = |thread: &&Thread| thread.id == *id || thread.comments.iter().any(|comment| comment.id == *id);
    review.threads.iter().find(has_it).ok_or_else(|| no_such(id))
}

async fn known(write: &mut Write, library: &Library, id: &WalkthroughId) -> Result<ReviewLog> {
    load(write.connection(), library.cache(), id).await?;
    store::log(write.connection(), id).await
}

/// Now, or just after what it is to count more than.
fn after(write: &Write, last: Option<Millis>) -> Millis {
    let next = last.map_or(i64::MIN, |last| last.0 + 1);
    write.now().max(Millis(next))
}

fn said(
    write: &Write,
    (id, thread): (CommentId, CommentId),
    (text, author): (String, &str),
    target: Option<Target>,
    turn: Option<TurnMention>,
) -> Comment {
    let at = write.now();
    Comment { id, thread, author: author.to_owned(), at, changed_at: at, text: Some(text), target, turn, audit: None }
}

async fn place(write: &mut Write, walkthrough: &WalkthroughId, comment: &CommentId, target: &Target) -> Result<()> {
    if let Target { step: Some(step), field: Some(field), anchor: Some(anchor), .. } = target {
        let row = store::PlaceRow {
            comment: comment.clone(),
            step: step.clone(),
            field: *field,
            place: Place::new(anchor.clone()),
        };
        store::put_place(write.connection(), walkthrough, &row).await?;
    }
    Ok(())
}

async fn put(write: &mut Write, walkthrough: &WalkthroughId, item: Item<'_>, origin: &str) -> Result<()> {
    store::put(write.connection(), walkthrough, &item).await?;
    write.announce(What::Review, walkthrough.as_str(), origin).await
}

async fn finish(write: Write, library: &Library, id: &WalkthroughId) -> Result<Review> {
    write.commit().await?;
    read(library, id).await
}

/// The text of a field, empty where there is none.
fn text_of<'a>(walkthrough: &'a Walkthrough, step: &StepId, field: Field) -> &'a str {
    walkthrough.step(step).and_then(|step| step.content_fields.text(field)).unwrap_or_default()
}

fn no_such(id: &CommentId) -> Error {
    Error::not_found(format!("There is no comment `{id}` on this walkthrough."))
        .with_hint("`waymark review comments` lists the threads with their ids.")
}
