//! Connections to databases, their passwords and their servers. A password comes in and never goes out.

use serde::{Deserialize, Serialize};
use tauri::State;
use waymark_app::{
    connections as reach,
    secrets::{Keep, KeyringStatus},
};
use waymark_core::{
    connection::{Connection, ServerInfo, TlsMode, parse_url},
    error::Error,
    id::{ConnectionId, OrganizationId, Random},
    secret::Secret,
};
use waymark_library::{connections, servers};
use waymark_platform::check::ConnectionReport;

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
};

/// A connection as the form has it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct ConnectionForm {
    /// Which; none for a new one.
    pub id: Option<ConnectionId>,
    /// Chosen by the writer.
    pub name: String,
    /// Host name, address, or the directory of a Unix socket.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Database name.
    pub database: String,
    /// Role to log in as.
    pub user: String,
    /// How the server is trusted.
    pub tls: TlsMode,
    /// A PEM file with the certificate authority.
    pub ca_file: Option<String>,
    /// A PEM file with our own certificate.
    pub client_certificate: Option<String>,
    /// The PEM file with its key.
    pub client_key: Option<String>,
    /// Whose walkthroughs.
    pub organization: OrganizationId,
    /// Stands out wherever it is named.
    pub is_production: bool,
    /// Whether each publish to production asks once more.
    pub asks_before_publish: bool,
    /// Whether only content that was approved may be published there.
    pub requires_approval: bool,
    /// Where the organization has the files that texts link to.
    pub asset_base_url: Option<String>,
    /// Behind PgBouncer in transaction mode.
    pub is_pgbouncer: bool,
}

/// The password that goes with a form.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Password {
    /// The one that is kept, if one is.
    Kept,
    /// The one of the URL that was pasted last.
    Pasted,
    /// This one.
    Typed(Secret),
}

/// What a pasted URL says. Its password stays in the host.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct ParsedConnection {
    /// Host name, address, or the directory of a Unix socket.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Database name.
    pub database: String,
    /// Role.
    pub user: String,
    /// How the server is trusted.
    pub tls: TlsMode,
    /// A PEM file with the certificate authority.
    pub ca_file: Option<String>,
    /// A PEM file with our own certificate.
    pub client_certificate: Option<String>,
    /// The PEM file with its key.
    pub client_key: Option<String>,
    /// Behind PgBouncer in transaction mode.
    pub is_pgbouncer: bool,
    /// Whether there was a password, which can now be used as `pasted`.
    pub has_password: bool,
    /// What has no effect or was made safer, in sentences.
    pub notices: Vec<String>,
}

/// A connection to try.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct TestConnection {
    /// The connection, saved or not.
    pub connection: ConnectionForm,
    /// Its password.
    pub password: Password,
}

/// A password to keep.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SetPassword {
    /// Of which connection.
    pub connection: ConnectionId,
    /// The password.
    pub password: Password,
    /// Where.
    pub keep: Keep,
}

impl ConnectionForm {
    fn into_connection(self, random: Random) -> Connection {
        Connection {
            id: self.id.unwrap_or_else(|| ConnectionId::mint(random)),
            name: self.name,
            host: self.host,
            port: self.port,
            database: self.database,
            user: self.user,
            tls: self.tls,
            ca_file: self.ca_file.filter(|file| !file.is_empty()),
            client_certificate: self.client_certificate.filter(|file| !file.is_empty()),
            client_key: self.client_key.filter(|file| !file.is_empty()),
            organization: self.organization,
            is_production: self.is_production,
            asks_before_publish: self.asks_before_publish,
            requires_approval: self.requires_approval,
            asset_base_url: self.asset_base_url,
            is_pgbouncer: self.is_pgbouncer,
        }
    }
}

/// All connections, without passwords.
#[tauri::command]
#[specta::specta]
pub async fn list_connections(desk: State<'_, Desk>) -> Answer<Vec<Connection>> {
    connections::list(desk.library()?).await.map_err(Failure::from)
}

/// Reads a `postgres://` URL. Its password is kept in the host for the next save or test, and not given back.
#[tauri::command]
#[specta::specta]
pub fn parse_connection_url(desk: State<'_, Desk>, url: Secret) -> Answer<ParsedConnection> {
    let parsed = parse_url(url.expose())?;
    let has_password = parsed.password.is_some();
    desk.set_pasted(parsed.password);
    Ok(ParsedConnection {
        host: parsed.host,
        port: parsed.port,
        database: parsed.database,
        user: parsed.user,
        tls: parsed.tls,
        ca_file: parsed.ca_file,
        client_certificate: parsed.client_certificate,
        client_key: parsed.client_key,
        is_pgbouncer: parsed.is_pgbouncer,
        has_password,
        notices: parsed.notices,
    })
}

/// Adds a connection, or changes the one with its id.
#[tauri::command]
#[specta::specta]
pub async fn save_connection(desk: State<'_, Desk>, input: ConnectionForm) -> Answer<Connection> {
    let connection = input.into_connection(desk.source()?.random);
    connections::save(desk.library()?, connection, desk.origin()).await.map_err(Failure::from)
}

/// Keeps a password in the keyring, or for this run.
#[tauri::command]
#[specta::specta]
pub async fn set_password(desk: State<'_, Desk>, input: SetPassword) -> Answer<()> {
    let Some(password) = desk.password(input.password) else {
        return Err(no_password().into());
    };
    desk.app()?.secrets.set_password(&input.connection, password, input.keep).await?;
    desk.set_pasted(None);
    Ok(())
}

/// Tries a connection without writing anything there.
#[tauri::command]
#[specta::specta]
pub async fn test_connection(desk: State<'_, Desk>, input: TestConnection) -> Answer<ConnectionReport> {
    let connection = input.connection.into_connection(desk.source()?.random);
    reach::test(desk.app()?, &connection, desk.password(input.password)).await.map_err(Failure::from)
}

/// Forgets a connection and its password.
#[tauri::command]
#[specta::specta]
pub async fn remove_connection(desk: State<'_, Desk>, id: ConnectionId) -> Answer<()> {
    reach::remove(desk.app()?, &id).await.map_err(Failure::from)
}

/// Whether passwords can be kept, and why not.
#[tauri::command]
#[specta::specta]
pub async fn keyring_status(desk: State<'_, Desk>) -> Answer<KeyringStatus> {
    Ok(desk.app()?.secrets.status().await)
}

/// The servers that a connection had when it was last asked, or with none all that are known.
#[tauri::command]
#[specta::specta]
pub async fn list_servers(desk: State<'_, Desk>, connection: Option<ConnectionId>) -> Answer<Vec<ServerInfo>> {
    servers::list(desk.library()?, connection.as_ref()).await.map_err(Failure::from)
}

fn no_password() -> Error {
    Error::invalid("There is no password to keep.").with_field("password").with_hint("Type it, or paste the URL again.")
}
