//! The protocols of the providers as bytes: what is asked, and what is answered piece by piece. There is no network here.
//!
//! Each protocol is a file: a request from a transcript, and a decoder that is given what arrives in whatever pieces it
//! arrives. Nothing that a provider sends is believed: sizes are bounded, and what is not the protocol is an error.

mod anthropic;
mod assembly;
mod lines;
mod ollama;
mod openai;
mod said;
#[cfg(test)]
mod tests;

use serde_json::Value;
use waymark_core::{
    agent_run::{
        provider::ProviderKind,
        transcript::{ToolCall, Transcript, Usage},
    },
    learner::tools::Tool,
};

use self::{assembly::Assembly, lines::Lines};

/// The most bytes of one answer: above anything that a model writes.
const ANSWER_MAX_BYTES: usize = 8 * 1024 * 1024;

/// What a model is asked: to say what comes next.
pub struct Ask<'a> {
    /// Which.
    pub model: &'a str,
    /// The tools that it may call.
    pub tools: &'a [Tool],
    /// What was said and called so far, and what it is told about itself.
    pub transcript: &'a Transcript,
}

/// Something of an answer has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// More text.
    Text(String),
    /// The model begins to write a call of this tool.
    Call(String),
}

/// A model's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// What it said.
    pub text: String,
    /// What it called.
    pub calls: Vec<ToolCall>,
    /// What the provider counted.
    pub usage: Usage,
    /// Whether it is not whole.
    pub is_cut: bool,
}

/// Why an answer cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// It is not what the protocol says: what it is instead.
    NotTheProtocol(String),
    /// It is longer than any answer.
    TooLong,
    /// It ended in the middle.
    Cut,
    /// The provider says that something went wrong.
    Said(String),
}

/// The path behind a provider's base address.
pub fn path(kind: ProviderKind, base_path: &str, what: What) -> String {
    let base = base_path.trim_end_matches('/');
    let is_versioned = base.rsplit('/').next().is_some_and(is_version);
    match kind {
        // An address with a path has its version in it somewhere.
        ProviderKind::Openai => {
            let base = if base.is_empty() { "/v1" } else { base };
            format!("{base}/{}", if what == What::Answer { "chat/completions" } else { "models" })
        }
        ProviderKind::Anthropic => {
            let version = if is_versioned { "" } else { "/v1" };
            format!("{base}{version}/{}", if what == What::Answer { "messages" } else { "models" })
        }
        ProviderKind::Ollama => {
            let api = if base.ends_with("/api") { "" } else { "/api" };
            format!("{base}{api}/{}", if what == What::Answer { "chat" } else { "tags" })
        }
    }
}

/// `v1`, `v1beta`.
fn is_version(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
}

/// What a provider is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An answer of a model.
    Answer,
    /// Which models there are.
    Models,
}

/// The headers of a request besides its key and its type.
pub fn headers(kind: ProviderKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        ProviderKind::Anthropic => &[("anthropic-version", anthropic::VERSION)],
        ProviderKind::Openai | ProviderKind::Ollama => &[],
    }
}

/// The header that has the key, and its value.
pub fn key_header(kind: ProviderKind, key: &str) -> (&'static str, String) {
    match kind {
        ProviderKind::Anthropic => ("x-api-key", key.to_owned()),
        ProviderKind::Openai | ProviderKind::Ollama => ("authorization", format!("Bearer {key}")),
    }
}

/// The body of a request.
pub fn body(kind: ProviderKind, ask: &Ask<'_>) -> String {
    let body = match kind {
        ProviderKind::Openai => openai::body(ask),
        ProviderKind::Anthropic => anthropic::body(ask),
        ProviderKind::Ollama => ollama::body(ask),
    };
    body.to_string()
}

/// The names of the models in a list of them.
pub fn models(kind: ProviderKind, body: &str) -> Result<Vec<String>, Broken> {
    let value: Value = serde_json::from_str(body).map_err(not_json)?;
    let (list, name) = match kind {
        ProviderKind::Openai | ProviderKind::Anthropic => ("data", "id"),
        ProviderKind::Ollama => ("models", "name"),
    };
    let list = value[list].as_array().ok_or_else(|| Broken::NotTheProtocol("a list of models".to_owned()))?;
    let mut names: Vec<String> = list.iter().filter_map(|model| model[name].as_str()).map(str::to_owned).collect();
    names.sort();
    Ok(names)
}

/// What a provider says in the body of a refusal, if it can be made out.
pub fn refusal(body: &str) -> Option<String> {
    let value: Value = serde_json::from_str(body).ok()?;
    let error = &value["error"];
    let message = error.as_str().or_else(|| error["message"].as_str()).or_else(|| value["message"].as_str())?;
    Some(message.to_owned())
}

/// Reads an answer as it arrives.
pub struct Decoder {
    kind: ProviderKind,
    lines: Lines,
    bytes: usize,
    assembly: Assembly,
    blocks: anthropic::Blocks,
}

impl Decoder {
    /// For an answer that becomes turn `turn`: calls that come without an id are named by it.
    pub fn new(kind: ProviderKind, turn: u32) -> Self {
        let (lines, assembly, blocks) = (Lines::default(), Assembly::new(turn), anthropic::Blocks::default());
        Self { kind, lines, bytes: 0, assembly, blocks }
    }

    /// Takes in what has arrived.
    ///
    /// # Errors
    /// Why this cannot be the answer. What came before stays.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<Piece>, Broken> {
        self.bytes += bytes.len();
        if self.bytes > ANSWER_MAX_BYTES {
            return Err(Broken::TooLong);
        }
        let mut pieces = Vec::new();
        for line in self.lines.feed(bytes) {
            self.line(&line, &mut pieces)?;
        }
        Ok(pieces)
    }

    /// Takes in that nothing more arrives: a last line may lack its end.
    ///
    /// # Errors
    /// `Cut` where the answer was not over.
    pub fn end(&mut self) -> Result<Vec<Piece>, Broken> {
        let mut pieces = Vec::new();
        if let Some(line) = self.lines.rest() {
            self.line(&line, &mut pieces)?;
        }
        if self.assembly.is_over { Ok(pieces) } else { Err(Broken::Cut) }
    }

    /// What has arrived.
    pub fn reply(self) -> Reply {
        self.assembly.reply()
    }

    fn line(&mut self, line: &str, pieces: &mut Vec<Piece>) -> Result<(), Broken> {
        let data = match self.kind {
            ProviderKind::Ollama => line.trim(),
            // Of server-sent events only the data counts: each event says itself what it is.
            ProviderKind::Openai | ProviderKind::Anthropic => match line.strip_prefix("data:") {
                Some(data) => data.trim(),
                None if line.trim_start().starts_with('{') => line.trim(),
                None => return Ok(()),
            },
        };
        if data.is_empty() {
            return Ok(());
        }
        if data == "[DONE]" {
            self.assembly.is_over = true;
            return Ok(());
        }
        let value: Value = serde_json::from_str(data).map_err(not_json)?;
        match self.kind {
            ProviderKind::Openai => openai::take(&value, &mut self.assembly, pieces),
            ProviderKind::Anthropic => anthropic::take(&value, &mut self.assembly, &mut self.blocks, pieces),
            ProviderKind::Ollama => ollama::take(&value, &mut self.assembly, pieces),
        }
    }
}

fn not_json(error: serde_json::Error) -> Broken {
    Broken::NotTheProtocol(format!("JSON ({error})"))
}
