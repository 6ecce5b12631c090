//! `waymark new`, `list`, `show`, `delete`, `restore` and `duplicate`.

use serde::Serialize;
use waymark_core::{
    certificate,
    content::Field,
    error::Result,
    id::{StepId, WalkthroughId},
    preview::{self, WrittenTokens},
    quiz,
    walkthrough::{Millis, Walkthrough, WalkthroughStatus, WalkthroughType},
};
use waymark_library::{
    drafts::{self, DraftSummary, ListDrafts, NewDraft, OpenDraft},
    lint::words,
    templates::{self, FromTemplate},
};

use crate::{
    Answer,
    args::drafts::{List, Named, New, Show},
    commands::search,
    context::{Context, ORIGIN},
    output::table,
};

#[derive(Serialize)]
struct Listing {
    walkthroughs: Vec<DraftSummary>,
}

#[derive(Serialize)]
struct Done<'a> {
    id: &'a WalkthroughId,
    title: &'a str,
}

/// A walkthrough as scripts read it: stored JSON as JSON, steps with their position.
#[derive(Serialize)]
struct Shown<'a> {
    id: &'a WalkthroughId,
    title: &'a str,
    description: Option<&'a str>,
    #[serde(rename = "type")]
    kind: WalkthroughType,
    status: WalkthroughStatus,
    created_at: Option<Millis>,
    updated_at: Option<Millis>,
    estimated_duration_minutes: Option<i32>,
    tags: &'a [String],
    metadata: Option<Box<serde_json::value::RawValue>>,
    certificate: Option<Box<serde_json::value::RawValue>>,
    version: u32,
    trashed_at: Option<Millis>,
    assignments: &'a [waymark_core::walkthrough::Assignment],
    steps: Vec<ShownStep<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens: Option<&'a WrittenTokens>,
}

#[derive(Serialize)]
struct ShownStep<'a> {
    id: &'a StepId,
    title: &'a str,
    position: usize,
    display_order: i32,
    next_step_id: Option<&'a StepId>,
    content_fields: Box<serde_json::value::RawValue>,
    metadata: Option<Box<serde_json::value::RawValue>>,
    quiz: Option<Box<serde_json::value::RawValue>>,
}

/// Makes a walkthrough.
pub async fn new(context: &Context, args: New) -> Result<Answer> {
    let library = &context.app().await?.library;
    let made = match args.template {
        Some(template) => templates::create(library, FromTemplate { template, title: args.title }, ORIGIN).await?,
        None => {
            let new = NewDraft { title: args.title, kind: args.kind.unwrap_or_default() };
            drafts::create(library, new, ORIGIN).await?
        }
    };
    done(context, &made, "Made")
}

/// Lists walkthroughs.
pub async fn list(context: &Context, args: List) -> Result<Answer> {
    if let Some(text) = &args.search {
        return search::list(context, &args, text).await;
    }
    let which = ListDrafts { kind: args.kind, status: args.status, in_trash: args.trash };
    let listing = Listing { walkthroughs: drafts::list(&context.app().await?.library, &which).await? };
    context.output.answer(&listing, || columns(&listing.walkthroughs))?;
    if listing.walkthroughs.is_empty() && !context.output.is_json {
        context.output.note("No walkthroughs. Make one with `waymark new`, or bring one in with `waymark import`.");
    }
    Ok(Answer::Yes)
}

fn columns(drafts: &[DraftSummary]) -> String {
    if drafts.is_empty() {
        return String::new();
    }
    let row = |draft: &DraftSummary| {
        vec![
            draft.id.to_string(),
            draft.kind.to_string(),
            draft.status.to_string(),
            draft.steps.to_string(),
            draft.problems.to_string(),
            draft.title.clone(),
        ]
    };
    table(&["id", "type", "status", "steps", "problems", "title"], &drafts.iter().map(row).collect::<Vec<_>>())
}

/// Shows a walkthrough.
pub async fn show(context: &Context, args: Show) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let library = &context.app().await?.library;
    let open = drafts::open(library, &id).await?;
    let walkthrough = &open.draft.walkthrough;
    let tokens = match args.tokens {
        true => Some(preview::written(words::settings(library).await?.tokenizer, walkthrough)),
        false => None,
    };
    context.output.answer(&shown(&open, tokens.as_ref()), || outline(walkthrough, tokens.as_ref()))?;
    Ok(Answer::Yes)
}

