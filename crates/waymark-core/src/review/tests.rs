//! Anchors, standings, threads and reports, as tables.

use std::collections::BTreeMap;

use super::{
    anchor::Anchor,
    log::ReviewLog,
    standing,
    thread::{self, Place},
    *,
};
use crate::{
    content::{ContentFields, FieldsV1},
    error::Code,
    hash,
    walkthrough::{Step, Walkthrough, WalkthroughType},
};

/// The stretch in brackets, and the text without them.
fn marked(text: &str) -> (String, u32, u32) {
    let units = |text: &str| text.encode_utf16().count() as u32;
    let (before, rest) = text.split_once('[').expect("a bracket");
    let (quote, after) = rest.split_once(']').expect("a bracket");
    (format!("{before}{quote}{after}"), units(before), units(before) + units(quote))
}

fn check_carried(before: &str, after: &str, expected: Option<&str>) {
    let (before, from, to) = marked(before);
    let anchor = Anchor::of(&before, from, to).expect("a stretch");
    let carried = anchor.carry(&before, after);
    assert_eq!(carried.as_ref().map(|anchor| anchor.quote.as_str()), expected, "{before:?} to {after:?}");
}

#[test]
fn a_stretch_stays_with_its_words() {
    for (before, after, expected) in [
        ("one [two three] four", "one two three four", Some("two three")),
        ("one [two three] four", "zero one two three four five", Some("two three")),
        ("one [two three] four", "one two new three four", Some("two new three")),
        ("one [two three] four", "one two tree four", Some("two tree")),
        ("one [two three] four", "one four", None),
        ("one [two] four", "one 2 four", None),
        ("one [two] four", "one two! four", Some("two")),
        ("one [two] four", "one more two four", Some("two")),
        ("a\n\n[b c d e]\n\nf\n", "new\n\na\n\nb c d E\n\nf\n", Some("b c d E")),
        // What comes in beside it is not in it.
        ("[two three] four", "one two three four", Some("two three")),
        ("one [two three]", "one two three four", Some("two three")),
        // Half of it goes with what stood before it.
        ("one [two three four]", "three four", Some("three four")),
        ("[two three four] five", "two three", Some("two three")),
        ("ä😀 [größe 😀] x", "ö😀😀 größe 😀 x", Some("größe 😀")),
        ("- [**] -", "- ** - more", Some("**")),
    ] {
        check_carried(before, after, expected);
    }
}

#[test]
fn a_stretch_that_was_lost_is_found_when_its_words_come_back() {
    let (text, from, to) = marked("Press the button. Then press [the] other one.");
    let place = Place::new(Anchor::of(&text, from, to).expect("a stretch"));
    let gone = place.carry(&text, "Press nothing.");
    assert!(gone.is_lost);
    assert!(gone.carry("Press nothing.", "Say the word, and the end.").is_lost, "the same word elsewhere is not it");
    let back = gone.carry("Press nothing.", &format!("New. {text}"));
    assert_eq!((back.is_lost, back.anchor.from), (false, from + 5));
}

#[test]
fn a_selection_has_to_be_one() {
    for (from, to) in [(0, 0), (3, 2), (0, 99), (1, 2)] {
        assert_eq!(Anchor::of("😀abc", from, to).expect_err("none").code, Code::InvalidInput, "{from}..{to}");
    }
    let (text, from, to) = marked("x[😀]y");
    assert_eq!(Anchor::of(&text, from, to).expect("whole characters").quote, "😀");
}

fn decision(at: i64, state: State, hash: &str) -> Decision {
    let (author, content_hash) = ("Ada".to_owned(), hash.to_owned());
    Decision { id: format!("rve_{at}").into(), state, author, at: Millis(at), content_hash, note: None }
}

