//! A connection to an organization's Postgres: everything about it except the password.

mod url;

use serde::{Deserialize, Serialize};

use crate::id::{ConnectionId, OrganizationId};

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
    /// Every statement is scoped to it.
    pub organization: OrganizationId,
    /// Asks before each publish.
    pub is_production: bool,
    /// Behind PgBouncer in transaction mode: statements unprepared and inside explicit transactions.
    pub is_pgbouncer: bool,
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

fn is_local_host(host: &str) -> bool {
    host.starts_with('/') || matches!(host, "localhost" | "127.0.0.1" | "::1" | "[::1]")
}
