//! Drafts: list, open, find, create, bring in, duplicate, trash.
//!
//! A title is unique among the drafts that are not in the trash, as far as new titles go: what comes from production or
//! out of the trash may clash, and lint says so.

use serde::{Deserialize, Serialize};
use waymark_core::{
    edit::Draft,
    error::{Error, Result},
    id::{ConnectionId, StepId, WalkthroughId},
    json::FreeJson,
    limits,
    lint::Finding,
    walkthrough::{Millis, Walkthrough, WalkthroughStatus, WalkthroughType},
};

use crate::{Library, attachments, edits, failure::Attempted, write::Write};

pub(crate) mod cache;
pub(crate) mod derive;
pub(crate) mod difference;
mod list;
pub(crate) mod new;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub mod trash;

/// Which drafts to list. The default is all that are not in the trash.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct ListDrafts {
    /// Only of this type.
    #[serde(rename = "type")]
    pub kind: Option<WalkthroughType>,
    /// Only with this status.
    pub status: Option<WalkthroughStatus>,
    /// The trash instead of the library.
    pub in_trash: bool,
}

/// A draft as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DraftSummary {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
    /// Where it stands.
    pub status: WalkthroughStatus,
    /// How many steps it has.
    pub steps: u32,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Slugs of the servers that it is assigned to.
    pub servers: Vec<String>,
    /// Lint findings that are errors or warnings.
    pub problems: u32,
    /// When it last changed here.
    pub updated_at: Millis,
    /// When it went to the trash, if it is there.
    pub trashed_at: Option<Millis>,
    /// Goes up by one with each edit.
    pub version: u32,
    /// For each connection that it was published to or pulled from: what has changed since, here and there.
    pub unpublished: Vec<Unpublished>,
    /// Whether no connection has ever had it.
    pub never_published: bool,
}

/// Changes that a connection does not have yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Unpublished {
    /// Which connection.
    pub connection: ConnectionId,
    /// How many changes.
    pub changes: u32,
    /// Whether production was seen to differ from what both last had.
    pub is_changed_there: bool,
}

/// A draft with everything in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct OpenDraft {
    /// Its content.
    pub draft: Draft,
    /// To be sent back as `seen_version` with the next edit.
    pub version: u32,
    /// Whether there is an edit to take back.
    pub can_undo: bool,
    /// Whether there is an edit to do again.
    pub can_redo: bool,
}

/// A new, empty walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct NewDraft {
    /// 1 to 100 characters, not taken by another draft.
    pub title: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
}

/// Drafts in the order of their last change, newest first. One query, unless drafts changed since the last time: then
/// their problems and unpublished changes are counted anew before.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library, which: &ListDrafts) -> Result<Vec<DraftSummary>> {
    list::list(library, which, None).await
}

/// One draft as lists show it, in the trash or not.
///
/// # Errors
/// `NotFound`.
pub async fn summary(library: &Library, id: &WalkthroughId) -> Result<DraftSummary> {
    let found = list::list(library, &ListDrafts::default(), Some(id.as_str())).await?;
    found.into_iter().next().ok_or_else(|| store::no_such_draft(id))
}

/// The problems that lint finds in a version of a draft and nobody has silenced; notes are none. It is judged by what the
/// library knows, whoever's version it is: other titles, files, answers of links.
///
/// # Errors
/// Those of the file.
pub async fn findings(library: &Library, version: Walkthrough) -> Result<Vec<Finding>> {
    derive::problems(library, version).await.map(|report| report.findings)
}

/// A draft with everything in it, in the trash or not.
///
/// # Errors
/// `NotFound`.
pub async fn open(library: &Library, id: &WalkthroughId) -> Result<OpenDraft> {
    let mut snapshot = library.snapshot().await?;
    let loaded = store::load(&mut snapshot, library.cache(), id).await?;
    let (can_undo, can_redo) = edits::journal::steps_left(&mut snapshot, id).await?;
    let draft = loaded.draft.as_ref().clone();
    Ok(OpenDraft { draft, version: loaded.version, can_undo, can_redo })
}

