//! Backups, recovery and libraries in trouble, as a person at the command line meets them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::command::Waymark;
use serde_json::{Value, json};

fn titles(waymark: &Waymark) -> Vec<String> {
    let listed = waymark.json(&["list"]);
    let all = listed["walkthroughs"].as_array().expect("a list");
    let mut titles: Vec<String> = all.iter().map(|each| each["title"].as_str().expect("a title").to_owned()).collect();
    titles.sort();
    titles
}

fn backups(waymark: &Waymark) -> Vec<Value> {
    waymark.json(&["backup", "list"])["backups"].as_array().expect("a list").clone()
}

fn library(waymark: &Waymark) -> PathBuf {
    waymark.path("library").join("library.sqlite")
}

fn check<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["checks"].as_array().expect("checks").iter().find(|check| check["name"] == name).expect("it is looked at")
}

#[test]
fn the_first_write_of_a_day_makes_a_backup_outside_of_the_library() {
    let waymark = Waymark::new();
    assert_eq!(backups(&waymark).len(), 0);
    waymark.make("course", "One", &["Step"]);
    waymark.make("course", "Two", &[]);
    let made = backups(&waymark);
    assert_eq!((made.len(), &made[0]["reason"]), (1, &json!("daily")));
    let folder = waymark.json(&["backup", "list"])["folder"].as_str().expect("a folder").to_owned();
    assert!(!Path::new(&folder).starts_with(waymark.path("library")), "{folder}");
    assert!(Path::new(&folder).join(made[0]["name"].as_str().expect("a name")).is_file());
    // Somebody else's folder is used when it is asked for.
    let elsewhere = waymark.path("elsewhere").display().to_string();
    let made = waymark.json(&["backup", "create", "--backups", &elsewhere]);
    assert_eq!(made["contents"]["walkthroughs"], 2);
    assert_eq!(backups(&waymark).len(), 1);
    let in_the_way = waymark.file("in-the-way", "a file");
    let refused = waymark.run(&["backup", "create", "--backups", &in_the_way]);
    assert_eq!(refused.status, 4);
    assert!(refused.stderr.contains("cannot be written"), "{refused:?}");
}

#[test]
fn a_backup_is_restored_after_saying_what_differs_and_what_was_there_is_kept() {
    let waymark = Waymark::new();
    waymark.make("course", "One", &["Step"]);
    let name = waymark.json(&["backup", "create"])["name"].as_str().expect("a name").to_owned();
    waymark.make("course", "Two", &[]);
    let planned = waymark.json(&["backup", "restore", &name, "--dry-run"]);
    assert_eq!(planned["difference"]["only_here"], json!(["Two"]));
    assert_eq!(titles(&waymark), ["One", "Two"]);
    let restored = waymark.json(&["backup", "restore", &name]);
    assert_eq!(titles(&waymark), ["One"]);
    assert_eq!(waymark.json(&["show", "One"])["steps"].as_array().map(Vec::len), Some(1));
    let plain = waymark.run(&["backup", "restore", restored["kept"].as_str().expect("kept")]);
    assert!(plain.stdout.contains("only in the backup:\n  Two"), "{plain:?}");
    assert_eq!(titles(&waymark), ["One", "Two"]);
    let verified = waymark.json(&["backup", "verify"]);
    assert!(verified["backups"].as_array().expect("all").iter().all(|each| each["is_good"] == true), "{verified}");
    assert_eq!(waymark.run(&["backup", "restore", "nothing"]).status, 3);
}

#[test]
fn a_backup_that_is_not_good_is_said_and_not_restored() {
    let waymark = Waymark::new();
    waymark.make("course", "One", &[]);
    let listed = waymark.json(&["backup", "list"]);
    let file = Path::new(listed["folder"].as_str().expect("a folder"))
        .join(backups(&waymark)[0]["name"].as_str().expect("one"));
    fs::write(&file, "not a library").expect("damaged");
    let verified = waymark.run(&["backup", "verify", "--json"]);
    assert_eq!((verified.status, &verified.json()["backups"][0]["is_good"]), (1, &json!(false)));
    assert_eq!(waymark.run(&["backup", "restore", "latest"]).status, 4);
    let doctor = waymark.json(&["doctor"]);
    assert_eq!(check(&doctor, "backups")["health"], "limited");
    assert_eq!(titles(&waymark), ["One"]);
}

