//! Learners in production: what the engine decides on, and what it decided.
//!
//! Invariants: a read sees one learner at one server of the organization; a write is one transaction that changes
//! nothing unless every row is still as it was read; a learner never has two progress rows for one walkthrough.

mod row;
mod store;

use waymark_core::{
    error::{Code, Error, Result},
    id::{StepId, WalkthroughId},
    learner::{
        call::Call,
        standing::{Scope, ServerSeen, Standing, StepContent},
        target::target,
        turn::Turn,
        writes::Written,
    },
    walkthrough::Millis,
};

use crate::{
    check,
    connect::Platform,
    db::{self, Shape},
};

/// Refuses a database that learners cannot be served from, before anybody comes.
///
/// # Errors
/// `SchemaMismatch` and `PermissionDenied` naming what is missing; `NotFound` for an organization that does not exist;
/// `Unreachable`.
pub async fn check(platform: &Platform) -> Result<()> {
    let status = db::status(platform).await?;
    match status.shape {
        Shape::Current => {
            check::organization(platform).await?;
            check_grants(platform).await
        }
        Shape::Older => Err(Error::new(Code::SchemaMismatch, "The database has the older shape of the tables.")
            .with_hint("Pull works. Serving needs the current shape: see `waymark db migrate`.")),
        Shape::Empty | Shape::Partial | Shape::Foreign => status.check_publishable(),
    }
}

async fn check_grants(platform: &Platform) -> Result<()> {
    let mut session = platform.read().await?;
    let missing = store::missing_grants(&mut session).await?;
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::new(
        Code::PermissionDenied,
        format!("The role may not record progress: it lacks {}.", missing.join(", ")),
    )
    .with_hint("Ask the owner of the tables to GRANT it."))
}

/// What a door has to know of a server before a call. `None` when the organization has no such server.
///
/// # Errors
/// `SchemaMismatch`, `PermissionDenied`, `Unreachable`.
pub async fn server(platform: &Platform, slug: &str) -> Result<Option<ServerSeen>> {
    let mut session = platform.read().await?;
    store::server(&mut session, platform.organization(), slug).await
}

/// Everything that `call` is decided on: three statements on one snapshot.
///
/// # Errors
/// `NotFound` when the organization has no such server; `SchemaMismatch`, `PermissionDenied`, `Unreachable`.
pub async fn read(platform: &Platform, scope: &Scope, call: &Call, now: Millis) -> Result<Standing> {
    let slug = scope.server.as_deref().unwrap_or_default();
    let mut session = platform.read().await?;
    let row = store::identity(&mut session, platform.organization(), slug, scope, now).await?;
    let row = row.ok_or_else(|| no_server(slug))?;
    let is_enabled = row.is_enabled;
    let mut standing = row.into_identity().standing(scope);
    if is_enabled {
        let learner = standing.learner.as_ref();
        let shown = store::visible(&mut session, platform.organization(), &standing.server, learner).await?;
        for (offer, progress) in shown {
            standing.visible.push(offer);
            standing.progress.extend(progress);
        }
    }
    if let Some(walkthrough) = target(&standing, call) {
        standing.steps = store::steps(&mut session, &walkthrough).await?;
    }
    Ok(standing)
}

/// A step that was decided to be delivered, with the details of its walkthrough. `None` when it is gone by now.
///
/// # Errors
/// `SchemaMismatch`, `PermissionDenied`, `Unreachable`.
pub async fn content(platform: &Platform, walkthrough: &WalkthroughId, step: &StepId) -> Result<Option<StepContent>> {
    let mut session = platform.read().await?;
    store::content(&mut session, platform.organization(), walkthrough, step).await
}

/// Writes a turn, all of it or nothing. `tool` is the name that the call was made by.
///
/// # Errors
/// `PermissionDenied` for a role that may not write, `OutcomeUnknown` when the connection broke while committing,
/// `SchemaMismatch`, `Unreachable`.
pub async fn write(platform: &Platform, standing: &Standing, turn: &Turn, tool: &str) -> Result<Written> {
    let Some(rows) = row::Rows::of(standing, turn, tool) else {
        return Ok(Written::Done);
    };
    let mut session = platform.write().await?;
    if let Some(key) = rows.lock_key() {
        store::lock(&mut session, &key).await?;
    }
    let written = match store::write(&mut session, &rows).await {
        Ok(counts) => counts == rows.expected(),
        // A step that was delivered, or a visit, has been removed in between.
        Err(error) if store::is_overtaken(&error) => false,
        Err(error) => return Err(error),
    };
    if !written {
        session.roll_back().await;
        return Ok(Written::Stale);
    }
    session.commit().await?;
    Ok(Written::Done)
}

fn no_server(slug: &str) -> Error {
    Error::not_found(format!("There is no MCP server `{slug}` in this organization."))
        .with_hint("Check the slug; `waymark connection test` lists the servers.")
}
