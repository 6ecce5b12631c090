//! Remembered servers, over a real file.

use waymark_core::error::Code;

use super::*;
use crate::{
    connections::{self, tests::connection},
    drafts,
    testing::{assignment, library, walkthrough},
};

fn server(slug: &str, name: &str) -> ServerInfo {
    ServerInfo { slug: slug.to_owned(), name: name.to_owned() }
}

#[tokio::test]
async fn servers_are_remembered_per_connection_and_listed_together_with_assigned_ones() {
    let (library, _dir) = library().await;
    for (id, name) in [("con_1", "One"), ("con_2", "Two")] {
        connections::save(&library, connection(id, name), "test").await.expect("a connection");
    }
    let (one, two): (ConnectionId, ConnectionId) = ("con_1".into(), "con_2".into());
    remember(&library, &one, vec![server("old", "Old")], "test").await.expect("remembered");
    remember(&library, &one, vec![server("docs", "Docs")], "test").await.expect("replaced");
    remember(&library, &two, vec![server("docs", "Docs"), server("api", "API")], "test").await.expect("remembered");
    assert_eq!(list(&library, Some(&one)).await.expect("one"), [server("docs", "Docs")]);
    let mut assigned = walkthrough("wt_1", "One", Vec::new());
    assigned.assignments = vec![assignment("msw_1", "docs"), assignment("msw_2", "unknown")];
    drafts::insert(&library, assigned, "test").await.expect("assigned");
    let all = list(&library, None).await.expect("all");
    assert_eq!(all, [server("api", "API"), server("docs", "Docs"), server("unknown", "unknown")]);
    connections::remove(&library, &two, "test").await.expect("removed");
    assert_eq!(list(&library, Some(&two)).await.expect("none"), []);
    let error = remember(&library, &two, Vec::new(), "test").await.expect_err("removed");
    assert_eq!(error.code, Code::NotFound);
}
