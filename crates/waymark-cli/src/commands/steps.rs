//! `waymark step add`, `edit`, `move` and `delete`. A step is named by its number or id.

use std::path::Path;

use serde::Serialize;
use waymark_core::{
    compose::{self, Source},
    content::Field,
    edit::Edit,
    error::{Error, Result},
    id::{StepId, WalkthroughId},
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
    step_id: &'a StepId,
    version: u32,
}

/// Runs one of the four.
pub async fn run(context: &Context, step: Step) -> Result<Answer> {
    match step {
        Step::Add(args) => add(context, args).await,
        Step::Edit(args) => edit(context, args).await,
        Step::Move { walkthrough, step, to } => {
            let to = to.checked_sub(1).ok_or_else(|| counts_from_one("--to"))?;
            change(context, &walkthrough, &step, |step| Edit::MoveStep { step, to }, "Moved").await
        }
        Step::Delete { walkthrough, step } => {
            change(context, &walkthrough, &step, |step| Edit::RemoveStep { step }, "Deleted").await
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
    report(context, &id, &step, &applied, "Added")
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
    if edits.is_empty() {
        return Err(Error::invalid("There is nothing to change.")
            .with_hint("Give `--title`, `--field` with `--from`, or `--next`."));
    }
    let applied = apply(context, &id, Edit::Batch { edits }).await?;
    report(context, &id, &step, &applied, "Changed")
}

async fn change(
    context: &Context,
    walkthrough: &str,
    step: &str,
    edit: impl FnOnce(StepId) -> Edit,
    verb: &str,
) -> Result<Answer> {
    let id = context.find(walkthrough).await?;
    let walkthrough = drafts::open(&context.app().await?.library, &id).await?.draft.walkthrough;
    let step = find_step(&walkthrough, step)?;
    let applied = apply(context, &id, edit(step.clone())).await?;
    report(context, &id, &step, &applied, verb)
}

async fn apply(context: &Context, walkthrough: &WalkthroughId, edit: Edit) -> Result<Applied> {
    let apply = ApplyEdit { walkthrough: walkthrough.clone(), edit, seen_version: None, origin: ORIGIN.to_owned() };
    edits::apply(&context.app().await?.library, apply).await
}

fn report(
    context: &Context,
    walkthrough_id: &WalkthroughId,
    step_id: &StepId,
    applied: &Applied,
    verb: &str,
) -> Result<Answer> {
    let value = Changed { walkthrough_id, step_id, version: applied.version };
    context.output.answer(&value, || format!("{verb} {step_id}"))?;
    Ok(Answer::Yes)
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
