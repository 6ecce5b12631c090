//! Taking back and doing again, what was typed in one go at once.

use waymark_core::{
    edit::{Edit, trash},
    error::{Code, Error, Result},
    id::WalkthroughId,
};

use super::{
    Applied, Done, finish,
    journal::{self, Kind},
    record, refuse_in_trash, runs,
};
use crate::{
    Library,
    drafts::{cache::Versioned, store},
    history::noting,
    write::Write,
};

/// One step in the direction of `kind`.
pub(super) async fn step(library: &Library, walkthrough: &WalkthroughId, kind: Kind, origin: &str) -> Result<Applied> {
    let mut write = Write::begin(library).await?;
    let current = store::load(write.connection(), library.cache(), walkthrough).await?;
    let run = runs::run(write.connection(), walkthrough, kind).await?;
    let Some(first) = run.iter().map(|step| step.version).min() else {
        let (nothing, hint) = match kind {
            Kind::Redo => ("do again", "What was taken back can be done again until something else is changed."),
            _ => ("undo", "Nothing was changed here within the last 30 days. The history may reach further back."),
        };
        return Err(Error::new(Code::Refused, format!("There is nothing to {nothing}.")).with_hint(hint));
    };
    let mut edits: Vec<Edit> = run.iter().map(|step| trash::stays(step.way(kind).clone())).collect();
    let edit = if edits.len() == 1 { edits.remove(0) } else { Edit::Batch { edits } };
    refuse_in_trash(&current, &edit)?;
    let worth_keeping = noting::due(&mut write, &current.draft).await?;
    let edit = past_news(&mut write, &current, edit, first).await?;
    let next = record(&mut write, &current, &edit, kind, origin).await?;
    if let Some(reason) = worth_keeping {
        noting::note(&mut write, &current.draft, reason, origin).await?;
    }
    for step in &run {
        journal::mark(write.connection(), step.seq, kind).await?;
    }
    finish(write, Done { current, next, edit, rebased: None }).await
}

/// What an undo or redo does, where production gave another status since the entry: that one stays.
async fn past_news(write: &mut Write, current: &Versioned, edit: Edit, version: u32) -> Result<Edit> {
    let walkthrough = &current.draft.walkthrough;
    if !journal::has_status_since(write.connection(), &walkthrough.id, version).await? {
        return Ok(edit);
    }
    Ok(Edit::Batch { edits: vec![edit, Edit::SetStatus { status: walkthrough.status }] })
}
