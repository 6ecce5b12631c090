//! Three-way merge of one text: by lines, and where that fails by words, because a paragraph is one line in Markdown.
//!
//! Two changes are joined where they do not overlap. Such that only touch are joined as well (a paragraph before one that
//! was rewritten elsewhere), unless both brought the same words: that would double them.

use std::{collections::HashSet, ops::Range};

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Units of the one text times units of the other that are compared one by one. Beyond that everything between the first
/// and the last difference is one change: coarser, and the same on every machine.
const COMPARED_MAX: usize = 16 * 1024 * 1024;

/// Who changed a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HunkKind {
    /// Nobody.
    Same,
    /// Only here.
    Mine,
    /// Only there.
    Theirs,
    /// Both, in the same way.
    Both,
    /// Both, each in another way.
    Conflict,
}

/// A part of a text in its three versions. One behind the other, the parts give each version back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hunk<'a> {
    /// Who changed it.
    pub kind: HunkKind,
    /// What both started from.
    pub base: &'a str,
    /// What it is here.
    pub mine: &'a str,
    /// What it is there.
    pub theirs: &'a str,
}

impl<'a> Hunk<'a> {
    /// What it becomes; `None` for a conflict.
    pub fn merged(&self) -> Option<&'a str> {
        match self.kind {
            HunkKind::Same | HunkKind::Mine | HunkKind::Both => Some(self.mine),
            HunkKind::Theirs => Some(self.theirs),
            HunkKind::Conflict => None,
        }
    }
}

/// The parts of a text that two have changed. Without a base, all that differs is a conflict.
pub fn hunks<'a>(base: Option<&'a str>, mine: &'a str, theirs: &'a str) -> Vec<Hunk<'a>> {
    let Some(base) = base else { return of_two(mine, theirs) };
    let mut found = Vec::new();
    for hunk in of_units([base, mine, theirs], lines) {
        let by_words = match hunk.kind {
            HunkKind::Conflict => of_units([hunk.base, hunk.mine, hunk.theirs], words),
            _ => Vec::new(),
        };
        let is_joined = by_words.iter().all(|part| part.kind != HunkKind::Conflict);
        if is_joined && !by_words.is_empty() { found.extend(by_words) } else { found.push(hunk) }
    }
    found
}

/// Joins two changes of `base`. `None` where both changed the same words.
pub fn join(base: &str, mine: &str, theirs: &str) -> Option<String> {
    hunks(Some(base), mine, theirs).iter().map(Hunk::merged).collect()
}

/// What was changed from one text to another: ranges in bytes of the old text, and of the new one, in order. By lines, and
/// within them by words.
pub(crate) fn changed_ranges(old: &str, new: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    for (lines_before, lines_after) in ranges(old, new, lines) {
        let (before, after) = (&old[lines_before.clone()], &new[lines_after.clone()]);
        found.extend(ranges(before, after, words).into_iter().map(|(before, after)| {
            let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
            (moved(before, lines_before.start), moved(after, lines_after.start))
        }));
    }
    found
}

fn ranges(old: &str, new: &str, split: fn(&str) -> Vec<&str>) -> Vec<(Range<usize>, Range<usize>)> {
    let (old, new) = (Units::of(old, split), Units::of(new, split));
    let bytes = |units: &Units<'_>, range: Range<usize>| units.offsets[range.start]..units.offsets[range.end];
    let found = changes(&old, &new);
    found.into_iter().map(|change| (bytes(&old, change.base), bytes(&new, change.side))).collect()
}

fn of_two<'a>(mine: &'a str, theirs: &'a str) -> Vec<Hunk<'a>> {
    let (left, right) = (Units::of(mine, lines), Units::of(theirs, lines));
    let mut found = Vec::new();
    let mut at = 0;
    let same = |text: &'a str| Hunk { kind: HunkKind::Same, base: text, mine: text, theirs: text };
    for change in changes(&left, &right) {
        found.extend(Some(left.slice(at..change.base.start)).filter(|text| !text.is_empty()).map(same));
        at = change.base.end;
        let (mine, theirs) = (left.slice(change.base), right.slice(change.side));
        found.push(Hunk { kind: HunkKind::Conflict, base: "", mine, theirs });
    }
    found.extend(Some(left.slice(at..left.pieces.len())).filter(|text| !text.is_empty()).map(same));
    found
}

