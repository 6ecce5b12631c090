//! `waymark agent-run`: a model goes through a walkthrough with the real tools, and is checked.

use serde::Serialize;
use waymark_app::agent_run::{BeginRun, RunEvent, Session};
use waymark_core::{
    agent_run::{
        beside::TurnRange,
        checks::{CheckResult, Outcome},
        run::{Ending, Limits, RunSummary},
        script::{Script, Speaker},
        transcript::{Event, Turn},
    },
    error::{Code, Error, Result},
    id::{AgentRunId, WalkthroughId},
};
use waymark_library::agent_run::{self as kept, KeptRun, providers};

use crate::{
    Answer,
    args::agents::{AgentRun, Kept},
    commands::providers::key,
    context::{Context, ORIGIN},
    input,
    output::{counted, table},
};

#[derive(Serialize)]
struct Runs {
    runs: Vec<RunSummary>,
}

#[derive(Serialize)]
struct Removed {
    id: AgentRunId,
}

/// Makes a run, or does something with those that are kept.
pub async fn run(context: &Context, args: AgentRun) -> Result<Answer> {
    let walkthrough = context.find(&args.walkthrough).await?;
    let library = &context.app().await?.library;
    match &args.kept {
        Kept { list: true, .. } => list(context, &walkthrough).await,
        Kept { show: Some(id), .. } => {
            let run = kept::read(library, &id.as_str().into()).await?;
            context.output.answer(&run, || describe(&run))?;
            Ok(verdict(args.checks, &run.summary))
        }
        Kept { compare: Some(ids), .. } => compare(context, &ids[0], &ids[1]).await,
        Kept { delete: Some(id), .. } => {
            let id = AgentRunId::from(id.as_str());
            kept::remove(library, &id, ORIGIN).await?;
            context.output.answer(&Removed { id: id.clone() }, || format!("Removed {id}"))?;
            Ok(Answer::Yes)
        }
        _ => begin(context, args, walkthrough).await,
    }
}

async fn begin(context: &Context, args: AgentRun, walkthrough: WalkthroughId) -> Result<Answer> {
    let app = context.app().await?;
    let provider = providers::find(&app.library, args.provider.as_deref().unwrap_or_default()).await?;
    if args.key.key_stdin && args.script.as_deref().is_some_and(input::is_dash) {
        return Err(Error::invalid("Standard input cannot be both the key and the script.")
            .with_field("script")
            .with_hint("Put the script into a file."));
    }
    let script = args.script.as_deref().map(input::read_text).transpose()?;
    let script = Script::parse(script.as_deref().unwrap_or_default())?;
    let key = key(&provider, &args.key)?;
    let begin = BeginRun {
        walkthrough,
        provider: provider.id,
        model: args.model.clone().unwrap_or_default(),
        profile: args.profile.into(),
        speaker: Speaker::Script,
        limits: Limits { replies: args.max_turns, tokens: args.max_tokens },
    };
    let mut session = Session::begin(app, begin, key).await?;
    let output = context.output;
    let on = |event| match event {
        RunEvent::Turn(turn) if !output.is_json => show(context, &turn),
        RunEvent::Waiting(pause) => {
            output.note(&format!("`{}` asks to wait {} seconds.", provider.name, pause.as_secs()))
        }
        _ => {}
    };
    let run = session.play(&script, context.cancel(), &on).await?;
    if let Some(error) = failure(&run.summary) {
        return Err(error);
    }
    context.output.answer(&run, || describe_end(&run.summary))?;
    Ok(verdict(args.checks, &run.summary))
}

fn show(context: &Context, turn: &Turn) {
    if context.output.answer(turn, || describe_turn(turn)).is_err() {
        // Nobody reads any more: the run ends at its next turn, and is kept.
        context.cancel().cancel();
    }
}

/// What ended a run before its time.
fn failure(summary: &RunSummary) -> Option<Error> {
    let (code, message, hint) = match &summary.ending {
        Ending::Failed { code, message, hint } => (*code, message.clone(), hint.clone().unwrap_or_default()),
        Ending::Stopped => (Code::Cancelled, "The run was stopped.".to_owned(), String::new()),
        _ => return None,
    };
    let RunSummary { id, walkthrough, .. } = summary;
    let shown = format!("What was said is kept: `waymark agent-run {walkthrough} --show {id}`.");
    Some(Error::new(code, message).with_hint(format!("{hint} {shown}").trim()))
}

fn verdict(has_checks: bool, summary: &RunSummary) -> Answer {
    if has_checks && summary.failed_checks() > 0 { Answer::No } else { Answer::Yes }
}

async fn list(context: &Context, walkthrough: &WalkthroughId) -> Result<Answer> {
    let value = Runs { runs: kept::list(&context.app().await?.library, walkthrough).await? };
    context.output.answer(&value, || columns(&value.runs))?;
    if value.runs.is_empty() && !context.output.is_json {
        context.output.note("No runs are kept. Make one with `--provider` and `--model`.");
    }
    Ok(Answer::Yes)
}

