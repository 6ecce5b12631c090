//! Several steps at once, sections and templates through the real command.

use crate::command::Waymark;
use serde_json::Value;

fn titles(waymark: &Waymark, walkthrough: &str) -> Vec<String> {
    let shown = waymark.json(&["show", walkthrough]);
    let steps = shown["steps"].as_array().expect("steps");
    steps.iter().map(|step| step["title"].as_str().expect("a title").to_owned()).collect()
}

#[test]
fn steps_move_copy_and_go_together() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["A", "B", "C", "D"]);
    let moved = waymark.json(&["step", "move", "Tour", "3", "1", "--to", "2"]);
    assert_eq!(moved["step_ids"].as_array().map(Vec::len), Some(2));
    assert_eq!(titles(&waymark, "Tour"), ["B", "A", "C", "D"], "they keep the order in which they stand");
    waymark.json(&["step", "duplicate", "Tour", "1", "2"]);
    assert_eq!(titles(&waymark, "Tour"), ["B", "A", "B (copy)", "A (copy)", "C", "D"]);
    waymark.json(&["step", "delete", "Tour", "1", "3", "6"]);
    assert_eq!(titles(&waymark, "Tour"), ["A", "A (copy)", "C"]);
    let outcome = waymark.run(&["step", "delete", "Tour", "1", "9"]);
    assert_eq!(outcome.status, 3, "{outcome:?}");
    assert_eq!(titles(&waymark, "Tour").len(), 3, "all or none");
}

#[test]
fn sections_survive_a_file_and_never_reach_an_agent() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["A", "B", "C"]);
    waymark.json(&["step", "section", "Tour", "1", "2", "--name", "Sectioned"]);
    let section = |library: &Waymark| -> Value {
        library.json(&["show", "Tour"])["steps"][1]["metadata"]["waymark"]["section"].clone()
    };
    assert_eq!(section(&waymark), "Sectioned");
    assert!(!waymark.run(&["render", "Tour", "--step", "2"]).stdout.contains("Sectioned"));

    let file = waymark.run(&["export", "Tour"]).stdout;
    let other = Waymark::new();
    assert_eq!(other.run_with(&["import", "-"], &file).status, 0);
    assert_eq!(section(&other), "Sectioned");

    waymark.json(&["step", "section", "Tour", "1", "2", "--none"]);
    assert_eq!(section(&waymark), Value::Null);
}

#[test]
fn a_walkthrough_begins_with_a_template() {
    let waymark = Waymark::new();
    let listed = waymark.json(&["template", "list"]);
    assert_eq!(listed["templates"].as_array().map(Vec::len), Some(5), "one for each type");
    waymark.json(&["new", "--template", "Symptom to cause", "--title", "Builds hang"]);
    assert_eq!(waymark.json(&["show", "Builds hang"])["type"], "troubleshooting");

    waymark.json(&["step", "delete", "Builds hang", "1", "2"]);
    waymark.json(&["template", "save", "Builds hang", "--name", "Ours", "--about", "Short."]);
    waymark.json(&["new", "--template", "Ours", "--title", "Again"]);
    assert_eq!(titles(&waymark, "Again").len(), 3);
    waymark.json(&["template", "remove", "Ours"]);
    let outcome = waymark.run(&["new", "--template", "Ours", "--title", "Third"]);
    assert_eq!(outcome.status, 3, "{outcome:?}");
    assert_eq!(waymark.run(&["new", "--title", "Neither"]).status, 2);
}
