//! What Postgres and the network say, as codes that somebody acts on.
//!
//! No message repeats a statement's arguments, a URL or a password.

use sqlx::{error::DatabaseError, postgres::PgDatabaseError};
use waymark_core::{
    connection::Connection,
    error::{Code, Error},
};

/// A failure before the first transaction: TLS, login, database.
pub(crate) fn of_login(connection: &Connection, error: sqlx::Error) -> Error {
    let host = format!("{}:{}", connection.host, connection.port);
    match &error {
        sqlx::Error::Tls(cause) => of_tls(&host, &cause.to_string()),
        sqlx::Error::Io(cause) if is_certificate_error(&cause.to_string()) => of_tls(&host, &cause.to_string()),
        sqlx::Error::Database(cause) => of_refused_login(connection, cause.as_ref()),
        sqlx::Error::PoolTimedOut => {
            Error::new(Code::Unreachable, format!("`{host}` takes the connection and then says nothing."))
                .with_hint("The database may be stopped or overloaded. Try again when it answers.")
        }
        _ => Error::new(Code::Unreachable, format!("The connection to `{host}` broke while logging in."))
            .with_hint("Check that it is PostgreSQL that listens on this port."),
    }
    .with_source(error)
}

fn is_certificate_error(cause: &str) -> bool {
    ["certificate", "TLS", "handshake", "fatal alert"].iter().any(|word| cause.contains(word))
}

fn of_tls(host: &str, cause: &str) -> Error {
    let (what, hint) = if cause.contains("does not support TLS") {
        ("refuses encrypted connections (TLS)", "Switch TLS on in the server, or choose another host.")
    } else if cause.contains("NotValidForName") || cause.contains("not valid for name") {
        (
            "has a certificate for another name (TLS)",
            "Use the name that is in the certificate as the host, or `verify-ca` if the name cannot be had.",
        )
    } else if cause.contains("received fatal alert") {
        (
            "does not accept the client certificate, or asks for one (TLS)",
            "Choose the certificate and the key that were made for this server. Ask whoever runs the database.",
        )
    } else if cause.contains("UnknownIssuer") || cause.contains("unknown issuer") {
        (
            "has a certificate of an authority that is not trusted here (TLS)",
            "Choose the CA file of the authority that signed it. Ask whoever runs the database.",
        )
    } else if cause.contains("Expired") || cause.contains("expired") {
        ("has an expired certificate (TLS)", "Ask whoever runs the database to renew it.")
    } else {
        ("could not agree on an encrypted connection (TLS)", "Check the TLS mode and the CA file.")
    };
    Error::new(Code::Unreachable, format!("`{host}` {what}.")).with_field("tls").with_hint(hint)
}

fn of_refused_login(connection: &Connection, cause: &dyn DatabaseError) -> Error {
    let user = &connection.user;
    match cause.code().as_deref().unwrap_or_default() {
        "28P01" => Error::new(Code::AuthenticationFailed, format!("The database rejected the password of `{user}`."))
            .with_field("password")
            .with_hint("Enter the password again."),
        // `pg_hba.conf`: this role, database, address or encryption is not let in. Postgres says which, with no secret.
        "28000" => Error::new(
            Code::AuthenticationFailed,
            format!("The database does not let `{user}` in: {}.", cause.message()),
        )
        .with_hint("Check user, database and TLS mode, or ask whoever runs the database for access."),
        "3D000" => Error::not_found(format!("The server has no database `{}`.", connection.database))
            .with_field("database")
            .with_hint("Check the database's name."),
        "42501" => Error::new(
            Code::PermissionDenied,
            format!("The role `{user}` may not connect to the database `{}`.", connection.database),
        )
        .with_hint(format!(
            "Its owner can allow it: GRANT CONNECT ON DATABASE \"{}\" TO \"{user}\".",
            connection.database
        )),
        "53300" => Error::new(Code::Unreachable, "The database has no free connection.")
            .with_hint("Try again in a moment, or connect through PgBouncer."),
        "57P03" => Error::new(Code::Unreachable, "The database is starting up.").with_hint("Try again in a moment."),
        _ => Error::new(Code::Unreachable, format!("The database refused the login: {}.", cause.message())),
    }
}

