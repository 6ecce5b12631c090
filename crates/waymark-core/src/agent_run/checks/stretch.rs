//! The stretch of a run that belongs to one step: from its delivery until the agent went on to another.

use crate::{
    agent_run::transcript::{Delivered, Event, ToolAnswer, Transcript, Turn},
    id::WalkthroughId,
};

/// What happened with one step.
pub(super) struct Stretch<'a> {
    /// As it was delivered.
    pub(super) step: &'a Delivered,
    /// The turn of the delivery.
    pub(super) turn: u32,
    /// What came after it.
    pub(super) turns: Vec<&'a Turn>,
    /// The turn in which another step, or the end, was given; `None` where the run ended with this step.
    pub(super) left_at: Option<u32>,
}

impl<'a> Stretch<'a> {
    /// What the agent said to the user, where it said anything.
    pub(super) fn said(&self) -> impl Iterator<Item = (u32, &'a str)> {
        self.turns.iter().filter_map(|turn| match &turn.event {
            Event::Agent { text, .. } if !text.trim().is_empty() => Some((turn.number, text.as_str())),
            _ => None,
        })
    }

    /// A sentence about this step.
    pub(super) fn place(&self, turn: u32, sentence: String) -> super::Place {
        super::Place { turn, step: Some(self.step.number), sentence }
    }
}

/// The stretches of a walkthrough's steps, in order. A step that is delivered again is still the same stretch.
pub(super) fn stretches<'a>(transcript: &'a Transcript, walkthrough: &WalkthroughId) -> Vec<Stretch<'a>> {
    let mut stretches: Vec<Stretch<'a>> = Vec::new();
    let mut is_open = false;
    for turn in &transcript.turns {
        let is_same = |step: &Delivered| stretches.last().is_some_and(|last| is_open && last.step.id == step.id);
        match &turn.event {
            Event::Tool(answer) if leaves(answer) => match of_walkthrough(answer, walkthrough) {
                Some(step) if is_same(step) => {}
                step => {
                    close(&mut stretches, is_open, turn.number);
                    is_open = step.is_some();
                    stretches.extend(step.map(|step| Stretch {
                        step,
                        turn: turn.number,
                        turns: Vec::new(),
                        left_at: None,
                    }));
                }
            },
            _ => {
                if let Some(last) = stretches.last_mut().filter(|_| is_open) {
                    last.turns.push(turn);
                }
            }
        }
    }
    stretches
}

fn close(stretches: &mut [Stretch<'_>], is_open: bool, turn: u32) {
    if let Some(last) = stretches.last_mut().filter(|_| is_open) {
        last.left_at = Some(turn);
    }
}

/// Whether an answer leads away from the step that the agent was at.
fn leaves(answer: &ToolAnswer) -> bool {
    answer.step.is_some() || matches!(answer.outcome.as_str(), "completed" | "reset" | "no_steps")
}

fn of_walkthrough<'a>(answer: &'a ToolAnswer, walkthrough: &WalkthroughId) -> Option<&'a Delivered> {
    answer.step.as_ref().filter(|_| answer.walkthrough.as_ref() == Some(walkthrough))
}
