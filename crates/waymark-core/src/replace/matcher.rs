//! The pattern, ready to be looked for. Plain text is a regular expression too, with everything in it escaped, so that
//! case and whole words mean the same for both.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::ReplacePattern;
use crate::error::{Error, Result};

/// Characters of a pattern; nobody types more.
const PATTERN_MAX: usize = 2_000;
/// Bytes that a compiled pattern may take: a pattern such as `(\w{1000}){1000}` is refused instead of eating the memory.
/// The search itself takes linear time, whatever the pattern.
const SIZE_MAX: usize = 4 * 1024 * 1024;

/// Finds and replaces one pattern in as many texts as there are.
#[derive(Debug, Clone)]
pub struct Matcher {
    regex: Regex,
    replacement: Vec<Piece>,
}

/// A piece of what is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Group(usize),
}

impl Matcher {
    /// Reads a pattern.
    ///
    /// # Errors
    /// `InvalidInput` on `find`: empty, too long, or no regular expression; on `replace`: a group that there is not.
    pub fn new(pattern: &ReplacePattern) -> Result<Matcher> {
        if pattern.find.is_empty() {
            return Err(Error::invalid("There is nothing to look for.").with_field("find").with_hint("Type a text."));
        }
        if pattern.find.chars().count() > PATTERN_MAX {
            return Err(Error::invalid(format!("The text to look for has more than {PATTERN_MAX} characters."))
                .with_field("find")
                .with_hint("Look for a part of it."));
        }
        let inner = if pattern.is_regex { pattern.find.clone() } else { regex::escape(&pattern.find) };
        let whole = if pattern.is_whole_word { whole_words(pattern, &inner) } else { inner };
        let regex = RegexBuilder::new(&whole)
            .case_insensitive(!pattern.is_case_sensitive)
            .multi_line(true)
            .size_limit(SIZE_MAX)
            .dfa_size_limit(SIZE_MAX)
            .build()
            .map_err(|error| not_regex(&error))?;
        let replacement = match pattern.is_regex {
            true => pieces(&pattern.replace, &regex)?,
            false => vec![Piece::Text(pattern.replace.clone())],
        };
        Ok(Matcher { regex, replacement })
    }

    /// Whether anything in the text would be found.
    pub fn is_in(&self, text: &str) -> bool {
        self.regex.find_iter(text).any(|found| !found.is_empty())
    }

    /// What is found in a text, and what would stand there. A pattern that fits nothing at all fits everywhere; such
    /// places are none.
    pub fn each<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, String)> + 't {
        self.regex.captures_iter(text).filter_map(|found| {
            let range = found.get(0).map(|whole| whole.range()).filter(|range| !range.is_empty())?;
            let mut becomes = String::new();
            for piece in &self.replacement {
                match piece {
                    Piece::Text(text) => becomes.push_str(text),
                    Piece::Group(group) => becomes.push_str(found.get(*group).map_or("", |group| group.as_str())),
                }
            }
            Some((range, becomes))
        })
    }
}

/// A word ends where a letter, digit or `_` of the pattern has no other beside it. At an end of the pattern that is none
/// of these (`--force`), there is nothing to check.
fn whole_words(pattern: &ReplacePattern, inner: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (starts, ends) = match pattern.is_regex {
        true => (true, true),
        false => (pattern.find.starts_with(is_word), pattern.find.ends_with(is_word)),
    };
    let (start, end) = (if starts { r"\b{start-half}" } else { "" }, if ends { r"\b{end-half}" } else { "" });
    format!("{start}(?:{inner}){end}")
}

fn not_regex(error: &regex::Error) -> Error {
    match error {
        regex::Error::CompiledTooBig(_) => Error::invalid("The regular expression is too large to be looked for.")
            .with_hint("Make the numbers in `{…}` smaller."),
        error => {
            let text = error.to_string();
            let said = text.lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned();
            Error::invalid(format!("This is no regular expression: {said}."))
                .with_hint(r"Put `\` before characters that are meant as they are, or look for plain text.")
        }
    }
    .with_field("find")
}

/// Reads `$1`, `${name}`, `$$`, `\n`, `\t` and `\\`. A group takes the longest number that there is, so that `$10` is the
/// first group and a `0` where there are fewer than ten.
fn pieces(text: &str, regex: &Regex) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['$', '\\']) {
        plain.push_str(&rest[..at]);
        let (mark, after) = rest[at..].split_at(1);
        rest = match (mark, after.chars().next()) {
            ("\\", Some('n')) => push(&mut plain, '\n', after),
            ("\\", Some('t')) => push(&mut plain, '\t', after),
            ("\\", Some('\\')) => push(&mut plain, '\\', after),
            ("$", Some('$')) => push(&mut plain, '$', after),
            ("$", Some('{')) => {
                let (name, behind) = after[1..].split_once('}').ok_or_else(|| unclosed(text))?;
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
                pieces.push(Piece::Group(group(name, regex)?));
                behind
            }
            ("$", Some(digit)) if digit.is_ascii_digit() => {
                let digits = after.bytes().take_while(u8::is_ascii_digit).count().min(3);
                let known = (1..=digits)
                    .rev()
                    .find(|length| after[..*length].parse::<usize>().is_ok_and(|number| number < regex.captures_len()));
                let length = known.ok_or_else(|| no_group(&after[..digits], regex))?;
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
                pieces.push(Piece::Group(group(&after[..length], regex)?));
                &after[length..]
            }
            (mark, _) => {
                plain.push_str(mark);
                after
            }
        };
    }
    plain.push_str(rest);
    pieces.push(Piece::Text(plain));
    pieces.retain(|piece| *piece != Piece::Text(String::new()));
    Ok(pieces)
}

/// Takes the one ASCII character that `after` begins with for `c`.
fn push<'a>(plain: &mut String, c: char, after: &'a str) -> &'a str {
    plain.push(c);
    &after[1..]
}

fn group(name: &str, regex: &Regex) -> Result<usize> {
    let by_name = regex.capture_names().position(|known| known == Some(name));
    let by_number = name.parse::<usize>().ok().filter(|number| *number < regex.captures_len());
    by_name.or(by_number).ok_or_else(|| no_group(name, regex))
}

fn no_group(name: &str, regex: &Regex) -> Error {
    let hint = match regex.captures_len() - 1 {
        0 => "It has no groups: put `(…)` around what is to be kept, or write `$$` for a dollar sign.".to_owned(),
        1 => "It has one group, `$1`. Write `$$` for a dollar sign.".to_owned(),
        groups => format!("It has the groups `$1` to `${groups}`. Write `$$` for a dollar sign."),
    };
    Error::invalid(format!("The regular expression has no group `{name}`.")).with_field("replace").with_hint(hint)
}

fn unclosed(text: &str) -> Error {
    Error::invalid(format!("A `${{` in `{text}` is not closed."))
        .with_field("replace")
        .with_hint("Write `${1}` or `${name}`, or `$$` for a dollar sign.")
}
