//! Which edits were typed in one go, so that one undo takes them back together. Each was saved by itself, within a second
//! of the key; nobody who takes back a sentence wants to do it syllable by syllable.
//!
//! **Invariant: it looks at two neighbors and nothing else.** So the same edits belong together seen from the last to the
//! first and from the first to the last, and redo does again what undo took back.

use super::{Edit, Splice};
use crate::{content::Field, id::StepId, walkthrough::Millis};

/// A pause in which somebody thinks about what comes next, and after which it is something new.
const PAUSE: i64 = 3_000;
/// The clock is cut into stretches of this length, and nothing that was typed reaches across: who types without any pause
/// takes back half a minute at once, and never a page.
const STRETCH: i64 = 30_000;

/// An edit, by whom and when.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// What it did.
    pub edit: &'a Edit,
    /// Who wrote.
    pub origin: &'a str,
    /// When.
    pub at: Millis,
}

/// Whether an edit is of the kind that is typed: another can only belong to such a one.
pub fn is_typed(edit: &Edit) -> bool {
    one_place(edit).is_some()
}

/// Whether `later`, the edit that follows on `earlier`, goes on with what that one began: by the same writer, in the same
/// field, at the place where it ended, soon after it, and typing or deleting as it did. A line that is ended is ended.
pub fn continues(earlier: &Typed, later: &Typed) -> bool {
    let (Some((step, field, before)), Some(after)) = (one_place(earlier.edit), one_place(later.edit)) else {
        return false;
    };
    let waited = later.at.0 - earlier.at.0;
    earlier.origin == later.origin
        && (step, field) == (after.0, after.1)
        && (0..=PAUSE).contains(&waited)
        && earlier.at.0.div_euclid(STRETCH) == later.at.0.div_euclid(STRETCH)
        && before.insert.is_empty() == after.2.insert.is_empty()
        && !before.insert.contains('\n')
        && adjoins(before, after.2)
}

fn one_place(edit: &Edit) -> Option<(&StepId, Field, &Splice)> {
    match edit {
        Edit::SpliceField { step, field, splice } => Some((step, *field, splice)),
        _ => None,
    }
}

/// Whether what the second replaces touches what the first left.
fn adjoins(first: &Splice, second: &Splice) -> bool {
    let end = first.from + first.insert.encode_utf16().count() as u32;
    second.from <= end && second.to >= first.from
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(from: u32, to: u32, insert: &str) -> Edit {
        let splice = Splice { from, to, insert: insert.to_owned() };
        Edit::SpliceField { step: "wts_1".into(), field: Field::ContentForUser, splice }
    }

    fn continues(earlier: (&Edit, i64), later: (&Edit, i64)) -> bool {
        let of = |(edit, at)| Typed { edit, origin: "window", at: Millis(at) };
        super::continues(&of(earlier), &of(later))
    }

    #[test]
    fn what_goes_on_where_it_ended_belongs_together() {
        let first = typed(10, 10, "𝄞ab");
        for (later, expected) in [
            (typed(14, 14, "c"), true),
            (typed(13, 14, "c"), true),
            (typed(10, 10, "c"), true),
            (typed(15, 15, "c"), false),
            (typed(9, 9, "c"), false),
            (typed(13, 14, ""), false),
            (Edit::SetTitle { title: "c".into() }, false),
            (Edit::Batch { edits: vec![typed(14, 14, "c")] }, false),
        ] {
            assert_eq!(continues((&first, 0), (&later, 500)), expected, "{later:?}");
        }
        let (back, further, forward) = (typed(13, 14, ""), typed(12, 13, ""), typed(13, 15, ""));
        assert!(continues((&back, 0), (&further, 500)) && continues((&back, 0), (&forward, 500)));
    }

    #[test]
    fn a_pause_a_line_another_place_or_another_writer_ends_it() {
        let (first, second) = (typed(0, 0, "a"), typed(1, 1, "b"));
        assert!(continues((&first, 1_000), (&second, 1_000 + PAUSE)));
        assert!(!continues((&first, 1_000), (&second, 1_001 + PAUSE)));
        assert!(!continues((&first, 1_000), (&second, 999)), "a clock that was set back");
        assert!(!continues((&first, STRETCH - 1), (&second, STRETCH)), "half a minute at most");
        assert!(!continues((&typed(0, 0, "a\n"), 0), (&typed(2, 2, "b"), 500)));
        let elsewhere = Edit::SpliceField {
            step: "wts_1".into(),
            field: Field::ContextForAgent,
            splice: Splice { from: 1, to: 1, insert: "b".into() },
        };
        assert!(!continues((&first, 0), (&elsewhere, 500)));
        let of = |edit, origin| Typed { edit, origin, at: Millis(0) };
        assert!(!super::continues(&of(&first, "window"), &of(&second, "cli")));
    }
}
