//! `waymark bulk`: changes to several walkthroughs, whoever made them, and the way back.

use serde::Serialize;
use waymark_core::{
    bulk::BulkChange,
    error::{Error, Result},
    id::BulkChangeId,
    walkthrough::WalkthroughStatus,
};
use waymark_library::bulk::{self, BulkSummary};

use crate::{
    Answer,
    args::bulk::Bulk,
    commands::bulk_change,
    context::{Context, ORIGIN},
    output::counted,
};

#[derive(Serialize)]
struct Listing {
    changes: Vec<BulkSummary>,
}

/// Runs one of them.
pub async fn run(context: &Context, command: Bulk) -> Result<Answer> {
    match command {
        Bulk::Status { status, many } => bulk_change::change(context, &many, vec![BulkChange::SetStatus(status)]).await,
        Bulk::Tag { add, remove, many } => {
            bulk_change::change(context, &many, vec![BulkChange::AddTags(add), BulkChange::RemoveTags(remove)]).await
        }
        Bulk::Archive(many) => {
            bulk_change::change(context, &many, vec![BulkChange::SetStatus(WalkthroughStatus::Archived)]).await
        }
        Bulk::Delete(many) => bulk_change::change(context, &many, vec![BulkChange::Trash]).await,
        Bulk::Export { into, many } => bulk_change::export(context, &many, into).await,
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
        let snippets = match done.snippets {
            0 => String::new(),
            count => format!(" and {}", counted(count as usize, "snippet")),
        };
        format!("Taken back in {back}{snippets}.")
    })?;
    if !context.output.is_json {
        for draft in &done.merged {
            context.output.note(&format!("{}: changed since; what came later is kept.", draft.title));
        }
        for draft in &done.kept {
            draft.messages.iter().for_each(|why| context.output.note(&format!("{}: {why}", draft.title)));
        }
        done.kept_snippets.iter().for_each(|kept| context.output.note(&kept.message));
    }
    Ok(if done.kept.is_empty() && done.kept_snippets.is_empty() { Answer::Yes } else { Answer::No })
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
