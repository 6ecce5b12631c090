//! `waymark wording`: the templates that turn a step into the text an agent receives.

use serde::Serialize;
use waymark_core::{
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    learner::path::in_learner_order,
    wording::{ListedWording, Wording, check::Problem, chosen::Choice, look::Look},
};
use waymark_library::{
    connections, drafts,
    wordings::{self, ChooseWording, LookAtWording, SaveWording},
};

use crate::{
    Answer,
    args::{
        self,
        wordings::{WordingAdd, WordingCheck, WordingUse},
    },
    context::{Context, ORIGIN},
    input,
    output::table,
};

#[derive(Serialize)]
struct Listed {
    wordings: Vec<ListedWording>,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
struct Choices {
    choices: Vec<Choice>,
}

/// Runs one of them.
pub async fn run(context: &Context, command: args::wordings::Wording) -> Result<Answer> {
    match command {
        args::wordings::Wording::List => list(context).await,
        args::wordings::Wording::Show { name } => show(context, &name).await,
        args::wordings::Wording::Add(args) => add(context, args).await,
        args::wordings::Wording::Remove { name } => remove(context, &name).await,
        args::wordings::Wording::Check(args) => check(context, args).await,
        args::wordings::Wording::Use(args) => choose(context, args).await,
    }
}

async fn list(context: &Context) -> Result<Answer> {
    let library = &context.app().await?.library;
    let value = Listed { wordings: wordings::list(library).await?, choices: wordings::choices(library).await? };
    let names = connections::list(library).await?;
    let name = |choice: &Choice| {
        let id = choice.connection.as_ref()?;
        names.iter().find(|one| one.id == *id).map(|one| one.name.clone()).or_else(|| Some(id.to_string()))
    };
    let row = |wording: &ListedWording| {
        let uses = value.choices.iter().filter(|choice| choice.wording == wording.name);
        let uses: Vec<String> = uses.map(|choice| place(name(choice).as_deref(), choice)).collect();
        let kind = if wording.is_built_in { "built in" } else { "own" };
        vec![wording.name.clone(), kind.to_owned(), wording.about.clone(), uses.join("; ")]
    };
    context.output.answer(&value, || {
        table(&["name", "kind", "about", "used for"], &value.wordings.iter().map(row).collect::<Vec<_>>())
    })?;
    Ok(Answer::Yes)
}

/// What a choice is for, in words.
fn place(connection: Option<&str>, choice: &Choice) -> String {
    match (connection, choice.kind) {
        (None, None) => "the drafts".to_owned(),
        (None, Some(kind)) => format!("type {kind}"),
        (Some(connection), None) => connection.to_owned(),
        (Some(connection), Some(kind)) => format!("{connection}, type {kind}"),
    }
}

async fn show(context: &Context, name: &str) -> Result<Answer> {
    let found = wordings::find(&context.app().await?.library, name).await?;
    match context.output.is_json {
        true => context.output.document(&found)?,
        false => context.output.bytes(found.text.as_bytes())?,
    }
    Ok(Answer::Yes)
}

async fn add(context: &Context, args: WordingAdd) -> Result<Answer> {
    let text = input::read_text(&args.from)?;
    let library = &context.app().await?.library;
    let known = wordings::list(library).await?.into_iter().find(|one| !one.is_built_in && one.name == args.name);
    let known = known.filter(|_| args.update);
    let about = args.about.or_else(|| known.as_ref().map(|known| known.about.clone())).unwrap_or_default();
    let was = known.map(|known| known.name);
    let save = SaveWording { wording: Wording { name: args.name, about, text }, was };
    let saved = wordings::save(library, save, ORIGIN).await?;
    context.output.answer(&saved, || format!("Saved {}", saved.name))?;
    Ok(Answer::Yes)
}

async fn remove(context: &Context, name: &str) -> Result<Answer> {
    let removed = wordings::remove(&context.app().await?.library, name, ORIGIN).await?;
    context.output.answer(&removed, || format!("Removed {}", removed.wording.name))?;
    Ok(Answer::Yes)
}

async fn check(context: &Context, args: WordingCheck) -> Result<Answer> {
    let library = &context.app().await?.library;
    let text = match (&args.from, &args.name) {
        (Some(path), _) => input::read_text(path)?,
        (None, name) => wordings::find(library, name.as_deref().unwrap_or_default()).await?.text,
    };
    let (walkthrough, step) = match &args.walkthrough {
        None => (None, None),
        Some(walkthrough) => {
            let id = context.find(walkthrough).await?;
            let step = step(context, &id, args.step.unwrap_or(1)).await?;
            (Some(id), Some(step))
        }
    };
    let look = wordings::look_at(library, LookAtWording { text, walkthrough, step }).await?;
    context.output.answer(&look, || describe(&look))?;
    Ok(if look.is_usable() { Answer::Yes } else { Answer::No })
}

async fn step(context: &Context, id: &WalkthroughId, number: u32) -> Result<StepId> {
    let draft = drafts::open(&context.app().await?.library, id).await?.draft.walkthrough;
    let ordered = in_learner_order(&draft);
    let found = (number as usize).checked_sub(1).and_then(|index| ordered.steps.get(index));
    found.map(|step| step.id.clone()).ok_or_else(|| {
        Error::not_found(format!("`{}` has no step {number}.", draft.title))
            .with_hint(format!("It has {} steps.", draft.steps.len()))
    })
}

fn describe(look: &Look) -> String {
    let mut lines: Vec<String> = look.problems.iter().map(line).collect();
    if let Some(tokens) = &look.tokens {
        lines.push(format!(
            "{} tokens ({}), of which the wording costs {}; the default costs {}.",
            tokens.total,
            tokens.encoding.name(),
            tokens.template,
            look.default_tokens.template
        ));
    }
    lines.join("\n")
}

fn line(problem: &Problem) -> String {
    let Problem { severity, line, column, message, hint, .. } = problem;
    format!("{line}:{column} {}: {message} {hint}", severity.name())
}

async fn choose(context: &Context, args: WordingUse) -> Result<Answer> {
    let library = &context.app().await?.library;
    let connection = match &args.connection {
        Some(name) => Some(connections::find(library, name).await?),
        None => None,
    };
    let choice = ChooseWording {
        connection: connection.as_ref().map(|connection| connection.id.clone()),
        kind: args.kind,
        wording: args.name,
    };
    let wording = choice.wording.clone();
    let where_to = place(
        connection.as_ref().map(|connection| connection.name.as_str()),
        &Choice { connection: None, kind: choice.kind, wording: String::new() },
    );
    let choices = wordings::choose(library, choice, ORIGIN).await?;
    context.output.answer(&Choices { choices }, || match &wording {
        Some(wording) => format!("{wording} is used for {where_to}"),
        None => format!("Nothing is chosen for {where_to} any more"),
    })?;
    Ok(Answer::Yes)
}
