//! `waymark replace`: find and replace in many walkthroughs, shown first with `--dry-run`, taken back with `--undo`.

use serde::Serialize;
use waymark_core::{
    error::Result,
    id::WalkthroughId,
    replace::{FoundPlace, Occurrence, ReplacePattern, SkippedPlace},
};
use waymark_library::{
    Library,
    replace::{self, FindReplace, ReplaceChoice, ReplacePreview, Replaced, RunReplace},
};

use crate::{
    Answer,
    args::bulk::Replace,
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
    let input = FindReplace { pattern, parts: args.parts, filter: args.filter.unwrap_or_default(), ids };
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
    let refused = preview.walkthroughs.iter().flat_map(|found| &found.places).any(|place| place.refusal.is_some());
    context.output.answer(&Shown { is_dry_run: true, preview }, || {
        let lines = preview.walkthroughs.iter().flat_map(|found| {
            let head = format!("{}  {}", found.id, found.title);
            std::iter::once(head).chain(found.places.iter().flat_map(place_lines))
        });
        lines.collect::<Vec<_>>().join("\n")
    })?;
    if !context.output.is_json {
        let count = counted(preview.occurrences_total as usize, "occurrence");
        let walkthroughs = counted(preview.walkthroughs.len(), "walkthrough");
        context.output.note(&format!("{count} in {walkthroughs}. Nothing was written."));
    }
    Ok(if refused { Answer::No } else { Answer::Yes })
}

fn place_lines(place: &FoundPlace) -> Vec<String> {
    let at = where_in(place.step.as_ref().map(|step| step.number), place.part.word());
    let listed = place.occurrences.iter().map(|one| {
        let Occurrence { line, before, found, becomes, after, .. } = one;
        format!("  {at}:{line}: {before}[-{found}-]{{+{becomes}+}}{after}")
    });
    let more = place.occurrences_total as usize - place.occurrences.len();
    let more = (more > 0 && place.refusal.is_none()).then(|| format!("  {at}: … and {more} more"));
    let refusal = place.refusal.iter().map(|why| format!("  {at}: {why}"));
    listed.chain(more).chain(refusal).collect()
}

fn where_in(step: Option<u32>, part: &str) -> String {
    step.map_or_else(|| part.to_owned(), |number| format!("step {number}, {part}"))
}

async fn write(context: &Context, library: &Library, input: FindReplace, preview: ReplacePreview) -> Result<Answer> {
    let FindReplace { pattern, parts, .. } = input;
    let choice = |found: replace::FoundIn| ReplaceChoice { id: found.id, version: found.version, left_out: Vec::new() };
    let choices = preview.walkthroughs.into_iter().map(choice).collect();
    let done = replace::run(library, &RunReplace { pattern, parts, choices }, ORIGIN).await?;
    context.output.answer(&done, || lines(&done))?;
    if !context.output.is_json {
        for skipped in &done.skipped {
            let SkippedPlace { step, part, message } = &skipped.place;
            let at = where_in(step.as_ref().map(|step| step.number), part.word());
            context.output.note(&format!("Left as it is: {}, {at}: {message}", skipped.title));
        }
        match &done.change {
            Some(change) => context.output.note(&format!("Take it back with `waymark replace --undo {change}`.")),
            None => context.output.note("Nothing was replaced."),
        }
    }
    Ok(if done.skipped.is_empty() { Answer::Yes } else { Answer::No })
}

fn lines(done: &Replaced) -> String {
    let line = |one: &replace::ReplacedIn| {
        format!("{}  {}  {}", one.id, counted(one.replaced as usize, "replacement"), one.title)
    };
    done.walkthroughs.iter().map(line).collect::<Vec<_>>().join("\n")
}
