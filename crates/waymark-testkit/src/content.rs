//! Everything that a library or a database holds, as text, to be compared before and after what must change nothing.
//!
//! All tables and columns, the journal and the shadow tables of the search included; the files beside the library by their
//! bytes. Looking changes nothing itself: a library is copied and the copy is read.

use std::collections::BTreeMap;

#[cfg(feature = "library")]
mod library;
mod postgres;

#[cfg(feature = "library")]
pub use library::of_library;

/// What is held: the rows of each table as sorted text, and each file's bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content(BTreeMap<String, Vec<String>>);

impl Content {
    /// Without what may change by design. Who leaves a table out says why.
    ///
    /// # Panics
    /// When there is no such table: an exception that nothing needs is a gap.
    #[must_use]
    pub fn except(mut self, tables: &[&str]) -> Self {
        for table in tables {
            assert!(self.0.remove(*table).is_some(), "there is no `{table}` to leave out");
        }
        self
    }

    /// How many tables and files there are, for tests of the scaffolding.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fails with the first row that came, went or changed.
    ///
    /// # Panics
    /// When `after` is not the same.
    #[track_caller]
    pub fn assert_is(&self, after: &Self, what: &str) {
        for name in self.0.keys().chain(after.0.keys()) {
            let (before, after) = (self.rows(name), after.rows(name));
            let gone = before.iter().find(|row| !after.contains(row));
            let new = after.iter().find(|row| !before.contains(row));
            assert!(before == after, "{what} changed `{name}`\n  before: {gone:?}\n  after:  {new:?}");
        }
        assert_eq!(self, after, "{what} made or removed something that is empty");
    }

    fn rows(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(rows: &[&str]) -> Content {
        Content(BTreeMap::from([("t".to_owned(), rows.iter().map(|row| (*row).to_owned()).collect())]))
    }

    #[test]
    fn a_row_that_comes_goes_or_changes_is_noticed() {
        let before = content(&["1", "2"]);
        before.assert_is(&before.clone(), "nothing");
        for after in [content(&["1"]), content(&["1", "2", "2"]), content(&["1", "3"]), Content::default()] {
            assert!(std::panic::catch_unwind(|| before.assert_is(&after, "it")).is_err(), "{after:?}");
        }
    }
}
