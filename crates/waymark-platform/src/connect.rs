//! Reaching the database: name, network, TLS and login, each failing under its own name.

mod pem;
pub(crate) mod stall;

use std::{future::Future, sync::Arc, time::Duration};

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::{
    net::{TcpStream, UnixStream, lookup_host},
    time::{Instant, timeout_at},
};
use waymark_core::{
    connection::{Connection, TlsMode, check_client_certificate},
    error::{Code, Error, Result},
    id::OrganizationId,
    secret::Secret,
};

use crate::{errors, learners::contents::Contents, pool::Pool};

/// How long somebody waits for a database that does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For name, network, TLS and login together.
    pub connect: Duration,
    /// For the next word of a database that was asked something.
    pub answer: Duration,
}

impl Patience {
    /// With the look at what stalls, which comes after it, nothing takes longer than ten seconds.
    pub const DEFAULT: Self = Self { connect: Duration::from_millis(7_500), answer: Duration::from_secs(8) };
}

/// Connections that one Waymark opens at most.
pub const CONNECTIONS_MAX: u32 = 4;
/// And one that serves learners, who call at once: writes that reach the disk together wait for it once.
pub const SERVING_CONNECTIONS_MAX: u32 = 16;

/// An organization's database. Cheap to clone; all clones share up to [`CONNECTIONS_MAX`] connections, or
/// [`SERVING_CONNECTIONS_MAX`].
#[derive(Debug, Clone)]
pub struct Platform {
    pub(crate) pool: Arc<Pool>,
    pub(crate) contents: Arc<Contents>,
    connection: Arc<Connection>,
    patience: Patience,
}

impl Platform {
    /// Opens the first connection, so that whatever is wrong is known now. Whether the organization exists and the
    /// tables are there is [`crate::check::test`]'s to say.
    ///
    /// # Errors
    /// `InvalidInput` for a connection that must not be used, `Unreachable` (naming DNS, TCP or TLS),
    /// `AuthenticationFailed`, `NotFound` for a missing database.
    pub async fn connect(connection: &Connection, password: Option<&Secret>) -> Result<Self> {
        Self::connect_within(connection, password, Patience::DEFAULT).await
    }

    /// As [`Platform::connect`], for somebody with another patience.
    ///
    /// # Errors
    /// Those of [`Platform::connect`].
    pub async fn connect_within(
        connection: &Connection,
        password: Option<&Secret>,
        patience: Patience,
    ) -> Result<Self> {
        let options = options(connection, password)?;
        let deadline = Instant::now() + patience.connect;
        reach(connection, deadline).await?;
        let pool = Pool::new(options, patience);
        match timeout_at(deadline, pool.take()).await.unwrap_or(Err(sqlx::Error::PoolTimedOut)) {
            Ok(first) => first.give_back(),
            Err(sqlx::Error::PoolTimedOut) => return Err(stall::explain(connection).await),
            Err(error) => return Err(errors::of_login(connection, error)),
        }
        Ok(Self { pool, contents: Arc::default(), connection: Arc::new(connection.clone()), patience })
    }

    /// How long it is waited for.
    pub(crate) fn patience(&self) -> Patience {
        self.patience
    }

    /// Has as many connections as serving takes.
    #[must_use]
    pub fn for_serving(self) -> Self {
        self.pool.allow_more(SERVING_CONNECTIONS_MAX - CONNECTIONS_MAX);
        self
    }

    /// How it is reached.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Whose rows are visible.
    pub fn organization(&self) -> &OrganizationId {
        &self.connection.organization
    }

    /// Ends all connections that are not in use. Dropping the last clone does so too, without a farewell.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn options(connection: &Connection, password: Option<&Secret>) -> Result<PgConnectOptions> {
    if connection.tls == TlsMode::Disable && !connection.is_local() {
        return Err(Error::invalid(format!("TLS may not be switched off for `{}`.", connection.host))
            .with_field("tls")
            .with_hint("Only this machine can be reached unencrypted. Choose `verify-full`."));
    }
    let mut options = PgConnectOptions::new_without_pgpass()
        .port(connection.port)
        .username(&connection.user)
        .database(&connection.database)
        .application_name("waymark")
        // PgBouncer refuses start-up parameters that it does not know.
        .extra_float_digits(None)
        .ssl_mode(ssl_mode(connection));
    options = match connection.host.starts_with('/') {
        true => options.socket(&connection.host),
        false => options.host(bare_host(&connection.host)),
    };
    if let Some(password) = password {
        options = options.password(password.expose());
    }
    if let Some(file) = &connection.ca_file {
        options = options.ssl_root_cert_from_pem(pem::authority(file)?);
    }
    check_client_certificate(connection)?;
    if let (Some(certificate), Some(key)) = (&connection.client_certificate, &connection.client_key) {
        options = options.ssl_client_cert_from_pem(pem::certificate(certificate)?);
        options = options.ssl_client_key_from_pem(pem::key(key)?);
    }
    Ok(options)
}

fn ssl_mode(connection: &Connection) -> PgSslMode {
    match connection.tls {
        // The kernel delivers a socket's bytes to nobody else, and Postgres offers no TLS on it.
        _ if connection.host.starts_with('/') => PgSslMode::Disable,
        TlsMode::VerifyFull => PgSslMode::VerifyFull,
        TlsMode::VerifyCa => PgSslMode::VerifyCa,
        TlsMode::Require => PgSslMode::Require,
        TlsMode::Disable => PgSslMode::Disable,
    }
}

/// The host without the brackets of an IPv6 literal.
fn bare_host(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

/// Looks the name up and knocks once, so that DNS, TCP and what lies above can be told apart.
async fn reach(connection: &Connection, deadline: Instant) -> Result<()> {
    let (host, port) = (bare_host(&connection.host), connection.port);
    if host.starts_with('/') {
        let socket = format!("{host}/.s.PGSQL.{port}");
        let knocked = in_time(deadline, UnixStream::connect(&socket)).await;
        return knocked.map(drop).map_err(|error| {
            unreachable(format!("Nothing answers on the Unix socket `{socket}`."), error)
                .with_hint("Check the folder and the port, and that the database is running.")
        });
    }
    let looked_up = in_time(deadline, lookup_host((host, port))).await;
    let addresses = looked_up.map_err(|error| {
        unreachable(format!("The name `{host}` could not be resolved (DNS)."), error)
            .with_hint("Check the host for typing errors, and that this machine is online or in the right VPN.")
            .with_field("host")
    })?;
    let addresses: Vec<_> = addresses.collect();
    let knocked = in_time(deadline, TcpStream::connect(addresses.as_slice())).await;
    knocked.map(drop).map_err(|error| {
        let what = match error.kind() {
            std::io::ErrorKind::ConnectionRefused => format!("Nothing answers on `{host}:{port}` (TCP)."),
            _ => format!("`{host}:{port}` cannot be reached (TCP)."),
        };
        unreachable(what, error).with_hint(
            "Check host and port, and that the database accepts connections from this machine (firewall, VPN).",
        )
    })
}

async fn in_time<T>(deadline: Instant, attempt: impl Future<Output = std::io::Result<T>>) -> std::io::Result<T> {
    timeout_at(deadline, attempt).await.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
}

fn unreachable(what: String, source: std::io::Error) -> Error {
    Error::new(Code::Unreachable, what).with_source(source)
}
