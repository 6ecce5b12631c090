//! `waymark assignments`, `assign` and `unassign`: part of the draft until it is published.

use serde::Serialize;
use waymark_core::{
    assignments::{AssignmentMatrix, MatrixCell, MatrixRow, Offer},
    compose::{self, AssignServer, Source},
    edit::Edit,
    error::{Error, Result},
    id::WalkthroughId,
    walkthrough::Assignment,
};
use waymark_library::{
    assignments, connections, drafts,
    edits::{self, ApplyEdit},
};

use crate::{
    Answer,
    args::{
        drafts::{Assign, Unassign},
        releases::Assignments,
    },
    context::{Context, ORIGIN},
    output::table,
};

#[derive(Serialize)]
struct Assigned {
    walkthrough_id: WalkthroughId,
    assignments: Vec<Assignment>,
}

/// Lists servers and walkthroughs.
pub async fn matrix(context: &Context, args: Assignments) -> Result<Answer> {
    let library = &context.app().await?.library;
    let connection = match &args.connection {
        Some(name) => Some(connections::find(library, name).await?.id),
        None => None,
    };
    let mut matrix = assignments::matrix(library, connection.as_ref()).await?;
    if let Some(slug) = &args.server {
        keep_server(&mut matrix, slug)?;
    }
    context.output.answer(&matrix, || listed(&matrix))?;
    if !context.output.is_json {
        matrix.notes.iter().for_each(|note| context.output.note(note));
    }
    Ok(Answer::Yes)
}

/// Only one column, its rows in its order.
fn keep_server(matrix: &mut AssignmentMatrix, slug: &str) -> Result<()> {
    matrix.servers.retain(|server| server.slug == slug);
    let Some(server) = matrix.servers.first() else {
        return Err(Error::not_found(format!("No server `{slug}` is known."))
            .with_hint("`waymark connection test` learns which servers a connection has."));
    };
    matrix.walkthroughs.iter_mut().for_each(|row| row.cells.retain(|cell| cell.server == slug));
    matrix.walkthroughs.retain(|row| !row.cells.is_empty());
    let place = |row: &MatrixRow| server.order.iter().position(|id| *id == row.id).unwrap_or(usize::MAX);
    matrix.walkthroughs.sort_by_key(place);
    Ok(())
}

fn listed(matrix: &AssignmentMatrix) -> String {
    if matrix.walkthroughs.is_empty() {
        return "No walkthroughs.".to_owned();
    }
    let heads: Vec<&str> =
        ["walkthrough"].into_iter().chain(matrix.servers.iter().map(|server| server.slug.as_str())).collect();
    let cell = |row: &MatrixRow, slug: &str| {
        row.cells.iter().find(|cell| cell.server == slug).map_or_else(String::new, |cell| in_words(cell, matrix))
    };
    let row = |row: &MatrixRow| {
        let cells = matrix.servers.iter().map(|server| cell(row, &server.slug));
        [format!("{} ({})", row.title, row.id)].into_iter().chain(cells).collect()
    };
    table(&heads, &matrix.walkthroughs.iter().map(row).collect::<Vec<_>>())
}

/// `2`, `2 disabled`; behind it in brackets what the connection has, where that is something else.
fn in_words(cell: &MatrixCell, matrix: &AssignmentMatrix) -> String {
    let offer = |offer: Option<Offer>| match offer {
        Some(Offer { display_order, is_enabled: true }) => display_order.to_string(),
        Some(Offer { display_order, is_enabled: false }) => format!("{display_order} disabled"),
        None => "not assigned".to_owned(),
    };
    match cell.is_unpublished && matrix.connection.is_some() {
        true => format!("{} (there: {})", offer(cell.draft), offer(cell.production)),
        false => offer(cell.draft),
    }
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
