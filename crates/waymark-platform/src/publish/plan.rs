//! Everything that a plan needs to know of production: three statements, however many walkthroughs.

use std::collections::HashMap;

use serde::Deserialize;
use waymark_core::{
    connection::{ReadOnly, ServerInfo},
    error::{Code, Error, Result},
    id::{OrganizationId, StepId, WalkthroughId},
    publish::effect::LearnerProgress,
    walkthrough::Walkthrough,
};

use crate::{
    check,
    connect::Platform,
    content::{self, row},
    db, errors,
    session::Session,
};

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct ReadForPlan {
    /// The walkthroughs to plan.
    pub ids: Vec<WalkthroughId>,
    /// The drafts' titles.
    pub titles: Vec<String>,
    /// The drafts' steps.
    pub steps: Vec<StepId>,
    /// How much there is to read, as far as one can guess: it takes its time over a slow network.
    pub bytes: usize,
}

/// What the organization has, in one snapshot.
#[derive(Debug, Clone, Default)]
pub struct Production {
    /// Those of the walkthroughs that are there.
    pub walkthroughs: HashMap<WalkthroughId, Walkthrough>,
    /// Who has started them, in groups.
    pub learners: HashMap<WalkthroughId, Vec<LearnerProgress>>,
    /// Completion events by step.
    pub events: HashMap<WalkthroughId, Vec<(StepId, u32)>>,
    /// The MCP servers.
    pub servers: Vec<ServerInfo>,
    /// Why nothing can be written, if so.
    pub read_only: Option<ReadOnly>,
    /// Who has one of the titles.
    pub titles: Vec<(WalkthroughId, String)>,
    /// Which walkthrough has one of the steps.
    pub steps: Vec<(StepId, WalkthroughId)>,
}

/// Reads what plans need.
///
/// # Errors
/// `NotFound` for an organization that does not exist, `SchemaMismatch` and `PermissionDenied` naming what is missing.
pub async fn read_for_plan(platform: &Platform, wanted: &ReadForPlan) -> Result<Production> {
    match read(platform, wanted).await {
        Err(error) if matches!(error.code, Code::PermissionDenied | Code::SchemaMismatch) => {
            // What Postgres says names one table; the catalog says all that is missing.
            db::status(platform).await?.check_publishable()?;
            Err(error)
        }
        outcome => outcome,
    }
}

async fn read(platform: &Platform, wanted: &ReadForPlan) -> Result<Production> {
    let organization = platform.organization();
    let mut session = platform.read().await?;
    session.expect(wanted.bytes);
    let mut production = read_surroundings(&mut session, organization, wanted).await?;
    for row in content::read_rows(&mut session, organization, &wanted.ids).await? {
        let walkthrough = row.into_walkthrough()?;
        production.walkthroughs.insert(walkthrough.id.clone(), walkthrough);
    }
    read_learners(&mut session, organization, &wanted.ids, &mut production).await?;
    Ok(production)
}

