//! To production and back through the real command: plan, publish, serve, pull, and what stands in the way.

mod agent;
#[path = "../command/mod.rs"]
mod command;
mod keyring;
mod killed;
mod learners;
mod long_lived;
mod merging;
mod quiz_and_flow;
mod real_files;
mod refusals;
mod releasing;
mod stopped;
mod withdrawing;
mod wordings;

use agent::Agent;
use command::Waymark;
use serde_json::{Value, json};
use waymark_testkit::postgres::{self, Database, ORGANIZATION};

/// A library with a connection `live` to a database.
fn writer(database: &Database<'_>) -> Waymark {
    let waymark = Waymark::new();
    waymark.json(&["connection", "add", "live", "--url", &database.url(), "--organization", ORGANIZATION]);
    waymark
}

/// A walkthrough of three steps with texts that are easily damaged on the way.
fn write(waymark: &Waymark) -> String {
    let id = waymark.make("quickstart", "First steps", &["Look", "Listen", "Leave"]);
    let texts = [
        "# Look\r\n\r\ntabs\there\n",
        "{{ not.evaluated }} <b>\u{1F44B}</b> ümläut\n\n\n",
        "  leading \\n and trailing  ",
    ];
    for (number, text) in ["1", "2", "3"].into_iter().zip(texts) {
        for field in ["content_for_user", "operations_for_agent"] {
            let edit = ["step", "edit", &id, number, "--field", field, "--from", "-", "--json"];
            assert_eq!(waymark.run_with(&edit, text).status, 0);
        }
    }
    waymark.json(&["assign", &id, "--server", "docs"]);
    id
}

fn render(waymark: &Waymark, id: &str, number: usize) -> String {
    let outcome = waymark.run(&["render", id, "--step", &number.to_string()]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    outcome.stdout
}

/// Walks an agent through and compares each step's text with what `render` printed.
fn walk(mut agent: Agent, title: &str, steps: &Value, expected: &[String]) {
    let steps = steps.as_array().expect("steps");
    let mut text = agent.text("start_walkthrough", json!({"name": title}));
    for (index, step) in steps.iter().enumerate() {
        assert_eq!(text, expected[index], "step {}", index + 1);
        text = agent.text("get_next_step", json!({"currentStepId": step["id"]}));
    }
    assert!(!expected.contains(&text), "the last answer is the completion message");
    agent.leave();
}

#[test]
fn what_render_prints_is_what_agents_get_from_drafts_and_from_production_and_what_a_pull_brings() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let id = write(&writer);
    let steps = writer.json(&["show", &id])["steps"].clone();
    let expected: Vec<String> = (1..=3).map(|number| render(&writer, &id, number)).collect();

    let plan = writer.json(&["plan", &id, "--connection", "live"]);
    assert_eq!(plan["walkthroughs"][0]["action"], "create");
    for key in ["id", "steps", "learners", "problems"] {
        assert!(plan["walkthroughs"][0].get(key).is_some(), "{key} is missing in {plan}");
    }
    let published = writer.json(&["publish", &id, "--connection", "live"]);
    assert_eq!(published["published"][0]["id"], id.as_str());
    assert_eq!(published["published"][0]["revision"], 1);
    assert!(published["published"][0]["content_hash"].as_str().is_some_and(|hash| hash.len() == 64));
    assert_eq!(writer.json(&["plan", &id, "--connection", "live"])["walkthroughs"][0]["action"], "none");

    walk(Agent::connect(&writer, &["--drafts"]), "First steps", &steps, &expected);
    let live = ["--connection", "live", "--server", "docs", "--user", "ada"];
    walk(Agent::connect(&writer, &live), "First steps", &steps, &expected);

    let reader = self::writer(&database);
    let pulled = reader.json(&["pull", "First steps", "--connection", "live"]);
    assert_eq!(pulled["walkthroughs"][0]["action"], "added");
    let again: Vec<String> = (1..=3).map(|number| render(&reader, &id, number)).collect();
    assert_eq!(again, expected);
}

