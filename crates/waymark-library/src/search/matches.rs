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
    // Of a part that is made of several texts, the one with most of the words.
    let of_part = document.slots.iter().filter(|(slot, text)| slot.part() == part && !text.is_empty());
    let slot = of_part.map(|(slot, text)| (*slot, text, finder.places(part, text)));
    let slot = slot.reduce(|best, next| if next.2.kinds > best.2.kinds { next } else { best });
    let (slot, text, places) = match slot.filter(|(.., found)| found.kinds > 0) {
        Some((slot, text, found)) => (Some(slot), text, found),
        None => (None, text, places),
    };
    let step = document.step.clone();
    let step = step.map(|(id, number)| MatchedStep { id, number, title: document.title.clone() });
    if places.kinds > 0 {
        return Match { step, part, snippet: places.snippet(text), place: places.first(text), slot, revision: None };
    }
    // Nothing was asked for but a part that is there or is missing.
    let part = filtered_part(query).unwrap_or(part);
    let text = Part::ALL.into_iter().zip(&document.texts).find(|(known, _)| *known == part);
    let snippet = text.map(|(_, text)| places.snippet(text)).unwrap_or_default();
    Match { step, part, snippet, place: None, slot: None, revision: None }
}

fn filtered_part(query: &Query) -> Option<Part> {
    query.groups.iter().flatten().find_map(|atom| match atom.term {
        Term::Filter(Filter::Missing(part) | Filter::Has(part)) if part.is_of_step() => Some(part),
        _ => None,
    })
}