/// The draft with this id or exactly this title. Ids come first, then drafts that are not in the trash.
///
/// # Errors
/// `NotFound`; `InvalidInput` naming the ids where several drafts have the title.
pub async fn find(library: &Library, id_or_title: &str) -> Result<WalkthroughId> {
    let rows = sqlx::query!(
        r#"SELECT w.id, w.id = ?1 AS "is_id!: bool", d.trashed_at IS NULL AS "is_live!: bool"
         FROM walkthroughs w JOIN drafts d ON d.walkthrough_id = w.id
         WHERE w.id = ?1 OR w.title = ?1 ORDER BY w.id"#,
        id_or_title
    )
    .fetch_all(library.readers())
    .await
    .attempted("Finding the draft")?;
    let best = rows.iter().map(|row| (row.is_id, row.is_live)).max();
    let found: Vec<&str> =
        rows.iter().filter(|row| Some((row.is_id, row.is_live)) == best).map(|row| row.id.as_str()).collect();
    match found[..] {
        [] => Err(Error::not_found(format!("There is no walkthrough `{id_or_title}` in the library."))
            .with_hint("Name it by its id or its exact title; `waymark list` shows both.")),
        [id] => Ok(id.into()),
        _ => Err(Error::invalid(format!("{} walkthroughs have the title `{id_or_title}`.", found.len()))
            .with_hint(format!("Name it by its id: {}.", found.join(", ")))),
    }
}

/// A new draft without steps.
///
/// # Errors
/// `InvalidInput` on `title`: empty, too long, or taken.
pub async fn create(library: &Library, new: NewDraft, origin: &str) -> Result<OpenDraft> {
    limits::check_title(&new.title)?;
    let now = library.now();
    let mut write = Write::begin(library).await?;
    let walkthrough = Walkthrough {
        created_at: Some(now),
        updated_at: Some(now),
        ..Walkthrough::new(new::free_id(library, write.connection()).await?, new.title, new.kind)
    };
    new::refuse_taken_title(write.connection(), &walkthrough).await?;
    new::add(library, write, walkthrough, origin).await
}

/// Which of these steps are another walkthrough's than `than`, with that one's title; the trash counts.
///
/// # Errors
/// Those of the file.
pub async fn owned_steps(
    library: &Library,
    steps: &[StepId],
    than: Option<&WalkthroughId>,
) -> Result<Vec<(StepId, String)>> {
    let (steps, than) = (FreeJson::of(steps), than.map(WalkthroughId::as_str));
    let steps = steps.as_str();
    let rows = sqlx::query!(
        r#"SELECT s.id, w.title FROM json_each(?1) j
         JOIN walkthrough_steps s ON s.id = j.value JOIN walkthroughs w ON w.id = s.walkthrough_id
         WHERE ?2 IS NULL OR w.id <> ?2 ORDER BY j.key"#,
        steps,
        than
    )
    .fetch_all(library.readers())
    .await
    .attempted("Looking for the steps")?;
    Ok(rows.into_iter().map(|row| (StepId(row.id), row.title)).collect())
}

/// Adds a walkthrough that came from a file, with its ids.
///
/// # Errors
/// `InvalidInput` on `title` where it is taken; `Conflict` where the walkthrough's id or a step's is.
pub async fn insert(library: &Library, walkthrough: Walkthrough, origin: &str) -> Result<OpenDraft> {
    let mut write = Write::begin(library).await?;
    new::refuse_taken_title(write.connection(), &walkthrough).await?;
    new::add(library, write, walkthrough, origin).await
}

/// Adds a walkthrough that came from production, with its ids. Its title may be taken: that is production's business.
///
/// # Errors
/// `Conflict` where the walkthrough's id or a step's is there already.
pub async fn receive(library: &Library, walkthrough: Walkthrough, origin: &str) -> Result<OpenDraft> {
    let write = Write::begin(library).await?;
    new::add(library, write, walkthrough, origin).await
}

/// A copy with new ids, `<title> (copy)`, as a draft that is assigned nowhere.
///
/// # Errors
/// `NotFound`.
pub async fn duplicate(library: &Library, id: &WalkthroughId, origin: &str) -> Result<OpenDraft> {
    let mut write = Write::begin(library).await?;
    let original = store::load(write.connection(), library.cache(), id).await?;
    let copy = new::copy(library, write.connection(), &original.draft.walkthrough).await?;
    // Before the copy is there: files that nothing links to are in nobody's way, and links without files are.
    attachments::copy(library, id, &copy.id).await?;
    new::add(library, write, copy, origin).await
}

/// Puts drafts into the trash: all or none. Those that are there already stay as they are.
///
/// # Errors
/// `NotFound`.
pub async fn trash(library: &Library, ids: &[WalkthroughId], origin: &str) -> Result<()> {
    edits::set_trashed(library, ids, Some(library.now()), origin).await
}

/// Takes drafts out of the trash: all or none.
///
/// # Errors
/// `NotFound`.
pub async fn restore(library: &Library, ids: &[WalkthroughId], origin: &str) -> Result<()> {
    edits::set_trashed(library, ids, None, origin).await
}
