//! What people and scripts do with the command, from making a walkthrough to a second library.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use crate::command::Waymark;
use serde_json::{Value, json};

/// Real exports beside this checkout, where there are any.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn real_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/walkthroughs");
    let Ok(files) = std::fs::read_dir(folder) else {
        eprintln!("Skipped: there are no real files beside this checkout.");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    paths
}

fn texts(value: &Value, list: &str, key: &str) -> Vec<String> {
    let items = value[list].as_array().unwrap_or_else(|| panic!("no {list} in {value}"));
    items.iter().map(|item| item[key].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_walkthrough_is_made_written_rendered_and_exported() {
    let waymark = Waymark::new();
    let id = waymark.make("quickstart", "First steps", &["Look", "Leave"]);
    let text = waymark.file("text.md", "# Look\n\nLook around.\n");
    waymark.json(&["step", "edit", &id, "1", "--field", "content_for_user", "--from", &text]);
    let outcome =
        waymark.run_with(&["step", "edit", &id, "2", "--field", "contentForUser", "--from", "-"], "Go {{ home }}.");
    assert_eq!(outcome.status, 0, "{outcome:?}");

    let listed = waymark.json(&["list"]);
    assert_eq!(listed["walkthroughs"][0]["title"], "First steps");
    assert_eq!(listed["walkthroughs"][0]["type"], "quickstart");
    assert_eq!(listed["walkthroughs"][0]["status"], "draft");
    assert_eq!(listed["walkthroughs"][0]["steps"], 2);

    let shown = waymark.json(&["show", "First steps"]);
    assert_eq!(shown["steps"][0]["position"], 1);
    assert_eq!(
        shown["steps"][0]["content_fields"],
        json!({"version": "v1", "contentForUser": "# Look\n\nLook around.\n"})
    );

    let bare = waymark.run(&["render", &id, "--step", "2"]);
    let step = shown["steps"][1]["id"].as_str().expect("an id");
    assert!(bare.stdout.contains(">\nGo {{ home }}.\n</content_for_user>"), "{}", bare.stdout);
    assert!(bare.stdout.contains("Progress: 1 of 2 steps completed (50 %)."), "{}", bare.stdout);
    assert!(bare.stdout.ends_with(&format!("currentStepId \"{step}\".")), "nothing follows: {}", bare.stdout);
    assert_eq!(bare.stderr, "");
    let rendered = waymark.json(&["render", &id, "--step", "2"]);
    assert_eq!(rendered["text"], bare.stdout.as_str());
    assert!(rendered["tokens"].as_u64().expect("a number") > 50);

    let exported = waymark.run(&["export", &id]);
    let export: Value = serde_json::from_str(&exported.stdout).expect("an export is JSON");
    assert_eq!((&export["version"], &export["walkthrough"]["title"]), (&json!("1.0"), &json!("First steps")));
}

#[test]
fn steps_are_added_moved_renamed_linked_and_deleted() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One", "Two", "Three"]);
    let titles = || texts(&waymark.json(&["show", "Tour"]), "steps", "title");
    let add = ["step", "add", "Tour", "--title", "Zero", "--at", "1", "--field", "content_for_user", "--from", "-"];
    assert_eq!(waymark.run_with(&add, "Zero.").status, 0);
    assert!(waymark.run(&["render", "Tour", "--step", "1"]).stdout.contains("\nZero.\n"));
    assert_eq!(titles(), ["Zero", "One", "Two", "Three"]);
    waymark.json(&["step", "move", "Tour", "1", "--to", "4"]);
    assert_eq!(titles(), ["One", "Two", "Three", "Zero"]);
    waymark.json(&["step", "edit", "Tour", "4", "--title", "Four"]);
    waymark.json(&["step", "delete", "Tour", "2"]);
    assert_eq!(titles(), ["One", "Three", "Four"]);
    waymark.json(&["step", "edit", "Tour", "1", "--next", "3"]);
    let shown = waymark.json(&["show", "Tour"]);
    assert_eq!(shown["steps"][0]["next_step_id"], shown["steps"][2]["id"]);
    waymark.json(&["step", "edit", "Tour", "1", "--next", "none"]);
    assert_eq!(waymark.json(&["show", "Tour"])["steps"][0]["next_step_id"], Value::Null);
}

#[test]
fn the_trash_gives_back_and_a_copy_stands_beside() {
    let waymark = Waymark::new();
    let id = waymark.make("course", "Tour", &["One"]);
    waymark.json(&["delete", "Tour"]);
    assert_eq!(waymark.json(&["list"])["walkthroughs"], json!([]));
    assert_eq!(texts(&waymark.json(&["list", "--trash"]), "walkthroughs", "id"), [id.as_str()]);
    waymark.json(&["restore", &id]);
    let copy = waymark.json(&["duplicate", "Tour"]);
    assert_ne!(copy["id"], id.as_str());
    assert_eq!(waymark.json(&["list"])["walkthroughs"].as_array().map(Vec::len), Some(2));
    assert_eq!(texts(&waymark.json(&["list", "--search", "copy"]), "walkthroughs", "id").len(), 1);
    assert_eq!(texts(&waymark.json(&["list", "--status", "published"]), "walkthroughs", "id").len(), 0);
}

#[test]
fn servers_are_assigned_with_an_order_and_unassigned() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One"]);
    waymark.json(&["assign", "Tour", "--server", "docs", "--order", "3", "--disabled"]);
    let assigned = waymark.json(&["assign", "Tour", "--server", "docs"]);
    assert_eq!(assigned["assignments"][0]["display_order"], 3);
    assert_eq!(assigned["assignments"][0]["is_enabled"], true);
    assert_eq!(waymark.json(&["unassign", "Tour", "--server", "docs"])["assignments"], json!([]));
    assert_eq!(waymark.run(&["unassign", "Tour", "--server", "docs"]).status, 3);
}

