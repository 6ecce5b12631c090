//! A transcript as the providers want it: what was said by whom, and each call with its answer.

use serde_json::{Map, Value};
use waymark_core::agent_run::transcript::{Event, ToolAnswer, ToolCall, Transcript, Turn};

/// One message.
pub(super) enum Said<'a> {
    /// The user.
    User(&'a str),
    /// The model. Calls that were never answered are left out: providers refuse those.
    Agent(&'a str, Vec<&'a ToolCall>),
    /// What the tools answered to the message before.
    Answers(Vec<&'a ToolAnswer>),
}

/// The messages of a transcript.
pub(super) fn said(transcript: &Transcript) -> Vec<Said<'_>> {
    let mut all = Vec::new();
    for (at, turn) in transcript.turns.iter().enumerate() {
        match &turn.event {
            Event::Learner { text } => all.push(Said::User(text)),
            // An answer that broke off and was asked for again.
            Event::Agent { is_cut: true, .. } if is_agent(transcript.turns.get(at + 1)) => {}
            Event::Agent { text, calls, .. } => {
                let answers = answers(&transcript.turns[at + 1..]);
                let answer = |call: &ToolCall| answers.iter().copied().find(|answer| answer.call == call.id);
                let calls: Vec<&ToolCall> = calls.iter().filter(|call| answer(call).is_some()).collect();
                let answered: Vec<&ToolAnswer> = calls.iter().filter_map(|call| answer(call)).collect();
                if !text.trim().is_empty() || !calls.is_empty() {
                    all.push(Said::Agent(text, calls));
                }
                if !answered.is_empty() {
                    all.push(Said::Answers(answered));
                }
            }
            Event::Tool(_) => {}
        }
    }
    // It is the model's turn: what it began to say would be taken for the beginning of its answer.
    while matches!(all.last(), Some(Said::Agent(..))) {
        all.pop();
    }
    all
}

fn is_agent(turn: Option<&Turn>) -> bool {
    turn.is_some_and(|turn| matches!(turn.event, Event::Agent { .. }))
}

/// The answers that come before anything else is said.
fn answers(turns: &[Turn]) -> Vec<&ToolAnswer> {
    let answer = |turn: &'_ Turn| matches!(turn.event, Event::Tool(_));
    let upto = turns.iter().position(|turn| !answer(turn)).unwrap_or(turns.len());
    turns[..upto]
        .iter()
        .filter_map(|turn| match &turn.event {
            Event::Tool(answer) => Some(answer),
            _ => None,
        })
        .collect()
}

/// The arguments of a call as an object; what is none is as if nothing had been passed.
pub(super) fn object(arguments: &str) -> Value {
    let object = serde_json::from_str::<Map<String, Value>>(arguments).unwrap_or_default();
    Value::Object(object)
}

/// A count of tokens.
pub(super) fn count(value: &Value) -> Option<u32> {
    value.as_u64().map(|count| count.try_into().unwrap_or(u32::MAX))
}
