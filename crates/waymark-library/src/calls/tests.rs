//! The log of calls, over a real file.

use waymark_core::{
    error::Code,
    learner::{
        self,
        call::{Call, Profile},
        standing::Scope,
        writes::Written,
    },
};

use super::*;
use crate::{
    changes::{self, Change},
    drafts, learners,
    testing::{ENV, library, step, walkthrough},
};

fn ann() -> Scope {
    Scope { tracking: Some("ann".to_owned()), session: Some("vis_ann".into()), ..Scope::default() }
}

fn start(name: &str) -> Call {
    Call::Start { name: Some(name.to_owned()), restart: false, email: None }
}

fn next(step: &str) -> Call {
    Call::Next { step: Some(step.into()) }
}

async fn make(library: &Library, scope: &Scope, call: &Call, text: &str) {
    let standing = learners::read(library, scope, call, (ENV.now)()).await.expect("read");
    let turn = learner::decide(&standing, call, (ENV.now)(), ENV.random);
    let written = learners::write(library, &standing, &turn, call.tool(Profile::Current), text).await;
    assert_eq!(written.expect("written"), Written::Done);
}

async fn with_draft() -> (Library, tempfile::TempDir) {
    let (library, dir) = library().await;
    let steps = vec![step("wts_1", 1, "a"), step("wts_2", 2, "b")];
    drafts::insert(&library, walkthrough("wt_1", "One", steps), "test").await.expect("a draft");
    (library, dir)
}

#[tokio::test]
async fn each_call_is_logged_with_who_what_and_the_text_that_it_was_answered_by() {
    let (library, _dir) = with_draft().await;
    make(&library, &ann(), &start("One"), "The first step.").await;
    make(&library, &ann(), &next("wts_1"), "The second step.").await;
    make(&library, &ann(), &next("wts_9"), "There is no such step.").await;
    let logged = list(&library).await.expect("a log");
    let said: Vec<_> = logged.iter().map(|call| (call.tool.as_str(), call.action.as_str(), call.is_error)).collect();
    let expected = [
        ("get_next_step", "invalid_step", true),
        ("get_next_step", "advance", false),
        ("start_walkthrough", "start_named", false),
    ];
    assert_eq!(said, expected, "newest first");
    let advanced = &logged[1];
    assert_eq!((advanced.learner.as_deref(), advanced.visit.as_str()), (Some("ann"), "vis_ann"));
    assert_eq!((&advanced.server, advanced.arguments.as_str()), (&None, r#"{"currentStepId":"wts_1"}"#));
    assert_eq!(
        (advanced.walkthrough_title.as_deref(), advanced.step_title.as_deref()),
        (Some("One"), Some("Step wts_2"))
    );
    assert_eq!(answer(&library, advanced.seq).await.expect("its text"), "The second step.");
}

#[tokio::test]
async fn a_call_is_announced_once_with_the_walkthrough_that_it_is_about() {
    let (library, _dir) = with_draft().await;
    let before = changes::latest(&library).await.expect("a number");
    make(&library, &ann(), &Call::List, "One").await;
    make(&library, &ann(), &start("One"), "The first step.").await;
    let told: Vec<Change> = changes::since(&library, before).await.expect("changes");
    let told: Vec<_> = told.iter().map(|change| (change.what, change.id.as_str(), change.origin.as_str())).collect();
    assert_eq!(told, [(What::Learner, "", "agent"), (What::Learner, "wt_1", "agent")]);
}

#[tokio::test]
async fn clearing_takes_the_log_and_nothing_from_an_agent_at_work() {
    let (library, _dir) = with_draft().await;
    make(&library, &ann(), &start("One"), "The first step.").await;
    let seq = list(&library).await.expect("a log")[0].seq;
    clear(&library, "window").await.expect("cleared");
    assert_eq!(list(&library).await.expect("a log"), []);
    assert_eq!(answer(&library, seq).await.expect_err("it is gone").code, Code::NotFound);
    // Without an id the step that was delivered in this visit is completed: the visit is remembered.
    make(&library, &ann(), &Call::Next { step: None }, "The second step.").await;
    let logged = list(&library).await.expect("a log");
    assert_eq!((logged.len(), logged[0].action.as_str()), (1, "advance"));
    assert!(logged[0].seq > seq, "a number is used once");
}

#[tokio::test]
async fn of_many_and_of_long_answers_the_latest_are_kept() {
    let (library, _dir) = with_draft().await;
    make(&library, &ann(), &start("One"), "The first step.").await;
    let fill = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 648)
        INSERT INTO mcp_tool_calls (id, created_at, tool_name, mcp_server_session_id, input, output)
        SELECT 'many_' || i, i, 'get_next_step', 'vis_ann', '{}', '{}' FROM n";
    let writer = library.writer().await.expect("a writer");
    sqlx::query(fill).execute(writer).await.expect("many calls");
    let log = "INSERT INTO call_log (tool_call_id, answer, answer_bytes)
        SELECT id, '', 10 FROM mcp_tool_calls WHERE id LIKE 'many_%'";
    sqlx::query(log).execute(writer).await.expect("logged");
    make(&library, &ann(), &start("One"), "Again.").await;
    let logged = list(&library).await.expect("a log");
    assert_eq!((logged.len(), logged[0].action.as_str()), (500, "start_named"));
    sqlx::query("UPDATE call_log SET answer_bytes = 16 * 1024 * 1024 WHERE seq = 640")
        .execute(writer)
        .await
        .expect("long");
    for _ in 0..50 {
        make(&library, &ann(), &start("One"), "Again.").await;
    }
    let oldest = list(&library).await.expect("a log").last().map(|call| call.seq);
    assert_eq!(oldest, Some(641));
}
