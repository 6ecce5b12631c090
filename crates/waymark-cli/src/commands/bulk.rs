//! `waymark bulk list` and `undo`: changes to several walkthroughs, whoever made them, and the way back.

use serde::Serialize;
use waymark_core::{
    error::{Error, Result},
    id::BulkChangeId,
};
use waymark_library::bulk::{self, BulkSummary};

use crate::{
    Answer,
    args::bulk::Bulk,
    context::{Context, ORIGIN},
    output::counted,
};

#[derive(Serialize)]
struct Listing {
    changes: Vec<BulkSummary>,
}

/// Runs one of the two.
pub async fn run(context: &Context, command: Bulk) -> Result<Answer> {
    match command {
        Bulk::List => list(context, None).await,
        Bulk::Undo { change } => undo(context, None, change.as_deref()).await,
    }
}

/// Lists the last changes of a kind, or of all kinds.
pub async fn list(context: &Context, kind: Option<&str>) -> Result<Answer> {
    let listing = Listing { changes: bulk::list(&context.app().await?.library, kind).await? };
    context.output.answer(&listing, || {
        let line = |one: &BulkSummary| {
            let undone = if one.undone_at.is_some() { "  (taken back)" } else { "" };
            format!("{}  {}  {}{undone}", one.id, counted(one.walkthroughs as usize, "walkthrough"), one.label)
        };
        listing.changes.iter().map(line).collect::<Vec<_>>().join("\n")
    })?;
    Ok(Answer::Yes)
}

/// Takes back the change with this id, or the last of a kind that is in force.
pub async fn undo(context: &Context, kind: Option<&str>, change: Option<&str>) -> Result<Answer> {
    let library = &context.app().await?.library;
    let id = match change {
        None => {
            let last = bulk::list(library, kind).await?.into_iter().find(|one| one.undone_at.is_none());
            let none =
                || Error::not_found("There is no change to take back.").with_hint("`waymark bulk list` lists them.");
            last.ok_or_else(none)?.id
        }
        Some(id) => BulkChangeId::from(id),
    };
    let done = bulk::undo(library, &id, ORIGIN).await?;
    context.output.answer(&done, || {
        let back = counted(done.undone as usize + done.merged.len(), "walkthrough");
        format!("Taken back in {back}.")
    })?;
    if !context.output.is_json {
        for draft in &done.merged {
            context.output.note(&format!("{}: changed since; what came later is kept.", draft.title));
        }
        for draft in &done.kept {
            draft.messages.iter().for_each(|why| context.output.note(&format!("{}: {why}", draft.title)));
        }
    }
    Ok(if done.kept.is_empty() { Answer::Yes } else { Answer::No })
}

/// How to take changes back, beside the answer of what made them.
pub fn note_way_back(context: &Context, changes: &[BulkChangeId]) {
    if context.output.is_json {
        return;
    }
    for change in changes {
        context.output.note(&format!("Take it back with `waymark bulk undo {change}`."));
    }
}
