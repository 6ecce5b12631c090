//! Several walkthroughs at once from the command line, and the trash.

use crate::command::Waymark;
use serde_json::{Value, json};

fn three() -> Waymark {
    let waymark = Waymark::new();
    for title in ["Helm one", "Helm two", "Other"] {
        waymark.make("course", title, &["Begin"]);
    }
    waymark
}

fn titles(listing: &Value) -> Vec<&str> {
    let all = listing["walkthroughs"].as_array().expect("a list");
    let mut titles: Vec<&str> = all.iter().filter_map(|one| one["title"].as_str()).collect();
    titles.sort_unstable();
    titles
}

#[test]
fn what_a_search_finds_or_a_name_says_is_changed_and_taken_back() {
    let waymark = three();
    let changed = |arguments: &[&str]| waymark.json(arguments)["changed"].as_array().map(Vec::len);
    assert_eq!(changed(&["bulk", "status", "published", "--filter", "in:title helm"]), Some(2));
    assert_eq!(titles(&waymark.json(&["list", "--status", "published"])), ["Helm one", "Helm two"]);
    waymark.json(&["bulk", "undo"]);
    assert_eq!(titles(&waymark.json(&["list", "--status", "published"])), Vec::<&str>::new());
    assert_eq!(changed(&["bulk", "archive", "Other", "Helm one"]), Some(2));
    assert_eq!(changed(&["bulk", "tag", "--filter", "status:archived", "--add", "old"]), Some(2));
    assert_eq!(titles(&waymark.json(&["list", "--search", "tag:old"])), ["Helm one", "Other"]);
    assert_eq!(changed(&["bulk", "delete", "--filter", "tag:old"]), Some(2));
    assert_eq!(titles(&waymark.json(&["list"])), ["Helm two"]);
    let unclear = waymark.run(&["bulk", "delete", "--filter", "type:nothing"]);
    assert_eq!(unclear.status, 2, "{}", unclear.stderr);
    assert_eq!(waymark.run(&["bulk", "delete"]).status, 2);
}

#[test]
fn many_are_exported_into_a_folder() {
    let waymark = three();
    let folder = waymark.path("exports");
    std::fs::create_dir(&folder).expect("a folder");
    let folder = folder.display().to_string();
    let exported = waymark.json(&["bulk", "export", "--filter", "helm", "--into", &folder]);
    assert_eq!(exported["files"].as_array().map(Vec::len), Some(2));
    let missing = waymark.run(&["bulk", "export", "--filter", "helm", "--into", "/nowhere/at/all"]);
    assert_eq!(missing.status, 2, "{}", missing.stderr);
}

#[test]
fn the_trash_is_listed_restored_and_emptied_by_one_who_says_so() {
    let waymark = three();
    waymark.json(&["bulk", "delete", "Helm one", "Helm two", "Other"]);
    assert_eq!(titles(&waymark.json(&["trash", "list"])).len(), 3);
    let restored = waymark.json(&["trash", "restore", "Helm one"]);
    assert_eq!(restored["restored"].as_array().map(Vec::len), Some(1));
    let asked = waymark.run(&["trash", "empty"]);
    assert!(
        asked.status == 1 && asked.stderr.contains("2 walkthroughs") && asked.stderr.contains("--yes"),
        "{}",
        asked.stderr
    );
    assert_eq!(waymark.run(&["trash", "empty", "Helm one", "--yes"]).status, 1, "it is not in the trash");
    assert_eq!(waymark.json(&["trash", "empty", "Other", "--yes"])["deleted"].as_array().map(Vec::len), Some(1));
    assert_eq!(titles(&waymark.json(&["trash", "list"])), ["Helm two"]);
    waymark.json(&["trash", "empty", "--yes"]);
    assert_eq!(waymark.json(&["trash", "list"]), json!({ "walkthroughs": [] }));
    assert_eq!(titles(&waymark.json(&["list"])), ["Helm one"]);
}