fn of_units<'a>([base, mine, theirs]: [&'a str; 3], split: fn(&str) -> Vec<&str>) -> Vec<Hunk<'a>> {
    let base = Units::of(base, split);
    let mut mine = Side::of(&base, Units::of(mine, split));
    let mut theirs = Side::of(&base, Units::of(theirs, split));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(mut range) = first(&mine, &theirs) {
        let (mut ours, mut others) = (Vec::new(), Vec::new());
        while let (true, _) | (_, true) = (
            mine.take_if(&range, &others, &theirs.units, &mut ours),
            theirs.take_if(&range, &ours, &mine.units, &mut others),
        ) {
            for change in ours.last().into_iter().chain(others.last()) {
                range = range.start.min(change.base.start)..range.end.max(change.base.end);
            }
        }
        if at < range.start {
            let text = base.slice(at..range.start);
            found.push(Hunk { kind: HunkKind::Same, base: text, mine: text, theirs: text });
        }
        at = range.end;
        let (left, right) = (mine.pass(&range, &ours), theirs.pass(&range, &others));
        let kind = match (ours.is_empty(), others.is_empty()) {
            (_, true) => HunkKind::Mine,
            (true, _) => HunkKind::Theirs,
            _ if left == right => HunkKind::Both,
            _ => HunkKind::Conflict,
        };
        found.push(Hunk { kind, base: base.slice(range), mine: left, theirs: right });
    }
    if at < base.pieces.len() {
        let text = base.slice(at..base.pieces.len());
        found.push(Hunk { kind: HunkKind::Same, base: text, mine: text, theirs: text });
    }
    found
}

/// Where the next change begins, of whichever side.
fn first(mine: &Side, theirs: &Side) -> Option<Range<usize>> {
    let place = |side: &Side| side.next().map(|change| (change.base.start, change.base.end));
    let (start, end) = match (place(mine), place(theirs)) {
        (Some(mine), Some(theirs)) => mine.min(theirs),
        (one, other) => one.or(other)?,
    };
    Some(start..end)
}

/// A text in units: lines or words.
struct Units<'a> {
    text: &'a str,
    pieces: Vec<&'a str>,
    /// Where each begins, and where the last ends.
    offsets: Vec<usize>,
}

impl<'a> Units<'a> {
    fn of(text: &'a str, split: fn(&str) -> Vec<&str>) -> Self {
        let pieces = split(text);
        let mut offsets = Vec::with_capacity(pieces.len() + 1);
        offsets.push(0);
        let mut end = 0;
        for piece in &pieces {
            end += piece.len();
            offsets.push(end);
        }
        Self { text, pieces, offsets }
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        &self.text[self.offsets[range.start]..self.offsets[range.end]]
    }
}

/// What one side has in the place of a part of the base.
#[derive(Debug, Clone)]
struct Change {
    base: Range<usize>,
    side: Range<usize>,
}

/// One side on its way through the base.
struct Side<'a> {
    units: Units<'a>,
    changes: Vec<Change>,
    passed: usize,
    /// The unit of this side that the next unit of the base is.
    shift: isize,
}

impl<'a> Side<'a> {
    fn of(base: &Units<'_>, units: Units<'a>) -> Self {
        let changes = changes(base, &units);
        Self { units, changes, passed: 0, shift: 0 }
    }

    fn next(&self) -> Option<&Change> {
        self.changes.get(self.passed)
    }

