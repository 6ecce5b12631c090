//! Whoever is connected to the drafts hears that something has changed, in both generations; production tells nobody.

use axum::{
    body::{Body, BodyDataStream},
    http::{Request, StatusCode},
};
use futures::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use waymark_core::{content::Field, edit::Edit, id::StepId};
use waymark_library::{
    Library,
    edits::{self, ApplyEdit},
};

use super::{
    drafts,
    http::{BEARER, ask, door, initialize},
    pipe::Pipe,
    production,
};
use crate::Options;

const FIRST: &str = "waymark://walkthrough/wt_1/step/a";

async fn edit(library: &Library, edit: Edit) {
    let edit = ApplyEdit { walkthrough: "wt_1".into(), edit, seen_version: None, origin: "test".to_owned() };
    edits::apply(library, edit).await.expect("applied");
}

fn rename(title: &str) -> Edit {
    Edit::RenameStep { step: "a".into(), title: title.to_owned() }
}

fn write(step: &str, text: &str) -> Edit {
    Edit::SetField { step: StepId::from(step), field: Field::ContentForUser, text: Some(text.to_owned()) }
}

/// Reads notifications until one with this method, and gives it.
async fn until(pipe: &mut Pipe, method: &str) -> Value {
    loop {
        let heard = pipe.hear().await;
        if heard["method"] == method {
            return heard;
        }
    }
}

#[tokio::test]
async fn a_session_hears_of_other_steps_and_of_the_text_that_it_subscribed_to() {
    let (_folder, library, learners) = drafts().await;
    let mut pipe = Pipe::over(learners, Options::default());
    pipe.initialize("2025-06-18").await;
    let subscribed = pipe.ask("resources/subscribe", json!({ "uri": FIRST })).await;
    assert!(subscribed["result"].is_object(), "{subscribed}");
    edit(&library, rename("Other")).await;
    until(&mut pipe, "notifications/resources/list_changed").await;
    let updated = until(&mut pipe, "notifications/resources/updated").await;
    assert_eq!(updated["params"]["uri"], FIRST);
    edit(&library, Edit::SetTitle { title: "Other".to_owned() }).await;
    until(&mut pipe, "notifications/prompts/list_changed").await;
    until(&mut pipe, "notifications/resources/updated").await;

    // A text alone makes no other list, and what is not subscribed to any more is not told.
    edit(&library, write("a", "Another text.")).await;
    assert_eq!(pipe.hear().await["method"], "notifications/resources/updated");
    pipe.ask("resources/unsubscribe", json!({ "uri": FIRST })).await;
    edit(&library, write("a", "And another.")).await;
    edit(&library, rename("The end")).await;
    assert_eq!(pipe.hear().await["method"], "notifications/resources/list_changed");

    let unknown = pipe.ask("resources/subscribe", json!({ "uri": "waymark://walkthrough/wt_1/step/none" })).await;
    assert_eq!(unknown["error"]["code"], -32002);
    pipe.close().await;
}

#[tokio::test]
async fn a_listener_of_2026_07_28_hears_what_it_asked_for() {
    let (_folder, library, learners) = drafts().await;
    let mut pipe = Pipe::over(learners, Options::default());
    pipe.without_initialize();
    pipe.ask("server/discover", json!({})).await;
    let wanted = json!({ "resourcesListChanged": true, "resourceSubscriptions": [FIRST, "file:///etc/passwd"] });
    pipe.begin("subscriptions/listen", json!({ "notifications": wanted })).await;
    let acknowledged = pipe.hear().await;
    assert_eq!(acknowledged["method"], "notifications/subscriptions/acknowledged");
    assert_eq!(
        acknowledged["params"]["notifications"],
        json!({ "resourcesListChanged": true, "resourceSubscriptions": [FIRST] })
    );
    edit(&library, rename("Other")).await;
    assert_eq!(pipe.hear().await["method"], "notifications/resources/list_changed");
    assert_eq!(pipe.hear().await["params"]["uri"], FIRST);
    edit(&library, Edit::SetTitle { title: "Not asked for: prompts".to_owned() }).await;
    assert_eq!(pipe.hear().await["method"], "notifications/resources/list_changed");
    pipe.close().await;
}

/// The next notification of a stream of events.
async fn event(stream: &mut BodyDataStream, rest: &mut String) -> Value {
    loop {
        while let Some((event, after)) =
            rest.split_once("\n\n").map(|(event, after)| (event.to_owned(), after.to_owned()))
        {
            *rest = after;
            let data = event.lines().filter_map(|line| line.strip_prefix("data:")).collect::<String>();
            if let Ok(message) = serde_json::from_str(data.trim()) {
                return message;
            }
        }
        let bytes = stream.next().await.expect("the stream stays open").expect("bytes");
        rest.push_str(&String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
    }
}

#[tokio::test]
async fn over_http_the_stream_of_a_session_and_that_of_a_listener_carry_them() {
    let (_folder, library, learners) = drafts().await;
    let door = door(learners, &Options::default());
    let session = initialize(&door, "/mcp", &[BEARER]).await;
    let open = Request::get("/mcp")
        .header("host", "localhost")
        .header(BEARER.0, BEARER.1)
        .header("accept", "text/event-stream");
    let open = open.header("mcp-session-id", &session).header("mcp-protocol-version", "2025-06-18");
    let response = door.clone().oneshot(open.body(Body::empty()).expect("valid")).await.expect("infallible");
    assert_eq!(response.status(), StatusCode::OK);
    let (mut of_session, mut rest) = (response.into_body().into_data_stream(), String::new());

    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let params = json!({ "notifications": { "resourcesListChanged": true }, "_meta": meta });
    let body = json!({ "jsonrpc": "2.0", "id": 9, "method": "subscriptions/listen", "params": params }).to_string();
    let listen = Request::post("/mcp").header("host", "localhost").header(BEARER.0, BEARER.1);
    let listen =
        listen.header("accept", "application/json, text/event-stream").header("content-type", "application/json");
    let listen = listen.header("mcp-protocol-version", "2026-07-28").header("mcp-method", "subscriptions/listen");
    let response = door.clone().oneshot(listen.body(Body::from(body)).expect("valid")).await.expect("infallible");
    assert_eq!(response.status(), StatusCode::OK);
    let (mut of_listener, mut rest_of_listener) = (response.into_body().into_data_stream(), String::new());
    let acknowledged = event(&mut of_listener, &mut rest_of_listener).await;
    assert_eq!(acknowledged["method"], "notifications/subscriptions/acknowledged");

    edit(&library, rename("Other")).await;
    for (stream, rest) in [(&mut of_session, &mut rest), (&mut of_listener, &mut rest_of_listener)] {
        assert_eq!(event(stream, rest).await["method"], "notifications/resources/list_changed");
    }
}

#[tokio::test]
async fn production_takes_no_subscription() {
    let (_database, learners) = production().await;
    let options = Options { server: Some("docs".to_owned()), ..Options::default() };
    let mut pipe = Pipe::over(learners.clone(), options);
    pipe.initialize("2025-06-18").await;
    for method in ["resources/subscribe", "resources/unsubscribe"] {
        assert_eq!(pipe.ask(method, json!({ "uri": FIRST })).await["error"]["code"], -32601, "{method}");
    }
    pipe.close().await;
    let door = door(learners, &Options::default());
    let wanted = json!({ "notifications": { "resourcesListChanged": true } });
    let answer = ask(&door, "/mcp/docs", &[], "subscriptions/listen", wanted).await;
    assert_eq!(answer.message()["error"]["code"], -32601);
}
