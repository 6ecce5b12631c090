//! A wording of one's own, from the plan to the learner: the same bytes everywhere.

use serde_json::json;
use waymark_testkit::postgres;

use crate::{agent::Agent, walk, write, writer};

const OURS: &str = "{{ step.number }}/{{ progress.total_steps }} {{ step.title }}\n\n[for the agent]\n{{ step.operations_for_agent }}\n\n[for the user]\n{{ step.content_for_user }}\n\n{{ step.introduction_for_agent }}{{ step.context_for_agent }}\nget_next_step {{ step.id }}";

#[test]
fn a_connections_wording_is_what_is_planned_published_and_served_there_and_nowhere_else() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let id = write(&writer);
    let steps = writer.json(&["show", &id])["steps"].clone();
    let file = writer.file("ours.jinja", OURS);
    writer.json(&["wording", "add", "Ours", "--from", &file]);
    writer.json(&["wording", "use", "Ours", "--connection", "live"]);
    let render = |number: usize, more: &[&str]| {
        let number = number.to_string();
        let outcome = writer.run(&[&["render", &id, "--step", &number], more].concat());
        assert_eq!(outcome.status, 0, "{outcome:?}");
        outcome.stdout
    };
    let there: Vec<String> = (1..=3).map(|number| render(number, &["--connection", "live"])).collect();
    let drafts: Vec<String> = (1..=3).map(|number| render(number, &[])).collect();
    assert!(there[1].starts_with("2/3 Listen\n\n[for the agent]\n{{ not.evaluated }} <b>"), "{}", there[1]);
    assert!(drafts[1].contains("<content_for_user"), "{}", drafts[1]);

    writer.json(&["publish", &id, "--connection", "live"]);
    walk(Agent::connect(&writer, &["--drafts"]), "First steps", &steps, &drafts);
    let live = ["--connection", "live", "--server", "docs", "--user", "ada"];
    walk(Agent::connect(&writer, &live), "First steps", &steps, &there);

    let edit = ["step", "edit", &id, "2", "--field", "content_for_user", "--from", "-", "--json"];
    assert_eq!(writer.run_with(&edit, "Listen closely.").status, 0);
    let plan = writer.json(&["plan", &id, "--connection", "live"]);
    let agent = plan["walkthroughs"][0]["steps"][0]["agent"].as_array().expect("what an agent reads").clone();
    let texts: Vec<&str> = agent.iter().filter_map(|line| line["text"].as_str()).collect();
    assert!(texts.contains(&"[for the user]") && texts.contains(&"Listen closely."), "{texts:?}");
    let added = agent.iter().find(|line| line["text"] == "Listen closely.").expect("the new line");
    assert_eq!(added["field"], "content_for_user", "colors work in any wording");
    writer.json(&["publish", &id, "--connection", "live"]);

    // A wording for the type beats that of the connection, and the endpoint of the drafts sees it at its next call.
    let mut agent = Agent::connect(&writer, &["--drafts"]);
    agent.text("start_walkthrough", json!({ "name": "First steps" }));
    writer.json(&["wording", "use", "markdown", "--type", "quickstart"]);
    let next = agent.text("get_next_step", json!({ "currentStepId": steps[0]["id"] }));
    assert_eq!(next, render(2, &["--wording", "markdown"]));
    assert_eq!(next, render(2, &["--connection", "live"]));
    agent.leave();
}
