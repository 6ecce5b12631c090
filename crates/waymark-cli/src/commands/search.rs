//! `waymark list --search`.

use serde::Serialize;
use waymark_core::{
    error::Result,
    search::{Place, Query},
    texts::Slot,
};
use waymark_library::{
    drafts::{self, DraftSummary, ListDrafts},
    search::{self, FoundSnippet, Match, SearchLibrary},
};

use crate::{Answer, args::drafts::List, context::Context};

/// Matches that are given of each walkthrough.
const MATCHES_MAX: u32 = 10;

/// The list of `waymark list`, best first, and in each what was found.
#[derive(Serialize)]
struct Listing {
    walkthroughs: Vec<Listed>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    snippets: Vec<FoundSnippet>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    summary: DraftSummary,
    matches_total: u32,
    matches: Vec<Match>,
}

/// Lists what the text finds, with the lines in which it is.
pub async fn list(context: &Context, args: &List, text: &str) -> Result<Answer> {
    let library = &context.app().await?.library;
    let in_trash = args.trash || Query::parse(text).place == Place::Trash;
    let input = SearchLibrary {
        text: text.to_owned(),
        in_trash,
        limit: u32::MAX,
        matches_max: MATCHES_MAX,
        ..SearchLibrary::default()
    };
    let found = search::search(library, &input).await?;
    let which = ListDrafts { kind: args.kind, status: args.status, in_trash };
    let mut summaries = drafts::list(library, &which).await?;
    let listed = found.walkthroughs.into_iter().filter_map(|found| {
        let index = summaries.iter().position(|summary| summary.id == found.id)?;
        let summary = summaries.swap_remove(index);
        Some(Listed { summary, matches_total: found.matches_total, matches: found.matches })
    });
    let listing = Listing { walkthroughs: listed.collect(), snippets: found.snippets, notes: found.notes };
    context.output.answer(&listing, || lines(&listing))?;
    if !context.output.is_json {
        for note in &listing.notes {
            context.output.note(note);
        }
        if listing.walkthroughs.is_empty() && listing.snippets.is_empty() {
            context.output.note("Nothing was found. All words have to be in the same step; `OR` asks for one of them.");
        }
    }
    Ok(Answer::Yes)
}

fn lines(listing: &Listing) -> String {
    let mut lines = Vec::new();
    for Listed { summary, matches_total, matches } in &listing.walkthroughs {
        let DraftSummary { id, kind, status, steps, title, .. } = summary;
        lines.push(format!("{id}  {kind}  {status}  {steps} steps  {}", one_line(title)));
        lines.extend(matches.iter().map(line));
        let more = (*matches_total as usize).saturating_sub(matches.len());
        lines.extend((more > 0).then(|| format!("    … and {more} more")));
    }
    let snippet = |found: &FoundSnippet| format!("snippet  {}  {}", found.name, found.snippet.text);
    lines.extend(listing.snippets.iter().map(snippet));
    lines.join("\n")
}

fn line(found: &Match) -> String {
    match &found.revision {
        Some(revision) => format!("{}  [revision {}]", here(found), revision.number),
        None => here(found),
    }
}

fn here(found: &Match) -> String {
    let place = match &found.step {
        Some(step) => format!("{:>3}  {}", step.number, one_line(&step.title)),
        None => "  –".to_owned(),
    };
    let part = found.slot.map_or_else(|| found.part.word().to_owned(), Slot::label);
    match (&found.step, found.snippet.text.is_empty()) {
        (Some(_), true) => format!("  {place}  ({part}: empty)"),
        (Some(_), false) if part == "title" => format!("  {place}"),
        _ => format!("  {place}  ({part}) {}", found.snippet.text),
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}
