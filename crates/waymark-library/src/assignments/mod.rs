//! Servers and walkthroughs as a matrix: read in one query, and changed in whole columns, which is one change to several
//! drafts that is taken back at once (see [`crate::bulk`]).

use waymark_core::{
    assignments::{self, ArrangeServer, ArrangeWish, AssignmentMatrix, MatrixRow, Offered},
    compose::{self, AssignServer, Source},
    edit::Edit,
    error::{Error, Result},
    id::ConnectionId,
};

use crate::{
    Library,
    bulk::{self, BulkApplied},
    drafts::store as draft_store,
    edits::several,
    servers,
    write::Write,
};

mod store;
#[cfg(test)]
mod tests;

/// The name of such changes among those to several drafts.
const KIND: &str = "assignments";

/// All drafts that are not in the trash, beside what a connection last had of them.
///
/// # Errors
/// Those of the file.
pub async fn matrix(library: &Library, connection: Option<&ConnectionId>) -> Result<AssignmentMatrix> {
    let rows = store::read(library, connection).await?;
    let known = servers::list(library, connection).await?;
    let offered = rows.iter().flat_map(|row| {
        row.draft.iter().map(|assignment| Offered { walkthrough: row.id.clone(), assignment: assignment.clone() })
    });
    let columns = assignments::columns(&known, offered.collect());
    let walkthroughs: Vec<MatrixRow> = rows.into_iter().map(store::Row::into_matrix).collect();
    let notes = assignments::runtime_notes(&columns, &walkthroughs);
    Ok(AssignmentMatrix { connection: connection.cloned(), servers: columns, walkthroughs, notes })
}

/// Changes a server's column: all drafts or none. Those that are so already stay as they are.
///
/// # Errors
/// `InvalidInput` where no server or no walkthrough is named; `NotFound`; those of `edits::apply`.
pub async fn arrange(library: &Library, input: &ArrangeServer, origin: &str) -> Result<BulkApplied> {
    let input = ArrangeServer { server: input.server.trim().to_owned(), ..input.clone() };
    refuse_empty(&input)?;
    let mut write = Write::begin(library).await?;
    let source = Source { random: library.random(), now: write.now() };
    let mut column = store::column(&mut write, &input.server).await?;
    assignments::sort(&mut column);
    let wished = assignments::arrange(&column, &input);
    let mut parts = Vec::with_capacity(wished.len());
    for (id, offer) in wished {
        let current = draft_store::load(write.connection(), library.cache(), &id).await?;
        let edit = match offer {
            None => Edit::Unassign { server: input.server.clone() },
            Some(offer) => {
                let wish = AssignServer {
                    walkthrough: id.clone(),
                    server: input.server.clone(),
                    display_order: Some(offer.display_order),
                    is_enabled: offer.is_enabled,
                };
                compose::assign(&current.draft.walkthrough, wish, source)
            }
        };
        if let Some(version) = several::apply_in(&mut write, &id, &edit, origin).await? {
            parts.push((id, version));
        }
    }
    let unchanged = input.walkthroughs.iter().filter(|id| !parts.iter().any(|(changed, _)| changed == *id)).count();
    let id = bulk::store::add(&mut write, KIND, &label(&input), &parts, &[]).await?;
    write.commit().await?;
    Ok(BulkApplied { id, changed: parts.into_iter().map(|(id, _)| id).collect(), unchanged: unchanged as u32 })
}

fn refuse_empty(input: &ArrangeServer) -> Result<()> {
    if input.server.is_empty() {
        return Err(Error::invalid("No server was named.").with_field("server").with_hint("Name it by its slug."));
    }
    if input.walkthroughs.is_empty() {
        return Err(Error::invalid("No walkthrough was named.")
            .with_field("walkthroughs")
            .with_hint("Choose at least one."));
    }
    Ok(())
}

fn label(input: &ArrangeServer) -> String {
    let server = &input.server;
    match input.wish {
        ArrangeWish::Assign => format!("Assigned to `{server}`"),
        ArrangeWish::Unassign => format!("Taken from `{server}`"),
        ArrangeWish::Enable => format!("Enabled on `{server}`"),
        ArrangeWish::Disable => format!("Disabled on `{server}`"),
        ArrangeWish::MoveBefore(_) => format!("Moved on `{server}`"),
    }
}
