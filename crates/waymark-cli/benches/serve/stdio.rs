//! A client on the standard input and output of a process.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use super::Outcome;

pub struct Client {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    id: u64,
}

impl Client {
    pub fn start(command: &mut Command) -> Outcome<Self> {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let input = process.stdin.take().ok_or("no input")?;
        let output = BufReader::new(process.stdout.take().ok_or("no output")?);
        Ok(Self { process, input, output, id: 0 })
    }

    /// The first exchange: ends with the server's first answer.
    pub fn initialize(&mut self) -> Outcome<()> {
        let client = json!({"name": "bench", "version": "1"});
        let params = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client});
        self.ask("initialize", &params)?;
        self.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))
    }

    pub fn tool(&mut self, name: &str, arguments: &Value) -> Outcome<Value> {
        let result = self.ask("tools/call", &json!({"name": name, "arguments": arguments}))?;
        if result["isError"] == true { Err(format!("{name}: {result}").into()) } else { Ok(result) }
    }

    fn ask(&mut self, method: &str, params: &Value) -> Outcome<Value> {
        self.id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.id, "method": method, "params": params}))?;
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err(format!("{method}: the server is gone").into());
        }
        let answer: Value = serde_json::from_str(&line)?;
        answer.get("result").cloned().ok_or_else(|| format!("{method}: {answer}").into())
    }

    fn send(&mut self, message: &Value) -> Outcome<()> {
        self.input.write_all(format!("{message}\n").as_bytes())?;
        Ok(self.input.flush()?)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
