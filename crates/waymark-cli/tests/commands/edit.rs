//! What a walkthrough says of itself, changed without a window, and taken back.

use serde_json::json;

use crate::command::Waymark;

#[test]
fn every_detail_is_changed_as_one_edit_and_taken_back_by_one_undo() {
    let waymark = Waymark::new();
    let id = waymark.make("course", "Tour", &["One"]);
    let before = waymark.json(&["show", &id]);
    let metadata = waymark.file("metadata.json", r#"{"owner":"docs","big":12345678901234567890,"ratio":1.50}"#);
    let edit = ["edit", "Tour", "--title", "Grand tour", "--description", "What it is for.", "--type", "installer"];
    let more = ["--duration", "15", "--status", "archived", "--tag", "helm", "--tag", "disk", "--metadata", &metadata];
    let changed = waymark.json(&[&edit[..], &more[..]].concat());
    assert_eq!((&changed["id"], &changed["title"]), (&json!(id), &json!("Grand tour")));
    assert_eq!((&changed["can_undo"], &changed["can_redo"]), (&json!(true), &json!(false)));
    let after = waymark.run(&["show", &id, "--json"]);
    let shown = after.json();
    for (key, value) in [
        ("title", json!("Grand tour")),
        ("description", json!("What it is for.")),
        ("type", json!("installer")),
        ("estimated_duration_minutes", json!(15)),
        ("status", json!("archived")),
        ("tags", json!(["helm", "disk"])),
    ] {
        assert_eq!(shown[key], value, "{key}");
    }
    assert!(after.stdout.contains("12345678901234567890") && after.stdout.contains("1.50"), "{}", after.stdout);

    assert_eq!(waymark.json(&["undo", &id])["title"], "Tour");
    let same = ["title", "description", "type", "status", "tags", "estimated_duration_minutes", "metadata"];
    let undone = waymark.json(&["show", &id]);
    assert!(same.iter().all(|key| undone[key] == before[key]), "{undone}");
    let redone = waymark.json(&["redo", &id]);
    assert_eq!((&redone["title"], &redone["can_redo"]), (&json!("Grand tour"), &json!(false)));

    waymark.json(&["edit", &id, "--description", "", "--no-duration", "--no-tags", "--no-metadata"]);
    let emptied = waymark.json(&["show", &id]);
    assert_eq!((&emptied["description"], &emptied["metadata"]), (&json!(null), &json!(null)));
    assert_eq!((&emptied["estimated_duration_minutes"], &emptied["tags"]), (&json!(null), &json!([])));
}

#[test]
fn a_certificate_and_a_steps_metadata_come_from_files_and_go_again() {
    let waymark = Waymark::new();
    let id = waymark.make("course", "Tour", &["One"]);
    let settings = r#"{"enabled":true,"threshold":80,"title":"Well done","body":"{learner} did it."}"#;
    let outcome = waymark.run_with(&["edit", &id, "--certificate", "-", "--json"], settings);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert_eq!(waymark.json(&["show", &id])["certificate"]["threshold"], 80);
    waymark.json(&["edit", &id, "--no-certificate"]);
    assert_eq!(waymark.json(&["show", &id])["certificate"], json!(null));

    let metadata = waymark.file("step.json", r#"{"screen":"login"}"#);
    waymark.json(&["step", "edit", &id, "1", "--metadata", &metadata]);
    assert_eq!(waymark.json(&["show", &id])["steps"][0]["metadata"]["screen"], "login");
    waymark.json(&["step", "edit", &id, "1", "--no-metadata"]);
    assert_eq!(waymark.json(&["show", &id])["steps"][0]["metadata"], json!(null));
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One"]);
    waymark.make("course", "Other", &[]);
    let before = waymark.json(&["show", "Tour"]);
    let broken = waymark.file("broken.json", "{");
    let nobody = waymark.file("nobody.json", r#"{"enabled":true,"title":"Well done","body":"For nobody."}"#);
    for (arguments, status, words) in [
        (&["edit", "Tour"][..], 2, "nothing to change"),
        (&["edit", "Tour", "--title", ""], 2, "empty"),
        (&["edit", "Tour", "--duration", "-5"], 2, "-5 minutes"),
        (&["edit", "Tour", "--title", "Other"], 2, "Other"),
        (&["edit", "Tour", "--type", "sermon"], 2, "sermon"),
        (&["edit", "Tour", "--status", "gone"], 2, "gone"),
        (&["edit", "Tour", "--metadata", &broken], 2, "JSON"),
        (&["edit", "Tour", "--certificate", &nobody], 2, "{learner}"),
        (&["edit", "Tour", "--duration", "3", "--no-duration"], 2, "cannot be used with"),
        (&["edit", "Nowhere", "--title", "x"], 3, "Nowhere"),
        (&["redo", "Tour"], 1, "nothing to do again"),
        (&["undo", "Other"], 1, "nothing to undo"),
        (&["undo", "Nowhere"], 3, "Nowhere"),
    ] {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let outcome = waymark.run(&arguments);
        assert_eq!(outcome.status, status, "{arguments:?}: {outcome:?}");
        let error = &outcome.json()["error"];
        assert!(error["message"].as_str().is_some_and(|message| message.contains(words)), "{arguments:?}: {error}");
        assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{arguments:?}: {error}");
    }
    assert_eq!(waymark.json(&["show", "Tour"]), before);
}
