//! `waymark render`: exactly the bytes that an agent would receive for a step, those before it being completed.

use serde::Serialize;
use waymark_core::{
    error::{Code, Error, Result},
    learner::path::in_learner_order,
    progress::Progress,
    render::{self, Template},
    tokens::{self, Encoding},
};
use waymark_library::{drafts, lint::words};

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
    let own = args.template.as_deref().map(|path| Template::parse(&input::read_text(path)?)).transpose()?;
    let template = own.as_ref().unwrap_or_else(|| Template::built_in(args.profile.into()));
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
