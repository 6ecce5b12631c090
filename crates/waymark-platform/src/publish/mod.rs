//! Publishing: one transaction per walkthrough, all or nothing, verified before it is committed.
//!
//! BEGIN, lock and read, compare with what the plan saw, one writing statement, read back, render, compare, COMMIT:
//! five round trips for an update, four for a new walkthrough. Cut off anywhere, production has the old version or the
//! new one.

pub mod delete;
pub mod plan;
mod write;

use std::time::Duration;

use waymark_core::{
    error::{Code, Error, Result},
    hash, json,
    learner::call::Profile,
    progress::Progress,
    render,
    walkthrough::{Millis, Step, Walkthrough},
    wording::chosen::Wordings,
};

use crate::{
    connect::Platform,
    content::{self, row::WalkthroughRow},
    errors,
    session::Session,
};

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

/// How long these looks may take in all.
const SETTLING_MAX: Duration = Duration::from_secs(9);

/// One walkthrough to publish.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// What production is to have: [`waymark_core::publish::plan::target`].
    pub target: &'a Walkthrough,
    /// What production had when the plan was made; `None` if it had nothing.
    pub seen: Option<&'a Walkthrough>,
    /// The time of the change.
    pub now: Millis,
    /// The wordings that hold there: in them, what an agent is served is compared.
    pub wordings: &'a Wordings,
}

/// What production turned out to have after a commit that nobody heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Settled {
    /// The new version, as read.
    Arrived(Box<Walkthrough>),
    /// The old one.
    NotArrived,
    /// Neither.
    Other,
}

