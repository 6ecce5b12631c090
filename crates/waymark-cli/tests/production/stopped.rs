//! Ctrl-C in the middle of work: what is said afterwards is what was done.

use std::process::{Command, Stdio};

use waymark_testkit::postgres;

use crate::{command::Waymark, writer};

/// Whether somebody is writing to the library: the file that says so is there.
fn is_written(waymark: &Waymark) -> bool {
    let mut entries = std::fs::read_dir(waymark.path("library")).expect("a folder").flatten();
    entries.any(|entry| entry.file_name().to_string_lossy().starts_with("library.writer-"))
}

#[test]
fn a_pull_that_is_stopped_names_what_came_and_how_much_is_left() {
    let database = postgres::shared().database().with_example();
    database.run(
        "INSERT INTO walkthroughs (id, organization_id, title)
         SELECT 'wt_' || n, 'org_example', 'Title ' || n FROM generate_series(1, 400) n",
    );
    let waymark = writer(&database);
    let mut command = waymark.command(&["pull", "--all", "--connection", "live", "--json"]);
    let pull = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    while !is_written(&waymark) {
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &pull.id().to_string()]).status().expect("kill runs").success());
    let output = pull.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one document");
    let (came, left) = (answer["walkthroughs"].as_array().map_or(0, Vec::len), answer["left"].as_u64());
    assert!(
        came > 0 && left.is_some_and(|left| left > 0 && left + came as u64 == 400),
        "{came} came, {left:?} are left"
    );
    assert_eq!(waymark.json(&["list"])["walkthroughs"].as_array().map(Vec::len), Some(came));
    let rest = waymark.json(&["pull", "--all", "--connection", "live"]);
    assert_eq!((rest["walkthroughs"].as_array().map(Vec::len), &rest["left"]), (Some(400), &0.into()));
}
