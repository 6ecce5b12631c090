//! What the test button says of good and bad connections.

use std::time::Duration;

use waymark_core::{connection::TlsMode, error::Code, secret::Secret};
use waymark_testkit::postgres::{Cluster, PASSWORD, Purpose, USER, WITH_CERTIFICATE, shared};

use super::*;
use crate::{
    connect::Patience,
    testing::{connect, connect_as, connection},
};

#[tokio::test]
async fn a_good_connection_names_organization_servers_and_version() {
    let database = shared().database().with_example();
    let report = test(&connect(&database).await).await.expect("it works");
    assert_eq!(report.organization_name.as_deref(), Some("Example"));
    let slugs: Vec<&str> = report.servers.iter().map(|server| server.slug.as_str()).collect();
    assert_eq!(slugs, ["docs", "support"], "and none of another organization");
    assert!(report.server_version.starts_with(|first: char| first.is_ascii_digit()), "{}", report.server_version);
    assert_eq!((report.tls, report.status.shape), (None, Shape::Current));
}

#[tokio::test]
async fn an_organization_that_does_not_exist_is_not_found_and_none_is_listed() {
    let database = shared().database().with_example();
    let mut connection = connection(&database);
    connection.organization = "org_nowhere".into();
    let platform = Platform::connect(&connection, None).await.expect("it answers");
    let error = test(&platform).await.expect_err("there is no such organization");
    assert_eq!((error.code, error.field.as_deref()), (Code::NotFound, Some("organization")));
    let shown = error.to_string();
    assert!(!shown.contains("org_example") && !shown.contains("Example"), "{shown}");
}

#[tokio::test]
async fn an_empty_database_and_a_role_without_rights_are_reports_and_no_errors() {
    let report = test(&connect(&shared().empty_database()).await).await.expect("it answers");
    assert_eq!((report.organization_name, report.status.shape), (None, Shape::Empty));
    let database = shared().database().with_example();
    let report = test(&connect_as(&database, "").await).await.expect("it answers");
    assert_eq!(report.organization_name, None);
    assert!(report.status.missing.iter().any(|missing| missing.name == "SELECT on organization"));
}

#[tokio::test]
async fn tls_is_verified_and_each_failure_has_its_own_words() {
    let cluster = Cluster::start(Purpose::Tls).expect("it starts");
    let database = cluster.database().with_example();
    let mut good = connection(&database);
    good.host = "localhost".into();
    good.tls = TlsMode::VerifyFull;
    good.ca_file = Some(cluster.ca_file().display().to_string());
    let password = Secret::new(PASSWORD);
    let platform = Platform::connect(&good, Some(&password)).await.expect("the right CA, name and password");
    assert!(test(&platform).await.expect("it works").tls.is_some_and(|version| version.starts_with("TLS")));

    let mut other_ca = good.clone();
    other_ca.ca_file = Some(cluster.other_ca_file().display().to_string());
    let mut other_name = good.clone();
    other_name.host = "127.0.0.1".into();
    let mut no_ca = good.clone();
    no_ca.ca_file = None;
    let mut unencrypted = good.clone();
    unencrypted.tls = TlsMode::Disable;
    let mut no_database = good.clone();
    no_database.database = "nowhere".into();
    let wrong = Secret::new("a wrong password");
    for (connection, password, code, words) in [
        (&other_ca, &password, Code::Unreachable, "an authority that is not trusted here (TLS)"),
        (&no_ca, &password, Code::Unreachable, "an authority that is not trusted here (TLS)"),
        (&other_name, &password, Code::Unreachable, "a certificate for another name (TLS)"),
        (&unencrypted, &password, Code::AuthenticationFailed, "does not let"),
        (&good, &wrong, Code::AuthenticationFailed, "rejected the password"),
        (&no_database, &password, Code::NotFound, "no database `nowhere`"),
    ] {
        let error = Platform::connect(connection, Some(password)).await.expect_err(words);
        assert_eq!(error.code, code, "{error:?}");
        assert!(error.message.contains(words), "{error:?}");
        assert!(!format!("{error:?}").contains(password.expose()), "a secret in an error");
    }
    let mut name_unchecked = other_name;
    name_unchecked.tls = TlsMode::VerifyCa;
    Platform::connect(&name_unchecked, Some(&password)).await.expect("the chain is enough");
    let mut nothing_checked = other_ca;
    nothing_checked.tls = TlsMode::Require;
    Platform::connect(&nothing_checked, Some(&password)).await.expect("encryption is enough");
}

