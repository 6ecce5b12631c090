//! What is wrong with a draft, and mending it: the rules are core's, the draft and its neighbors are the library's.
//!
//! A fix and a silence are edits like any other: one entry in the journal, one undo.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::Result,
    id::{StepId, WalkthroughId},
    lint::{
        self, LintContext, Report,
        fix::FixSelection,
        silence::{self, SilenceRule},
    },
    walkthrough::Walkthrough,
};

use crate::{
    Library,
    drafts::{self, derive},
    edits::{self, Applied, ApplyEdit},
};

pub mod answers;
mod dictionaries;
pub mod own;
mod store;
#[cfg(test)]
mod tests;
pub mod words;

/// Quick fixes to apply.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FixFindings {
    /// In which draft.
    pub walkthrough: WalkthroughId,
    /// Which of its findings.
    pub selection: FixSelection,
}

/// A rule to silence, or to let speak again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SilenceFindings {
    /// In which draft.
    pub walkthrough: WalkthroughId,
    /// Which rule, where and why.
    pub silence: SilenceRule,
}

/// Everything lint finds in a draft, with what it must know of the other drafts and of the library's choices.
///
/// # Errors
/// `NotFound`.
pub async fn report(library: &Library, id: &WalkthroughId) -> Result<Report> {
    let walkthrough = drafts::open(library, id).await?.draft.walkthrough;
    let context = full_context(library, &walkthrough).await?;
    let work = tokio::task::spawn_blocking(move || lint::report(&walkthrough, &context));
    Ok(work.await.expect("BUG: linting a draft panicked"))
}

/// What lint finds in one step of a walkthrough as somebody is typing it. Writes nothing.
///
/// # Errors
/// Those of the file.
pub async fn report_step(library: &Library, typed: Walkthrough, step: StepId) -> Result<Report> {
    let context = full_context(library, &typed).await?;
    let work = tokio::task::spawn_blocking(move || lint::report_step(&typed, &context, &step));
    Ok(work.await.expect("BUG: linting a step panicked"))
}

async fn full_context(library: &Library, walkthrough: &Walkthrough) -> Result<LintContext> {
    let mut snapshot = library.snapshot().await?;
    let mut context = derive::lint_context(library, &mut snapshot, walkthrough).await?;
    words::complete(library, &mut snapshot, lint::own::language(walkthrough), &mut context).await?;
    Ok(context)
}

/// Applies the quick fixes of the selected findings as one edit; `None` where there is nothing to fix. They are made for
/// the text as it is now, not as somebody saw it.
///
/// # Errors
/// `NotFound`; those of [`edits::apply`].
pub async fn fix(library: &Library, input: FixFindings, origin: &str) -> Result<Option<Applied>> {
    let FixFindings { walkthrough, selection } = input;
    let opened = drafts::open(library, &walkthrough).await?;
    let draft = opened.draft.walkthrough;
    let context = full_context(library, &draft).await?;
    let work = tokio::task::spawn_blocking(move || lint::fix::fix(&draft, &context, &selection));
    let Some(edit) = work.await.expect("BUG: fixing a draft panicked") else {
        return Ok(None);
    };
    let apply = ApplyEdit { walkthrough, edit, seen_version: Some(opened.version), origin: origin.to_owned() };
    edits::apply(library, apply).await.map(Some)
}

/// Silences a rule with a reason, or lets it speak again.
///
/// # Errors
/// `NotFound`; those of [`silence::silence`] and of [`edits::apply`].
pub async fn silence(library: &Library, input: SilenceFindings, origin: &str) -> Result<Applied> {
    let SilenceFindings { walkthrough, silence } = input;
    let opened = drafts::open(library, &walkthrough).await?;
    let edit = silence::silence(&opened.draft.walkthrough, silence)?;
    let apply = ApplyEdit { walkthrough, edit, seen_version: Some(opened.version), origin: origin.to_owned() };
    edits::apply(library, apply).await
}
