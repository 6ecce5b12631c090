//! A review in lines of text.

use waymark_core::{
    calendar::iso_time,
    review::{
        Comment, State,
        thread::{Review, Thread},
    },
};

use crate::output::counted;

/// Characters of a quote that are shown.
const QUOTE_MAX: usize = 80;

/// A thread: what it is about, and what was said.
pub fn thread(thread: &Thread) -> String {
    let mut lines = vec![format!("{}{}", place(thread), if thread.is_resolved { " · resolved" } else { "" })];
    if let Some(anchor) = &thread.target.anchor {
        let words = anchor.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let quote: String = words.chars().take(QUOTE_MAX).collect();
        let gone = if thread.spot.is_outdated { " (this text is gone)" } else { "" };
        lines.push(format!("  > {quote}{gone}"));
    }
    lines.extend(thread.comments.iter().map(comment));
    lines.join("\n")
}

fn place(thread: &Thread) -> String {
    let (target, spot) = (&thread.target, &thread.spot);
    let Some(_) = target.step else { return "The walkthrough".to_owned() };
    let step = match (spot.number, &spot.title) {
        (Some(number), Some(title)) => format!("Step {number}, {title}"),
        _ => format!("{} (this step is gone)", target.step_title.as_deref().unwrap_or("A step")),
    };
    match target.field {
        Some(field) => format!("{step} · {}", field.label()),
        None => step,
    }
}

fn comment(comment: &Comment) -> String {
    let text = comment.text.as_deref().unwrap_or("(taken back)").replace('\n', "\n    ");
    let mut lines = format!("  {} · {} · {}\n    {text}", comment.id, comment.author, day(comment.at.0));
    if let Some(turn) = &comment.turn {
        lines.push_str(&format!("\n    Turn {}: {}", turn.number, turn.words));
    }
    if let Some(fix) = comment.audit.as_ref().and_then(|finding| finding.suggested_fix.as_ref()) {
        lines.push_str(&format!("\n    Suggested: {fix}"));
    }
    lines
}

/// Where a review stands, and why.
pub fn standing(review: &Review) -> String {
    let standing = &review.standing;
    let mut lines = vec![match (&standing.decision, &standing.void) {
        (Some(decision), _) => {
            let who = format!("{}, {}", decision.author, day(decision.at.0));
            format!("{} ({who})", capitalized(standing.state))
        }
        (None, Some(void)) => format!(
            "{}: the approval by {} of {} is void, because the content has changed since.",
            capitalized(standing.state),
            void.author,
            day(void.at.0)
        ),
        (None, None) => capitalized(standing.state),
    }];
    if let Some(note) = standing.decision.as_ref().and_then(|decision| decision.note.as_ref()) {
        lines.push(format!("  {note}"));
    }
    lines.push(format!("Content {}", &review.content_hash[..12.min(review.content_hash.len())]));
    lines.push(counted(review.open as usize, "open thread"));
    lines.join("\n")
}

fn capitalized(state: State) -> String {
    let mut label = state.label().to_owned();
    label[..1].make_ascii_uppercase();
    label
}

fn day(at: i64) -> String {
    iso_time(waymark_core::walkthrough::Millis(at)).chars().take(16).collect::<String>().replace('T', " ")
}
