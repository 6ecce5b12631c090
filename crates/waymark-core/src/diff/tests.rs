//! Comparisons as tables, and moved steps as properties.

use proptest::prelude::*;

use super::{text::lines, *};
use crate::{
    content::{ContentFields, FieldsV1},
    json::FreeJson,
    publish::DiffKind,
    walkthrough::{WalkthroughStatus, WalkthroughType},
};

fn step(id: &str, order: usize) -> Step {
    let fields = FieldsV1 { content_for_user: Some(format!("Text of {id}")), ..FieldsV1::default() };
    Step {
        content_fields: ContentFields::V1(fields),
        display_order: order as i32,
        ..Step::new(id, format!("Title of {id}"))
    }
}

fn walkthrough(ids: &[&str]) -> Walkthrough {
    Walkthrough {
        steps: ids.iter().enumerate().map(|(index, id)| step(id, index + 1)).collect(),
        ..Walkthrough::new("wt_1", "Title", WalkthroughType::Course)
    }
}

/// `+a` added, `-a` removed, `>a` moved, `a` stays.
fn story(before: &[&str], after: &[&str]) -> String {
    let (before, after) = (walkthrough(before), walkthrough(after));
    let words = steps(Some(&before), &after).into_iter().map(|diff| match (diff.before, diff.after) {
        (None, Some((step, _))) => format!("+{}", step.id),
        (Some((step, _)), None) => format!("-{}", step.id),
        (_, Some((step, _))) if diff.is_moved => format!(">{}", step.id),
        (_, Some((step, _))) => step.id.to_string(),
        (None, None) => unreachable!("a step is on one side at least"),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_fewest_steps_are_called_moved() {
    for (before, after, expected) in [
        (&["a", "b", "c"][..], &["a", "b", "c"][..], "a b c"),
        (&["a", "b", "c", "d"], &["d", "a", "b", "c"], ">d a b c"),
        (&["a", "b", "c", "d"], &["b", "c", "d", "a"], "b c d >a"),
        (&["a", "b", "c"], &["a", "x", "c"], "a -b +x c"),
        (&["a", "b", "c"], &["c"], "-a -b c"),
        (&[], &["a"], "+a"),
        (&["a", "b"], &[], "-a -b"),
    ] {
        assert_eq!(story(before, after), expected, "{before:?} -> {after:?}");
    }
}

#[test]
fn counting_changes_leaves_status_and_stored_orders_out() {
    let base = walkthrough(&["a", "b"]);
    let mut mine = base.clone();
    mine.status = WalkthroughStatus::Published;
    mine.steps[0].display_order = 0;
    mine.metadata = Some(FreeJson::parse(r#"{"waymark":{"revision":4}}"#).expect("valid"));
    assert_eq!(count_changes(Some(&base), &mine), 0);
    mine.title.push('!');
    mine.steps[1].title.push('!');
    mine.steps.push(step("c", 3));
    assert_eq!(count_changes(Some(&base), &mine), 3);
    assert_eq!(count_changes(None, &base), 3);
}

#[test]
fn long_texts_show_changes_with_their_surroundings() {
    let before: String = (0..40).map(|line| format!("line {line}\n")).collect();
    let after = before.replace("line 20\n", "line twenty\n");
    let kinds: Vec<DiffKind> = lines(&before, &after).into_iter().map(|line| line.kind).collect();
    let same = [DiffKind::Same; 3];
    let expected: Vec<DiffKind> =
        [&[DiffKind::Gap][..], &same, &[DiffKind::Removed, DiffKind::Added], &same, &[DiffKind::Gap]].concat();
    assert_eq!(kinds, expected);
    assert!(lines("same\n", "same\n").is_empty());
    let below = lines("last", "last\nand more");
    assert_eq!(below.iter().map(|line| line.kind).collect::<Vec<_>>(), [DiffKind::Same, DiffKind::Added]);
    assert_eq!(lines("last", "last\n").len(), 2, "a line break alone is a change, too");
    assert_eq!(lines("", "a\nb").len(), 2);
}

proptest! {
    #[test]
    fn steps_that_are_not_moved_kept_their_order(shuffled in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
        let names: Vec<String> = (0..12).map(|index| format!("s{index}")).collect();
        let before: Vec<&str> = names.iter().map(String::as_str).collect();
        let after: Vec<&str> = shuffled.iter().map(|index| names[*index].as_str()).collect();
        let (before, after) = (walkthrough(&before), walkthrough(&after));
        let kept: Vec<u32> = steps(Some(&before), &after)
            .into_iter()
            .filter(|diff| !diff.is_moved)
            .filter_map(|diff| diff.before.map(|(_, number)| number))
            .collect();
        prop_assert!(kept.is_sorted());
        prop_assert!(!kept.is_empty());
    }

    #[test]
    fn a_diff_gives_both_texts_back(before in "([ab]\n){0,3}", after in "([ab]\n){0,3}") {
        let side = |skip: DiffKind| -> String {
            lines(&before, &after).iter().filter(|line| line.kind != skip).map(|line| format!("{}\n", line.text)).collect()
        };
        if before != after {
            prop_assert_eq!(side(DiffKind::Added), before.clone());
            prop_assert_eq!(side(DiffKind::Removed), after.clone());
        }
    }
}

#[test]
fn the_words_that_differ_are_marked_in_utf_16_units() {
    let found = lines("Open 🚀 the old terminal now\n", "Open 🚀 the new big terminal now\n");
    let marked = |line: &crate::publish::DiffLine| -> Vec<String> {
        let units: Vec<u16> = line.text.encode_utf16().collect();
        line.marks.iter().map(|mark| String::from_utf16_lossy(&units[mark.from as usize..mark.to as usize])).collect()
    };
    assert_eq!(marked(&found[0]), ["old"]);
    assert_eq!(marked(&found[1]), ["new big"]);
    let other = lines("One sentence about nothing.\n", "Quite something else 12345\n");
    assert!(other.iter().all(|line| line.marks.is_empty()));
}
