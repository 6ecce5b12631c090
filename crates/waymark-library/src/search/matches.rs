//! What of a document is shown: the part with most of the words, and a line of it.

use waymark_core::search::{Filter, Finder, Part, Query, Term};

use super::{Match, MatchedStep, store::Document};

/// The best part of a document that matches.
pub(super) fn in_document(document: &Document, query: &Query, finder: &Finder) -> Match {
    let parts = Part::ALL.into_iter().zip(&document.texts);
    let found = parts.map(|(part, text)| (part, text, finder.places(part, text)));
    // The first of the best: a title before a text.
    let best = found.reduce(|best, next| if next.2.kinds > best.2.kinds { next } else { best });
    let (part, text, places) = best.expect("BUG: a document has no parts");
    let step = document.step.clone();
    let step = step.map(|(id, number)| MatchedStep { id, number, title: document.title.clone() });
    if places.kinds > 0 {
        return Match { step, part, snippet: places.snippet(text), place: places.first(text), revision: None };
    }
    // Nothing was asked for but a part that is there or is missing.
    let part = filtered_part(query).unwrap_or(part);
    let text = Part::ALL.into_iter().zip(&document.texts).find(|(known, _)| *known == part);
    let snippet = text.map(|(_, text)| places.snippet(text)).unwrap_or_default();
    Match { step, part, snippet, place: None, revision: None }
}

fn filtered_part(query: &Query) -> Option<Part> {
    query.groups.iter().flatten().find_map(|atom| match atom.term {
        Term::Filter(Filter::Missing(part) | Filter::Has(part)) if part.field().is_some() => Some(part),
        _ => None,
    })
}
