//! A release is killed between its items and inside of them, and gone on with; what one connection serves goes to the next.

use std::{process::Stdio, time::Duration};

use serde_json::Value;
use waymark_testkit::postgres::{self, ORGANIZATION, proxy::Proxy};

use crate::command::Waymark;

const COUNT: usize = 8;

/// Every walkthrough of the release is there once, whole, and was never written a second time.
const ONCE: &str = "SELECT count(DISTINCT w.id), count(s.id), max((w.metadata #>> '{waymark,revision}')::int)
    FROM walkthroughs w JOIN walkthrough_steps s ON s.walkthrough_id = w.id";

/// The id of a walkthrough that can be published.
fn tour(waymark: &Waymark, steps: &[&str]) -> String {
    let id = waymark.make("course", "Tour", steps);
    let text = waymark.file("text.md", "Look around.\n");
    for number in 1..=steps.len() {
        waymark.json(&["step", "edit", &id, &number.to_string(), "--field", "content_for_user", "--from", &text]);
    }
    id
}

#[test]
fn a_release_that_is_killed_at_any_moment_goes_on_and_publishes_everything_once() {
    let cluster = postgres::shared();
    let proxied = |proxy: &Proxy, url: &str| {
        let encoded = |path: &std::path::Path| path.display().to_string().replace('/', "%2F");
        url.replace(&encoded(cluster.socket_dir()), &encoded(proxy.socket_dir()))
    };
    for kill_at in [1, 4, 7, 10, 14, 19, 25] {
        let database = cluster.database().with_example();
        let proxy = Proxy::start(cluster).expect("a wire");
        let waymark = Waymark::new();
        let url = proxied(&proxy, &database.url());
        waymark.json(&["connection", "add", "live", "--url", &url, "--organization", ORGANIZATION]);
        let first = tour(&waymark, &["One", "Two"]);
        let copy = |_| waymark.json(&["duplicate", &first])["id"].as_str().expect("an id").to_owned();
        let copies: Vec<String> = (1..COUNT).map(copy).collect();
        let ids = [vec![first], copies].concat();
        let mut create = vec!["release", "create", "Autumn", "--connection", "live"];
        create.extend(ids.iter().map(String::as_str));
        waymark.json(&create);
        proxy.take_trips();
        let mut command = waymark.command(&["release", "run", "Autumn", "--yes", "--json"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut seen = 0;
        while seen < kill_at && child.try_wait().expect("a process").is_none() {
            seen += proxy.take_trips();
            std::thread::yield_now();
        }
        std::thread::park_timeout(Duration::from_micros(u64::from(kill_at) * 37));
        child.kill().ok();
        child.wait().expect("it is gone");

        let left: Value = waymark.json(&["release", "show", "Autumn"]);
        let verb = if left["begun_at"].is_null() { "run" } else { "resume" };
        if left["finished_at"].is_null() {
            let resumed = waymark.run(&["release", verb, "Autumn", "--yes", "--json"]);
            assert_eq!(resumed.status, 0, "killed at {kill_at}: {resumed:?}");
        }
        let done: Value = waymark.json(&["release", "show", "Autumn"]);
        let states: Vec<&str> =
            done["items"].as_array().expect("items").iter().filter_map(|item| item["state"].as_str()).collect();
        assert_eq!(states, ["done"; COUNT], "killed at {kill_at}");
        assert!(!done["finished_at"].is_null());
        assert_eq!(database.run(ONCE), format!("{COUNT}|{}|1", 2 * COUNT), "killed at {kill_at}");
    }
}

#[test]
fn what_one_connection_serves_is_promoted_and_the_history_says_from_where() {
    let cluster = postgres::shared();
    let (staging, live) = (cluster.database().with_example(), cluster.database().with_example());
    let waymark = Waymark::new();
    for (name, database) in [("staging", &staging), ("live", &live)] {
        waymark.json(&["connection", "add", name, "--url", &database.url(), "--organization", ORGANIZATION]);
    }
    let id = tour(&waymark, &["One"]);
    waymark.json(&["assign", &id, "--server", "docs", "--order", "4"]);
    waymark.json(&["publish", &id, "--connection", "staging"]);
    waymark.json(&["edit", &id, "--title", "Tour, rewritten"]);
    let promote = ["promote", id.as_str(), "--from", "staging", "--to", "live"];
    let plan = waymark.json(&[&promote[..], &["--dry-run"]].concat());
    assert_eq!(plan["walkthroughs"][0]["action"], "create");
    assert_eq!(live.run("SELECT count(*) FROM walkthroughs"), "0");
    waymark.json(&promote);
    assert_eq!(live.run("SELECT id, title FROM walkthroughs"), format!("{id}|Tour"));
    let history = waymark.json(&["history", &id, "--connection", "live"]);
    assert_eq!(history["publishes"][0]["version"]["kind"], "connection");
    let table = waymark.run(&["history", &id, "--connection", "live"]).stdout;
    assert!(table.contains("promoted from staging"), "{table}");

    let matrix = waymark.json(&["assignments", "--connection", "live", "--server", "docs"]);
    assert_eq!(matrix["walkthroughs"][0]["cells"][0]["is_unpublished"], false);
    waymark.json(&["assign", &id, "--server", "docs", "--disabled"]);
    let listed = waymark.run(&["assignments", "--connection", "live"]);
    assert!(listed.stdout.contains("4 disabled (there: 4)"), "{listed:?}");
    assert!(listed.stderr.contains("disabled walkthrough all the same"), "{listed:?}");
}

#[test]
fn ghosts_are_shown_before_they_are_cleaned() {
    let database = postgres::shared().database().with_example();
    let waymark = Waymark::new();
    waymark.json(&["connection", "add", "live", "--url", &database.url(), "--organization", ORGANIZATION]);
    let id = tour(&waymark, &["One"]);
    waymark.json(&["publish", &id, "--connection", "live"]);
    database.run(&format!(
        "INSERT INTO mcp_server_user (id) VALUES ('u1');
         INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps)
         VALUES ('p1', 'u1', '{id}', '[\"gone\"]')"
    ));
    let clean = ["learners", "clean-ghosts", id.as_str(), "--connection", "live"];
    let seen = waymark.json(&[&clean[..], &["--dry-run"]].concat());
    assert_eq!(seen["learners"], 1);
    assert_eq!(seen["ghosts"][0]["step"], "gone");
    assert_eq!(waymark.run(&clean).status, 1, "it needs a yes");
    assert_eq!(database.run("SELECT completed_steps FROM walkthrough_progress"), "[\"gone\"]");
    waymark.json(&[&clean[..], &["--yes"]].concat());
    assert_eq!(database.run("SELECT completed_steps FROM walkthrough_progress"), "[]");
}