    /// Takes the next change where it belongs to what is at `range` of the base.
    fn take_if(&mut self, range: &Range<usize>, others: &[Change], other: &Units<'_>, taken: &mut Vec<Change>) -> bool {
        let Some(change) = self.next() else { return false };
        let belongs = change.base == *range || overlap(&change.base, range) || {
            let touches = change.base.start == range.end || change.base.end == range.start;
            touches && others.iter().any(|theirs| self.shares(change, theirs, other))
        };
        if belongs {
            taken.push(change.clone());
            self.passed += 1;
        }
        belongs
    }

    /// Whether both brought the same: a unit that is more than blank.
    fn shares(&self, mine: &Change, theirs: &Change, other: &Units<'_>) -> bool {
        let brought: HashSet<&str> = self.units.pieces[mine.side.clone()].iter().copied().collect();
        let is_word = |piece: &&&str| !piece.trim().is_empty();
        other.pieces[theirs.side.clone()].iter().filter(is_word).any(|piece| brought.contains(piece))
    }

    /// What this side has at `range` of the base, in which it changed this much.
    fn pass(&mut self, range: &Range<usize>, changes: &[Change]) -> &'a str {
        let start = range.start.saturating_add_signed(self.shift);
        self.shift +=
            changes.iter().map(|change| change.side.len() as isize - change.base.len() as isize).sum::<isize>();
        self.units.slice(start..range.end.saturating_add_signed(self.shift))
    }
}