#[test]
fn real_files_import_render_and_come_through_a_second_library_unchanged() {
    for path in real_files() {
        let (first, second) = (Waymark::new(), Waymark::new());
        let imported = first.json(&["import", &path.display().to_string()]);
        let one = &imported["walkthroughs"][0];
        let id = one["id"].as_str().expect("an id");
        assert!(one["warnings"].is_array(), "{imported}");

        let export = |waymark: &Waymark| {
            let outcome = waymark.run(&["export", id]);
            assert_eq!(outcome.status, 0, "{outcome:?}");
            outcome.stdout
        };
        let exported = export(&first);
        let again = second.run_with(&["import", "-", "--json"], &exported);
        assert_eq!(again.json()["walkthroughs"][0]["id"], id, "ids are kept: {again:?}");
        let without_time = |text: &str| {
            let mut value: Value = serde_json::from_str(text).expect("JSON");
            value["exportedAt"] = Value::Null;
            value
        };
        assert_eq!(without_time(&export(&second)), without_time(&exported), "{}", path.display());

        for number in 1..=one["steps"].as_u64().expect("a number") {
            let step = ["render", id, "--step", &number.to_string()];
            let (here, there) = (first.run(&step), second.run(&step));
            assert_eq!(here.status, 0, "{here:?}");
            assert_eq!(here.stdout, there.stdout, "step {number} of {}", path.display());
        }
        assert_eq!(first.run(&["lint"]).status, 0, "what real files contain is no error: {}", path.display());
    }
}

#[test]
fn importing_again_asks_updates_or_copies() {
    let waymark = Waymark::new();
    let id = waymark.make("course", "Tour", &["One"]);
    let file = waymark.file("tour.json", waymark.run(&["export", "Tour"]).stdout);
    waymark.json(&["step", "add", "Tour", "--title", "Two"]);

    let refused = waymark.run(&["import", &file]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.stderr.contains("--update") && refused.stderr.contains("--as-copy"), "{}", refused.stderr);
    let foreseen = waymark.json(&["import", &file, "--dry-run"]);
    assert_eq!(foreseen["walkthroughs"][0]["id"], id.as_str());
    assert_eq!(waymark.json(&["show", &id])["steps"].as_array().map(Vec::len), Some(2), "nothing was changed");

    waymark.json(&["import", &file, "--as-copy"]);
    assert_eq!(waymark.json(&["list"])["walkthroughs"].as_array().map(Vec::len), Some(2));
    waymark.json(&["import", &file, "--update"]);
    assert_eq!(waymark.json(&["show", &id])["steps"].as_array().map(Vec::len), Some(1));
}

