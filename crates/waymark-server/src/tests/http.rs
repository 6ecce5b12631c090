//! Streamable HTTP: who comes in, in both generations of the protocol.

use std::time::Instant;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use waymark_app::learn::Learners;
use waymark_core::secret::Secret;
use waymark_testkit::postgres::{USER, proxy::Proxy};

use super::{connect_at, drafts, production};
use crate::{
    Options,
    hosts::Hosts,
    http::{router, serve_http},
};

const TOKEN: &str = "the token of this launch";
pub const BEARER: (&str, &str) = ("authorization", "Bearer the token of this launch");

pub struct Answer {
    pub status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    /// The JSON-RPC message, whether it came bare or as an event.
    pub fn message(&self) -> Value {
        let events = self.body.lines().filter_map(|line| line.strip_prefix("data:"));
        let mut messages = events.chain([self.body.as_str()]).filter_map(|text| serde_json::from_str(text).ok());
        messages.next_back().unwrap_or_else(|| panic!("no message in {} {}", self.status, self.body))
    }

    fn step(&self) -> Value {
        self.message()["result"]["structuredContent"]["step"]["id"].clone()
    }
}

pub fn door(learners: Learners, options: &Options) -> Router {
    let token = (!options.is_open).then(|| Secret::new(TOKEN));
    let hosts = Hosts::of("127.0.0.1:80".parse().expect("an address"), &options.hosts).expect("names");
    router(learners, options, token, hosts, CancellationToken::new())
}

pub async fn send(door: &Router, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
    let mut request = Request::post(path)
        .header("host", "localhost")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream");
    for (name, value) in headers {
        if *name == "host" {
            request.headers_mut().expect("valid").remove("host");
        }
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body)).expect("valid");
    let response = door.clone().oneshot(request).await.expect("infallible");
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = to_bytes(response.into_body(), 1 << 22).await.expect("a body");
    Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

/// A request of the generation without sessions.
pub async fn ask(door: &Router, path: &str, headers: &[(&str, &str)], method: &str, mut params: Value) -> Answer {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let name = params["name"].as_str().or(params["uri"].as_str()).unwrap_or_default().to_owned();
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string();
    let mut all = vec![("mcp-protocol-version", "2026-07-28"), ("mcp-method", method)];
    if !name.is_empty() {
        all.push(("mcp-name", &name));
    }
    all.extend_from_slice(headers);
    send(door, path, &all, body).await
}

pub async fn tool(door: &Router, path: &str, headers: &[(&str, &str)], name: &str, arguments: Value) -> Answer {
    ask(door, path, headers, "tools/call", json!({"name": name, "arguments": arguments})).await
}

pub async fn initialize(door: &Router, path: &str, headers: &[(&str, &str)]) -> String {
    let params = json!({
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}
    });
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}).to_string();
    let answer = send(door, path, headers, body).await;
    assert_eq!(answer.message()["result"]["protocolVersion"], "2025-06-18");
    let session = answer.headers["mcp-session-id"].to_str().expect("text").to_owned();
    let mut all = vec![("mcp-session-id", session.as_str()), ("mcp-protocol-version", "2025-06-18")];
    all.extend_from_slice(headers);
    let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string();
    assert_eq!(send(door, path, &all, initialized).await.status, StatusCode::ACCEPTED);
    session
}

async fn session_tool(door: &Router, path: &str, headers: &[(&str, &str)], name: &str, arguments: Value) -> Answer {
    let params = json!({"name": name, "arguments": arguments});
    let body = json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params}).to_string();
    let mut all = vec![("mcp-protocol-version", "2025-06-18")];
    all.extend_from_slice(headers);
    send(door, path, &all, body).await
}

#[tokio::test]
async fn drafts_want_the_token_of_this_launch() {
    let (_folder, _, learners) = drafts().await;
    let closed = door(learners.clone(), &Options::default());
    for headers in [&[][..], &[("authorization", "Bearer wrong")], &[("authorization", "Basic eDp5")]] {
        let answer = ask(&closed, "/mcp", headers, "tools/list", json!({})).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.headers["www-authenticate"], "Bearer");
        assert!(!answer.body.contains(TOKEN));
    }
    let answer = ask(&closed, "/mcp", &[BEARER], "tools/list", json!({})).await;
    assert_eq!(answer.message()["result"]["tools"].as_array().map(Vec::len), Some(4));
    let open = door(learners, &Options { is_open: true, ..Options::default() });
    assert_eq!(ask(&open, "/mcp", &[], "tools/list", json!({})).await.status, StatusCode::OK);
}

