//! `waymark trash`: what is in the trash, the way out of it, and the way that nobody comes back from.

use serde::Serialize;
use waymark_core::{
    error::{Code, Error, Result},
    id::WalkthroughId,
};
use waymark_library::drafts::{self, DraftSummary, ListDrafts, trash};

use crate::{
    Answer,
    args::bulk::Trash,
    context::{Context, ORIGIN},
    output::counted,
};

#[derive(Serialize)]
struct Listing {
    walkthroughs: Vec<DraftSummary>,
}

#[derive(Serialize)]
struct Restored {
    restored: Vec<WalkthroughId>,
}

#[derive(Serialize)]
struct Deleted {
    deleted: Vec<WalkthroughId>,
}

/// Runs one of the three.
pub async fn run(context: &Context, command: Trash) -> Result<Answer> {
    match command {
        Trash::List => list(context).await,
        Trash::Restore { walkthroughs } => restore(context, &walkthroughs).await,
        Trash::Empty { walkthroughs, yes } => empty(context, &walkthroughs, yes).await,
    }
}

async fn list(context: &Context) -> Result<Answer> {
    let listing = Listing { walkthroughs: all(context).await? };
    context.output.answer(&listing, || {
        let line = |one: &DraftSummary| format!("{}  {}  {} steps  {}", one.id, one.kind, one.steps, one.title);
        listing.walkthroughs.iter().map(line).collect::<Vec<_>>().join("\n")
    })?;
    if listing.walkthroughs.is_empty() {
        context.output.note("The trash is empty.");
    }
    Ok(Answer::Yes)
}

async fn all(context: &Context) -> Result<Vec<DraftSummary>> {
    let which = ListDrafts { in_trash: true, ..ListDrafts::default() };
    drafts::list(&context.app().await?.library, &which).await
}

async fn restore(context: &Context, walkthroughs: &[String]) -> Result<Answer> {
    let restored = named(context, walkthroughs).await?;
    drafts::restore(&context.app().await?.library, &restored, ORIGIN).await?;
    let answer = Restored { restored };
    context.output.answer(&answer, || format!("Restored {}.", counted(answer.restored.len(), "walkthrough")))?;
    Ok(Answer::Yes)
}

async fn empty(context: &Context, walkthroughs: &[String], is_confirmed: bool) -> Result<Answer> {
    let deleted = match walkthroughs {
        [] => all(context).await?.into_iter().map(|one| one.id).collect(),
        some => named(context, some).await?,
    };
    let count = counted(deleted.len(), "walkthrough");
    if !is_confirmed && !deleted.is_empty() {
        let message = format!("{count} would be deleted for good, with the history.");
        return Err(Error::new(Code::Refused, message).with_hint("Say `--yes` to do it. Nothing brings them back."));
    }
    trash::delete(&context.app().await?.library, &deleted, ORIGIN).await?;
    let answer = Deleted { deleted };
    context.output.answer(&answer, || format!("Deleted {count} for good."))?;
    Ok(Answer::Yes)
}

/// Those in the trash go before others of the same title.
async fn named(context: &Context, walkthroughs: &[String]) -> Result<Vec<WalkthroughId>> {
    let in_trash = all(context).await?;
    let mut ids = Vec::with_capacity(walkthroughs.len());
    for name in walkthroughs {
        let titled: Vec<_> = in_trash.iter().filter(|one| one.id.as_str() == name || one.title == *name).collect();
        match titled[..] {
            [one] => ids.push(one.id.clone()),
            _ => ids.push(context.find(name).await?),
        }
    }
    Ok(ids)
}
