//! Where something is found, with the line around it.

use std::ops::Range;

use super::{FoundPlace, Matcher, Occurrence, Place, READ_ONLY, Text, places, plan};
use crate::{search::Part, walkthrough::Walkthrough};

/// Characters of a line that are shown before what was found, and behind it.
const AROUND_MAX: usize = 60;
/// Characters of what was found, and of what would stand there, that are shown.
const SHOWN_MAX: usize = 200;

/// The places in a walkthrough, in the order of the editor. `parts`: where to look; none is everywhere. Of each
/// walkthrough at most `listed_max` occurrences are listed; all are counted.
pub fn find(walkthrough: &Walkthrough, matcher: &Matcher, parts: &[Part], listed_max: usize) -> Vec<FoundPlace> {
    let mut index = 0;
    let mut found = Vec::new();
    for place in places(walkthrough, parts) {
        found.extend(in_place(&place, matcher, &mut index, listed_max));
    }
    found
}

fn in_place(place: &Place<'_>, matcher: &Matcher, index: &mut u32, listed_max: usize) -> Option<FoundPlace> {
    let text = match &place.text {
        Text::Editable(text) => text,
        Text::ReadOnly(json) => {
            return matcher.is_in(json).then(|| FoundPlace {
                step: place.step(),
                part: place.part,
                slot: None,
                occurrences: Vec::new(),
                occurrences_total: 0,
                refusal: Some(READ_ONLY.to_owned()),
            });
        }
    };
    let first = *index;
    let occurrences = in_text(text, matcher, index, listed_max);
    if *index == first {
        return None;
    }
    let refusal = plan::changed(place, matcher, text, &mut first.clone(), &Default::default()).err();
    Some(FoundPlace {
        step: place.step(),
        part: place.part,
        slot: place.slot,
        occurrences,
        occurrences_total: *index - first,
        refusal: refusal.map(|error| error.message),
    })
}

/// What is found in a text, as far as it is listed. `index` is the number of its first occurrence, and afterwards that of
/// the next text's.
pub(super) fn in_text(text: &str, matcher: &Matcher, index: &mut u32, listed_max: usize) -> Vec<Occurrence> {
    let mut occurrences = Vec::new();
    let mut lines = Lines { text, at: 0, line: 1 };
    for (range, becomes) in matcher.each(text) {
        if (*index as usize) < listed_max {
            let line = lines.of(range.start);
            occurrences.push(occurrence(text, range, becomes, *index, line));
        }
        *index += 1;
    }
    occurrences
}

fn occurrence(text: &str, range: Range<usize>, becomes: String, index: u32, line: u32) -> Occurrence {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    Occurrence {
        index,
        line,
        before: last(&text[line_start..range.start]),
        found: first(&text[range.clone()], SHOWN_MAX),
        becomes: first(&becomes, SHOWN_MAX),
        after: first(&text[range.end..line_end], AROUND_MAX),
    }
}

fn first(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn last(text: &str) -> String {
    match text.char_indices().rev().nth(AROUND_MAX) {
        Some((start, _)) => format!("…{}", &text[start..]),
        None => text.trim_start().to_owned(),
    }
}

/// Counts lines on the way through a text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, place: usize) -> u32 {
        self.line += self.text[self.at..place].matches('\n').count() as u32;
        self.at = place;
        self.line
    }
}