#[test]
fn an_approval_is_of_one_content_and_counts_again_for_it() {
    use State::{Approved, ChangesRequested, Draft, InReview};
    type Said = &'static [(State, &'static str)];
    let cases: [(Said, &str, State, bool); 11] = [
        (&[], "a", Draft, false),
        (&[(InReview, "a")], "b", InReview, false),
        (&[(InReview, "a"), (Approved, "a")], "a", Approved, false),
        (&[(InReview, "a"), (Approved, "a")], "b", InReview, true),
        // Taken back to what was approved, whatever came in between.
        (&[(Approved, "a"), (InReview, "b")], "a", Approved, false),
        (&[(Approved, "a"), (ChangesRequested, "b")], "a", Approved, false),
        (&[(Approved, "a"), (ChangesRequested, "a")], "a", ChangesRequested, false),
        (&[(ChangesRequested, "a"), (Approved, "a")], "a", Approved, false),
        // Changes that were asked for are asked for until it is put up again.
        (&[(ChangesRequested, "a")], "b", ChangesRequested, false),
        (&[(ChangesRequested, "a"), (InReview, "b")], "b", InReview, false),
        // Asking again, or taking it out of review, ends an approval of the same content.
        (&[(Approved, "a"), (Draft, "a")], "a", Draft, false),
    ];
    for (said, hash, state, is_void) in cases {
        let decisions: Vec<Decision> = (0..).zip(said).map(|(at, (state, hash))| decision(at, *state, hash)).collect();
        let standing = standing::of(&decisions, hash);
        assert_eq!((standing.state, standing.void.is_some()), (state, is_void), "{said:?} at {hash}");
        assert_eq!(standing.is_approved(), state == Approved);
    }
}

fn walkthrough() -> Walkthrough {
    let step = |id: &str, title: &str, text: &str| {
        let fields = FieldsV1 { content_for_user: Some(text.to_owned()), ..FieldsV1::default() };
        Step { content_fields: ContentFields::V1(fields), ..Step::new(id, title) }
    };
    let steps = vec![step("a", "Install", "Press the button."), step("b", "Check", "It runs.")];
    Walkthrough { steps, ..Walkthrough::new("wt_1", "Tour", WalkthroughType::Course) }
}

fn comment(id: &str, thread: &str, at: i64, target: Option<Target>) -> Comment {
    Comment {
        id: id.into(),
        thread: thread.into(),
        author: "Ada".to_owned(),
        at: Millis(at),
        changed_at: Millis(at),
        text: Some(format!("About {id}")),
        target,
        turn: None,
        audit: None,
    }
}

#[test]
fn threads_stand_in_the_order_of_the_walkthrough_and_none_is_dropped() {
    let walkthrough = walkthrough();
    let about = |step: &str, selection: Option<(u32, u32)>| {
        let step = StepId::from(step);
        check::target(&walkthrough, Some(&step), selection.map(|_| Field::ContentForUser), selection).expect("a target")
    };
    let gone = Target { step: Some("gone".into()), step_title: Some("Old".to_owned()), ..Target::default() };
    let selected = about("a", Some((6, 9)));
    let place = Place::new(selected.anchor.clone().expect("a stretch"));
    let lost = Place { is_lost: true, ..place.clone() };
    let log = ReviewLog {
        comments: vec![
            comment("c1", "c1", 1, Some(gone)),
            comment("c2", "c2", 2, Some(about("b", None))),
            comment("c3", "c3", 3, Some(selected.clone())),
            comment("c4", "c4", 4, Some(selected)),
            comment("c5", "c5", 5, Some(Target::default())),
            // The clock of the second machine is behind.
            comment("c6", "c2", 0, None),
            Comment { text: None, ..comment("c7", "c7", 7, None) },
            comment("c8", "lost", 8, None),
        ],
        resolutions: [(9, true), (10, false), (11, true)]
            .map(|(at, is_resolved)| Resolution {
                id: format!("rve_{at}").into(),
                thread: "c5".into(),
                is_resolved,
                author: "Bo".to_owned(),
                at: Millis(at),
            })
            .to_vec(),
        decisions: Vec::new(),
    };
    let places = BTreeMap::from([("c3".into(), place), ("c4".into(), lost)]);
    let review = thread::assemble(&walkthrough, log, &places);
    let seen: Vec<_> = review.threads.iter().map(|t| (t.id.as_str(), t.spot.number, t.spot.is_outdated)).collect();
    assert_eq!(
        seen,
        [
            ("c5", None, false),
            ("lost", None, false),
            ("c3", Some(1), false),
            ("c4", Some(1), true),
            ("c2", Some(2), false),
            ("c1", None, true)
        ]
    );
    assert_eq!(review.threads[4].comments.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["c2", "c6"]);
    assert_eq!((review.open, review.threads[0].is_resolved), (5, true));
    assert_eq!(review.content_hash, hash::content_hash(&walkthrough));
}

