//! Makes a whole of what was saved: rows that refer to what is lost, texts that are torn, an undo that would not fit.
//!
//! Words are kept in doubt: steps of a lost walkthrough get one to stand in, a field that is not readable as such is kept
//! as text for the user.

use sqlx::{AssertSqlSafe, Row, SqliteConnection};
use waymark_core::error::Result;

use super::{SALVAGING, store::run};
use crate::failure::Attempted;

/// Rounds of taking away what refers to nothing; each may leave others that do.
const ROUNDS_MAX: usize = 12;

/// Notes the walkthroughs with a text that is not readable as what it was, and says whether there are any.
pub async fn note_torn(connection: &mut SqliteConnection) -> Result<bool> {
    run(
        connection,
        "CREATE TEMP TABLE torn (id TEXT PRIMARY KEY NOT NULL) STRICT;
         INSERT INTO torn SELECT id FROM walkthrough_steps
         WHERE NOT json_valid(content_fields) OR instr(content_fields || title, char(65533)) > 0;
         INSERT OR IGNORE INTO touched SELECT walkthrough_id FROM walkthrough_steps WHERE id IN (SELECT id FROM torn);
         INSERT OR IGNORE INTO touched SELECT id FROM walkthroughs
         WHERE instr(title || coalesce(description, ''), char(65533)) > 0",
    )
    .await?;
    let torn: i64 =
        sqlx::query_scalar("SELECT count(*) FROM touched").fetch_one(connection).await.attempted(SALVAGING)?;
    Ok(torn > 0)
}

/// Replaces torn texts by the backup's.
pub async fn take_torn_from_backup(connection: &mut SqliteConnection) -> Result<()> {
    run(
        connection,
        "UPDATE walkthrough_steps SET (title, content_fields) =
             (SELECT b.title, b.content_fields FROM backup.walkthrough_steps b WHERE b.id = walkthrough_steps.id)
         WHERE id IN (SELECT id FROM torn) AND id IN (SELECT id FROM backup.walkthrough_steps);
         UPDATE walkthroughs SET (title, description) =
             (SELECT b.title, b.description FROM backup.walkthroughs b WHERE b.id = walkthroughs.id)
         WHERE instr(title || coalesce(description, ''), char(65533)) > 0 AND id IN (SELECT id FROM backup.walkthroughs)",
    )
    .await
}

/// Mends everything, and gives the titles of walkthroughs that are known to be incomplete.
pub async fn mend(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    run(connection, "BEGIN").await?;
    run(
        connection,
        "UPDATE walkthrough_steps SET content_fields = json_object('version', 'v1', 'contentForUser', content_fields)
         WHERE NOT json_valid(content_fields);
         UPDATE walkthrough_steps SET metadata = NULL WHERE metadata IS NOT NULL AND NOT json_valid(metadata);
         UPDATE walkthroughs SET metadata = NULL WHERE metadata IS NOT NULL AND NOT json_valid(metadata);
         UPDATE walkthroughs SET tags = '[]' WHERE tags IS NOT NULL AND NOT json_valid(tags);
         DELETE FROM revisions WHERE NOT json_valid(walkthrough);
         DELETE FROM sync_bases WHERE NOT json_valid(walkthrough);
         DELETE FROM publish_attempts WHERE NOT json_valid(walkthrough);
         UPDATE publish_attempts SET version = NULL WHERE version IS NOT NULL AND NOT json_valid(version);
         DELETE FROM publishes WHERE NOT json_valid(version);
         UPDATE release_items SET error = NULL WHERE error IS NOT NULL AND NOT json_valid(error);
         INSERT OR IGNORE INTO organization (id, name) VALUES ('org_local', 'Drafts');
         INSERT OR IGNORE INTO touched SELECT walkthrough_id FROM walkthrough_steps
         WHERE walkthrough_id NOT IN (SELECT id FROM walkthroughs);
         CREATE TEMP TABLE stand_in AS SELECT id FROM touched WHERE id NOT IN (SELECT id FROM walkthroughs);
         INSERT INTO walkthroughs (id, title)
         SELECT s.id, coalesce(
             (SELECT 'Recovered: ' || json_extract(r.walkthrough, '$.title') FROM revisions r
              WHERE r.walkthrough_id = s.id ORDER BY r.number DESC LIMIT 1),
             'Recovered walkthrough ' || s.id)
         FROM stand_in s;
         INSERT INTO drafts (walkthrough_id, version, changed_at)
         SELECT w.id, coalesce((SELECT max(version) FROM journal j WHERE j.walkthrough_id = w.id), 0) + 1,
             coalesce(w.updated_at, (SELECT max(at) FROM changes), 0)
         FROM walkthroughs w WHERE w.id NOT IN (SELECT walkthrough_id FROM drafts);
         INSERT OR IGNORE INTO touched SELECT walkthrough_id FROM journal WHERE NOT json_valid(edit) OR NOT json_valid(inverse)",
    )
    .await?;
    take_away_what_refers_to_nothing(connection).await?;
    // Undo takes back the latest change: where that is not the latest any more, or the text is another, it would not fit.
    run(
        connection,
        "INSERT OR IGNORE INTO touched
         SELECT d.walkthrough_id FROM drafts d
         LEFT JOIN (SELECT walkthrough_id, max(version) AS last, min(version) AS first, count(*) AS kept
                    FROM journal GROUP BY walkthrough_id) j ON j.walkthrough_id = d.walkthrough_id
         WHERE j.last IS NOT d.version OR j.kept <> j.last - j.first + 1;
         UPDATE journal SET state = 'dropped' WHERE walkthrough_id IN (SELECT id FROM touched);
         UPDATE drafts SET derived_version = 0, derived_by = '',
             version = max(version, coalesce((SELECT max(version) FROM journal j
                                              WHERE j.walkthrough_id = drafts.walkthrough_id), 0)) + 1
         WHERE walkthrough_id IN (SELECT id FROM touched);
         COMMIT",
    )
    .await?;
    let titles =
        sqlx::query_scalar("SELECT title FROM walkthroughs WHERE id IN (SELECT id FROM stand_in) ORDER BY title");
    titles.fetch_all(connection).await.attempted(SALVAGING)
}

