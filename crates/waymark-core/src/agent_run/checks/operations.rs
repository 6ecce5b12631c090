//! Whether what the operations ask to run was named. Whether it was run, a transcript cannot show: the agent of a run has
//! no shell, and what happens at the user's is not seen.

use pulldown_cmark::{Event as Mark, Parser, Tag, TagEnd};

use super::{Check, CheckResult, Place, beginning, steps, stretch::Stretch};
use crate::{agent_run::transcript::Event, markdown};

/// Every command of the operations was named in the agent's words or its calls, in order.
pub(super) fn named(stretches: &[Stretch<'_>]) -> CheckResult {
    // The step that a run ended with may not have been done yet.
    let left = stretches.iter().filter(|stretch| stretch.left_at.is_some());
    let wanted = left.filter_map(|stretch| {
        let commands = commands(stretch.step.operations_for_agent.as_deref()?);
        (!commands.is_empty()).then_some((stretch, commands))
    });
    let wanted: Vec<_> = wanted.collect();
    let count: usize = wanted.iter().map(|(_, commands)| commands.len()).sum();
    let places: Vec<Place> = wanted.iter().filter_map(|(stretch, commands)| not_named(stretch, commands)).collect();
    let fine = format!(
        "The {} of the operations of {} {} named in order. Whether they were run, a transcript does not show.",
        if count == 1 { "1 command".to_owned() } else { format!("{count} commands") },
        steps(wanted.len()),
        if count == 1 { "was" } else { "were" },
    );
    let nothing = "No step that was left has operations with commands in code, and prose cannot be looked for.";
    CheckResult::of(Check::NamedOperations, wanted.len(), nothing, fine, places)
}

fn not_named(stretch: &Stretch<'_>, commands: &[String]) -> Option<Place> {
    let mut all = String::new();
    let said_at = stretch.said().next().map_or(stretch.turn, |(turn, _)| turn);
    for turn in &stretch.turns {
        if let Event::Agent { text, calls, .. } = &turn.event {
            all.push_str(&squeezed(text));
            all.push(' ');
            calls.iter().for_each(|call| all.push_str(&squeezed(&call.arguments)));
            all.push(' ');
        }
    }
    let number = stretch.step.number;
    let mut from = 0;
    for command in commands {
        let shown = beginning(command);
        match all[from..].find(command.as_str()) {
            Some(at) => from += at + command.len(),
            None if all.contains(command.as_str()) => {
                return Some(stretch.place(
                    said_at,
                    format!("In step {number} `{shown}` was named, but not in the order of the operations."),
                ));
            }
            None => {
                return Some(stretch.place(
                    said_at,
                    format!("In step {number} `{shown}` of the operations was not named. Whether something else did it, a transcript does not show."),
                ));
            }
        }
    }
    None
}

/// The commands of a text: the lines of its code blocks, and code within a line that has an argument.
fn commands(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_block = false;
    for mark in Parser::new_ext(markdown, markdown::options()) {
        match mark {
            Mark::Start(Tag::CodeBlock(_)) => is_block = true,
            Mark::End(TagEnd::CodeBlock) => is_block = false,
            Mark::Text(text) if is_block => found.extend(text.lines().filter_map(command)),
            Mark::Code(text) if text.trim().contains(' ') => found.extend(command(&text)),
            _ => {}
        }
    }
    found
}

/// A line of code without its prompt; `None` for a comment.
fn command(line: &str) -> Option<String> {
    let line = squeezed(line);
    let line = line.strip_prefix("$ ").unwrap_or(&line);
    (!line.is_empty() && !line.starts_with('#')).then(|| line.to_owned())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
