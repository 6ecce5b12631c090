//! Reaching the database of a connection: the library knows where, the keyring knows the password.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

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

/// How long a database is kept open for the next look.
const KEPT: Duration = Duration::from_secs(60);

/// The database that was looked at last, kept open for a while: whoever writes is looked over the shoulder every few
/// seconds, and should neither log in nor be asked for a password each time.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    open: Option<(Connection, Platform)>,
    /// How often something was kept: what is kept later is not for an earlier timer to close.
    turn: u64,
}

impl Kept {
    /// The one that is open, if it is for this connection as it is now; else a new one.
    ///
    /// # Errors
    /// Those of [`open`].
    pub(crate) async fn open(&self, app: &App, connection: &Connection) -> Result<Platform> {
        let kept = self.state().open.take();
        match kept {
            Some((known, platform)) if known == *connection => Ok(platform),
            Some((_, other)) => {
                other.close().await;
                open(app, connection).await
            }
            None => open(app, connection).await,
        }
    }

    /// Keeps one that works, for a while.
    pub(crate) fn keep(&self, connection: Connection, platform: Platform) {
        let mut state = self.state();
        state.open = Some((connection, platform));
        state.turn += 1;
        let (turn, state) = (state.turn, Arc::clone(&self.0));
        tokio::spawn(async move {
            tokio::time::sleep(KEPT).await;
            let left = {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                if state.turn == turn { state.open.take() } else { None }
            };
            if let Some((_, platform)) = left {
                platform.close().await;
            }
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

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
