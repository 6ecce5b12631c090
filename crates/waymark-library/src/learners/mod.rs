//! The learners of the preview: what the engine decides on, and what it decided.
//!
//! The same tables, the same rule and the same answers as in production; only the store differs.

pub mod outline;
mod store;

use waymark_core::{
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    learner::{
        call::Call,
        standing::{AuthType, Scope, ServerSeen, Standing, StepContent, StepSeen},
        target::target,
        turn::Turn,
        writes::Written,
    },
    walkthrough::Millis,
};

use crate::{Library, calls, drafts::store::load, write::Write};

/// The slug of the drafts' own endpoint: a row for visits to point to, and no server that a draft is assigned to.
pub(crate) const DRAFTS: &str = "waymark:drafts";

/// What a door has to know of a server before a call. `None` when no draft was ever assigned to such a server.
///
/// # Errors
/// Those of the library.
pub async fn server(library: &Library, slug: &str) -> Result<Option<ServerSeen>> {
    if slug == DRAFTS {
        return Ok(None);
    }
    let name = store::server_name(library, slug).await?;
    Ok(name.map(|name| ServerSeen { slug: slug.to_owned(), name, auth: AuthType::None, is_enabled: true }))
}

/// Everything that `call` is decided on, on one snapshot.
///
/// # Errors
/// `NotFound` when there is no such server; those of the library.
pub async fn read(library: &Library, scope: &Scope, call: &Call, now: Millis) -> Result<Standing> {
    let slug = scope.server.as_deref().unwrap_or(DRAFTS);
    let mut snapshot = library.snapshot().await?;
    let identity = store::identity(&mut snapshot, slug, scope, now).await?.ok_or_else(|| no_server(slug))?;
    let mut standing = identity.standing(scope);
    let learner = standing.learner.as_ref();
    for (offer, progress) in store::visible(&mut snapshot, scope.server.as_deref(), learner).await? {
        standing.visible.push(offer);
        standing.progress.extend(progress);
    }
    if let Some(walkthrough) = target(&standing, call) {
        let loaded = load(&mut snapshot, library.cache(), &walkthrough).await?;
        let steps = loaded.draft.walkthrough.steps.iter();
        standing.steps = steps.map(|step| StepSeen::of(step, loaded.version.to_string())).collect();
    }
    Ok(standing)
}

/// A step that was decided to be delivered, with the details of its walkthrough. `None` when it is gone by now.
///
/// # Errors
/// Those of the library.
pub async fn content(library: &Library, walkthrough: &WalkthroughId, step: &StepId) -> Result<Option<StepContent>> {
    let mut snapshot = library.snapshot().await?;
    let loaded = load(&mut snapshot, library.cache(), walkthrough).await?;
    Ok(StepContent::of(&loaded.draft.walkthrough, step))
}

/// Writes a turn, all of it or nothing. `tool` is the name that the call was made by, `text` what it is answered by.
///
/// # Errors
/// `LibraryReadOnly` and the others of the library.
pub async fn write(library: &Library, standing: &Standing, turn: &Turn, tool: &str, text: &str) -> Result<Written> {
    let mut write = Write::begin(library).await?;
    match store::write(write.connection(), standing, turn, tool).await {
        Ok(Written::Stale) => Ok(Written::Stale),
        Ok(Written::Done) => {
            calls::note(&mut write, &turn.writes, text).await?;
            write.commit().await.map(|()| Written::Done)
        }
        // A step that was delivered has been removed in between.
        Err(error) if store::is_overtaken(&error) => Ok(Written::Stale),
        Err(error) => Err(error),
    }
}

fn no_server(slug: &str) -> Error {
    Error::not_found(format!("No draft is assigned to an MCP server `{slug}`."))
        .with_hint("Assign one (`waymark assign WT --server SLUG`), or leave out `--server` to see all drafts.")
        .with_field("server")
}
