//! Looking through what walkthroughs were: the steps and details of all revisions, each kept once.
//!
//! There is no index of them: they are read from the first to the last, a batch at a time, and only when somebody asks for
//! the history. Of each step the last version that fits is shown.

use std::{collections::HashMap, sync::Arc};

use serde::Deserialize;
use waymark_core::{
    content::Field,
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    json::FreeJson,
    search::{Filter, Finder, Fit, Part, Query},
    walkthrough::{Millis, Step},
};

use super::{FoundWalkthrough, LibraryFound, Match, MatchedRevision, MatchedStep, SearchLibrary, matches, store};
use crate::{
    Library,
    drafts::{self, DraftSummary, ListDrafts},
    failure::Attempted,
};

const SEARCHING: &str = "Searching the history";
/// Texts that are read at once.
const BATCH: i64 = 500;

/// A text that fits: a kept step, or the details of a revision.
struct Hit {
    walkthrough: WalkthroughId,
    /// The step, with the number that revisions name its text by.
    step: Option<(StepId, i64)>,
    revision: Option<MatchedRevision>,
    found: Match,
}

/// What is read of a revision itself.
#[derive(Deserialize)]
struct Details {
    title: String,
    description: Option<String>,
    tags: Vec<String>,
}

pub(super) async fn search(library: &Library, mut query: Query, input: &SearchLibrary) -> Result<LibraryFound> {
    let mut hits: HashMap<WalkthroughId, Vec<Hit>> = HashMap::new();
    let drafts = drafts::list(library, &ListDrafts::default()).await?;
    match Fit::new(&query) {
        None => {
            query.notes.push("Say which words to look for in the history, for example `in:history helm`.".to_owned())
        }
        Some(fit) => {
            let known = drafts.iter().map(|draft| (draft.id.clone(), draft.clone())).collect();
            let search = Arc::new(Search { finder: Finder::new(&query), query: query.clone(), fit, known });
            for hit in details(library, &search).await?.into_iter().chain(steps(library, &search).await?) {
                hits.entry(hit.walkthrough.clone()).or_default().push(hit);
            }
        }
    }
    let (walkthroughs_total, matches_total) = (hits.len() as u32, hits.values().map(Vec::len).sum::<usize>() as u32);
    let mut walkthroughs = Vec::new();
    // In the order of the library: what was worked on last comes first.
    let found = drafts.into_iter().filter_map(|draft| hits.remove(&draft.id).map(|hits| (draft, hits)));
    for (draft, hits) in found.skip(input.offset as usize).take(input.limit as usize) {
        let matches_total = hits.len() as u32;
        let mut matches = Vec::new();
        for hit in hits.into_iter().take(input.matches_max as usize) {
            matches.extend(placed(library, hit).await?);
        }
        let DraftSummary { id, title, kind, status, .. } = draft;
        walkthroughs.push(FoundWalkthrough { id, title, kind, status, matches_total, matches });
    }
    Ok(LibraryFound { walkthroughs, walkthroughs_total, matches_total, place: query.place, notes: query.notes })
}

struct Search {
    query: Query,
    finder: Finder,
    fit: Fit,
    known: HashMap<WalkthroughId, DraftSummary>,
}

