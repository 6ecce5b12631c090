//! `waymark step add`, `edit`, `move`, `duplicate`, `delete` and `section`. A step is named by its number or id.

use std::path::Path;

use serde::Serialize;
use waymark_core::{
    compose::{self, Source},
    content::Field,
    edit::Edit,
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    section,
    walkthrough::Walkthrough,
};
use waymark_library::{
    drafts,
    edits::{self, Applied, ApplyEdit},
};

use crate::{
    Answer,
    args::drafts::{Step, StepAdd, StepEdit},
    context::{Context, ORIGIN},
    input,
    output::counted,
};

#[derive(Serialize)]
struct Changed<'a> {
    walkthrough_id: &'a WalkthroughId,
    /// The first of them.
    step_id: &'a StepId,
    step_ids: &'a [StepId],
    version: u32,
}

/// Runs one of the six.
pub async fn run(context: &Context, step: Step) -> Result<Answer> {
    match step {
        Step::Add(args) => add(context, args).await,
        Step::Edit(args) => edit(context, args).await,
        Step::Move { walkthrough, steps, to } => {
            let to = to.checked_sub(1).ok_or_else(|| counts_from_one("--to"))?;
            change(context, (&walkthrough, &steps), "Moved", |_, steps| {
                Ok(Edit::MoveSteps { steps: steps.to_vec(), to })
            })
            .await
        }
        Step::Delete { walkthrough, steps } => {
            change(context, (&walkthrough, &steps), "Deleted", |_, steps| {
                Ok(Edit::RemoveSteps { steps: steps.to_vec() })
            })
            .await
        }
        Step::Duplicate { walkthrough, steps } => duplicate(context, &walkthrough, &steps).await,
        Step::Section { walkthrough, steps, name, none: _ } => {
            change(context, (&walkthrough, &steps), "Changed", |walkthrough, steps| {
                section::set(walkthrough, steps, name.as_deref())
            })
            .await
        }
    }
}

async fn add(context: &Context, args: StepAdd) -> Result<Answer> {
    let at = args.at.map(|at| at.checked_sub(1).ok_or_else(|| counts_from_one("--at"))).transpose()?;
    let id = context.find(&args.walkthrough).await?;
    let env = &context.app().await?.env;
    let source = Source { random: env.random, now: (env.now)() };
    let (step, added) = compose::add_step(args.title, at.unwrap_or(u32::MAX), source);
    let mut edits = vec![added];
    edits.extend(set_field(&step, args.field, args.from.as_deref())?);
    let applied = apply(context, &id, Edit::Batch { edits }).await?;
    report(context, &id, &[step], &applied, "Added")
}

/// The edit that puts a file's text into a field, if that was asked for.
fn set_field(step: &StepId, field: Option<Field>, from: Option<&Path>) -> Result<Option<Edit>> {
    let (Some(field), Some(from)) = (field, from) else {
        return Ok(None);
    };
    let text = input::read_text(from)?;
    Ok(Some(Edit::SetField { step: step.clone(), field, text: Some(text) }))
}

async fn edit(context: &Context, args: StepEdit) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let walkthrough = drafts::open(&context.app().await?.library, &id).await?.draft.walkthrough;
    let step = find_step(&walkthrough, &args.step)?;
    let mut edits = Vec::new();
    if let Some(title) = args.title {
        edits.push(Edit::RenameStep { step: step.clone(), title });
    }
    edits.extend(set_field(&step, args.field, args.from.as_deref())?);
    if let Some(next) = args.next {
        let next = (next != "none").then(|| find_step(&walkthrough, &next)).transpose()?;
        edits.push(Edit::SetLink { step: step.clone(), next });
    }
    if args.no_metadata || args.metadata.is_some() {
        let metadata = args.metadata.as_deref().map(input::read_json).transpose()?;
        edits.push(Edit::SetStepMetadata { step: step.clone(), metadata });
    }
    if edits.is_empty() {
        return Err(Error::invalid("There is nothing to change.")
            .with_hint("Give `--title`, `--field` with `--from`, `--next` or `--metadata`."));
    }
    let applied = apply(context, &id, Edit::Batch { edits }).await?;
    report(context, &id, &[step], &applied, "Changed")
}

async fn duplicate(context: &Context, walkthrough: &str, steps: &[String]) -> Result<Answer> {
    let id = context.find(walkthrough).await?;
    let app = context.app().await?;
    let walkthrough = drafts::open(&app.library, &id).await?.draft.walkthrough;
    let steps = find_steps(&walkthrough, steps)?;
    let source = Source { random: app.env.random, now: (app.env.now)() };
    let (copies, edit) = compose::duplicate_steps(&walkthrough, &steps, source)?;
    let applied = apply(context, &id, edit).await?;
    report(context, &id, &copies, &applied, "Added")
}

async fn change(
    context: &Context,
    (walkthrough, steps): (&str, &[String]),
    verb: &str,
    edit: impl FnOnce(&Walkthrough, &[StepId]) -> Result<Edit>,
) -> Result<Answer> {
    let id = context.find(walkthrough).await?;
    let walkthrough = drafts::open(&context.app().await?.library, &id).await?.draft.walkthrough;
    let steps = find_steps(&walkthrough, steps)?;
    let applied = apply(context, &id, edit(&walkthrough, &steps)?).await?;
    report(context, &id, &steps, &applied, verb)
}

async fn apply(context: &Context, walkthrough: &WalkthroughId, edit: Edit) -> Result<Applied> {
    let apply = ApplyEdit { walkthrough: walkthrough.clone(), edit, seen_version: None, origin: ORIGIN.to_owned() };
    edits::apply(&context.app().await?.library, apply).await
}

fn report(
    context: &Context,
    walkthrough_id: &WalkthroughId,
    step_ids: &[StepId],
    applied: &Applied,
    verb: &str,
) -> Result<Answer> {
    let step_id = step_ids.first().ok_or_else(|| Error::bug("A command changed no step."))?;
    let value = Changed { walkthrough_id, step_id, step_ids, version: applied.version };
    let names: Vec<&str> = step_ids.iter().map(StepId::as_str).collect();
    context.output.answer(&value, || format!("{verb} {}", names.join(", ")))?;
    Ok(Answer::Yes)
}

fn find_steps(walkthrough: &Walkthrough, numbers_or_ids: &[String]) -> Result<Vec<StepId>> {
    numbers_or_ids.iter().map(|step| find_step(walkthrough, step)).collect()
}

/// A step by number (from 1) or id.
pub fn find_step(walkthrough: &Walkthrough, number_or_id: &str) -> Result<StepId> {
    let by_number = number_or_id.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let step = match by_number {
        Some(index) => walkthrough.steps.get(index),
        None => walkthrough.steps.iter().find(|step| step.id.as_str() == number_or_id),
    };
    step.map(|step| step.id.clone()).ok_or_else(|| {
        Error::not_found(format!("`{}` has no step `{number_or_id}`.", walkthrough.title)).with_hint(format!(
            "It has {}. Name one by number (from 1) or id.",
            counted(walkthrough.steps.len(), "step")
        ))
    })
}

fn counts_from_one(option: &str) -> Error {
    Error::invalid(format!("`{option} 0` is no place: steps count from 1.")).with_field(option.trim_start_matches('-'))
}