fn shown<'a>(open: &'a OpenDraft, tokens: Option<&'a WrittenTokens>) -> Shown<'a> {
    let walkthrough = &open.draft.walkthrough;
    let steps = walkthrough.steps.iter().enumerate().map(|(index, step)| ShownStep {
        id: &step.id,
        title: &step.title,
        position: index + 1,
        display_order: step.display_order,
        next_step_id: step.next_step_id.as_ref(),
        content_fields: step.content_fields.to_json().to_raw(),
        metadata: step.metadata.as_ref().map(|json| json.to_raw()),
        quiz: quiz::stored(step.metadata.as_ref()).map(|json| json.to_raw()),
    });
    Shown {
        id: &walkthrough.id,
        title: &walkthrough.title,
        description: walkthrough.description.as_deref(),
        kind: walkthrough.kind,
        status: walkthrough.status,
        created_at: walkthrough.created_at,
        updated_at: walkthrough.updated_at,
        estimated_duration_minutes: walkthrough.estimated_duration_minutes,
        tags: &walkthrough.tags,
        metadata: walkthrough.metadata.as_ref().map(|json| json.to_raw()),
        certificate: certificate::stored(walkthrough.metadata.as_ref()).map(|json| json.to_raw()),
        version: open.version,
        trashed_at: open.draft.trashed_at,
        assignments: &walkthrough.assignments,
        steps: steps.collect(),
        tokens,
    }
}

fn outline(walkthrough: &Walkthrough, tokens: Option<&WrittenTokens>) -> String {
    let mut lines = vec![
        walkthrough.title.clone(),
        format!(
            "{} · {} · {} · {} steps",
            walkthrough.id,
            walkthrough.kind,
            walkthrough.status,
            walkthrough.steps.len()
        ),
    ];
    lines.extend(walkthrough.description.clone());
    lines.push(String::new());
    for (index, step) in walkthrough.steps.iter().enumerate() {
        let mut has: Vec<&str> =
            Field::ALL.into_iter().filter(|field| step.content_fields.has_text(*field)).map(Field::label).collect();
        if quiz::stored(step.metadata.as_ref()).is_some() {
            has.push("quiz");
        }
        let counted = tokens.and_then(|tokens| tokens.steps.get(index));
        let counted = counted.map_or(String::new(), |step| format!("; {} tokens", step.total));
        lines.push(format!("{:>3}  {}  ({}; {}{counted})", index + 1, step.title, step.id, has.join(", ")));
    }
    if let Some(WrittenTokens { tokenizer, total, .. }) = tokens {
        lines.extend([String::new(), format!("{total} tokens ({}) are written in it.", tokenizer.name())]);
    }
    lines.join("\n")
}

/// Moves a walkthrough to the trash.
pub async fn delete(context: &Context, walkthrough: &str) -> Result<Answer> {
    let id = context.find(walkthrough).await?;
    let library = &context.app().await?.library;
    drafts::trash(library, std::slice::from_ref(&id), ORIGIN).await?;
    done(context, &drafts::open(library, &id).await?, "Moved to the trash:")
}

/// Takes a walkthrough out of the trash.
pub async fn restore(context: &Context, args: Named) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let library = &context.app().await?.library;
    drafts::restore(library, std::slice::from_ref(&id), ORIGIN).await?;
    done(context, &drafts::open(library, &id).await?, "Taken out of the trash:")
}

/// Copies a walkthrough.
pub async fn duplicate(context: &Context, args: Named) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let copy = drafts::duplicate(&context.app().await?.library, &id, ORIGIN).await?;
    done(context, &copy, "Made")
}

fn done(context: &Context, open: &OpenDraft, verb: &str) -> Result<Answer> {
    let walkthrough = &open.draft.walkthrough;
    let value = Done { id: &walkthrough.id, title: &walkthrough.title };
    context.output.answer(&value, || format!("{verb} {} ({})", walkthrough.title, walkthrough.id))?;
    Ok(Answer::Yes)
}
