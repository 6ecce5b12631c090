//! Learners in production: what the engine decides on, and what it decided.
//!
//! Invariants: a read sees one learner at one server of the organization; a write is one transaction that changes
//! nothing unless every row is still as it was read; a learner never has two progress rows for one walkthrough.

pub(crate) mod contents;
pub mod ghosts;
mod row;
mod store;

use std::sync::Arc;

use waymark_core::{
    error::{Code, Error, Result},
    id::{LearnerId, OrganizationId},
    learner::{
        call::Call,
        standing::{Scope, ServerSeen, Standing, StepContent},
        target::target,
        turn::{Delivery, Turn},
        writes::Written,
    },
    walkthrough::Millis,
};

use crate::{
    check,
    connect::{Platform, SERVING_CONNECTIONS_MAX},
    db::{self, Shape},
    errors,
    session::{Session, Unsettled},
};
use row::Rows;

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
    loop {
        let mut session = platform.read_once().await?;
        let found = store::server(&mut session, platform.organization(), slug).await;
        if !session.had_died(found.as_ref().err()) {
            return found;
        }
    }
}

/// Everything that `call` is decided on: one statement, and a second one only where the walkthrough is named in a way
/// that the first does not foresee. What is written later is compared with what the first one saw.
///
/// # Errors
/// `NotFound` when the organization has no such server; `SchemaMismatch`, `PermissionDenied`, `Unreachable`.
pub async fn read(platform: &Platform, scope: &Scope, call: &Call, now: Millis) -> Result<Standing> {
    loop {
        let mut session = platform.read_once().await?;
        let read = read_on(&mut session, platform.organization(), scope, call, now).await;
        if !session.had_died(read.as_ref().err()) {
            return read;
        }
    }
}

async fn read_on(
    session: &mut Session,
    organization: &OrganizationId,
    scope: &Scope,
    call: &Call,
    now: Millis,
) -> Result<Standing> {
    let slug = scope.server.as_deref().unwrap_or_default();
    let row = store::standing(session, organization, slug, scope, call, now).await?;
    let row = row.ok_or_else(|| no_server(slug))?;
    let (shown, steps, whose) = (row.shown()?, row.steps()?, row.learner_id.clone().map(LearnerId));
    let mut standing = row.into_identity().standing(scope);
    let is_theirs = standing.learner.is_some() && standing.learner == whose;
    if standing.learner.is_some() && !is_theirs {
        return Err(Error::bug("The progress of another learner was read than the one who calls."));
    }
    for (offer, progress) in shown {
        standing.visible.push(offer);
        standing.progress.extend(progress.filter(|_| is_theirs));
    }
    if let Some(walkthrough) = target(&standing, call) {
        standing.steps = match steps {
            Some((guessed, steps)) if guessed == walkthrough => steps,
            _ => store::steps(session, organization, &walkthrough).await?,
        };
    }
    Ok(standing)
}

/// The content of the step that a turn delivers, in the version that was seen if it is known. `None` when the step is
/// gone by now.
///
/// # Errors
/// `SchemaMismatch`, `PermissionDenied`, `Unreachable`.
pub async fn content(platform: &Platform, delivery: &Delivery) -> Result<Option<Arc<StepContent>>> {
    let step = delivery.step();
    if let Some(known) = platform.contents.get(step, &delivery.version) {
        return Ok(Some(known));
    }
    loop {
        let mut session = platform.read_once().await?;
        let found = store::content(&mut session, platform.organization(), &delivery.walkthrough.id, step).await;
        if !session.had_died(found.as_ref().err()) {
            return Ok(found?.map(|(version, content)| platform.contents.keep(version, content)));
        }
    }
}

/// Writes a turn, all of it or nothing. `tool` is the name that the call was made by.
///
/// # Errors
/// `PermissionDenied` for a role that may not write, `OutcomeUnknown` when the database fell silent or cannot be reached
/// any more to find out, `SchemaMismatch`, `Unreachable`.
pub async fn write(platform: &Platform, standing: &Standing, turn: &Turn, tool: &str) -> Result<Written> {
    let Some(rows) = Rows::of(standing, turn, tool) else {
        return Ok(Written::Done);
    };
    match write_once(platform, &rows).await {
        Err(error) if errors::is_broken_off(&error) => settle(platform, &rows, error).await,
        written => written,
    }
}

/// The connection broke while a turn was being written. The same rows are sent again: where the first attempt arrived
/// after all, or still does, the second waits for it and finds its own log entry there.
async fn settle(platform: &Platform, rows: &Rows<'_>, mut broken: Error) -> Result<Written> {
    // Other connections may have died while they were idle.
    for _ in 0..SERVING_CONNECTIONS_MAX {
        let again = match write_once(platform, rows).await {
            Ok(Written::Stale) => find(platform, rows).await,
            again => again,
        };
        let Err(error) = again else { return again };
        let is_worth_another = errors::is_broken_off(&error);
        // What is unknown once stays so.
        if broken.code != Code::OutcomeUnknown {
            broken = error;
        }
        if !is_worth_another {
            break;
        }
    }
    Err(broken)
}

/// Whether the turn is there already.
async fn find(platform: &Platform, rows: &Rows<'_>) -> Result<Written> {
    let mut session = platform.read_once().await?;
    let is_logged = store::is_logged(&mut session, platform.organization(), &rows.call.id).await?;
    Ok(if is_logged { Written::Done } else { Written::Stale })
}

async fn write_once(platform: &Platform, rows: &Rows<'_>) -> Result<Written> {
    let mut session = match rows.lock_key() {
        None => platform.write_once().await?,
        Some(key) => {
            // What the lock waited for is only seen by the statement after it.
            let mut session = platform.write().await?;
            store::lock(&mut session, &key).await?;
            session
        }
    };
    let written = store::write(&mut session, platform.organization(), rows).await;
    match session.settle(written).await {
        Ok(()) => Ok(Written::Done),
        Err(Unsettled::Statement(error)) => store::overtaken(error),
        Err(Unsettled::Commit(error)) => Err(error),
    }
}

fn no_server(slug: &str) -> Error {
    Error::not_found(format!("There is no MCP server `{slug}` in this organization."))
        .with_hint("Check the slug; `waymark connection test` lists the servers.")
}
