//! Tests of the format: real files, hand-made corners, and any walkthrough at all.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
};

use proptest::prelude::*;
use serde_json::Value;

use crate::{
    content::{ContentFields, FieldsV1},
    error::{Code, Error},
    id::{AssignmentId, StepId, WalkthroughId},
    json::FreeJson,
    walkthrough::{Assignment, Millis, Step, Walkthrough, WalkthroughStatus, WalkthroughType},
};

use super::{ImportedFile, read, write};

const AT: Millis = Millis(1_754_431_558_265);

fn random(length: usize) -> Vec<u8> {
    static STATE: AtomicU64 = AtomicU64::new(7);
    let mut state = STATE.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        })
        .collect()
}

fn import(text: &str) -> ImportedFile {
    read(text, "From a list", random).unwrap_or_else(|error| panic!("{error}"))
}

fn refuse(text: &str) -> Error {
    let error = read(text, "From a list", random).expect_err("refused");
    assert_eq!(error.code, Code::InvalidInput, "{error}");
    assert!(error.hint.is_some(), "an error says how to mend it: {error}");
    error
}

/// Every key of `original`, at any depth, has an equal value in `copy`, which may have more keys.
fn assert_kept(original: &Value, copy: &Value, path: &str) {
    match (original, copy) {
        (Value::Object(original), Value::Object(copy)) => {
            for (key, value) in original {
                let found = copy.get(key).unwrap_or_else(|| panic!("{path}.{key} is lost"));
                assert_kept(value, found, &format!("{path}.{key}"));
            }
        }
        (Value::Array(original), Value::Array(copy)) => {
            assert_eq!(original.len(), copy.len(), "{path}");
            for (index, (original, copy)) in original.iter().zip(copy).enumerate() {
                assert_kept(original, copy, &format!("{path}[{index}]"));
            }
        }
        _ => assert_eq!(original, copy, "{path}"),
    }
}

/// Import, export, import, export: nothing of the original is lost, and the second export is the first.
fn check_round_trip(text: &str) -> Value {
    let imported = import(text);
    let exported = write(&imported.walkthrough, AT);
    let again = import(&exported);
    assert_eq!(again.walkthrough, imported.walkthrough);
    assert_eq!(write(&again.walkthrough, AT), exported);
    let mut original: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("valid");
    let copy: Value = serde_json::from_str(&exported).expect("an export is JSON");
    match &mut original {
        Value::Array(_) => assert_kept(&original, &copy["steps"], "$"),
        Value::Object(members) => {
            members.remove("exportedAt");
            assert_kept(&original, &copy, "$");
        }
        _ => unreachable!("read refuses it"),
    }
    copy
}

fn fixtures() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/walkthroughs");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return Vec::new();
    };
    entries
        .map(|entry| entry.expect("a readable folder").path())
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a readable file")))
        .collect()
}

#[test]
fn real_files_round_trip_without_loss() {
    for (name, text) in fixtures() {
        let copy = check_round_trip(&text);
        let imported = import(&text);
        assert_eq!(imported.walkthrough.steps.len(), copy["steps"].as_array().expect("a list").len(), "{name}");
        let is_bare_list = text.trim_start().starts_with('[');
        assert_eq!(imported.warnings.len(), usize::from(is_bare_list), "{name}: {:?}", imported.warnings);
        check_round_trip(&format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
}

/// A small export with holes to fill: members of the walkthrough, members of the two steps.
fn file(head: &str, first: &str, second: &str) -> String {
    let fields = r#""contentFields": {"version": "v1", "contentForUser": "Do it."}"#;
    format!(
        r#"{{"version": "1.0", "exportedAt": "2025-08-05T22:05:58.265Z",
            "walkthrough": {{"title": "A", "type": "quickstart"{head}}},
            "steps": [{{"title": "One", {fields}{first}}}, {{"title": "Two", {fields}{second}}}]}}"#
    )
}

