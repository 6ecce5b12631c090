//! An answer that is put together from its pieces.

use waymark_core::agent_run::transcript::{ToolCall, Usage};

use super::{Broken, Piece, Reply};

/// The most calls in one answer.
const CALLS_MAX: usize = 100;

/// What has arrived of an answer.
#[derive(Debug)]
pub(super) struct Assembly {
    turn: u32,
    text: String,
    calls: Vec<ToolCall>,
    pub(super) usage: Usage,
    /// Whether the provider has said that it is over.
    pub(super) is_over: bool,
    /// Whether it is over because it is as long as it may be.
    pub(super) is_cut: bool,
}

impl Assembly {
    pub(super) fn new(turn: u32) -> Self {
        Self { turn, text: String::new(), calls: Vec::new(), usage: Usage::default(), is_over: false, is_cut: false }
    }

    /// More text.
    pub(super) fn say(&mut self, text: &str, pieces: &mut Vec<Piece>) {
        if !text.is_empty() {
            self.text.push_str(text);
            pieces.push(Piece::Text(text.to_owned()));
        }
    }

    /// How many calls there are.
    pub(super) fn calls(&self) -> usize {
        self.calls.len()
    }

    /// A call begins; gives its place.
    pub(super) fn call(&mut self, id: &str, tool: &str, pieces: &mut Vec<Piece>) -> Result<usize, Broken> {
        if self.calls.len() == CALLS_MAX {
            return Err(Broken::TooLong);
        }
        let at = self.calls.len();
        let id = if id.is_empty() { format!("call_{}_{at}", self.turn) } else { id.to_owned() };
        self.calls.push(ToolCall { id, tool: tool.to_owned(), arguments: String::new() });
        pieces.push(Piece::Call(tool.to_owned()));
        Ok(at)
    }

    /// More of the arguments of the call at a place.
    pub(super) fn argue(&mut self, at: usize, arguments: &str) -> Result<(), Broken> {
        let call = self.calls.get_mut(at);
        let call = call.ok_or_else(|| Broken::NotTheProtocol("a call that has begun".to_owned()))?;
        call.arguments.push_str(arguments);
        Ok(())
    }

    /// What has arrived. Calls of an answer that is not over may lack half of their arguments, so they are left out.
    pub(super) fn reply(self) -> Reply {
        let Self { text, calls, usage, is_over, is_cut, .. } = self;
        let is_whole = is_over && !is_cut;
        Reply { text, calls: if is_whole { calls } else { Vec::new() }, usage, is_cut: !is_whole }
    }
}
