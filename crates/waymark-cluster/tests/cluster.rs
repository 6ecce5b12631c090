//! A real cluster: made once, started, stopped, and gone with the process that started it.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use waymark_cluster::{AfterEnd, Cluster};
use waymark_core::error::Code;

/// A folder that every user can enter, as the server's user must.
fn folder() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(0o755);
    tempfile::Builder::new().prefix("wmc").permissions(permissions).tempdir_in("/tmp").expect("a folder in /tmp")
}

fn cluster(folder: &Path) -> Cluster {
    Cluster::at(&folder.join("data"), &folder.join("run"), 5432).expect("PostgreSQL's binaries are installed")
}

const FAST: &[(&str, &str)] = &[("fsync", "off")];

#[test]
fn a_cluster_is_made_once_and_started_and_stopped_again_and_again() {
    let folder = folder();
    let cluster = cluster(folder.path());
    cluster.stop().expect("stopping what does not run is fine");
    for _ in 0..2 {
        cluster.create().expect("made, or there");
        assert!(cluster.exists() && !cluster.is_running());
        let running = cluster.start(FAST, AfterEnd::Keep).expect("started");
        assert!(cluster.is_running());
        drop(running);
        assert!(!cluster.is_running());
    }
    cluster.start_detached(FAST).expect("started");
    assert!(cluster.is_running());
    cluster.destroy().expect("stopped and removed");
    assert!(!cluster.exists());
}

#[test]
fn a_making_that_was_cut_off_begins_anew() {
    let folder = folder();
    let cluster = cluster(folder.path());
    cluster.account().make_private_dir(&folder.path().join("data.making")).expect("a folder");
    std::fs::write(folder.path().join("data.making/PG_VERSION"), "1").expect("half a cluster");
    cluster.create().expect("made");
    drop(cluster.start(FAST, AfterEnd::Keep).expect("started"));
}

#[test]
fn a_cluster_of_another_version_and_a_long_socket_path_are_refused_with_the_mend() {
    let folder = folder();
    let made = cluster(folder.path());
    made.account().make_private_dir(&folder.path().join("data")).expect("a folder");
    std::fs::write(folder.path().join("data/PG_VERSION"), "9\n").expect("an old cluster");
    let error = made.create().expect_err("refused");
    assert_eq!(error.code, Code::Refused);
    assert!(error.message.contains("PostgreSQL 9"));

    let long = folder.path().join("x".repeat(100));
    let error = Cluster::at(&folder.path().join("data"), &long, 5432).expect_err("refused");
    assert!(error.hint.expect("a mend").contains("shorter"));
}

/// Runs only as the child of the test below: starts a server, says so, and waits to be killed.
#[test]
fn child_that_holds_a_server() {
    let Some(folder) = std::env::var_os("WAYMARK_CLUSTER_CHILD") else { return };
    let cluster = cluster(Path::new(&folder));
    let running = cluster.start(FAST, AfterEnd::Remove(&Path::new(&folder).join("data"))).expect("started");
    std::fs::write(Path::new(&folder).join("started"), "").expect("a note");
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
    drop(running);
}

#[test]
fn a_killed_process_takes_its_server_down() {
    let folder = folder();
    let cluster = cluster(folder.path());
    cluster.create().expect("made");
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["child_that_holds_a_server", "--exact"])
        .env("WAYMARK_CLUSTER_CHILD", folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("a child");
    wait_until(|| folder.path().join("started").exists());
    assert!(cluster.is_running());
    child.kill().expect("killed");
    child.wait().expect("dead");
    wait_until(|| !cluster.exists());
    assert!(!cluster.is_running());
}

fn wait_until(condition: impl Fn() -> bool) {
    let began = std::time::Instant::now();
    while !condition() {
        assert!(began.elapsed() < std::time::Duration::from_secs(30), "it never came");
        std::thread::yield_now();
    }
}
