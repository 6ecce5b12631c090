//! `/api/chat`: a JSON object in each line, the last with `done`.

use serde_json::{Value, json};

use super::{
    Ask, Broken, Piece,
    assembly::Assembly,
    openai,
    said::{Said, count, object, said},
};

pub(super) fn body(ask: &Ask<'_>) -> Value {
    let mut messages = vec![json!({ "role": "system", "content": ask.transcript.instructions })];
    for one in said(ask.transcript) {
        match one {
            Said::User(text) => messages.push(json!({ "role": "user", "content": text })),
            Said::Agent(text, calls) => {
                let mut message = json!({ "role": "assistant", "content": text });
                if !calls.is_empty() {
                    let call = |name: &str, arguments: &str| json!({ "function": { "name": name, "arguments": object(arguments) } });
                    message["tool_calls"] = calls.iter().map(|one| call(&one.tool, &one.arguments)).collect();
                }
                messages.push(message);
            }
            Said::Answers(answers) => messages.extend(
                answers
                    .iter()
                    .map(|answer| json!({ "role": "tool", "tool_name": answer.tool, "content": answer.text })),
            ),
        }
    }
    json!({ "model": ask.model, "stream": true, "messages": messages, "tools": openai::tools(ask) })
}

pub(super) fn take(value: &Value, assembly: &mut Assembly, pieces: &mut Vec<Piece>) -> Result<(), Broken> {
    if let Some(error) = value["error"].as_str() {
        return Err(Broken::Said(error.to_owned()));
    }
    if !value["message"].is_object() && value["done"].as_bool() != Some(true) {
        return Err(Broken::NotTheProtocol("a message".to_owned()));
    }
    let message = &value["message"];
    assembly.say(message["content"].as_str().unwrap_or_default(), pieces);
    for call in message["tool_calls"].as_array().into_iter().flatten() {
        let function = &call["function"];
        let id = call["id"].as_str().unwrap_or_default();
        let at = assembly.call(id, function["name"].as_str().unwrap_or_default(), pieces)?;
        let arguments = &function["arguments"];
        let text = arguments.as_str().map(str::to_owned).unwrap_or_else(|| arguments.to_string());
        assembly.argue(at, &text)?;
    }
    if value["done"].as_bool() == Some(true) {
        assembly.is_over = true;
        assembly.is_cut = value["done_reason"].as_str() == Some("length");
        assembly.usage.input = count(&value["prompt_eval_count"]).unwrap_or_default();
        assembly.usage.output = count(&value["eval_count"]).unwrap_or_default();
    }
    Ok(())
}
