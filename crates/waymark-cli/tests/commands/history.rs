//! The history of a draft from the command line, over real files where there are any.

use crate::command::Waymark;

fn write(waymark: &Waymark, id: &str, step: &str, text: &str) {
    let file = waymark.file("text.md", text);
    waymark.json(&["step", "edit", id, step, "--field", "content_for_user", "--from", &file]);
}

fn text(waymark: &Waymark, id: &str, step: usize) -> String {
    let shown = waymark.json(&["show", id]);
    shown["steps"][step]["content_fields"]["contentForUser"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_snapshot_is_kept_compared_and_restored_whole_or_in_part() {
    let waymark = Waymark::new();
    let id = waymark.make("quickstart", "First steps", &["Look", "Leave"]);
    write(&waymark, &id, "1", "Look around.\nOne.\n");
    let saved = waymark.json(&["snapshot", &id, "Before the review"]);
    assert_eq!(saved["revision"]["reason"], "snapshot");
    write(&waymark, &id, "1", "Look around.\nTwo.\n");
    write(&waymark, &id, "2", "Go.\n");

    let found = waymark.json(&["diff", &id, "--revision", "Before the review"]);
    assert_eq!(found["steps"].as_array().map(Vec::len), Some(2));
    assert_eq!(found["steps"][0]["fields"][0]["added"], 1);
    let plain = waymark.run(&["diff", &id, "--revision", "Before the review"]);
    assert!(plain.stdout.contains("    - One.\n    + Two.\n"), "{}", plain.stdout);
    let agent = waymark.run(&["diff", &id, "--revision", "Before the review", "--agent"]);
    assert!(agent.stdout.contains("      <content_for_user purpose="), "{}", agent.stdout);

    waymark.json(&["revert", &id, "--to", "Before the review", "--step", "2", "--field", "content_for_user"]);
    assert_eq!((text(&waymark, &id, 0).as_str(), text(&waymark, &id, 1).as_str()), ("Look around.\nTwo.\n", ""));
    waymark.json(&["revert", &id, "--to", "Before the review"]);
    assert_eq!(text(&waymark, &id, 0), "Look around.\nOne.\n");
    let same = waymark.run(&["diff", &id, "--revision", "Before the review"]);
    assert_eq!((same.stdout.as_str(), same.stderr.trim()), ("", "Nothing differs."));

    let listed = waymark.json(&["history", &id]);
    let reasons: Vec<&str> =
        listed["revisions"].as_array().expect("a list").iter().filter_map(|one| one["reason"].as_str()).collect();
    assert_eq!(reasons[..2], ["before_restore", "before_restore"], "{listed}");
    assert!(reasons.contains(&"snapshot"));
    let newest = listed["revisions"][0]["number"].to_string();
    waymark.json(&["revert", &id, "--to", &newest]);
    assert_eq!(text(&waymark, &id, 0), "Look around.\nTwo.\n", "what was there before came back");
    let of_step = waymark.json(&["history", &id, "--step", "2"]);
    assert!(of_step["revisions"].as_array().map(Vec::len) < listed["revisions"].as_array().map(|all| all.len() + 1));
}

#[test]
fn what_is_not_there_is_said() {
    let waymark = Waymark::new();
    let id = waymark.make("quickstart", "First steps", &["Look"]);
    for (arguments, status) in [
        (&["diff", &id][..], 3),
        (&["diff", &id, "--revision", "9"], 3),
        (&["revert", &id, "--to", "nowhere"], 3),
        (&["revert", &id], 2),
        (&["snapshot", "nothing"], 3),
        (&["revert", &id, "--to", "1", "--field", "content_for_user"], 2),
    ] {
        let outcome = waymark.run(arguments);
        assert_eq!(outcome.status, status, "{arguments:?}: {outcome:?}");
    }
}
