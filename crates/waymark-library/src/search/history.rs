//! Looking through what walkthroughs were: the steps and details of all revisions, each kept once.
//!
//! The index is `history_search` (`migrations/library/0017_history_search.sql`). What a query asks for beyond words, and
//! words that may be there or not, is looked for in the texts of what the index leaves, and in those that still wait for it.
//! Of each step the last version that fits is shown, and of a walkthrough's details the last revision's.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};
use waymark_core::{
    content::Field,
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    json::{FreeJson, OWN_KEY},
    search::{Filter, Finder, Fit, Part, Query, Term},
    texts::{self, Slot},
    walkthrough::{Millis, Step},
};

use super::{
    FoundWalkthrough, LibraryFound, Match, MatchedRevision, MatchedStep, SearchLibrary, expression, indexing, matches,
    store,
};
use crate::{
    Library,
    drafts::{self, DraftSummary, ListDrafts},
    failure::Attempted,
};

const SEARCHING: &str = "Searching the history";
/// Texts that are read at once.
const BATCH: usize = 500;
/// So many versions are looked at, the newest first: what a person can look through is far less.
const VERSIONS_MAX: u32 = 5_000;

/// Something that fits: a kept step, or the details of a revision.
struct Hit {
    document: i64,
    walkthrough: WalkthroughId,
    step: Option<StepId>,
}

/// The text of a hit, and where it is kept.
struct Kept {
    text: store::Document,
    /// The number that revisions name a step by.
    step: Option<i64>,
    /// Of details: whose they are.
    revision: Option<MatchedRevision>,
}

/// What is read of a revision itself.
#[derive(Deserialize)]
struct Details {
    title: String,
    description: Option<String>,
    tags: Vec<String>,
    #[serde(default)]
    metadata: Option<FreeJson>,
}

pub(super) async fn search(library: &Library, mut query: Query, input: &SearchLibrary) -> Result<LibraryFound> {
    let drafts = drafts::list(library, &ListDrafts::default()).await?;
    indexing::catch_up_with_much(library).await?;
    let mut snapshot = library.snapshot().await?;
    let mut hits: HashMap<WalkthroughId, Vec<i64>> = HashMap::new();
    match Fit::new(&query) {
        None => {
            query.notes.push("Say which words to look for in the history, for example `in:history helm`.".to_owned())
        }
        Some(fit) => {
            let known: HashMap<&WalkthroughId, &DraftSummary> = drafts.iter().map(|draft| (&draft.id, draft)).collect();
            let found = find(&mut snapshot, &query, &fit, &known).await?;
            if found.is_cut {
                query.notes.push(cut());
            }
            for hit in found.hits {
                hits.entry(hit.walkthrough).or_default().push(hit.document);
            }
        }
    }
    // In the order of the library: what was worked on last comes first.
    let found = drafts.into_iter().filter_map(|draft| hits.remove(&draft.id).map(|hits| (draft, hits)));
    let found: Vec<(DraftSummary, Vec<i64>)> = found.collect();
    let (walkthroughs_total, matches_total) =
        (found.len() as u32, found.iter().map(|(_, hits)| hits.len()).sum::<usize>() as u32);
    let finder = Finder::new(&query);
    let mut walkthroughs = Vec::new();
    for (draft, hits) in found.into_iter().skip(input.offset as usize).take(input.limit as usize) {
        let shown = &hits[..hits.len().min(input.matches_max as usize)];
        let mut kept = read(&mut snapshot, shown).await?;
        let mut matches = Vec::with_capacity(shown.len());
        for kept in shown.iter().filter_map(|document| kept.remove(document)) {
            let found = matches::in_document(&kept.text, &query, &finder);
            matches.extend(placed(&mut snapshot, &draft.id, kept, found).await?);
        }
        let DraftSummary { id, title, kind, status, .. } = draft;
        let matches_total = hits.len() as u32;
        walkthroughs.push(FoundWalkthrough { id, title, kind, status, matches_total, matches });
    }
    let (snippets, place, notes) = (Vec::new(), query.place, query.notes);
    Ok(LibraryFound { walkthroughs, walkthroughs_total, matches_total, snippets, place, notes })
}

fn cut() -> String {
    format!(
        "These words are in more than {VERSIONS_MAX} versions; the newest were looked at. Add a word to see others."
    )
}

/// What fits.
struct Fitting {
    hits: Vec<Hit>,
    /// Whether there were more versions than are looked at.
    is_cut: bool,
}

