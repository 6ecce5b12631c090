//! Clients that keep their connection to `waymark serve --http`, and say no more than the protocol wants.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};
use waymark_testkit::postgres::ORGANIZATION;

use super::{
    Outcome, Pace,
    learners::{CALLS_OF_CLIENT, CLIENTS, DONE, LEARNERS, step},
};

/// The command, on a library of its own.
pub fn waymark(library: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", library).env("WAYMARK_LIBRARY", library.join("library"));
    command
}

/// The connection `bench`.
pub fn add_connection(library: &Path, url: &str) -> Outcome<()> {
    let arguments = ["connection", "add", "bench", "--url", url, "--organization", ORGANIZATION];
    let added = waymark(library).args(arguments).stdout(Stdio::null()).status()?;
    if added.success() { Ok(()) } else { Err("the connection could not be added".into()) }
}

/// A server that ends with this value.
pub struct Serving {
    process: Child,
    pub address: SocketAddr,
}

impl Serving {
    pub fn start(library: &Path, url: &str) -> Outcome<Self> {
        add_connection(library, url)?;
        let source = ["serve", "--http", "127.0.0.1:0", "--connection", "bench", "--server", "docs"];
        let mut process = waymark(library).args(source).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line)?;
        let url = said["url"].as_str().and_then(|url| url.strip_prefix("http://")).ok_or("no address")?;
        Ok(Self { process, address: url.parse()? })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Every learner makes one call.
pub async fn measure(address: SocketAddr, round: usize) -> Outcome<Pace> {
    let began = Instant::now();
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        clients.spawn(calls(address, client * CALLS_OF_CLIENT, step(DONE + round)));
    }
    let mut waited = 0.0;
    while let Some(client) = clients.join_next().await {
        waited += client??;
    }
    let calls = LEARNERS as f64;
    Ok(Pace { rate: calls / began.elapsed().as_secs_f64(), latency: waited / calls })
}

/// The calls of one client, one after the other; gives the milliseconds of all.
async fn calls(address: SocketAddr, first: usize, step: String) -> Outcome<f64> {
    let mut stream = tokio::io::BufReader::new(TcpStream::connect(address).await?);
    stream.get_ref().set_nodelay(true)?;
    let mut waited = 0.0;
    for learner in first..first + CALLS_OF_CLIENT {
        let request = request(address, learner, &step);
        let began = Instant::now();
        stream.write_all(request.as_bytes()).await?;
        let answer = answer(&mut stream).await?;
        waited += began.elapsed().as_secs_f64() * 1000.0;
        if !answer.contains(r#""outcome":"step""#) {
            return Err(format!("learner {learner}: {answer}").into());
        }
    }
    Ok(waited)
}

fn request(address: SocketAddr, learner: usize, step: &str) -> String {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let arguments = json!({"currentStepId": step, "visit": format!("vis_w{learner}")});
    let params = json!({"name": "get_next_step", "arguments": arguments, "_meta": meta});
    let body = json!({"jsonrpc": "2.0", "id": learner, "method": "tools/call", "params": params}).to_string();
    format!(
        "POST /mcp HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         accept: application/json, text/event-stream\r\nmcp-protocol-version: 2026-07-28\r\nmcp-method: tools/call\r\n\
         mcp-name: get_next_step\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The body of one answer, which has a length or comes in chunks.
async fn answer(stream: &mut tokio::io::BufReader<TcpStream>) -> Outcome<String> {
    let mut length = None;
    loop {
        let line = line(stream).await?;
        match line.to_ascii_lowercase().split_once(':') {
            Some(("content-length", value)) => length = Some(value.trim().parse::<usize>()?),
            _ if line.is_empty() => break,
            _ => {}
        }
    }
    let mut body = Vec::new();
    match length {
        Some(length) => take(stream, length, &mut body).await?,
        None => loop {
            let size = usize::from_str_radix(line(stream).await?.trim(), 16)?;
            take(stream, size, &mut body).await?;
            line(stream).await?;
            if size == 0 {
                break;
            }
        },
    }
    Ok(String::from_utf8(body)?)
}

async fn line(stream: &mut tokio::io::BufReader<TcpStream>) -> Outcome<String> {
    let mut line = String::new();
    match stream.read_line(&mut line).await? {
        0 => Err("the server hung up".into()),
        _ => Ok(line.trim_end().to_owned()),
    }
}

async fn take(stream: &mut tokio::io::BufReader<TcpStream>, size: usize, body: &mut Vec<u8>) -> Outcome<()> {
    let from = body.len();
    body.resize(from + size, 0);
    stream.read_exact(&mut body[from..]).await?;
    Ok(())
}
