//! Providers of models, without their keys: those are in the keyring, under the provider's id.

use waymark_core::{
    agent_run::provider::{Provider, checked},
    error::{Error, Result},
    id::ProviderId,
};

use super::store::providers as store;
use crate::{Library, changes::What, write::Write};

/// All providers, by name. What a newer Waymark kept and this one does not know is left out.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library) -> Result<Vec<Provider>> {
    store::list(library).await
}

/// Adds a provider, or changes the one with its id.
///
/// # Errors
/// `InvalidInput` naming the field; a name that another provider has is one.
pub async fn save(library: &Library, provider: Provider, origin: &str) -> Result<Provider> {
    let provider = checked(provider)?;
    let mut write = Write::begin(library).await?;
    if store::has_other_named(write.connection(), &provider).await? {
        return Err(Error::invalid(format!("Another provider has the name `{}`.", provider.name))
            .with_field("name")
            .with_hint("Choose another name."));
    }
    store::put(&mut write, &provider).await?;
    write.announce(What::Provider, provider.id.as_str(), origin).await?;
    write.commit().await?;
    Ok(provider)
}

/// Removes a provider. Its runs stay, and its key is the caller's to remove.
///
/// # Errors
/// `NotFound`.
pub async fn remove(library: &Library, id: &ProviderId, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    if !store::delete(write.connection(), id).await? {
        return Err(no_such(id.as_str()));
    }
    write.announce(What::Provider, id.as_str(), origin).await?;
    write.commit().await
}

/// The provider with this name or id.
///
/// # Errors
/// `NotFound`.
pub async fn find(library: &Library, name_or_id: &str) -> Result<Provider> {
    let providers = store::list(library).await?;
    let named = providers.iter().find(|provider| provider.name == name_or_id);
    let found = named.or_else(|| providers.iter().find(|provider| provider.id.as_str() == name_or_id));
    found.cloned().ok_or_else(|| no_such(name_or_id))
}

fn no_such(name_or_id: &str) -> Error {
    Error::not_found(format!("There is no provider `{name_or_id}`."))
        .with_hint("`waymark provider list` shows the providers; `waymark provider add` makes one.")
}
