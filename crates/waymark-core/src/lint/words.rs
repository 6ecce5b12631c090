//! Words that tell something about a text: that it is unfinished, or when a step is done.

use std::ops::Range;

use crate::content::{ContentFields, Field};

/// Words that stand where a text is missing, in capitals.
const MISSING: [&str; 4] = ["TODO", "TBD", "TBA", "FIXME"];

/// What words begin with that say when a step is done, or what has to be true then.
const DONE: [&str; 15] = [
    "done",
    "complet",
    "finish",
    "success",
    "succeed",
    "verif",
    "confirm",
    "ensur",
    "until",
    "passes",
    "agree",
    "prove",
    "achiev",
    "accomplish",
    "sure",
];

/// Leftover placeholders in a stretch of prose.
pub fn placeholders(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<_> = words(text).filter(|range| is_placeholder(text, range)).collect();
    found.extend(match_ignoring_case(text, "lorem ipsum"));
    found.extend(match_ignoring_case(text, "<your").filter_map(|range| {
        let inside = &text[range.end..];
        let end = inside.find(['<', '>']).filter(|end| inside[*end..].starts_with('>'))?;
        inside.starts_with([' ', '-', '_']).then_some(range.start..range.end + end + 1)
    }));
    found
}

/// Whether the texts for the agent say when the step is done. Only English is judged; in any other language an
/// introduction is taken to say it.
pub fn says_when_done(content: &ContentFields) -> bool {
    let says = |field: &Field| content.text(*field).is_some_and(has_done);
    let introduction = content.text(Field::IntroductionForAgent).unwrap_or_default();
    let is_english = || words(introduction).any(|word| introduction[word].eq_ignore_ascii_case("the"));
    [Field::IntroductionForAgent, Field::OperationsForAgent, Field::ContextForAgent].iter().any(says)
        || !introduction.trim().is_empty() && !is_english()
}

fn has_done(text: &str) -> bool {
    let mut before = "";
    words(text).any(|range| {
        let word = &text[range];
        let begins = |stem: &&str| {
            let start = word.as_bytes().get(..stem.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(stem.as_bytes()))
        };
        let before = std::mem::replace(&mut before, word);
        DONE.iter().any(begins)
            || word == "that" && ["check", "test"].iter().any(|verb| before.eq_ignore_ascii_case(verb))
    })
}

fn is_placeholder(text: &str, range: &Range<usize>) -> bool {
    let word = &text[range.clone()];
    MISSING.contains(&word)
        || word.len() >= 3 && word.bytes().all(|c| matches!(c, b'x' | b'X')) && stands_alone(text, range)
}

/// `192.168.xxx.1` and `sk-xxx` show the shape of something; a word `xxx` stands for a missing one.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| matches!(c, '-' | '.' | '/' | ':' | '@' | '=' | '$' | '\\');
    let mut after = text[range.end..].chars();
    let is_joined_behind = after.next().is_some_and(joins) && after.next().is_some_and(char::is_alphanumeric);
    !text[..range.start].ends_with(joins) && !is_joined_behind
}

/// The words of a text: letters, digits and underscores.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_inside = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_inside)?;
        let length = text[start..].find(|c| !is_inside(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}

fn match_ignoring_case<'a>(text: &'a str, wanted: &'static str) -> impl Iterator<Item = Range<usize>> + 'a {
    let bytes = text.as_bytes();
    let is_here = move |at: &usize| bytes[*at..*at + wanted.len()].eq_ignore_ascii_case(wanted.as_bytes());
    (0..(bytes.len() + 1).saturating_sub(wanted.len())).filter(is_here).map(|at| at..at + wanted.len())
}
