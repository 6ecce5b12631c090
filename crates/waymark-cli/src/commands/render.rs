//! `waymark render`: exactly the bytes that an agent would receive for a step, those before it being completed.

use serde::Serialize;
use waymark_core::{
    error::{Code, Error, Result},
    learner::path::in_learner_order,
    progress::Progress,
    render,
    tokens::{self, Encoding},
    wording::chosen::Wordings,
};
use waymark_library::{connections, drafts, lint::words, wordings};

use crate::{Answer, args::drafts::Render, context::Context, input};

#[derive(Serialize)]
struct Rendered {
    text: String,
    tokens: u32,
    /// What counted them.
    tokenizer: Encoding,
}

/// Renders one step.
pub async fn run(context: &Context, args: Render) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let draft = drafts::open(&context.app().await?.library, &id).await?.draft.walkthrough;
    let walkthrough = in_learner_order(&draft);
    let total = walkthrough.steps.len();
    let index = (args.step as usize).checked_sub(1).filter(|index| *index < total).ok_or_else(|| {
        let steps = match total {
            0 => "It has no steps yet.".to_owned(),
            _ => format!("Its steps are numbered 1 to {total}."),
        };
        Error::new(Code::NotFound, format!("`{}` has no step {}.", walkthrough.title, args.step)).with_hint(steps)
    })?;
    let wordings = wordings_of(context, &args).await?;
    let template = wordings.template(walkthrough.kind, args.profile.into());
    let text = render::render_text(template, &walkthrough, index, Progress::before(index, total))?;
    if context.output.is_json {
        let tokenizer = words::settings(&context.app().await?.library).await?.tokenizer;
        let tokens = tokens::count(tokenizer, &text);
        context.output.answer(&Rendered { text, tokens, tokenizer }, String::new)?;
    } else {
        context.output.bytes(text.as_bytes())?;
    }
    Ok(Answer::Yes)
}

/// The wordings that were asked for, else those that hold for the drafts.
async fn wordings_of(context: &Context, args: &Render) -> Result<Wordings> {
    let library = &context.app().await?.library;
    if let Some(path) = &args.template {
        return Ok(Wordings::own(&input::read_text(path)?, None, library.carry()));
    }
    if let Some(name) = &args.wording {
        let found = wordings::find(library, name).await?;
        return Ok(match found.is_built_in {
            true => Wordings::built_in(&found.name),
            false => Wordings::own(&found.text, Some(&found.name), library.carry()),
        });
    }
    let connection = match &args.connection {
        Some(name) => Some(connections::find(library, name).await?.id),
        None => None,
    };
    wordings::at(library, connection.as_ref()).await
}