#[test]
fn several_files_come_in_and_one_that_is_broken_keeps_none_of_them_out() {
    let waymark = Waymark::new();
    let guide = |title: &str| json!({"version": "1.0", "walkthrough": {"title": title, "type": "course"}, "steps": []});
    let first = waymark.file("first.json", guide("First").to_string());
    let broken = waymark.file("broken.json", "{");
    let second = waymark.file("second.json", guide("Second").to_string());

    let outcome = waymark.run(&["import", &first, &broken, &second]);
    assert_eq!(outcome.status, 1, "{outcome:?}");
    assert!(outcome.stderr.contains("broken.json"), "{}", outcome.stderr);
    let mut titles = texts(&waymark.json(&["list"]), "walkthroughs", "title");
    titles.sort();
    assert_eq!(titles, ["First", "Second"]);

    let outcome = waymark.run(&["import", &first, "-"]);
    assert_eq!(outcome.status, 2, "{outcome:?}");

    for mode in ["--dry-run", "--as-copy"] {
        let outcome = waymark.run(&["import", &first, &broken, mode, "--json"]);
        assert_eq!(outcome.status, 1, "{outcome:?}");
        let document = outcome.json();
        assert_eq!(document["walkthroughs"].as_array().map(Vec::len), Some(1), "{document}");
        let failed = &document["failed"][0];
        assert!(failed["file"].as_str().is_some_and(|file| file.ends_with("broken.json")), "{document}");
        assert_eq!(failed["error"]["code"], "invalid_input", "{document}");
        assert!(!outcome.stderr.contains("error"), "nothing is said twice: {outcome:?}");
    }
}

#[test]
fn lint_answers_no_when_there_is_an_error() {
    let waymark = Waymark::new();
    waymark.make("installer", "Install", &["Run it"]);
    let outcome = waymark.run(&["lint", "--json"]);
    assert_eq!(outcome.status, 1, "{outcome:?}");
    let finding = &outcome.json()["findings"][0];
    for key in ["rule", "severity", "walkthrough_id", "step_id", "field", "message"] {
        assert!(finding.get(key).is_some(), "{key} is missing in {finding}");
    }
    let text = waymark.file("text.md", "Done.");
    for field in ["content_for_user", "operations_for_agent"] {
        waymark.json(&["step", "edit", "Install", "1", "--field", field, "--from", &text]);
    }
    assert_eq!(waymark.json(&["lint", "Install"])["findings"], json!([]));
}

#[test]
fn a_template_of_ones_own_renders_and_fails_at_its_place() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One", "Two"]);
    let good = waymark.file("good.jinja", "{{ step.number }}/{{ progress.totalSteps }} {{ step.title }}\n");
    assert_eq!(waymark.run(&["render", "Tour", "--step", "2", "--template", &good]).stdout, "2/2 Two");
    let bad = waymark.file("bad.jinja", "fine\n{{ step.title | shout }}");
    let outcome = waymark.run(&["render", "Tour", "--step", "1", "--template", &bad, "--json"]);
    assert_eq!(outcome.status, 2, "{outcome:?}");
    assert!(outcome.json()["error"]["message"].as_str().expect("a message").contains("line 2"), "{outcome:?}");
    let v1 = waymark.run(&["render", "Tour", "--step", "1", "--profile", "v1"]);
    assert!(v1.stdout.contains("call next_walkthrough_step with current_step_id"), "{v1:?}");
}

#[test]
fn an_export_replaces_a_file_only_when_told() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One"]);
    let file = waymark.file("tour.json", "precious");
    let refused = waymark.run(&["export", "Tour", "-o", &file]);
    assert_eq!((refused.status, refused.stderr.contains("--force")), (1, true), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), "precious");
    waymark.json(&["export", "Tour", "-o", &file, "--force"]);
    assert!(std::fs::read_to_string(&file).expect("written").contains("\"Tour\""));
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One"]);
    let mut child = waymark
        .command(&["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn completions_exist_for_every_shell() {
    let waymark = Waymark::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let outcome = waymark.run(&["completions", shell]);
        assert!(outcome.status == 0 && outcome.stdout.contains("render"), "{shell}");
    }
    assert!(!waymark.path("library").exists(), "completions open no library");
}

