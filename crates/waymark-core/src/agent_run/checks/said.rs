//! Whether the content for the user was said, as it is written and before everything else.

use super::{Check, CheckResult, Place, beginning, steps, stretch::Stretch};
use crate::agent_run::transcript::Event;

/// Said word for word; only white space at the ends of lines may differ.
pub(super) fn verbatim(stretches: &[Stretch<'_>]) -> CheckResult {
    let wanted: Vec<_> = stretches.iter().filter_map(|stretch| Some((stretch, wanted(stretch)?))).collect();
    let places = wanted.iter().filter_map(|(stretch, text)| not_said(stretch, text)).collect();
    let fine = format!("The content for the user of {} was said word for word.", steps(wanted.len()));
    CheckResult::of(
        Check::SaidVerbatim,
        wanted.len(),
        "No step that was delivered has content for the user.",
        fine,
        places,
    )
}

/// Said before anything else of the step. What was not said word for word is not judged twice.
pub(super) fn first(stretches: &[Stretch<'_>]) -> CheckResult {
    let said: Vec<_> = stretches.iter().filter_map(|stretch| said_at(stretch, &wanted(stretch)?)).collect();
    let count = said.len();
    let places: Vec<Place> = said.into_iter().flatten().collect();
    let fine = format!("The content for the user came first in {}.", steps(count));
    CheckResult::of(Check::SaidFirst, count, "Nothing was said word for word, so there is no first.", fine, places)
}

/// What is to be said, if anything is.
fn wanted(stretch: &Stretch<'_>) -> Option<String> {
    // A run that ended with the delivery had no time to say anything.
    let had_time = stretch.left_at.is_some() || stretch.turns.iter().any(|turn| is_whole_answer(&turn.event));
    let text = stretch.step.content_for_user.as_deref().map(normal)?;
    (had_time && !text.is_empty()).then_some(text)
}

fn is_whole_answer(event: &Event) -> bool {
    matches!(event, Event::Agent { is_cut: false, .. })
}

fn not_said(stretch: &Stretch<'_>, wanted: &str) -> Option<Place> {
    let number = stretch.step.number;
    let mut said = stretch.said();
    let Some((turn, first)) = said.next() else {
        return Some(stretch.place(stretch.turn, format!("In step {number} nothing was said to the user.")));
    };
    let all: Vec<String> = std::iter::once(first).chain(said.map(|(_, text)| text)).map(normal).collect();
    if all.iter().any(|text| text.contains(wanted)) {
        return None;
    }
    let all = all.join("\n");
    let lines: Vec<&str> = wanted.lines().filter(|line| !line.trim().is_empty()).collect();
    let missing: Vec<&&str> = lines.iter().filter(|line| !all.contains(line.trim())).collect();
    let sentence = match missing.first() {
        Some(_) if missing.len() == lines.len() => {
            format!("In step {number} nothing of the content for the user was said as it is written.")
        }
        Some(line) => format!("In step {number} this was not said as it is written: “{}”", beginning(line.trim())),
        None => format!("In step {number} the content for the user was said in another order or shape."),
    };
    Some(stretch.place(turn, sentence))
}

/// `Some(None)` where it was said first, `None` where it was not said.
fn said_at(stretch: &Stretch<'_>, wanted: &str) -> Option<Option<Place>> {
    let number = stretch.step.number;
    let mut before: Option<(u32, String)> = None;
    for turn in &stretch.turns {
        let Event::Agent { text, calls, .. } = &turn.event else { continue };
        let text = normal(text);
        match text.find(wanted) {
            Some(0) => return Some(before.map(|(turn, sentence)| stretch.place(turn, sentence))),
            Some(at) => {
                let own = || (turn.number, before_it(number, &text[..at]));
                let (turn, sentence) = before.unwrap_or_else(own);
                return Some(Some(stretch.place(turn, sentence)));
            }
            None if before.is_some() => {}
            None if !text.is_empty() => before = Some((turn.number, before_it(number, &text))),
            None => {
                let called = calls.first();
                before = called.map(|call| {
                    (turn.number, format!("In step {number} the agent called `{}` before it said anything.", call.tool))
                });
            }
        }
    }
    None
}

fn before_it(number: u32, text: &str) -> String {
    let text = beginning(text.lines().next().unwrap_or_default().trim());
    format!("In step {number} something else was said first: “{text}”")
}

/// A text without white space at the ends of its lines, and without blank lines around it.
fn normal(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
