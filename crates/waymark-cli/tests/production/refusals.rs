//! What a database, a network or a role refuses: each with its own code and status, a next step, and nothing changed.

use std::{
    fs::Permissions,
    io::{Read, Write},
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::Path,
    process::Command,
};

use serde_json::{Value, json};
use waymark_testkit::{
    content,
    postgres::{self, Cluster, Database, ORGANIZATION, OTHER_ORGANIZATION, PASSWORD, Purpose, USER},
};

use crate::{agent::Agent, command::Waymark, write, writer};

/// How a command is refused: exit status and code, words of the message (what and where) and of the hint (how to mend it).
type Said<'a> = (i32, &'a str, &'a [&'a str], &'a str);

/// Runs a command that must fail, with this `PGPASSWORD`. Neither the library nor the database is another afterwards, in
/// any table or column.
#[track_caller]
fn refuses(waymark: &Waymark, database: Option<&Database<'_>>, password: &str, arguments: &[&str], said: Said<'_>) {
    let (status, code, words, hint) = said;
    let library = waymark.path("library");
    let before = (content::of_library(&library), database.map(Database::content));
    let output = waymark.command(arguments).arg("--json").env("PGPASSWORD", password).output().expect("it runs");
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {stdout}{stderr}");
    let answer: Value = serde_json::from_str(&stdout).expect("JSON");
    let error = answer.get("error").unwrap_or(&answer["failed"][0]["error"]).clone();
    assert_eq!(error["code"], code, "{arguments:?}: {error}");
    for word in words {
        assert!(error["message"].as_str().is_some_and(|message| message.contains(word)), "no `{word}` in {error}");
    }
    assert!(error["hint"].as_str().is_some_and(|said| said.contains(hint)), "no `{hint}` in {error}");
    if !password.is_empty() {
        assert!(!stdout.contains(password) && !stderr.contains(password), "the password shows");
    }
    before.0.assert_is(&content::of_library(&library), &format!("{arguments:?}"));
    if let (Some(before), Some(database)) = (before.1, database) {
        before.assert_is(&database.content(), &format!("{arguments:?}"));
    }
}

#[test]
fn networks_certificates_and_passwords() {
    let cluster = Cluster::start(Purpose::Tls).expect("Postgres with TLS");
    let database = cluster.database().with_example();
    let url = format!("postgres://{USER}@localhost:{}/{}", cluster.port(), database.name());
    let waymark = Waymark::new();
    let add = |name: &str, url: &str, ca: &std::path::Path| {
        let ca = ca.display().to_string();
        let add = [
            "connection",
            "add",
            name,
            "--url",
            url,
            "--organization",
            ORGANIZATION,
            "--tls",
            "verify-full",
            "--ca",
            &ca,
        ];
        waymark.json(&add);
    };
    let (ours, other) = (cluster.ca_file(), cluster.other_ca_file());
    add("good", &url, &ours);
    add("other-ca", &url, &other);
    add("by-address", &url.replace("localhost", "127.0.0.1"), &ours);
    add("no-host", &url.replace("localhost", "nowhere.invalid"), &ours);
    add("no-port", &url.replace(&cluster.port().to_string(), "1"), &ours);

    let report =
        waymark.command(&["connection", "test", "good", "--json"]).env("PGPASSWORD", PASSWORD).output().expect("runs");
    assert_eq!(report.status.code(), Some(0), "{}", String::from_utf8_lossy(&report.stdout));
    let id = waymark.make("course", "Tour", &["One"]);
    for (name, password, said) in [
        ("good", "wrong battery", (4, "authentication_failed", &["password", USER][..], "Enter the password again")),
        ("other-ca", PASSWORD, (4, "unreachable", &["localhost", "authority", "TLS"], "Choose the CA file")),
        (
            "by-address",
            PASSWORD,
            (4, "unreachable", &["127.0.0.1", "another name"], "the name that is in the certificate"),
        ),
        ("no-host", PASSWORD, (4, "unreachable", &["nowhere.invalid"], "Check the host")),
        ("no-port", PASSWORD, (4, "unreachable", &["localhost"], "Check host and port")),
        ("good", "", (4, "keyring_unavailable", &["keyring"], "PGPASSWORD")),
    ] {
        for arguments in [&["connection", "test", name][..], &["publish", &id, "--connection", name]] {
            refuses(&waymark, Some(&database), password, arguments, said);
        }
    }
}

