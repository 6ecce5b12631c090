//! `waymark snippet`: blocks of text by name.

use crate::command::Waymark;
use serde_json::json;

#[test]
fn snippets_are_added_listed_replaced_and_removed() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One"]);
    let text = waymark.file("ask.md", "Ask before you run anything.\n");
    let added = waymark.json(&["snippet", "add", "ask-first", "--from", &text]);
    assert_eq!(added, json!({ "name": "ask-first", "text": "Ask before you run anything.\n" }));

    let again = waymark.run(&["snippet", "add", "ask-first", "--from", &text]);
    assert_eq!(again.status, 2, "a name is taken once: {again:?}");
    assert!(again.stderr.contains("There is a snippet `ask-first` already."), "{again:?}");
    let other = waymark.file("other.md", "Ask, then run.\n");
    waymark.json(&["snippet", "add", "ask-first", "--from", &other, "--update"]);
    assert!(waymark.run(&["snippet", "list"]).stdout.contains("ask-first  Ask, then run."));

    let bad = waymark.run(&["snippet", "add", "two words", "--from", &text]);
    assert_eq!(bad.status, 2, "{bad:?}");
    assert_eq!(waymark.json(&["snippet", "remove", "ask-first"])["text"], "Ask, then run.\n");
    assert_eq!(waymark.run(&["snippet", "remove", "ask-first"]).status, 3);
    assert_eq!(waymark.json(&["snippet", "list"]), json!({ "snippets": [] }));
}
