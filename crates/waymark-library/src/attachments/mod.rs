//! Files beside a walkthrough: `files/<walkthrough>/<name>` in the library's folder.
//!
//! A file is written whole or not at all, and never written over: the same bytes under the same name are the same file, other
//! bytes get another name. So an undo that takes a link out and a redo that brings it back always find what they mean.
//!
//! **Invariant.** A file goes only when nothing that the library holds can mean it: no draft, no moment of its history, no
//! edit that undo could take back, nothing in the trash. See [`clean_up`].

use std::{collections::BTreeSet, path::PathBuf};

use waymark_core::{
    attachment::{self, Attachment},
    error::Result,
    id::WalkthroughId,
    json::FreeJson,
    walkthrough::Walkthrough,
};

pub use self::orphans::clean_up;
use crate::{Library, changes::What, drafts::derive, drafts::store as drafts, write::Write};

mod orphans;
mod store;
#[cfg(test)]
mod tests;

/// A picture, for showing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// From its bytes, e.g. `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The files of a walkthrough, by name.
///
/// # Errors
/// `LibraryReadOnly` where the folder cannot be read.
pub async fn list(library: &Library, id: &WalkthroughId) -> Result<Vec<Attachment>> {
    let folder = store::folder(library, id);
    blocking(move || store::list(&folder)).await
}

/// Puts a file beside a walkthrough. What is there already under the same name is used, or keeps its name.
///
/// # Errors
/// `NotFound` where there is no such draft, `InvalidInput` for a file that is too large, `LibraryReadOnly`.
pub async fn add(
    library: &Library,
    id: &WalkthroughId,
    given_name: &str,
    bytes: Vec<u8>,
    origin: &str,
) -> Result<Attachment> {
    attachment::check_size(given_name, bytes.len() as u64)?;
    let name = attachment::clean_name(given_name);
    // The turn to write is taken first: a library that is read-only or damaged gets no files either.
    let mut write = Write::begin(library).await?;
    drafts::load(write.connection(), library.cache(), id).await?;
    let folder = store::folder(library, id);
    let added = blocking(move || store::add(&folder, &name, &bytes)).await?;
    derive::forget(write.connection(), id).await?;
    write.announce(What::Draft, id.as_str(), origin).await?;
    write.commit().await?;
    Ok(added)
}

/// Puts a file beside a walkthrough that is about to come in and means it. A file that nothing means in the end goes with
/// the next tidying but one.
///
/// # Errors
/// `InvalidInput` for a file that is too large, `LibraryReadOnly`.
pub async fn bring(library: &Library, id: &WalkthroughId, given_name: &str, bytes: Vec<u8>) -> Result<Attachment> {
    attachment::check_size(given_name, bytes.len() as u64)?;
    let name = attachment::clean_name(given_name);
    // What may not be written gets no files either.
    library.writer().await?;
    let folder = store::folder(library, id);
    blocking(move || store::add(&folder, &name, &bytes)).await
}

/// Where the files of a walkthrough that its texts mean are, with their names: for copying them out.
///
/// # Errors
/// `LibraryReadOnly` where the folder cannot be read.
pub async fn meant(library: &Library, walkthrough: &Walkthrough) -> Result<Vec<(String, PathBuf)>> {
    let (folder, json) = (store::folder(library, &walkthrough.id), FreeJson::of(walkthrough));
    blocking(move || {
        let names = store::names(&folder)?.into_iter();
        let meant = names.filter(|name| attachment::is_mentioned(json.as_str(), name));
        Ok(meant.map(|name| (name.clone(), folder.join(name))).collect())
    })
    .await
}

/// A picture among the files; `None` for a file that is none, or is too large to be shown.
///
/// # Errors
/// `NotFound` where there is no such file.
pub async fn picture(library: &Library, id: &WalkthroughId, name: &str) -> Result<Option<Picture>> {
    if !attachment::is_name(name) {
        return Err(attachment::no_such(name));
    }
    let (folder, name) = (store::folder(library, id), name.to_owned());
    let Some(bytes) = blocking(move || store::read(&folder, &name)).await? else { return Ok(None) };
    Ok(attachment::media_type(&bytes).map(|media_type| Picture { media_type, bytes }))
}

/// The names of a walkthrough's files, for lint. Where the folder cannot be read there are none.
pub(crate) fn names(library: &Library, id: &WalkthroughId) -> BTreeSet<String> {
    store::names(&store::folder(library, id)).unwrap_or_default().into_iter().collect()
}

/// A copy of a walkthrough gets a copy of its files: its texts link to them.
pub(crate) async fn copy(library: &Library, from: &WalkthroughId, to: &WalkthroughId) -> Result<()> {
    let (from, to) = (store::folder(library, from), store::folder(library, to));
    blocking(move || store::copy(&from, &to)).await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.expect("BUG: working with a walkthrough's files panicked")
}
