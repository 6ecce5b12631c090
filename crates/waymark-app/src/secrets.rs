//! Passwords of connections and keys of providers: in the operating system's keyring, or in memory for this run, and nowhere else.
//!
//! One keyring entry per connection or provider (service `waymark`, user = its id). Whether there is a keyring is decided
//! once per process. A password kept for this run wins over the keyring's, and `PGPASSWORD` (command line only, handed
//! in by the door) wins over both. Nothing here writes a password to a log, an error or a file.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use waymark_core::{
    connection::Connection,
    error::{Code, Error, Result},
    id::{ConnectionId, ProviderId},
    secret::Secret,
};

const SERVICE: &str = "waymark";
/// A locked keyring asks the person to unlock it; that may take a while, but not forever.
const PATIENCE: Duration = Duration::from_secs(90);

/// Where a password is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// In the operating system's keyring.
    Keyring,
    /// In the memory of this process.
    ThisRun,
}

/// What can be said about the keyring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct KeyringStatus {
    /// Whether passwords can be kept now.
    pub is_available: bool,
    /// What is wrong, if something is: `KeyringUnavailable` or `KeyringLocked`.
    pub code: Option<Code>,
    /// In a sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// The passwords. Clones share what is kept for this run.
#[derive(Clone)]
pub struct Secrets {
    inner: Arc<Inner>,
    /// Whether the system may ask the person to unlock the keyring.
    may_ask: bool,
}

struct Inner {
    has_keyring: bool,
    from_environment: Option<Secret>,
    this_run: Mutex<HashMap<String, Secret>>,
}

impl Secrets {
    /// The operating system's keyring. `from_environment` is `PGPASSWORD`, where the door honors it.
    pub fn system(from_environment: Option<Secret>) -> Self {
        Self::over(Inner { has_keyring: true, from_environment, this_run: Mutex::default() })
    }

    /// No keyring at all: passwords can be kept for this run only.
    pub fn memory_only() -> Self {
        Self::over(Inner { has_keyring: false, from_environment: None, this_run: Mutex::default() })
    }

    fn over(inner: Inner) -> Self {
        Self { inner: Arc::new(inner), may_ask: true }
    }

    /// The same passwords for work that nobody asked for: a locked keyring is `KeyringLocked` and stays locked, without a
    /// question on the screen.
    pub fn without_asking(&self) -> Self {
        Self { inner: self.inner.clone(), may_ask: false }
    }

