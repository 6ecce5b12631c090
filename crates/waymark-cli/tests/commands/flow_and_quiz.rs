//! `waymark link` and `waymark quiz` through the real command: shapes, words and exit statuses.

use crate::command::Waymark;
use serde_json::{Value, json};

const QUIZ: &str = r#"{"required":true,"pass_mark":60,"later":12345678901234567890,"questions":[
    {"id":"q1","kind":"single_choice","prompt":"Which?","points":3,"options":[{"id":"a","text":"run"},{"id":"b","text":"status","correct":true}]},
    {"kind":"true_false","prompt":"Sure?","points":2,"answer":false}]}"#;

fn tour() -> Waymark {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One", "Two", "Three"]);
    waymark
}

fn kinds(flow: &Value) -> Vec<&str> {
    let steps = flow["steps"].as_array().expect("steps");
    steps.iter().map(|step| step["link"]["kind"].as_str().expect("a kind")).collect()
}

#[test]
fn a_link_is_set_made_plain_and_removed() {
    let waymark = tour();
    assert_eq!(kinds(&waymark.json(&["link", "Tour"])), ["none", "none", "none"]);
    let flow = waymark.json(&["link", "Tour", "1", "3"]);
    assert_eq!(kinds(&flow), ["jump", "none", "none"]);
    assert_eq!(flow["steps"][1]["is_passed_over"], true);
    assert_eq!(flow["order"], "display");
    let words = waymark.run(&["link", "Tour"]).stdout;
    assert!(words.contains("The order of the steps decides.") && words.contains("no way leads here"), "{words}");
    assert_eq!(waymark.json(&["link", "Tour", "--order", "linked"])["order"], "linked");
    assert_eq!(kinds(&waymark.json(&["link", "Tour", "--plain"])), ["plain", "plain", "none"]);
    assert_eq!(kinds(&waymark.json(&["link", "Tour", "2", "--none"])), ["plain", "none", "none"]);
    for (arguments, status) in [
        (vec!["link", "Tour", "1"], 2),
        (vec!["link", "Tour", "1", "1"], 2),
        (vec!["link", "Tour", "1", "2", "--none"], 2),
        (vec!["link", "Tour", "1", "9"], 3),
        (vec!["link", "Nowhere", "1", "2"], 3),
    ] {
        let outcome = waymark.run(&[&arguments[..], &["--json"]].concat());
        assert_eq!(outcome.status, status, "{arguments:?}: {outcome:?}");
        assert!(outcome.json()["error"]["message"].is_string());
    }
}

#[test]
fn a_quiz_is_set_shown_scored_exported_and_removed() {
    let waymark = tour();
    let file = waymark.file("quiz.json", QUIZ);
    let set = waymark.json(&["quiz", "Tour", "2", "--from", &file]);
    let second = set["quiz"]["questions"][1]["id"].as_str().expect("an id is made").to_owned();
    assert!(second.starts_with("q_"));
    assert!(
        waymark.run(&["quiz", "Tour", "2", "--json"]).stdout.contains("12345678901234567890"),
        "kept to the letter"
    );
    let shown = waymark.json(&["show", "Tour"]);
    assert_eq!(shown["steps"][1]["quiz"], set["quiz"]);
    assert!(shown["steps"][0]["quiz"].is_null());
    let rendered = waymark.run(&["render", "Tour", "--step", "2"]).stdout;
    assert!(!rendered.contains("Which?") && !rendered.contains("status"), "no agent sees it: {rendered}");

    let right = json!({ "q1": "b", second.as_str(): false }).to_string();
    let passed = waymark.run_with(&["quiz", "Tour", "2", "--answers", "-", "--json"], &right);
    assert_eq!((passed.status, &passed.json()["score"]), (0, &json!(5)));
    let failed =
        waymark.run_with(&["quiz", "Tour", "2", "--answers", "-"], json!({ second.as_str(): false }).to_string());
    assert_eq!(failed.status, 1, "2 of 5 is not 60 %");
    assert!(failed.stdout.contains("2 of 5: not passed"), "{failed:?}");

    let exported = waymark.file("tour.json", waymark.run(&["export", "Tour"]).stdout);
    let other = Waymark::new();
    other.json(&["import", &exported]);
    assert_eq!(other.json(&["quiz", "Tour", "2"])["quiz"], set["quiz"]);

    assert!(waymark.json(&["quiz", "Tour", "2", "--remove"])["quiz"].is_null());
    let none = waymark.run(&["quiz", "Tour", "2", "--answers", &file, "--json"]);
    assert_eq!(none.status, 3, "{none:?}");
}

#[test]
fn a_quiz_that_is_none_or_has_faults_is_refused_with_its_place() {
    let waymark = tour();
    for (quiz, place) in [
        ("[", "JSON"),
        ("[]", "`$`"),
        (r#"{"questions":[{"kind":"essay"}]}"#, "`$.questions[0].kind`"),
        (r#"{"questions":[{"kind":"true_false","prompt":"Sure?"}]}"#, "`$.questions[0].answer`"),
    ] {
        let outcome = waymark.run_with(&["quiz", "Tour", "1", "--from", "-", "--json"], quiz);
        assert_eq!(outcome.status, 2, "{outcome:?}");
        let message = outcome.json()["error"]["message"].as_str().expect("a message").to_owned();
        assert!(message.contains(place), "{message}");
    }
    assert!(waymark.json(&["quiz", "Tour", "1"])["quiz"].is_null(), "nothing was written");
}
