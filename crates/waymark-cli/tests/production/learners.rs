//! Learners whose agents call two servers of one production at once: no progress is lost and nothing is written twice.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
    thread,
};

use serde_json::{Value, json};
use waymark_testkit::postgres;

use crate::{command::Waymark, writer};

const STEPS: usize = 8;
const LEARNERS: usize = 3;

/// `waymark serve --http`, for as long as the value lives.
struct Server {
    child: Child,
    address: String,
    token: String,
}

impl Server {
    fn start(waymark: &Waymark) -> Self {
        let mut command = waymark.command(&["serve", "--http", "127.0.0.1:0", "--connection", "live"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let listening: Value = serde_json::from_str(&line).expect("JSON");
        let text = |key: &str| listening[key].as_str().expect("a text").to_owned();
        Self { child, address: text("url").replace("http://", ""), token: text("token") }
    }

    /// The result of a tool of the server `docs`, in the protocol without sessions.
    fn call(&self, learner: &str, tool: &str, arguments: &Value) -> Value {
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let params = json!({"name": tool, "arguments": arguments, "_meta": meta});
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}).to_string();
        let request = format!(
            "POST /mcp/docs HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\n\
             Mcp-Name: {tool}\r\nAuthorization: Bearer {}\r\nX-Waymark-User: {learner}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        );
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let lines = answer.lines().map(|line| line.trim_start_matches("data:").trim());
        let message = lines.filter_map(|line| serde_json::from_str::<Value>(line).ok()).find(Value::is_object);
        let message = message.unwrap_or_else(|| panic!("no message in {answer}"));
        assert!(message["result"].is_object(), "{message}");
        message["result"].clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn two_servers_take_the_calls_of_one_learner_at_once_and_lose_and_double_nothing() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let titles: Vec<String> = (1..=STEPS).map(|number| format!("Step {number}")).collect();
    let id = writer.make("course", "Tour", &titles.iter().map(String::as_str).collect::<Vec<_>>());
    let text = writer.file("text.md", "Say it.");
    for number in 1..=STEPS {
        let number = number.to_string();
        writer.json(&["step", "edit", &id, &number, "--field", "content_for_user", "--from", &text]);
    }
    writer.json(&["assign", &id, "--server", "docs"]);
    writer.json(&["publish", &id, "--connection", "live"]);
    let shown = writer.json(&["show", &id]);
    let steps: Vec<&str> =
        shown["steps"].as_array().expect("steps").iter().filter_map(|step| step["id"].as_str()).collect();

    let servers = [Server::start(&writer), Server::start(&writer)];
    thread::scope(|scope| {
        for learner in (0..LEARNERS).map(|number| format!("learner-{number}")) {
            for (index, server) in servers.iter().enumerate() {
                let (learner, steps, number) = (learner.clone(), &steps, index * STEPS / 2);
                scope.spawn(move || {
                    // Both begin at once; then each completes every step, from another place on.
                    server.call(&learner, "start_walkthrough", &json!({}));
                    for step in steps.iter().cycle().skip(number).take(STEPS) {
                        let result = server.call(&learner, "get_next_step", &json!({"currentStepId": step}));
                        assert_ne!(result["structuredContent"]["action"], "failed", "{result}");
                    }
                });
            }
        }
    });
    let count = |sql: &str| database.run(sql).trim().to_owned();
    let learners = LEARNERS.to_string();
    assert_eq!(count("SELECT count(*) FROM mcp_server_user"), learners);
    assert_eq!(count("SELECT count(*) FROM walkthrough_progress"), learners, "one row for each learner");
    assert_eq!(count("SELECT count(*) FROM walkthrough_progress WHERE completed_at IS NOT NULL"), learners);
    let all = (LEARNERS * STEPS).to_string();
    assert_eq!(count("SELECT count(*) FROM walkthrough_step_completions"), all, "one event for each step");
    assert_eq!(
        count("SELECT count(DISTINCT step) FROM walkthrough_progress p, jsonb_array_elements(completed_steps) step"),
        STEPS.to_string()
    );
    assert_eq!(count("SELECT sum(jsonb_array_length(completed_steps)) FROM walkthrough_progress"), all);
    let status = servers[0].call("learner-0", "get_walkthrough_status", &json!({"walkthrough_id": id}));
    assert_eq!(status["structuredContent"]["progress"]["is_completed"], true, "{status}");
}
