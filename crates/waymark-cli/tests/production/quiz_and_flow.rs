//! What a step has besides its texts goes to production and comes back: quizzes, links, sections, a certificate, and metadata
//! that is not ours, to the letter.

use serde_json::{Value, json};
use waymark_testkit::postgres;

use crate::{command::Waymark, writer};

const TOUR: &str = r#"{
  "version": "1.0",
  "walkthrough": {
    "title": "Tour",
    "description": "A tour with everything.",
    "type": "course",
    "estimatedDurationMinutes": 45,
    "tags": ["helm", "ümläut"],
    "metadata": {
      "team": {"budget": 12345678901234567890, "ratio": 1.10, "none": null, "list": []},
      "waymark": {
        "order": "linked",
        "certificate": {"enabled": true, "threshold": 80, "later": 98765432109876543210},
        "from-a-newer-one": {"kept": true}
      }
    }
  },
  "steps": [
    {"title": "One", "contentFields": {"version": "v1", "contentForUser": "a"}, "displayOrder": 1, "nextStepReference": 2,
     "metadata": {"owner": {"id": 9007199254740993}, "waymark": {"section": "Begin", "new": [1.0, 2.50]}}},
    {"title": "Two", "contentFields": {"version": "v1", "contentForUser": "b"}, "displayOrder": 2, "nextStepReference": 3},
    {"title": "Three", "contentFields": {"version": "v1", "contentForUser": "c"}, "displayOrder": 3, "nextStepReference": 1,
     "metadata": {"empty": {}}},
    {"title": "Four", "contentFields": {"version": "v1", "contentForUser": "d"}, "displayOrder": 4, "metadata": null}
  ]
}"#;

const LETTERS: [&str; 6] =
    ["12345678901234567890", "98765432109876543210", "9007199254740993", "1.10", "2.50", "from elsewhere"];

const QUIZ: &str = r#"{"required":true,"pass_mark":60,"later":12345678901234567890,"questions":[
    {"id":"q1","kind":"single_choice","prompt":"Which?","points":3,"options":[{"id":"a","text":"run"},{"id":"b","text":"status","correct":true}]},
    {"id":"q2","kind":"true_false","prompt":"Sure?","points":2,"answer":false,"hint":"from elsewhere"}]}"#;

/// All that a draft holds, as the file that it exports to, without what publishing itself adds: when and that it was published.
fn whole(waymark: &Waymark, id: &str) -> Value {
    let exported = waymark.run(&["export", id]);
    assert_eq!(exported.status, 0, "{exported:?}");
    // Numbers that a float would round are looked at as they are written.
    for text in LETTERS {
        assert!(exported.stdout.contains(text), "{text} is not in {}", exported.stdout);
    }
    without_times(&exported.json())
}

fn without_times(value: &Value) -> Value {
    const OURS: [&str; 6] = ["exportedAt", "createdAt", "updatedAt", "status", "revision", "content_hash"];
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(key, _)| !OURS.contains(&key.as_str()));
            kept.map(|(key, value)| (key.clone(), without_times(value))).collect()
        }
        Value::Array(items) => items.iter().map(without_times).collect(),
        other => other.clone(),
    }
}

/// What the commands of the writer say about it.
fn said(waymark: &Waymark, id: &str) -> Vec<Value> {
    let shown = waymark.json(&["show", id]);
    vec![
        waymark.json(&["link", id]),
        waymark.json(&["quiz", id, "2"])["quiz"].clone(),
        shown["certificate"].clone(),
        shown["steps"].as_array().expect("steps").iter().map(|step| step["metadata"].clone()).collect(),
    ]
}

#[test]
fn quizzes_links_and_metadata_come_back_from_production_as_they_went() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let imported = writer.json(&["import", &writer.file("tour.json", TOUR)]);
    let id = imported["walkthroughs"][0]["id"].as_str().expect("an id").to_owned();
    writer.json(&["quiz", &id, "2", "--from", &writer.file("quiz.json", QUIZ)]);
    writer.json(&["assign", &id, "--server", "docs"]);
    let (before, said_before) = (whole(&writer, &id), said(&writer, &id));
    assert_eq!(said_before[0]["steps"][0]["link"]["kind"], "jump");

    writer.json(&["publish", &id, "--connection", "live", "--yes"]);
    let reader = self::writer(&database);
    reader.json(&["pull", &id, "--connection", "live"]);
    assert_eq!(whole(&reader, &id), before, "what is pulled is what was published");
    assert_eq!(said(&reader, &id), said_before);
    assert_eq!(whole(&writer, &id), before, "and the draft is what it was");
    for waymark in [&writer, &reader] {
        assert_eq!(waymark.json(&["plan", &id, "--connection", "live"])["walkthroughs"][0]["action"], "none");
    }

    // A change of nothing but these is a change, and goes the same way back.
    reader.json(&["link", &id, "1", "--none"]);
    let other = QUIZ.replace("Sure?", "Really?");
    reader.json(&["quiz", &id, "2", "--from", &reader.file("quiz.json", other)]);
    assert_eq!(reader.json(&["plan", &id, "--connection", "live"])["walkthroughs"][0]["action"], "update");
    reader.json(&["publish", &id, "--connection", "live", "--yes"]);
    let pulled = writer.json(&["pull", &id, "--connection", "live"]);
    assert_eq!(pulled["walkthroughs"][0]["action"], json!("updated"), "{pulled}");
    assert_eq!(whole(&writer, &id), whole(&reader, &id));
    let said_after = said(&writer, &id);
    assert_eq!(said_after, said(&reader, &id));
    assert_eq!(said_after[1]["questions"][1]["prompt"], "Really?");
    assert_eq!(said_after[0]["steps"][0]["link"]["kind"], "none");
}
