//! `waymark replace`: find and replace in many walkthroughs, shown first with `--dry-run`, taken back with `--undo`.

use serde::Serialize;
use waymark_core::{
    error::Result,
    id::WalkthroughId,
    replace::{FoundPlace, FoundStep, Occurrence, ReplacePattern, SkippedPlace, snippets::FoundInSnippet},
    search::Part,
    texts::Slot,
};
use waymark_library::{
    Library,
    replace::{self, FindReplace, ReplaceChoice, ReplacePreview, ReplaceSnippetChoice, Replaced, RunReplace},
};

use crate::{
    Answer,
    args::bulk::{Replace, ReplaceIn},
    commands::bulk,
    context::{Context, ORIGIN},
    output::counted,
};

pub async fn run(context: &Context, args: Replace) -> Result<Answer> {
    let library = &context.app().await?.library;
    if let Some(change) = &args.undo {
        let change = Some(change.as_str()).filter(|change| !change.is_empty());
        return bulk::undo(context, Some(replace::KIND), change).await;
    }
    if args.list {
        return bulk::list(context, Some(replace::KIND)).await;
    }
    let mut ids: Vec<WalkthroughId> = Vec::with_capacity(args.walkthroughs.len());
    for walkthrough in &args.walkthroughs {
        ids.push(context.find(walkthrough).await?);
    }
    let pattern = ReplacePattern {
        find: args.old.unwrap_or_default(),
        replace: args.new.unwrap_or_default(),
        is_regex: args.regex,
        is_case_sensitive: args.case,
        is_whole_word: args.word,
    };
    let part = |place: &ReplaceIn| match place {
        ReplaceIn::Part(part) => Some(*part),
        ReplaceIn::Snippets => None,
    };
    let parts = args.places.iter().filter_map(part).collect();
    let in_snippets = args.places.contains(&ReplaceIn::Snippets);
    let input = FindReplace { pattern, parts, filter: args.filter.unwrap_or_default(), ids, in_snippets };
    let preview = replace::preview(library, &input).await?;
    if !context.output.is_json {
        preview.notes.iter().for_each(|note| context.output.note(note));
    }
    if args.dry_run { show(context, &preview) } else { write(context, library, input, preview).await }
}

#[derive(Serialize)]
struct Shown<'a> {
    is_dry_run: bool,
    #[serde(flatten)]
    preview: &'a ReplacePreview,
}

fn show(context: &Context, preview: &ReplacePreview) -> Result<Answer> {
    let refused = preview.walkthroughs.iter().flat_map(|found| &found.places).any(|place| place.refusal.is_some())
        || preview.snippets.iter().any(|found| found.refusal.is_some());
    context.output.answer(&Shown { is_dry_run: true, preview }, || {
        let lines = preview.walkthroughs.iter().flat_map(|found| {
            let head = format!("{}  {}", found.id, found.title);
            std::iter::once(head).chain(found.places.iter().flat_map(place_lines))
        });
        let of_snippets = preview.snippets.iter().flat_map(|found| {
            let more = found.occurrences_total as usize - found.occurrences.len();
            std::iter::once(format!("snippet {}", found.name)).chain(occurrence_lines(
                "text",
                &found.occurrences,
                more,
                found.refusal.as_deref(),
            ))
        });
        lines.chain(of_snippets).collect::<Vec<_>>().join("\n")
    })?;
    if !context.output.is_json {
        let count = counted(preview.occurrences_total as usize, "occurrence");
        let mut places = counted(preview.walkthroughs.len(), "walkthrough");
        if !preview.snippets.is_empty() {
            places = format!("{places} and {}", counted(preview.snippets.len(), "snippet"));
        }
        context.output.note(&format!("{count} in {places}. Nothing was written."));
    }
    Ok(if refused { Answer::No } else { Answer::Yes })
}

fn place_lines(place: &FoundPlace) -> Vec<String> {
    let at = where_in(place.step.as_ref(), place.part, place.slot);
    let more = place.occurrences_total as usize - place.occurrences.len();
    occurrence_lines(&at, &place.occurrences, more, place.refusal.as_deref())
}

fn occurrence_lines(at: &str, occurrences: &[Occurrence], more: usize, refusal: Option<&str>) -> Vec<String> {
    let listed = occurrences.iter().map(|one| {
        let Occurrence { line, before, found, becomes, after, .. } = one;
        format!("  {at}:{line}: {before}[-{found}-]{{+{becomes}+}}{after}")
    });
    let more = (more > 0 && refusal.is_none()).then(|| format!("  {at}: … and {more} more"));
    let refusal = refusal.map(|why| format!("  {at}: {why}"));
    listed.chain(more).chain(refusal).collect()
}

fn where_in(step: Option<&FoundStep>, part: Part, slot: Option<Slot>) -> String {
    let text = match slot {
        Some(slot) if part.has_slots() => slot.label(),
        _ => part.word().to_owned(),
    };
    step.map_or_else(|| text.clone(), |step| format!("step {}, {text}", step.number))
}

async fn write(context: &Context, library: &Library, input: FindReplace, preview: ReplacePreview) -> Result<Answer> {
    let FindReplace { pattern, parts, .. } = input;
    let choice = |found: replace::FoundIn| ReplaceChoice { id: found.id, version: found.version, left_out: Vec::new() };
    let choices = preview.walkthroughs.into_iter().map(choice).collect();
    let choice =
        |found: FoundInSnippet| ReplaceSnippetChoice { name: found.name, digest: found.digest, left_out: Vec::new() };
    let snippets = preview.snippets.into_iter().map(choice).collect();
    let done = replace::run(library, &RunReplace { pattern, parts, choices, snippets }, ORIGIN).await?;
    context.output.answer(&done, || lines(&done))?;
    if !context.output.is_json {
        for skipped in &done.skipped {
            let SkippedPlace { step, part, slot, message } = &skipped.place;
            let at = where_in(step.as_ref(), *part, *slot);
            context.output.note(&format!("Left as it is: {}, {at}: {message}", skipped.title));
        }
        for skipped in &done.skipped_snippets {
            context.output.note(&format!("Left as it is: snippet {}: {}", skipped.name, skipped.message));
        }
        match &done.change {
            Some(change) => context.output.note(&format!("Take it back with `waymark replace --undo {change}`.")),
            None => context.output.note("Nothing was replaced."),
        }
    }
    let is_whole = done.skipped.is_empty() && done.skipped_snippets.is_empty();
    Ok(if is_whole { Answer::Yes } else { Answer::No })
}

fn lines(done: &Replaced) -> String {
    let line = |one: &replace::ReplacedIn| {
        format!("{}  {}  {}", one.id, counted(one.replaced as usize, "replacement"), one.title)
    };
    let snippets = done.snippets.iter().map(|name| format!("snippet {name}"));
    done.walkthroughs.iter().map(line).chain(snippets).collect::<Vec<_>>().join("\n")
}
