//! Steps that revisions share. They are kept under numbers, so that a lost one leaves its revisions with a number that leads
//! nowhere, or, where the backup gave that number to another step, to the wrong one.
//!
//! A revision whose steps are not all known to be its own says so in its name and keeps those that are: otherwise nobody
//! could read it, nor keep another of that walkthrough.

use std::collections::{HashMap, HashSet};

use sqlx::SqliteConnection;
use waymark_core::{
    error::Result,
    hash,
    json::FreeJson,
    walkthrough::{Step, Walkthrough},
};

use super::{SALVAGING, store::run};
use crate::failure::Attempted;

/// Notes what the damaged file itself has that can be read, before the backup adds anything.
pub async fn note_read(connection: &mut SqliteConnection) -> Result<()> {
    run(
        connection,
        "DELETE FROM revision_steps WHERE NOT json_valid(step);
         CREATE TEMP TABLE read_steps AS SELECT id FROM revision_steps;
         CREATE TEMP TABLE read_revisions AS SELECT id FROM revisions;
         CREATE TEMP TABLE torn_lists AS SELECT id FROM revisions WHERE steps IS NOT NULL AND NOT json_valid(steps);
         UPDATE revisions SET steps = '[]' WHERE id IN (SELECT id FROM torn_lists)",
    )
    .await
}

/// Takes the backup's steps under numbers that nobody has, and leads revisions there: those of the backup, and those of the
/// file that lack some. Whether the latter fit is seen by [`mend`].
pub async fn take_from_backup(connection: &mut SqliteConnection) -> Result<()> {
    run(
        connection,
        "UPDATE revisions SET steps = (SELECT b.steps FROM backup.revisions b WHERE b.id = revisions.id)
         WHERE id IN (SELECT id FROM torn_lists) AND id IN (SELECT id FROM backup.revisions);
         DELETE FROM read_revisions WHERE id IN (SELECT id FROM torn_lists) AND id IN (SELECT id FROM backup.revisions);
         DELETE FROM torn_lists WHERE id IN (SELECT id FROM backup.revisions);
         CREATE TEMP TABLE free_number AS SELECT 1 + max(
             coalesce((SELECT max(id) FROM revision_steps), 0), coalesce((SELECT max(id) FROM backup.revision_steps), 0),
             coalesce((SELECT max(j.value) FROM revisions r JOIN json_each(r.steps) j), 0)) AS value;
         INSERT OR IGNORE INTO revision_steps (id, walkthrough_id, step_id, digest, step)
         SELECT b.id + (SELECT value FROM free_number), b.walkthrough_id, b.step_id, b.digest, b.step
         FROM backup.revision_steps b;
         CREATE TEMP TABLE leads AS SELECT b.id AS was, m.id AS now FROM backup.revision_steps b
         JOIN main.revision_steps m ON m.walkthrough_id = b.walkthrough_id AND m.digest = b.digest;
         CREATE UNIQUE INDEX temp.leads_was ON leads (was);
         UPDATE revisions SET steps =
             (SELECT json_group_array(coalesce(l.now, j.value) ORDER BY j.key) FROM json_each(revisions.steps) j
              LEFT JOIN leads l ON l.was = j.value
                  AND (revisions.id NOT IN (SELECT id FROM read_revisions) OR j.value NOT IN (SELECT id FROM read_steps)))
         WHERE steps IS NOT NULL;
         DROP TABLE leads;
         DROP TABLE free_number",
    )
    .await
}

