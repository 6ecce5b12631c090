//! Connections, over a real file.

use waymark_core::{connection::TlsMode, error::Code};

use super::*;
use crate::testing::library;

pub(crate) fn connection(id: &str, name: &str) -> Connection {
    Connection {
        id: id.into(),
        name: name.to_owned(),
        host: "db.example.org".to_owned(),
        port: 5432,
        database: "platform".to_owned(),
        user: "publisher".to_owned(),
        tls: TlsMode::VerifyFull,
        ca_file: None,
        client_certificate: None,
        client_key: None,
        organization: "org_1".into(),
        is_production: true,
        asks_before_publish: true,
        requires_approval: false,
        asset_base_url: None,
        is_pgbouncer: false,
    }
}

#[tokio::test]
async fn a_connection_is_kept_changed_found_and_removed() {
    let (library, _dir) = library().await;
    let mut wanted = connection("con_1", "  Production ");
    wanted.ca_file = Some(" /etc/ca.pem ".to_owned());
    let saved = save(&library, wanted, "test").await.expect("it is complete");
    assert_eq!((saved.name.as_str(), saved.ca_file.as_deref()), ("Production", Some("/etc/ca.pem")));
    assert_eq!(find(&library, "Production").await.expect("by name"), saved);
    assert_eq!(find(&library, "con_1").await.expect("by id"), saved);
    let changed = Connection {
        port: 6432,
        is_pgbouncer: true,
        tls: TlsMode::VerifyCa,
        asks_before_publish: false,
        requires_approval: true,
        asset_base_url: Some("https://assets.example.org/".to_owned()),
        client_certificate: Some("/etc/w.pem".to_owned()),
        client_key: Some("/etc/w.key".to_owned()),
        ..saved
    };
    save(&library, changed.clone(), "test").await.expect("a change");
    assert_eq!(list(&library).await.expect("the list"), [changed]);
    remove(&library, &"con_1".into(), "test").await.expect("it is there");
    assert_eq!(remove(&library, &"con_1".into(), "test").await.expect_err("gone").code, Code::NotFound);
    assert_eq!(find(&library, "Production").await.expect_err("gone").code, Code::NotFound);
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_named() {
    let (library, _dir) = library().await;
    save(&library, connection("con_0", "Taken"), "test").await.expect("it is complete");
    type BreakIt = fn(&mut Connection);
    let cases: [(&str, BreakIt); 12] = [
        ("name", |connection| connection.name = " ".to_owned()),
        ("name", |connection| connection.name = "n".repeat(61)),
        ("name", |connection| connection.name = "Taken".to_owned()),
        ("host", |connection| connection.host.clear()),
        ("port", |connection| connection.port = 0),
        ("user", |connection| connection.user = "a\0".to_owned()),
        ("organization", |connection| connection.organization = "".into()),
        ("asset_base_url", |connection| connection.asset_base_url = Some("assets".to_owned())),
        ("tls", |connection| connection.tls = TlsMode::Disable),
        ("client_key", |connection| connection.client_certificate = Some("/etc/w.pem".to_owned())),
        ("client_certificate", |connection| connection.client_key = Some("/etc/w.key".to_owned())),
        ("client_certificate", |connection| {
            connection.host = "/run/postgres".to_owned();
            connection.client_certificate = Some("/etc/w.pem".to_owned());
            connection.client_key = Some("/etc/w.key".to_owned());
        }),
    ];
    for (field, break_it) in cases {
        let mut broken = connection("con_1", "New");
        break_it(&mut broken);
        let error = save(&library, broken, "test").await.expect_err(field);
        assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some(field)));
        assert!(error.hint.is_some());
    }
    let local = Connection { host: "/run/postgres".to_owned(), tls: TlsMode::Disable, ..connection("con_1", "New") };
    save(&library, local, "test").await.expect("a socket needs no TLS");
}
