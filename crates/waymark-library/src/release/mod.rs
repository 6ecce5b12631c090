//! Releases as the library remembers them: what is in each, and how far each item is.
//!
//! **Invariant.** An item is noted as sent before production is touched, and as done only when production is known to have
//! it. So whatever is `sent` when nobody runs the release is what a killed run left, and production is asked about it.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Code, Error, Result},
    id::{ConnectionId, ReleaseId, WalkthroughId},
    release::{self, ItemOutcome, Release},
    walkthrough::WalkthroughStatus,
};

use crate::{Library, changes::What, connections, drafts, write::Write};

mod store;
#[cfg(test)]
mod tests;

/// Characters in a name; it stands in lists and on the command line.
const NAME_MAX: usize = 80;

/// A release to make of the drafts as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CreateRelease {
    /// What to call it.
    pub name: String,
    /// What is in it, in order.
    pub walkthroughs: Vec<WalkthroughId>,
    /// Where it goes.
    pub connection: ConnectionId,
    /// Upload without showing it to learners.
    pub as_draft: bool,
    /// Replace what changed in production (it is saved as a revision first).
    pub overwrite: bool,
}

/// Makes a release. Nothing is published.
///
/// # Errors
/// `InvalidInput` naming the field; `NotFound` for a draft or connection that is not there.
pub async fn create(library: &Library, input: CreateRelease, origin: &str) -> Result<Release> {
    let name = checked_name(&input.name)?;
    connections::find(library, input.connection.as_str()).await?;
    if input.walkthroughs.is_empty() {
        return Err(Error::invalid("A release without a walkthrough publishes nothing.")
            .with_field("walkthroughs")
            .with_hint("Name at least one walkthrough."));
    }
    let status = if input.as_draft { WalkthroughStatus::Draft } else { WalkthroughStatus::Published };
    let mut items: Vec<(WalkthroughId, String)> = Vec::with_capacity(input.walkthroughs.len());
    for id in &input.walkthroughs {
        if items.iter().any(|(known, _)| known == id) {
            continue;
        }
        let draft = drafts::open(library, id).await?.draft;
        if draft.trashed_at.is_some() {
            return Err(Error::new(Code::Refused, format!("`{}` is in the trash.", draft.walkthrough.title))
                .with_hint("Restore it, or leave it out."));
        }
        items.push((id.clone(), release::digest(&draft.walkthrough, status)));
    }
    let id = ReleaseId::mint(library.random());
    let mut write = Write::begin(library).await?;
    if store::is_named(&mut write, &name).await? {
        return Err(Error::invalid(format!("Another release has the name `{name}`."))
            .with_field("name")
            .with_hint("Choose another name, or go on with that one: `waymark release resume`."));
    }
    store::add(&mut write, &id, &name, &input, status).await?;
    store::add_items(&mut write, &id, &items).await?;
    write.announce(What::Release, id.as_str(), origin).await?;
    write.commit().await?;
    find(library, id.as_str()).await
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    let refused = |message: String, hint: &str| Err(Error::invalid(message).with_field("name").with_hint(hint));
    match name.chars().count() {
        0 => refused("The release needs a name.".to_owned(), "Call it after what it brings."),
        length if length > NAME_MAX => {
            refused(format!("The release's name is {length} characters long."), "It may have up to 80.")
        }
        _ if name.chars().any(char::is_control) => {
            refused("The release's name has a line break or a control character.".to_owned(), "Leave it out.")
        }
        _ => Ok(name.to_owned()),
    }
}

/// All releases, the newest first.
///
/// # Errors
/// Those of the file.
pub async fn list(library: &Library) -> Result<Vec<Release>> {
    store::list(library).await
}

/// The release with this name or id.
///
/// # Errors
/// `NotFound`.
pub async fn find(library: &Library, name_or_id: &str) -> Result<Release> {
    let all = store::list(library).await?;
    let named = all.iter().position(|release| release.name == name_or_id);
    let found = named.or_else(|| all.iter().position(|release| release.id.as_str() == name_or_id));
    found.and_then(|at| all.into_iter().nth(at)).ok_or_else(|| no_such(name_or_id))
}

fn no_such(name_or_id: &str) -> Error {
    Error::not_found(format!("There is no release `{name_or_id}`."))
        .with_hint("`waymark release list` shows the releases; `waymark release create` makes one.")
}

/// Forgets a release. What it published stays published, and drafts stay as they are.
///
/// # Errors
/// `NotFound`.
pub async fn remove(library: &Library, id: &ReleaseId, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    if !store::delete(&mut write, id).await? {
        return Err(no_such(id.as_str()));
    }
    write.announce(What::Release, id.as_str(), origin).await?;
    write.commit().await
}

/// These are about to be sent.
///
/// # Errors
/// Those of the file.
pub async fn begin(library: &Library, id: &ReleaseId, items: &[WalkthroughId], origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    store::mark_begun(&mut write, id).await?;
    for item in items {
        store::mark_sent(&mut write, id, item).await?;
    }
    write.announce(What::Release, id.as_str(), origin).await?;
    write.commit().await
}

/// What became of items, in one write. When the last is done, so is the release.
///
/// # Errors
/// Those of the file.
pub async fn note(library: &Library, id: &ReleaseId, outcomes: &[ItemOutcome], origin: &str) -> Result<()> {
    if outcomes.is_empty() {
        return Ok(());
    }
    let mut write = Write::begin(library).await?;
    for outcome in outcomes {
        store::note(&mut write, id, outcome).await?;
    }
    store::finish_if_done(&mut write, id).await?;
    write.announce(What::Release, id.as_str(), origin).await?;
    write.commit().await
}

/// The release is about these drafts as they are now.
///
/// # Errors
/// Those of the file.
pub async fn take_current(
    library: &Library,
    id: &ReleaseId,
    items: &[(WalkthroughId, String)],
    origin: &str,
) -> Result<()> {
    let mut write = Write::begin(library).await?;
    for (item, digest) in items {
        store::set_digest(&mut write, id, item, digest).await?;
    }
    write.announce(What::Release, id.as_str(), origin).await?;
    write.commit().await
}
