//! Taking ghosts out of learners' progress: planned first, then in one transaction exactly what was planned. Of a row only
//! the list of completed steps is written, and of the list only ids of steps that are gone.

use std::collections::{BTreeMap, HashSet};

use waymark_core::{
    error::{Code, Error, Result},
    hash,
    id::{StepId, WalkthroughId},
    json::FreeJson,
    learner::ghosts::{self, Ghost, GhostPlan},
};

use crate::{connect::Platform, content, errors, session::Session};

/// Rows as they are to be.
#[derive(Default)]
struct Cleaned {
    ids: Vec<String>,
    completed: Vec<String>,
}

/// What cleaning would do. Writes nothing.
///
/// # Errors
/// `NotFound` where the organization has no such walkthrough; `PermissionDenied`, `SchemaMismatch`, `Unreachable`.
pub async fn plan(platform: &Platform, walkthrough: &WalkthroughId) -> Result<GhostPlan> {
    let mut session = platform.read().await?;
    Ok(look(&mut session, platform, walkthrough).await?.0)
}

/// Cleans, if the plan is still the one with this digest. Publishing a step anew under an old id stays possible; whoever
/// had completed it does it again.
///
/// # Errors
/// Those of [`plan`]; `Conflict` where learners or steps changed since; `OutcomeUnknown` where the connection broke during
/// the commit: then planning again shows what is so.
pub async fn clean(platform: &Platform, walkthrough: &WalkthroughId, digest: &str) -> Result<GhostPlan> {
    let mut session = platform.write().await?;
    match clean_in(&mut session, platform, walkthrough, digest).await {
        Ok(plan) => session.commit().await.map(|()| plan),
        Err(error) => {
            session.roll_back().await;
            Err(error)
        }
    }
}

async fn clean_in(
    session: &mut Session,
    platform: &Platform,
    walkthrough: &WalkthroughId,
    digest: &str,
) -> Result<GhostPlan> {
    lock(session, platform, walkthrough).await?;
    let (plan, cleaned) = look(session, platform, walkthrough).await?;
    if plan.digest != digest {
        return Err(Error::new(
            Code::Conflict,
            "Learners or steps changed since the plan was made; nothing was changed.",
        )
        .with_hint("Plan again to see what is to be cleaned now."));
    }
    sqlx::query!(
        "UPDATE walkthrough_progress p SET completed_steps = c.completed::jsonb
         FROM unnest($3::text[], $4::text[]) AS c (id, completed)
         WHERE p.id = c.id AND p.walkthrough_id = $2
           AND EXISTS (SELECT 1 FROM walkthroughs w WHERE w.id = p.walkthrough_id AND w.organization_id = $1)",
        platform.organization().as_str(),
        walkthrough.as_str(),
        &cleaned.ids,
        &cleaned.completed,
    )
    .execute(session)
    .await
    .map_err(|error| errors::of_statement("clean the learners' progress", error))?;
    Ok(plan)
}

/// Nobody publishes the walkthrough or moves on in it until this is done.
async fn lock(session: &mut Session, platform: &Platform, walkthrough: &WalkthroughId) -> Result<()> {
    sqlx::query!(
        "SELECT p.id FROM walkthroughs w JOIN walkthrough_progress p ON p.walkthrough_id = w.id
         WHERE w.organization_id = $1 AND w.id = $2 ORDER BY p.id FOR UPDATE",
        platform.organization().as_str(),
        walkthrough.as_str(),
    )
    .fetch_all(session)
    .await
    .map(drop)
    .map_err(|error| errors::of_statement("hold the learners' progress", error))
}

async fn look(session: &mut Session, platform: &Platform, walkthrough: &WalkthroughId) -> Result<(GhostPlan, Cleaned)> {
    let (title, steps) = steps(session, platform, walkthrough).await?;
    let rows = sqlx::query!(
        r#"SELECT p.id, p.completed_steps::text AS "completed!"
           FROM walkthrough_progress p JOIN walkthroughs w ON w.id = p.walkthrough_id
           WHERE w.organization_id = $1 AND w.id = $2 AND p.completed_steps IS NOT NULL ORDER BY p.id"#,
        platform.organization().as_str(),
        walkthrough.as_str(),
    )
    .fetch_all(session)
    .await
    .map_err(|error| errors::of_statement("read the learners' progress", error))?;
    let (mut cleaned, mut counts) = (Cleaned::default(), BTreeMap::<StepId, u32>::new());
    for row in rows {
        let Some((kept, ghosts)) = ghosts::without(&FreeJson::parse(&row.completed)?, &steps) else { continue };
        for ghost in ghosts {
            *counts.entry(ghost).or_default() += 1;
        }
        cleaned.ids.push(row.id);
        cleaned.completed.push(kept.as_str().to_owned());
    }
    let plan = GhostPlan {
        walkthrough: walkthrough.clone(),
        title,
        ghosts: counts.into_iter().map(|(step, learners)| Ghost { step, learners }).collect(),
        learners: cleaned.ids.len() as u32,
        digest: hash::digest(&FreeJson::of(&(walkthrough, &cleaned.ids, &cleaned.completed))),
    };
    Ok((plan, cleaned))
}

/// The walkthrough's title and the ids of its steps.
async fn steps(
    session: &mut Session,
    platform: &Platform,
    walkthrough: &WalkthroughId,
) -> Result<(String, HashSet<StepId>)> {
    let rows = sqlx::query!(
        r#"SELECT w.title, s.id AS "step?"
           FROM walkthroughs w LEFT JOIN walkthrough_steps s ON s.walkthrough_id = w.id
           WHERE w.organization_id = $1 AND w.id = $2"#,
        platform.organization().as_str(),
        walkthrough.as_str(),
    )
    .fetch_all(session)
    .await
    .map_err(|error| errors::of_statement("read the steps", error))?;
    let title = rows.first().map(|row| row.title.clone()).ok_or_else(|| content::missing(walkthrough))?;
    Ok((title, rows.into_iter().filter_map(|row| row.step).map(StepId).collect()))
}

#[cfg(test)]
mod tests;
