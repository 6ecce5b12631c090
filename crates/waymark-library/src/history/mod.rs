//! The history of a draft: its revisions, how two of them differ, and bringing one back.
//!
//! **Invariant.** Restoring loses nothing: the draft as it is becomes a revision in the write that restores, and what
//! that write does is one edit, which undo takes back.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Error, Result},
    history::{
        self as rules, Comparison,
        restore::{self, RestorePart},
    },
    id::{RevisionId, StepId, WalkthroughId},
    limits,
    walkthrough::Walkthrough,
};

use crate::{
    Library, drafts,
    edits::{self, Applied, ApplyEdit},
    revisions::{self, Reason, RevisionSummary, SaveRevision},
    wordings,
};

pub(crate) mod noting;
mod store;
#[cfg(test)]
mod tests;

/// Which history to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ListHistory {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Only the revisions in which this step became what it is there.
    pub step: Option<StepId>,
}

/// A moment to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SaveSnapshot {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// What the writer calls it; empty for no name.
    pub name: String,
}

/// One version of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Version {
    /// As it is now.
    Draft,
    /// As it was.
    Revision(RevisionId),
}

/// Two versions to compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CompareVersions {
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// The earlier one.
    pub before: Version,
    /// The later one.
    pub after: Version,
    /// Only this step, and nothing else of the walkthrough.
    #[serde(default)]
    pub step: Option<StepId>,
}

/// What to bring back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RestoreRevision {
    /// Into which draft.
    pub walkthrough: WalkthroughId,
    /// Where it comes from.
    pub revision: RevisionId,
    /// All of it, or a part.
    pub part: RestorePart,
}

/// The revisions of a walkthrough, newest first.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library, which: &ListHistory) -> Result<Vec<RevisionSummary>> {
    let mut found = revisions::list(library, &which.walkthrough).await?;
    if let Some(step) = &which.step {
        let changed = store::changed_in(library, &which.walkthrough, step).await?;
        found.retain(|revision| changed.contains(&revision.id));
    }
    Ok(found)
}

/// The revision with this number, this id, or exactly this name (the newest, where several have it).
///
/// # Errors
/// `NotFound`.
pub async fn find(library: &Library, walkthrough: &WalkthroughId, which: &str) -> Result<RevisionSummary> {
    let all = revisions::list(library, walkthrough).await?;
    let number = which.parse::<u32>().ok();
    let is_named = |revision: &RevisionSummary| revision.name.as_deref() == Some(which);
    let is_it = |revision: &&RevisionSummary| revision.id.as_str() == which || Some(revision.number) == number;
    let found = all.iter().find(is_it).or_else(|| all.iter().find(|revision| is_named(revision))).cloned();
    found.ok_or_else(|| {
        Error::not_found(format!("The walkthrough has no revision `{which}`."))
            .with_hint("Name it by its number, its id or its name; `waymark history` shows them.")
    })
}

/// Keeps the draft as it is now, under a name or without one.
///
/// # Errors
/// `NotFound`; `InvalidInput` on `name` where it is too long.
pub async fn snapshot(library: &Library, snapshot: SaveSnapshot, origin: &str) -> Result<RevisionSummary> {
    let name = snapshot.name.trim();
    limits::check_text("name", "The name", name)?;
    if name.chars().count() > limits::TITLE_MAX {
        return Err(Error::invalid(format!("The name has {} characters.", name.chars().count()))
            .with_field("name")
            .with_hint(format!("Use up to {}.", limits::TITLE_MAX)));
    }
    let revision = SaveRevision {
        walkthrough: drafts::open(library, &snapshot.walkthrough).await?.draft.walkthrough,
        reason: Reason::Snapshot,
        name: (!name.is_empty()).then(|| name.to_owned()),
        author: None,
        connection: None,
        remote_revision: None,
    };
    revisions::save(library, revision, origin).await
}

/// One version with its text.
///
/// # Errors
/// `NotFound`.
pub async fn version(library: &Library, id: &WalkthroughId, version: &Version) -> Result<Walkthrough> {
    match version {
        Version::Draft => Ok(drafts::open(library, id).await?.draft.walkthrough),
        Version::Revision(revision) => {
            let found = revisions::read(library, revision).await?;
            if found.summary.walkthrough != *id {
                return Err(Error::not_found(format!("The revision `{revision}` is another walkthrough's."))
                    .with_hint("Compare versions of one walkthrough."));
            }
            Ok(found.walkthrough)
        }
    }
}

/// What differs between two versions, texts as they are written and as an agent receives them.
///
/// # Errors
/// `NotFound`, and those of rendering.
pub async fn compare(library: &Library, input: &CompareVersions) -> Result<Comparison> {
    let before = version(library, &input.walkthrough, &input.before).await?;
    let after = version(library, &input.walkthrough, &input.after).await?;
    let step = input.step.clone();
    let wordings = wordings::at(library, None).await?;
    let work = tokio::task::spawn_blocking(move || rules::compare(&before, &after, step.as_ref(), &wordings));
    work.await.map_err(|panic| Error::bug("Comparing two versions ended early.").with_source(panic))?
}

/// Brings back what a revision had: one edit, before which the draft is kept as a revision of its own.
///
/// # Errors
/// Those of `restore::edit` and of `edits::apply`.
pub async fn restore(library: &Library, input: &RestoreRevision, origin: &str) -> Result<Applied> {
    let earlier = version(library, &input.walkthrough, &Version::Revision(input.revision.clone())).await?;
    let open = drafts::open(library, &input.walkthrough).await?;
    let edit = restore::edit(&earlier, &open.draft.walkthrough, &input.part)?;
    let apply = ApplyEdit {
        walkthrough: input.walkthrough.clone(),
        edit,
        seen_version: Some(open.version),
        origin: origin.to_owned(),
    };
    edits::apply_over(library, apply, Reason::BeforeRestore).await
}
