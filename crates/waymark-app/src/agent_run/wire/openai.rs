//! `/v1/chat/completions`: server-sent events with a delta in each, and `[DONE]` at the end.

use serde_json::{Value, json};

use super::{
    Ask, Broken, Piece,
    assembly::Assembly,
    said::{Said, count, said},
};

pub(super) fn body(ask: &Ask<'_>) -> Value {
    let mut messages = vec![json!({ "role": "system", "content": ask.transcript.instructions })];
    for one in said(ask.transcript) {
        match one {
            Said::User(text) => messages.push(json!({ "role": "user", "content": text })),
            Said::Agent(text, calls) => {
                let mut message = json!({ "role": "assistant", "content": text });
                if !calls.is_empty() {
                    let call = |id: &str, name: &str, arguments: &str| {
                        let arguments = if arguments.trim().is_empty() { "{}" } else { arguments };
                        json!({ "id": id, "type": "function", "function": { "name": name, "arguments": arguments } })
                    };
                    message["tool_calls"] = calls.iter().map(|one| call(&one.id, &one.tool, &one.arguments)).collect();
                }
                messages.push(message);
            }
            Said::Answers(answers) => messages.extend(
                answers
                    .iter()
                    .map(|answer| json!({ "role": "tool", "tool_call_id": answer.call, "content": answer.text })),
            ),
        }
    }
    json!({
        "model": ask.model,
        "stream": true,
        "stream_options": { "include_usage": true },
        "messages": messages,
        "tools": tools(ask),
    })
}

/// The tools, as Ollama wants them too.
pub(super) fn tools(ask: &Ask<'_>) -> Value {
    let tool = |tool: &waymark_core::learner::tools::Tool| {
        let function = json!({ "name": tool.name, "description": tool.description, "parameters": tool.input_schema });
        json!({ "type": "function", "function": function })
    };
    ask.tools.iter().map(tool).collect()
}

pub(super) fn take(value: &Value, assembly: &mut Assembly, pieces: &mut Vec<Piece>) -> Result<(), Broken> {
    if !value["error"].is_null() {
        let message = value["error"]["message"].as_str().or_else(|| value["error"].as_str());
        return Err(Broken::Said(message.unwrap_or_default().to_owned()));
    }
    if !value.is_object() {
        return Err(Broken::NotTheProtocol("an event".to_owned()));
    }
    if let Some(input) = count(&value["usage"]["prompt_tokens"]) {
        assembly.usage.input = input;
    }
    if let Some(output) = count(&value["usage"]["completion_tokens"]) {
        assembly.usage.output = output;
    }
    let choice = &value["choices"][0];
    let delta = &choice["delta"];
    assembly.say(delta["content"].as_str().unwrap_or_default(), pieces);
    for call in delta["tool_calls"].as_array().into_iter().flatten() {
        let id = call["id"].as_str().unwrap_or_default();
        let name = call["function"]["name"].as_str().unwrap_or_default();
        // Some leave the index out: then a name begins the next call, and anything else belongs to the last.
        let at = match call["index"].as_u64() {
            Some(index) => index as usize,
            None if !name.is_empty() => assembly.calls(),
            None => assembly.calls().saturating_sub(1),
        };
        if at == assembly.calls() {
            assembly.call(id, name, pieces)?;
        }
        assembly.argue(at, call["function"]["arguments"].as_str().unwrap_or_default())?;
    }
    if let Some(reason) = choice["finish_reason"].as_str() {
        assembly.is_over = true;
        assembly.is_cut = matches!(reason, "length" | "content_filter");
    }
    Ok(())
}