#[test]
fn what_a_comment_is_about_has_to_be_there() {
    let walkthrough = walkthrough();
    let step = StepId::from("a");
    let field = Some(Field::ContentForUser);
    assert_eq!(check::target(&walkthrough, None, field, None).expect_err("no step").code, Code::InvalidInput);
    assert_eq!(
        check::target(&walkthrough, Some(&step), None, Some((0, 1))).expect_err("no field").code,
        Code::InvalidInput
    );
    assert_eq!(check::target(&walkthrough, Some(&"x".into()), None, None).expect_err("gone").code, Code::NotFound);
    assert_eq!(
        check::target(&walkthrough, Some(&step), field, Some((0, 99))).expect_err("outside").code,
        Code::InvalidInput
    );
    for name in ["", " ", "a\nb", &"x".repeat(81)] {
        assert_eq!(check::name(name).expect_err(name).field.as_deref(), Some("name"));
    }
    for text in ["", " \n", "a\0", &"x".repeat(check::TEXT_MAX_BYTES + 1)] {
        assert_eq!(check::text(text).expect_err("no text").field.as_deref(), Some("text"));
    }
}

const REPORT: &str = r#"{"model": "m", "tags": ["x"], "gaps": [
    {"step_number": 1, "step_title": "install", "gap_type": "clarity", "severity": "critical", "description": "Which?", "suggested_fix": "The blue one."},
    {"step_number": 7, "step_title": "Check", "gap_type": "logical_flow", "severity": "info", "description": "Moved."},
    {"step_number": 1, "step_title": "Deploy", "gap_type": "completeness", "severity": "warning", "description": "Nothing about it."},
    {"step_number": 2, "gap_type": "prerequisite", "severity": "warning", "description": "By number.", "extra": 1},
    {"step_number": 1, "step_title": "install", "gap_type": "clarity", "severity": "critical", "description": "Which?", "suggested_fix": "The blue one."}
]}"#;

#[test]
fn a_report_becomes_comments_at_its_steps_and_says_nothing_twice() {
    let walkthrough = walkthrough();
    let of = |now: i64| audit::comments(&walkthrough, audit::read(REPORT).expect("a report"), Millis(now));
    let comments = of(1);
    let steps: Vec<_> = comments
        .iter()
        .map(|comment| comment.target.as_ref().and_then(|target| target.step.as_ref()).map(StepId::as_str))
        .collect();
    assert_eq!(steps, [Some("a"), Some("b"), None, Some("b")]);
    let lost = comments[2].text.as_deref().expect("a text");
    assert!(lost.contains("step 1 “Deploy”, which is not in this walkthrough"), "{lost}");
    let ids = |comments: &[Comment]| comments.iter().map(|comment| comment.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&comments), ids(&of(2)));
    let log = ReviewLog { comments, ..ReviewLog::default() };
    check::log(&log).expect("they can travel");
}

#[test]
fn what_is_wrong_with_a_report_is_named() {
    for (text, why) in [
        ("", "not valid JSON"),
        ("{}", "no list of findings"),
        ("[1]", "Finding 1"),
        (r#"[{"gap_type": "clarity", "severity": "warning", "description": ""}]"#, "`description` is empty"),
        (r#"[{"gap_type": "style", "severity": "warning", "description": "x"}]"#, "unknown variant `style`"),
        (r#"[{"gap_type": "clarity", "severity": "bad", "description": "x"}]"#, "unknown variant `bad`"),
        (r#"[{"gap_type": "clarity", "severity": "info", "description": "a\u0000"}]"#, "NUL"),
        (r#"{"a": [{"gap_type": "clarity"}]}"#, "missing field"),
    ] {
        let error = audit::read(text).expect_err(text);
        assert!(error.message.contains(why) && error.hint.is_some(), "{error:?}");
    }
    assert!(audit::read("[]").expect("nothing was found").is_empty());
    assert!(audit::read(r#"{"gaps": []}"#).expect("nothing was found").is_empty());
}
