//! `waymark quiz`: shows, sets, takes away or scores the quiz of a step.

use std::path::Path;

use serde::Serialize;
use waymark_core::{
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    json::FreeJson,
    quiz::{
        self, Quiz,
        check::problems,
        score::{Answers, score},
    },
    walkthrough::Walkthrough,
};
use waymark_library::{drafts, quiz::SaveQuiz};

use crate::{
    Answer,
    args::flow,
    commands::steps::find_step,
    context::{Context, ORIGIN},
    input,
    output::counted,
};

#[derive(Serialize)]
struct Shown<'a> {
    walkthrough_id: &'a WalkthroughId,
    step_id: &'a StepId,
    quiz: Option<Box<serde_json::value::RawValue>>,
}

/// Shows, sets, takes away or scores a quiz.
pub async fn run(context: &Context, args: flow::Quiz) -> Result<Answer> {
    let library = &context.app().await?.library;
    let id = context.find(&args.walkthrough).await?;
    let walkthrough = drafts::open(library, &id).await?.draft.walkthrough;
    let step = find_step(&walkthrough, &args.step)?;
    if let Some(answers) = &args.answers {
        return score_answers(context, &walkthrough, &step, answers);
    }
    let verb = if args.remove { "Taken away" } else { "Set" };
    if args.remove || args.from.is_some() {
        let quiz = args.from.as_deref().map(read_quiz).transpose()?;
        let save = SaveQuiz { walkthrough: id.clone(), step: step.clone(), quiz, seen_version: None };
        waymark_library::quiz::save(library, save, ORIGIN).await?;
    }
    let saved = drafts::open(library, &id).await?.draft.walkthrough;
    let stored = saved.step(&step).and_then(|step| quiz::stored(step.metadata.as_ref()));
    let value = Shown { walkthrough_id: &id, step_id: &step, quiz: stored.as_ref().map(|json| json.to_raw()) };
    let text = || match (&stored, args.remove || args.from.is_some()) {
        (_, true) => format!("{verb}: the quiz of {step}"),
        (Some(json), false) => pretty(json),
        (None, false) => String::new(),
    };
    context.output.answer(&value, text)?;
    if stored.is_none() && !args.remove {
        context.output.note("The step has no quiz.");
    }
    Ok(Answer::Yes)
}

/// A quiz from a file. A script hands in whole quizzes, so that one with faults is refused and nothing is written.
fn read_quiz(path: &Path) -> Result<Quiz> {
    let quiz = Quiz::of_json(&FreeJson::parse(&input::read_text(path)?)?)?;
    let faults = problems(&quiz);
    let Some(first) = faults.first() else {
        return Ok(quiz);
    };
    let others = match faults.len() {
        1 => String::new(),
        count => format!(" ({} in all)", counted(count, "fault")),
    };
    let message = format!("`{}`: {}{others}", first.place, first.message);
    Err(Error::invalid(message)
        .with_field(first.place.clone())
        .with_hint(format!("{} Nothing was written.", first.hint)))
}

fn score_answers(context: &Context, walkthrough: &Walkthrough, step: &StepId, path: &Path) -> Result<Answer> {
    let found = walkthrough.step(step).and_then(|step| quiz::of_metadata(step.metadata.as_ref()));
    let quiz = found.ok_or_else(|| {
        Error::not_found(format!("The step {step} has no quiz.")).with_hint("Set one with `--from FILE`.")
    })??;
    let answers: Answers = FreeJson::parse(&input::read_text(path)?)?.read().map_err(|error| {
        error.with_hint(
            "Give an object of answers by question: a text or an option's id, a list of ids, or true or false.",
        )
    })?;
    let attempt = score(&quiz, &answers);
    context.output.answer(&attempt, || {
        let verdict = if attempt.passed { "passed" } else { "not passed" };
        format!("{} of {}: {verdict} (pass mark {} %)", attempt.score, attempt.max_score, quiz.pass_mark())
    })?;
    Ok(if attempt.passed { Answer::Yes } else { Answer::No })
}

fn pretty(json: &FreeJson) -> String {
    let value: serde_json::Value = json.read().unwrap_or_default();
    serde_json::to_string_pretty(&value).unwrap_or_else(|_| json.as_str().to_owned())
}
