//! What an agent hears: the text, and the same in structured form.

use super::{
    output::{self, ToolOutput},
    turn::{Answer, Turn},
};

/// The answer to one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The text; of a step, exactly what `waymark render` prints.
    pub text: String,
    /// The same in structured form.
    pub output: ToolOutput,
    /// Whether the agent has to do something else first.
    pub is_error: bool,
}

impl Heard {
    /// The answer of a turn whose text is `text`.
    pub fn of(turn: &Turn, text: String) -> Self {
        let is_error = matches!(turn.answer, Answer::Trouble(_));
        Self { output: output::output(turn, text.clone()), text, is_error }
    }

    /// The text blocks of the answer. The visit stands in a block of its own, never in the step's text.
    pub fn blocks(&self) -> Vec<String> {
        let visit = self.output.visit.as_ref().map(|visit| format!("visit: {visit}"));
        std::iter::once(self.text.clone()).chain(visit).collect()
    }
}