#[test]
fn an_edit_is_seen_by_the_agent_in_the_middle_and_learners_keep_their_progress() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let id = write(&writer);
    writer.json(&["publish", &id, "--connection", "live"]);
    let steps = writer.json(&["show", &id])["steps"].clone();
    let mut agent = Agent::connect(&writer, &["--connection", "live", "--server", "docs", "--user", "ada"]);
    agent.text("start_walkthrough", json!({}));

    let edit = ["step", "edit", &id, "2", "--field", "content_for_user", "--from", "-", "--json"];
    assert_eq!(writer.run_with(&edit, "Listen closely.").status, 0);
    let plan = writer.json(&["plan", &id, "--connection", "live"]);
    assert_eq!(plan["walkthroughs"][0]["action"], "update");
    assert_eq!(plan["walkthroughs"][0]["learners"]["in_progress"], 1);
    writer.json(&["publish", &id, "--connection", "live"]);

    let second = agent.text("get_next_step", json!({"currentStepId": steps[0]["id"]}));
    assert_eq!(second, render(&writer, &id, 2));
    agent.leave();
}

#[test]
fn a_version_that_changed_in_production_is_a_conflict_and_stays() {
    let database = postgres::shared().database().with_example();
    let (first, second) = (writer(&database), writer(&database));
    let id = write(&first);
    first.json(&["publish", &id, "--connection", "live"]);
    second.json(&["pull", "--all", "--connection", "live"]);
    let edit = |waymark: &Waymark, text: &str| {
        let edit = ["step", "edit", &id, "1", "--field", "content_for_user", "--from", "-", "--json"];
        assert_eq!(waymark.run_with(&edit, text).status, 0);
    };
    edit(&second, "Theirs.");
    second.json(&["publish", &id, "--connection", "live"]);
    edit(&first, "Mine.");

    let plan = first.run(&["plan", &id, "--connection", "live", "--json"]);
    assert_eq!((plan.status, &plan.json()["walkthroughs"][0]["action"]), (1, &json!("conflict")));
    let refused = first.run(&["publish", &id, "--connection", "live", "--json"]);
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (1, &json!("conflict")), "{refused:?}");
    let pulled = first.run(&["pull", &id, "--connection", "live", "--json"]);
    assert_eq!((pulled.status, &pulled.json()["walkthroughs"][0]["action"]), (1, &json!("conflict")), "{pulled:?}");
    assert!(render(&first, &id, 1).contains("Mine."), "the draft stays");
    assert!(database.run("SELECT content_fields FROM walkthrough_steps").contains("Theirs."), "production stays");

    let overwritten = first.json(&["publish", &id, "--connection", "live", "--overwrite", "--yes"]);
    assert_eq!(overwritten["published"][0]["revision"], 3);
}

#[test]
fn a_draft_can_be_uploaded_without_showing_it() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let id = write(&writer);
    writer.json(&["publish", &id, "--connection", "live", "--as-draft"]);
    assert_eq!(database.run("SELECT status FROM walkthroughs").trim(), "draft");
    let mut agent = Agent::connect(&writer, &["--connection", "live", "--server", "docs", "--user", "ada"]);
    assert!(!agent.text("start_walkthrough", json!({})).contains("Look"));
    agent.leave();
}

#[test]
fn an_empty_database_gets_the_schema_once() {
    let database = postgres::shared().empty_database();
    let writer = writer(&database);
    let status = writer.run(&["db", "status", "--connection", "live", "--json"]);
    assert_eq!((status.status, &status.json()["shape"]), (1, &json!("empty")), "{status:?}");
    assert!(writer.json(&["db", "create", "--connection", "live", "--dry-run"])["sql"].as_str().is_some());
    assert_eq!(writer.run(&["db", "status", "--connection", "live"]).status, 1, "a dry run changes nothing");
    assert_eq!(writer.json(&["db", "create", "--connection", "live"])["shape"], "current");
    assert_eq!(writer.run(&["db", "create", "--connection", "live"]).status, 1);
    let id = write(&writer);
    writer.json(&["unassign", &id, "--server", "docs"]);
    writer.json(&["publish", &id, "--connection", "live"]);
}