/// Two insertions overlap where they are at one place, which equal ranges say.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn changes(base: &Units<'_>, side: &Units<'_>) -> Vec<Change> {
    let (old, new) = (&base.pieces, &side.pieces);
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (start..old.len() - end, start..new.len() - end);
    if old_rest.is_empty() && new_rest.is_empty() {
        return Vec::new();
    }
    if old_rest.len().saturating_mul(new_rest.len()) > COMPARED_MAX {
        return vec![Change { base: old_rest, side: new_rest }];
    }
    let mut found: Vec<Change> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old[old_rest], &new[new_rest]) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let moved = |range: Range<usize>| range.start + start..range.end + start;
        let (base, side) = (moved(op.old_range()), moved(op.new_range()));
        match found.last_mut() {
            Some(last) if last.base.end == base.start && last.side.end == side.start => {
                (last.base.end, last.side.end) = (base.end, side.end);
            }
            _ => found.push(Change { base, side }),
        }
    }
    found
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Words and what is between them, as units of their own.
pub(crate) fn words(text: &str) -> Vec<&str> {
    let mut units = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (offset, character) in text.char_indices() {
        let joins = previous.is_some_and(|before| before.is_alphanumeric() && character.is_alphanumeric());
        if offset > start && !joins {
            units.push(&text[start..offset]);
            start = offset;
        }
        previous = Some(character);
    }
    if start < text.len() {
        units.push(&text[start..]);
    }
    units
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn changes_of_different_lines_and_of_different_words_in_one_line_are_joined() {
        for (base, mine, theirs, expected) in [
            ("one two three\nfour\n", "ONE two three\nfour\n", "one two three\nFOUR\n", Some("ONE two three\nFOUR\n")),
            ("one two three\nfour\n", "ONE two three\nfour\n", "one two THREE\nfour\n", Some("ONE two THREE\nfour\n")),
            ("a b", "a c", "a d", None),
            ("a b", "a c", "a c", Some("a c")),
            ("", "a", "b", None),
            // A paragraph before one that was rewritten, and one that was taken out beside it.
            ("one\n\ntwo\n", "one\n\nnew\n\ntwo\n", "one\n\nTWO!\n", Some("one\n\nnew\n\nTWO!\n")),
            ("one\n\ntwo\n\nthree\n", "two\n\nthree\n", "one\n\nTWO!\n\nthree\n", Some("TWO!\n\nthree\n")),
            // The same paragraph, added twice, is there once or asked about.
            ("one\n\ntwo\n", "one\n\nnew\n\ntwo\n", "one\n\nnew\n\ntwo\n", Some("one\n\nnew\n\ntwo\n")),
            ("one\n\ntwo\n", "one\n\nnew\n\ntwo\n", "one\n\nnew\n\nTWO\n", None),
            ("a\r\nb\r\n", "A\r\nb\r\n", "a\r\nB\r\n", Some("A\r\nB\r\n")),
        ] {
            assert_eq!(join(base, mine, theirs).as_deref(), expected, "{base:?}: {mine:?} and {theirs:?}");
        }
    }

    #[test]
    fn hunks_say_who_changed_what() {
        let kinds = |base: Option<&str>, mine: &str, theirs: &str| -> Vec<HunkKind> {
            hunks(base, mine, theirs).iter().map(|hunk| hunk.kind).collect()
        };
        use HunkKind::{Both, Conflict, Mine, Same, Theirs};
        let base = "a\nb\nc\nd\ne\nf\ng\nh\ni\n";
        assert_eq!(
            kinds(Some(base), "A\nb\nX\nd\nE\nf\nM\nh\ni\n", "a\nb\nc\nd\nE\nf\nT\nh\nI\n"),
            [Mine, Same, Mine, Same, Both, Same, Conflict, Same, Theirs]
        );
        assert_eq!(kinds(None, "a\nb\nc\n", "a\nB\nc\n"), [Same, Conflict, Same]);
        assert_eq!(kinds(None, "a\n", "a\n"), [Same]);
        assert!(kinds(None, "", "").is_empty());
    }

    #[test]
    fn texts_with_nothing_in_common_are_not_compared_word_by_word_for_ever() {
        let text = |word: &str| (0..20_000).map(|line| format!("{word} {line}\n")).collect::<String>();
        let (base, mine, theirs) = (text("base"), text("mine"), text("theirs"));
        assert_eq!(hunks(Some(&base), &mine, &theirs).len(), 1);
    }

    proptest! {
        #[test]
        fn a_side_that_changed_nothing_gives_way(base in "[a-c \n]{0,30}", other in "[a-c \n]{0,30}") {
            prop_assert_eq!(join(&base, &base, &other), Some(other.clone()));
            prop_assert_eq!(join(&base, &other, &base), Some(other.clone()));
            prop_assert_eq!(join(&base, &other, &other), Some(other));
        }

        #[test]
        fn a_merge_does_not_depend_on_who_is_who(base in "[a-c \n]{0,30}", a in "[a-c \n]{0,30}", b in "[a-c \n]{0,30}") {
            let there: Vec<_> = hunks(Some(&base), &a, &b).iter().map(|hunk| (hunk.mine, hunk.theirs)).collect();
            let back: Vec<_> = hunks(Some(&base), &b, &a).iter().map(|hunk| (hunk.theirs, hunk.mine)).collect();
            prop_assert_eq!(there, back);
        }

        #[test]
        fn hunks_give_each_version_back(base in "[a-c \n]{0,30}", a in "[a-c \n]{0,30}", b in "[a-c \n]{0,30}") {
            let found = hunks(Some(&base), &a, &b);
            prop_assert_eq!(found.iter().map(|hunk| hunk.base).collect::<String>(), base.clone());
            prop_assert_eq!(found.iter().map(|hunk| hunk.mine).collect::<String>(), a.clone());
            prop_assert_eq!(found.iter().map(|hunk| hunk.theirs).collect::<String>(), b.clone());
            let two = hunks(None, &a, &b);
            prop_assert_eq!(two.iter().map(|hunk| hunk.mine).collect::<String>(), a.clone());
            prop_assert_eq!(two.iter().map(|hunk| hunk.theirs).collect::<String>(), b.clone());
        }

        #[test]
        fn appending_at_one_end_and_at_the_other_keeps_both(base in "[a-c]{1,9}( [a-c]{1,9}){3,8}") {
            let merged = join(&base, &format!("X {base}"), &format!("{base} Y"));
            prop_assert_eq!(merged, Some(format!("X {base} Y")));
        }
    }
}
