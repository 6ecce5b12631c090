//! What was said and called in a run, turn by turn.

use serde::{Deserialize, Serialize};

use crate::{
    id::{StepId, WalkthroughId},
    walkthrough::Millis,
};

/// Everything that happened. Stored, so variants are only ever added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Transcript {
    /// What the model was told before anything was said.
    pub instructions: String,
    /// The names of the tools that it had.
    pub tools: Vec<String>,
    /// In order.
    pub turns: Vec<Turn>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "AgentTurn")]
pub struct Turn {
    /// Counted from 1.
    pub number: u32,
    /// When it was over.
    pub at: Millis,
    /// What.
    pub event: Event,
}

/// What happened in a turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "AgentEvent", tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The user said something.
    Learner {
        /// What.
        text: String,
    },
    /// The model answered: said something, called tools, or both. What it said comes before its calls.
    Agent {
        /// What it said to the user; may be empty.
        text: String,
        /// What it called, in order.
        calls: Vec<ToolCall>,
        /// What the provider counted.
        usage: Usage,
        /// How long it took, in milliseconds.
        millis: u32,
        /// Whether the answer broke off: it was stopped, cut, or as long as it may be.
        is_cut: bool,
    },
    /// A tool answered.
    Tool(ToolAnswer),
}

/// A call of a tool by the model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ToolCall {
    /// By which the provider tells calls apart.
    pub id: String,
    /// Which tool.
    pub tool: String,
    /// The arguments as the model wrote them: mostly a JSON object.
    pub arguments: String,
}

/// What a tool answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ToolAnswer {
    /// The call's id.
    pub call: String,
    /// Which tool.
    pub tool: String,
    /// What the model read.
    pub text: String,
    /// Whether it has to do something else first.
    pub is_error: bool,
    /// What the answer is: `step`, `completed`, `list`, `status`, `reset`, `no_steps` or `error`.
    pub outcome: String,
    /// The walkthrough that it is about.
    pub walkthrough: Option<WalkthroughId>,
    /// The step that it delivers.
    pub step: Option<Delivered>,
}

/// A step as it was when it was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "StepGiven")]
pub struct Delivered {
    /// Which.
    pub id: StepId,
    /// Its place, from 1.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// What was to be said to the user.
    pub content_for_user: Option<String>,
    /// What the agent was to do.
    pub operations_for_agent: Option<String>,
}

/// Tokens, as the provider counted them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "TokenUsage")]
pub struct Usage {
    /// That the model read.
    pub input: u32,
    /// That it wrote.
    pub output: u32,
}

impl Usage {
    /// Both.
    pub fn all(self) -> u32 {
        self.input.saturating_add(self.output)
    }
}

/// What a run came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RunTotals")]
pub struct Totals {
    /// Answers of the model.
    pub replies: u32,
    /// Calls of tools.
    pub calls: u32,
    /// Tokens of all answers.
    pub usage: Usage,
    /// How long the model took, in milliseconds.
    pub millis: u32,
}

impl Transcript {
    /// Takes down what happened.
    pub fn push(&mut self, at: Millis, event: Event) -> &Turn {
        let number = self.turns.len() as u32 + 1;
        self.turns.push(Turn { number, at, event });
        &self.turns[self.turns.len() - 1]
    }

    /// What it came to.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for turn in &self.turns {
            if let Event::Agent { calls, usage, millis, .. } = &turn.event {
                totals.replies += 1;
                totals.calls += calls.len() as u32;
                totals.usage.input = totals.usage.input.saturating_add(usage.input);
                totals.usage.output = totals.usage.output.saturating_add(usage.output);
                totals.millis = totals.millis.saturating_add(*millis);
            }
        }
        totals
    }

    /// Whether a walkthrough has been completed.
    pub fn has_completed(&self, walkthrough: &WalkthroughId) -> bool {
        self.answers()
            .any(|(_, answer)| answer.outcome == "completed" && answer.walkthrough.as_ref() == Some(walkthrough))
    }

    /// The answers of tools, with their turns.
    pub(super) fn answers(&self) -> impl Iterator<Item = (u32, &ToolAnswer)> {
        self.turns.iter().filter_map(|turn| match &turn.event {
            Event::Tool(answer) => Some((turn.number, answer)),
            _ => None,
        })
    }
}