/// Makes every revision one that can be read. Gives the titles of walkthroughs with revisions that lack something.
pub async fn mend(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    // What the backup completes was led there by the steps' digests. Only a number of the file that the file itself does
    // not explain may lead to another step.
    const DOUBTED: &str = "SELECT r.id, r.walkthrough, r.steps, r.content_hash, t.id IS NOT NULL
        FROM revisions r LEFT JOIN torn_lists t ON t.id = r.id
        WHERE t.id IS NOT NULL OR EXISTS (
            SELECT 1 FROM json_each(r.steps) j WHERE j.value NOT IN (SELECT id FROM revision_steps)
                OR (r.id IN (SELECT id FROM read_revisions) AND j.value NOT IN (SELECT id FROM read_steps)))";
    let doubted: Vec<(String, String, String, String, bool)> =
        sqlx::query_as(DOUBTED).fetch_all(&mut *connection).await.attempted(SALVAGING)?;
    let mut titles = Vec::new();
    for (id, walkthrough, numbers, content_hash, is_torn) in doubted {
        let Ok(mut walkthrough) = FreeJson::parse(&walkthrough).and_then(|json| json.read::<Walkthrough>()) else {
            // What is no walkthrough goes where all revisions are looked at.
            continue;
        };
        let wanted: Vec<i64> = FreeJson::parse(&numbers)?.read()?;
        let steps = steps(connection, walkthrough.id.as_str(), &numbers).await?;
        walkthrough.steps = wanted.iter().filter_map(|number| steps.get(number).cloned()).collect();
        if hash::content_hash(&walkthrough) != content_hash {
            titles.push(walkthrough.title.clone());
            let lost = (!is_torn).then_some(&wanted[..]);
            keep_what_is_its_own(connection, &id, walkthrough, steps, lost).await?;
        }
    }
    run(
        connection,
        "DELETE FROM revision_steps WHERE id NOT IN (SELECT id FROM read_steps)
             AND id NOT IN (SELECT j.value FROM revisions r JOIN json_each(r.steps) j)",
    )
    .await?;
    titles.sort();
    titles.dedup();
    Ok(titles)
}

/// The readable steps of this walkthrough with one of these numbers.
async fn steps(connection: &mut SqliteConnection, walkthrough: &str, numbers: &str) -> Result<HashMap<i64, Step>> {
    const STEPS: &str =
        "SELECT id, step FROM revision_steps WHERE walkthrough_id = ? AND id IN (SELECT value FROM json_each(?))";
    let rows = sqlx::query_as(STEPS).bind(walkthrough).bind(numbers);
    let rows: Vec<(i64, String)> = rows.fetch_all(connection).await.attempted(SALVAGING)?;
    Ok(rows.into_iter().filter_map(|(id, step)| Some((id, FreeJson::parse(&step).ok()?.read().ok()?))).collect())
}

/// What the file itself led to is the revision's own; what only the backup has under that number is another step. `wanted`:
/// its steps by number, where their list was not lost.
async fn keep_what_is_its_own(
    connection: &mut SqliteConnection,
    id: &str,
    mut walkthrough: Walkthrough,
    mut steps: HashMap<i64, Step>,
    wanted: Option<&[i64]>,
) -> Result<()> {
    let read: Vec<i64> =
        sqlx::query_scalar("SELECT id FROM read_steps").fetch_all(&mut *connection).await.attempted(SALVAGING)?;
    let read: HashSet<i64> = read.into_iter().collect();
    let own: Vec<i64> = wanted.unwrap_or_default().iter().copied().filter(|number| read.contains(number)).collect();
    walkthrough.steps = own.iter().filter_map(|number| steps.remove(number)).collect();
    let lacks = match wanted.map(|wanted| wanted.len() - own.len()) {
        None => "incomplete: its steps were lost".to_owned(),
        Some(1) => "incomplete: 1 step was lost".to_owned(),
        Some(lost) => format!("incomplete: {lost} steps were lost"),
    };
    const KEEP: &str = "UPDATE revisions SET steps = ?, content_hash = ?,
        name = CASE WHEN name IS NULL THEN ?3 ELSE name || ' (' || ?3 || ')' END WHERE id = ?4";
    let keep = sqlx::query(KEEP).bind(FreeJson::of(&own).as_str().to_owned()).bind(hash::content_hash(&walkthrough));
    keep.bind(lacks).bind(id).execute(connection).await.attempted(SALVAGING).map(drop)
}