impl Search {
    /// What of a document is shown, if it fits. Properties are those that the walkthrough has now.
    fn look(&self, walkthrough: &WalkthroughId, document: &store::Document) -> Option<Match> {
        let draft = self.known.get(walkthrough)?;
        let texts: Vec<(Part, &str)> = Part::ALL.into_iter().zip(document.texts.iter().map(String::as_str)).collect();
        let fits = self.fit.fits(&texts, |filter| has(draft, filter));
        fits.then(|| matches::in_document(document, &self.query, &self.finder))
    }
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

/// The details that fit, of each walkthrough the last.
async fn details(library: &Library, search: &Arc<Search>) -> Result<Vec<Hit>> {
    let mut last: HashMap<WalkthroughId, Hit> = HashMap::new();
    let mut after = (String::new(), 0);
    loop {
        let rows = sqlx::query_as!(
            Row,
            "SELECT id, walkthrough_id, number, at, walkthrough FROM revisions
             WHERE (walkthrough_id, number) > (?, ?) ORDER BY walkthrough_id, number LIMIT ?",
            after.0,
            after.1,
            BATCH
        )
        .fetch_all(library.readers())
        .await
        .attempted(SEARCHING)?;
        let Some(end) = rows.last() else { return Ok(last.into_values().collect()) };
        after = (end.walkthrough_id.clone(), end.number);
        let looking = search.clone();
        let found = blocking(move || {
            let look = |row: Row| -> Option<Hit> {
                let Row { id, walkthrough_id, number, at, walkthrough } = row;
                let details: Details = FreeJson::parse(&walkthrough).and_then(|json| json.read()).ok()?;
                let walkthrough = WalkthroughId(walkthrough_id);
                let document = document_of(details);
                let found = looking.look(&walkthrough, &document)?;
                let revision = MatchedRevision { id: id.into(), number: number as u32, at: Millis(at) };
                Some(Hit { walkthrough, step: None, revision: Some(revision), found })
            };
            rows.into_iter().filter_map(look).collect::<Vec<_>>()
        })
        .await?;
        last.extend(found.into_iter().map(|hit| (hit.walkthrough.clone(), hit)));
    }
}

struct Row {
    id: String,
    walkthrough_id: String,
    number: i64,
    at: i64,
    walkthrough: String,
}

fn document_of(Details { title, description, tags }: Details) -> store::Document {
    let text = |part: Part| match part {
        Part::Title => title.clone(),
        Part::Description => description.clone().unwrap_or_default(),
        Part::Tags => tags.join(", "),
        _ => String::new(),
    };
    store::Document { step: None, texts: Part::ALL.into_iter().map(text).collect(), title: title.clone() }
}

/// The steps that fit, of each the last version.
async fn steps(library: &Library, search: &Arc<Search>) -> Result<Vec<Hit>> {
    let mut last: Vec<Hit> = Vec::new();
    let mut places: HashMap<(WalkthroughId, StepId), usize> = HashMap::new();
    let mut after = 0;
    loop {
        let rows = sqlx::query!(
            "SELECT id, walkthrough_id, step FROM revision_steps WHERE id > ? ORDER BY id LIMIT ?",
            after,
            BATCH
        )
        .fetch_all(library.readers())
        .await
        .attempted(SEARCHING)?;
        let Some(end) = rows.last() else { return Ok(last) };
        after = end.id;
        let looking = search.clone();
        let rows: Vec<(i64, String, String)> =
            rows.into_iter().map(|row| (row.id, row.walkthrough_id, row.step)).collect();
        let found = blocking(move || {
            let look = |(id, walkthrough, step): (i64, String, String)| -> Option<Hit> {
                let step: Step = FreeJson::parse(&step).and_then(|json| json.read()).ok()?;
                let walkthrough = WalkthroughId(walkthrough);
                let found = looking.look(&walkthrough, &document(&step))?;
                Some(Hit { walkthrough, step: Some((step.id, id)), revision: None, found })
            };
            rows.into_iter().filter_map(look).collect::<Vec<_>>()
        })
        .await?;
        for hit in found {
            let Some((step, _)) = &hit.step else { continue };
            let key = (hit.walkthrough.clone(), step.clone());
            match places.get(&key) {
                Some(place) => last[*place] = hit,
                None => {
                    places.insert(key, last.len());
                    last.push(hit);
                }
            }
        }
    }
}

fn document(step: &Step) -> store::Document {
    let text = |part: Part| match part.field() {
        Some(field) if Field::ALL.contains(&field) => step.content_fields.text(field).unwrap_or_default().to_owned(),
        _ if part == Part::Title => step.title.clone(),
        _ => String::new(),
    };
    // Its number is known when it is known which revision has it.
    store::Document {
        step: Some((step.id.clone(), 0)),
        title: step.title.clone(),
        texts: Part::ALL.into_iter().map(text).collect(),
    }
}

/// The match with the last revision that has it; nothing where none has it any more.
async fn placed(library: &Library, hit: Hit) -> Result<Option<Match>> {
    let Hit { walkthrough, step, revision, found } = hit;
    let Some((_, text)) = step else { return Ok(Some(Match { revision, ..found })) };
    let key = walkthrough.as_str();
    let row = sqlx::query!(
        r#"SELECT r.id, r.number, r.at, j.key + 1 AS "place!: u32"
         FROM revisions r, json_each(r.steps) j
         WHERE r.walkthrough_id = ? AND j.value = ? ORDER BY r.number DESC LIMIT 1"#,
        key,
        text
    )
    .fetch_optional(library.readers())
    .await
    .attempted(SEARCHING)?;
    Ok(row.map(|row| {
        let revision = MatchedRevision { id: row.id.into(), number: row.number as u32, at: Millis(row.at) };
        let step = found.step.map(|step| MatchedStep { number: row.place, ..step });
        Match { step, revision: Some(revision), ..found }
    }))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|panic| Error::bug("Searching the history ended early.").with_source(panic))
}
