//! Where the words of a query are in a text, and a line of the text around them.
//!
//! Words are told apart as SQLite's `unicode61` does it: letters and digits, in any case, without their diacritics.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Part, Query};

/// Characters of a snippet.
const SNIPPET_MAX: usize = 140;
/// Of them, before the first word that was found.
const LEAD_MAX: usize = 40;

/// A stretch of a text, in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Mark {
    /// Where it begins.
    pub from: u32,
    /// Where it ends (exclusive).
    pub to: u32,
}

/// One line out of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Snippet {
    /// White space is single blanks; `…` stands for what is left out.
    pub text: String,
    /// What was found, in the order of the line.
    pub marks: Vec<Mark>,
}

/// Finds the words of one query, in as many texts as there are.
#[derive(Debug, Clone)]
pub struct Finder {
    texts: Vec<Wanted>,
}

#[derive(Debug, Clone)]
struct Wanted {
    words: Vec<String>,
    is_prefix: bool,
    parts: Vec<Part>,
}

/// The places in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// How many of the query's words and phrases are there.
    pub kinds: usize,
    /// Bytes, in order, apart from each other.
    pub ranges: Vec<Range<usize>>,
}

impl Finder {
    /// For the texts that a match may contain.
    pub fn new(query: &Query) -> Finder {
        let wanted = |text: &super::Text| Wanted {
            words: words(&text.text).map(|range| fold(&text.text[range])).collect(),
            is_prefix: text.is_prefix,
            parts: text.parts.clone(),
        };
        Finder { texts: query.wanted().map(wanted).filter(|wanted| !wanted.words.is_empty()).collect() }
    }

    /// Where they are in a text.
    pub fn places(&self, part: Part, text: &str) -> Places {
        let here: Vec<&Wanted> =
            self.texts.iter().filter(|wanted| wanted.parts.is_empty() || wanted.parts.contains(&part)).collect();
        if here.is_empty() {
            return Places::default();
        }
        let found: Vec<Range<usize>> = words(text).collect();
        let mut places = Places::default();
        for wanted in here {
            let before = places.ranges.len();
            places.ranges.extend((0..found.len()).filter_map(|at| wanted.at(text, &found[at..])));
            places.kinds += usize::from(places.ranges.len() > before);
        }
        places.ranges.sort_by_key(|range| (range.start, range.end));
        places.ranges = places.ranges.into_iter().fold(Vec::new(), joined);
        places
    }
}

fn joined(mut ranges: Vec<Range<usize>>, next: Range<usize>) -> Vec<Range<usize>> {
    match ranges.last_mut() {
        Some(last) if next.start < last.end => last.end = last.end.max(next.end),
        _ => ranges.push(next),
    }
    ranges
}

impl Wanted {
    /// The stretch that begins with the first of these words, if the phrase is there.
    fn at(&self, text: &str, words: &[Range<usize>]) -> Option<Range<usize>> {
        let last = self.words.len() - 1;
        let here = words.get(..=last)?;
        let matches = here
            .iter()
            .zip(&self.words)
            .enumerate()
            .all(|(index, (range, wanted))| is_word(&text[range.clone()], wanted, self.is_prefix && index == last));
        matches.then(|| here[0].start..here[last].end)
    }
}

fn is_word(word: &str, folded: &str, is_prefix: bool) -> bool {
    if word.is_ascii() {
        let beginning = if is_prefix { word.get(..folded.len()) } else { Some(word) };
        return beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(folded));
    }
    let word = fold(word);
    if is_prefix { word.starts_with(folded) } else { word == folded }
}

fn fold(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The words of a text, as bytes.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_of_word = |c: char| c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c));
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_of_word)?;
        let end = text[start..].find(|c| !is_of_word(c)).map_or(text.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}

impl Places {
    /// The first place, as an editor counts.
    pub fn first(&self, text: &str) -> Option<Mark> {
        let range = self.ranges.first()?;
        let from = units(&text[..range.start]);
        Some(Mark { from, to: from + units(&text[range.clone()]) })
    }

    /// A line around the first place; the beginning of the text where there is none.
    pub fn snippet(&self, text: &str) -> Snippet {
        let first = self.ranges.first().map_or(0, |range| range.start);
        let start = lead(text, first);
        let mut line = Line { snippet: Snippet::default(), units: 0 };
        if !text[..start].trim().is_empty() {
            line.push('…');
        }
        let mut length = 0;
        let mut open: Option<u32> = None;
        let mut ranges = self.ranges.iter().filter(|range| range.start >= start).peekable();
        for (at, c) in text[start..].char_indices() {
            let at = start + at;
            if let (Some(from), Some(range)) = (open, ranges.peek())
                && at >= range.end
            {
                line.mark(from);
                (open, _) = (None, ranges.next());
            }
            if length >= SNIPPET_MAX && open.is_none() || length >= 2 * SNIPPET_MAX {
                line.finish(open, !text[at..].trim().is_empty());
                return line.snippet;
            }
            if ranges.peek().is_some_and(|range| range.start == at) {
                open = Some(line.units);
            }
            let is_blank = c.is_whitespace() || c.is_control();
            if is_blank && (line.snippet.text.is_empty() || line.snippet.text.ends_with(' ')) {
                continue;
            }
            line.push(if is_blank { ' ' } else { c });
            length += 1;
        }
        line.finish(open, false);
        line.snippet
    }
}

/// Where the line begins: some characters before the place, between two words.
fn lead(text: &str, place: usize) -> usize {
    let before = &text[..place];
    let Some((far, _)) = before.char_indices().rev().nth(LEAD_MAX) else { return 0 };
    let blank = before[far..].find(char::is_whitespace).map(|blank| far + blank);
    let start = blank.unwrap_or(far);
    start + before[start..].find(|c: char| !c.is_whitespace()).unwrap_or(0)
}

struct Line {
    snippet: Snippet,
    units: u32,
}

impl Line {
    fn push(&mut self, c: char) {
        self.snippet.text.push(c);
        self.units += c.len_utf16() as u32;
    }

    fn mark(&mut self, from: u32) {
        if from < self.units {
            self.snippet.marks.push(Mark { from, to: self.units });
        }
    }

    fn finish(&mut self, open: Option<u32>, goes_on: bool) {
        if let Some(from) = open {
            self.mark(from);
        }
        let kept = self.snippet.text.trim_end().len();
        self.units -= units(&self.snippet.text[kept..]);
        self.snippet.text.truncate(kept);
        if goes_on {
            self.push('…');
        }
    }
}

fn units(text: &str) -> u32 {
    if text.is_ascii() { text.len() as u32 } else { text.encode_utf16().count() as u32 }
}