#[tokio::test]
async fn other_hosts_and_pages_on_the_web_are_refused() {
    let (_folder, _, learners) = drafts().await;
    let door = door(learners, &Options::default());
    for header in [("host", "evil.example"), ("origin", "https://evil.example"), ("origin", "http://localhost:9")] {
        let answer = ask(&door, "/mcp", &[BEARER, header], "tools/list", json!({})).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{header:?}");
    }
}

#[tokio::test]
async fn production_answers_under_the_names_that_were_given_and_no_others_wherever_it_is_asked() {
    let (_database, learners) = production().await;
    let options = Options { hosts: vec!["docs.example".to_owned()], ..Options::default() };
    let door = door(learners, &options);
    for (host, status) in [
        ("docs.example", StatusCode::OK),
        ("docs.example:8443", StatusCode::OK),
        ("evil.example", StatusCode::FORBIDDEN),
    ] {
        let answer = ask(&door, "/mcp/docs", &[("host", host)], "tools/list", json!({})).await;
        assert_eq!(answer.status, status, "{host}");
    }
    let request = Request::get("/.well-known/oauth-protected-resource/mcp/docs").header("host", "evil.example");
    let response = door.oneshot(request.body(Body::empty()).expect("valid")).await.expect("infallible");
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused() {
    let (_folder, _, learners) = drafts().await;
    let door = door(learners, &Options::default());
    let name = "x".repeat(1024 * 1024);
    let answer = tool(&door, "/mcp", &[BEARER], "start_walkthrough", json!({"name": name})).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn without_sessions_the_visit_handle_leads_the_learner() {
    let (_folder, _, learners) = drafts().await;
    let door = door(learners, &Options::default());
    let lost = tool(&door, "/mcp", &[BEARER], "get_next_step", json!({})).await;
    assert_eq!(lost.message()["result"]["isError"], true);
    let first = tool(&door, "/mcp", &[BEARER], "start_walkthrough", json!({})).await;
    assert!(!first.headers.contains_key("mcp-session-id"));
    assert_eq!(first.step(), "a");
    let visit = first.message()["result"]["structuredContent"]["visit"].clone();
    let second = tool(&door, "/mcp", &[BEARER], "get_next_step", json!({"visit": visit})).await;
    assert_eq!(second.step(), "b");
}

#[tokio::test]
async fn a_protocol_session_is_a_visit() {
    let (_folder, _, learners) = drafts().await;
    let door = door(learners, &Options::default());
    let (one, two) = (initialize(&door, "/mcp", &[BEARER]).await, initialize(&door, "/mcp", &[BEARER]).await);
    let with = |session| [BEARER, ("mcp-session-id", session)];
    assert_eq!(session_tool(&door, "/mcp", &with(&one), "start_walkthrough", json!({})).await.step(), "a");
    assert_eq!(session_tool(&door, "/mcp", &with(&one), "get_next_step", json!({})).await.step(), "b");
    let other = session_tool(&door, "/mcp", &with(&two), "get_next_step", json!({})).await;
    assert_eq!(other.message()["result"]["structuredContent"]["action"], "no_current");
    // A session at one endpoint stands for nothing at another.
    let elsewhere = session_tool(&door, "/mcp/docs", &with(&one), "get_next_step", json!({})).await;
    assert_eq!(elsewhere.message()["result"]["structuredContent"]["action"], "no_visit");
}

#[tokio::test]
async fn a_session_that_is_ended_says_so_and_is_gone() {
    let (_folder, _, learners) = drafts().await;
    let door = door(learners, &Options::default());
    let session = initialize(&door, "/mcp", &[BEARER]).await;
    let request = Request::delete("/mcp").header("host", "localhost").header(BEARER.0, BEARER.1);
    let request = request.header("mcp-session-id", &session).body(Body::empty()).expect("valid");
    let response = door.clone().oneshot(request).await.expect("infallible");
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let headers = [BEARER, ("mcp-session-id", session.as_str())];
    let answer = session_tool(&door, "/mcp", &headers, "start_walkthrough", json!({})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn drafts_are_shown_by_the_rule_of_production_where_a_server_is_named() {
    let (_folder, _, learners) = drafts().await;
    let all = door(learners.clone(), &Options::default());
    assert_eq!(tool(&all, "/mcp/docs", &[BEARER], "start_walkthrough", json!({})).await.step(), "a");
    assert_eq!(ask(&all, "/mcp/nowhere", &[BEARER], "tools/list", json!({})).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        ask(&all, "/mcp/waymark:drafts", &[BEARER], "tools/list", json!({})).await.status,
        StatusCode::NOT_FOUND
    );
    let one = door(learners, &Options { server: Some("docs".to_owned()), ..Options::default() });
    assert_eq!(tool(&one, "/mcp", &[BEARER], "start_walkthrough", json!({})).await.step(), "a");
    assert_eq!(ask(&one, "/mcp/other", &[BEARER], "tools/list", json!({})).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_learner_is_named_by_the_header_only_with_the_token() {
    let (database, learners) = production().await;
    let door = door(learners.clone(), &Options::default());
    let ann = ("x-waymark-user", "ann");
    assert_eq!(tool(&door, "/mcp/docs", &[BEARER, ann], "start_walkthrough", json!({})).await.step(), "a");
    assert_eq!(tool(&door, "/mcp/docs", &[BEARER, ann], "get_next_step", json!({})).await.step(), "b");
    let claimed = tool(&door, "/mcp/docs", &[ann], "get_next_step", json!({})).await;
    assert_eq!(claimed.message()["result"]["structuredContent"]["action"], "no_visit");
    let wrong = tool(&door, "/mcp/docs", &[("authorization", "Bearer x"), ann], "get_next_step", json!({})).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    // Anonymous learners need no token, and where none is asked for everybody on this machine is believed.
    assert_eq!(tool(&door, "/mcp/docs", &[], "start_walkthrough", json!({})).await.step(), "a");
    let open = self::door(learners, &Options { is_open: true, ..Options::default() });
    assert_eq!(tool(&open, "/mcp/docs", &[ann], "get_next_step", json!({})).await.step(), "c");
    assert_eq!(database.run("SELECT count(*) FROM mcp_server_user WHERE distinct_id = 'ann'"), "1");
    assert_eq!(database.run("SELECT count(*) FROM mcp_server_user"), "2");
}

#[tokio::test]
async fn production_has_one_endpoint_for_each_server_of_the_organization() {
    let (_database, learners) = production().await;
    let door = door(learners, &Options::default());
    for path in ["/mcp", "/mcp/nowhere", "/mcp/foreign", "/mcp/%00", "/other"] {
        let status = ask(&door, path, &[BEARER], "tools/list", json!({})).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    let support = tool(&door, "/mcp/support", &[BEARER], "start_walkthrough", json!({})).await;
    assert_eq!(support.message()["result"]["structuredContent"]["walkthroughs"], json!([]));
}

#[tokio::test]
async fn where_learners_sign_in_the_answer_says_where() {
    let (database, learners) = production().await;
    let door = door(learners, &Options::default());
    for auth in ["platform_oauth", "custom_oauth"] {
        database.run(&format!("UPDATE mcp_servers SET auth_type = '{auth}' WHERE slug = 'docs'"));
        let ann = ("x-waymark-user", "ann");
        for headers in [&[][..], &[BEARER, ann][..]] {
            let answer = ask(&door, "/mcp/docs", headers, "tools/list", json!({})).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            let url = "http://localhost/.well-known/oauth-protected-resource/mcp/docs";
            assert_eq!(answer.headers["www-authenticate"], format!("Bearer resource_metadata=\"{url}\""));
        }
        let request = Request::get("/.well-known/oauth-protected-resource/mcp/docs").header("host", "localhost");
        let response = door.clone().oneshot(request.body(Body::empty()).expect("valid")).await.expect("infallible");
        let body = to_bytes(response.into_body(), 1 << 16).await.expect("a body");
        let metadata: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(metadata["resource"], "http://localhost/mcp/docs");
    }
}

#[tokio::test]
async fn an_address_is_asked_for_and_the_tool_has_an_argument_for_it() {
    let (database, learners) = production().await;
    database.run("UPDATE mcp_servers SET auth_type = 'collect_email' WHERE slug = 'docs'");
    let door = door(learners, &Options::default());
    let tools = ask(&door, "/mcp/docs", &[], "tools/list", json!({})).await.message()["result"]["tools"].clone();
    assert!(tools[0]["inputSchema"]["properties"]["email"].is_object());
    let asked = tool(&door, "/mcp/docs", &[], "start_walkthrough", json!({})).await.message();
    assert_eq!(asked["result"]["isError"], true);
    let arguments = json!({"email": "reader@example.org"});
    assert_eq!(tool(&door, "/mcp/docs", &[], "start_walkthrough", arguments).await.step(), "a");
}

#[tokio::test]
async fn a_server_with_its_tools_switched_off_has_none() {
    let (database, learners) = production().await;
    database.run("UPDATE mcp_servers SET walkthrough_tools_enabled = 'false'");
    let door = door(learners, &Options::default());
    let listed = ask(&door, "/mcp/docs", &[], "tools/list", json!({})).await.message();
    assert_eq!(listed["result"]["tools"], json!([]));
    let called = tool(&door, "/mcp/docs", &[], "start_walkthrough", json!({})).await.message();
    assert_eq!(called["error"]["code"], -32602);
}

#[tokio::test]
async fn a_call_costs_two_round_trips_and_the_server_is_looked_up_once_a_second() {
    const CALLS: u32 = 10;
    let (database, _) = production().await;
    let wire = Proxy::start(database.cluster()).expect("a wire");
    let door = door(connect_at(&database, USER, wire.socket_dir()).await, &Options::default());
    let ann = [BEARER, ("x-waymark-user", "ann")];
    tool(&door, "/mcp/docs", &ann, "start_walkthrough", json!({})).await;
    tool(&door, "/mcp/docs", &ann, "start_walkthrough", json!({})).await;
    wire.take_trips();
    let began = Instant::now();
    for _ in 0..CALLS {
        assert_eq!(tool(&door, "/mcp/docs", &ann, "start_walkthrough", json!({})).await.step(), "a");
    }
    let (trips, seconds) = (wire.take_trips(), began.elapsed().as_secs() as u32);
    assert!((2 * CALLS..=2 * CALLS + 1 + seconds).contains(&trips), "{trips} in {seconds} s");
}

#[tokio::test]
async fn it_listens_says_where_and_stops() {
    let (_folder, _, learners) = drafts().await;
    let address = "127.0.0.1:0".parse().expect("an address");
    let running = serve_http(learners.clone(), address, Options::default()).await.expect("listens");
    assert!(running.url.starts_with("http://127.0.0.1:"));
    assert!(running.token.as_ref().is_some_and(|token| token.expose().len() >= 43));
    let port = running.url.rsplit(':').next().expect("a port").to_owned();
    running.stop().await.expect("stopped");
    let taken = std::net::TcpListener::bind(format!("127.0.0.1:{port}")).expect("the port is free again");
    let error = serve_http(learners.clone(), taken.local_addr().expect("an address"), Options::default()).await;
    assert_eq!(error.err().map(|error| error.code), Some(waymark_core::error::Code::EnvironmentMissing));
    let nowhere = Options { server: Some("nowhere".to_owned()), ..Options::default() };
    let error = serve_http(learners.clone(), address, nowhere).await;
    assert_eq!(error.err().map(|error| error.code), Some(waymark_core::error::Code::NotFound));
    let outside = "0.0.0.0:0".parse().expect("an address");
    let error = serve_http(learners, outside, Options::default()).await;
    assert_eq!(error.err().map(|error| error.code), Some(waymark_core::error::Code::Refused));
}
