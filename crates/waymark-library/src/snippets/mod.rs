//! The library's snippets: blocks of text by name. A walkthrough keeps no tie to a snippet that was put into it.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Error, Result},
    snippet::{self, Snippet},
};

use crate::{Library, changes::What, write::Write};

pub(crate) mod store;
#[cfg(test)]
mod tests;

/// A snippet to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SaveSnippet {
    /// As it should be.
    pub snippet: Snippet,
    /// What it was called, where it is one that is changed; `None` for a new one.
    pub was: Option<String>,
}

/// All snippets, by name.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library) -> Result<Vec<Snippet>> {
    store::list(library).await
}

/// Adds a snippet, or changes the one that was called `was`.
///
/// # Errors
/// Those of [`snippet::checked`]; `InvalidInput` on `name` where another has it, `NotFound` where `was` is gone.
pub async fn save(library: &Library, save: SaveSnippet, origin: &str) -> Result<Snippet> {
    let snippet = snippet::checked(save.snippet)?;
    let mut write = Write::begin(library).await?;
    if save.was.as_ref() != Some(&snippet.name) && store::has(write.connection(), &snippet.name).await? {
        return Err(Error::invalid(format!("There is a snippet `{}` already.", snippet.name))
            .with_field("name")
            .with_hint("Choose another name, or change that one."));
    }
    if let Some(was) = &save.was
        && !store::delete(write.connection(), was).await?
    {
        return Err(no_such(was));
    }
    store::put(&mut write, &snippet).await?;
    write.announce(What::Snippet, &snippet.name, origin).await?;
    write.commit().await?;
    Ok(snippet)
}

/// Removes a snippet, and gives what it was.
///
/// # Errors
/// `NotFound`.
pub async fn remove(library: &Library, name: &str, origin: &str) -> Result<Snippet> {
    let known = list(library).await?.into_iter().find(|snippet| snippet.name == name);
    let snippet = known.ok_or_else(|| no_such(name))?;
    let mut write = Write::begin(library).await?;
    if !store::delete(write.connection(), name).await? {
        return Err(no_such(name));
    }
    write.announce(What::Snippet, name, origin).await?;
    write.commit().await?;
    Ok(snippet)
}

fn no_such(name: &str) -> Error {
    Error::not_found(format!("There is no snippet `{name}`.")).with_hint("`waymark snippet list` shows all of them.")
}
