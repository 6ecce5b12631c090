//! The SQL of searching. Its statements depend on the query, so they are put together here; texts are always bound.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection, sqlite::SqliteRow};
use waymark_core::{
    error::Result,
    id::{StepId, WalkthroughId},
    json::FreeJson,
    search::{Part, Place, Query},
    texts::{self, Slot},
    walkthrough::{WalkthroughStatus, WalkthroughType},
};

use super::{SearchLibrary, conditions, expression};
use crate::failure::Attempted;

const SEARCHING: &str = "Searching";

/// A page of walkthroughs, and how many there are in all.
#[derive(Default)]
pub(super) struct Page {
    pub(super) rows: Vec<Row>,
    pub(super) walkthroughs_total: u32,
    pub(super) matches_total: u32,
}

/// A walkthrough with its documents that match, best first.
pub(super) struct Row {
    pub(super) id: WalkthroughId,
    pub(super) title: String,
    pub(super) kind: WalkthroughType,
    pub(super) status: WalkthroughStatus,
    pub(super) documents: Vec<i64>,
}

/// A document that is shown.
pub(super) struct Document {
    pub(super) step: Option<(StepId, u32)>,
    pub(super) title: String,
    /// In the order of [`Part::ALL`]; empty where there is none.
    pub(super) texts: Vec<String>,
    /// What sections, quizzes and certificates are made of.
    pub(super) slots: Vec<(Slot, String)>,
}

impl Row {
    /// The documents to show.
    pub(super) fn best(&self, most: u32) -> Vec<i64> {
        self.documents.iter().take(most as usize).copied().collect()
    }
}

/// Finds documents, and puts them together by walkthrough.
pub(super) async fn page(connection: &mut SqliteConnection, query: &Query, input: &SearchLibrary) -> Result<Page> {
    let rows = statement(query, input).build().fetch_all(connection).await.attempted(SEARCHING)?;
    let mut page = Page::default();
    for row in rows {
        (page.walkthroughs_total, page.matches_total) = (row.get("walkthroughs_total"), row.get("matches_total"));
        page.rows.push(Row {
            id: row.get::<String, _>("id").into(),
            title: row.get("title"),
            kind: row.get::<String, _>("kind").parse()?,
            status: row.get::<String, _>("status").parse()?,
            documents: by_rank(row.get("documents")),
        });
    }
    Ok(page)
}

fn statement(query: &Query, input: &SearchLibrary) -> QueryBuilder<Sqlite> {
    let expression = expression::of(query);
    let mut sql = QueryBuilder::new("WITH hits AS (SELECT d.walkthrough_id AS walkthrough, d.id AS id, ");
    // CROSS JOIN: the index is asked once, and leads to the rest.
    sql.push(match expression {
        Some(_) => "search.rank AS rank FROM search CROSS JOIN search_documents d ON d.id = search.rowid",
        None => "0.0 AS rank FROM search_documents d",
    });
    let is_plain = query.groups.iter().all(|group| expression.is_some() && expression::answers(group));
    if !is_plain {
        sql.push(" CROSS JOIN walkthroughs w ON w.id = d.walkthrough_id CROSS JOIN search_texts t ON t.id = d.id");
    }
    let has_expression = expression.is_some();
    match expression {
        Some(expression) => sql.push(" WHERE search MATCH ").push_bind(expression),
        None if conditions::has_documents(query) => sql.push(" WHERE 1"),
        None => sql.push(" WHERE d.step_id IS NULL"),
    };
    conditions::push(&mut sql, query, has_expression);
    sql.push(
        "), grouped AS (
            SELECT walkthrough, min(rank) AS best, count(*) AS hits,
                group_concat(CAST(rank * -1000 AS INTEGER) * 4294967296 + id) AS documents
            FROM hits GROUP BY walkthrough
        )
        SELECT v.id, v.title, v.type AS kind, coalesce(v.status, 'draft') AS status, g.documents,
            count(*) OVER () AS walkthroughs_total, sum(g.hits) OVER () AS matches_total
        FROM grouped g
        CROSS JOIN drafts x ON x.walkthrough_id = g.walkthrough
        CROSS JOIN walkthroughs v ON v.id = g.walkthrough
        WHERE (x.trashed_at IS NOT NULL) = ",
    );
    sql.push_bind(query.place == Place::Trash);
    sql.push(" ORDER BY g.best, x.changed_at DESC, v.id LIMIT ").push_bind(input.limit);
    sql.push(" OFFSET ").push_bind(input.offset);
    sql
}

/// Reads the documents of a walkthrough, best first. Each is one number, which costs SQLite a tenth of writing a rank out:
/// a thousandth of the rank in the upper half, the document in the lower.
fn by_rank(documents: &str) -> Vec<i64> {
    let mut read: Vec<i64> = documents.split(',').filter_map(|document| document.parse().ok()).collect();
    let id = |document: i64| document & i64::from(u32::MAX);
    read.sort_by_key(|document| (std::cmp::Reverse(document >> 32), id(*document)));
    read.into_iter().map(id).collect()
}

/// The texts of these documents.
pub(super) async fn documents(connection: &mut SqliteConnection, ids: &[i64]) -> Result<HashMap<i64, Document>> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT t.id, d.step_id");
    for part in Part::ALL {
        // A text may be no valid UTF-8 where it came from an escape in somebody's JSON.
        sql.push(format!(", CAST(t.{0} AS BLOB) AS {0}", part.name()));
    }
    // The order of `waymark_core::walkthrough::sort_steps`.
    sql.push(
        ", (SELECT count(*) FROM walkthrough_steps s CROSS JOIN walkthrough_steps o ON o.walkthrough_id = s.walkthrough_id
            WHERE s.id = d.step_id AND (o.display_order, coalesce(o.created_at, 9223372036854775807), o.id)
                <= (s.display_order, coalesce(s.created_at, 9223372036854775807), s.id)) AS number
        , CAST(coalesce(w.metadata, s.metadata) AS BLOB) AS own
        FROM search_texts t JOIN search_documents d ON d.id = t.id
        LEFT JOIN walkthroughs w ON d.step_id IS NULL AND w.id = d.walkthrough_id
        LEFT JOIN walkthrough_steps s ON s.id = d.step_id
        WHERE t.id IN (SELECT value FROM json_each(",
    );
    sql.push_bind(FreeJson::of(ids).as_str().to_owned()).push("))");
    let rows = sql.build().fetch_all(connection).await.attempted(SEARCHING)?;
    Ok(rows.iter().map(|row| (row.get("id"), document(row))).collect())
}

fn document(row: &SqliteRow) -> Document {
    let text = |part: Part| {
        let bytes: Option<Vec<u8>> = row.get(part.name());
        let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
        // Tags are shown as words, not as the list that they are stored as.
        let tags = |text: &str| FreeJson::parse(text).and_then(|json| json.read::<Vec<String>>());
        if part == Part::Tags { tags(&text).unwrap_or_default().join(", ") } else { text }
    };
    let step = row.get::<Option<String>, _>("step_id").map(|id| (StepId(id), row.get("number")));
    let own: Option<Vec<u8>> = row.get("own");
    let own = own.and_then(|bytes| FreeJson::parse(&String::from_utf8_lossy(&bytes)).ok());
    let slots = match step {
        Some(_) => texts::of_step_metadata(own.as_ref()),
        None => texts::of_walkthrough_metadata(own.as_ref()),
    };
    Document { step, title: text(Part::Title), texts: Part::ALL.into_iter().map(text).collect(), slots }
}
