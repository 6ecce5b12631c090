//! Passwords in a real keyring: unlocked, locked and absent. Each state needs a process of its own, because whether
//! there is a keyring is decided once per process.

use std::process::{Command, Output};

use waymark_app::secrets::{Keep, Secrets};
use waymark_core::{
    connection::{Connection, TlsMode},
    error::Code,
    id::{ConnectionId, OrganizationId},
    secret::Secret,
};
use waymark_testkit::session::{Keyring, Session};

const SCENARIO: &str = "WAYMARK_KEYRING_SCENARIO";

fn session(keyring: Keyring) -> Session {
    Session::start(keyring).unwrap_or_else(|error| {
        panic!("{error}. Install a private keyring: apt-get install dbus gnome-keyring libglib2.0-bin libsecret-tools")
    })
}

/// Runs one scenario inside a session and gives what it said.
fn play(session: &Session, scenario: &str) -> Output {
    let mut child: Command = session.command(std::env::current_exe().expect("this test"));
    let output = child.args(["inside_a_session", "--exact", "--nocapture"]).env(SCENARIO, scenario).output();
    let output = output.expect("the scenario runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

#[test]
fn an_unlocked_keyring_keeps_one_entry_per_connection_over_processes() {
    let session = session(Keyring::Unlocked);
    play(&session, "save");
    assert!(session.keyring_holds("username", "con_1", "hunter2").expect("secret-tool answers"));
    play(&session, "read");
    play(&session, "forget");
    assert!(!session.keyring_holds("username", "con_1", "hunter2").expect("secret-tool answers"));
}

#[test]
fn a_locked_keyring_says_so_and_the_password_can_be_kept_for_this_run() {
    play(&session(Keyring::Locked), "locked");
}

#[test]
fn an_absent_keyring_says_so_and_the_password_can_be_kept_for_this_run() {
    play(&session(Keyring::Absent), "absent");
}

#[test]
fn a_keyring_that_locks_while_the_app_runs_is_reported_as_locked() {
    let session = session(Keyring::Unlocked);
    play(&session, "save");
    session.lock().expect("locked");
    play(&session, "locked");
}

/// Runs only as the child of the tests above.
#[tokio::test]
async fn inside_a_session() {
    let Ok(scenario) = std::env::var(SCENARIO) else { return };
    let secrets = Secrets::system(None);
    match scenario.as_str() {
        "save" => save(&secrets).await,
        "read" => read(&secrets).await,
        "forget" => forget(&secrets).await,
        "locked" => without(&secrets, Code::KeyringLocked, "locked").await,
        "absent" => without(&secrets, Code::KeyringUnavailable, "no keyring").await,
        other => panic!("there is no scenario {other}"),
    }
}

fn connection(id: &str, host: &str) -> Connection {
    Connection {
        id: ConnectionId::from(id),
        name: "Staging".to_owned(),
        host: host.to_owned(),
        port: 5432,
        database: "d".to_owned(),
        user: "writer".to_owned(),
        tls: TlsMode::VerifyFull,
        ca_file: None,
        client_certificate: None,
        client_key: None,
        organization: OrganizationId::from("org_1"),
        is_production: true,
        asks_before_publish: true,
        requires_approval: false,
        asset_base_url: None,
        is_pgbouncer: false,
    }
}

async fn password(secrets: &Secrets, id: &str) -> Option<String> {
    let found = secrets.password(&connection(id, "db.example.com")).await.expect("the keyring answers");
    found.map(|secret| secret.expose().to_owned())
}

async fn save(secrets: &Secrets) {
    let id = ConnectionId::from("con_1");
    assert!(secrets.status().await.is_available);
    assert_eq!(password(secrets, "con_1").await, None, "a missing entry is no error");
    secrets.set_password(&id, Secret::new("first"), Keep::Keyring).await.expect("kept");
    secrets.set_password(&id, Secret::new("hunter2"), Keep::Keyring).await.expect("replaced");
    assert_eq!(password(secrets, "con_1").await.as_deref(), Some("hunter2"));
    assert_eq!(password(secrets, "con_2").await, None);
}

async fn read(secrets: &Secrets) {
    assert_eq!(password(secrets, "con_1").await.as_deref(), Some("hunter2"));
    secrets.set_password(&ConnectionId::from("con_1"), Secret::new("other"), Keep::ThisRun).await.expect("kept");
    assert_eq!(password(secrets, "con_1").await.as_deref(), Some("other"), "this run's wins");
    let from_environment = Secrets::system(Some(Secret::new("pg")));
    assert_eq!(password(&from_environment, "con_1").await.as_deref(), Some("pg"), "PGPASSWORD wins");
}

async fn forget(secrets: &Secrets) {
    let id = ConnectionId::from("con_1");
    secrets.forget(&id).await.expect("forgotten");
    assert_eq!(password(secrets, "con_1").await, None);
    secrets.forget(&id).await.expect("forgetting twice is fine");
}

async fn without(secrets: &Secrets, code: Code, words: &str) {
    let id = ConnectionId::from("con_1");
    let status = secrets.status().await;
    let error = secrets.set_password(&id, Secret::new("hunter2"), Keep::Keyring).await.expect_err("nowhere to keep it");
    assert_eq!(error.code, code, "{error:?}");
    assert!(error.message.contains(words) && error.hint.is_some(), "{error}");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    assert_eq!((status.is_available, status.code), (false, Some(code)));
    let error = secrets.password(&connection("con_1", "db.example.com")).await.expect_err("nobody to ask");
    assert_eq!(error.code, code);
    let found = secrets.password(&connection("con_1", "/run/postgresql")).await.expect("no password is needed");
    assert_eq!(found, None);
    secrets.set_password(&id, Secret::new("for now"), Keep::ThisRun).await.expect("kept for this run");
    assert_eq!(password(secrets, "con_1").await.as_deref(), Some("for now"));
}
