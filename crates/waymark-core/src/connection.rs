//! A connection to an organization's Postgres: everything about it except the password.

mod parameters;
mod url;

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    id::{ConnectionId, OrganizationId},
};

pub use self::url::{ParsedUrl, parse_url};

/// How the server is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum TlsMode {
    /// Encrypted; the certificate's chain and name are checked.
    #[default]
    VerifyFull,
    /// Encrypted; the chain is checked, the name is not.
    VerifyCa,
    /// Encrypted; nothing is checked.
    Require,
    /// Not encrypted: loopback and Unix sockets only.
    Disable,
}

/// A named way to reach one organization's database. The password lives in the keyring and is never part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Connection {
    /// Local id; also the keyring entry's name.
    pub id: ConnectionId,
    /// Unique, chosen by the writer.
    pub name: String,
    /// Host name, address, or the directory of a Unix socket (starts with `/`).
    pub host: String,
    /// TCP port (also part of a socket's file name).
    pub port: u16,
    /// Database name.
    pub database: String,
    /// Role to log in as.
    pub user: String,
    /// How the server is trusted.
    pub tls: TlsMode,
    /// A PEM file with the certificate authority, where it is not a public one.
    pub ca_file: Option<String>,
    /// A PEM file with our own certificate, where the server asks for one.
    pub client_certificate: Option<String>,
    /// The PEM file with its key, which never leaves this machine.
    pub client_key: Option<String>,
    /// Every statement is scoped to it.
    pub organization: OrganizationId,
    /// Stands out wherever it is named.
    pub is_production: bool,
    /// Whether each publish to production asks once more.
    pub asks_before_publish: bool,
    /// Whether only content that was approved may be published there.
    pub requires_approval: bool,
    /// Where the organization has the files that texts link to; ends with `/`. The texts themselves are never rewritten.
    pub asset_base_url: Option<String>,
    /// Behind PgBouncer in transaction mode: statements unprepared and inside explicit transactions.
    pub is_pgbouncer: bool,
}

/// Why nothing can be written to a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ReadOnly {
    /// It is a replica of another server.
    Replica,
    /// Its owner has set `default_transaction_read_only`.
    BySetting,
}

impl ReadOnly {
    /// In a sentence.
    pub fn message(self) -> &'static str {
        match self {
            Self::Replica => "The database is a read replica: it can be read and not written.",
            Self::BySetting => {
                "The database is set to be read and not written (`default_transaction_read_only` is on)."
            }
        }
    }

    /// What to do.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Replica => "Give the primary server's host in the connection.",
            Self::BySetting => {
                "Give the primary server's host in the connection, or ask the owner for a role that may write."
            }
        }
    }
}

/// An MCP server that a connection's organization has, as far as drafts care.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ServerInfo {
    /// `mcp_servers.slug`, what assignments name.
    pub slug: String,
    /// `mcp_servers.name`.
    pub name: String,
}

impl Connection {
    /// Whether the host is this machine, where an unencrypted connection is allowed.
    pub fn is_local(&self) -> bool {
        is_local_host(&self.host)
    }
}

/// A certificate of our own comes with its key, and with encryption.
///
/// # Errors
/// `InvalidInput` naming the field.
pub fn check_client_certificate(connection: &Connection) -> Result<()> {
    let refused =
        |field: &str, message: &str, hint: &str| Err(Error::invalid(message).with_field(field).with_hint(hint));
    match (&connection.client_certificate, &connection.client_key) {
        (None, None) => Ok(()),
        (Some(_), None) => {
            refused("client_key", "The client certificate has no key.", "Choose the PEM file with its private key.")
        }
        (None, Some(_)) => refused(
            "client_certificate",
            "The key has no client certificate.",
            "Choose the PEM file with the certificate that belongs to it.",
        ),
        (Some(_), Some(_)) if connection.tls == TlsMode::Disable || connection.host.starts_with('/') => refused(
            "client_certificate",
            "A client certificate is shown over TLS only, and this connection is not encrypted.",
            "Use `verify-full`, or leave the certificate out.",
        ),
        (Some(_), Some(_)) => Ok(()),
    }
}

/// An asset base URL as it is kept: an `http` or `https` address that ends with `/`.
///
/// # Errors
/// `InvalidInput` naming the field.
pub fn asset_base_url(text: &str) -> Result<String> {
    let refused = |message: &str| {
        Error::invalid(message)
            .with_field("asset_base_url")
            .with_hint("It looks like `https://assets.example.com/walkthroughs/`. A link to `files/a.png` is then expected at `https://assets.example.com/walkthroughs/files/a.png`.")
    };
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let rest = rest.ok_or_else(|| refused("The asset base URL does not begin with `https://`."))?;
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() || text.chars().any(|character| character.is_whitespace() || character.is_control()) {
        return Err(refused("The asset base URL is not a whole address."));
    }
    if host.contains('@') {
        return Err(refused("The asset base URL has a user or a password in it, and it is kept as plain text."));
    }
    if text.contains(['?', '#']) {
        return Err(refused("The asset base URL has a `?` or a `#`, so nothing can be put behind it."));
    }
    Ok(if text.ends_with('/') { text.to_owned() } else { format!("{text}/") })
}

fn is_local_host(host: &str) -> bool {
    host.starts_with('/') || matches!(host, "localhost" | "127.0.0.1" | "::1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_base_url_ends_with_a_slash_and_bad_ones_say_why() {
        assert_eq!(asset_base_url(" https://a.example/x ").expect("good"), "https://a.example/x/");
        assert_eq!(asset_base_url("http://a.example/").expect("good"), "http://a.example/");
        for (text, why) in [
            ("assets.example", "begin with"),
            ("javascript:alert(1)", "begin with"),
            ("https://", "whole address"),
            ("https://a b/", "whole address"),
            ("https://user:secret@a.example/", "password"),
            ("https://a.example/?x=", "`?`"),
        ] {
            let error = asset_base_url(text).expect_err(text);
            assert!(error.message.contains(why) && error.hint.is_some(), "{error:?}");
            assert_eq!(error.field.as_deref(), Some("asset_base_url"));
            assert!(!error.message.contains("secret"));
        }
    }
}
