//! Servers on this machine that speak the providers' protocols over real HTTP, well or badly.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use waymark_core::agent_run::provider::{Model, Price, Provider, ProviderKind};

/// What a server does with a request.
#[derive(Debug, Clone)]
pub enum Does {
    /// Says this and calls these tools, with arguments as JSON texts.
    Answers(String, Vec<(&'static str, String)>),
    /// The same, with nothing counted and broken off after the text.
    Cuts(&'static str),
    /// Says this and then nothing more.
    Stalls(&'static str),
    /// Says nothing at all.
    IsSilent,
    /// Answers with a status, headers and a body.
    Refuses(u16, &'static str, String),
    /// Answers `200` with this body.
    Sends(&'static str),
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// `POST /v1/messages`.
    pub line: String,
    /// In lower case.
    pub headers: String,
    pub body: Value,
}

/// A provider on this machine.
pub struct Server {
    pub kind: ProviderKind,
    pub port: u16,
    heard: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// One that does these things in order, and afterwards says that it is silent.
    pub async fn start(kind: ProviderKind, done: Vec<Does>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (notes, mut todo) = (heard.clone(), VecDeque::from(done));
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let request = read(&mut socket).await;
                notes.lock().expect("nothing panics").push(request);
                let does = todo.pop_front().unwrap_or(Does::IsSilent);
                tokio::spawn(async move { act(socket, kind, does).await });
            }
        });
        Server { kind, port, heard }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.heard.lock().expect("nothing panics").clone()
    }

    pub fn provider(&self) -> Provider {
        let base = if self.kind == ProviderKind::Openai { "/v1" } else { "" };
        Provider {
            id: "prov_1".into(),
            name: "Local".to_owned(),
            kind: self.kind,
            base_url: format!("http://127.0.0.1:{}{base}", self.port),
            allows_plain_http: false,
            models: vec![Model {
                name: "m".to_owned(),
                price: Some(Price { input_micros: 1_000_000, output_micros: 2_000_000, currency: "USD".to_owned() }),
            }],
        }
    }
}

async fn read(socket: &mut TcpStream) -> Request {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let headers = head.to_lowercase();
            let length = headers.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or(0);
            if body.len() >= length {
                let line = head.lines().next().unwrap_or_default().replace(" HTTP/1.1", "");
                return Request { line, headers, body: serde_json::from_str(body).unwrap_or(Value::Null) };
            }
        }
        match socket.read(&mut piece).await {
            Ok(length) if length > 0 => bytes.extend_from_slice(&piece[..length]),
            _ => return Request { line: String::new(), headers: String::new(), body: Value::Null },
        }
    }
}

async fn act(mut socket: TcpStream, kind: ProviderKind, does: Does) {
    match does {
        Does::IsSilent => std::future::pending().await,
        Does::Refuses(status, headers, body) => {
            let head =
                format!("HTTP/1.1 {status} No\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = socket.write_all(format!("{head}{body}").as_bytes()).await;
        }
        Does::Sends(body) => {
            begin(&mut socket).await;
            chunk(&mut socket, body).await;
            chunk(&mut socket, "").await;
        }
        Does::Answers(text, calls) => {
            begin(&mut socket).await;
            for event in said(kind, &text).into_iter().chain(called(kind, &calls)) {
                chunk(&mut socket, &event).await;
            }
            chunk(&mut socket, "").await;
        }
        Does::Cuts(text) => {
            begin(&mut socket).await;
            chunk(&mut socket, &said(kind, text).concat()).await;
        }
        Does::Stalls(text) => {
            begin(&mut socket).await;
            chunk(&mut socket, &said(kind, text).concat()).await;
            std::future::pending::<()>().await;
        }
    }
}

async fn begin(socket: &mut TcpStream) {
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let _ = socket.write_all(head.as_bytes()).await;
}

/// A piece of a chunked body; an empty one ends it.
async fn chunk(socket: &mut TcpStream, text: &str) {
    let _ = socket.write_all(format!("{:x}\r\n{text}\r\n", text.len()).as_bytes()).await;
    let _ = socket.flush().await;
}

/// The events of a text, in two pieces.
fn said(kind: ProviderKind, text: &str) -> Vec<String> {
    let half = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let (first, second) = text.split_at(half);
    let pieces = [first, second].into_iter().filter(|piece| !piece.is_empty());
    match kind {
        ProviderKind::Openai => {
            pieces.map(|piece| event(json!({"choices": [{"index": 0, "delta": {"content": piece}}]}))).collect()
        }
        ProviderKind::Anthropic => {
            let usage = json!({"input_tokens": 100, "output_tokens": 1});
            let mut all = vec![event(json!({"type": "message_start", "message": {"usage": usage}}))];
            all.push(event(
                json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}),
            ));
            all.extend(pieces.map(|piece| {
                event(
                    json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}}),
                )
            }));
            all
        }
        ProviderKind::Ollama => pieces
            .map(|piece| line(json!({"message": {"role": "assistant", "content": piece}, "done": false})))
            .collect(),
    }
}

/// The events of calls, and the end.
fn called(kind: ProviderKind, calls: &[(&'static str, String)]) -> Vec<String> {
    let mut all = Vec::new();
    for (at, (tool, arguments)) in calls.iter().enumerate() {
        let id = format!("call_{at}");
        match kind {
            ProviderKind::Openai => {
                let call = |call: Value| event(json!({"choices": [{"index": 0, "delta": {"tool_calls": [call]}}]}));
                all.push(call(
                    json!({"index": at, "id": id, "type": "function", "function": {"name": tool, "arguments": ""}}),
                ));
                all.push(call(json!({"index": at, "function": {"arguments": arguments}})));
            }
            ProviderKind::Anthropic => {
                let block = json!({"type": "tool_use", "id": id, "name": tool, "input": {}});
                let delta = json!({"type": "input_json_delta", "partial_json": arguments});
                all.push(event(json!({"type": "content_block_start", "index": at + 1, "content_block": block})));
                all.push(event(json!({"type": "content_block_delta", "index": at + 1, "delta": delta})));
            }
            ProviderKind::Ollama => {
                let arguments: Value = serde_json::from_str(arguments).unwrap_or_else(|_| json!(arguments));
                let call = json!({"function": {"name": tool, "arguments": arguments}});
                all.push(line(
                    json!({"message": {"role": "assistant", "content": "", "tool_calls": [call]}, "done": false}),
                ));
            }
        }
    }
    match kind {
        ProviderKind::Openai => {
            all.push(event(json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})));
            all.push(event(json!({"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 10}})));
            all.push("data: [DONE]\n\n".to_owned());
        }
        ProviderKind::Anthropic => {
            let delta = json!({"stop_reason": "end_turn"});
            all.push(event(json!({"type": "message_delta", "delta": delta, "usage": {"output_tokens": 10}})));
            all.push(event(json!({"type": "message_stop"})));
        }
        ProviderKind::Ollama => all.push(line(json!({
            "message": {"role": "assistant", "content": ""}, "done": true, "done_reason": "stop",
            "prompt_eval_count": 100, "eval_count": 10,
        }))),
    }
    all
}

fn event(value: Value) -> String {
    format!("data: {value}\n\n")
}

fn line(value: Value) -> String {
    format!("{value}\n")
}
