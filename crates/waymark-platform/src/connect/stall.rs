//! Why a login takes forever: one look at a server that took the connection and then said nothing.
//!
//! It asks what every client asks first, whether the server encrypts, and then knocks at the encryption itself. How far
//! the server answers names the layer that stalls. No user and no password are sent.

use std::time::Duration;

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
};
use waymark_core::{
    connection::{Connection, TlsMode},
    error::{Code, Error},
};

use super::bare_host;

/// For the whole look.
pub const LOOK: Duration = Duration::from_millis(2_000);
/// For one answer of a server that works.
const ANSWER: Duration = Duration::from_millis(900);
/// `SSLRequest` of the protocol: its length, and the number that stands for it.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];
/// No TLS at all: whoever speaks TLS answers it with an alert, or hangs up.
const NO_TLS: [u8; 5] = [0, 0, 0, 0, 0];

/// How far a server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stalls {
    /// It takes connections and says nothing.
    AtOnce,
    /// It agrees to encrypt and says nothing more.
    Encrypting,
    /// It speaks, and does not let anybody in.
    SigningIn,
    /// It says something that PostgreSQL never says.
    Foreign,
}

/// The error for a login that took too long, naming the layer.
pub async fn explain(connection: &Connection) -> Error {
    let stalls = tokio::time::timeout(LOOK, look(connection)).await.unwrap_or(Stalls::AtOnce);
    let host = match connection.host.starts_with('/') {
        true => format!("{}/.s.PGSQL.{}", connection.host, connection.port),
        false => format!("{}:{}", connection.host, connection.port),
    };
    let (what, hint) = match stalls {
        Stalls::AtOnce => (
            format!("`{host}` takes the connection and then says nothing."),
            "The database is stopped or overloaded, or something else listens on this port. Check the port, and ask \
             whoever runs the database.",
        ),
        Stalls::Foreign => (
            format!("What answers on `{host}` is not PostgreSQL."),
            "Check host and port. PostgreSQL listens on 5432 usually.",
        ),
        Stalls::Encrypting => (
            format!("`{host}` agrees to encrypt and then says nothing (TLS)."),
            "Something between here and the database (proxy, VPN, firewall) may hold encrypted traffic back. Try it \
             from another network.",
        ),
        Stalls::SigningIn => (
            format!("`{host}` answers, but does not finish signing `{}` in (authentication).", connection.user),
            "The database may be overloaded, or waits for a directory server. Try again in a moment.",
        ),
    };
    let error = Error::new(Code::Unreachable, what).with_hint(hint);
    match stalls {
        Stalls::Encrypting => error.with_field("tls"),
        Stalls::SigningIn => error.with_field("user"),
        Stalls::AtOnce | Stalls::Foreign => error,
    }
}

async fn look(connection: &Connection) -> Stalls {
    let (host, port) = (bare_host(&connection.host), connection.port);
    if host.starts_with('/') {
        return match UnixStream::connect(format!("{host}/.s.PGSQL.{port}")).await {
            Ok(stream) => ask(stream, false).await,
            Err(_) => Stalls::AtOnce,
        };
    }
    match TcpStream::connect((host, port)).await {
        Ok(stream) => ask(stream, connection.tls != TlsMode::Disable).await,
        Err(_) => Stalls::AtOnce,
    }
}

async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, is_encrypted: bool) -> Stalls {
    match answer(&mut stream, &SSL_REQUEST).await {
        None => Stalls::AtOnce,
        Some(Some(b'S')) if is_encrypted => match answer(&mut stream, &NO_TLS).await {
            None => Stalls::Encrypting,
            Some(_) => Stalls::SigningIn,
        },
        Some(Some(b'S' | b'N' | b'E')) => Stalls::SigningIn,
        Some(_) => Stalls::Foreign,
    }
}

/// The first byte of the answer; within it `None` where the other side hangs up, and without it where it says nothing.
async fn answer(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), question: &[u8]) -> Option<Option<u8>> {
    let asked = async {
        stream.write_all(question).await?;
        stream.read_u8().await
    };
    tokio::time::timeout(ANSWER, asked).await.ok().map(Result::ok)
}
