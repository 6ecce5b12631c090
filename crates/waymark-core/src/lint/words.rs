//! Words that tell something about a text: that it is unfinished, or when a step is done.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::{
    content::{ContentFields, Field},
    lint::prose::Prose,
};

/// What a placeholder begins with or is. One pass over the text finds all of them; few are looked at again.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"TODO|TBD|TBA|FIXME|(?i-u:xxx+)|(?i-u:lorem ipsum)|(?i-u:<your)").expect("BUG: a pattern of ours")
});

/// What words begin with that say when a step is done, or what has to be true then.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    let stems =
        "done|complet|finish|success|succeed|verif|confirm|ensur|until|passes|agree|prove|achiev|accomplish|sure";
    Regex::new(&format!(r"(?i-u:{stems})|(?i-u:check|test)\W+that")).expect("BUG: a pattern of ours")
});

/// Leftover placeholders in the prose of a text.
pub fn placeholders(text: &str, prose: &[Prose<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for candidate in PLACEHOLDER.find_iter(text) {
        // The stretch in which it stands; what stands in code is none.
        let after = prose.partition_point(|stretch| stretch.at <= candidate.start());
        let Some(stretch) = after.checked_sub(1).map(|index| &prose[index]) else {
            continue;
        };
        let range = candidate.start() - stretch.at..candidate.end() - stretch.at;
        if range.end <= stretch.text.len() {
            found
                .extend(placeholder(stretch.text, range).map(|range| stretch.at + range.start..stretch.at + range.end));
        }
    }
    found
}

/// A candidate, if it is one: how far it goes.
fn placeholder(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    match text.as_bytes()[range.start] {
        b'<' => {
            let inside = &text[range.end..];
            let end = inside.find(['<', '>']).filter(|end| inside[*end..].starts_with('>'))?;
            inside.starts_with([' ', '-', '_']).then_some(range.start..range.end + end + 1)
        }
        b'l' | b'L' => Some(range),
        b'x' | b'X' => (is_word(text, &range) && stands_alone(text, &range)).then_some(range),
        _ => is_word(text, &range).then_some(range),
    }
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
    let mut at = 0;
    while let Some(found) = DONE.find_at(text, at) {
        let is_begun = text[..found.start()].ends_with(is_inside);
        // `check that` ends with a word of its own; the others are only beginnings.
        let is_cut = found.as_str().ends_with("that") && text[found.end()..].starts_with(is_inside);
        if !is_begun && !is_cut {
            return true;
        }
        at = found.start() + found.as_str().chars().next().map_or(1, char::len_utf8);
    }
    false
}

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether it is not part of a longer word.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    !text[..range.start].ends_with(is_inside) && !text[range.end..].starts_with(is_inside)
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
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_inside)?;
        let length = text[start..].find(|c| !is_inside(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}
