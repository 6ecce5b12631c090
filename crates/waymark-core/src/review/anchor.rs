//! Where a comment stands in a text: a stretch with what it says and what is around it.
//!
//! The stretch is carried over each change of the text, so that it stays with its words. Words that are gone are lost, not
//! forgotten: when they come back (by undo, or from a file), the stretch is found again by what it says.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{
    edit::text::byte_offset,
    error::{Error, Result},
    merge::text::changed_ranges,
};

/// Characters before and after the stretch that are kept to find it by.
const AROUND: usize = 32;
/// Characters of context that must agree where a stretch is looked for by its words.
const AGREEING_MIN: usize = 8;
/// Characters of a stretch that is found without its surroundings, if it is there once.
const UNMISTAKABLE: usize = 16;
/// Bytes in a stretch: a passage, not a document.
pub const QUOTE_MAX_BYTES: usize = 16 * 1024;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Anchor {
    /// Where it begins, in UTF-16 code units.
    pub from: u32,
    /// Where it ends (exclusive), in UTF-16 code units.
    pub to: u32,
    /// What it says.
    pub quote: String,
    /// What stands before it.
    pub prefix: String,
    /// What stands behind it.
    pub suffix: String,
}

impl Anchor {
    /// The stretch of `text` from `from` to `to`.
    ///
    /// # Errors
    /// `InvalidInput` for positions that are no stretch of the text, and for one that is empty or too long.
    pub fn of(text: &str, from: u32, to: u32) -> Result<Anchor> {
        let (start, end) = (byte_offset(text, from)?, byte_offset(text, to)?);
        if start >= end {
            return Err(Error::invalid("Nothing is selected.").with_field("selection").with_hint("Select some text."));
        }
        if end - start > QUOTE_MAX_BYTES {
            return Err(Error::invalid("The selection is too long for a comment.")
                .with_field("selection")
                .with_hint("Select less, or comment on the field."));
        }
        Ok(Self::at(text, start..end))
    }

    fn at(text: &str, range: Range<usize>) -> Anchor {
        let units = |range: Range<usize>| text[range].encode_utf16().count() as u32;
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let prefix_start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
        let suffix_end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        let from = units(0..range.start);
        Anchor {
            from,
            to: from + units(range.clone()),
            quote: text[range].to_owned(),
            prefix: before[prefix_start..].to_owned(),
            suffix: after[..suffix_end].to_owned(),
        }
    }

    /// Where it is after `before`, the text that it stands in, has become `after`. `None` where most of its words went.
    pub fn carry(&self, before: &str, after: &str) -> Option<Anchor> {
        let (Ok(start), Ok(end)) = (byte_offset(before, self.from), byte_offset(before, self.to)) else {
            return self.find(after);
        };
        let hunks: Vec<_> =
            changed_ranges(before, after).into_iter().map(|hunk| trimmed(hunk, before, after)).collect();
        if !has_words_left(before, start..end, &hunks) {
            return None;
        }
        let (mut from, mut to) = (start as isize, end as isize);
        for (old, new) in hunks {
            let grown = new.len() as isize - old.len() as isize;
            if old.end <= start {
                from += grown;
            } else if old.start < start {
                from = new.end as isize;
            }
            // What is put in at the very end stands behind it, as what is put in at the very beginning stands before it.
            if old.end <= end && old.start < end {
                to += grown;
            } else if old.start < end {
                to = new.start as isize;
            }
        }
        let (from, to) = (usize::try_from(from).ok()?, usize::try_from(to).ok()?);
        (from < to && after.is_char_boundary(from) && after.is_char_boundary(to)).then(|| Self::at(after, from..to))
    }

    /// Where these words stand in another text, by what is around them. `None` where they do not, or it is not certain.
    pub fn find(&self, text: &str) -> Option<Anchor> {
        if self.quote.is_empty() {
            return None;
        }
        let places: Vec<usize> = text.match_indices(&self.quote).map(|(at, _)| at).collect();
        let nearness = |at: usize| u32::MAX - (text[..at].encode_utf16().count() as u32).abs_diff(self.from);
        let best = places.iter().copied().max_by_key(|at| (self.agreement(text, *at), nearness(*at)))?;
        let is_whole = self.prefix.chars().count() + self.suffix.chars().count();
        let is_certain = self.agreement(text, best) >= AGREEING_MIN.min(is_whole)
            || (places.len() == 1 && self.quote.chars().count() >= UNMISTAKABLE);
        is_certain.then(|| Self::at(text, best..best + self.quote.len()))
    }

    /// How many characters around a place are those that were around the stretch.
    fn agreement(&self, text: &str, at: usize) -> usize {
        let (before, after) = (&text[..at], &text[at + self.quote.len()..]);
        let same_before = before.chars().rev().zip(self.prefix.chars().rev()).take_while(|(a, b)| a == b).count();
        let same_after = after.chars().zip(self.suffix.chars()).take_while(|(a, b)| a == b).count();
        same_before + same_after
    }
}

type Hunk = (Range<usize>, Range<usize>);

/// The hunk without the characters that both of its sides begin and end with.
fn trimmed((mut old, mut new): Hunk, before: &str, after: &str) -> Hunk {
    let same = |a: &str, b: &str| -> usize {
        a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let start = same(&before[old.clone()], &after[new.clone()]);
    (old.start, new.start) = (old.start + start, new.start + start);
    let (a, b) = (&before[old.clone()], &after[new.clone()]);
    let end: usize = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    (old.start..old.end - end, new.start..new.end - end)
}

/// Whether at least a third of the letters and digits in a stretch stay.
fn has_words_left(before: &str, range: Range<usize>, hunks: &[Hunk]) -> bool {
    let count = |range: Range<usize>| {
        let text = &before[range];
        let words = text.chars().filter(|character| character.is_alphanumeric()).count();
        (words, text.len())
    };
    let (words, bytes) = count(range.clone());
    let (mut words_gone, mut bytes_gone) = (0, 0);
    for (old, _) in hunks {
        let (start, end) = (old.start.max(range.start), old.end.min(range.end));
        if start < end {
            let (words, bytes) = count(start..end);
            (words_gone, bytes_gone) = (words_gone + words, bytes_gone + bytes);
        }
    }
    if words == 0 { bytes_gone < bytes } else { (words - words_gone) * 3 >= words }
}

/// Where a passage stands in a text, in UTF-16 code units; `nth` (from 1) tells one of several.
///
/// # Errors
/// `InvalidInput` where it does not stand there, or more than once without `nth`.
pub fn passage(text: &str, quote: &str, nth: Option<u32>) -> Result<(u32, u32)> {
    let invalid = |message: String, hint: &str| Error::invalid(message).with_field("selection").with_hint(hint);
    let shown: String = quote.chars().take(60).collect();
    let places: Vec<usize> = text.match_indices(quote).map(|(at, _)| at).filter(|_| !quote.is_empty()).collect();
    let at = match (places.as_slice(), nth) {
        ([only], None) => *only,
        ([], _) => return Err(invalid(format!("The text has no `{shown}`."), "Quote it to the letter.")),
        (places, None) => {
            let message = format!("The text has `{shown}` {} times.", places.len());
            return Err(invalid(message, "Quote more of it, or say which with `--nth`."));
        }
        (places, Some(nth)) => *(nth as usize)
            .checked_sub(1)
            .and_then(|index| places.get(index))
            .ok_or_else(|| invalid(format!("The text has `{shown}` {} times.", places.len()), "Count from 1."))?,
    };
    let units = |text: &str| text.encode_utf16().count() as u32;
    let from = units(&text[..at]);
    Ok((from, from + units(quote)))
}
