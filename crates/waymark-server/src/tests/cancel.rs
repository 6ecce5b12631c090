//! A client that calls a request off: before the write nothing happens, after it has begun all of it does.

use std::sync::Arc;

use serde_json::json;
use tokio::task::JoinHandle;
use waymark_testkit::postgres::Database;

use super::{pipe::Pipe, production};
use crate::Options;

/// How often the database is looked at before something counts as never coming. Each look starts a process.
const LOOKS: usize = 500;
/// The id of the request that is called off.
const ASKED: &str = "called off";

type Shared = Arc<Database<'static>>;

/// A client that has begun `wt_1`, of a server that offers `wt_2` as well.
async fn begun() -> (Shared, Pipe) {
    let (database, learners) = production().await;
    database.run(
        "INSERT INTO walkthroughs (id, organization_id, title, status)
           VALUES ('wt_2', 'org_example', 'Walkthrough wt_2', 'published');
         INSERT INTO walkthrough_steps (id, walkthrough_id, title, content_fields, display_order)
           VALUES ('x', 'wt_2', 'Title of x', '{\"version\": \"v1\", \"contentForUser\": \"Say it\"}', 1);
         INSERT INTO mcp_server_walkthroughs (id, mcp_server_id, walkthrough_id)
           SELECT 'msw_2', id, 'wt_2' FROM mcp_servers WHERE slug = 'docs';
         CREATE TABLE released (at int)",
    );
    let mut pipe = Pipe::over(learners, Options { server: Some("docs".to_owned()), ..Options::default() });
    pipe.initialize("2025-06-18").await;
    let first = pipe.tool("start_walkthrough", json!({"name": "wt_1"})).await;
    assert_eq!(first["structuredContent"]["step"]["id"], "a");
    (Arc::new(database), pipe)
}

/// Somebody holds the log of calls, until [`release`].
fn hold(database: &Shared, mode: &str) -> JoinHandle<()> {
    let statement = format!(
        "DO $$ BEGIN LOCK TABLE mcp_tool_calls IN {mode} MODE;
           WHILE NOT EXISTS (SELECT 1 FROM released) LOOP PERFORM pg_sleep(0.005); END LOOP; END $$"
    );
    let holding = Arc::clone(database);
    let held = tokio::task::spawn_blocking(move || drop(holding.run(&statement)));
    until(
        database,
        "SELECT count(*) > 0 FROM pg_locks l JOIN pg_stat_activity a USING (pid)
         WHERE l.granted AND l.relation = 'mcp_tool_calls'::regclass AND a.query LIKE 'DO %'",
    );
    held
}

async fn release(database: &Shared, held: JoinHandle<()>) {
    database.run("INSERT INTO released VALUES (1)");
    held.await.expect("it was held");
}

fn until(database: &Shared, sql: &str) {
    assert!((0..LOOKS).any(|_| database.run(sql) == "t"), "never: {sql}");
}

/// Asks for something that has to wait in the database, and calls it off.
async fn ask_and_call_off(database: &Shared, pipe: &mut Pipe, tool: &str, arguments: serde_json::Value) {
    let params = json!({"name": tool, "arguments": arguments});
    pipe.send(&json!({"jsonrpc": "2.0", "id": ASKED, "method": "tools/call", "params": params})).await;
    until(
        database,
        "SELECT count(*) > 0 FROM pg_locks l JOIN pg_stat_activity a USING (pid)
         WHERE NOT l.granted AND a.datname = current_database()",
    );
    let params = json!({"requestId": ASKED, "reason": "the user has left"});
    pipe.send(&json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": params})).await;
    // Messages are taken in order: with this answer the other one has arrived.
    pipe.ask("ping", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_called_off_before_the_write_changes_nothing() {
    let (database, mut pipe) = begun().await;
    let held = hold(&database, "ACCESS EXCLUSIVE");
    ask_and_call_off(&database, &mut pipe, "get_next_step", json!({"currentStepId": "a"})).await;
    release(&database, held).await;
    for _ in 0..3 {
        let status = pipe.tool("get_walkthrough_status", json!({})).await;
        assert_eq!(status["structuredContent"]["progress"]["completed_steps"], 0);
    }
    assert_eq!(database.run("SELECT count(*) FROM mcp_tool_calls WHERE tool_name = 'get_next_step'"), "0");
    let next = pipe.tool("get_next_step", json!({"currentStepId": "a"})).await;
    assert_eq!(next["structuredContent"]["step"]["id"], "b");
    pipe.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_called_off_while_it_is_written_is_written_whole() {
    let (database, mut pipe) = begun().await;
    // Reading goes on; the transaction has begun and waits for its commit.
    let held = hold(&database, "SHARE");
    ask_and_call_off(&database, &mut pipe, "start_walkthrough", json!({"name": "wt_2"})).await;
    release(&database, held).await;
    until(&database, "SELECT count(*) = 1 FROM walkthrough_progress WHERE walkthrough_id = 'wt_2'");
    assert_eq!(database.run("SELECT count(*) FROM mcp_tool_calls"), "2");
    let next = pipe.tool("get_next_step", json!({"currentStepId": "x"})).await;
    assert_eq!(next["structuredContent"]["outcome"], "completed");
    pipe.close().await;
}
