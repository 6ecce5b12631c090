//! The scaffolding itself: databases are apart, and nothing is left behind.

use super::*;

#[test]
fn databases_of_one_cluster_do_not_see_each_other() {
    let (one, two) = (shared().database().with_example(), shared().database());
    assert_eq!(one.run("SELECT count(*) FROM organization"), "2");
    assert_eq!(two.run("SELECT count(*) FROM organization"), "0");
    assert_eq!(shared().empty_database().run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");
}

#[test]
fn a_dropped_cluster_leaves_nothing_behind() {
    let cluster = Cluster::start(Purpose::Test).expect("it starts");
    let dir = cluster.socket_dir().to_owned();
    assert!(dir.join("data").is_dir());
    drop(cluster);
    assert!(!dir.exists());
}

#[test]
fn a_cluster_with_tls_lets_in_over_tcp_with_a_password() {
    let cluster = Cluster::start(Purpose::Tls).expect("it starts");
    let port = cluster.port().to_string();
    let conninfo = format!("host=localhost port={port} dbname=postgres user={USER} sslmode=verify-full");
    let run = |ca: &Path, password: &str| {
        let mut psql = Command::new(cluster.binaries().join("psql"));
        psql.args(["-X", "-A", "-t", "-c", "SELECT 1"]).arg(format!("{conninfo} sslrootcert={}", ca.display()));
        psql.env("PGPASSWORD", password).stderr(Stdio::null()).status().expect("psql runs").success()
    };
    assert!(run(&cluster.ca_file(), PASSWORD));
    assert!(!run(&cluster.ca_file(), "wrong"));
    assert!(!run(&cluster.other_ca_file(), PASSWORD));
}
