//! `waymark edit`, `undo` and `redo`: what a walkthrough says of itself, and the way back.

use serde::Serialize;
use waymark_core::{
    certificate::{self, Certificate},
    edit::Edit,
    error::{Error, Result},
    id::WalkthroughId,
    walkthrough::Walkthrough,
};
use waymark_library::{
    drafts,
    edits::{self, Applied, ApplyEdit},
};

use crate::{
    Answer,
    args::drafts::{self as args, Named},
    context::{Context, ORIGIN},
    input,
};

#[derive(Serialize)]
struct Changed<'a> {
    id: &'a WalkthroughId,
    title: &'a str,
    version: u32,
    can_undo: bool,
    can_redo: bool,
}

/// Changes the details that were named, as one edit.
pub async fn edit(context: &Context, args: args::Edit) -> Result<Answer> {
    let library = &context.app().await?.library;
    let id = context.find(&args.walkthrough).await?;
    let opened = drafts::open(library, &id).await?;
    let edits = wishes(args, &opened.draft.walkthrough)?;
    if edits.is_empty() {
        return Err(Error::invalid("There is nothing to change.")
            .with_hint("Say what: `--title`, `--description`, `--type`, `--duration`, `--status`, `--tag`, `--metadata` or `--certificate`."));
    }
    let apply = ApplyEdit {
        walkthrough: id,
        edit: Edit::Batch { edits },
        seen_version: Some(opened.version),
        origin: ORIGIN.to_owned(),
    };
    report(context, &edits::apply(library, apply).await?, "Changed")
}

fn wishes(args: args::Edit, walkthrough: &Walkthrough) -> Result<Vec<Edit>> {
    let mut edits = Vec::new();
    edits.extend(args.title.map(|title| Edit::SetTitle { title }));
    edits.extend(args.description.map(|description| Edit::SetDescription {
        description: Some(description).filter(|description| !description.is_empty()),
    }));
    edits.extend(args.kind.map(|kind| Edit::SetType { kind }));
    if args.no_duration || args.duration.is_some() {
        edits.push(Edit::SetDuration { minutes: args.duration });
    }
    edits.extend(args.status.map(|status| Edit::SetStatus { status }));
    if args.no_tags || !args.tags.is_empty() {
        edits.push(Edit::SetTags { tags: args.tags });
    }
    if args.no_metadata || args.metadata.is_some() {
        let metadata = args.metadata.as_deref().map(input::read_json).transpose()?;
        edits.push(Edit::SetMetadata { metadata });
    }
    if args.no_certificate || args.certificate.is_some() {
        let settings = args.certificate.as_deref().map(input::read_json).transpose()?;
        let settings = settings.as_ref().map(Certificate::of_json).transpose()?;
        if let Some(problem) = settings.as_ref().and_then(|settings| certificate::problems(settings).into_iter().next())
        {
            return Err(Error::invalid(problem.message).with_field(problem.field).with_hint("Nothing was written."));
        }
        edits.push(certificate::set(walkthrough, settings.as_ref())?);
    }
    Ok(edits)
}

/// Takes the last change back.
pub async fn undo(context: &Context, args: Named) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let applied = edits::undo(&context.app().await?.library, &id, ORIGIN).await?;
    report(context, &applied, "Took back the last change of")
}

/// Does again what was taken back.
pub async fn redo(context: &Context, args: Named) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let applied = edits::redo(&context.app().await?.library, &id, ORIGIN).await?;
    report(context, &applied, "Did again what was taken back in")
}

fn report(context: &Context, applied: &Applied, verb: &str) -> Result<Answer> {
    let Applied { version, can_undo, can_redo, .. } = *applied;
    let Walkthrough { id, title, .. } = &applied.draft.walkthrough;
    let changed = Changed { id, title, version, can_undo, can_redo };
    context.output.answer(&changed, || format!("{verb} {title} ({id})"))?;
    Ok(Answer::Yes)
}
