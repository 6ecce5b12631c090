//! Reaching the database of a connection: the library knows where, the keyring knows the password.

use waymark_core::{
    connection::Connection,
    error::{Code, Error, Result},
    id::ConnectionId,
    secret::Secret,
};
use waymark_library::{connections, servers};
use waymark_platform::{
    check::{self, ConnectionReport},
    connect::Platform,
};

use crate::{App, drift};

/// Opens the database of a connection with the password that is kept for it.
///
/// # Errors
/// `KeyringUnavailable`, `KeyringLocked`; `AuthenticationFailed`, `Unreachable` and the others of
/// [`Platform::connect`].
pub async fn open(app: &App, connection: &Connection) -> Result<Platform> {
    let password = app.secrets.password(connection).await?;
    Platform::connect(connection, password.as_ref()).await
}

/// Looks at everything that publishing would need, and writes nothing there. A `password` that was typed is tried
/// instead of the one that is kept. What is found of the servers is remembered for a connection that is saved.
///
/// # Errors
/// Those of [`open`] and of [`check::test`].
pub async fn test(app: &App, connection: &Connection, password: Option<Secret>) -> Result<ConnectionReport> {
    let platform = match password {
        Some(password) => Platform::connect(connection, Some(&password)).await?,
        None => open(app, connection).await?,
    };
    let report = check::test(&platform).await;
    if report.as_ref().is_ok_and(|report| report.organization_name.is_some()) && is_saved(app, connection).await {
        // What it finds is a note beside the report: a database that cannot be read says so there.
        if let Err(error) = drift::look(app, &platform).await {
            tracing::debug!(?error, "a tested connection was not compared with the drafts");
        }
    }
    platform.close().await;
    let report = report?;
    if report.organization_name.is_some() {
        let found = report.servers.clone();
        match servers::remember(&app.library, &connection.id, found, &app.env.origin).await {
            Err(error) if error.code == Code::NotFound => {
                tracing::debug!("A connection was tested before it was saved")
            }
            outcome => outcome?,
        }
    }
    Ok(report)
}

/// Whether the connection is kept just so: what a form still changes says nothing about the drafts.
async fn is_saved(app: &App, connection: &Connection) -> bool {
    connections::list(&app.library).await.is_ok_and(|known| known.contains(connection))
}

/// Removes a connection and its password. Nothing changes in the database.
///
/// # Errors
/// `NotFound`; `KeyringLocked`, and then the connection stays.
pub async fn remove(app: &App, id: &ConnectionId) -> Result<()> {
    let known = connections::list(&app.library).await?;
    if !known.iter().any(|connection| connection.id == *id) {
        return Err(Error::not_found(format!("There is no connection `{id}`.")));
    }
    app.secrets.forget(id).await?;
    connections::remove(&app.library, id, &app.env.origin).await
}