/// The last version of each step that fits, and the last details of each walkthrough; details first, then in the order in
/// which they were kept.
async fn find(
    connection: &mut SqliteConnection,
    query: &Query,
    fit: &Fit,
    known: &HashMap<&WalkthroughId, &DraftSummary>,
) -> Result<Fitting> {
    let expression = expression::of(query);
    let is_answered = expression.is_some() && query.groups.iter().all(|group| expression::answers(group));
    let mut doubtful = documents(connection, if expression.is_some() { WAITING } else { ALL }).await?;
    let mut is_cut = expression.is_none() && doubtful.len() > VERSIONS_MAX as usize;
    let mut hits = match expression {
        Some(expression) => indexed(connection, query, expression).await?,
        None => Vec::new(),
    };
    is_cut |= hits.len() > VERSIONS_MAX as usize;
    hits.truncate(VERSIONS_MAX as usize);
    doubtful.truncate(VERSIONS_MAX as usize);
    if !is_answered {
        doubtful.append(&mut hits);
    }
    doubtful.retain(|hit| known.contains_key(&hit.walkthrough));
    hits.extend(fitting(connection, doubtful, fit, known).await?);
    hits.retain(|hit| known.contains_key(&hit.walkthrough));
    hits.sort_by_key(|hit| hit.document);
    let mut last: HashMap<(WalkthroughId, Option<StepId>), i64> = HashMap::new();
    for Hit { document, walkthrough, step } in hits {
        last.insert((walkthrough, step), document);
    }
    let hit = |((walkthrough, step), document)| Hit { document, walkthrough, step };
    let mut hits: Vec<Hit> = last.into_iter().map(hit).collect();
    hits.sort_by_key(|hit| (hit.step.is_some(), hit.document));
    Ok(Fitting { hits, is_cut })
}

const ALL: &str = "SELECT id, walkthrough_id, step_id FROM history_documents ORDER BY id DESC LIMIT ?";
const WAITING: &str =
    "SELECT id, walkthrough_id, step_id FROM history_documents WHERE is_indexed = 0 ORDER BY id DESC LIMIT ?";
// The index is asked once, from the newest version on, and leads to the rest: a word that is everywhere costs no more than
// the versions that are looked at. One more than these tells whether there were more.
const INDEXED: &str = "SELECT d.id, d.walkthrough_id, d.step_id
    FROM (SELECT rowid FROM history_search WHERE history_search MATCH ? ORDER BY rowid DESC LIMIT ?) h
    CROSS JOIN history_documents d ON d.id = h.rowid";

/// Documents, whatever is in them.
async fn documents(connection: &mut SqliteConnection, sql: &'static str) -> Result<Vec<Hit>> {
    let rows = sqlx::query(sql).bind(VERSIONS_MAX + 1).fetch_all(connection).await.attempted(SEARCHING)?;
    Ok(rows.iter().map(Hit::of).collect())
}

/// What the index finds, newest first. The index of the history has no beginnings of words, and gathers all that go on
/// before it gives the first: where the words as they stand are in enough versions already, it is not asked for more.
async fn indexed(connection: &mut SqliteConnection, query: &Query, expression: String) -> Result<Vec<Hit>> {
    if let Some(whole) = expression::of(&whole_words(query)).filter(|whole| *whole != expression) {
        let hits = matching(connection, whole).await?;
        if hits.len() > VERSIONS_MAX as usize {
            return Ok(hits);
        }
    }
    matching(connection, expression).await
}

/// The same query, where no word that is wanted goes on.
fn whole_words(query: &Query) -> Query {
    let mut whole = query.clone();
    for atom in whole.groups.iter_mut().flatten().filter(|atom| !atom.is_not) {
        if let Term::Text(text) = &mut atom.term {
            text.is_prefix = false;
        }
    }
    whole
}

async fn matching(connection: &mut SqliteConnection, expression: String) -> Result<Vec<Hit>> {
    let found = sqlx::query(INDEXED).bind(expression).bind(VERSIONS_MAX + 1);
    let rows = found.fetch_all(connection).await.attempted(SEARCHING)?;
    Ok(rows.iter().map(Hit::of).collect())
}

impl Hit {
    fn of(row: &SqliteRow) -> Self {
        Self {
            document: row.get("id"),
            walkthrough: WalkthroughId(row.get("walkthrough_id")),
            step: row.get::<Option<String>, _>("step_id").map(StepId),
        }
    }
}

/// Those whose texts fit. Properties are those that the walkthrough has now.
async fn fitting(
    connection: &mut SqliteConnection,
    hits: Vec<Hit>,
    fit: &Fit,
    known: &HashMap<&WalkthroughId, &DraftSummary>,
) -> Result<Vec<Hit>> {
    let mut fitting = Vec::new();
    let mut left = hits.into_iter().peekable();
    while left.peek().is_some() {
        let batch: Vec<Hit> = left.by_ref().take(BATCH).collect();
        let documents: Vec<i64> = batch.iter().map(|hit| hit.document).collect();
        let kept = read(connection, &documents).await?;
        let fits = |hit: &Hit| {
            let (Some(draft), Some(kept)) = (known.get(&hit.walkthrough), kept.get(&hit.document)) else {
                return false;
            };
            let texts = Part::ALL.into_iter().zip(kept.text.texts.iter().map(String::as_str));
            fit.fits(&texts.collect::<Vec<_>>(), |filter| has(draft, filter))
        };
        fitting.extend(batch.into_iter().filter(fits));
    }
    Ok(fitting)
}