#[test]
fn whatever_the_model_has_no_place_for_is_written_back() {
    for (head, first, second) in [
        (r#", "status": null, "tags": null, "metadata": null, "description": null"#, "", ""),
        (r#", "metadata": [1, 2], "owner": "docs team""#, r#", "metadata": "a text", "x": 1"#, ""),
        (r#", "metadata": {"a": 12345678901234567890123}, "metadata2": {}"#, r#", "deep": [[{"b": null}]]"#, ""),
        (r#", "estimatedDurationMinutes": 20.0, "createdAt": 1.75e12"#, r#", "displayOrder": 3.0"#, ""),
        ("", r#", "nextStepReference": -1"#, r#", "nextStepReference": 0"#),
        (r#", "id": "wt_abcdefgh""#, r#", "id": "wts_1""#, r#", "id": 12"#),
        (r#", "waymark": {"id": "wt_x", "later": {"a": 1}}"#, r#", "waymark": {"colour": "red"}"#, ""),
        (r#", "metadata": {"waymark": "theirs"}, "unknown": true"#, r#", "metadata": {}, "unknown": []"#, ""),
    ] {
        check_round_trip(&file(head, first, second));
    }
    let text = file("", "", "").replacen('{', r#"{"tool": {"name": "exporter", "build": 7}, "#, 1);
    check_round_trip(&text);
}

#[test]
fn an_edit_wins_over_what_was_kept() {
    let mut walkthrough =
        import(&file(r#", "status": null, "tags": null"#, r#", "nextStepReference": -1"#, "")).walkthrough;
    walkthrough.status = WalkthroughStatus::Published;
    walkthrough.tags.push("new".to_owned());
    walkthrough.steps[0].next_step_id = Some(walkthrough.steps[1].id.clone());
    let copy: Value = serde_json::from_str(&write(&walkthrough, AT)).expect("JSON");
    assert_eq!(copy["walkthrough"]["status"], "published");
    assert_eq!(copy["walkthrough"]["tags"][0], "new");
    assert_eq!(copy["steps"][0]["nextStepReference"], 1);
}

#[test]
fn ids_and_assignments_come_back_from_our_own_key() {
    let mut walkthrough = import(&file("", r#", "nextStepReference": 1"#, "")).walkthrough;
    walkthrough.assignments.push(Assignment {
        id: AssignmentId::from("msw_1"),
        server: "docs".to_owned(),
        display_order: 2,
        is_enabled: false,
        created_at: Some(Millis(5)),
    });
    assert_eq!(import(&write(&walkthrough, AT)).walkthrough, walkthrough);
}

#[test]
fn a_link_out_of_the_walkthrough_is_written_as_minus_one_and_remembered() {
    let mut walkthrough = import(&file("", "", "")).walkthrough;
    walkthrough.steps[0].next_step_id = Some(StepId::from("wts_elsewhere"));
    let exported = write(&walkthrough, AT);
    let copy: Value = serde_json::from_str(&exported).expect("JSON");
    assert_eq!(copy["steps"][0]["nextStepReference"], -1);
    assert_eq!(copy["steps"][0]["waymark"]["nextStepId"], "wts_elsewhere");
    assert_eq!(write(&import(&exported).walkthrough, AT), exported);
}

#[test]
fn snake_case_is_understood_where_it_is_unambiguous() {
    let text = r#"[{"title": "One", "display_order": 4, "next_step_reference": 1, "created_at": 9,
        "content_fields": {"version": "v1", "content_for_user": "Do it.", "operations_for_agent": null}},
        {"title": "Two", "displayOrder": 5, "display_order": 1, "contentFields": {"contentForUser": "x"}}]"#;
    let ImportedFile { walkthrough, warnings, .. } = import(text);
    let [one, two] = &walkthrough.steps[..] else { panic!("two steps") };
    assert_eq!((one.display_order, two.display_order), (4, 5));
    assert_eq!(one.next_step_id.as_ref(), Some(&two.id));
    assert_eq!(one.content_fields.text(crate::content::Field::ContentForUser), Some("Do it."));
    assert_eq!(one.created_at, Some(Millis(9)));
    assert_eq!(warnings.len(), 2, "a bare list, and content without a version: {warnings:?}");
}

#[test]
fn steps_stand_in_display_order_and_tied_ones_in_the_order_of_the_file() {
    let fields = r#""contentFields": {"version": "v1", "contentForUser": "x"}"#;
    let tied: Vec<String> = (0..50).map(|n| format!(r#"{{"title": "{n}", "displayOrder": 0, {fields}}}"#)).collect();
    let walkthrough = import(&format!("[{}]", tied.join(","))).walkthrough;
    let titles: Vec<String> = walkthrough.steps.iter().map(|step| step.title.clone()).collect();
    assert_eq!(titles, (0..50).map(|n| n.to_string()).collect::<Vec<_>>());

    let text = file("", r#", "displayOrder": 9, "nextStepReference": 1"#, r#", "displayOrder": 2"#);
    let ImportedFile { walkthrough, warnings, .. } = import(&text);
    assert_eq!(walkthrough.steps[0].title, "Two");
    assert_eq!(walkthrough.steps[1].next_step_id.as_ref(), Some(&walkthrough.steps[0].id));
    assert!(warnings.iter().any(|warning| warning.message.contains("displayOrder")));
}

#[test]
fn steps_without_an_order_are_numbered_from_one() {
    let orders: Vec<i32> = import(&file("", "", "")).walkthrough.steps.iter().map(|step| step.display_order).collect();
    assert_eq!(orders, [1, 2]);
}

#[test]
fn incomplete_content_is_imported_with_a_warning() {
    let text = file("", "", "").replace("quickstart", "integration").replace("Do it.", "  ");
    let warnings = import(&text).warnings;
    assert_eq!(warnings.len(), 6, "three required fields in two steps: {warnings:?}");
    assert_eq!(warnings[0].path, "$.steps[0].contentFields.contextForAgent");
}

#[test]
fn content_of_an_unknown_version_is_kept_and_warned_about() {
    let text = file("", "", "").replace(r#""v1""#, r#""v9", "blocks": [1.50]"#);
    let imported = import(&text);
    assert!(matches!(&imported.walkthrough.steps[0].content_fields, ContentFields::Unknown { json }
        if json.as_str() == r#"{"version":"v9","blocks":[1.50],"contentForUser":"Do it."}"#));
    assert_eq!(imported.warnings.len(), 2);
    check_round_trip(&text);
}

#[test]
fn what_production_may_have_and_no_form_would_take_is_read_warned_about_and_written_back() {
    let content = |json: &str| file("", "", "").replacen(r#"{"version": "v1", "contentForUser": "Do it."}"#, json, 1);
    for (text, path, words) in [
        (
            file("", "", "").replace(r#""A""#, &format!("{:?}", "x".repeat(101))),
            "$.walkthrough.title",
            "101 characters",
        ),
        (file("", "", "").replace(r#""A""#, r#"" ""#), "$.walkthrough.title", "empty"),
        (
            file(&format!(r#", "description": {:?}"#, "d".repeat(501)), "", ""),
            "$.walkthrough.description",
            "501 characters",
        ),
        (file("", "", "").replace("Two", &"y".repeat(201)), "$.steps[1].title", "201 characters"),
        (content("null"), "$.steps[0].contentFields", "no object"),
        (content(r#""a text""#), "$.steps[0].contentFields", "no object"),
        (content("[1.50]"), "$.steps[0].contentFields", "no object"),
        (
            content(r#"{"version": "v1", "contentForUser": ["a"]}"#),
            "$.steps[0].contentFields",
            "`contentForUser` is no text",
        ),
        (content(r#"{"contentForUser": 7}"#), "$.steps[0].contentFields", "`contentForUser` is no text"),
    ] {
        let imported = import(&text);
        let warned = imported.warnings.iter().any(|one| one.path == path && one.message.contains(words));
        assert!(warned, "{path}: {:?}", imported.warnings);
        check_round_trip(&text);
    }
}

#[test]
fn every_refusal_names_the_place_and_the_mend() {
    let cases: Vec<(String, &str)> = vec![
        (String::new(), "The file is empty."),
        ("7".to_owned(), "neither a walkthrough export nor a list"),
        ("{\n \"version\": \"1.0\",,}".to_owned(), "line 2, column 19"),
        ("{\"version\": \"1.0\"".to_owned(), "ends in line 1 before it is complete"),
        ("{\"version\": \"1.0\"} x".to_owned(), "not valid JSON"),
        ("[\"a\0b\"]".to_owned(), "NUL character in line 1, column 4"),
        ("{}".to_owned(), "`$.version` is missing"),
        (file("", "", "").replace("\"1.0\"", "\"2.0\""), "`$.version` is \"2.0\""),
        (r#"{"version": "1.0", "steps": []}"#.to_owned(), "`$.walkthrough` is missing"),
        (r#"{"version": "1.0", "walkthrough": {"title": "A", "type": "course"}}"#.to_owned(), "`$.steps` is missing"),
        (file("", "", "").replace(r#""title": "A", "#, ""), "`$.walkthrough.title` is missing"),
        (file("", "", "").replace(r#""A""#, "[]"), "`$.walkthrough.title` must be a text; it is a list"),
        (file("", "", "").replace("quickstart", "novel"), "`$.walkthrough.type`: there is no walkthrough type `novel`"),
        (file("", "", "").replace(r#", "type": "quickstart""#, ""), "`$.walkthrough.type` is missing"),
        (file(r#", "status": "live""#, "", ""), "`$.walkthrough.status`"),
        (file(r#", "tags": ["a", 1]"#, "", ""), "`$.walkthrough.tags[1]` must be a text; it is `1`"),
        (file(r#", "estimatedDurationMinutes": 2.5"#, "", ""), "must be a whole number; it is `2.5`"),
        (file(r#", "estimatedDurationMinutes": -2"#, "", ""), "must be zero or more minutes"),
        (file(r#", "createdAt": "yesterday""#, "", ""), "`$.walkthrough.createdAt` must be a whole number"),
        (file(r#", "metadata": {"a": ["\u0000"]}"#, "", ""), "`$.walkthrough.metadata` contains a NUL"),
        (file(r#", "x": "\u0000""#, "", ""), "`$.walkthrough.x` contains a NUL"),
        (file(r#", "waymark": 3"#, "", ""), "`$.walkthrough.waymark` must be an object"),
        (file("", "", "").replace("Do it.", "a\\u0000"), "`$.steps[0].contentFields.contentForUser` contains a NUL"),
        (file("", "", "").replace("\"Two\"", "null"), "`$.steps[1].title` is missing"),
        (file("", r#", "displayOrder": 3000000000"#, ""), "`$.steps[0].displayOrder` must be a whole number"),
        (file("", r#", "nextStepReference": 0"#, ""), "`$.steps[0].nextStepReference` is 0: the step points to itself"),
        (file("", r#", "nextStepReference": 2"#, ""), "the last step has the index 1"),
        (file("", r#", "nextStepReference": -2"#, ""), "must be the index of a step"),
        (file("", r#", "id": "wts_1""#, r#", "waymark": {"id": "wts_1"}"#), "`$.steps[1]` names `wts_1`"),
        (r#"[{"title": "One"}]"#.to_owned(), "`$[0].contentFields` is missing"),
        (r#"["One"]"#.to_owned(), "`$[0]` must be an object; it is `\"One\"`"),
    ];
    for (text, expected) in cases {
        let error = refuse(&text);
        assert!(error.message.contains(expected), "expected `{expected}`, found `{}`", error.message);
    }
}

#[test]
fn five_thousand_steps_and_deep_nesting_are_fine_and_more_steps_are_refused() {
    let step = |n: usize| format!(r#"{{"title": "{n}", "contentFields": {{"version": "v1", "contentForUser": "x"}}}}"#);
    let list = |count: usize| format!("[{}]", (0..count).map(step).collect::<Vec<_>>().join(","));
    let imported = import(&list(5_000));
    assert_eq!(imported.walkthrough.steps.len(), 5_000);
    assert_eq!(import(&write(&imported.walkthrough, AT)).walkthrough, imported.walkthrough);
    assert!(refuse(&list(5_001)).message.contains("5001 steps"));

    let deep = format!(r#", "metadata": {}{}"#, "[".repeat(10_000), "]".repeat(10_000));
    let imported = import(&file(&deep, "", ""));
    assert_eq!(import(&write(&imported.walkthrough, AT)).walkthrough, imported.walkthrough);
}

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[^\u{0}]{0,30}").expect("a valid pattern")
}

fn title() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-zA-Zäöü\"\\\\/ \u{1F95F}]{0,40}x").expect("a valid pattern")
}

fn metadata() -> impl Strategy<Value = Option<FreeJson>> {
    let leaf = prop_oneof![
        Just("true".to_owned()),
        "-?[1-9][0-9]{0,30}(\\.[0-9]{1,4})?".prop_map(|number| number),
        text().prop_map(|text| FreeJson::of(&text).as_str().to_owned()),
    ];
    let tree = leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..3).prop_map(|members| {
                let members: Vec<_> = members.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    });
    prop::option::of(tree.prop_map(|text| FreeJson::parse(&text).expect("built as JSON")))
}

fn content() -> impl Strategy<Value = ContentFields> {
    let texts =
        (prop::option::of(text()), prop::option::of(text()), prop::option::of(text()), prop::option::of(text()));
    prop_oneof![
        4 => texts.prop_map(|(introduction, context, user, operations)| {
            ContentFields::V1(FieldsV1 {
                introduction_for_agent: introduction,
                context_for_agent: context,
                content_for_user: user,
                operations_for_agent: operations,
                extra: vec![("theirs".to_owned(), FreeJson::of(&1.5))],
            })
        }),
        1 => Just(ContentFields::Unknown { json: FreeJson::parse(r#"{"version":"v2","a":[]}"#).expect("valid") }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    (title(), content(), 0..5i32, prop::option::of(0..9i64), metadata()).prop_map(
        |(title, content_fields, display_order, at, metadata)| Step {
            id: StepId::mint(random),
            title,
            content_fields,
            display_order,
            next_step_id: None,
            created_at: at.map(Millis),
            updated_at: at.map(Millis),
            metadata,
        },
    )
}

fn any_walkthrough() -> impl Strategy<Value = Walkthrough> {
    let head = (title(), prop::option::of(text()), 0..5usize, 0..3usize, prop::option::of(0..90i32), metadata());
    let links = prop::collection::vec(prop::option::of(any::<prop::sample::Index>()), 8);
    (head, prop::collection::vec(text(), 0..4), prop::collection::vec(step(), 0..8), links).prop_map(
        |((title, description, kind, status, minutes, metadata), tags, mut steps, links)| {
            crate::walkthrough::sort_steps(&mut steps);
            let ids: Vec<StepId> = steps.iter().map(|step| step.id.clone()).collect();
            for (step, link) in steps.iter_mut().zip(links) {
                step.next_step_id = link.map(|link| link.get(&ids).clone()).filter(|next| *next != step.id);
            }
            Walkthrough {
                id: WalkthroughId::mint(random),
                title,
                description,
                kind: WalkthroughType::ALL[kind],
                status: WalkthroughStatus::ALL[status],
                created_at: Some(Millis(1)),
                updated_at: None,
                estimated_duration_minutes: minutes,
                tags,
                metadata,
                steps,
                assignments: Vec::new(),
            }
        },
    )
}

proptest! {
    #[test]
    fn any_walkthrough_comes_back_as_it_was_and_exports_the_same_bytes(walkthrough in any_walkthrough()) {
        let exported = write(&walkthrough, AT);
        let back = read(&exported, "unused", random).map_err(|error| TestCaseError::fail(error.to_string()))?.walkthrough;
        prop_assert_eq!(&back, &walkthrough);
        prop_assert_eq!(write(&back, AT), exported);
    }

    #[test]
    fn any_text_is_read_or_refused_and_never_panics(text in ".{0,200}") {
        let _ = read(&text, "A list", random);
    }

    #[test]
    fn a_damaged_export_is_read_or_refused_and_never_panics(
        walkthrough in any_walkthrough(),
        at in any::<prop::sample::Index>(),
        with in "[\\PC{}\\[\\],:\"0-9-]{0,3}",
    ) {
        let mut text: Vec<char> = write(&walkthrough, AT).chars().collect();
        let place = at.index(text.len());
        text.splice(place..(place + 1).min(text.len()), with.chars());
        let _ = read(&text.into_iter().collect::<String>(), "A list", random);
    }
}
