//! Which walkthroughs are offered on which servers: the matrix of both, and what a wish means for each draft.
//!
//! An assignment is a part of its draft like any text. What is said about a server's column here becomes one [`Edit`] for
//! each draft that changes, and none for the others: a move renumbers as few neighbors as it can.
//!
//! [`Edit`]: crate::edit::Edit

use serde::{Deserialize, Serialize};

use crate::{
    connection::ServerInfo,
    id::{ConnectionId, WalkthroughId},
    walkthrough::{Assignment, Millis, WalkthroughStatus, WalkthroughType},
};

/// Servers and walkthroughs, as the drafts have them beside what one connection last had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AssignmentMatrix {
    /// Whose servers and whose production; none where no connection is looked at.
    pub connection: Option<ConnectionId>,
    /// The columns: the connection's servers, then those that only drafts name.
    pub servers: Vec<MatrixServer>,
    /// The rows, by title.
    pub walkthroughs: Vec<MatrixRow>,
    /// What the platform's own runtime makes of it, in sentences.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MatrixServer {
    /// What assignments name.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// Whether the connection has it, as far as is known: publishing refuses a server that it does not have.
    pub is_known: bool,
    /// The walkthroughs that drafts offer there, in the order in which learners see them.
    pub order: Vec<WalkthroughId>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MatrixRow {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
    /// The draft's status.
    pub status: WalkthroughStatus,
    /// Whether the connection ever had it.
    pub is_in_production: bool,
    /// Whether somebody changed it there since.
    pub is_changed_there: bool,
    /// What else the draft has that is not published there: it goes with the assignments.
    pub other_changes: u32,
    /// Servers at which the draft or production has it.
    pub cells: Vec<MatrixCell>,
}

/// A walkthrough at a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MatrixCell {
    /// The server's slug.
    pub server: String,
    /// What the draft says.
    pub draft: Option<Offer>,
    /// What production had when both last met.
    pub production: Option<Offer>,
    /// Whether the two differ, so that it is still to be published.
    pub is_unpublished: bool,
}

/// How a walkthrough is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Offer {
    /// Its place among the server's walkthroughs.
    pub display_order: i32,
    /// Whether learners see it there.
    pub is_enabled: bool,
}

/// What is wished for walkthroughs at one server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ArrangeServer {
    /// The server's slug.
    pub server: String,
    /// Which walkthroughs.
    pub walkthroughs: Vec<WalkthroughId>,
    /// What with them.
    pub wish: ArrangeWish,
}

/// One wish for all that are named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ArrangeWish {
    /// Be offered there, behind those that are.
    Assign,
    /// Not be offered there.
    Unassign,
    /// Be seen by learners there.
    Enable,
    /// Not be seen by learners there, and keep the place.
    Disable,
    /// Stand before this one, or behind all.
    MoveBefore(Option<WalkthroughId>),
}

/// An assignment of a draft, in a server's column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Whose.
    pub walkthrough: WalkthroughId,
    /// What the draft has.
    pub assignment: Assignment,
}

impl From<&Assignment> for Offer {
    fn from(assignment: &Assignment) -> Self {
        Self { display_order: assignment.display_order, is_enabled: assignment.is_enabled }
    }
}

/// The order in which learners see a server's walkthroughs.
pub fn sort(column: &mut [Offered]) {
    let key = |offered: &Offered| {
        let Assignment { display_order, created_at, id, .. } = &offered.assignment;
        (*display_order, created_at.map_or(i64::MAX, |Millis(at)| at), id.clone())
    };
    column.sort_by_key(key);
}

/// What each draft is to say about the server, where that is something else than it says now: `None` where it is not to be
/// offered there. `column` is sorted.
pub fn arrange(column: &[Offered], input: &ArrangeServer) -> Vec<(WalkthroughId, Option<Offer>)> {
    let known = |id: &WalkthroughId| column.iter().find(|offered| offered.walkthrough == *id);
    let named = input.walkthroughs.iter();
    match &input.wish {
        ArrangeWish::Assign => {
            let mut next = column.last().map_or(1, |last| last.assignment.display_order.saturating_add(1));
            let mut offers = Vec::new();
            for id in named.filter(|id| known(id).is_none()) {
                offers.push((id.clone(), Some(Offer { display_order: next, is_enabled: true })));
                next = next.saturating_add(1);
            }
            offers
        }
        ArrangeWish::Unassign => named.filter(|id| known(id).is_some()).map(|id| (id.clone(), None)).collect(),
        ArrangeWish::Enable => switched(named.filter_map(known), true),
        ArrangeWish::Disable => switched(named.filter_map(known), false),
        ArrangeWish::MoveBefore(before) => moved(column, &input.walkthroughs, before.as_ref()),
    }
}

fn switched<'a>(offered: impl Iterator<Item = &'a Offered>, is_enabled: bool) -> Vec<(WalkthroughId, Option<Offer>)> {
    offered
        .filter(|offered| offered.assignment.is_enabled != is_enabled)
        .map(|offered| (offered.walkthrough.clone(), Some(Offer { is_enabled, ..Offer::from(&offered.assignment) })))
        .collect()
}

