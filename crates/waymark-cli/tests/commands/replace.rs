//! Find and replace from the command line: shown, done, taken back, with the exit status that scripts rely on.

use crate::command::Waymark;
use serde_json::json;

fn filled() -> Waymark {
    let waymark = Waymark::new();
    waymark.make("course", "Acme tour", &["Meet acme", "Leave"]);
    waymark.make("course", "Other", &["Only here"]);
    let text = waymark.file("text.md", "Acme 1.2 and acme 3.4");
    waymark.json(&["step", "edit", "Other", "1", "--field", "content_for_user", "--from", &text]);
    waymark
}

#[test]
fn what_a_dry_run_shows_is_replaced_and_taken_back() {
    let waymark = filled();
    let shown = waymark.json(&["replace", "acme", "Zenith", "--dry-run"]);
    assert_eq!((&shown["is_dry_run"], &shown["occurrences_total"]), (&json!(true), &json!(4)));
    let place = &shown["walkthroughs"][1]["places"][0];
    assert_eq!((&place["part"], &place["occurrences"][0]["becomes"]), (&json!("content_for_user"), &json!("Zenith")));
    let printed = waymark.run(&["replace", "acme", "Zenith", "--dry-run"]);
    assert!(printed.stdout.contains("step 1, user:1: [-Acme-]{+Zenith+} 1.2 and acme 3.4"), "{}", printed.stdout);
    assert!(waymark.json(&["list", "--search", "zenith"])["walkthroughs"].as_array().is_some_and(Vec::is_empty));

    let done = waymark.json(&["replace", "acme", "Zenith"]);
    assert_eq!((&done["replaced"], &done["skipped"]), (&json!(4), &json!([])));
    assert_eq!(waymark.json(&["show", "Zenith tour"])["steps"][0]["title"], "Meet Zenith");
    let change = done["change"].as_str().expect("an id").to_owned();
    assert_eq!(waymark.json(&["replace", "--list"])["changes"][0]["id"], change.as_str());
    let undone = waymark.json(&["replace", "--undo"]);
    assert_eq!((&undone["undone"], &undone["kept"]), (&json!(2), &json!([])));
    assert_eq!(waymark.json(&["show", "Acme tour"])["steps"][0]["title"], "Meet acme");
    assert_eq!(waymark.run(&["replace", "--undo", &change]).status, 1, "it was taken back already");
}

#[test]
fn options_narrow_it() {
    let waymark = filled();
    let total = |arguments: &[&str]| {
        let arguments = [&["replace"], arguments, &["--dry-run"]].concat();
        waymark.json(&arguments)["occurrences_total"].as_u64().expect("a number")
    };
    assert_eq!(total(&["acme", "x", "--case"]), 2);
    assert_eq!(total(&["acm", "x", "--word"]), 0);
    assert_eq!(total(&["acme", "x", "--in", "title"]), 2);
    assert_eq!(total(&["acme", "x", "Other"]), 2);
    assert_eq!(total(&["acme", "x", "--filter", "in:title leave"]), 2);
    waymark.json(&["replace", r"(\d)\.(\d)", "v$1-$2", "--regex"]);
    let text = waymark.json(&["show", "Other"])["steps"][0]["content_fields"]["contentForUser"].clone();
    assert_eq!(text, "Acme v1-2 and acme v3-4");
}

#[test]
fn what_makes_no_sense_is_refused_and_nothing_found_is_no_failure() {
    let waymark = filled();
    for (arguments, status, words) in [
        (&["replace", "(", "x", "--regex"][..], 2, "no regular expression"),
        (&["replace", "(a)", "$2", "--regex"], 2, "no group `2`"),
        (&["replace", "acme"], 2, "required"),
        (&["replace", "a", "b", "--in", "tags"], 2, "There is no text `tags`"),
        (&["replace", "a", "b", "Nowhere"], 3, "Nowhere"),
        (&["replace", "--undo", "bulk_none"], 3, "no change"),
        (&["replace", "nothing like this", "x"], 0, "Nothing was replaced"),
    ] {
        let outcome = waymark.run(arguments);
        assert_eq!(outcome.status, status, "{arguments:?}: {outcome:?}");
        assert!(outcome.stderr.contains(words), "{arguments:?}: {outcome:?}");
    }
    let long = "long ".repeat(30);
    let outcome = waymark.run(&["replace", "tour", &long]);
    assert_eq!(outcome.status, 1, "a title would be too long: {outcome:?}");
    assert!(outcome.stderr.contains("Left as it is: Acme tour, title"), "{outcome:?}");
}

#[test]
fn several_walkthroughs_are_tagged_at_once() {
    let waymark = filled();
    let done = waymark.json(&["tag", "Acme tour", "Other", "--add", "helm", "--add", "disk"]);
    assert_eq!(done["changed"].as_array().map(Vec::len), Some(2));
    waymark.json(&["tag", "Other", "--remove", "helm"]);
    assert_eq!(waymark.json(&["list", "--search", "tag:helm"])["walkthroughs"][0]["title"], "Acme tour");
    assert_eq!(waymark.json(&["list", "--search", "tag:disk"])["walkthroughs"].as_array().map(Vec::len), Some(2));
}

#[test]
fn changes_to_several_walkthroughs_are_listed_whatever_they_are_and_taken_back() {
    let waymark = filled();
    let tagged = waymark.json(&["tag", "Acme tour", "Other", "--add", "helm"]);
    let change = tagged["changes"][0].as_str().expect("an id").to_owned();
    waymark.json(&["replace", "acme", "Zenith"]);
    let listed = waymark.json(&["bulk", "list"]);
    let kinds: Vec<_> = listed["changes"].as_array().expect("a list").iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["replace", "add_tags"]);
    assert_eq!(listed["changes"][1]["id"], change.as_str());

    assert_eq!(waymark.json(&["bulk", "undo"])["undone"], 2, "the last one");
    assert_eq!(waymark.json(&["bulk", "undo", &change])["undone"], 2);
    assert_eq!(waymark.json(&["show", "Acme tour"])["tags"].as_array().map(Vec::len), Some(0));
    for (arguments, status) in
        [(&["bulk", "undo"][..], 3), (&["bulk", "undo", &change], 1), (&["bulk", "undo", "x"], 3)]
    {
        let outcome = waymark.run(arguments);
        assert_eq!(outcome.status, status, "{outcome:?}");
    }
    let plain = waymark.run(&["tag", "Other", "--add", "disk"]);
    assert!(plain.stderr.contains("waymark bulk undo bulk_"), "{plain:?}");
}
