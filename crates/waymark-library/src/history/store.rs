//! The SQL of a step's history.

use std::collections::HashSet;

use waymark_core::{
    error::Result,
    id::{RevisionId, StepId, WalkthroughId},
};

use crate::{Library, failure::Attempted};

/// The revisions in which a step is another than in the revision before: it came, it changed, or it went.
pub(super) async fn changed_in(
    library: &Library,
    walkthrough: &WalkthroughId,
    step: &StepId,
) -> Result<HashSet<RevisionId>> {
    let (walkthrough, step) = (walkthrough.as_str(), step.as_str());
    let rows = sqlx::query!(
        r#"SELECT r.id, r.steps IS NULL AS "is_whole!: bool",
            (SELECT s.id FROM revision_steps s JOIN json_each(r.steps) j ON s.id = j.value
             WHERE s.walkthrough_id = ?1 AND s.step_id = ?2) AS part
         FROM revisions r WHERE r.walkthrough_id = ?1 ORDER BY r.number"#,
        walkthrough,
        step
    )
    .fetch_all(library.readers())
    .await
    .attempted("Reading the step's history")?;
    let mut before = None;
    let mut changed = HashSet::new();
    for row in rows {
        // Of one that holds its steps itself nobody knows without reading it all.
        if row.is_whole || row.part != before {
            changed.insert(RevisionId(row.id));
        }
        before = row.part;
    }
    Ok(changed)
}