#[test]
fn every_command_explains_itself_with_an_example() {
    let waymark = Waymark::new();
    let commands = [
        "new",
        "list",
        "show",
        "delete",
        "restore",
        "duplicate",
        "step add",
        "step edit",
        "step move",
        "step delete",
        "import",
        "export",
        "lint",
        "render",
        "preview",
        "assign",
        "unassign",
        "connection add",
        "connection list",
        "connection test",
        "connection remove",
        "plan",
        "publish",
        "pull",
        "serve",
        "sandbox up",
        "sandbox url",
        "sandbox down",
        "sandbox reset",
        "db status",
        "db create",
        "doctor",
        "completions",
    ];
    for command in commands {
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.push("--help");
        let outcome = waymark.run(&arguments);
        assert_eq!(outcome.status, 0, "{command}: {outcome:?}");
        assert!(outcome.stdout.contains("Example"), "{command} has no example");
        assert!(outcome.stdout.contains(&format!("waymark {command}")), "{command}: the example runs it");
    }
}

#[test]
fn quiet_and_version_say_no_more_than_asked() {
    let waymark = Waymark::new();
    let outcome = waymark.run(&["list", "-q"]);
    assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("", ""));
    assert!(waymark.run(&["--version"]).stdout.starts_with("waymark "));
}

#[test]
fn the_doctor_names_what_it_looked_at() {
    let waymark = Waymark::new();
    let outcome = waymark.run(&["doctor", "--json"]);
    assert_eq!(outcome.status, 0, "a missing keyring or display does not stop the command: {outcome:?}");
    let report = outcome.json();
    let names = texts(&report, "checks", "name");
    for name in ["library", "keyring", "display", "postgres"] {
        assert!(names.iter().any(|known| known == name), "{name} is missing in {report}");
    }
    assert!(waymark.run(&["doctor"]).stdout.contains("keyring"));
}

#[test]
fn a_search_lists_what_it_finds_with_the_lines_in_which_it_is() {
    let waymark = Waymark::new();
    let id = waymark.make("installer", "Install the agent", &["Check the disk", "Add the chart"]);
    waymark.make("course", "A course", &["Look"]);
    let text = waymark.file("text.md", "Add the helm chart,\nthen wait.\n");
    waymark.json(&["step", "edit", &id, "2", "--field", "content_for_user", "--from", &text]);

    let listed = waymark.json(&["list", "--search", "\"helm chart\" OR nowhere"]);
    let walkthroughs = listed["walkthroughs"].as_array().expect("a list");
    assert_eq!((walkthroughs.len(), &walkthroughs[0]["title"]), (1, &json!("Install the agent")));
    assert_eq!(walkthroughs[0]["steps"], 2);
    let found = &walkthroughs[0]["matches"][0];
    assert_eq!((&found["step"]["number"], &found["part"]), (&json!(2), &json!("content_for_user")));
    assert_eq!(found["snippet"], json!({"text": "Add the helm chart, then wait.", "marks": [{"from": 8, "to": 18}]}));

    let shown = waymark.run(&["list", "--search", "type:installer missing:operations chart"]);
    assert!(shown.stdout.contains("  2  Add the chart"), "{}", shown.stdout);
    assert_eq!(texts(&waymark.json(&["list", "--search", "-chart"]), "walkthroughs", "title"), ["A course"]);
    assert_eq!(
        texts(&waymark.json(&["list", "--search", "disk", "--type", "course"]), "walkthroughs", "title").len(),
        0
    );
    let odd = waymark.run(&["list", "--search", "\"unbalanced ( type:nothing"]);
    assert_eq!((odd.status, odd.stdout.as_str()), (0, ""));
    let explained = waymark.json(&["list", "--search", "type:nothing"]);
    assert!(explained["notes"][0].as_str().expect("a note").contains("There is no walkthrough type `nothing`"));
}
