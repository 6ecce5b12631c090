//! Two runs side by side: the stretches of both that belong to the same step.

use serde::{Deserialize, Serialize};

use super::transcript::{Event, Transcript};
use crate::id::StepId;

/// Turns from and to, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TurnRange {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
}

/// The same stretch of two runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RunRow")]
pub struct Row {
    /// The step; `None` for what was before the first.
    pub step: Option<StepId>,
    /// Its title.
    pub title: Option<String>,
    /// The turns of the first run.
    pub left: Option<TurnRange>,
    /// The turns of the second run.
    pub right: Option<TurnRange>,
}

struct Section {
    step: Option<StepId>,
    title: Option<String>,
    range: TurnRange,
}

/// The rows of a page with both runs: in the order of the first, what only the second has where the second has it.
pub fn rows(left: &Transcript, right: &Transcript) -> Vec<Row> {
    let mut others = sections(right);
    let mut rows = Vec::new();
    for section in sections(left) {
        let Section { step, title, range } = section;
        let found = others.iter().position(|other| other.step == step);
        if let Some(at) = found {
            rows.extend(others.drain(..at).map(only_right));
        }
        let right = found.map(|_| others.remove(0).range);
        rows.push(Row { step, title, left: Some(range), right });
    }
    rows.extend(others.into_iter().map(only_right));
    rows
}

fn only_right(section: Section) -> Row {
    let Section { step, title, range } = section;
    Row { step, title, left: None, right: Some(range) }
}

fn sections(transcript: &Transcript) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for turn in &transcript.turns {
        let delivered = match &turn.event {
            Event::Tool(answer) => answer.step.as_ref(),
            _ => None,
        };
        let is_new = |last: &Section| delivered.is_some_and(|step| last.step.as_ref() != Some(&step.id));
        match sections.last_mut() {
            Some(last) if !is_new(last) => last.range.to = turn.number,
            _ => sections.push(Section {
                step: delivered.map(|step| step.id.clone()),
                title: delivered.map(|step| step.title.clone()),
                range: TurnRange { from: turn.number, to: turn.number },
            }),
        }
    }
    sections
}