#[test]
fn a_server_without_tls_is_refused_and_never_spoken_to_in_the_clear() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let server = std::thread::spawn(move || {
        loop {
            // A client may only look whether somebody listens.
            let (mut stream, _) = listener.accept().expect("a client");
            let mut request = [0; 8];
            if stream.read_exact(&mut request).is_ok() {
                stream.write_all(b"N").expect("refused");
                let mut rest = Vec::new();
                stream.read_to_end(&mut rest).ok();
                return rest;
            }
        }
    });
    let waymark = Waymark::new();
    let url = format!("postgres://me@localhost:{port}/app");
    waymark.json(&[
        "connection",
        "add",
        "plain",
        "--url",
        &url,
        "--organization",
        ORGANIZATION,
        "--tls",
        "verify-full",
    ]);
    let said = (4, "unreachable", &["localhost", "refuses encrypted connections"][..], "Switch TLS on in the server");
    refuses(&waymark, None, "Tr0ub4dor", &["connection", "test", "plain"], said);
    assert_eq!(server.join().expect("the server ends"), b"", "nothing was said in the clear");
}

#[test]
fn roles_tables_and_organizations() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let id = write(&writer);

    database.run("CREATE ROLE reader_only LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_only");
    let reader = database.url().replace(&format!("postgres://{USER}@"), "postgres://reader_only@");
    writer.json(&["connection", "add", "reader", "--url", &reader, "--organization", ORGANIZATION]);
    let said = (4, "permission_denied", &["role", "INSERT on walkthroughs"][..], "GRANT");
    refuses(&writer, Some(&database), "", &["publish", &id, "--connection", "reader"], said);

    writer.json(&["connection", "add", "nobody", "--url", &database.url(), "--organization", "org_none"]);
    let said = (3, "not_found", &["org_none"][..], "Check the organization id");
    refuses(&writer, Some(&database), "", &["publish", &id, "--connection", "nobody"], said);

    writer.json(&["publish", &id, "--connection", "live"]);
    let stranger = Waymark::new();
    stranger.json(&["connection", "add", "other", "--url", &database.url(), "--organization", OTHER_ORGANIZATION]);
    let said = (3, "not_found", &[id.as_str()][..], "");
    refuses(&stranger, Some(&database), "", &["pull", &id, "--connection", "other"], said);
    assert_eq!(stranger.json(&["pull", "--all", "--connection", "other"])["walkthroughs"], json!([]));
    // Whoever has the file has the id, and gets no further with it.
    let file = stranger.path("theirs.json").display().to_string();
    writer.json(&["export", &id, "--output", &file]);
    stranger.json(&["import", &file]);
    for server in ["docs", "support"] {
        stranger.run(&["unassign", &id, "--server", server]);
    }
    // A first look remembers which servers there are, for assigning offline; what publishing adds to that is nothing.
    stranger.run(&["plan", &id, "--connection", "other"]);
    let said = (3, "not_found", &["no such walkthrough in this organization"][..], "waymark duplicate");
    refuses(&stranger, Some(&database), "", &["publish", &id, "--connection", "other"], said);

    database.run("DROP TABLE walkthrough_step_completions");
    let said = (4, "schema_mismatch", &["walkthrough_step_completions"][..], "");
    refuses(&writer, Some(&database), "", &["publish", &id, "--connection", "live"], said);
    let empty = postgres::shared().empty_database();
    writer.json(&["connection", "add", "empty", "--url", &empty.url(), "--organization", ORGANIZATION]);
    let said = (4, "schema_mismatch", &["database is empty"][..], "waymark db create");
    refuses(&writer, Some(&empty), "", &["publish", &id, "--connection", "empty"], said);
}

#[test]
fn a_server_that_does_not_exist_is_named_before_anything_is_written() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let id = write(&writer);
    writer.json(&["assign", &id, "--server", "foreign"]);
    let before = database.content();
    let plan = writer.run(&["plan", &id, "--connection", "live", "--json"]);
    assert_eq!(plan.status, 1, "{plan:?}");
    assert!(plan.stdout.contains("`foreign`"), "{plan:?}");
    before.assert_is(&database.content(), "the plan");
    let said = (1, "refused", &["`foreign`"][..], "");
    refuses(&writer, Some(&database), "", &["publish", &id, "--connection", "live"], said);
}

#[test]
fn of_three_published_at_once_the_one_that_cannot_go_is_named_and_the_others_are_there() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let ids = ["A", "B", "C"].map(|title| writer.make("course", title, &["One"]));
    writer.json(&["assign", &ids[1], "--server", "nowhere"]);
    let text = writer.file("text.md", "Say it.");
    for id in &ids {
        writer.json(&["step", "edit", id, "1", "--field", "content_for_user", "--from", &text]);
    }
    let outcome = writer.run(&["publish", &ids[0], &ids[1], &ids[2], "--connection", "live", "--json"]);
    assert_eq!(outcome.status, 1, "{outcome:?}");
    let results = outcome.json();
    assert_eq!(results["published"].as_array().map(Vec::len), Some(2), "{results}");
    assert_eq!(results["failed"][0]["id"], ids[1].as_str());
    assert!(results["failed"][0]["error"]["hint"].is_string(), "{results}");
    assert_eq!(database.run("SELECT string_agg(title, '' ORDER BY title) FROM walkthroughs").trim(), "AC");
}

