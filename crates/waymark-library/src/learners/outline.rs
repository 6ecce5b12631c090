//! What a server shows in so few words that it can be compared with what it showed before.

use waymark_core::{error::Result, id::WalkthroughId};

use crate::{Library, failure::Attempted};

/// A walkthrough as it is listed: two texts that are only ever compared with what they were before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Which.
    pub walkthrough: WalkthroughId,
    /// Its title and description.
    pub offer: String,
    /// Its steps with titles and order.
    pub steps: String,
}

/// What a server shows, in outline: everything, or one walkthrough if it is shown. `None` is the drafts' own endpoint.
///
/// # Errors
/// Those of the library.
pub async fn read(library: &Library, server: Option<&str>, only: Option<&WalkthroughId>) -> Result<Vec<Outline>> {
    let only = only.map(WalkthroughId::as_str);
    let rows = sqlx::query!(
        r#"SELECT w.id, json_array(w.title, w.description) AS "offer!: String",
             json_array(w.metadata ->> '$.waymark.order', (
               SELECT json_group_array(json_array(s.id, s.title, s.next_step_id)
                 ORDER BY s.display_order, s.created_at, s.id)
               FROM walkthrough_steps s WHERE s.walkthrough_id = w.id)) AS "steps!: String"
           FROM drafts d JOIN walkthroughs w ON w.id = d.walkthrough_id
           LEFT JOIN mcp_server_walkthroughs a ON a.walkthrough_id = w.id AND a.mcp_server_id = ?1
           WHERE d.trashed_at IS NULL AND (?1 IS NULL OR (a.is_enabled = 'true' AND w.status = 'published'))
             AND (?2 IS NULL OR w.id = ?2)"#,
        server,
        only
    )
    .fetch_all(library.readers())
    .await
    .attempted("Reading what is shown")?;
    Ok(rows.into_iter().map(|row| Outline { walkthrough: row.id.into(), offer: row.offer, steps: row.steps }).collect())
}