fn columns(runs: &[RunSummary]) -> String {
    if runs.is_empty() {
        return String::new();
    }
    let row = |run: &RunSummary| {
        let failed = match run.failed_checks() {
            0 => "none failed".to_owned(),
            count => format!("{count} failed"),
        };
        let draft = if run.is_current { "as it is" } else { "changed since" };
        let tokens = run.totals.usage.all().to_string();
        vec![run.id.to_string(), run.provider.clone(), run.model.clone(), failed, tokens, draft.to_owned()]
    };
    table(&["run", "provider", "model", "checks", "tokens", "draft"], &runs.iter().map(row).collect::<Vec<_>>())
}

async fn compare(context: &Context, left: &str, right: &str) -> Result<Answer> {
    let library = &context.app().await?.library;
    let found = kept::compare(library, &left.into(), &right.into()).await?;
    context.output.answer(&found, || {
        let mut lines = vec![heading(&found.left.summary), heading(&found.right.summary)];
        for row in &found.rows {
            lines.push(String::new());
            lines.push(row.title.clone().unwrap_or_else(|| "Before the first step".to_owned()));
            let side = |mark: &str, run: &KeptRun, range: Option<TurnRange>| match range {
                Some(range) => indent(&said(run, range), mark),
                None => format!("{mark}(not there)"),
            };
            lines.push(side("  1 | ", &found.left, row.left));
            lines.push(side("  2 | ", &found.right, row.right));
        }
        for (one, other) in found.left.summary.checks.iter().zip(&found.right.summary.checks) {
            lines.push(format!("{}: {} · {}", one.check.title(), outcome(one), outcome(other)));
        }
        lines.join("\n")
    })?;
    Ok(Answer::Yes)
}

fn heading(summary: &RunSummary) -> String {
    format!("{} · {} · {} · {}", summary.id, summary.provider, summary.model, summary.ending.words())
}

/// What the model said in some turns.
fn said(run: &KeptRun, range: TurnRange) -> String {
    let turns = run.transcript.turns.iter().filter(|turn| (range.from..=range.to).contains(&turn.number));
    let said = turns.filter_map(|turn| match &turn.event {
        Event::Agent { text, .. } if !text.is_empty() => Some(text.as_str()),
        _ => None,
    });
    said.collect::<Vec<_>>().join("\n\n")
}

fn describe(run: &KeptRun) -> String {
    let turns = run.transcript.turns.iter().map(describe_turn).collect::<Vec<_>>().join("\n");
    format!("{}\n\n{turns}\n{}", heading(&run.summary), describe_end(&run.summary))
}

fn describe_turn(turn: &Turn) -> String {
    match &turn.event {
        Event::Learner { text } => format!("Turn {} · user\n{}", turn.number, indent(text, "  ")),
        Event::Agent { text, calls, usage, millis, is_cut } => {
            let seconds = f64::from(*millis) / 1000.0;
            let cut = if *is_cut { " · broken off" } else { "" };
            let mut lines = vec![format!(
                "Turn {} · agent · {} + {} tokens · {seconds:.1} s{cut}",
                turn.number, usage.input, usage.output
            )];
            lines.extend((!text.is_empty()).then(|| indent(text, "  ")));
            lines.extend(calls.iter().map(|call| format!("  -> {} {}", call.tool, call.arguments)));
            lines.join("\n")
        }
        Event::Tool(answer) => {
            let step = answer.step.as_ref().map(|step| format!(" · step {} `{}`", step.number, step.title));
            let what = step.unwrap_or_else(|| format!(" · {}", answer.outcome));
            format!("Turn {} · {}{what}\n{}", turn.number, answer.tool, indent(&answer.text, "  | "))
        }
    }
}

fn describe_end(summary: &RunSummary) -> String {
    let totals = &summary.totals;
    let mut line = format!(
        "{} {}, {}, {} + {} tokens",
        summary.ending.words(),
        counted(totals.replies as usize, "answer"),
        counted(totals.calls as usize, "call"),
        totals.usage.input,
        totals.usage.output
    );
    if let Some(cost) = &summary.cost {
        line.push_str(&format!(", {}", cost.words()));
    }
    let mut lines = vec![String::new(), format!("{line}. Kept as {}.", summary.id), String::new()];
    for check in &summary.checks {
        lines.push(format!("{}: {}", outcome(check), check.check.title()));
        lines.push(format!("  {}", check.sentence));
        let places = check.places.iter().skip(1);
        lines.extend(places.map(|place| format!("  Turn {}: {}", place.turn, place.sentence)));
    }
    lines.join("\n")
}

fn outcome(check: &CheckResult) -> &'static str {
    match check.outcome {
        Outcome::Passed => "pass",
        Outcome::Failed => "FAIL",
        Outcome::DoesNotApply => "does not apply",
    }
}

fn indent(text: &str, mark: &str) -> String {
    text.lines().map(|line| format!("{mark}{line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
