//! Walkthroughs as production has them.
//!
//! Free JSON crosses as text, so that no number is rounded and no key of somebody else's is lost.

pub(crate) mod row;

use waymark_core::{
    error::{Code, Error, Result},
    id::{OrganizationId, WalkthroughId},
    walkthrough::{Millis, Walkthrough, WalkthroughStatus},
};

use crate::{
    check,
    connect::Platform,
    errors,
    session::{SLOWEST, Session},
};
use row::WalkthroughRow;

/// A walkthrough of the organization, in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteSummary {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: WalkthroughStatus,
    /// How many steps it has.
    pub steps: u32,
    /// When its row last changed; its steps may have changed later.
    pub updated_at: Option<Millis>,
}

/// All walkthroughs of the organization, by title.
///
/// # Errors
/// `NotFound` where the organization does not exist; `SchemaMismatch`, `PermissionDenied`, `Unreachable`.
pub async fn list(platform: &Platform) -> Result<Vec<RemoteSummary>> {
    let mut session = platform.read().await?;
    let rows = sqlx::query!(
        r#"SELECT w.id, w.title, w.status::text AS status, w.updated_at,
             (SELECT count(*) FROM walkthrough_steps s WHERE s.walkthrough_id = w.id) AS "steps!"
           FROM walkthroughs w WHERE w.organization_id = $1 ORDER BY w.title, w.id"#,
        platform.organization().as_str(),
    )
    .fetch_all(&mut session)
    .await
    .map_err(|error| errors::of_statement("list the walkthroughs", error))?;
    if rows.is_empty() {
        known(&mut session, platform.organization()).await?;
    }
    rows.into_iter()
        .map(|row| {
            Ok(RemoteSummary {
                id: row.id.into(),
                title: row.title,
                status: row::status(row.status.as_deref())?,
                steps: row.steps.try_into().unwrap_or(u32::MAX),
                updated_at: row.updated_at.map(Millis),
            })
        })
        .collect()
}

/// These walkthroughs, in full and in the order asked for.
///
/// # Errors
/// `NotFound` for an id that the organization does not have, also where another one has it; `SchemaMismatch`,
/// `PermissionDenied`, `Unreachable`.
pub async fn read(platform: &Platform, ids: &[WalkthroughId]) -> Result<Vec<Walkthrough>> {
    let mut session = platform.read().await?;
    take_time(&mut session, platform.organization(), ids).await?;
    let rows = read_rows(&mut session, platform.organization(), ids).await?;
    let mut found = rows.into_iter().map(WalkthroughRow::into_walkthrough).collect::<Result<Vec<_>>>()?;
    if found.is_empty() && !ids.is_empty() {
        known(&mut session, platform.organization()).await?;
    }
    ids.iter().map(|id| take(&mut found, id)).collect()
}

/// Where an organization has nothing of what was asked for: whether there is such an organization at all. A database user
/// who may not read that gets no further here, and hears what is missing.
async fn known(session: &mut Session, organization: &OrganizationId) -> Result<()> {
    match check::name_of(session, organization).await {
        Err(error) if error.code == Code::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Those of these walkthroughs that the organization has, in full and in any order.
///
/// # Errors
/// `SchemaMismatch`, `PermissionDenied`, `Unreachable`.
pub async fn read_known(platform: &Platform, ids: &[WalkthroughId]) -> Result<Vec<Walkthrough>> {
    let mut session = platform.read().await?;
    take_time(&mut session, platform.organization(), ids).await?;
    let rows = read_rows(&mut session, platform.organization(), ids).await?;
    rows.into_iter().map(WalkthroughRow::into_walkthrough).collect()
}

/// Gives the database the time that texts of this size take over a slow network: to us for the largest row, which comes as
/// one, and to itself for all of them, because it counts how long it is about a statement.
async fn take_time(session: &mut Session, organization: &OrganizationId, ids: &[WalkthroughId]) -> Result<()> {
    let ids: Vec<String> = ids.iter().map(|id| id.0.clone()).collect();
    let largest = sqlx::query_scalar!(
        r#"WITH sizes AS (
             SELECT octet_length(concat(w.title, w.description, w.tags, w.metadata)) + coalesce((
               SELECT sum(octet_length(concat(s.title, s.content_fields, s.metadata)))
               FROM walkthrough_steps s WHERE s.walkthrough_id = w.id), 0) AS bytes
             FROM walkthroughs w WHERE w.organization_id = $1 AND w.id = ANY($2)),
           slow AS (
             SELECT set_config('statement_timeout', (60000 + coalesce(sum(bytes), 0) * 1000 / $3::bigint)::bigint::text, true)
             FROM sizes)
           SELECT coalesce(max(bytes), 0)::bigint AS "largest!" FROM sizes, slow"#,
        organization.as_str(),
        &ids,
        SLOWEST as i64,
    )
    .fetch_one(&mut *session)
    .await
    .map_err(|error| errors::of_statement("measure the walkthroughs", error))?;
    session.expect(largest.try_into().unwrap_or(0));
    Ok(())
}

/// Those of these walkthroughs that the organization has, in any order.
pub(crate) async fn read_rows(
    session: &mut Session,
    organization: &OrganizationId,
    ids: &[WalkthroughId],
) -> Result<Vec<WalkthroughRow>> {
    let ids: Vec<String> = ids.iter().map(|id| id.0.clone()).collect();
    sqlx::query_as!(
        WalkthroughRow,
        r#"SELECT w.id, w.title, w.description, w.type::text AS "kind!", w.status::text AS status, w.created_at,
             w.updated_at, w.estimated_duration_minutes, w.tags::text AS tags, w.metadata::text AS metadata,
             (SELECT json_agg(json_build_array(s.id, s.title, s.content_fields, s.display_order, s.next_step_id,
                 s.created_at, s.updated_at, s.metadata))::text
               FROM walkthrough_steps s WHERE s.walkthrough_id = w.id) AS steps,
             (SELECT json_agg(json_build_array(a.id, m.slug, a.display_order, a.is_enabled, a.created_at))::text
               FROM mcp_server_walkthroughs a
               JOIN mcp_servers m ON m.id = a.mcp_server_id AND m.organization_id = w.organization_id
               WHERE a.walkthrough_id = w.id) AS assignments,
             NULL::text AS standing
           FROM walkthroughs w WHERE w.organization_id = $1 AND w.id = ANY($2)"#,
        organization.as_str(),
        &ids,
    )
    .fetch_all(session)
    .await
    .map_err(|error| errors::of_statement("read the walkthroughs", error))
}

fn take(found: &mut Vec<Walkthrough>, id: &WalkthroughId) -> Result<Walkthrough> {
    match found.iter().position(|walkthrough| walkthrough.id == *id) {
        Some(place) => Ok(found.swap_remove(place)),
        None => Err(missing(id)),
    }
}

/// What is said of an id that is not the organization's, whoever else has it.
pub(crate) fn missing(id: &WalkthroughId) -> Error {
    Error::not_found(format!("The organization has no walkthrough `{id}`.")).with_hint(
        "Check the id, the connection, and the id of its organization. `waymark pull --all` brings what there is.",
    )
}

#[cfg(test)]
mod tests;
