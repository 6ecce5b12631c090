//! Publishing: one transaction per walkthrough, all or nothing, verified before it is committed.
//!
//! BEGIN, lock and read, compare with what the plan saw, one writing statement, read back, render, compare, COMMIT:
//! five round trips for an update, four for a new walkthrough. Cut off anywhere, production has the old version or the
//! new one.

pub mod plan;
mod write;

use std::time::Duration;

use waymark_core::{
    error::{Code, Error, Result},
    hash,
    progress::Progress,
    render::{self, Template},
    walkthrough::{Millis, Walkthrough},
};

use crate::{connect::Platform, content, errors, session::Session};

/// Attempts at one walkthrough before giving up on serialization failures and dropped connections.
const ATTEMPTS: u32 = 5;
/// The first pause between two attempts; it doubles.
const PAUSE: Duration = Duration::from_millis(25);
/// Pauses between the looks at production after a commit whose outcome is unknown.
const SETTLING: [Duration; 5] = [
    Duration::from_millis(50),
    Duration::from_millis(250),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];

/// One walkthrough to publish.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// What production is to have: [`waymark_core::publish::plan::target`].
    pub target: &'a Walkthrough,
    /// What production had when the plan was made; `None` if it had nothing.
    pub seen: Option<&'a Walkthrough>,
    /// The time of the change.
    pub now: Millis,
}

/// Writes one walkthrough and gives what production has now, as it was read back.
///
/// # Errors
/// `Conflict` where production is no longer what the plan saw, `NotFound` for an id that is not the organization's,
/// `OutcomeUnknown` where the connection broke during COMMIT and production does not answer. Anything but
/// `OutcomeUnknown`: production is what it was.
pub async fn apply(platform: &Platform, change: Change<'_>) -> Result<Walkthrough> {
    let preview = texts(change.target)?;
    let mut pause = PAUSE;
    for attempt in 1.. {
        match attempt_once(platform, change, &preview).await {
            Err(error) if error.code == Code::OutcomeUnknown => return settle(platform, change, error).await,
            Err(error) if attempt < ATTEMPTS && errors::is_worth_retrying(&error) => {
                tracing::debug!(walkthrough = %change.target.id, attempt, ?error, "publishing again");
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            Err(error) if error.code == Code::NotFound && change.seen.is_none() => {
                return Err(explain_taken_id(platform, change.target, error).await);
            }
            outcome => return outcome,
        }
    }
    Err(Error::bug("The attempts at publishing ran out without an answer."))
}

async fn attempt_once(platform: &Platform, change: Change<'_>, preview: &[String]) -> Result<Walkthrough> {
    let mut session = platform.write().await?;
    let written = match change.seen {
        Some(seen) => write_over(&mut session, platform, change, seen).await,
        None => write_new(&mut session, platform, change).await,
    };
    let checked = written.and_then(|written| verify(change.target, preview, &written).map(|()| written));
    match checked {
        Ok(written) => session.commit().await.map(|()| written),
        Err(error) => {
            session.roll_back().await;
            Err(error)
        }
    }
}

/// An id that is taken is either ours, since the plan was made, or none of our business.
async fn explain_taken_id(platform: &Platform, target: &Walkthrough, error: Error) -> Error {
    match content::read(platform, std::slice::from_ref(&target.id)).await {
        Ok(_) => changed_meanwhile(target),
        Err(_) => error,
    }
}

async fn write_over(
    session: &mut Session,
    platform: &Platform,
    change: Change<'_>,
    seen: &Walkthrough,
) -> Result<Walkthrough> {
    let (organization, target) = (platform.organization(), change.target);
    let removed = write::removed_steps(seen, target);
    let row = write::lock(session, organization, target, &removed).await?;
    let Some(row) = row else { return Err(changed_meanwhile(target)) };
    let standing = row.standing()?;
    let before = row.into_walkthrough()?;
    if hash::state_digest(&before) != hash::state_digest(seen) {
        return Err(changed_meanwhile(target));
    }
    write::update(session, organization, &before, &standing, target, change.now).await?;
    let row = write::lock(session, organization, target, &[]).await?;
    row.ok_or_else(|| changed_meanwhile(target))?.into_walkthrough()
}

async fn write_new(session: &mut Session, platform: &Platform, change: Change<'_>) -> Result<Walkthrough> {
    let (organization, target) = (platform.organization(), change.target);
    write::create(session, organization, target, change.now).await?;
    let row = content::read_rows(session, organization, std::slice::from_ref(&target.id)).await?.pop();
    row.ok_or_else(|| content::missing(&target.id))?.into_walkthrough()
}

/// What was read back is what was meant, and an agent gets the bytes that the preview shows.
fn verify(target: &Walkthrough, preview: &[String], written: &Walkthrough) -> Result<()> {
    if hash::state_digest(written) != hash::state_digest(target) {
        return Err(Error::new(
            Code::Conflict,
            format!(
                "Production would have something else than `{}` as it was planned; nothing was changed.",
                target.title
            ),
        )
        .with_hint("Somebody edits it at the same moment, or a trigger of the database rewrites it. Plan again."));
    }
    if texts(written)? != preview {
        return Err(Error::bug(format!(
            "An agent would be served another text of `{}` than the preview shows.",
            target.title
        )));
    }
    Ok(())
}

/// What an agent is served, step by step.
fn texts(walkthrough: &Walkthrough) -> Result<Vec<String>> {
    let total = walkthrough.steps.len();
    let text = |index| render::render_text(Template::current(), walkthrough, index, Progress::before(index, total));
    (0..total).map(text).collect()
}

fn changed_meanwhile(target: &Walkthrough) -> Error {
    Error::new(
        Code::Conflict,
        format!("`{}` changed in production since the plan was made; nothing was written.", target.title),
    )
    .with_hint("Plan again to see what changed.")
}

/// Looks at production until it answers: the state says whether the commit arrived.
///
/// # Errors
/// `OutcomeUnknown` where it does not answer in time, `Unreachable` where the commit did not arrive, `Conflict` where
/// production is neither the old nor the new version.
pub async fn settle(platform: &Platform, change: Change<'_>, unknown: Error) -> Result<Walkthrough> {
    for pause in SETTLING {
        tokio::time::sleep(pause).await;
        let Ok(mut session) = platform.read().await else { continue };
        let ids = std::slice::from_ref(&change.target.id);
        let Ok(mut rows) = content::read_rows(&mut session, platform.organization(), ids).await else { continue };
        let now = rows.pop().map(content::row::WalkthroughRow::into_walkthrough).transpose()?;
        let digest = now.as_ref().map(hash::state_digest);
        return match now {
            Some(now) if digest.as_deref() == Some(&hash::state_digest(change.target)) => Ok(now),
            _ if digest == change.seen.map(hash::state_digest) => Err(Error::new(
                Code::Unreachable,
                format!("The connection broke before `{}` was written; production is as it was.", change.target.title),
            )
            .with_hint("Publish again.")),
            _ => Err(changed_meanwhile(change.target)),
        };
    }
    Err(unknown)
}

#[cfg(test)]
mod tests;
