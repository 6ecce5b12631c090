//! From what an agent hears to what is on the wire.

use rmcp::model::{CallToolResult, ContentBlock};
use waymark_core::{
    error::{Code, Error},
    learner::{heard::Heard, output::ToolOutput},
};

/// A tool result.
pub fn of_heard(heard: &Heard) -> CallToolResult {
    let content = heard.blocks().into_iter().map(ContentBlock::text).collect();
    let mut result = match heard.is_error {
        true => CallToolResult::error(content),
        false => CallToolResult::success(content),
    };
    result.structured_content = Some(structured(&heard.output));
    result
}

/// Arguments that do not fit.
pub fn of_misfit(sentence: String) -> CallToolResult {
    refusal("invalid_arguments", sentence)
}

/// Something that failed here. The agent hears what to do, the log has the rest.
pub fn of_error(tool: &str, error: &Error) -> CallToolResult {
    if error.code == Code::Cancelled {
        // The client asked for it, and reads no answer any more.
        return refusal("cancelled", "The call was called off, and nothing was changed.".to_owned());
    }
    tracing::error!(tool, ?error, "a tool call failed");
    let sentence = match error.code {
        Code::Conflict => "Other calls of the same user got in between, so nothing was changed. Call it again.",
        Code::OutcomeUnknown => {
            "The connection broke while this was being written. Call `get_walkthrough_status` to see whether it was."
        }
        Code::Unreachable | Code::EnvironmentMissing => {
            "The walkthroughs cannot be reached at present, and nothing was changed. Call it again in a moment."
        }
        _ => {
            "This cannot be done because of a fault on this server, and nothing was changed. Tell the user so. Calling \
             again will not help."
        }
    };
    refusal("failed", sentence.to_owned())
}

fn refusal(action: &str, text: String) -> CallToolResult {
    let mut result = CallToolResult::error(vec![ContentBlock::text(text.clone())]);
    let output = ToolOutput { outcome: "error".to_owned(), action: action.to_owned(), text, ..ToolOutput::default() };
    result.structured_content = Some(structured(&output));
    result
}

fn structured(output: &ToolOutput) -> serde_json::Value {
    serde_json::to_value(output).expect("BUG: an output has string keys only")
}
