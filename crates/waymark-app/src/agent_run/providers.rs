//! Providers and their keys: saved, tried, removed.

use tokio_util::sync::CancellationToken;
use waymark_core::{
    agent_run::provider::Provider,
    error::{Code, Error, Result},
    id::ProviderId,
    secret::Secret,
};
use waymark_library::agent_run::providers;

use super::provider::{Line, PATIENCE};
use crate::{App, secrets::Keep};

/// Saves a provider, with its key where one was entered.
///
/// # Errors
/// `InvalidInput` naming the field; `KeyringUnavailable`, `KeyringLocked`, and then nothing is saved.
pub async fn save(app: &App, provider: Provider, key: Option<Secret>, keep: Keep) -> Result<Provider> {
    let known = providers::list(&app.library).await?;
    let is_new = known.iter().all(|known| known.id != provider.id);
    // A key belongs to where it was entered for: elsewhere it has to be entered again.
    let has_moved = known.iter().any(|known| known.id == provider.id && known.base_url != provider.base_url);
    let provider = waymark_core::agent_run::provider::checked(provider)?;
    match key.filter(|key| !key.is_empty()) {
        Some(key) => app.secrets.set_key(&provider.id, key, keep).await?,
        None if has_moved => app.secrets.forget_key(&provider.id).await?,
        None => {}
    }
    let id = provider.id.clone();
    match providers::save(&app.library, provider, &app.env.origin).await {
        Err(error) if is_new => {
            app.secrets.forget_key(&id).await?;
            Err(error)
        }
        outcome => outcome,
    }
}

/// Removes a provider and its key. Its runs stay.
///
/// # Errors
/// `NotFound`; `KeyringLocked`, and then the provider stays.
pub async fn remove(app: &App, id: &ProviderId) -> Result<()> {
    providers::find(&app.library, id.as_str()).await?;
    app.secrets.forget_key(id).await?;
    providers::remove(&app.library, id, &app.env.origin).await
}

/// The names of a provider's models: asks for nothing that costs anything. A `key` that was entered is tried instead of
/// the one that is kept.
///
/// # Errors
/// Those of the keyring and of the provider.
pub async fn test(
    app: &App,
    provider: &Provider,
    key: Option<Secret>,
    stop: &CancellationToken,
) -> Result<Vec<String>> {
    let key = key_of(app, provider, key).await?;
    Line::new(provider.clone(), key, PATIENCE)?.models(stop).await
}

/// The key that was handed in, or the one that is kept. A provider on this machine mostly has none, so the keyring's
/// absence is no hindrance there.
pub(super) async fn key_of(app: &App, provider: &Provider, key: Option<Secret>) -> Result<Option<Secret>> {
    if let Some(key) = key.filter(|key| !key.is_empty()) {
        return Ok(Some(key));
    }
    match app.secrets.key(&provider.id).await {
        Err(_) if provider.is_local() => Ok(None),
        Err(error) => Err(without_password(error)),
        found => found,
    }
}

/// The keyring speaks of the passwords of connections; here it is about a key.
fn without_password(error: Error) -> Error {
    let hint = match error.code {
        Code::KeyringUnavailable => {
            "Start one (for example `gnome-keyring-daemon`), or keep the key for this run only. The command line also takes \
             it with `--key-stdin`."
        }
        Code::KeyringLocked => "Unlock it and try again, or keep the key for this run only.",
        _ => return error,
    };
    error.with_hint(hint)
}
