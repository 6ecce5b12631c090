//! Bad input: each refused with what, where and how to mend it, with its exit status, and with nothing changed.

use std::fs::File;

use crate::command::Waymark;
use serde_json::{Value, json};
use waymark_testkit::content;

/// A library with one walkthrough, whose whole content is the same after a refusal.
struct Scene {
    waymark: Waymark,
}

impl Scene {
    fn new() -> Self {
        let waymark = Waymark::new();
        waymark.make("course", "Tour", &["One", "Two"]);
        // What lists count is computed when somebody asks, and kept: asked now, it is there already.
        waymark.json(&["list"]);
        Self { waymark }
    }

    /// Runs a command that must be refused: with this status, these words in its message, and a hint. Every
    /// table of the library, the journal included, and every file beside it stay as they are.
    #[track_caller]
    fn refuses(&self, arguments: &[&str], input: &[u8], status: i32, words: &[&str]) -> Refusal {
        let before = content::of_library(&self.waymark.path("library"));
        let mut with_json = arguments.to_vec();
        with_json.push("--json");
        let outcome = self.waymark.run_with(&with_json, input);
        assert_eq!(outcome.status, status, "{arguments:?}: {outcome:?}");
        let error = outcome.json()["error"].clone();
        let message = error["message"].as_str().unwrap_or_default();
        for word in words {
            assert!(message.contains(word), "{arguments:?}: `{word}` is not in: {message}");
        }
        assert!(error["code"].is_string(), "{error}");
        assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{arguments:?} has no hint: {error}");
        let plain = self.waymark.run_with(arguments, input);
        assert_eq!((plain.status, plain.stdout.as_str()), (status, ""), "{plain:?}");
        assert!(plain.stderr.contains(message), "the same words without --json: {plain:?}");
        before.assert_is(&content::of_library(&self.waymark.path("library")), &format!("{arguments:?}"));
        Refusal(error)
    }

    #[track_caller]
    fn refuses_import(&self, content: impl AsRef<[u8]>, words: &[&str]) -> Refusal {
        let file = self.waymark.file("bad.json", content);
        let mut in_file = vec!["bad.json"];
        in_file.extend(words);
        self.refuses(&["import", &file], b"", 2, &in_file)
    }
}

/// What a refusal said.
struct Refusal(Value);

impl Refusal {
    /// It says how to mend it, in these words.
    #[track_caller]
    fn hints(&self, words: &str) {
        assert!(self.0["hint"].as_str().is_some_and(|hint| hint.contains(words)), "`{words}` is no hint of {}", self.0);
    }
}

fn export(walkthrough: serde_json::Value, steps: serde_json::Value) -> String {
    json!({"version": "1.0", "walkthrough": walkthrough, "steps": steps}).to_string()
}

fn step(title: &str) -> serde_json::Value {
    json!({"title": title, "contentFields": {"version": "v1", "contentForUser": "x"}, "displayOrder": 1})
}

#[test]
fn files_that_are_no_export_are_refused() {
    let scene = Scene::new();
    scene.refuses_import("{\"version\": \"1.0\",\n  \"walkthrough\": {,", &["line 2"]).hints("Correct the JSON there");
    scene.refuses_import("", &["empty"]).hints("Choose a JSON export");
    scene.refuses_import("\"just a text\"", &[]).hints("An export begins with");
    scene
        .refuses_import(json!({"version": "2.0", "walkthrough": {}, "steps": []}).to_string(), &["version", "2.0"])
        .hints("Export the walkthrough again");
    scene.refuses_import(b"{\"version\":\n\"\xff\"}", &["UTF-8", "line 2"]).hints("Save the file as UTF-8");
    let truncated = export(json!({"title": "A", "type": "course"}), json!([step("S")]));
    scene.refuses_import(&truncated[..truncated.len() - 9], &["line 1"]).hints("Get the whole file again");
}

