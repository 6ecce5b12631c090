//! Files that somebody else wrote, all the way: in, out again without loss, to production, and the same words everywhere.
//! Skipped where the files are not.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use waymark_testkit::postgres;

use crate::{agent::Agent, command::Waymark, render, writer};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/walkthroughs");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    assert_eq!(files.len(), 3, "the files that the walk was written for");
    files
}

/// Everything that stands in `original` stands in `copy` at the same place, but for keys that are `exempt`. The copy may
/// say more.
fn assert_kept(original: &Value, copy: &Value, exempt: &[&str], place: &str) {
    match (original, copy) {
        (Value::Object(original), Value::Object(copy)) => {
            for (key, value) in original {
                let kept = copy.get(key).unwrap_or_else(|| panic!("{place}.{key} is lost"));
                if !exempt.contains(&key.as_str()) {
                    assert_kept(value, kept, exempt, &format!("{place}.{key}"));
                }
            }
        }
        (Value::Array(original), Value::Array(copy)) => {
            assert_eq!(original.len(), copy.len(), "{place}");
            for (index, (value, kept)) in original.iter().zip(copy).enumerate() {
                assert_kept(value, kept, exempt, &format!("{place}[{index}]"));
            }
        }
        // Production carries our revision and hash, also where there was no metadata.
        (Value::Null, Value::Object(ours)) if exempt.contains(&"status") => {
            assert_eq!(ours.keys().collect::<Vec<_>>(), ["waymark"], "{place}");
        }
        _ => assert_eq!(original, copy, "{place}"),
    }
}

fn assert_exported_without_loss(waymark: &Waymark, file: &Path, id: &str, exempt: &[&str]) {
    let original: Value = serde_json::from_slice(&std::fs::read(file).expect("readable")).expect("JSON");
    let exported: Value = serde_json::from_str(&waymark.run(&["export", id]).stdout).expect("JSON");
    if original.is_array() {
        assert_kept(&original, &exported["steps"], exempt, "$.steps");
    } else {
        assert_kept(&original, &exported, exempt, "$");
    }
}

/// All four tools in turn. Each step comes as `expected` from starting, from going on, from repeating a call whose answer
/// was lost, and from starting again.
fn walk(mut agent: Agent, shown: &Value, expected: &[String]) {
    let (id, steps) = (&shown["id"], shown["steps"].as_array().expect("steps"));
    let name = json!({"name": shown["title"]});
    assert_eq!(agent.text("start_walkthrough", name.clone()), expected[0]);
    for (index, step) in steps.iter().enumerate().take(steps.len() - 1) {
        let next = json!({"currentStepId": step["id"]});
        for tool in ["get_next_step", "get_next_step", "start_walkthrough"] {
            let arguments = if tool == "get_next_step" { next.clone() } else { name.clone() };
            assert_eq!(agent.text(tool, arguments), expected[index + 1], "step {} by {tool}", index + 2);
        }
        let status = agent.call("get_walkthrough_status", json!({"walkthrough_id": id}));
        let progress = &status["structuredContent"]["progress"];
        assert_eq!(progress["completed_steps"], index + 1, "{status}");
        let completed = status["structuredContent"]["steps"].as_array().expect("steps").iter();
        assert_eq!(completed.filter(|step| step["is_completed"] == true).count(), index + 1, "{status}");
    }
    let last = steps.last().expect("a step");
    let end = agent.text("get_next_step", json!({"currentStepId": last["id"]}));
    assert!(!expected.contains(&end), "after the last step comes the completion message");
    let refused = agent.call("reset_walkthrough_progress", json!({"walkthrough_id": id, "confirm": false}));
    assert_eq!(refused["isError"], true, "{refused}");
    agent.text("reset_walkthrough_progress", json!({"walkthrough_id": id, "confirm": true}));
    assert_eq!(agent.text("start_walkthrough", name), expected[0], "and from the beginning");
    agent.leave();
}

#[test]
fn real_files_say_the_same_to_the_writer_to_agents_of_drafts_and_to_agents_of_production() {
    let files = files();
    if files.is_empty() {
        println!("skipped: the folder ../shared/fixtures/walkthroughs is not beside this repository");
        return;
    }
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    for file in files {
        let imported = writer.json(&["import", &file.display().to_string()]);
        let id = imported["walkthroughs"][0]["id"].as_str().expect("an id");
        assert_exported_without_loss(&writer, &file, id, &["exportedAt"]);
        writer.json(&["assign", id, "--server", "docs"]);
        let shown = writer.json(&["show", id]);
        let expected: Vec<String> =
            (1..=shown["steps"].as_array().expect("steps").len()).map(|number| render(&writer, id, number)).collect();

        let published = writer.json(&["publish", id, "--connection", "live", "--yes"]);
        assert_eq!(published["published"][0]["id"], id);
        walk(Agent::connect(&writer, &["--drafts"]), &shown, &expected);
        let live = ["--connection", "live", "--server", "docs", "--user", "ada"];
        walk(Agent::connect(&writer, &live), &shown, &expected);

        let reader = self::writer(&database);
        reader.json(&["pull", id, "--connection", "live"]);
        // Publishing is a change of its own time, and makes a draft public.
        assert_exported_without_loss(&reader, &file, id, &["exportedAt", "updatedAt", "status"]);
        let pulled: Vec<String> = (1..=expected.len()).map(|number| render(&reader, id, number)).collect();
        assert_eq!(pulled, expected, "what comes back is what went out");
    }
}
