//! What the hashes see, and what they must not see.

use super::*;
use crate::{
    content::ContentFields,
    walkthrough::{Assignment, Millis, WalkthroughStatus, WalkthroughType},
};

fn json(text: &str) -> FreeJson {
    FreeJson::parse(text).expect("valid JSON")
}

fn walkthrough() -> Walkthrough {
    let step = |id: &str, order: i32| Step {
        content_fields: ContentFields::from_json(&json(r#"{"version":"v1","contentForUser":"Hello","b":1,"a":2}"#)),
        display_order: order,
        created_at: Some(Millis(1)),
        ..Step::new(id, format!("Step {id}"))
    };
    Walkthrough {
        estimated_duration_minutes: Some(5),
        tags: vec!["one".into()],
        metadata: Some(json(r#"{"theme":"dark","waymark":{"order":"linked"}}"#)),
        steps: vec![step("wts_1", 1), step("wts_2", 2)],
        ..Walkthrough::new("wt_1", "A title", WalkthroughType::Course)
    }
}

/// Both hashes before and after a change: (content changed, state changed).
#[track_caller]
fn check(expected: (bool, bool), change: impl FnOnce(&mut Walkthrough)) {
    let before = walkthrough();
    let mut after = before.clone();
    change(&mut after);
    let seen = (content_hash(&before) != content_hash(&after), state_digest(&before) != state_digest(&after));
    assert_eq!(seen, expected, "(content hash, state digest)");
    assert_eq!(is_same_state(&before, &after), !expected.1, "the short way and the long way agree");
}

#[test]
fn content_counts_in_both_hashes() {
    check((true, true), |walkthrough| walkthrough.title.push('!'));
    check((true, true), |walkthrough| walkthrough.steps[0].title.push('!'));
    check((true, true), |walkthrough| walkthrough.steps.swap(0, 1));
    check((true, true), |walkthrough| walkthrough.steps[0].next_step_id = Some("wts_2".into()));
    check((true, true), |walkthrough| walkthrough.metadata = Some(json(r#"{"theme":"light"}"#)));
}

#[test]
fn status_orders_and_assignments_are_state_and_no_content() {
    check((false, true), |walkthrough| walkthrough.status = WalkthroughStatus::Published);
    check((false, true), |walkthrough| walkthrough.steps[1].display_order = 7);
    check((false, true), |walkthrough| {
        walkthrough.assignments.push(Assignment {
            id: "msw_1".into(),
            server: "docs".into(),
            display_order: 1,
            is_enabled: true,
            created_at: None,
        });
    });
}

#[test]
fn our_revision_and_hash_are_state_and_no_content() {
    check((false, true), |walkthrough| {
        let metadata = with_own(walkthrough.metadata.as_ref(), REVISION_KEY, Some(FreeJson::of(&3)));
        walkthrough.metadata = with_own(metadata.as_ref(), CONTENT_HASH_KEY, Some(FreeJson::of("abc")));
    });
    assert!(is_same_metadata(None, Some(&json(r#"{"waymark":{"revision":3,"content_hash":"abc"}}"#))));
}

#[test]
fn times_key_order_and_white_space_make_no_difference() {
    check((false, false), |walkthrough| {
        walkthrough.updated_at = Some(Millis(99));
        walkthrough.steps[0].created_at = None;
        walkthrough.metadata = Some(json(r#"{ "waymark": {"order":"linked"}, "theme": "dark" }"#));
        let swapped = json(r#"{"a": 2, "b": 1, "contentForUser": "Hello", "version": "v1"}"#);
        walkthrough.steps[0].content_fields = ContentFields::from_json(&swapped);
    });
}

#[test]
fn canonical_json_follows_rfc_8785() {
    for (written, expected) in [
        (r#"{"b":1,"a":[true,null,"x"]}"#, r#"{"a":[true,null,"x"],"b":1}"#),
        // The example of the RFC: numbers and strings.
        (
            "[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]",
            "[333333333.3333333,1000000000000000000000000000000,4.5,0.002,1e-27]",
        ),
        ("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"", "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\""),
        // Keys are sorted by UTF-16 code units: an emoji (surrogates) before U+FB33.
        ("{\"\u{fb33}\":1,\"\u{1f600}\":2}", "{\"\u{1f600}\":2,\"\u{fb33}\":1}"),
        ("[-0, 1.0, 10e-1, -1.5, 1e21, 9007199254740993]", "[0,1,1,-1.5,1000000000000000000000,9007199254740993]"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("[1e-7, 123e-8, 0.5]", "[1e-7,0.00000123,0.5]"),
    ] {
        assert_eq!(canonical(&json(written)), expected, "{written}");
    }
}

#[test]
fn deep_nesting_is_hashed_without_overflow() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(digest(&json(&deep)).len(), 64);
}

#[test]
fn the_content_is_written_in_canonical_form() {
    let mut walkthrough = walkthrough();
    let plain = |walkthrough: &Walkthrough| {
        let mut json = Vec::new();
        write_content(&mut json, walkthrough);
        String::from_utf8(json).expect("text")
    };
    let with_extra = plain(&walkthrough);
    assert_eq!(canonical(&json(&with_extra)), with_extra);
    for step in &mut walkthrough.steps {
        step.content_fields.editable().expect("v1").extra.clear();
        step.content_fields.editable().expect("v1").context_for_agent = Some("\u{1f600} \"\n\u{7f}".into());
    }
    let without_extra = plain(&walkthrough);
    assert_eq!(canonical(&json(&without_extra)), without_extra);
    assert!(without_extra.contains(r#"{"contentForUser":"Hello","contextForAgent":"#));
}