#[test]
fn exports_with_something_missing_or_wrong_are_refused_at_their_place() {
    let scene = Scene::new();
    let steps = || json!([step("S")]);
    scene
        .refuses_import(export(json!({"type": "course"}), steps()), &["walkthrough", "title"])
        .hints("Add it, for example");
    scene.refuses_import(export(json!({"title": "A"}), steps()), &["walkthrough", "type"]).hints("Add it, for example");
    scene
        .refuses_import(export(json!({"title": "A", "type": "sermon"}), steps()), &["type", "sermon"])
        .hints("quickstart");
    scene.refuses_import(export(json!({"title": 7, "type": "course"}), steps()), &["title"]).hints("there");
    let course = || json!({"title": "A", "type": "course"});
    scene
        .refuses_import(json!({"version": "1.0", "walkthrough": course()}).to_string(), &["steps"])
        .hints("Add it, for example");
    scene
        .refuses_import(export(course(), json!([step("S"), {"contentFields": {}}])), &["steps[1]", "title"])
        .hints("Add it");
    scene
        .refuses_import(export(course(), json!([step("NUL \u{0} here")])), &["NUL", "steps[0]"])
        .hints("Remove the character");
    let mut itself = step("S");
    itself["nextStepReference"] = json!(0);
    scene
        .refuses_import(export(course(), json!([itself])), &["steps[0]", "itself"])
        .hints("the index (from 0) of another step");
    let taken = export(json!({"title": "Tour", "type": "course"}), steps());
    let taken = scene.waymark.file("taken.json", taken);
    scene.refuses(&["import", &taken], b"", 1, &["Tour"]).hints("--as-copy");
}

#[test]
fn files_that_are_not_there_or_too_large_are_refused_unread() {
    let scene = Scene::new();
    let missing = scene.waymark.path("none.json").display().to_string();
    scene.refuses(&["import", &missing], b"", 3, &["none.json", "does not exist"]).hints("Check the path");
    let folder = scene.waymark.folder.path().display().to_string();
    scene.refuses(&["import", &folder], b"", 2, &["folder"]).hints("Choose the files in it");
    let large = scene.waymark.path("large.json");
    File::create(&large).and_then(|file| file.set_len(100 * 1024 * 1024)).expect("a sparse file");
    scene.refuses(&["import", &large.display().to_string()], b"", 2, &["large.json", "100 MB"]).hints("MB");
    scene.refuses(&["import", "-"], b"{", 2, &["line 1"]);
}

#[test]
fn titles_beyond_the_limits_are_refused() {
    let scene = Scene::new();
    let long = "t".repeat(101);
    scene.refuses(&["new", "--type", "course", "--title", &long], b"", 2, &["101 characters"]).hints("Shorten it by 1");
    scene.refuses(&["new", "--type", "course", "--title", "  "], b"", 2, &["empty"]).hints("1 to 100 characters");
    scene.refuses(&["new", "--type", "course", "--title", "Tour"], b"", 2, &["Tour"]).hints("Choose another title");
    let long = "s".repeat(201);
    scene.refuses(&["step", "add", "Tour", "--title", &long], b"", 2, &["201 characters"]).hints("Shorten it by 1");
    scene.refuses(&["step", "edit", "Tour", "1", "--title", ""], b"", 2, &["empty"]);
    scene
        .refuses(
            &["step", "edit", "Tour", "1", "--field", "content_for_user", "--from", "-"],
            b"a\nb\0",
            2,
            &["NUL", "line 2"],
        )
        .hints("Remove the character");
}

#[test]
fn what_does_not_exist_is_not_found() {
    let scene = Scene::new();
    for arguments in [
        &["show", "wt_unknown"] as &[&str],
        &["export", "wt_unknown"],
        &["delete", "wt_unknown"],
        &["render", "wt_unknown", "--step", "1"],
        &["lint", "wt_unknown"],
        &["assign", "wt_unknown", "--server", "docs"],
    ] {
        scene.refuses(arguments, b"", 3, &["wt_unknown"]);
    }
    scene.refuses(&["render", "Tour", "--step", "3"], b"", 3, &["step 3"]);
    scene.refuses(&["render", "Tour", "--step", "0"], b"", 3, &["step 0"]);
    scene.refuses(&["step", "delete", "Tour", "9"], b"", 3, &["9"]);
    scene.refuses(&["step", "move", "Tour", "wts_none", "--to", "1"], b"", 3, &["wts_none"]);
    scene.refuses(&["connection", "test", "nowhere"], b"", 3, &["nowhere"]);
    scene.refuses(&["db", "status", "--connection", "nowhere"], b"", 3, &["nowhere"]);
    scene.refuses(&["unassign", "Tour", "--server", "nowhere"], b"", 3, &["nowhere"]);
    scene.refuses(&["serve", "--http", "127.0.0.1:0", "--drafts", "--server", "nowhere"], b"", 3, &["nowhere"]);
}

#[test]
fn links_to_oneself_are_refused() {
    let scene = Scene::new();
    scene.refuses(&["step", "edit", "Tour", "1", "--next", "1"], b"", 2, &["itself"]).hints("Choose another step");
}

