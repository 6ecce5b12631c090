//! Finding drafts and steps by what is written in them.
//!
//! The index is `search` (FTS5), kept by triggers in the transaction of each write (`migrations/library/0004_search.sql`).
//! A match is a document: a step, or a walkthrough's own details. All words of a query have to be in the same document.
//! There is no query that fails: what SQLite is asked is built from `waymark_core::search::Query`, every text in quotes.
//!
//! The history is looked through on request (`in:history`), by the same rules; it has an index of its own.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::Result,
    id::{RevisionId, StepId, WalkthroughId},
    search::{Finder, Mark, Part, Place, Query, Snippet},
    texts::Slot,
    walkthrough::{Millis, WalkthroughStatus, WalkthroughType},
};

use crate::Library;

mod conditions;
mod expression;
mod history;
pub(crate) mod indexing;
mod matches;
mod snippets;
mod store;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_history;
#[cfg(test)]
mod tests_of_texts;

/// What to find, and how much of it to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct SearchLibrary {
    /// As typed; docs/search.md has the language.
    pub text: String,
    /// The trash instead of the library; `in:trash` in the text says the same.
    pub in_trash: bool,
    /// Walkthroughs at most.
    pub limit: u32,
    /// Walkthroughs to leave out at the beginning.
    pub offset: u32,
    /// Matches at most in each walkthrough.
    pub matches_max: u32,
}

/// What was found, best first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LibraryFound {
    /// The walkthroughs of this page.
    pub walkthroughs: Vec<FoundWalkthrough>,
    /// How many walkthroughs there are on all pages.
    pub walkthroughs_total: u32,
    /// How many matches there are on all pages.
    pub matches_total: u32,
    /// The snippets that have it, by name; on the first page alone.
    pub snippets: Vec<FoundSnippet>,
    /// Where was looked.
    pub place: Place,
    /// Sentences about what in the text was not understood.
    pub notes: Vec<String>,
}

/// A snippet with something in it that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FoundSnippet {
    /// What it is called.
    pub name: String,
    /// A line of it.
    pub snippet: Snippet,
    /// The first place in its text.
    pub place: Option<Mark>,
}

/// A walkthrough with something in it that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FoundWalkthrough {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
    /// Where it stands.
    pub status: WalkthroughStatus,
    /// How many steps (and details) match.
    pub matches_total: u32,
    /// The best of them.
    pub matches: Vec<Match>,
}

/// A step that matches, or the walkthrough's own details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Match {
    /// The step, unless it is in the walkthrough's details.
    pub step: Option<MatchedStep>,
    /// Where in it most of the words are.
    pub part: Part,
    /// A line of that part.
    pub snippet: Snippet,
    /// The first place in the whole part, or in the text that `slot` names.
    pub place: Option<Mark>,
    /// Which text of a section, a quiz or a certificate it is.
    pub slot: Option<Slot>,
    /// In the history: the last version that has it so.
    pub revision: Option<MatchedRevision>,
}

/// Which version matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MatchedRevision {
    /// Which.
    pub id: RevisionId,
    /// Counts from 1.
    pub number: u32,
    /// When it was put by.
    pub at: Millis,
}

/// Which step matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct MatchedStep {
    /// Which.
    pub id: StepId,
    /// Its place, from 1.
    pub number: u32,
    /// Its title.
    pub title: String,
}

impl Default for SearchLibrary {
    fn default() -> Self {
        Self { text: String::new(), in_trash: false, limit: 50, offset: 0, matches_max: 3 }
    }
}

/// Finds walkthroughs and steps. Reads one moment of the library, in two statements.
///
/// # Errors
/// Those of the file. No text is an error.
pub async fn search(library: &Library, input: &SearchLibrary) -> Result<LibraryFound> {
    let mut query = Query::parse(&input.text);
    match query.place {
        Place::History => return history::search(library, query, input).await,
        Place::Snippets => return snippets::search(library, query).await,
        Place::Library | Place::Trash => {}
    }
    if input.in_trash {
        query.place = Place::Trash;
    }
    let is_first_page = query.place == Place::Library && input.offset == 0;
    let snippets = if is_first_page { snippets::beside(library, &query).await? } else { Vec::new() };
    let mut snapshot = library.snapshot().await?;
    let page = store::page(&mut snapshot, &query, input).await?;
    let shown: Vec<i64> = page.rows.iter().flat_map(|row| row.best(input.matches_max)).collect();
    let has_matches = conditions::has_documents(&query);
    let documents = if has_matches { store::documents(&mut snapshot, &shown).await? } else { Default::default() };
    let finder = Finder::new(&query);
    let found = |row: store::Row| FoundWalkthrough {
        matches: row
            .best(input.matches_max)
            .into_iter()
            .filter_map(|id| documents.get(&id))
            .map(|document| matches::in_document(document, &query, &finder))
            .collect(),
        id: row.id,
        title: row.title,
        kind: row.kind,
        status: row.status,
        matches_total: if has_matches { row.documents.len() as u32 } else { 0 },
    };
    Ok(LibraryFound {
        walkthroughs: page.rows.into_iter().map(found).collect(),
        walkthroughs_total: page.walkthroughs_total,
        matches_total: if has_matches { page.matches_total } else { 0 },
        snippets,
        place: query.place,
        notes: query.notes,
    })
}