    /// The password of a connection; `None` where none is kept. A connection over a Unix socket is not looked up in
    /// the keyring's absence: the operating system vouches for the user there.
    ///
    /// # Errors
    /// `KeyringUnavailable`, `KeyringLocked`.
    pub async fn password(&self, connection: &Connection) -> Result<Option<Secret>> {
        if let Some(secret) = &self.inner.from_environment {
            return Ok(Some(secret.clone()));
        }
        if let Some(secret) = self.this_run().get(connection.id.as_str()) {
            return Ok(Some(secret.clone()));
        }
        match self.ask(connection.id.as_str(), |entry| entry.get_password()).await {
            Ok(found) => Ok(found.map(Secret::new)),
            Err(_) if connection.host.starts_with('/') => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps a password.
    ///
    /// # Errors
    /// `KeyringUnavailable`, `KeyringLocked`; with [`Keep::ThisRun`] none.
    pub async fn set_password(&self, connection: &ConnectionId, password: Secret, keep: Keep) -> Result<()> {
        self.set(connection.as_str(), password, keep).await
    }

    /// Forgets the password of a connection everywhere. Forgetting one that is not there is fine.
    ///
    /// # Errors
    /// `KeyringLocked`; an absent keyring holds nothing, so it is none.
    pub async fn forget(&self, connection: &ConnectionId) -> Result<()> {
        self.forget_entry(connection.as_str()).await
    }

    /// The key of a provider of models; `None` where none is kept.
    ///
    /// # Errors
    /// `KeyringUnavailable`, `KeyringLocked`.
    pub async fn key(&self, provider: &ProviderId) -> Result<Option<Secret>> {
        if let Some(secret) = self.this_run().get(provider.as_str()) {
            return Ok(Some(secret.clone()));
        }
        Ok(self.ask(provider.as_str(), |entry| entry.get_password()).await?.map(Secret::new))
    }

    /// Keeps the key of a provider.
    ///
    /// # Errors
    /// `KeyringUnavailable`, `KeyringLocked`; with [`Keep::ThisRun`] none.
    pub async fn set_key(&self, provider: &ProviderId, key: Secret, keep: Keep) -> Result<()> {
        self.set(provider.as_str(), key, keep).await
    }

    /// Forgets the key of a provider everywhere. Forgetting one that is not there is fine.
    ///
    /// # Errors
    /// `KeyringLocked`; an absent keyring holds nothing, so it is none.
    pub async fn forget_key(&self, provider: &ProviderId) -> Result<()> {
        self.forget_entry(provider.as_str()).await
    }

    async fn set(&self, user: &str, secret: Secret, keep: Keep) -> Result<()> {
        if keep == Keep::ThisRun {
            self.this_run().insert(user.to_owned(), secret);
            return Ok(());
        }
        self.ask(user, move |entry| entry.set_password(secret.expose())).await?;
        self.this_run().remove(user);
        Ok(())
    }

    async fn forget_entry(&self, user: &str) -> Result<()> {
        self.this_run().remove(user);
        match self.ask(user, |entry| entry.delete_credential()).await {
            Err(error) if error.code == Code::KeyringUnavailable => Ok(()),
            outcome => outcome.map(|_| ()),
        }
    }

    /// Whether passwords can be kept: looks for an entry that nobody makes.
    pub async fn status(&self) -> KeyringStatus {
        match self.ask("probe", |entry| entry.get_password()).await {
            Ok(_) => {
                KeyringStatus { is_available: true, code: None, message: "The keyring answers.".to_owned(), hint: None }
            }
            Err(error) => {
                KeyringStatus { is_available: false, code: Some(error.code), message: error.message, hint: error.hint }
            }
        }
    }

    /// Runs `action` on the entry of this name, off the async threads; a missing entry is `None`.
    async fn ask<T, F>(&self, user: &str, action: F) -> Result<Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(&keyring::Entry) -> keyring::Result<T> + Send + 'static,
    {
        if !self.inner.has_keyring {
            return Err(unavailable());
        }
        if !self.may_ask && matches!(tokio::task::spawn_blocking(is_locked).await, Ok(true)) {
            return Err(locked());
        }
        let user = user.to_owned();
        let work =
            tokio::task::spawn_blocking(move || keyring::Entry::new(SERVICE, &user).and_then(|entry| action(&entry)));
        match tokio::time::timeout(PATIENCE, work).await {
            Ok(Ok(Ok(found))) => Ok(Some(found)),
            Ok(Ok(Err(keyring::Error::NoEntry))) => self.missing().await,
            Ok(Ok(Err(error))) => Err(translate(error)),
            Ok(Err(panic)) => Err(Error::bug("The keyring's thread ended before its work.").with_source(panic)),
            Err(elapsed) => Err(locked().with_source(elapsed)),
        }
    }

    /// No entry was found: because there is none, or because a locked keyring does not show what it has.
    async fn missing<T>(&self) -> Result<Option<T>> {
        match tokio::task::spawn_blocking(is_locked).await {
            Ok(true) => Err(locked()),
            _ => Ok(None),
        }
    }

    fn this_run(&self) -> std::sync::MutexGuard<'_, HashMap<String, Secret>> {
        self.inner.this_run.lock().expect("BUG: nothing panics while it holds the passwords of this run")
    }
}

/// Whether the default collection is locked. The keyring library does not tell a locked one from an empty one.
#[cfg(target_os = "linux")]
fn is_locked() -> bool {
    use secret_service::{EncryptionType, blocking::SecretService};
    let asked = SecretService::connect(EncryptionType::Plain)
        .and_then(|service| service.get_default_collection().and_then(|collection| collection.is_locked()));
    // Where there is no collection yet, the first password makes one.
    asked.unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
fn is_locked() -> bool {
    false
}

fn translate(error: keyring::Error) -> Error {
    match error {
        keyring::Error::NoDefaultStore => match keyring::Entry::store_status() {
            Err(cause) => unavailable().with_source(cause.to_string()),
            Ok(()) => unavailable(),
        },
        keyring::Error::NoStorageAccess(cause) => locked().with_source(cause),
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            Error::new(Code::KeyringUnavailable, "The keyring's entry for this connection is not a text.")
                .with_hint("Enter the password again to replace the entry.")
        }
        other => unavailable().with_source(other),
    }
}

fn unavailable() -> Error {
    Error::new(Code::KeyringUnavailable, "There is no keyring service on this machine.").with_hint(
        "Start one (for example `gnome-keyring-daemon`), or keep the password for this run only. \
         The command line also takes it from `PGPASSWORD`.",
    )
}

fn locked() -> Error {
    Error::new(Code::KeyringLocked, "The keyring is locked.").with_hint(
        "Unlock it (it opens when you log in to the desktop) and try again, or keep the password for this run only.",
    )
}
