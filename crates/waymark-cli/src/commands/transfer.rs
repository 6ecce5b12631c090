//! `waymark import` and `export`: walkthroughs from files, and to them.

use std::{
    io::{self, IsTerminal},
    path::PathBuf,
};

use serde::Serialize;
use waymark_app::{
    bundle,
    export::{self, ExportDraft, ExportedDraft, OnExisting},
    import::{self, Clash, Found, FoundReview, ImportItem, OnClash, RunImport, Source},
};
use waymark_core::{
    error::{Code, Error, Result},
    format::json::Warning,
    id::WalkthroughId,
};
use waymark_library::{attachments, drafts, review::Merged};

use crate::{
    Answer,
    args::drafts::{Export, ExportFormat, Import},
    context::Context,
    input,
    output::counted,
};

/// What `import --dry-run` says of the one walkthrough in the file.
#[derive(Serialize)]
struct Foreseen<'a> {
    /// The draft that is there already, if one is.
    id: Option<&'a WalkthroughId>,
    title: &'a str,
    steps: u32,
    warnings: &'a [Warning],
    /// Files that come along from the folder beside it.
    attachments: u32,
    clash: Option<&'a Clash>,
    /// The review that comes along, from a bundle.
    review: Option<&'a FoundReview>,
}

#[derive(Serialize)]
struct Preview<'a> {
    walkthroughs: Vec<Foreseen<'a>>,
    failed: &'a [Unreadable<'a>],
}

/// A file that cannot be imported, and why.
#[derive(Serialize)]
struct Unreadable<'a> {
    file: &'a str,
    error: &'a Error,
}

impl<'a> Unreadable<'a> {
    fn of(item: &'a ImportItem) -> Option<Self> {
        item.error.as_ref().map(|error| Self { file: &item.file, error })
    }
}

#[derive(Serialize)]
struct Exported {
    id: WalkthroughId,
    #[serde(flatten)]
    exported: ExportedDraft,
}

/// Imports files, or shows what that would do. One that cannot be imported keeps none of the others out.
pub async fn import(context: &Context, args: Import) -> Result<Answer> {
    let source = match args.paths.as_slice() {
        [only] if input::is_dash(only) => Source::Text(input::read_text(only)?),
        paths if paths.iter().any(|path| input::is_dash(path)) => {
            return Err(Error::invalid("Standard input cannot be imported together with files.")
                .with_hint("Import `-` by itself."));
        }
        _ => Source::Paths(args.paths),
    };
    if args.dry_run {
        return preview(context, source).await;
    }
    let on_clash = match (args.update, args.as_copy) {
        (true, _) => Some(OnClash::Update),
        (_, true) => Some(OnClash::Copy),
        _ => None,
    };
    let run = RunImport { source, on_clash };
    let imported = import::run(context.app().await?, run, context.cancel(), &|_| ()).await?;
    context.output.answer(&imported, || {
        let line = |one: &import::ImportedOne| {
            let what = match one.outcome {
                import::Outcome::Created => "Imported",
                import::Outcome::Updated => "Updated",
                import::Outcome::Copied => "Imported a copy:",
                import::Outcome::Skipped => "Skipped",
                import::Outcome::Reviewed => "Took in the review of",
            };
            let review = one.review.as_ref().map(review_words).unwrap_or_default();
            format!("{what} {} ({}), {}{review}", one.title, one.id, counted(one.steps as usize, "step"))
        };
        imported.walkthroughs.iter().map(line).collect::<Vec<_>>().join("\n")
    })?;
    for one in &imported.walkthroughs {
        warn(context, &one.warnings);
    }
    imported.failed.iter().for_each(|failed| context.output.error_beside(&failed.error));
    if imported.left > 0 {
        let left = counted(imported.left as usize, "file");
        let words = format!("Stopped. What is in stays; not imported: {left}.");
        context.output.error_beside(&Error::new(Code::Cancelled, words));
    }
    // What a bundle's text says otherwise is an open question.
    let is_open = imported.walkthroughs.iter().any(|one| one.is_other_text_left);
    let is_done = imported.failed.is_empty() && imported.left == 0 && !is_open;
    Ok(if is_done { Answer::Yes } else { Answer::No })
}

fn review_words(merged: &Merged) -> String {
    let comments = counted(merged.comments as usize, "comment");
    format!("; {comments} and {} are new", counted(merged.decisions as usize, "decision"))
}

