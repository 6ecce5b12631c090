//! What differs between two texts: line by line, and within a changed line word by word.

use std::{borrow::Cow, ops::Range, time::Duration};

use similar::{ChangeTag, DiffTag, TextDiff};

use crate::{
    content::Field,
    merge::text::words,
    preview::Segment,
    publish::{DiffKind, DiffLine, DiffMark},
};

/// Unchanged lines that are shown around a change.
const CONTEXT_LINES: usize = 3;
/// A diff that takes longer is given as coarse as it stands.
const DIFF_DEADLINE: Duration = Duration::from_millis(300);
/// Bytes of changed lines whose words are compared: beyond that nobody reads word by word.
const MARKED_MAX_BYTES: usize = 64 * 1024;
/// Two lines that share fewer of their letters than one in this many are two lines, and not one that was changed.
const ALIKE: usize = 3;

/// The lines of two texts: changes with three lines around them, and a gap where lines are left out.
pub fn lines(before: &str, after: &str) -> Vec<DiffLine> {
    compare(&Side::plain(before), &Side::plain(after))
}

/// The lines of two texts that an agent receives, each with the field whose block it belongs to.
pub fn agent_lines(before: &[Segment], after: &[Segment]) -> Vec<DiffLine> {
    let [before_text, after_text] = [before, after].map(crate::render::text);
    let before = Side { text: &before_text, fields: fields_of_lines(before) };
    let after = Side { text: &after_text, fields: fields_of_lines(after) };
    compare(&before, &after)
}

/// A text, and for each of its lines the field it belongs to.
struct Side<'a> {
    text: &'a str,
    fields: Vec<Option<Field>>,
}

impl<'a> Side<'a> {
    fn plain(text: &'a str) -> Self {
        Side { text, fields: Vec::new() }
    }

    fn field(&self, line: Option<usize>) -> Option<Field> {
        self.fields.get(line?).copied().flatten()
    }
}

/// For each line of the joined text the field of the segment in which the line begins.
fn fields_of_lines(segments: &[Segment]) -> Vec<Option<Field>> {
    let mut fields = Vec::new();
    let mut begins_line = true;
    for segment in segments {
        for piece in segment.text.split_inclusive('\n') {
            if begins_line {
                fields.push(segment.field);
            }
            begins_line = piece.ends_with('\n');
        }
    }
    fields
}

fn compare(before: &Side<'_>, after: &Side<'_>) -> Vec<DiffLine> {
    if before.text == after.text {
        return Vec::new();
    }
    let [old, new] = [before.text, after.text].map(ended);
    // A last line that only got a line break is worth showing where nothing else differs.
    let (old, new) = if old == new { (before.text, after.text) } else { (old.as_ref(), new.as_ref()) };
    let diff = TextDiff::configure().timeout(DIFF_DEADLINE).diff_lines(old, new);
    let mut result = Vec::new();
    let mut shown = 0;
    let mut budget = MARKED_MAX_BYTES;
    for group in diff.grouped_ops(CONTEXT_LINES) {
        if group.first().is_some_and(|first| first.old_range().start > shown) {
            result.push(gap());
        }
        for op in &group {
            shown = op.old_range().end;
            let first = result.len();
            result.extend(diff.iter_changes(op).map(|change| {
                let (kind, field) = match change.tag() {
                    ChangeTag::Equal => (DiffKind::Same, after.field(change.new_index())),
                    ChangeTag::Insert => (DiffKind::Added, after.field(change.new_index())),
                    ChangeTag::Delete => (DiffKind::Removed, before.field(change.old_index())),
                };
                let text = change.value().trim_end_matches(['\n', '\r']).to_owned();
                DiffLine { kind, text, field, marks: Vec::new() }
            }));
            if op.tag() == DiffTag::Replace {
                mark_words(&mut result[first..], op.old_range().len(), &mut budget);
            }
        }
    }
    if shown < diff.old_len() {
        result.push(gap());
    }
    result
}

/// A text whose last line ends as the others do: what is written below a line does not change that line.
fn ended(text: &str) -> Cow<'_, str> {
    if text.is_empty() || text.ends_with('\n') { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}\n")) }
}

fn gap() -> DiffLine {
    DiffLine { kind: DiffKind::Gap, text: String::new(), field: None, marks: Vec::new() }
}

/// Of lines that took the place of others, marks the words that differ: the first is compared with the first, and so on.
fn mark_words(lines: &mut [DiffLine], removed: usize, budget: &mut usize) {
    let (before, after) = lines.split_at_mut(removed);
    for (before, after) in before.iter_mut().zip(after) {
        let Some(left) = budget.checked_sub(before.text.len() + after.text.len()) else { return };
        *budget = left;
        let (old, new) = (words(&before.text), words(&after.text));
        let diff = TextDiff::configure().timeout(DIFF_DEADLINE).diff_slices(&old, &new);
        let kept = diff.ops().iter().filter(|op| op.tag() == DiffTag::Equal).flat_map(|op| &old[op.old_range()]);
        if ALIKE * letters(kept) < letters(&old).max(letters(&new)) {
            continue;
        }
        let changed = || diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
        let (removed, added): (Vec<_>, Vec<_>) = changed().map(|op| (op.old_range(), op.new_range())).unzip();
        (before.marks, after.marks) = (marks(&old, removed), marks(&new, added));
    }
}

/// How many letters and digits are in words: what stands between them is alike everywhere.
fn letters<'a>(words: impl IntoIterator<Item = &'a &'a str>) -> usize {
    words.into_iter().filter(|word| word.starts_with(char::is_alphanumeric)).map(|word| word.len()).sum()
}

/// The places of ranges of words. Marks with nothing but a blank between them are one.
fn marks(words: &[&str], ranges: Vec<Range<usize>>) -> Vec<DiffMark> {
    let units = |words: &[&str]| words.iter().map(|word| word.encode_utf16().count()).sum::<usize>() as u32;
    let mut found: Vec<DiffMark> = Vec::new();
    let mut end = 0;
    for range in ranges.into_iter().filter(|range| !range.is_empty()) {
        let between = &words[end..range.start];
        let length = units(&words[range.clone()]);
        match found.last_mut() {
            Some(last) if between.iter().all(|word| word.trim().is_empty()) => last.to += units(between) + length,
            last => {
                let from = last.map_or(0, |last| last.to) + units(between);
                found.push(DiffMark { from, to: from + length });
            }
        }
        end = range.end;
    }
    found
}