fn has(draft: &DraftSummary, filter: &Filter) -> bool {
    match filter {
        Filter::Type(kinds) => kinds.contains(&draft.kind),
        Filter::Status(all) => all.contains(&draft.status),
        Filter::Tag(name) => draft.tags.iter().any(|tag| name.means(tag)),
        Filter::Server(name) => draft.servers.iter().any(|server| name.means(server)),
        Filter::Missing(_) | Filter::Has(_) => false,
    }
}

/// The texts of these documents. One that is not understood is left out.
async fn read(connection: &mut SqliteConnection, documents: &[i64]) -> Result<HashMap<i64, Kept>> {
    let ids = FreeJson::of(documents);
    let ids = ids.as_str();
    let rows = sqlx::query!(
        r#"SELECT d.id, s.id AS "kept_step?", s.step AS "step?", r.id AS "revision?", r.number AS "number?", r.at AS "at?",
            r.walkthrough AS "walkthrough?"
         FROM json_each(?) j JOIN history_documents d ON d.id = j.value
         LEFT JOIN revisions r ON r.id = d.revision_id LEFT JOIN revision_steps s ON s.id = d.kept_step"#,
        ids
    )
    .fetch_all(connection)
    .await
    .attempted(SEARCHING)?;
    let rows = rows.into_iter().map(|row| {
        let revision = row.revision.zip(row.number).zip(row.at);
        let revision =
            revision.map(|((id, number), at)| MatchedRevision { id: id.into(), number: number as u32, at: Millis(at) });
        (row.id, row.step, row.walkthrough, row.kept_step, revision)
    });
    let rows: Vec<_> = rows.collect();
    let work = tokio::task::spawn_blocking(move || {
        let understood = rows.into_iter().filter_map(|(id, step, details, kept_step, revision)| {
            let text = match (step, details) {
                (Some(step), _) => of_step(&FreeJson::parse(&step).and_then(|json| json.read()).ok()?),
                (None, Some(details)) => of_details(FreeJson::parse(&details).and_then(|json| json.read()).ok()?),
                (None, None) => return None,
            };
            Some((id, Kept { text, step: kept_step, revision }))
        });
        understood.collect()
    });
    work.await.map_err(|panic| Error::bug("Searching the history ended early.").with_source(panic))
}

fn of_details(Details { title, description, tags, metadata }: Details) -> store::Document {
    let slots = texts::of_walkthrough_metadata(metadata.as_ref());
    let text = |part: Part| match part {
        Part::Title => title.clone(),
        Part::Description => description.clone().unwrap_or_default(),
        Part::Tags => tags.join(", "),
        Part::Metadata => others_metadata(metadata.as_ref()),
        _ => joined(&slots, part),
    };
    let texts = Part::ALL.into_iter().map(text).collect();
    store::Document { step: None, texts, title: title.clone(), slots }
}

fn of_step(step: &Step) -> store::Document {
    let slots = texts::of_step_metadata(step.metadata.as_ref());
    let text = |part: Part| match part.field() {
        Some(field) if Field::ALL.contains(&field) => step.content_fields.text(field).unwrap_or_default().to_owned(),
        _ if part == Part::Title => step.title.clone(),
        _ if part == Part::Metadata => others_metadata(step.metadata.as_ref()),
        _ => joined(&slots, part),
    };
    // Its number is known when it is known which revision has it.
    store::Document {
        step: Some((step.id.clone(), 0)),
        title: step.title.clone(),
        texts: Part::ALL.into_iter().map(text).collect(),
        slots,
    }
}

/// The texts of a part that is made of several, one a line.
fn joined(slots: &[(Slot, String)], part: Part) -> String {
    let texts = slots.iter().filter(|(slot, _)| slot.part() == part).map(|(_, text)| text.as_str());
    texts.collect::<Vec<_>>().join("\n")
}

/// What other programs keep there. Waymark's own notes are not anybody's text.
fn others_metadata(metadata: Option<&FreeJson>) -> String {
    metadata.map_or_else(String::new, |metadata| metadata.with(OWN_KEY, None).as_str().to_owned())
}

/// The match with the last revision that has it; nothing where none has it any more.
async fn placed(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    kept: Kept,
    found: Match,
) -> Result<Option<Match>> {
    let Some(step) = kept.step else { return Ok(Some(Match { revision: kept.revision, ..found })) };
    let key = walkthrough.as_str();
    let row = sqlx::query!(
        r#"SELECT r.id, r.number, r.at, j.key + 1 AS "place!: u32"
         FROM revisions r, json_each(r.steps) j
         WHERE r.walkthrough_id = ? AND j.value = ? ORDER BY r.number DESC LIMIT 1"#,
        key,
        step
    )
    .fetch_optional(connection)
    .await
    .attempted(SEARCHING)?;
    Ok(row.map(|row| {
        let revision = MatchedRevision { id: row.id.into(), number: row.number as u32, at: Millis(row.at) };
        let step = found.step.map(|step| MatchedStep { number: row.place, ..step });
        Match { step, revision: Some(revision), ..found }
    }))
}
