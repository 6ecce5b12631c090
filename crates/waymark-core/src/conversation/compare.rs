//! Two conversations of one script, turn by turn.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{
    script::Move,
    turn::{Conversation, DeliveredStep, Turn},
};
use crate::{diff::text::agent_lines, preview::Segment, publish::DiffLine};

/// What is kept of a turn when a conversation is saved: enough to say later what has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnText {
    /// What the turn came from.
    #[serde(rename = "move")]
    pub made: Move,
    /// The agent's session.
    pub session: u32,
    /// The tool that was called.
    pub tool: Option<String>,
    /// The word for what was done.
    pub action: Option<String>,
    /// What happened besides.
    pub note: Option<String>,
    /// Whether the agent had to do something else first.
    pub is_error: bool,
    /// The step that was delivered.
    pub step: Option<DeliveredStep>,
    /// The answer's text.
    pub segments: Vec<Segment>,
}

/// A turn that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TurnDifference {
    /// Its number before; `None` where there was no such turn.
    pub before: Option<u32>,
    /// Its number now; `None` where there is no such turn any more.
    pub after: Option<u32>,
    /// The step delivered before.
    pub step_before: Option<DeliveredStep>,
    /// The step delivered now.
    pub step_after: Option<DeliveredStep>,
    /// The word for what was done before.
    pub action_before: Option<String>,
    /// The word for what is done now.
    pub action_after: Option<String>,
    /// What differs in the text that the agent receives; nothing where the texts are the same.
    pub lines: Vec<DiffLine>,
}

/// What is kept of a conversation that was played with every detail.
pub fn texts(conversation: &Conversation) -> Vec<TurnText> {
    conversation.turns.iter().map(text).collect()
}

fn text(turn: &Turn) -> TurnText {
    TurnText {
        made: turn.made.clone(),
        session: turn.session,
        tool: turn.tool.clone(),
        action: turn.action.clone(),
        note: turn.note.clone(),
        is_error: turn.is_error,
        step: turn.step.clone(),
        segments: turn.detail.as_ref().map(|detail| detail.segments.clone()).unwrap_or_default(),
    }
}

/// The turns that differ, in order. Turns that deliver the same step are compared with each other also where others came
/// in between; what is left over on both sides is compared one by one.
pub fn compare(before: &[TurnText], after: &[TurnText]) -> Vec<TurnDifference> {
    let [old, new] = [before, after].map(|turns| turns.iter().map(key).collect::<Vec<_>>());
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (old, new) = (op.old_range(), op.new_range());
        let pairs = match op {
            DiffOp::Equal { .. } | DiffOp::Replace { .. } => old.len().max(new.len()),
            DiffOp::Delete { .. } => old.len(),
            DiffOp::Insert { .. } => new.len(),
        };
        for at in 0..pairs {
            let (before_at, after_at) = (old.clone().nth(at), new.clone().nth(at));
            found.extend(difference((before, before_at), (after, after_at)));
        }
    }
    found
}

/// What makes two turns the same turn: the step that is delivered, else what is done.
fn key(turn: &TurnText) -> (u32, Option<&str>, Option<&str>) {
    let step = turn.step.as_ref().map(|step| step.id.as_str());
    (turn.session, step, turn.action.as_deref().filter(|_| step.is_none()))
}

fn difference(
    (before, before_at): (&[TurnText], Option<usize>),
    (after, after_at): (&[TurnText], Option<usize>),
) -> Option<TurnDifference> {
    let (old, new) = (before_at.map(|at| &before[at]), after_at.map(|at| &after[at]));
    let is_same = match (old, new) {
        (Some(old), Some(new)) => {
            (old.session, &old.tool, &old.action, &old.note, old.is_error)
                == (new.session, &new.tool, &new.action, &new.note, new.is_error)
                && old.step.as_ref().map(|step| &step.id) == new.step.as_ref().map(|step| &step.id)
        }
        _ => false,
    };
    let segments = |turn: Option<&TurnText>| turn.map(|turn| turn.segments.clone()).unwrap_or_default();
    let lines = agent_lines(&segments(old), &segments(new));
    if is_same && lines.is_empty() {
        return None;
    }
    let number = |at: Option<usize>| at.map(|at| at as u32 + 1);
    Some(TurnDifference {
        before: number(before_at),
        after: number(after_at),
        step_before: old.and_then(|turn| turn.step.clone()),
        step_after: new.and_then(|turn| turn.step.clone()),
        action_before: old.and_then(|turn| turn.action.clone()),
        action_after: new.and_then(|turn| turn.action.clone()),
        lines,
    })
}
