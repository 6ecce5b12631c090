//! `waymark provider` and `waymark agent-run` through the real command, against a server on this machine.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use serde_json::json;

use crate::command::Waymark;

/// A model that says what it is given to say, one request after the other, over `/api/chat`. It ends with the test.
fn model(answers: Vec<serde_json::Value>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for answer in answers {
            let Ok((mut socket, _)) = listener.accept() else { return };
            read(&mut socket);
            let body = format!("{answer}\n");
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = socket.write_all(format!("{head}{body}").as_bytes());
        }
    });
    url
}

/// Reads a request to the end of its body.
fn read(socket: &mut TcpStream) {
    let mut heard = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(length) = socket.read(&mut piece) {
        heard.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&heard).to_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let wanted = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
        if length == 0 || body.len() >= wanted {
            return;
        }
    }
}

fn says(text: &str) -> serde_json::Value {
    json!({"message": {"content": text}, "done": true, "done_reason": "stop", "prompt_eval_count": 50, "eval_count": 5})
}

fn calls(tool: &str) -> serde_json::Value {
    let call = json!({"function": {"name": tool, "arguments": {}}});
    json!({"message": {"content": "", "tool_calls": [call]}, "done": true, "prompt_eval_count": 50, "eval_count": 5})
}

fn tour() -> Waymark {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One"]);
    let edit = ["step", "edit", "Tour", "1", "--field", "content_for_user", "--from", "-"];
    assert_eq!(waymark.run_with(&edit, "Say one.").status, 0);
    waymark
}

fn add(waymark: &Waymark, url: &str) {
    let add = ["provider", "add", "Local", "--kind", "ollama", "--url", url, "--price", "m=1/2", "--update"];
    assert_eq!(waymark.run(&add).status, 0);
}

const RUN: [&str; 7] = ["agent-run", "Tour", "--provider", "Local", "--model", "m", "--checks"];

#[test]
fn a_model_goes_through_a_draft_and_a_failed_check_is_the_exit_status() {
    let waymark = tour();
    let url = model(vec![calls("start_walkthrough"), says("Say one."), calls("get_next_step"), says("That was all.")]);
    add(&waymark, &url);
    let good = waymark.run(&[&RUN[..], &["--json"]].concat());
    assert_eq!(good.status, 0, "{good:?}");
    let good = good.json();
    assert_eq!(good["summary"]["ending"]["how"], "finished");
    assert_eq!(good["summary"]["totals"]["usage"], json!({"input": 200, "output": 20}));
    assert_eq!(good["summary"]["cost"], json!({"micros": 240, "currency": "USD"}));

    add(&waymark, &model(vec![calls("start_walkthrough"), says("Hi!"), calls("get_next_step"), says("Done.")]));
    let script = waymark.file("anna.txt", "# Anna\nI am Anna.\n");
    let bad = waymark.run(&[&RUN[..], &["--script", &script]].concat());
    assert_eq!(bad.status, 1, "{bad:?}");
    for part in ["Turn 1 · user\n  I am Anna.", "-> start_walkthrough {}", "FAIL: Said the content", "Kept as run_"] {
        assert!(bad.stdout.contains(part), "{part} is not in {}", bad.stdout);
    }

    let runs = waymark.json(&["agent-run", "Tour", "--list"]);
    let id = |at: usize| runs["runs"][at]["id"].as_str().expect("an id").to_owned();
    assert_eq!(runs["runs"].as_array().map(Vec::len), Some(2));
    let shown = waymark.run(&["agent-run", "Tour", "--show", &id(0), "--checks"]);
    assert_eq!(shown.status, 1, "{shown:?}");
    let compared = waymark.json(&["agent-run", "Tour", "--compare", &id(0), &id(1)]);
    assert_eq!(compared["rows"].as_array().map(Vec::len), Some(2));
    assert_eq!(waymark.run(&["agent-run", "Tour", "--delete", &id(0)]).status, 0);
    assert_eq!(waymark.run(&["agent-run", "Tour", "--show", &id(0)]).status, 3);
}

#[test]
fn what_goes_wrong_says_what_to_do_and_where_the_run_is() {
    let waymark = tour();
    add(&waymark, "http://127.0.0.1:9");
    let failed = waymark.run(&RUN);
    assert_eq!(failed.status, 4, "{failed:?}");
    assert!(failed.stderr.contains("`Local` cannot be reached") && failed.stderr.contains("--show run_"), "{failed:?}");
    assert_eq!(waymark.run(&["agent-run", "Tour", "--provider", "None", "--model", "m"]).status, 3);
    assert_eq!(waymark.run(&["agent-run", "Tour"]).status, 2);
    let plain = ["provider", "add", "Far", "--kind", "openai", "--url", "http://gpu.example.com"];
    let refused = waymark.run(&plain);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("unencrypted"), "{refused:?}");
    let listed = waymark.json(&["provider", "list"]);
    assert_eq!(listed["providers"][0]["models"][0]["price"]["output_micros"], 2_000_000);
    assert_eq!(waymark.run(&["provider", "remove", "Local"]).status, 0);
    assert_eq!(waymark.run(&["provider", "test", "Local"]).status, 3);
}
