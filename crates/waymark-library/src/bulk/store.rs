//! The SQL of bulk changes.

use waymark_core::{
    error::{Code, Error, Result},
    id::{BulkChangeId, WalkthroughId},
    json::FreeJson,
    walkthrough::Millis,
};

use super::BulkSummary;
use crate::{Library, edits::several::Known, failure::Attempted, write::Write};

const NOTING: &str = "Noting the change";
const READING: &str = "Reading the changes";

/// As many are remembered. An older one can still be taken back draft by draft.
const KEPT: i64 = 200;
/// As many are listed.
const LISTED: i64 = 20;

/// A draft that a change has changed.
pub(super) struct Part {
    pub(super) id: WalkthroughId,
    pub(super) title: String,
    /// Its edit; none where its history no longer has it.
    pub(super) known: Option<Known>,
}

/// A snippet that a change has changed.
pub(crate) struct SnippetPart {
    pub(crate) name: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Remembers which edits belong together; nothing where there are none.
pub(crate) async fn add(
    write: &mut Write,
    kind: &str,
    label: &str,
    parts: &[(WalkthroughId, u32)],
    snippets: &[SnippetPart],
) -> Result<Option<BulkChangeId>> {
    if parts.is_empty() && snippets.is_empty() {
        return Ok(None);
    }
    let id = BulkChangeId::mint(write.library().random());
    let (key, at) = (id.as_str(), write.now().0);
    sqlx::query!("INSERT INTO bulk_changes (id, kind, label, at) VALUES (?, ?, ?, ?)", key, kind, label, at)
        .execute(write.connection())
        .await
        .attempted(NOTING)?;
    for (walkthrough, version) in parts {
        let walkthrough = walkthrough.as_str();
        sqlx::query!(
            "INSERT INTO bulk_change_parts (bulk_change_id, walkthrough_id, version) VALUES (?, ?, ?)",
            key,
            walkthrough,
            version
        )
        .execute(write.connection())
        .await
        .attempted(NOTING)?;
    }
    for SnippetPart { name, before, after } in snippets {
        sqlx::query!(
            "INSERT INTO bulk_change_snippets (bulk_change_id, name, \"before\", \"after\") VALUES (?, ?, ?, ?)",
            key,
            name,
            before,
            after
        )
        .execute(write.connection())
        .await
        .attempted(NOTING)?;
    }
    sqlx::query!(
        "DELETE FROM bulk_changes
         WHERE id NOT IN (SELECT id FROM bulk_changes ORDER BY at DESC, rowid DESC LIMIT ?)",
        KEPT
    )
    .execute(write.connection())
    .await
    .attempted(NOTING)?;
    Ok(Some(id))
}

/// The drafts that a change has changed and that are still there.
pub(super) async fn parts(write: &mut Write, id: &BulkChangeId) -> Result<Vec<Part>> {
    let key = id.as_str();
    let undone_at = sqlx::query_scalar!("SELECT undone_at FROM bulk_changes WHERE id = ?", key)
        .fetch_optional(write.connection())
        .await
        .attempted(READING)?
        .ok_or_else(|| {
            Error::not_found(format!("There is no change `{id}` to several walkthroughs."))
                .with_hint("It may be too long ago. Each walkthrough's own history still has it.")
        })?;
    if undone_at.is_some() {
        return Err(Error::new(Code::Refused, "This change was taken back already."));
    }
    let rows = sqlx::query!(
        r#"SELECT p.walkthrough_id, w.title, p.version, j.seq AS "seq?", j.state = 'done' AS "is_done?: bool",
            j.inverse AS "inverse?"
         FROM bulk_change_parts p
         JOIN walkthroughs w ON w.id = p.walkthrough_id
         LEFT JOIN journal j ON j.walkthrough_id = p.walkthrough_id AND j.version = p.version
         WHERE p.bulk_change_id = ? ORDER BY w.title, w.id"#,
        key
    )
    .fetch_all(write.connection())
    .await
    .attempted(READING)?;
    let mut parts = Vec::with_capacity(rows.len());
    for row in rows {
        let known = match (row.seq, row.is_done, row.inverse) {
            (Some(seq), Some(is_done), Some(inverse)) => {
                let inverse = FreeJson::parse(&inverse)?.read()?;
                Some(Known { seq, version: row.version as u32, is_done, inverse })
            }
            _ => None,
        };
        parts.push(Part { id: row.walkthrough_id.into(), title: row.title, known });
    }
    Ok(parts)
}

/// The snippets that a change has changed.
pub(super) async fn snippets(write: &mut Write, id: &BulkChangeId) -> Result<Vec<SnippetPart>> {
    let key = id.as_str();
    sqlx::query_as!(
        SnippetPart,
        r#"SELECT name, "before", "after" FROM bulk_change_snippets WHERE bulk_change_id = ? ORDER BY name"#,
        key
    )
    .fetch_all(write.connection())
    .await
    .attempted(READING)
}

/// Notes that a change was taken back.
pub(super) async fn mark_undone(write: &mut Write, id: &BulkChangeId) -> Result<()> {
    let (key, at) = (id.as_str(), write.now().0);
    sqlx::query!("UPDATE bulk_changes SET undone_at = ? WHERE id = ?", at, key)
        .execute(write.connection())
        .await
        .attempted(NOTING)?;
    Ok(())
}

pub(super) async fn list(library: &Library, kind: Option<&str>) -> Result<Vec<BulkSummary>> {
    let rows = sqlx::query!(
        r#"SELECT b.id, b.kind, b.label, b.at, b.undone_at,
            (SELECT count(*) FROM bulk_change_parts p WHERE p.bulk_change_id = b.id) AS "walkthroughs!: u32",
            (SELECT count(*) FROM bulk_change_snippets s WHERE s.bulk_change_id = b.id) AS "snippets!: u32"
         FROM bulk_changes b WHERE ?1 IS NULL OR b.kind = ?1 ORDER BY b.at DESC, b.rowid DESC LIMIT ?2"#,
        kind,
        LISTED
    )
    .fetch_all(library.readers())
    .await
    .attempted(READING)?;
    let summaries = rows.into_iter().map(|row| BulkSummary {
        id: row.id.into(),
        kind: row.kind,
        label: row.label,
        at: Millis(row.at),
        undone_at: row.undone_at.map(Millis),
        walkthroughs: row.walkthroughs,
        snippets: row.snippets,
    });
    Ok(summaries.collect())
}
