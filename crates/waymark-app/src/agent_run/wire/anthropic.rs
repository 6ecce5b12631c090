//! `/v1/messages`: server-sent events that open blocks, fill them, and close them.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{
    Ask, Broken, Piece,
    assembly::Assembly,
    said::{Said, count, object, said},
};

/// The version of the protocol.
pub(super) const VERSION: &str = "2023-06-01";
/// The most tokens of an answer that every model allows: a step is shorter.
const OUTPUT_MAX: u32 = 4_096;

/// Which block is which call.
pub(super) type Blocks = HashMap<u64, usize>;

pub(super) fn body(ask: &Ask<'_>) -> Value {
    let mut messages: Vec<Value> = Vec::new();
    for one in said(ask.transcript) {
        let (role, content) = match one {
            Said::User(text) => ("user", vec![json!({ "type": "text", "text": text })]),
            Said::Agent(text, calls) => {
                // An empty text, or one that ends in white space at the end of the conversation, is refused.
                let text = text.trim_end();
                let words = (!text.is_empty()).then(|| json!({ "type": "text", "text": text }));
                let calls = calls.iter().map(|call| {
                    let input = object(&call.arguments);
                    json!({ "type": "tool_use", "id": call.id, "name": call.tool, "input": input })
                });
                ("assistant", words.into_iter().chain(calls).collect())
            }
            Said::Answers(answers) => {
                let answer = |call: &str, text: &str, is_error: bool| json!({ "type": "tool_result", "tool_use_id": call, "content": text, "is_error": is_error });
                ("user", answers.iter().map(|one| answer(&one.call, &one.text, one.is_error)).collect())
            }
        };
        messages.push(json!({ "role": role, "content": content }));
    }
    let tool = |tool: &waymark_core::learner::tools::Tool| json!({ "name": tool.name, "description": tool.description, "input_schema": tool.input_schema });
    json!({
        "model": ask.model,
        "max_tokens": OUTPUT_MAX,
        "stream": true,
        "system": ask.transcript.instructions,
        "messages": messages,
        "tools": ask.tools.iter().map(tool).collect::<Vec<_>>(),
    })
}

pub(super) fn take(
    value: &Value,
    assembly: &mut Assembly,
    blocks: &mut Blocks,
    pieces: &mut Vec<Piece>,
) -> Result<(), Broken> {
    match value["type"].as_str() {
        Some("message_start") => note(&value["message"]["usage"], assembly),
        Some("content_block_start") => {
            let block = &value["content_block"];
            match block["type"].as_str() {
                Some("text") => assembly.say(block["text"].as_str().unwrap_or_default(), pieces),
                Some("tool_use") => {
                    let (id, name) = (block["id"].as_str().unwrap_or_default(), block["name"].as_str());
                    let at = assembly.call(id, name.unwrap_or_default(), pieces)?;
                    blocks.insert(value["index"].as_u64().unwrap_or_default(), at);
                }
                // Thinking and whatever comes later is not said to the user.
                _ => {}
            }
        }
        Some("content_block_delta") => {
            let delta = &value["delta"];
            match delta["type"].as_str() {
                Some("text_delta") => assembly.say(delta["text"].as_str().unwrap_or_default(), pieces),
                Some("input_json_delta") => {
                    let at = value["index"].as_u64().and_then(|index| blocks.get(&index));
                    let at = *at.ok_or_else(|| Broken::NotTheProtocol("a block that has begun".to_owned()))?;
                    assembly.argue(at, delta["partial_json"].as_str().unwrap_or_default())?;
                }
                _ => {}
            }
        }
        Some("message_delta") => {
            note(&value["usage"], assembly);
            assembly.is_cut = matches!(value["delta"]["stop_reason"].as_str(), Some("max_tokens" | "refusal"));
        }
        Some("message_stop") => assembly.is_over = true,
        Some("error") => {
            let message = value["error"]["message"].as_str().unwrap_or_default();
            return Err(Broken::Said(message.to_owned()));
        }
        Some(_) => {}
        None => return Err(Broken::NotTheProtocol("an event with a type".to_owned())),
    }
    Ok(())
}

/// Notes what was counted: what was read from a cache and written to one was read too.
fn note(usage: &Value, assembly: &mut Assembly) {
    let read = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"];
    let read: Vec<u32> = read.iter().filter_map(|name| count(&usage[*name])).collect();
    if !read.is_empty() {
        let read = read.into_iter().fold(0, u32::saturating_add);
        assembly.usage.input = assembly.usage.input.max(read);
    }
    if let Some(output) = count(&usage["output_tokens"]) {
        assembly.usage.output = output;
    }
}
