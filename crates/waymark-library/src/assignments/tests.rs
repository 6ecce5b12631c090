//! The matrix and its columns, over a real file.

use waymark_core::{connection::ServerInfo, id::WalkthroughId, walkthrough::Walkthrough};

use super::*;
use crate::{
    connections::{self, tests::connection},
    drafts,
    sync::{self, SyncBase},
    testing::{assignment, library, walkthrough},
};

async fn put(library: &Library, id: &str, assignments: &[(&str, i32)]) -> Walkthrough {
    let mut one = walkthrough(id, &format!("Title {id}"), Vec::new());
    one.assignments = assignments
        .iter()
        .map(|(server, order)| {
            let mut known = assignment(&format!("msw_{id}_{server}"), server);
            known.display_order = *order;
            known
        })
        .collect();
    drafts::insert(library, one.clone(), "test").await.expect("inserted");
    one
}

fn wish(ids: &[&str], wish: ArrangeWish) -> ArrangeServer {
    let walkthroughs = ids.iter().map(|id| WalkthroughId::from(*id)).collect();
    ArrangeServer { server: "docs".to_owned(), walkthroughs, wish }
}

async fn order(library: &Library) -> Vec<String> {
    let matrix = matrix(library, None).await.expect("read");
    let docs = matrix.servers.iter().find(|server| server.slug == "docs");
    docs.map_or_else(Vec::new, |server| server.order.iter().map(ToString::to_string).collect())
}

#[tokio::test]
async fn the_matrix_shows_drafts_beside_what_the_connection_had() {
    let (library, _dir) = library().await;
    connections::save(&library, connection("con_1", "One"), "test").await.expect("a connection");
    let server = ServerInfo { slug: "docs".to_owned(), name: "Docs".to_owned() };
    servers::remember(&library, &"con_1".into(), vec![server], "test").await.expect("remembered");
    let one = put(&library, "wt_1", &[("docs", 1), ("elsewhere", 1)]).await;
    put(&library, "wt_2", &[("docs", 2)]).await;
    let mut there = one.clone();
    there.assignments[0].display_order = 7;
    let base = SyncBase { walkthrough: there, revision: 1, synced_at: waymark_core::walkthrough::Millis(9) };
    sync::set_base(&library, "con_1", base, "test").await.expect("a base");
    let found = matrix(&library, Some(&"con_1".into())).await.expect("read");
    let columns: Vec<_> = found.servers.iter().map(|server| (server.slug.as_str(), server.is_known)).collect();
    assert_eq!(columns, [("docs", true), ("elsewhere", false)]);
    let rows: Vec<_> = found
        .walkthroughs
        .iter()
        .map(|row| (row.id.as_str(), row.is_in_production, row.cells.iter().filter(|cell| cell.is_unpublished).count()))
        .collect();
    assert_eq!(rows, [("wt_1", true, 1), ("wt_2", false, 1)]);
    assert_eq!(found.walkthroughs[0].cells[0].production.map(|offer| offer.display_order), Some(7));
    assert_eq!(found.notes.len(), 1, "more than one on a server: its order has no effect in the platform's runtime");
}

#[tokio::test]
async fn a_column_is_changed_at_once_and_taken_back_at_once() {
    let (library, _dir) = library().await;
    for (id, order) in [("wt_1", 1), ("wt_2", 2), ("wt_3", 3)] {
        put(&library, id, &[("docs", order)]).await;
    }
    put(&library, "wt_4", &[]).await;
    let moved = wish(&["wt_3"], ArrangeWish::MoveBefore(Some("wt_1".into())));
    let done = arrange(&library, &moved, "test").await.expect("moved");
    assert_eq!(done.changed, ["wt_3".into()], "nobody else had to move");
    assert_eq!(order(&library).await, ["wt_3", "wt_1", "wt_2"]);
    bulk::undo(&library, &done.id.expect("it changed something"), "test").await.expect("taken back");
    assert_eq!(order(&library).await, ["wt_1", "wt_2", "wt_3"]);

    arrange(&library, &wish(&["wt_4"], ArrangeWish::Assign), "test").await.expect("assigned");
    assert_eq!(order(&library).await.last().map(String::as_str), Some("wt_4"));
    let all = ["wt_1", "wt_2", "wt_3", "wt_4"];
    let disabled = arrange(&library, &wish(&all, ArrangeWish::Disable), "test").await.expect("disabled");
    assert_eq!((disabled.changed.len(), disabled.unchanged), (4, 0));
    let again = arrange(&library, &wish(&all, ArrangeWish::Disable), "test").await.expect("nothing to do");
    assert_eq!((again.id, again.unchanged), (None, 4));
    arrange(&library, &wish(&["wt_1", "wt_2"], ArrangeWish::Unassign), "test").await.expect("taken away");
    assert_eq!(order(&library).await, ["wt_3", "wt_4"]);
}

#[tokio::test]
async fn a_wish_that_names_nothing_or_nobody_is_refused() {
    let (library, _dir) = library().await;
    let nobody = arrange(&library, &wish(&[], ArrangeWish::Assign), "test").await.expect_err("nobody");
    assert_eq!(nobody.field.as_deref(), Some("walkthroughs"));
    let nowhere = ArrangeServer { server: " ".to_owned(), ..wish(&["wt_1"], ArrangeWish::Assign) };
    assert_eq!(arrange(&library, &nowhere, "test").await.expect_err("nowhere").field.as_deref(), Some("server"));
    let gone = arrange(&library, &wish(&["wt_gone"], ArrangeWish::Assign), "test").await.expect_err("gone");
    assert_eq!(gone.code, waymark_core::error::Code::NotFound);
}
