//! Back to an earlier revision, and out of learners' sight: what the commands say, and what production has afterwards.

use waymark_testkit::postgres;

use crate::{write, writer};

#[test]
fn the_rights_of_a_role_are_printed_and_checked() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let printed = writer.run(&["db", "grants", "--connection", "live", "--persona", "reader", "--role", "ann"]);
    assert_eq!(printed.status, 0, "{printed:?}");
    assert!(printed.stdout.contains("GRANT SELECT ON walkthroughs TO \"ann\";"), "{printed:?}");
    let checked = writer.json(&["db", "grants", "--connection", "live", "--check"]);
    assert_eq!(checked["missing"], serde_json::json!([]), "the owner has all of them");
}

#[test]
fn a_publish_is_rolled_back_hidden_archived_and_shown_again() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let id = write(&writer);
    writer.json(&["publish", &id, "--connection", "live"]);
    writer.json(&["step", "edit", &id, "1", "--title", "Look twice"]);
    writer.json(&["publish", &id, "--connection", "live"]);
    let there = || {
        database.run("SELECT w.status, min(s.title) FROM walkthroughs w JOIN walkthrough_steps s ON s.walkthrough_id = w.id WHERE s.title LIKE 'Look%' GROUP BY 1")
    };
    assert_eq!(there(), "published|Look twice");

    let history = writer.json(&["history", &id]);
    let revisions = history["revisions"].as_array().expect("revisions");
    let first = revisions.iter().rfind(|revision| revision["reason"] == "published").expect("the first publish");
    let to = first["number"].to_string();
    let planned = writer.json(&["rollback", &id, "--to", &to, "--connection", "live", "--dry-run"]);
    assert_eq!(planned["walkthroughs"][0]["action"], "update");
    assert_eq!(there(), "published|Look twice", "a dry run changes nothing");
    let done = writer.json(&["rollback", &id, "--to", &to, "--connection", "live"]);
    assert_eq!(done["published"][0]["revision"], 3);
    assert_eq!(there(), "published|Look");
    assert_eq!(writer.json(&["show", &id])["steps"][0]["title"], "Look twice", "the draft stays as it is");

    writer.json(&["unpublish", &id, "--connection", "live"]);
    assert_eq!(there(), "draft|Look");
    writer.json(&["archive", &id, "--connection", "live"]);
    assert_eq!(there(), "archived|Look");
    writer.json(&["publish", &id, "--connection", "live", "--unchanged"]);
    assert_eq!(there(), "published|Look");

    let planned = writer.run(&["delete", &id, "--from", "live", "--dry-run"]);
    assert!(planned.stdout.contains("delete") && planned.stdout.contains("its 3 steps"), "{planned:?}");
    let asked = writer.run(&["delete", &id, "--from", "live"]);
    assert_eq!((asked.status, there().as_str()), (1, "published|Look"), "{asked:?}");
    let gone = writer.json(&["delete", &id, "--from", "live", "--yes"]);
    assert_eq!(gone["deleted"][0], id.as_str());
    assert_eq!(database.run("SELECT count(*) FROM walkthroughs"), "0");
    assert_eq!(writer.json(&["show", &id])["steps"][0]["title"], "Look twice", "the draft stays");
    let kept = writer.json(&["history", &id]);
    assert_eq!(kept["revisions"][0]["reason"], "overwritten");
    assert_eq!(writer.json(&["plan", &id, "--connection", "live"])["walkthroughs"][0]["action"], "create");

    let unknown = writer.run(&["rollback", &id, "--to", "99", "--connection", "live"]);
    assert_eq!(unknown.status, 3, "{unknown:?}");
}
