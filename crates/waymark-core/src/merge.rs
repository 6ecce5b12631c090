//! Three-way merge of one text: by lines, and where that fails by words, because a paragraph is one line in Markdown.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Both sides of a text that could not be merged, and what they came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TextConflict {
    /// What both started from.
    pub base: String,
    /// What was asked for here.
    pub mine: String,
    /// What is there now.
    pub theirs: String,
}

/// Joins two changes of `base`. `None` where both changed the same words.
pub fn text(base: &str, mine: &str, theirs: &str) -> Option<String> {
    if mine == theirs || theirs == base {
        return Some(mine.to_owned());
    }
    if mine == base {
        return Some(theirs.to_owned());
    }
    merge_units([base, mine, theirs], lines).or_else(|| merge_units([base, mine, theirs], words))
}

/// Each distinct unit becomes a number on a line of its own, so that one line merge serves units of any kind, and texts
/// that look like conflict markers or lack a last line break are nothing special.
fn merge_units(texts: [&str; 3], split: fn(&str) -> Vec<&str>) -> Option<String> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut units: Vec<&str> = Vec::new();
    let [base, mine, theirs] = texts.map(|text| {
        let mut encoded = String::new();
        for unit in split(text) {
            let number = *numbers.entry(unit).or_insert_with(|| {
                units.push(unit);
                units.len() - 1
            });
            encoded.push_str(&number.to_string());
            encoded.push('\n');
        }
        encoded
    });
    let merged = diffy::merge(&base, &mine, &theirs).ok()?;
    merged.lines().map(|line| line.parse::<usize>().ok().and_then(|number| units.get(number)).copied()).collect()
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
        let base = "one two three\nfour five six\n";
        assert_eq!(
            text(base, "ONE two three\nfour five six\n", "one two three\nfour five SIX\n").as_deref(),
            Some("ONE two three\nfour five SIX\n")
        );
        assert_eq!(
            text(base, "ONE two three\nfour five six\n", "one two THREE\nfour five six\n").as_deref(),
            Some("ONE two THREE\nfour five six\n")
        );
        assert_eq!(text("a b", "a c", "a d"), None);
    }

    proptest! {
        #[test]
        fn a_side_that_changed_nothing_gives_way(base in "[a-c \n]{0,30}", other in "[a-c \n]{0,30}") {
            prop_assert_eq!(text(&base, &base, &other), Some(other.clone()));
            prop_assert_eq!(text(&base, &other, &base), Some(other.clone()));
            prop_assert_eq!(text(&base, &other, &other), Some(other));
        }

        #[test]
        fn a_merge_does_not_depend_on_who_is_who(base in "[a-c \n]{0,30}", a in "[a-c \n]{0,30}", b in "[a-c \n]{0,30}") {
            prop_assert_eq!(text(&base, &a, &b).is_some(), text(&base, &b, &a).is_some());
        }

        #[test]
        fn appending_at_one_end_and_at_the_other_keeps_both(base in "[a-c]{1,9}( [a-c]{1,9}){3,8}") {
            let merged = text(&base, &format!("X {base}"), &format!("{base} Y"));
            prop_assert_eq!(merged, Some(format!("X {base} Y")));
        }
    }
}