#[test]
fn a_damaged_library_is_said_and_recovered_and_everything_that_needs_no_library_works_on() {
    let waymark = Waymark::new();
    waymark.make("course", "One", &["A", "B"]);
    waymark.json(&["backup", "create"]);
    waymark.make("course", "Two", &["C"]);
    let mut bytes = fs::read(library(&waymark)).expect("its bytes");
    bytes[..2048].fill(0x3c);
    fs::write(library(&waymark), &bytes).expect("damaged");

    let refused = waymark.run(&["list", "--json"]);
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (4, &json!("library_damaged")));
    assert!(refused.json()["error"]["hint"].as_str().is_some_and(|hint| hint.contains("waymark doctor --recover")));
    let doctor = waymark.run(&["doctor", "--json"]);
    assert_eq!((doctor.status, &check(&doctor.json(), "library")["health"]), (1, &json!("bad")));
    assert_eq!(waymark.run(&["sandbox", "down"]).status, 0, "stopping a sandbox needs no library");

    let recovered = waymark.json(&["doctor", "--recover"]);
    assert!(recovered["saved"]["damaged"].as_u64().expect("a number") > 0, "{recovered}");
    assert_eq!(recovered["saved"]["lost"], json!([]));
    let kept = Path::new(recovered["kept"].as_str().expect("a folder")).join("library.sqlite");
    assert_eq!(fs::read(kept).expect("kept"), bytes);
    assert_eq!(titles(&waymark), ["One", "Two"]);
    assert_eq!(waymark.json(&["show", "One"])["steps"].as_array().map(Vec::len), Some(2));
    let again = waymark.run(&["backup", "recover", "--json"]);
    assert_eq!((again.status, &again.json()["error"]["code"]), (1, &json!("refused")));
    waymark.make("course", "Three", &[]);
}

#[cfg(unix)]
#[test]
fn a_library_that_cannot_be_written_is_listed_shown_rendered_linted_and_exported() {
    use std::os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    };
    let waymark = Waymark::new();
    waymark.make("course", "One", &["Step"]);
    let mode = |path: &Path, bits| fs::set_permissions(path, fs::Permissions::from_mode(bits)).expect("a mode");
    let binary = waymark.path("waymark");
    fs::copy(env!("CARGO_BIN_EXE_waymark"), &binary).expect("a copy that anybody may run");
    for (path, bits) in
        [(waymark.folder.path().to_owned(), 0o755), (binary.clone(), 0o755), (waymark.path("library"), 0o555)]
    {
        mode(&path, bits);
    }
    for entry in fs::read_dir(waymark.path("library")).expect("its files") {
        let path = entry.expect("a file").path();
        if path.is_file() {
            mode(&path, 0o444);
        }
    }
    let home = tempfile::tempdir().expect("a home");
    mode(home.path(), 0o777);
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(&binary);
        command.env_clear().env("HOME", home.path()).env("WAYMARK_LIBRARY", waymark.path("library")).args(arguments);
        // Root may write everywhere.
        if fs::metadata(waymark.folder.path()).expect("it is there").uid() == 0 {
            command.uid(65_534).gid(65_534);
        }
        command.current_dir("/").output().expect("it runs")
    };
    for arguments in [&["list"][..], &["show", "One"], &["render", "One", "--step", "1"], &["export", "One"]] {
        let output = run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        assert!(!output.stdout.is_empty());
    }
    assert!(run(&["lint", "One"]).status.code().is_some_and(|status| status < 2));
    let refused = run(&["new", "--type", "course", "--title", "Two"]);
    assert_eq!(refused.status.code(), Some(4), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("cannot be written"), "{refused:?}");
    mode(&waymark.path("library"), 0o755);
}
