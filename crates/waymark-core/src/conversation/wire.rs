//! The messages of the protocol, as the real door puts them on the wire, indented for reading.

use serde::{Serialize, Serializer};

use super::turn::{Preface, ToolSeen};
use crate::{
    json::FreeJson,
    learner::{
        call::Profile,
        heard::Heard,
        output::ToolOutput,
        tools::{self, Tool},
    },
    tokens::{self, Encoding},
};

#[derive(Serialize)]
struct Request<P> {
    jsonrpc: &'static str,
    id: u32,
    method: &'static str,
    params: P,
}

#[derive(Serialize)]
struct Response<R> {
    jsonrpc: &'static str,
    id: u32,
    result: R,
}

#[derive(Serialize)]
struct CallParams<'a> {
    name: &'a str,
    arguments: Ordered<'a>,
}

/// An object whose members are indented like the rest, in their order.
struct Ordered<'a>(&'a FreeJson);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = self.0.entries().unwrap_or_default();
        serializer.collect_map(members.iter().map(|(name, value)| (name, value.to_raw())))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CallResult<'a> {
    content: Vec<TextBlock>,
    structured_content: &'a ToolOutput,
    is_error: bool,
}

#[derive(Serialize)]
struct TextBlock {
    #[serde(rename = "type")]
    kind: &'static str,
    text: String,
}

#[derive(Serialize)]
struct ToolList<'a> {
    tools: &'a [Tool],
}

#[derive(Serialize)]
struct Nothing {}

/// What an agent is told before it calls anything.
pub fn preface(profile: Profile, encoding: Encoding) -> Preface {
    let all = tools::tools(profile, false);
    let list = FreeJson::of(&ToolList { tools: &all });
    let seen = |tool: &Tool| ToolSeen {
        name: tool.name.to_owned(),
        title: tool.title.to_owned(),
        description: tool.description.to_owned(),
    };
    Preface {
        instructions: tools::INSTRUCTIONS.to_owned(),
        tools: all.iter().map(seen).collect(),
        request: request("tools/list", 1, Nothing {}),
        response: response(1, ToolList { tools: &all }),
        tokens: tokens::count(encoding, tools::INSTRUCTIONS) + tokens::count(encoding, list.as_str()),
    }
}

/// The request of a call.
pub fn call_request(id: u32, tool: &str, arguments: &FreeJson) -> String {
    request("tools/call", id, CallParams { name: tool, arguments: Ordered(arguments) })
}

/// The answer to a call.
pub fn call_response(id: u32, heard: &Heard) -> String {
    let content = heard.blocks().into_iter().map(|text| TextBlock { kind: "text", text }).collect();
    response(id, CallResult { content, structured_content: &heard.output, is_error: heard.is_error })
}

fn indented<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).expect("BUG: a message has keys that are no strings")
}

fn request<P: Serialize>(method: &'static str, id: u32, params: P) -> String {
    indented(&Request { jsonrpc: "2.0", id, method, params })
}

fn response<R: Serialize>(id: u32, result: R) -> String {
    indented(&Response { jsonrpc: "2.0", id, result })
}