async fn preview(context: &Context, source: Source) -> Result<Answer> {
    let mut preview = import::preview(context.app().await?, source).await?;
    if let [only] = preview.items.as_mut_slice()
        && let Some(error) = only.error.take()
    {
        return Err(error);
    }
    let failed: Vec<Unreadable<'_>> = preview.items.iter().filter_map(Unreadable::of).collect();
    let found: Vec<&Found> = preview.items.iter().filter_map(|item| item.found.as_ref()).collect();
    let walkthroughs: Vec<Foreseen<'_>> = found
        .iter()
        .map(|found| Foreseen {
            id: found.clash.as_ref().map(|clash| &clash.with),
            title: &found.title,
            steps: found.steps,
            warnings: &found.warnings,
            attachments: found.attachments,
            clash: found.clash.as_ref(),
            review: found.review.as_ref(),
        })
        .collect();
    context.output.answer(&Preview { walkthroughs, failed: &failed }, || {
        found.iter().map(|found| words(found)).collect::<Vec<_>>().join("\n")
    })?;
    for found in &found {
        warn(context, &found.warnings);
    }
    failed.iter().for_each(|failed| context.output.error_beside(failed.error));
    Ok(if failed.is_empty() { Answer::Yes } else { Answer::No })
}

fn words(found: &Found) -> String {
    let beside = match found.attachments {
        0 => String::new(),
        files => format!(", {} beside it", counted(files as usize, "file")),
    };
    let what = format!("{} ({}, {}{beside})", found.title, found.kind, counted(found.steps as usize, "step"));
    match &found.clash {
        None => format!("Would import {what}."),
        Some(clash) if found.review.is_some() && clash.is_same_id => {
            let news = found.review.as_ref().map(|review| review_words(&review.news)).unwrap_or_default();
            let text = match clash.changes {
                0 => "with the same text".to_owned(),
                changes => format!("with another text: `--update` would change {changes} places"),
            };
            format!("{what} is already there as {}, {text}{news}.", clash.with)
        }
        Some(clash) => format!(
            "{what} is already there as {}: `--update` would change {} places, `--as-copy` would add one beside it.",
            clash.with, clash.changes
        ),
    }
}

fn warn(context: &Context, warnings: &[Warning]) {
    for warning in warnings {
        context.output.note(&format!("warning: {}: {}", warning.path, warning.message));
    }
}

/// Writes a walkthrough to a file or to standard output.
pub async fn export(context: &Context, args: Export) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let app = context.app().await?;
    if args.format == ExportFormat::Bundle {
        return export_bundle(context, &id, args.output, args.force).await;
    }
    let Some(path) = args.output.filter(|path| !input::is_dash(path)) else {
        context.output.bytes(export::text(app, &id).await?.as_bytes())?;
        let left = attachments::meant(&app.library, &drafts::open(&app.library, &id).await?.draft.walkthrough).await?;
        if !left.is_empty() {
            let files = counted(left.len(), "file");
            context
                .output
                .note(&format!("note: {files} beside the walkthrough came not along; `--output` takes them."));
        }
        return Ok(Answer::Yes);
    };
    let on_existing = if args.force { OnExisting::Replace } else { OnExisting::Refuse };
    let exported = export::run(app, ExportDraft { id: id.clone(), path, on_existing }).await.map_err(name_the_flag)?;
    let answer = Exported { id, exported };
    context.output.answer(&answer, || {
        let ExportedDraft { path, files, attachments } = &answer.exported;
        let beside = files
            .as_ref()
            .map(|folder| format!("\nWrote {} into {}", counted(*attachments as usize, "file"), folder.display()));
        format!("Wrote {}{}", path.display(), beside.unwrap_or_default())
    })?;
    Ok(Answer::Yes)
}

/// Writes a bundle; to standard output only where that is no terminal, which could do nothing with it.
async fn export_bundle(context: &Context, id: &WalkthroughId, output: Option<PathBuf>, force: bool) -> Result<Answer> {
    let app = context.app().await?;
    let Some(path) = output.filter(|path| !input::is_dash(path)) else {
        if io::stdout().is_terminal() {
            return Err(Error::invalid("A bundle is no text for a terminal.")
                .with_field("output")
                .with_hint("Name a file: `-o FILE.waymark`."));
        }
        context.output.bytes(&bundle::bytes(app, id).await?.0)?;
        return Ok(Answer::Yes);
    };
    let on_existing = if force { OnExisting::Replace } else { OnExisting::Refuse };
    let export = ExportDraft { id: id.clone(), path, on_existing };
    let exported = bundle::run(app, export).await.map_err(name_the_flag)?;
    let answer = Exported { id: id.clone(), exported };
    context.output.answer(&answer, || {
        let files = counted(answer.exported.attachments as usize, "file");
        format!("Wrote {} with {files}", answer.exported.path.display())
    })?;
    Ok(Answer::Yes)
}

/// A refusal to replace a file, with the flag that does it.
pub fn name_the_flag(error: Error) -> Error {
    match error.code {
        Code::Refused => error.with_hint("Choose another name, or replace it with `--force`."),
        _ => error,
    }
}