#[test]
fn a_step_that_a_learner_stands_on_goes_only_after_a_yes() {
    let database = postgres::shared().database().with_example();
    let writer = writer(&database);
    let id = write(&writer);
    writer.json(&["publish", &id, "--connection", "live"]);
    let live = ["--connection", "live", "--server", "docs", "--user", "ada"];
    let mut agent = Agent::connect(&writer, &live);
    agent.text("start_walkthrough", json!({}));
    let steps = writer.json(&["show", &id])["steps"].clone();
    agent.text("get_next_step", json!({"currentStepId": steps[0]["id"]}));

    writer.json(&["step", "delete", &id, "2"]);
    let refused = writer.run(&["publish", &id, "--connection", "live"]);
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(refused.stderr.contains("learner") && refused.stderr.contains("--yes"), "{refused:?}");
    let count = || database.run("SELECT count(*) FROM walkthrough_steps").trim().to_owned();
    assert_eq!(count(), "3");
    writer.json(&["publish", &id, "--connection", "live", "--yes"]);
    assert_eq!(count(), "2");
    let status = agent.call("get_walkthrough_status", json!({"walkthrough_id": id}));
    assert_eq!(status["structuredContent"]["progress"]["completed_steps"], 1, "{status}");
    assert_eq!(
        agent.text("start_walkthrough", json!({})),
        crate::render(&writer, &id, 2),
        "she is led to the next step"
    );
    agent.leave();
}

/// The same command as somebody who may not write into the library's folder. Root may write everywhere, so root sends
/// nobody, who needs a binary where nobody may run it.
fn run_without_rights(waymark: &Waymark, arguments: &[&str]) -> std::process::Output {
    let binary = waymark.path("waymark");
    std::fs::copy(env!("CARGO_BIN_EXE_waymark"), &binary).expect("a copy");
    let mode = |path: &Path, bits| std::fs::set_permissions(path, Permissions::from_mode(bits)).expect("a mode");
    mode(waymark.folder.path(), 0o755);
    mode(&binary, 0o755);
    let library = waymark.path("library");
    for entry in std::fs::read_dir(&library).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        mode(&entry, if entry.is_dir() { 0o555 } else { 0o444 });
    }
    mode(&library, 0o555);
    let mut command = Command::new(&binary);
    command.args(arguments).env_clear().env("HOME", "/").env("WAYMARK_LIBRARY", &library).current_dir("/");
    if waymark.folder.path().metadata().expect("it is there").uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().expect("it runs");
    mode(&library, 0o755);
    output
}

#[test]
fn a_library_folder_that_may_not_be_written_can_be_read_and_is_left_alone() {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One"]);
    let look =
        || (content::of_library(&waymark.path("library")), std::fs::read(waymark.path("library/library.sqlite")));
    let before = look();
    let output = run_without_rights(&waymark, &["new", "--type", "course", "--title", "B", "--json"]);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    let error = serde_json::from_slice::<Value>(&output.stdout).expect("JSON")["error"].clone();
    assert_eq!(error["code"], "library_read_only", "{error}");
    assert!(error["message"].as_str().is_some_and(|text| text.contains("library")), "{error}");
    assert!(error["hint"].as_str().is_some_and(|text| text.contains("right to write")), "{error}");
    // What only reads works, and says why nothing else will.
    let output = run_without_rights(&waymark, &["list", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"), "{output:?}");
    let after = look();
    before.0.assert_is(&after.0, "what was refused");
    assert_eq!(before.1.expect("its bytes"), after.1.expect("its bytes"));
}

#[test]
fn a_file_in_the_place_of_the_library_is_named() {
    let waymark = Waymark::new();
    let blocked = waymark.file("blocked", "a file where a folder should be");
    let outcome = waymark.command(&["list", "--json", "--library", &blocked]).output().expect("it runs");
    assert_eq!(outcome.status.code(), Some(4), "{}", String::from_utf8_lossy(&outcome.stdout));
    let answer: Value = serde_json::from_slice(&outcome.stdout).expect("JSON");
    assert_eq!(answer["error"]["code"], "library_read_only", "{answer}");
    assert!(answer["error"]["message"].as_str().is_some_and(|message| message.contains("blocked")), "{answer}");
}
