//! An agent on the other end of `waymark serve --stdio`, as small as can be.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

use serde_json::{Value, json};

use crate::command::Waymark;

pub struct Agent {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    calls: u64,
}

impl Agent {
    /// Starts the server with these arguments and greets it.
    pub fn connect(waymark: &Waymark, arguments: &[&str]) -> Self {
        let mut command = waymark.command(&["serve", "--stdio"]);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().expect("piped")));
        let mut agent = Self { child, input, output, calls: 0 };
        let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
        agent.request("initialize", &hello);
        agent.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        agent
    }

    /// The result of a tool.
    pub fn call(&mut self, tool: &str, arguments: Value) -> Value {
        self.request("tools/call", &json!({"name": tool, "arguments": arguments}))
    }

    /// The text of a tool's result.
    pub fn text(&mut self, tool: &str, arguments: Value) -> String {
        let result = self.call(tool, arguments);
        result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("no text in {result}")).to_owned()
    }

    /// Hangs up; the server ends well.
    pub fn leave(mut self) {
        drop(self.input.take());
        assert!(self.child.wait().expect("the server ends").success());
    }

    fn request(&mut self, method: &str, parameters: &Value) -> Value {
        self.calls += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.calls, "method": method, "params": parameters}));
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("an answer") > 0, "the server hung up at {method}");
            let answer: Value = serde_json::from_str(&line).expect("JSON-RPC");
            if answer["id"] == self.calls {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    fn send(&mut self, message: &Value) {
        let input = self.input.as_mut().expect("connected");
        writeln!(input, "{message}").and_then(|()| input.flush()).expect("the server listens");
    }
}
