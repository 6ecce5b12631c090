//! Places inside a text as people and editors count them: lines from 1, and UTF-16 code units.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A stretch of one field's text (or of a title).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Place {
    /// The line in which it begins, from 1.
    pub line: u32,
    /// The column in which it begins, from 1, in UTF-16 code units.
    pub column: u32,
    /// Where it begins in the whole text, in UTF-16 code units (as editors in a webview count).
    pub from: u32,
    /// Where it ends (exclusive).
    pub to: u32,
}

/// The places of byte ranges that are sorted by where they begin. One walk through the text.
pub(super) fn places(text: &str, ranges: &[Range<usize>]) -> Vec<Place> {
    let mut cursor = Cursor { text, at: 0, units: 0, line: 1, line_start: 0 };
    let place = |range: &Range<usize>| {
        cursor.advance(range.start);
        let mut end = cursor;
        end.advance(range.end);
        Place { line: cursor.line, column: cursor.units - cursor.line_start + 1, from: cursor.units, to: end.units }
    };
    ranges.iter().map(place).collect()
}

/// A position in a text, counted in every way at once.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    units: u32,
    line: u32,
    line_start: u32,
}

impl Cursor<'_> {
    fn advance(&mut self, to: usize) {
        let Some(passed) = self.text.get(self.at..to) else {
            return;
        };
        if let Some(last) = passed.rfind('\n') {
            self.line += passed.bytes().filter(|byte| *byte == b'\n').count() as u32;
            self.line_start = self.units + units(&passed[..=last]);
        }
        self.units += units(passed);
        self.at = to;
    }
}

fn units(text: &str) -> u32 {
    if text.is_ascii() { text.len() as u32 } else { text.encode_utf16().count() as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_utf16_units_and_lines() {
        let text = "a\u{1F600}b\nä\u{1F600}x\nend";
        let at = |part: &str| {
            let start = text.find(part).expect("it is in the text");
            start..start + part.len()
        };
        let found = places(text, &[at("b"), at("x\nend"), at("end")]);
        let numbers: Vec<_> = found.iter().map(|place| (place.line, place.column, place.from, place.to)).collect();
        assert_eq!(numbers, [(1, 4, 3, 4), (2, 4, 8, 13), (3, 1, 10, 13)]);
    }
}
