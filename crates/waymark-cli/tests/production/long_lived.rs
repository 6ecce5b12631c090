//! What keeps running: the sandbox, and a server for agents.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::{command::Waymark, write};

/// A library whose sandbox goes with it.
struct Sandboxed(Waymark);

impl Drop for Sandboxed {
    fn drop(&mut self) {
        self.0.run(&["sandbox", "reset"]);
    }
}

#[test]
fn the_sandbox_starts_takes_a_publish_survives_a_stop_and_is_reset() {
    let sandboxed = Sandboxed(Waymark::new());
    let waymark = &sandboxed.0;
    assert_eq!(waymark.run(&["sandbox", "url"]).status, 4, "it does not run yet");
    let up = waymark.json(&["sandbox", "up"]);
    assert!(up["url"].as_str().is_some_and(|url| url.starts_with("postgres://")), "{up}");
    assert_eq!(up["servers"].as_array().map(Vec::len), Some(2), "{up}");
    assert!(up["organization"].is_string(), "{up}");
    assert_eq!(waymark.run(&["sandbox", "url"]).stdout.trim_end(), up["url"]);
    let id = write(waymark);
    waymark.json(&["publish", &id, "--connection", "Sandbox"]);

    waymark.json(&["sandbox", "down"]);
    assert_eq!(waymark.run(&["connection", "test", "Sandbox"]).status, 4);
    waymark.json(&["sandbox", "up"]);
    assert_eq!(waymark.json(&["plan", &id, "--connection", "Sandbox"])["walkthroughs"][0]["action"], "none");
    waymark.json(&["sandbox", "reset"]);
    assert_eq!(waymark.run(&["sandbox", "url"]).status, 4);
}

#[test]
fn a_running_sandbox_is_stopped_and_reset_over_a_damaged_library() {
    let sandboxed = Sandboxed(Waymark::new());
    let waymark = &sandboxed.0;
    waymark.json(&["sandbox", "up"]);
    std::fs::write(waymark.path("library/library.sqlite"), "not a library").expect("damaged");
    assert_eq!(waymark.run(&["list"]).status, 4, "it does not open");
    assert_eq!(waymark.run(&["sandbox", "url"]).status, 0, "it runs");
    waymark.json(&["sandbox", "down"]);
    assert_eq!(waymark.run(&["sandbox", "url"]).status, 4, "it is stopped");
    waymark.json(&["sandbox", "reset"]);
}

#[test]
fn a_server_says_where_it_is_asks_for_its_token_and_stops_when_told() {
    let waymark = Waymark::new();
    write(&waymark);
    let mut command = waymark.command(&["serve", "--http", "127.0.0.1:0", "--drafts"]);
    let mut server = command.stdout(Stdio::piped()).spawn().expect("the server starts");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
    let listening: Value = serde_json::from_str(&line).expect("JSON");
    let address = listening["url"].as_str().and_then(|url| url.strip_prefix("http://")).expect("a URL").to_owned();
    let token = listening["token"].as_str().expect("a token");

    assert!(post(&address, "").starts_with("HTTP/1.1 401"));
    let answer = post(&address, &format!("Authorization: Bearer {token}\r\n"));
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("serverInfo"), "{answer}");

    let interrupt = Command::new("kill").args(["-INT", &server.id().to_string()]).status().expect("kill runs");
    assert!(interrupt.success());
    assert_eq!(server.wait().expect("the server ends").code(), Some(0));
}

fn post(address: &str, headers: &str) -> String {
    let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}})
    .to_string();
    let request = format!(
        "POST /mcp HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Accept: application/json, text/event-stream\r\n{headers}Content-Length: {}\r\n\r\n{hello}",
        hello.len()
    );
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}
