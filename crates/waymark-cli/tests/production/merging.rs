//! Two writers, one walkthrough: what both changed is joined, asked about, and published.

use serde_json::{Value, json};
use waymark_testkit::postgres::{self, Database};

use crate::{command::Waymark, write, writer};

fn say(waymark: &Waymark, id: &str, field: &str, text: &str) {
    let edit = ["step", "edit", id, "1", "--field", field, "--from", "-", "--json"];
    assert_eq!(waymark.run_with(&edit, text).status, 0);
}

/// Two writers in sync with production, and the walkthrough's id.
fn two(database: &Database<'_>) -> (Waymark, Waymark, String) {
    let (first, second) = (writer(database), writer(database));
    let id = write(&first);
    first.json(&["publish", &id, "--connection", "live"]);
    second.json(&["pull", "--all", "--connection", "live"]);
    (first, second, id)
}

fn fields(waymark: &Waymark, id: &str) -> Value {
    waymark.json(&["show", id])["steps"][0]["content_fields"].clone()
}

#[test]
fn different_fields_are_joined_by_a_pull_and_the_next_plan_is_an_update() {
    let database = postgres::shared().database().with_example();
    let (first, second, id) = two(&database);
    say(&second, &id, "operations_for_agent", "Theirs.");
    second.json(&["publish", &id, "--connection", "live"]);
    say(&first, &id, "content_for_user", "Mine.");
    assert_eq!(first.json(&["pull", &id, "--connection", "live"])["walkthroughs"][0]["action"], "merged");
    let plan = first.json(&["plan", &id, "--connection", "live"]);
    assert_eq!(plan["walkthroughs"][0]["action"], "update");
    first.json(&["publish", &id, "--connection", "live"]);
    second.json(&["pull", &id, "--connection", "live"]);
    assert_eq!(fields(&second, &id), fields(&first, &id));
    assert_eq!(fields(&first, &id)["contentForUser"], "Mine.");
    assert_eq!(fields(&first, &id)["operationsForAgent"], "Theirs.");
}

#[test]
fn a_conflict_is_listed_with_exit_status_1_and_answered_by_a_side_or_a_file() {
    let database = postgres::shared().database().with_example();
    let (first, second, id) = two(&database);
    for text in ["Theirs.", "Quite another."] {
        say(&second, &id, "content_for_user", text);
        second.json(&["publish", &id, "--connection", "live"]);
        say(&first, &id, "content_for_user", "Mine.");
        let pulled = first.run(&["pull", &id, "--connection", "live", "--json"]);
        assert_eq!((pulled.status, &pulled.json()["walkthroughs"][0]["action"]), (1, &json!("conflict")));
        assert_eq!(pulled.json()["walkthroughs"][0]["conflicts"][0]["theirs"], text);

        let merge = ["merge", &id, "--connection", "live"];
        let shown = first.run(&merge);
        assert_eq!(shown.status, 1, "{shown:?}");
        for part in
            ["1 conflict", "step 1 `Look`: user content", "+ Mine.", &format!("+ {text}"), "Nothing was written"]
        {
            assert!(shown.stdout.contains(part), "{part} is not in {}", shown.stdout);
        }
        let listed = first.run(&[&merge[..], &["--json"]].concat());
        assert_eq!((listed.status, &listed.json()["action"]), (1, &json!("conflict")));
        assert_eq!(fields(&first, &id)["contentForUser"], "Mine.");

        if text == "Theirs." {
            assert_eq!(first.json(&[&merge[..], &["--take", "theirs"]].concat())["action"], "merged");
            assert_eq!(fields(&first, &id)["contentForUser"], "Theirs.");
        } else {
            let place = listed.json()["conflicts"][0]["place"].clone();
            let answers = json!([{"place": place, "take": {"text": "Both."}}]).to_string();
            let file = first.file("answers.json", answers);
            assert_eq!(first.json(&[&merge[..], &["--answers", &file]].concat())["action"], "merged");
            assert_eq!(fields(&first, &id)["contentForUser"], "Both.");
            first.json(&["publish", &id, "--connection", "live"]);
        }
        assert_eq!(first.json(&merge)["action"], "none");
    }
    assert!(database.run("SELECT content_fields FROM walkthrough_steps").contains("Both."));
    let history = first.run(&["history", &id]).stdout;
    assert!(history.contains("before merging") && history.contains("pulled"), "{history}");
}

#[test]
fn answers_that_do_not_fit_are_bad_input_and_write_nothing() {
    let database = postgres::shared().database().with_example();
    let (first, second, id) = two(&database);
    say(&second, &id, "content_for_user", "Theirs.");
    second.json(&["publish", &id, "--connection", "live"]);
    say(&first, &id, "content_for_user", "Mine.");
    for answers in [
        "{",
        "{}",
        r#"[{"place":{"place":"title"},"take":"mine"}]"#,
        r#"[{"place":{"place":"nowhere"},"take":"mine"}]"#,
    ] {
        let file = first.file("answers.json", answers);
        let refused = first.run(&["merge", &id, "--connection", "live", "--answers", &file, "--json"]);
        assert_eq!((refused.status, &refused.json()["error"]["code"]), (2, &json!("invalid_input")), "{refused:?}");
    }
    let open = first.file("answers.json", "[]");
    let refused = first.run(&["merge", &id, "--connection", "live", "--answers", &open, "--json"]);
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (1, &json!("refused")), "{refused:?}");
    assert_eq!(fields(&first, &id)["contentForUser"], "Mine.");
}