#[test]
fn what_a_terminal_would_obey_is_shown_and_not_sent() {
    let scene = Scene::new();
    let title = "A\u{1b}[2J\u{7}\u{9b}31m\u{202e}";
    let mut odd = step("S\u{1b}]0;pwned\u{7}");
    odd["contentFields"]["contentForUser"] = json!("Escape\u{1b}[0m");
    let file = scene.waymark.file("odd.json", export(json!({"title": title, "type": "course"}), json!([odd])));
    let show = ["show", title];
    let nothing = ["show", "none\u{1b}[2J"];
    for arguments in
        [&["import", file.as_str()] as &[&str], &["list"], &show, &["lint"], &["step", "delete", title, "9"], &nothing]
    {
        let outcome = scene.waymark.run(arguments);
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        assert!(said.contains("\\u{1b}"), "{arguments:?}: {said:?}");
        let is_obeyed = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!said.contains(is_obeyed), "{arguments:?}: {said:?}");
    }
    // What an agent gets is exact.
    assert!(scene.waymark.run(&["render", title, "--step", "1"]).stdout.contains("Escape\u{1b}[0m"));
}

#[test]
fn odd_ids_and_titles_are_text_and_nothing_else() {
    let scene = Scene::new();
    let id = "wt_'; DROP TABLE \"walkthroughs\" --%00/../%s";
    let walkthrough = json!({"id": id, "title": "It's \"100%\" _x_ \\", "type": "course"});
    let mut odd = step("S");
    odd["waymark"] = json!({"id": "wts_ '\"%/.."});
    let file = scene.waymark.file("odd.json", export(walkthrough, json!([odd])));
    assert_eq!(scene.waymark.json(&["import", &file])["walkthroughs"][0]["id"], id);
    for name in [id, "It's \"100%\" _x_ \\"] {
        assert_eq!(scene.waymark.json(&["show", name])["id"], id);
    }
    assert_eq!(scene.waymark.json(&["list", "--search", "100%"])["walkthroughs"].as_array().map(Vec::len), Some(1));
    assert_eq!(scene.waymark.json(&["list", "--search", "%' OR 1=1"])["walkthroughs"], json!([]));
    scene.waymark.json(&["step", "edit", id, "wts_ '\"%/..", "--title", "T"]);
    scene.waymark.json(&["delete", id]);
    assert_eq!(scene.waymark.json(&["list"])["walkthroughs"].as_array().map(Vec::len), Some(1));
}

#[test]
fn bad_usage_is_told_in_json_too() {
    let scene = Scene::new();
    for arguments in [
        &["new", "--type", "sermon", "--title", "A", "--json"] as &[&str],
        &["render", "Tour", "--json"],
        &["frobnicate", "--json"],
        &["step", "edit", "Tour", "1", "--field", "nonsense", "--from", "x", "--json"],
        &["render", "Tour", "--step", "-1", "--json"],
    ] {
        let outcome = scene.waymark.run(arguments);
        assert_eq!(outcome.status, 2, "{arguments:?}: {outcome:?}");
        assert_eq!(outcome.json()["error"]["code"], "invalid_input", "{outcome:?}");
    }
}

#[test]
fn connections_take_no_password_and_no_open_line_to_other_machines() {
    let scene = Scene::new();
    let add = |url: &'static str| ["connection", "add", "c", "--organization", "org_1", "--url", url];
    let words = ["password"];
    scene.refuses(&add("postgres://me:Tr0ub4dor@db.example.com/app"), b"", 2, &words);
    let outcome = scene.waymark.run(&add("postgres://me:Tr0ub4dor@db.example.com/app"));
    assert!(!format!("{outcome:?}").contains("Tr0ub4dor"), "{outcome:?}");
    scene.refuses(&add("mysql://me@db.example.com/app"), b"", 2, &["postgres://"]);
    scene.refuses(&add("postgres://me@db.example.com/app?sslmode=disable"), b"", 2, &[]);
    let mut disabled = add("postgres://me@db.example.com/app").to_vec();
    disabled.extend(["--tls", "disable"]);
    scene.refuses(&disabled, b"", 2, &["db.example.com"]);
    assert_eq!(scene.waymark.json(&["connection", "list"])["connections"], json!([]));
}

#[test]
fn a_password_needs_a_keyring_and_is_not_dropped_elsewhere() {
    let scene = Scene::new();
    let add = [
        "connection",
        "add",
        "c",
        "--organization",
        "org_1",
        "--password-stdin",
        "--url",
        "postgres://me@db.example.com/app",
    ];
    scene.refuses(&add, b"Tr0ub4dor\n", 4, &["keyring"]).hints("PGPASSWORD");
    assert_eq!(scene.waymark.json(&["connection", "list"])["connections"], json!([]));
    scene.refuses(&add, b"\n", 2, &["password"]);
    for file in std::fs::read_dir(scene.waymark.path("library")).expect("a folder") {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        assert!(!bytes.windows(9).any(|window| window == b"Tr0ub4dor"), "{}", path.display());
    }
}
