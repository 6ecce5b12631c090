//! `waymark review`, and bundles: comments there and back.

use crate::command::Waymark;
use serde_json::json;

#[test]
fn comments_are_made_answered_resolved_and_listed() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One"]);
    let text = waymark.file("one.md", "Press the blue button, then the blue lever.\n");
    waymark.json(&["step", "edit", "Tour", "1", "--field", "content_for_user", "--from", &text]);
    assert_eq!(waymark.json(&["review", "name", "Ada"])["name"], "Ada");
    let on = ["--step", "1", "--field", "content_for_user"];
    let comment =
        |quote: &[&str]| waymark.run(&[&["review", "comment", "Tour", "Which?"], &on[..], quote, &["--json"]].concat());
    assert_eq!(comment(&["--quote", "blue"]).status, 2, "it stands there twice");
    assert_eq!(comment(&["--quote", "green"]).status, 2);
    let thread = comment(&["--quote", "blue", "--nth", "2"]).json()["thread"].clone();
    assert_eq!((&thread["spot"]["from"], &thread["target"]["anchor"]["quote"]), (&json!(32), &json!("blue")));
    let id = thread["id"].as_str().expect("an id").to_owned();
    waymark.json(&["review", "reply", "Tour", &id, "The lever."]);
    assert_eq!(waymark.json(&["review", "resolve", "Tour", &id])["thread"]["is_resolved"], true);
    assert_eq!(waymark.json(&["review", "comments", "Tour", "--open"])["threads"], json!([]));
    let turn = waymark.json(&["review", "comment", "Tour", "Too abrupt.", "--turn", "1"]);
    assert_eq!(turn["thread"]["comments"][0]["turn"]["number"], 1);
    assert_eq!(waymark.run(&["review", "comment", "Tour", "x", "--turn", "999"]).status, 3);
    let listed = waymark.run(&["review", "comments", "Tour"]).stdout;
    assert!(listed.contains("Step 1, One · user content · resolved") && listed.contains("The lever."), "{listed}");
    assert_eq!(waymark.run(&["review", "reply", "Tour", "cmt_none", "x"]).status, 3);
}

#[test]
fn an_approval_is_of_one_content() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One"]);
    let state = || waymark.json(&["review", "state", "Tour"]);
    assert_eq!(state()["state"], "draft");
    waymark.json(&["review", "state", "Tour", "--set", "in-review"]);
    let approved = waymark.json(&["review", "approve", "Tour", "--note", "Tried."]);
    assert_eq!((&approved["state"], &approved["is_approved"]), (&json!("approved"), &json!(true)));
    let seen = approved["content_hash"].as_str().expect("a hash").to_owned();
    waymark.json(&["edit", "Tour", "--duration", "15"]);
    let void = state();
    assert_eq!((&void["state"], &void["standing"]["void"]["note"]), (&json!("in_review"), &json!("Tried.")));
    let late = waymark.run(&["review", "approve", "Tour", "--content", &seen]);
    assert_eq!(late.status, 1, "{late:?}");
    waymark.json(&["undo", "Tour"]);
    assert_eq!(state()["is_approved"], true);
    assert_eq!(waymark.json(&["review", "request-changes", "Tour"])["state"], "changes_requested");
}

#[test]
fn a_bundle_goes_to_somebody_else_and_merges_back() {
    let (ada, bo) = (Waymark::new(), Waymark::new());
    ada.make("course", "Tour", &["One"]);
    let file = ada.path("tour.waymark").display().to_string();
    ada.json(&["export", "Tour", "--format", "bundle", "-o", &file]);
    let came = bo.json(&["import", &file]);
    assert_eq!(came["walkthroughs"][0]["outcome"], "created");
    let report = bo.file("report.json", r#"[{"step_number": 1, "step_title": "One", "gap_type": "clarity", "severity": "warning", "description": "Which?"}]"#);
    assert_eq!(
        bo.json(&["review", "import-audit", "Tour", &report]),
        json!({ "findings": 1, "added": 1, "unplaced": 0 })
    );
    assert_eq!(bo.json(&["review", "import-audit", "Tour", &report])["added"], 0);
    bo.json(&["review", "approve", "Tour"]);
    bo.json(&["export", "Tour", "--format", "bundle", "-o", &file, "--force"]);
    let foreseen = ada.json(&["import", &file, "--dry-run"]);
    assert_eq!(foreseen["walkthroughs"][0]["review"]["news"]["comments"], 1);
    let merged = ada.json(&["import", &file]);
    assert_eq!(merged["walkthroughs"][0]["outcome"], "reviewed");
    assert_eq!(ada.json(&["review", "state", "Tour"])["is_approved"], true);

    ada.json(&["edit", "Tour", "--duration", "15"]);
    let other = ada.run(&["import", &file, "--json"]);
    assert_eq!((other.status, &other.json()["walkthroughs"][0]["outcome"]), (1, &json!("reviewed")));
    assert_eq!(ada.json(&["show", "Tour"])["estimated_duration_minutes"], 15, "the draft keeps its own");
    let broken = ada.file("broken.waymark", b"PK\x03\x04 and no more");
    let refused = ada.run(&["import", &broken]);
    assert!(refused.status == 2 && refused.stderr.contains("damaged"), "{refused:?}");
}
