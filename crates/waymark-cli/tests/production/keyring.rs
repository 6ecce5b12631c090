//! Passwords of connections against a real Secret Service.

use std::{
    io::Write,
    process::{Output, Stdio},
};

use serde_json::Value;
use waymark_testkit::{
    content,
    postgres::{Cluster, ORGANIZATION, PASSWORD, Purpose, USER},
    session::{Keyring, Session},
};

use crate::command::Waymark;

fn run(waymark: &Waymark, session: &Session, arguments: &[&str], input: &str) -> Output {
    let mut command = waymark.command(arguments);
    command.arg("--json").envs(session.environment());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    child.wait_with_output().expect("the command ends")
}

#[track_caller]
fn answers(output: &Output, status: i32) -> Value {
    assert_eq!(output.status.code(), Some(status), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_password_goes_to_the_keyring_logs_in_and_goes_with_the_connection() {
    let cluster = Cluster::start(Purpose::Tls).expect("Postgres with TLS");
    let database = cluster.database().with_example();
    let session = Session::start(Keyring::Unlocked).expect("a session with a keyring");
    let waymark = Waymark::new();
    let url = format!("postgres://{USER}@localhost:{}/{}", cluster.port(), database.name());
    let ca = cluster.ca_file().display().to_string();
    let add = [
        "connection",
        "add",
        "live",
        "--url",
        &url,
        "--organization",
        ORGANIZATION,
        "--tls",
        "verify-full",
        "--ca",
        &ca,
        "--password-stdin",
    ];
    answers(&run(&waymark, &session, &add, &format!("{PASSWORD}\n")), 0);
    let report = answers(&run(&waymark, &session, &["connection", "test", "live"], ""), 0);
    let mut chatty = waymark.command(&["connection", "test", "live", "--json"]);
    let chatty = chatty.env("PGPASSWORD", PASSWORD).env("WAYMARK_LOG", "trace").output().expect("it runs");
    assert_eq!(chatty.status.code(), Some(0), "{chatty:?}");
    assert!(!format!("{chatty:?}").contains(PASSWORD), "{chatty:?}");
    holds_no_password(&waymark);
    assert!(report["tls"].as_str().is_some_and(|tls| tls.starts_with("TLS")), "{report}");

    let holds = || session.keyring_holds("service", "waymark", PASSWORD).expect("secret-tool runs");
    assert!(holds());
    answers(&run(&waymark, &session, &["connection", "remove", "live"], ""), 0);
    assert!(!holds());

    answers(&run(&waymark, &session, &add, &format!("{PASSWORD}\n")), 0);
    let mut another = add;
    another[2] = "another";
    session.lock().expect("the keyring can be locked");
    let look = || (content::of_library(&waymark.path("library")), database.content());
    let before = look();
    for (arguments, input) in [(&["connection", "test", "live"][..], ""), (&another[..], "Tr0ub4dor\n")] {
        let error = answers(&run(&waymark, &session, arguments, input), 4)["error"].clone();
        assert_eq!(error["code"], "keyring_locked", "{error}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains("keyring is locked")), "{error}");
        assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("Unlock it")), "{error}");
        let after = look();
        before.0.assert_is(&after.0, "a locked keyring");
        before.1.assert_is(&after.1, "a locked keyring");
    }
    holds_no_password(&waymark);
}

/// Neither database nor log nor any other file of the library has the password in it.
fn holds_no_password(waymark: &Waymark) {
    let mut folders = vec![waymark.path("library")];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).expect("a folder") {
            let path = file.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap_or_default();
            let is_there = bytes.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes());
            assert!(!is_there, "the password is in {}", path.display());
        }
    }
}