/// Deletes rows whose parent is lost, or takes the reference away where it may be missing.
async fn take_away_what_refers_to_nothing(connection: &mut SqliteConnection) -> Result<()> {
    for _ in 0..ROUNDS_MAX {
        let found = sqlx::query("SELECT DISTINCT \"table\", fkid FROM pragma_foreign_key_check");
        let found = found.fetch_all(&mut *connection).await.attempted(SALVAGING)?;
        if found.is_empty() {
            break;
        }
        for row in found {
            let (table, key): (String, i64) = (row.get(0), row.get(1));
            drop_orphans(connection, &table, key).await?;
        }
    }
    Ok(())
}

async fn drop_orphans(connection: &mut SqliteConnection, table: &str, key: i64) -> Result<()> {
    let reference = "SELECT k.\"from\", k.\"table\", coalesce(k.\"to\", 'id'), t.\"notnull\" OR t.pk > 0
        FROM pragma_foreign_key_list(?) k JOIN pragma_table_info(?) t ON t.name = k.\"from\" WHERE k.id = ?";
    let reference = sqlx::query_as(reference).bind(table).bind(table).bind(key);
    let reference: Option<(String, String, String, bool)> =
        reference.fetch_optional(&mut *connection).await.attempted(SALVAGING)?;
    let Some((column, parent, its_column, is_required)) = reference else { return Ok(()) };
    let orphans =
        format!("\"{column}\" IS NOT NULL AND \"{column}\" NOT IN (SELECT \"{its_column}\" FROM \"{parent}\")");
    let sql = if is_required {
        format!("DELETE FROM \"{table}\" WHERE {orphans}")
    } else {
        format!("UPDATE \"{table}\" SET \"{column}\" = NULL WHERE {orphans}")
    };
    sqlx::query(AssertSqlSafe(sql)).execute(connection).await.attempted(SALVAGING).map(drop)
}

/// Makes the indexes of the search anew, as far as there are any in tables of this version; what the history has waits for
/// its index, as after a migration. Their triggers are off while rows are put in.
pub async fn remake_search(connection: &mut SqliteConnection) -> Result<()> {
    const OF_DRAFTS: &str = "BEGIN;
         DELETE FROM search_documents;
         INSERT INTO search_documents (walkthrough_id, step_id) SELECT id, NULL FROM walkthroughs ORDER BY id;
         INSERT INTO search_documents (walkthrough_id, step_id)
         SELECT walkthrough_id, id FROM walkthrough_steps ORDER BY walkthrough_id, display_order;
         COMMIT";
    // The column came later than the table.
    const OF_QUIZZES: &str = "UPDATE search_documents SET quiz = (
            SELECT group_concat(q.value, char(10))
            FROM walkthrough_steps s,
                json_tree(CASE WHEN json_valid(s.metadata) THEN s.metadata ELSE '{}' END, '$.waymark.quiz.questions') q
            WHERE s.id = search_documents.step_id AND q.type = 'text'
                AND (q.key IN ('prompt', 'text', 'explanation') OR q.path LIKE '%.accepted'))";
    const INDEX: &str = "INSERT INTO search (search) VALUES ('rebuild')";
    const OF_HISTORY: &str = "BEGIN;
         DELETE FROM history_documents;
         INSERT INTO history_documents (walkthrough_id, revision_id)
         SELECT walkthrough_id, id FROM revisions ORDER BY walkthrough_id, number;
         INSERT INTO history_documents (walkthrough_id, step_id, kept_step)
         SELECT walkthrough_id, step_id, id FROM revision_steps ORDER BY id;
         INSERT INTO history_search (history_search) VALUES ('rebuild');
         COMMIT";
    for (table, column, remake) in [
        ("search_documents", "id", OF_DRAFTS),
        ("search_documents", "quiz", OF_QUIZZES),
        ("search_documents", "id", INDEX),
        ("history_documents", "id", OF_HISTORY),
    ] {
        let is_there = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM pragma_table_info(?) WHERE name = ?");
        let is_there = is_there.bind(table).bind(column);
        if is_there.fetch_one(&mut *connection).await.attempted(SALVAGING)? > 0 {
            run(connection, remake).await?;
        }
    }
    Ok(())
}