/// A failure of a statement; `attempted` completes "Could not …".
pub(crate) fn of_statement(attempted: &str, error: sqlx::Error) -> Error {
    let Some(cause) = error.as_database_error() else {
        if is_silence(&error) {
            let what = format!("The database said nothing on the attempt to {attempted}.");
            return Error::new(Code::Unreachable, what)
                .with_hint("It may be stopped or overloaded, or the network is gone. Try again when it answers.")
                .with_source(error);
        }
        let code = if is_dropped(&error) || matches!(error, sqlx::Error::PoolTimedOut) {
            Code::Unreachable
        } else {
            Code::Bug
        };
        let what = match code {
            Code::Unreachable => format!("The connection to the database broke on the attempt to {attempted}."),
            _ => format!("Could not {attempted}: the database's answer was not understood."),
        };
        return Error::new(code, what).with_hint("Check the network and try again.").with_source(error);
    };
    let message = cause.message();
    let built = match cause.code().as_deref().unwrap_or_default() {
        "42501" => Error::new(Code::PermissionDenied, format!("Could not {attempted}: {message}."))
            .with_hint("`waymark connection test` names the grants that the role lacks."),
        "42P01" | "42703" | "42704" | "42883" | "3F000" | "42804" => {
            Error::new(Code::SchemaMismatch, format!("Could not {attempted}: {message}."))
                .with_hint("`waymark db status` compares the database's tables with what Waymark needs.")
        }
        "23505" | "23503" => of_constraint(attempted, cause),
        "22P05" | "22021" => {
            Error::invalid(format!("Could not {attempted}: a text has a character that Postgres cannot store."))
                .with_hint("Remove NUL characters (U+0000) from the text.")
        }
        "40001" | "40P01" => {
            Error::new(Code::Conflict, format!("Could not {attempted}: others are writing the same rows."))
                .with_hint("Try again.")
        }
        "55P03" => {
            Error::new(Code::Conflict, format!("Could not {attempted}: somebody holds a lock on the same rows."))
                .with_hint("Try again when the other edit is done.")
        }
        // A hot standby refuses already the transaction that would write.
        "0A000" if message.contains("during recovery") => {
            Error::new(Code::PermissionDenied, format!("Could not {attempted}: the database is a read replica."))
                .with_hint("Connect to the primary server.")
        }
        "57014" => Error::new(Code::Unreachable, format!("Could not {attempted} within the time limit."))
            .with_hint("The database may be overloaded. Try again later."),
        "25006" => Error::new(Code::PermissionDenied, format!("Could not {attempted}: the database is read-only."))
            .with_hint("Connect to the primary server."),
        code if code.starts_with("08") || code.starts_with("57P") => {
            Error::new(Code::Unreachable, format!("The database ended the connection on the attempt to {attempted}."))
                .with_hint("Try again in a moment.")
        }
        _ => Error::new(Code::Bug, format!("Could not {attempted}: {message}.")),
    };
    built.with_source(error)
}

/// Named constraints become sentences.
fn of_constraint(attempted: &str, cause: &dyn DatabaseError) -> Error {
    let table = cause.table().unwrap_or_default();
    let constraint = cause.constraint().unwrap_or_default();
    match (table, constraint) {
        ("walkthroughs", "walkthroughs_pkey") => Error::not_found(
            "There is no such walkthrough in this organization, and its id cannot be used for a new one.",
        )
        .with_hint("Duplicate the walkthrough (`waymark duplicate`) and publish the copy: it gets ids of its own."),
        ("walkthrough_steps", "walkthrough_steps_pkey") => {
            Error::new(Code::Conflict, "The id of one of the steps is taken by another walkthrough.").with_hint(
                "Duplicate the walkthrough (`waymark duplicate`) and publish the copy: it gets ids of its own.",
            )
        }
        ("mcp_server_walkthroughs", _) => {
            Error::new(Code::Conflict, "The walkthrough was assigned to one of its servers at the same moment.")
                .with_hint("Plan again.")
        }
        _ => Error::new(Code::Conflict, format!("Could not {attempted}: {}.", cause.message()))
            .with_hint("Something else points to the same rows. Plan again."),
    }
}

/// A failure of COMMIT. Where the connection broke, nobody knows yet.
pub(crate) fn of_commit(error: sqlx::Error) -> Error {
    let ended = error.as_database_error().and_then(|cause| cause.code()).is_some_and(|code| code.starts_with("57P"));
    if ended || is_dropped(&error) {
        let what = match is_silence(&error) {
            true => "The database said nothing when it was to commit.",
            false => "The connection broke while the database was committing.",
        };
        return Error::new(Code::OutcomeUnknown, what)
            .with_hint("Waymark looks at what production has as soon as it answers again.")
            .with_source(error);
    }
    of_statement("commit", error)
}

/// Whether the connection is gone, as opposed to the database having answered "no".
pub(crate) fn is_dropped(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed | sqlx::Error::BeginFailed => true,
        sqlx::Error::Database(cause) => {
            cause.code().is_some_and(|code| code.starts_with("57P") || code.starts_with("08"))
        }
        _ => false,
    }
}

/// Whether the database was asked and did not answer in time. Asking again at once would only take as long again.
pub(crate) fn is_silence(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Io(cause) if cause.kind() == std::io::ErrorKind::TimedOut)
}

/// Whether an error that reached us as ours came from a database that did not answer in time.
pub(crate) fn came_from_silence(error: &Error) -> bool {
    let source = error.source.as_deref().and_then(|source| source.downcast_ref::<sqlx::Error>());
    source.is_some_and(is_silence)
}

/// Whether an error that reached us as ours came from a connection that broke. Silence is none: who asks again at once
/// would only wait as long again.
pub(crate) fn is_broken_off(error: &Error) -> bool {
    let source = error.source.as_deref().and_then(|source| source.downcast_ref::<sqlx::Error>());
    source.is_some_and(|source| is_dropped(source) && !is_silence(source))
}

/// Whether an error that reached us as ours came from a statement that is worth trying again as it is: serialization,
/// deadlock, a learner who moved onto a step that was about to go, or a connection that ended before COMMIT.
pub(crate) fn is_worth_retrying(error: &Error) -> bool {
    let source = error.source.as_deref().and_then(|source| source.downcast_ref::<sqlx::Error>());
    let Some(source) = source else { return false };
    if error.code == Code::OutcomeUnknown || is_silence(source) {
        return false;
    }
    let Some(cause) = source.as_database_error().and_then(|cause| cause.try_downcast_ref::<PgDatabaseError>()) else {
        return is_dropped(source);
    };
    let is_standing = cause.code() == "23503" && cause.table() == Some("walkthrough_progress");
    matches!(cause.code(), "40001" | "40P01") || is_standing || is_dropped(source)
}