/// Writes one walkthrough and gives what production has now, as it was read back.
///
/// # Errors
/// `Conflict` where production is no longer what the plan saw, `NotFound` for an id that is not the organization's,
/// `OutcomeUnknown` where the connection broke during COMMIT and production does not answer. Anything but
/// `OutcomeUnknown`: production is what it was.
pub async fn apply(platform: &Platform, change: Change<'_>) -> Result<Walkthrough> {
    let mut pause = PAUSE;
    let mut may_have_arrived = false;
    for attempt in 1..=ATTEMPTS {
        let error = match attempt_once(platform, change).await {
            Ok(written) => return Ok(written),
            Err(error) => error,
        };
        may_have_arrived |= error.code == Code::OutcomeUnknown;
        let is_last = attempt == ATTEMPTS;
        // Whoever did not hear of the commit does not hear of anything else either: the next plan settles it.
        if may_have_arrived && errors::came_from_silence(&error) {
            return Err(unknown(error));
        }
        if may_have_arrived {
            match settle(platform, change).await {
                Some(Settled::Arrived(written)) => return Ok(*written),
                Some(Settled::NotArrived) if !is_last => {}
                Some(Settled::NotArrived) => return Err(not_arrived(change.target, error)),
                Some(Settled::Other) => return Err(changed_meanwhile(change.target)),
                None => return Err(unknown(error)),
            }
        } else if is_last || !errors::is_worth_retrying(&error) {
            return Err(explain(platform, change, error).await);
        }
        tracing::debug!(walkthrough = %change.target.id, attempt, ?error, "publishing again");
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    Err(Error::bug("The attempts at publishing ran out without an answer."))
}

async fn attempt_once(platform: &Platform, change: Change<'_>) -> Result<Walkthrough> {
    let mut session = platform.write().await?;
    // It goes there, and comes back to be compared.
    session.expect(2 * size(change.target));
    let written = match change.seen {
        Some(seen) => write_over(&mut session, platform, change, seen).await,
        None => write_new(&mut session, platform, change).await,
    };
    let checked = match written {
        Ok(written) => verify(change, &written).await.map(|()| written),
        Err(error) => Err(error),
    };
    match checked {
        Ok(written) => session.commit().await.map(|()| written),
        Err(error) => {
            session.roll_back().await;
            Err(error)
        }
    }
}

/// The bytes of its texts.
fn size(walkthrough: &Walkthrough) -> usize {
    let texts = |step: &Step| step.content_fields.to_json().as_str().len() + step.title.len();
    walkthrough.steps.iter().map(texts).sum()
}

/// An id that is taken is either ours, since the plan was made, or none of our business.
async fn explain(platform: &Platform, change: Change<'_>, error: Error) -> Error {
    if error.code != Code::NotFound || change.seen.is_some() {
        return error;
    }
    match content::read(platform, std::slice::from_ref(&change.target.id)).await {
        Ok(_) => changed_meanwhile(change.target),
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
    if !hash::is_same_state(&before, seen) {
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
async fn verify(Change { target, wordings, .. }: Change<'_>, written: &Walkthrough) -> Result<()> {
    if !hash::is_same_state(written, target) {
        return Err(Error::new(
            Code::Conflict,
            format!(
                "Production would have something else than `{}` as it was planned; nothing was changed.",
                target.title
            ),
        )
        .with_hint("Somebody edits it at the same moment, or a trigger of the database rewrites it. Plan again."));
    }
    if !is_rendered_from_the_same(target, written) && !is_same_text(written, target, wordings).await? {
        return Err(Error::bug(format!(
            "An agent would be served another text of `{}` than the preview shows.",
            target.title
        )));
    }
    Ok(())
}

/// Whether all that a text is rendered from is the same, byte for byte: then so are the texts, which depend on nothing
/// else. JSON that only looks different (Postgres orders keys) is a reason to render and compare.
fn is_rendered_from_the_same(a: &Walkthrough, b: &Walkthrough) -> bool {
    let is_same_step = |(a, b): (&Step, &Step)| {
        a.id == b.id
            && a.title == b.title
            && a.display_order == b.display_order
            && a.next_step_id == b.next_step_id
            && a.content_fields == b.content_fields
            && json::without_own(a.metadata.as_ref()) == json::without_own(b.metadata.as_ref())
    };
    a.id == b.id
        && a.title == b.title
        && a.description == b.description
        && a.kind == b.kind
        && a.tags == b.tags
        && a.estimated_duration_minutes == b.estimated_duration_minutes
        && json::without_own(a.metadata.as_ref()) == json::without_own(b.metadata.as_ref())
        && a.steps.len() == b.steps.len()
        && a.steps.iter().zip(&b.steps).all(is_same_step)
}

/// Whether an agent is served the same by both. The wording may run in a process of its own, which no async thread waits
/// for.
async fn is_same_text(a: &Walkthrough, b: &Walkthrough, wordings: &Wordings) -> Result<bool> {
    let (a, b, wordings) = (a.clone(), b.clone(), wordings.clone());
    let compared = tokio::task::spawn_blocking(move || Ok(texts(&a, &wordings)? == texts(&b, &wordings)?)).await;
    compared.map_err(|panic| Error::bug("Comparing what agents are served ended early.").with_source(panic))?
}

/// What an agent is served, step by step.
fn texts(walkthrough: &Walkthrough, wordings: &Wordings) -> Result<Vec<String>> {
    let total = walkthrough.steps.len();
    let template = wordings.template(walkthrough.kind, Profile::Current);
    let text = |index| render::render_text(template, walkthrough, index, Progress::before(index, total));
    (0..total).map(text).collect()
}

fn changed_meanwhile(target: &Walkthrough) -> Error {
    Error::new(
        Code::Conflict,
        format!("`{}` changed in production since the plan was made; nothing was written.", target.title),
    )
    .with_hint("Plan again to see what changed.")
}

/// Looks at production until it answers: its state says whether the commit arrived. `None`: it does not answer.
async fn settle(platform: &Platform, change: Change<'_>) -> Option<Settled> {
    tokio::time::timeout(SETTLING_MAX, look_until_it_answers(platform, change)).await.ok().flatten()
}

async fn look_until_it_answers(platform: &Platform, change: Change<'_>) -> Option<Settled> {
    for pause in SETTLING {
        tokio::time::sleep(pause).await;
        match read_now(platform, change.target).await {
            Ok(now) => return Some(compare(change, now)),
            Err(error) => tracing::debug!(walkthrough = %change.target.id, ?error, "production does not answer yet"),
        }
    }
    None
}

async fn read_now(platform: &Platform, target: &Walkthrough) -> Result<Option<Walkthrough>> {
    let mut session = platform.read().await?;
    let ids = std::slice::from_ref(&target.id);
    let row = content::read_rows(&mut session, platform.organization(), ids).await?.pop();
    row.map(WalkthroughRow::into_walkthrough).transpose()
}

fn compare(change: Change<'_>, now: Option<Walkthrough>) -> Settled {
    match (now, change.seen) {
        (Some(now), _) if hash::is_same_state(&now, change.target) => Settled::Arrived(Box::new(now)),
        (Some(now), Some(seen)) if hash::is_same_state(&now, seen) => Settled::NotArrived,
        (None, None) => Settled::NotArrived,
        _ => Settled::Other,
    }
}

fn unknown(error: Error) -> Error {
    if error.code == Code::OutcomeUnknown {
        return error;
    }
    Error::new(Code::OutcomeUnknown, "The connection broke, and the database does not answer any more.")
        .with_hint("Waymark looks at what production has as soon as it answers again.")
        .with_source(error)
}

fn not_arrived(target: &Walkthrough, error: Error) -> Error {
    Error::new(Code::Unreachable, format!("The connection broke each time before `{}` was written.", target.title))
        .with_hint("Production is as it was. Publish again when the network holds.")
        .with_source(error)
}

#[cfg(test)]
mod tests;
