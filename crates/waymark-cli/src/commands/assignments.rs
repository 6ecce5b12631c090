//! `waymark assign` and `unassign`: part of the draft until it is published.

use serde::Serialize;
use waymark_core::{
    compose::{self, AssignServer, Source},
    edit::Edit,
    error::Result,
    id::WalkthroughId,
    walkthrough::Assignment,
};
use waymark_library::{
    drafts,
    edits::{self, ApplyEdit},
};

use crate::{
    Answer,
    args::drafts::{Assign, Unassign},
    context::{Context, ORIGIN},
};

#[derive(Serialize)]
struct Assigned {
    walkthrough_id: WalkthroughId,
    assignments: Vec<Assignment>,
}

/// Offers a walkthrough on a server, or changes how. What is not said stays as it is.
pub async fn assign(context: &Context, args: Assign) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let app = context.app().await?;
    let walkthrough = drafts::open(&app.library, &id).await?.draft.walkthrough;
    let source = Source { random: app.env.random, now: (app.env.now)() };
    let wish = AssignServer {
        walkthrough: id.clone(),
        server: args.server,
        display_order: args.order,
        is_enabled: !args.disabled,
    };
    change(context, id, compose::assign(&walkthrough, wish, source)).await
}

/// Takes a walkthrough from a server.
pub async fn unassign(context: &Context, args: Unassign) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    change(context, id, Edit::Unassign { server: args.server }).await
}

async fn change(context: &Context, id: WalkthroughId, edit: Edit) -> Result<Answer> {
    let apply = ApplyEdit { walkthrough: id.clone(), edit, seen_version: None, origin: ORIGIN.to_owned() };
    let applied = edits::apply(&context.app().await?.library, apply).await?;
    let value = Assigned { walkthrough_id: id, assignments: applied.draft.walkthrough.assignments };
    context.output.answer(&value, || words(&value.assignments))?;
    Ok(Answer::Yes)
}

fn words(assignments: &[Assignment]) -> String {
    if assignments.is_empty() {
        return "Assigned to no server.".to_owned();
    }
    let line = |assignment: &Assignment| {
        let state = if assignment.is_enabled { "enabled" } else { "disabled" };
        format!("{}: order {}, {state}", assignment.server, assignment.display_order)
    };
    assignments.iter().map(line).collect::<Vec<_>>().join("\n")
}