#[tokio::test]
async fn a_server_that_asks_for_a_client_certificate_gets_the_right_one_or_lets_nobody_in() {
    let cluster = Cluster::start(Purpose::Tls).expect("it starts");
    let database = cluster.database().with_example();
    database.run(&format!("CREATE ROLE {WITH_CERTIFICATE} LOGIN SUPERUSER PASSWORD '{PASSWORD}'"));
    let with = |(certificate, key): (std::path::PathBuf, std::path::PathBuf)| waymark_core::connection::Connection {
        host: "localhost".into(),
        tls: TlsMode::VerifyFull,
        user: WITH_CERTIFICATE.into(),
        ca_file: Some(cluster.ca_file().display().to_string()),
        client_certificate: Some(certificate.display().to_string()),
        client_key: Some(key.display().to_string()),
        ..connection(&database)
    };
    let password = Secret::new(PASSWORD);
    let good = with(cluster.client_certificate());
    let platform = Platform::connect(&good, Some(&password)).await.expect("the right certificate and password");
    assert!(test(&platform).await.expect("it works").tls.is_some());

    let none = waymark_core::connection::Connection { client_certificate: None, client_key: None, ..good.clone() };
    let keyless = waymark_core::connection::Connection { client_key: None, ..good.clone() };
    let swapped = with((cluster.client_certificate().1, cluster.client_certificate().0));
    let nowhere = with(("/nowhere/client.pem".into(), "/nowhere/client.key".into()));
    let other = with(cluster.other_client_certificate());
    let another_role = waymark_core::connection::Connection { user: USER.into(), ..good.clone() };
    for (connection, code, words) in [
        (&none, Code::AuthenticationFailed, "valid client certificate"),
        (&other, Code::Unreachable, "does not accept the client certificate"),
        (&keyless, Code::InvalidInput, "has no key"),
        (&swapped, Code::InvalidInput, "it contains no PEM certificate"),
        (&nowhere, Code::InvalidInput, "`/nowhere/client.pem` cannot be used"),
    ] {
        let error = Platform::connect(connection, Some(&password)).await.expect_err(words);
        assert!(error.code == code && error.message.contains(words) && error.hint.is_some(), "{error:?}");
    }
    Platform::connect(&another_role, Some(&password)).await.expect("nobody asks this role for one");
}

#[tokio::test]
async fn dns_tcp_and_configuration_fail_under_their_own_names() {
    let database = shared().database();
    let mut unknown_host = connection(&database);
    unknown_host.host = "no-such-host.invalid".into();
    unknown_host.tls = TlsMode::VerifyFull;
    // A port that was just free: nothing listens on it.
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let mut nobody = connection(&database);
    nobody.host = "127.0.0.1".into();
    nobody.port = free.port();
    let mut no_socket = connection(&database);
    no_socket.host = "/nowhere".into();
    let mut exposed = unknown_host.clone();
    exposed.tls = TlsMode::Disable;
    let mut no_ca = unknown_host.clone();
    no_ca.ca_file = Some("/nowhere/ca.pem".into());
    for (connection, code, words) in [
        (unknown_host, Code::Unreachable, "(DNS)"),
        (nobody, Code::Unreachable, "Nothing answers on"),
        (no_socket, Code::Unreachable, "Unix socket"),
        (exposed, Code::InvalidInput, "TLS may not be switched off"),
        (no_ca, Code::InvalidInput, "CA file"),
    ] {
        let error = Platform::connect(&connection, None).await.expect_err(words);
        assert_eq!(error.code, code, "{error:?}");
        assert!(error.message.contains(words) && error.hint.is_some(), "{error:?}");
    }
}

#[tokio::test]
async fn a_connection_that_died_in_the_pool_is_replaced() {
    let database = shared().database().with_example();
    let platform = connect(&database).await;
    database.run(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND application_name = 'waymark'",
        database.name()
    ));
    test(&platform).await.expect("a new connection is opened");
}

/// A server that takes connections, answers the question for encryption with `answer`, if it has one, and then says
/// nothing for as long as the client stays.
fn stalling(answer: Option<u8>) -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || stall(client, answer));
        }
    });
    port
}

fn stall(mut client: std::net::TcpStream, answer: Option<u8>) -> std::io::Result<()> {
    use std::io::{Read, Write};
    const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];
    let mut first = [0; 8];
    client.read_exact(&mut first)?;
    if let Some(answer) = answer.filter(|_| first == SSL_REQUEST) {
        client.write_all(&[answer])?;
    }
    std::io::copy(&mut client, &mut std::io::sink()).map(drop)
}

#[tokio::test]
async fn whatever_stalls_is_named_by_its_layer_and_given_up() {
    let database = shared().database();
    let patience = Patience { connect: Duration::from_millis(500), answer: Duration::from_millis(500) };
    let attempts = [
        (None, TlsMode::VerifyFull, None, "takes the connection and then says nothing"),
        (None, TlsMode::Disable, None, "takes the connection and then says nothing"),
        (Some(b'S'), TlsMode::VerifyFull, Some("tls"), "agrees to encrypt and then says nothing (TLS)"),
        (Some(b'N'), TlsMode::Disable, Some("user"), "does not finish signing `waymark` in (authentication)"),
        (Some(b'H'), TlsMode::Disable, None, "is not PostgreSQL"),
    ];
    let attempts = attempts.map(|(answer, tls, field, words)| {
        let mut connection = connection(&database);
        connection.user = "waymark".into();
        connection.host = "127.0.0.1".into();
        connection.port = stalling(answer);
        connection.tls = tls;
        async move {
            let error = Platform::connect_within(&connection, None, patience).await.expect_err(words);
            assert_eq!((error.code, error.field.as_deref()), (Code::Unreachable, field), "{error:?}");
            assert!(error.message.contains(words) && error.hint.is_some(), "{error:?}");
        }
    });
    futures::future::join_all(attempts).await;
}

#[test]
fn nothing_takes_longer_than_ten_seconds() {
    let longest = Patience::DEFAULT.connect + crate::connect::stall::LOOK;
    assert!(longest < Duration::from_secs(10) && Patience::DEFAULT.answer < Duration::from_secs(10));
}
