//! What a conversation looks like when it has been played.

use serde::{Deserialize, Serialize};

use super::script::Move;
use crate::{
    id::{StepId, VisitId},
    preview::{Segment, TokenCount},
    progress::Progress,
    tokens::Encoding,
};

/// A conversation, turn by turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Conversation {
    /// What the agent is told before anything is said.
    pub preface: Preface,
    /// In order.
    pub turns: Vec<Turn>,
    /// Whether the learner has come to the end.
    pub is_finished: bool,
    /// What all of it costs.
    pub tokens: ConversationTokens,
}

/// Tokens of a whole conversation: what the agent is told before it, and every answer, in all sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ConversationTokens {
    /// Which tokenizer counted; also in the preface and in every turn.
    pub encoding: Encoding,
    /// All of them.
    pub total: u32,
    /// Those of the template's own words.
    pub template: u32,
}

/// What an agent knows of the server before it calls anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Preface {
    /// What a client is told about the whole server.
    pub instructions: String,
    /// The tools.
    pub tools: Vec<ToolSeen>,
    /// The request for the list of tools, as on the wire.
    pub request: String,
    /// Its answer, as on the wire.
    pub response: String,
    /// Tokens of the instructions and of the list of tools.
    pub tokens: u32,
}

/// A tool, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ToolSeen {
    /// By which it is called.
    pub name: String,
    /// For people.
    pub title: String,
    /// What it does.
    pub description: String,
}

/// Turns whose detail is wanted: from and to, both included, counted from 1. The rest of a long conversation is given
/// without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TurnWindow {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
}

impl TurnWindow {
    /// Every turn.
    pub const ALL: TurnWindow = TurnWindow { from: 1, to: u32::MAX };
    /// None of them.
    pub const NONE: TurnWindow = TurnWindow { from: 1, to: 0 };

    /// Whether a turn is one of them.
    pub fn contains(self, number: u32) -> bool {
        (self.from..=self.to).contains(&number)
    }
}

/// One thing that happened: mostly a call of the agent's and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Turn {
    /// Counted from 1.
    pub number: u32,
    /// What the turn came from.
    #[serde(rename = "move")]
    pub made: Move,
    /// Which of the script's moves that is, from 0; `None` in the opening that the scenario makes.
    pub move_index: Option<u32>,
    /// The agent's session, counted from 1.
    pub session: u32,
    /// What the learner says before the agent calls.
    pub learner_says: Option<String>,
    /// What happened besides, in a sentence.
    pub note: Option<String>,
    /// The tool that the agent calls. `None` where it calls none: the author did something.
    pub tool: Option<String>,
    /// The one word that the engine has for what was done.
    pub action: Option<String>,
    /// Whether the agent has to do something else first.
    pub is_error: bool,
    /// The step that was delivered.
    pub step: Option<DeliveredStep>,
    /// Tokens of the answer's text.
    pub tokens: Option<TokenCount>,
    /// How things stand afterwards.
    pub state: TurnState,
    /// The texts, where they were asked for.
    pub detail: Option<TurnDetail>,
}

impl Conversation {
    /// Forgets the texts of the turns that are not wanted.
    pub fn keep_detail(&mut self, window: TurnWindow) {
        let others = self.turns.iter_mut().filter(|turn| !window.contains(turn.number));
        others.for_each(|turn| turn.detail = None);
    }
}

impl Turn {
    /// A turn in which nothing is said.
    pub(super) fn bare(number: u32, made: Move, move_index: Option<u32>, session: u32, state: TurnState) -> Self {
        Self {
            number,
            made,
            move_index,
            session,
            learner_says: None,
            note: None,
            tool: None,
            action: None,
            is_error: false,
            step: None,
            tokens: None,
            state,
            detail: None,
        }
    }
}

impl TurnDetail {
    /// Of a turn in which nobody calls.
    pub(super) fn silent() -> Self {
        Self {
            arguments: None,
            request: None,
            response: None,
            segments: Vec::new(),
            user_html: None,
            completed: Vec::new(),
        }
    }
}

/// A step at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DeliveredStep {
    /// Which.
    pub id: StepId,
    /// Its place in the learner's order, from 1.
    pub number: u32,
    /// Its title.
    pub title: String,
}

/// How things stand after a turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TurnState {
    /// How far the learner is in the walkthrough that is previewed.
    pub progress: Progress,
    /// The step that the learner is at. `None` before the beginning and after the end.
    pub current_step: Option<DeliveredStep>,
    /// The visit that the last call belonged to.
    pub visit: Option<VisitId>,
    /// Everything that the agent of this session has read so far: instructions, tools, answers.
    pub tokens_so_far: u32,
    /// Of these, what the template's own words cost.
    pub template_tokens_so_far: u32,
}

/// The texts of a turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TurnDetail {
    /// The call's arguments as JSON.
    pub arguments: Option<String>,
    /// The request as on the wire, indented.
    pub request: Option<String>,
    /// The answer as on the wire, indented.
    pub response: Option<String>,
    /// The answer's text, for a step with where each stretch comes from. Empty where nothing was called.
    pub segments: Vec<Segment>,
    /// What the learner is to be told, as safe HTML; only of a step that has something to tell.
    pub user_html: Option<String>,
    /// The completed steps, in the order in which they were completed.
    pub completed: Vec<CompletedStep>,
}

/// A step that the learner has completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CompletedStep {
    /// Which.
    pub id: StepId,
    /// Its title; of a step that is gone, the last it had.
    pub title: String,
    /// Whether it is no longer there: kept, and counting for nothing.
    pub is_gone: bool,
}