async fn read_surroundings(
    session: &mut Session,
    organization: &OrganizationId,
    wanted: &ReadForPlan,
) -> Result<Production> {
    let steps: Vec<String> = wanted.steps.iter().map(|id| id.0.clone()).collect();
    let (tables, rights): (Vec<String>, Vec<String>) = db::needed_grants().unzip();
    let row = sqlx::query!(
        r#"SELECT (SELECT o.name FROM organization o WHERE o.id = $1) AS organization,
             (SELECT json_agg(json_build_array(m.slug, m.name) ORDER BY m.name, m.slug)::text
               FROM mcp_servers m WHERE m.organization_id = $1) AS servers,
             (SELECT json_agg(json_build_array(w.id, w.title))::text
               FROM walkthroughs w WHERE w.organization_id = $1 AND w.title = ANY($2)) AS titles,
             (SELECT json_agg(json_build_array(s.id, s.walkthrough_id))::text
               FROM walkthrough_steps s JOIN walkthroughs w ON w.id = s.walkthrough_id
               WHERE w.organization_id = $1 AND s.id = ANY($3)) AS steps,
             array(SELECT g.privilege || ' on ' || g.name FROM unnest($4::text[], $5::text[]) AS g (name, privilege)
               WHERE NOT has_table_privilege(to_regclass(g.name), g.privilege)) AS "missing!",
             pg_is_in_recovery() AS "is_replica!",
             current_setting('default_transaction_read_only') = 'on' AS "is_read_only!""#,
        organization.as_str(),
        &wanted.titles,
        &steps,
        &tables,
        &rights,
    )
    .fetch_one(session)
    .await
    .map_err(|error| errors::of_statement("read the organization", error))?;
    if row.organization.is_none() {
        return Err(check::unknown_organization(organization.as_str()));
    }
    if !row.missing.is_empty() {
        let what = format!("The role lacks `{}`.", row.missing.join("`, `"));
        return Err(Error::new(Code::PermissionDenied, what).with_hint("Ask the owner of the tables to GRANT it."));
    }
    let servers = pairs::<(String, String)>(row.servers.as_deref())?;
    Ok(Production {
        servers: servers.into_iter().map(|(slug, name)| ServerInfo { slug, name }).collect(),
        titles: pairs(row.titles.as_deref())?,
        steps: pairs(row.steps.as_deref())?,
        read_only: check::read_only(row.is_replica, row.is_read_only),
        ..Production::default()
    })
}

/// Learners by their latest row (two can exist), grouped; and events by step.
async fn read_learners(
    session: &mut Session,
    organization: &OrganizationId,
    ids: &[WalkthroughId],
    production: &mut Production,
) -> Result<()> {
    let ids: Vec<String> = ids.iter().map(|id| id.0.clone()).collect();
    let rows = sqlx::query!(
        r#"WITH latest AS (
             SELECT DISTINCT ON (p.walkthrough_id, p.mcp_server_user_id) p.walkthrough_id, p.completed_steps,
               p.current_step_id, p.completed_at IS NOT NULL AS is_completed
             FROM walkthrough_progress p JOIN walkthroughs w ON w.id = p.walkthrough_id
             WHERE w.organization_id = $1 AND p.walkthrough_id = ANY($2)
             ORDER BY p.walkthrough_id, p.mcp_server_user_id, p.last_activity_at DESC NULLS LAST, p.id)
           SELECT walkthrough_id AS "walkthrough_id!", current_step_id AS step_id, completed_steps::text AS completed,
             is_completed AS "is_completed!", false AS "is_event!", count(*) AS "count!"
           FROM latest GROUP BY walkthrough_id, current_step_id, completed_steps, is_completed
           UNION ALL
           SELECT c.walkthrough_id, c.step_id, NULL, false, true, count(*)
           FROM walkthrough_step_completions c JOIN walkthroughs w ON w.id = c.walkthrough_id
           WHERE w.organization_id = $1 AND c.walkthrough_id = ANY($2)
           GROUP BY c.walkthrough_id, c.step_id"#,
        organization.as_str(),
        &ids,
    )
    .fetch_all(session)
    .await
    .map_err(|error| errors::of_statement("read who has started the walkthroughs", error))?;
    for row in rows {
        let walkthrough = WalkthroughId(row.walkthrough_id);
        let count = row.count.try_into().unwrap_or(u32::MAX);
        let step = row.step_id.map(StepId);
        match (row.is_event, step) {
            (true, Some(step)) => production.events.entry(walkthrough).or_default().push((step, count)),
            (_, current) => production.learners.entry(walkthrough).or_default().push(LearnerProgress {
                completed: row::strings(row.completed.as_deref()).into_iter().map(StepId).collect(),
                current,
                is_completed: row.is_completed,
                learners: count,
            }),
        }
    }
    Ok(())
}

fn pairs<T: for<'a> Deserialize<'a>>(json: Option<&str>) -> Result<Vec<T>> {
    let Some(json) = json else { return Ok(Vec::new()) };
    serde_json::from_str(json).map_err(|error| Error::bug("A list of pairs has another shape.").with_source(error))
}