/// Those that are moved get the places behind the one above them; those below move on only as far as they must.
fn moved(
    column: &[Offered],
    ids: &[WalkthroughId],
    before: Option<&WalkthroughId>,
) -> Vec<(WalkthroughId, Option<Offer>)> {
    let is_moved = |offered: &&Offered| ids.contains(&offered.walkthrough);
    // One that is moved before itself stands before the first behind it that stays.
    let stop = before.and_then(|before| column.iter().position(|offered| offered.walkthrough == *before));
    let stop = stop.map(|at| column[at..].iter().find(|offered| !is_moved(offered)));
    let stays: Vec<&Offered> = column.iter().filter(|offered| !is_moved(offered)).collect();
    let at = match stop.flatten() {
        Some(stop) => stays.iter().position(|offered| offered.walkthrough == stop.walkthrough).unwrap_or(stays.len()),
        None => stays.len(),
    };
    let moving: Vec<&Offered> = column.iter().filter(is_moved).collect();
    let sequence: Vec<&Offered> = stays[..at].iter().chain(&moving).chain(&stays[at..]).copied().collect();
    if moving.is_empty() || sequence.iter().zip(column).all(|(a, b)| a.walkthrough == b.walkthrough) {
        return Vec::new();
    }
    renumbered(&sequence, at, at + moving.len())
}

/// New places for the stretch that was moved, and for as many behind it as stand in its way.
fn renumbered(sequence: &[&Offered], from: usize, until: usize) -> Vec<(WalkthroughId, Option<Offer>)> {
    let order = |index: usize| sequence.get(index).map(|offered| offered.assignment.display_order);
    let count = (until - from) as i32;
    let first = match (from.checked_sub(1).and_then(order), order(until)) {
        (Some(above), _) => above.saturating_add(1),
        (None, Some(below)) => below.saturating_sub(count).max(0),
        (None, None) => 1,
    };
    let (mut next, mut offers) = (first, Vec::new());
    for (index, offered) in sequence.iter().enumerate().skip(from) {
        let now = offered.assignment.display_order;
        if index >= until && now >= next {
            break;
        }
        if now != next {
            offers.push((
                offered.walkthrough.clone(),
                Some(Offer { display_order: next, is_enabled: offered.assignment.is_enabled }),
            ));
        }
        next = next.saturating_add(1);
    }
    offers
}

/// What the platform's own runtime does not heed, where it matters for these rows. Learners whom Waymark serves see what
/// the drafts say.
pub fn runtime_notes(servers: &[MatrixServer], rows: &[MatrixRow]) -> Vec<String> {
    let offers = || rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.draft);
    let mut notes = Vec::new();
    if offers().any(|offer| !offer.is_enabled) {
        notes.push(
            "The platform's own runtime shows a disabled walkthrough all the same. Unassign it to hide it there."
                .into(),
        );
    }
    if servers.iter().any(|server| server.order.len() > 1) {
        notes.push(
            "The platform's own runtime lists walkthroughs by when they were created, whatever the order here. Waymark keeps the order."
                .into(),
        );
    }
    notes
}

/// The columns: servers of the connection by name, then those that only drafts name.
pub fn columns(known: &[ServerInfo], mut offered: Vec<Offered>) -> Vec<MatrixServer> {
    sort(&mut offered);
    let mut servers: Vec<MatrixServer> = known
        .iter()
        .map(|ServerInfo { slug, name }| MatrixServer {
            slug: slug.clone(),
            name: name.clone(),
            is_known: true,
            order: Vec::new(),
        })
        .collect();
    let mut others: Vec<MatrixServer> = Vec::new();
    for Offered { walkthrough, assignment } in offered {
        let slug = assignment.server;
        if let Some(server) = servers.iter_mut().chain(&mut others).find(|server| server.slug == slug) {
            server.order.push(walkthrough);
        } else {
            others.push(MatrixServer { name: slug.clone(), slug, is_known: false, order: vec![walkthrough] });
        }
    }
    others.sort_by(|a, b| a.slug.cmp(&b.slug));
    servers.extend(others);
    servers
}

/// A row's cells: each server that the draft or production names.
pub fn cells(draft: &[Assignment], production: Option<&[Assignment]>) -> Vec<MatrixCell> {
    let find = |list: &[Assignment], slug: &str| list.iter().find(|one| one.server == slug).map(Offer::from);
    let there = production.unwrap_or_default();
    let only_there = there.iter().filter(|one| find(draft, &one.server).is_none());
    let mut cells: Vec<MatrixCell> = draft
        .iter()
        .chain(only_there)
        .map(|one| {
            let (draft, production) = (find(draft, &one.server), find(there, &one.server));
            MatrixCell { server: one.server.clone(), is_unpublished: draft != production, draft, production }
        })
        .collect();
    cells.sort_by(|a, b| a.server.cmp(&b.server));
    cells
}

#[cfg(test)]
mod tests;
