//! `waymark publish` is killed at any moment: production has the old version or the new one, never half of it, and the
//! next publish sets it right. `WAYMARK_ROUNDS` says how often.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::Value;
use waymark_testkit::postgres::{self, Database, ORGANIZATION, proxy::Proxy};

use crate::command::Waymark;

const STEPS: usize = 12;

/// Every text of one version, put into the draft at once by importing it over itself.
fn version(waymark: &Waymark, id: &str, number: usize) {
    let mut export: Value = serde_json::from_str(&waymark.run(&["export", id]).stdout).expect("an export");
    export["walkthrough"]["description"] = format!("version {number}").into();
    for step in export["steps"].as_array_mut().expect("steps") {
        step["contentFields"]["contentForUser"] = format!("version {number}").into();
    }
    let file = waymark.file("version.json", export.to_string());
    waymark.json(&["import", &file, "--update"]);
}

/// The version that production has in the walkthrough and in each of its steps; `None` before the first.
fn published(database: &Database<'_>) -> Option<String> {
    let found = database.run(
        "SELECT w.description, count(*), min(s.content_fields ->> 'contentForUser'), max(s.content_fields ->> 'contentForUser')
         FROM walkthroughs w LEFT JOIN walkthrough_steps s ON s.walkthrough_id = w.id GROUP BY w.id, w.description",
    );
    let line = found.trim();
    if line.is_empty() {
        return None;
    }
    let [description, count, first, last] = line.split('|').collect::<Vec<_>>()[..] else { panic!("{found}") };
    assert_eq!(count, STEPS.to_string(), "half of a version: {found}");
    assert!(description == first && first == last, "half of a version: {found}");
    Some(description.to_owned())
}

#[test]
fn a_publish_that_is_killed_leaves_the_old_or_the_new_version_and_the_next_one_goes_through() {
    let rounds: usize = std::env::var("WAYMARK_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(9);
    let cluster = postgres::shared();
    let database = cluster.database().with_example();
    let proxy = Proxy::start(cluster).expect("a wire");
    let encoded = |path: &std::path::Path| path.display().to_string().replace('/', "%2F");
    let url = database.url().replace(&encoded(cluster.socket_dir()), &encoded(proxy.socket_dir()));
    let waymark = Waymark::new();
    waymark.json(&["connection", "add", "live", "--url", &url, "--organization", ORGANIZATION]);
    let titles: Vec<String> = (1..=STEPS).map(|number| format!("Step {number}")).collect();
    let id = waymark.make("course", "Tour", &titles.iter().map(String::as_str).collect::<Vec<_>>());
    let publish = ["publish", id.as_str(), "--connection", "live", "--yes", "--json"];

    version(&waymark, &id, 0);
    proxy.take_trips();
    assert_eq!(waymark.run(&publish).status, 0);
    let trips = proxy.take_trips();
    let (mut old, mut new) = (0, 0);
    for round in 1..=rounds {
        version(&waymark, &id, round);
        proxy.take_trips();
        let mut command = waymark.command(&publish);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        // At each of its round trips in turn, the last one (COMMIT) more often, and sooner or later after its message left.
        let (turn, mut seen) = (round as u32, 0);
        let last = if turn % 3 == 0 { trips } else { turn % (trips + 1) };
        while seen < last && child.try_wait().expect("a process").is_none() {
            seen += proxy.take_trips();
            std::thread::yield_now();
        }
        let moment = Instant::now() + Duration::from_micros((round as u64 * 617) % 5_000);
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        child.kill().ok();
        child.wait().expect("it is gone");

        let found = published(&database);
        if found == Some(format!("version {round}")) {
            new += 1;
        } else {
            assert_eq!(found, Some(format!("version {}", round - 1)), "round {round}");
            old += 1;
        }
        let again = waymark.run(&publish);
        assert_eq!(again.status, 0, "round {round}: {again:?}");
        assert_eq!(published(&database), Some(format!("version {round}")));
    }
    println!(
        "\nfigure | a publish killed at any moment | {old} times the old version, {new} times the new, 0 half | 0 half | met"
    );
}
