//! Snippets that have what is searched for. There are few of them and they are short, so that no index is kept.

use waymark_core::{
    error::Result,
    search::{Finder, Fit, Part, Place, Query, Term},
};

use super::{FoundSnippet, LibraryFound};
use crate::{Library, snippets};

/// What a name and a text are to a query.
const NAME: Part = Part::Title;
const TEXT: Part = Part::ContentForUser;

/// In the snippets alone: `in:snippets`.
pub(super) async fn search(library: &Library, mut query: Query) -> Result<LibraryFound> {
    if query.wanted().next().is_none() {
        query.notes.push("Say which words to look for in the snippets, for example `in:snippets ask`.".to_owned());
    }
    Ok(LibraryFound {
        walkthroughs: Vec::new(),
        walkthroughs_total: 0,
        matches_total: 0,
        snippets: find(library, &query).await?,
        place: Place::Snippets,
        notes: query.notes,
    })
}

/// Beside the walkthroughs: only where nothing is asked for that a snippet does not have.
pub(super) async fn beside(library: &Library, query: &Query) -> Result<Vec<FoundSnippet>> {
    let is_plain = |term: &Term| matches!(term, Term::Text(text) if text.parts.is_empty());
    match query.groups.iter().flatten().all(|atom| is_plain(&atom.term)) {
        true => find(library, query).await,
        false => Ok(Vec::new()),
    }
}

async fn find(library: &Library, query: &Query) -> Result<Vec<FoundSnippet>> {
    let Some(fit) = Fit::new(query) else { return Ok(Vec::new()) };
    let finder = Finder::new(query);
    let known = snippets::list(library).await?.into_iter();
    let fitting =
        known.filter(|snippet| fit.fits(&[(NAME, snippet.name.as_str()), (TEXT, snippet.text.as_str())], |_| false));
    let found = fitting.map(|snippet| {
        let places = finder.places(TEXT, &snippet.text);
        FoundSnippet { snippet: places.snippet(&snippet.text), place: places.first(&snippet.text), name: snippet.name }
    });
    Ok(found.collect())
}
