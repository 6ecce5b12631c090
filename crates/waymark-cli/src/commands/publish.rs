//! `waymark plan`, `publish` and `pull`: to production and back.

use serde::Serialize;
use waymark_app::{
    connections,
    publish::{self, Outcome, PlanPublish, RunPublish},
    pull::{self, PullAction, Pulled},
};
use waymark_core::{
    connection::Connection,
    error::{Code, Error, Result},
    id::WalkthroughId,
    lint::Severity,
    publish::{Action, Published, StepChange, WalkthroughPlan, plan::Intent},
};
use waymark_library::connections as saved;
use waymark_platform::content;

use crate::{
    Answer,
    args::production::{Plan, Publish, Pull, Target},
    commands::merge,
    context::Context,
    output::counted,
};

#[derive(Serialize)]
struct Results {
    published: Vec<Published>,
    failed: Vec<Failed>,
}

#[derive(Serialize)]
struct Failed {
    id: WalkthroughId,
    title: String,
    error: Error,
}

#[derive(Serialize)]
struct PulledAll {
    walkthroughs: Vec<Pulled>,
}

/// Shows what publishing would do. The answer is no where something is in the way.
pub async fn plan(context: &Context, args: Plan) -> Result<Answer> {
    let input = read(context, &args.target).await?;
    let plan = publish::plan(context.app().await?, &input).await?;
    let words = || plan.walkthroughs.iter().map(describe).collect::<Vec<_>>().join("\n");
    context.output.answer(&plan, words)?;
    let is_blocked = |plan: &WalkthroughPlan| {
        plan.action == Action::Conflict || plan.problems.iter().any(|problem| problem.severity == Severity::Error)
    };
    Ok(if plan.walkthroughs.iter().any(is_blocked) { Answer::No } else { Answer::Yes })
}

async fn read(context: &Context, target: &Target) -> Result<PlanPublish> {
    let connection = saved::find(&context.app().await?.library, &target.connection).await?;
    let mut ids = Vec::with_capacity(target.walkthroughs.len());
    for name in &target.walkthroughs {
        let id = context.find(name).await?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let intent = Intent { as_draft: target.as_draft, overwrite: target.overwrite };
    Ok(PlanPublish { ids, connection: connection.id, intent })
}

fn describe(plan: &WalkthroughPlan) -> String {
    let action = match plan.action {
        Action::Create => "create",
        Action::Update => "update",
        Action::None => "nothing to do",
        Action::Conflict => "conflict",
    };
    let mut lines = vec![format!("{} ({}): {action}", plan.title, plan.id)];
    if plan.action == Action::Create {
        lines.push(format!("  added: {}", counted(plan.steps.len(), "step")));
    } else {
        lines.extend(plan.details.iter().map(|detail| format!("  {} changes", detail.name)));
        lines.extend(plan.steps.iter().map(describe_step));
    }
    lines.extend(plan.assignments.iter().map(|change| {
        let state = |state: &Option<String>| state.clone().unwrap_or_else(|| "not assigned".to_owned());
        format!("  server `{}`: {} → {}", change.server, state(&change.before), state(&change.after))
    }));
    let learners = &plan.learners;
    if learners.in_progress + learners.completed > 0 {
        let (doing, done) = (learners.in_progress, learners.completed);
        lines.push(format!(
            "  learners: {doing} in progress, {done} done; {} get another percentage",
            learners.percent_changes
        ));
    }
    lines.extend(plan.problems.iter().map(|problem| {
        let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
        let hint = problem.hint.as_ref().map_or(String::new(), |hint| format!(" {hint}"));
        format!("  {severity} {}: {}{hint}", problem.code, problem.message)
    }));
    lines.extend(plan.confirmations.iter().map(|question| format!("  to confirm: {question}")));
    lines.join("\n")
}

fn describe_step(step: &StepChange) -> String {
    let what = match (step.is_added, step.is_removed, step.is_moved) {
        (true, _, _) => "is added".to_owned(),
        (_, true, _) => format!("is removed, with {}", counted(step.events_lost as usize, "completion event")),
        (_, _, true) => "moves".to_owned(),
        _ => "changes".to_owned(),
    };
    let fields: Vec<&str> = step.fields.iter().map(|change| change.field.label()).collect();
    let fields = if fields.is_empty() { String::new() } else { format!(" ({})", fields.join(", ")) };
    format!("  step `{}` {what}{fields}", step.title)
}

/// Publishes. One walkthrough's failure does not stop the others; Ctrl-C lets those under way finish.
pub async fn publish(context: &Context, args: Publish) -> Result<Answer> {
    let plan = read(context, &args.target).await?;
    let input = RunPublish { plan, digest: None, is_confirmed: args.yes };
    let output = context.output;
    let progress = move |step: publish::Step<'_>| {
        if step.total > 1 {
            output.note(&format!("{}/{} {}", step.done, step.total, summary(step.outcome)));
        }
    };
    let outcomes = publish::run(context.app().await?, &input, context.cancel(), &progress).await?;
    report(context, outcomes)
}

