//! `waymark preview` through the real command: what it prints, keeps and compares, and its exit statuses.

use serde_json::{Value, json};

use crate::command::Waymark;

fn tour() -> Waymark {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One", "Two", "Three"]);
    for (step, text) in [("1", "Say one."), ("2", "Say two."), ("3", "Say three.")] {
        set(&waymark, step, text);
    }
    waymark
}

fn set(waymark: &Waymark, step: &str, text: &str) {
    let set = waymark.run_with(&["step", "edit", "Tour", step, "--field", "content_for_user", "--from", "-"], text);
    assert_eq!(set.status, 0, "{set:?}");
}

/// What was done in each turn.
fn actions(conversation: &Value) -> Vec<&str> {
    let turns = conversation["turns"].as_array().expect("turns").iter();
    turns.map(|turn| turn["action"].as_str().unwrap_or("edit")).collect()
}

#[test]
fn a_conversation_is_printed_turn_by_turn() {
    let waymark = tour();
    let printed = waymark.run(&["preview", "Tour", "--moves", "next,wrong-id,rename:3:Last", "--to-end"]);
    assert_eq!(printed.status, 0, "{printed:?}");
    for part in [
        "Tools: start_walkthrough, get_next_step, get_walkthrough_status, reset_walkthrough_progress (",
        "Turn 1 · step 1 `One` · auto_start · 0 of 3 steps done · ",
        "  Learner: Hello. Please guide me through “Tour”.",
        "  Agent:   start_walkthrough {}",
        "  | Say one.",
        "Turn 3 · error: invalid_step · 1 of 3 steps done · ",
        "  (The author renamed step 3, “Three”, to “Last”.)",
        "step 3 `Last` · advance · 2 of 3 steps done",
        "The walkthrough is complete.",
        " tokens (o200k_base) in all, ",
    ] {
        assert!(printed.stdout.contains(part), "{part} is not in {}", printed.stdout);
    }
    let rendered = waymark.run(&["render", "Tour", "--step", "1"]).stdout;
    let conversation = waymark.json(&["preview", "Tour"]);
    let segments = conversation["turns"][0]["detail"]["segments"].as_array().expect("segments");
    let text: String = segments.iter().map(|segment| segment["text"].as_str().expect("a text")).collect();
    assert_eq!(text, rendered, "the agent is given what `render` prints");
    let wire = waymark.run(&["preview", "Tour", "--wire"]).stdout;
    assert!(
        wire.contains("  >   \"method\": \"tools/call\",") && wire.contains("  <     \"isError\": false"),
        "{wire}"
    );
    assert_eq!(waymark.json(&["show", "Tour"])["steps"][2]["title"], "Three", "the draft is never changed");
}

#[test]
fn every_scenario_and_both_profiles_are_played() {
    let waymark = tour();
    waymark.make("course", "Other", &["X"]);
    for (scenario, expected) in [
        ("resume", json!(["auto_start", "advance", "auto_start"])),
        ("restart", json!(["auto_start", "advance", "restart"])),
        ("several", json!(["list", "start_named"])),
        ("step-removed", json!(["auto_start", "advance", "edit"])),
        ("last-step", json!(["auto_start", "advance", "advance"])),
    ] {
        let conversation = waymark.json(&["preview", "Tour", "--scenario", scenario]);
        assert_eq!(json!(actions(&conversation)), expected, "{scenario}");
    }
    let older = waymark.json(&["preview", "Tour", "--profile", "v1", "--to-end"]);
    assert_eq!(actions(&older), ["list", "start_named", "advance", "advance", "complete"]);
    assert_eq!(older["is_finished"], true);
}

#[test]
fn a_conversation_that_was_saved_is_compared_with_the_draft() {
    let waymark = tour();
    let file = waymark.path("first.json").display().to_string();
    let saved = waymark.run(&["preview", "Tour", "--to-end", "--save", &file]);
    assert_eq!(saved.status, 0, "{saved:?}");
    let again = waymark.run(&["preview", "Tour", "--save", &file, "--json"]);
    assert_eq!(again.status, 1, "{again:?}");
    assert!(again.json()["error"]["hint"].as_str().is_some_and(|hint| hint.contains("--force")), "{again:?}");

    let same = waymark.run(&["preview", "Tour", "--replay", &file]);
    assert_eq!((same.status, same.stdout.as_str()), (0, ""), "{same:?}");
    set(&waymark, "2", "Say something else.");
    let changed = waymark.run(&["preview", "Tour", "--replay", &file]);
    assert_eq!(changed.status, 1, "{changed:?}");
    assert!(changed.stdout.starts_with("turn 2 (step 2 `Two`)"), "{changed:?}");
    assert!(changed.stdout.contains("- Say two.") && changed.stdout.contains("+ Say something else."), "{changed:?}");
    let differences = waymark.run(&["preview", "Tour", "--replay", &file, "--json"]);
    assert_eq!(differences.json()["differences"].as_array().map(Vec::len), Some(1));
    assert_eq!(waymark.run(&["preview", "Tour", "--to-end", "--save", &file, "--force"]).status, 0);
    assert_eq!(waymark.run(&["preview", "Tour", "--replay", &file]).status, 0);
}

#[test]
fn what_cannot_be_played_is_refused_and_says_why() {
    let waymark = tour();
    let other = waymark.file("other.json", "{\"version\":\"9\"}");
    for (arguments, status, says) in [
        (vec!["preview", "Nowhere"], 3, "Nowhere"),
        (vec!["preview", "Tour", "--moves", "jump"], 2, "There is no move `jump`"),
        (vec!["preview", "Tour", "--scenario", "later"], 2, "There is no scenario `later`"),
        (vec!["preview", "Tour", "--replay", &other], 2, "format `9`"),
        (vec!["preview", "Tour", "--replay", "none.json"], 3, "none.json"),
        (vec!["preview", "Tour", "--replay", &other, "--moves", "next"], 2, "--replay"),
        (vec!["preview", "Tour", "--connection", "nowhere"], 3, "nowhere"),
    ] {
        let outcome = waymark.run(&[&arguments[..], &["--json"]].concat());
        assert_eq!(outcome.status, status, "{arguments:?}: {outcome:?}");
        assert!(outcome.stdout.contains(says), "{arguments:?}: {outcome:?}");
    }
}
