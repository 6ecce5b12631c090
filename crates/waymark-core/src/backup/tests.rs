//! Names that say what they are, and what is kept of them.

use super::*;

const NOON: i64 = 1_764_000_000_000;

fn label(days_ago: i64, hour: i64, reason: Occasion) -> Label {
    Label { at: Millis(NOON.div_euclid(DAY) * DAY - days_ago * DAY + hour * 3_600_000), reason }
}

#[test]
fn a_name_says_when_and_why_and_sorts_by_time() {
    let label = Label { at: Millis(1_764_003_873_123), reason: Occasion::BeforeMigration };
    assert_eq!(label.file_name(), "library-20251124T170433123Z-before-migration.sqlite");
    let mut names = Vec::new();
    for step in 0..2_000 {
        for reason in Occasion::ALL {
            let label = Label { at: Millis(step * 40_000_000_123), reason };
            assert_eq!(Label::of_file_name(&label.file_name()), Some(label));
        }
        names.push(Label { at: Millis(step * 40_000_000_123), reason: Occasion::Daily }.file_name());
    }
    assert!(names.is_sorted());
}

#[test]
fn other_files_are_no_backups() {
    for name in [
        "library.sqlite",
        "library-20251124T170433123Z-often.sqlite",
        "library-20251399T170433123Z-daily.sqlite",
        "library-20251124T990433123Z-daily.sqlite",
        "library-2025112T1170433123Z-daily.sqlite",
        "library-20251124T170433123Z-daily.sqlite.partial",
        "",
    ] {
        assert_eq!(Label::of_file_name(name), None, "{name}");
    }
}

/// The days ago of what is kept of the daily backups.
fn kept(backups: &[Label]) -> Vec<i64> {
    let gone = superseded(backups);
    let kept = backups.iter().filter(|label| !gone.contains(label));
    kept.map(|label| NOON.div_euclid(DAY) - label.day()).collect()
}

#[test]
fn days_are_thinned_to_weeks_and_weeks_end() {
    let daily: Vec<Label> = (0..200).map(|ago| label(ago, 9, Occasion::Daily)).collect();
    let kept = kept(&daily);
    assert_eq!(kept[..14], (0..14).collect::<Vec<i64>>());
    assert!(kept.len() <= DAYS_KEPT + WEEKS_KEPT, "{kept:?}");
    assert!(kept.last().is_some_and(|last| (42..=49).contains(last)), "{kept:?}");
    let weeks: std::collections::BTreeSet<i64> =
        kept.iter().map(|ago| label(*ago, 9, Occasion::Daily).week()).collect();
    assert_eq!(weeks.len(), WEEKS_KEPT);
}

#[test]
fn of_a_day_the_newest_is_kept_and_what_lies_far_back_stays_while_nothing_newer_comes() {
    let twice = [label(3, 8, Occasion::Daily), label(3, 20, Occasion::Daily)];
    assert_eq!(superseded(&twice), [twice[0]]);
    let long_ago: Vec<Label> = (0..5).map(|index| label(2_000 + index * 30, 9, Occasion::Daily)).collect();
    assert_eq!(superseded(&long_ago), []);
}

#[test]
fn what_somebody_asked_for_is_never_removed_and_the_others_are_kept_by_number() {
    let manual: Vec<Label> = (0..50).map(|ago| label(ago, 9, Occasion::Manual)).collect();
    assert_eq!(superseded(&manual), []);
    for reason in [Occasion::BeforeMigration, Occasion::BeforeRestore] {
        let before: Vec<Label> = (0..20).map(|ago| label(ago, 9, reason)).collect();
        assert_eq!(superseded(&before), before[BEFORE_KEPT..]);
    }
}

#[test]
fn one_is_due_when_something_changed_since_and_the_day_has_none() {
    let now = label(0, 12, Occasion::Daily).at;
    let at = |days_ago, hour| label(days_ago, hour, Occasion::Daily).at;
    let daily = |days_ago, hour| label(days_ago, hour, Occasion::Daily);
    for (name, backups, changed_at, due) in [
        ("the first", vec![], at(9, 1), true),
        ("nothing changed since yesterday", vec![daily(1, 9)], at(2, 1), false),
        ("changed since yesterday", vec![daily(1, 9)], at(0, 1), true),
        ("today has one", vec![daily(1, 9), daily(0, 8)], at(0, 11), false),
        ("today has one by hand, changed since", vec![label(0, 8, Occasion::Manual)], at(0, 11), true),
        ("today has one by hand, not changed", vec![label(0, 8, Occasion::Manual)], at(0, 7), false),
        ("the clock was set back", vec![daily(-400, 9)], at(0, 7), true),
    ] {
        assert_eq!(is_due(&backups, changed_at, now), due, "{name}");
    }
}