fn summary(outcome: &Outcome) -> String {
    match (&outcome.published, &outcome.error) {
        (Some(Published { revision: 0, .. }), _) => format!("{}: nothing to do", outcome.title),
        (Some(published), _) => format!("{}: published as revision {}", outcome.title, published.revision),
        (None, Some(error)) => error.message.clone(),
        (None, None) => format!("{}: not published", outcome.title),
    }
}

fn report(context: &Context, mut outcomes: Vec<Outcome>) -> Result<Answer> {
    if let [outcome] = outcomes.as_mut_slice()
        && let Some(error) = outcome.error.take()
    {
        return Err(error);
    }
    let text = outcomes.iter().map(summary).collect::<Vec<_>>().join("\n");
    let mut results = Results { published: Vec::new(), failed: Vec::new() };
    for Outcome { id, title, published, error } in outcomes {
        results.published.extend(published);
        results.failed.extend(error.map(|error| Failed { id, title, error }));
    }
    context.output.answer(&results, || text)?;
    Ok(if results.failed.is_empty() { Answer::Yes } else { Answer::No })
}

/// Brings production's versions into the library.
pub async fn pull(context: &Context, args: Pull) -> Result<Answer> {
    let app = context.app().await?;
    let connection = saved::find(&app.library, &args.connection).await?;
    let ids = if args.all { None } else { Some(resolve(context, &connection, &args.walkthroughs).await?) };
    let walkthroughs = pull::run(app, &pull::Pull { ids, connection: connection.id }).await?;
    let pulled = PulledAll { walkthroughs };
    context.output.answer(&pulled, || pulled.walkthroughs.iter().map(line).collect::<Vec<_>>().join("\n"))?;
    let has_conflict = pulled.walkthroughs.iter().any(|pulled| pulled.action == PullAction::Conflict);
    Ok(if has_conflict { Answer::No } else { Answer::Yes })
}

fn line(pulled: &Pulled) -> String {
    let what = match pulled.action {
        PullAction::Added => "added",
        PullAction::Updated => "updated",
        PullAction::Merged => "merged",
        PullAction::Unchanged => "nothing new",
        PullAction::Conflict => "conflict",
    };
    let why = pulled.error.as_ref().map_or(String::new(), |error| format!(". {error}"));
    let places = pulled.conflicts.iter().map(|conflict| format!("\n  {}", merge::heading(conflict)));
    format!("{} ({}): {what}{why}{}", pulled.title, pulled.id, places.collect::<String>())
}

/// Ids of walkthroughs in production by id or title there, or by the title of the draft here.
async fn resolve(context: &Context, connection: &Connection, names: &[String]) -> Result<Vec<WalkthroughId>> {
    let platform = connections::open(context.app().await?, connection).await?;
    let listed = content::list(&platform).await;
    platform.close().await;
    let listed = listed?;
    let mut ids = Vec::with_capacity(names.len());
    for name in names {
        let is_named = |known: &&content::RemoteSummary| known.id.as_str() == name || known.title == *name;
        let found: Vec<_> = listed.iter().filter(is_named).collect();
        let id = match found.as_slice() {
            [one] => one.id.clone(),
            [] => match context.find(name).await {
                Ok(id) => id,
                Err(error) if error.code == Code::NotFound => return Err(unknown(name, connection)),
                Err(error) => return Err(error),
            },
            _ => {
                return Err(Error::invalid(format!("Several walkthroughs are called `{name}`."))
                    .with_hint("Name the one you mean by its id."));
            }
        };
        ids.push(id);
    }
    Ok(ids)
}

fn unknown(name: &str, connection: &Connection) -> Error {
    Error::not_found(format!("`{}` has no walkthrough `{name}`.", connection.name))
        .with_hint("Name it by its id or its exact title.")
}
