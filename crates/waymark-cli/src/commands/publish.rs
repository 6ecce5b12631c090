//! `waymark plan`, `publish`, `rollback`, `unpublish`, `archive` and `pull`: to production and back.

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
    publish::{
        Action, Published, StepChange, WalkthroughPlan,
        plan::{Intent, Version},
    },
    walkthrough::WalkthroughStatus,
};
use waymark_library::{connections as saved, history};
use waymark_platform::content;

use crate::{
    Answer,
    args::{
        production::{Delete, Plan, Publish, Pull, Rollback, Target, Withdraw},
        releases::Promote,
    },
    commands::merge,
    context::Context,
    output::counted,
};

#[derive(Serialize)]
struct Results {
    published: Vec<Published>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    deleted: Vec<WalkthroughId>,
    failed: Vec<Failed>,
}

#[derive(Serialize)]
struct Failed {
    id: WalkthroughId,
    title: String,
    error: Error,
}

/// Shows what publishing would do. The answer is no where something is in the way.
pub async fn plan(context: &Context, args: Plan) -> Result<Answer> {
    let input = read(context, &args.target).await?;
    show(context, &input).await
}

/// Prints a plan. The answer is no where something is in the way.
async fn show(context: &Context, input: &PlanPublish) -> Result<Answer> {
    let plan = publish::plan(context.app().await?, input, context.cancel()).await?;
    let words = || plan.walkthroughs.iter().map(describe).collect::<Vec<_>>().join("\n");
    context.output.answer(&plan, words)?;
    let is_blocked = |plan: &WalkthroughPlan| {
        plan.action == Action::Conflict || plan.problems.iter().any(|problem| problem.severity == Severity::Error)
    };
    Ok(if plan.walkthroughs.iter().any(is_blocked) { Answer::No } else { Answer::Yes })
}

async fn read(context: &Context, target: &Target) -> Result<PlanPublish> {
    let connection = saved::find(&context.app().await?.library, &target.connection).await?;
    let status = if target.as_draft { WalkthroughStatus::Draft } else { WalkthroughStatus::Published };
    Ok(PlanPublish {
        ids: find_all(context, &target.walkthroughs).await?,
        connection: connection.id,
        version: Version::Draft,
        intent: Intent { status, overwrite: target.overwrite },
    })
}

/// Each once, however it is named.
pub(super) async fn find_all(context: &Context, names: &[String]) -> Result<Vec<WalkthroughId>> {
    let mut ids = Vec::with_capacity(names.len());
    for name in names {
        let id = context.find(name).await?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Takes walkthroughs out of learners' sight: production keeps what it has, under another status.
pub async fn withdraw(context: &Context, args: Withdraw, status: WalkthroughStatus) -> Result<Answer> {
    let connection = saved::find(&context.app().await?.library, &args.connection).await?;
    let plan = PlanPublish {
        ids: find_all(context, &args.walkthroughs).await?,
        connection: connection.id,
        version: Version::Production,
        intent: Intent { status, overwrite: false },
    };
    if args.dry_run { show(context, &plan).await } else { carry_out(context, plan, args.yes).await }
}

/// Deletes a walkthrough in production. The draft stays.
pub async fn delete(context: &Context, args: &Delete, connection: &str) -> Result<Answer> {
    let connection = saved::find(&context.app().await?.library, connection).await?;
    let plan = PlanPublish {
        ids: vec![context.find(&args.walkthrough).await?],
        connection: connection.id,
        version: Version::Nothing,
        intent: Intent::default(),
    };
    if args.dry_run { show(context, &plan).await } else { carry_out(context, plan, args.yes).await }
}

/// Publishes what one connection serves to the next. The draft stays as it is.
pub async fn promote(context: &Context, args: Promote) -> Result<Answer> {
    let library = &context.app().await?.library;
    let status = if args.as_draft { WalkthroughStatus::Draft } else { WalkthroughStatus::Published };
    let plan = PlanPublish {
        ids: find_all(context, &args.walkthroughs).await?,
        connection: saved::find(library, &args.to).await?.id,
        version: Version::Connection(saved::find(library, &args.from).await?.id),
        intent: Intent { status, overwrite: args.overwrite },
    };
    if args.dry_run { show(context, &plan).await } else { carry_out(context, plan, args.yes).await }
}

/// Publishes an earlier revision. The draft stays as it is.
pub async fn rollback(context: &Context, args: Rollback) -> Result<Answer> {
    let library = &context.app().await?.library;
    let connection = saved::find(library, &args.connection).await?;
    let id = context.find(&args.walkthrough).await?;
    let revision = history::find(library, &id, &args.to).await?;
    let plan = PlanPublish {
        ids: vec![id],
        connection: connection.id,
        version: Version::Revision(revision.id),
        intent: Intent { overwrite: args.overwrite, ..Intent::default() },
    };
    if args.dry_run { show(context, &plan).await } else { carry_out(context, plan, args.yes).await }
}

pub(super) fn describe(plan: &WalkthroughPlan) -> String {
    let action = match plan.action {
        Action::Create => "create",
        Action::Update => "update",
        Action::None => "nothing to do",
        Action::Conflict => "conflict",
        Action::Delete => "delete",
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
        let hint = problem.hint.as_ref().map_or(String::new(), |hint| format!(" {hint}"));
        format!("  {} {}: {}{hint}", problem.severity.name(), problem.code, problem.message)
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
    let mut plan = read(context, &args.target).await?;
    if args.unchanged {
        plan.version = Version::Production;
    }
    carry_out(context, plan, args.yes).await
}

async fn carry_out(context: &Context, plan: PlanPublish, is_confirmed: bool) -> Result<Answer> {
    let input = RunPublish { plan, digest: None, is_confirmed };
    let output = context.output;
    let progress = move |step: publish::Step<'_>| {
        if step.total > 1 {
            output.note(&format!("{}/{} {}", step.done, step.total, summary(step.outcome)));
        }
    };
    let outcomes = publish::run(context.app().await?, &input, context.cancel(), &progress).await?;
    report(context, outcomes)
}

pub(super) fn summary(outcome: &Outcome) -> String {
    match (&outcome.published, &outcome.error) {
        (Some(Published { revision: 0, .. }), _) => format!("{}: nothing to do", outcome.title),
        (Some(published), _) => format!("{}: published as revision {}", outcome.title, published.revision),
        (None, Some(error)) => error.message.clone(),
        (None, None) if outcome.is_deleted => format!("{}: deleted in production; a revision is kept", outcome.title),
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
    let mut results = Results { published: Vec::new(), deleted: Vec::new(), failed: Vec::new() };
    for Outcome { id, title, published, is_deleted, error } in outcomes {
        results.deleted.extend(is_deleted.then(|| id.clone()));
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
    let pulled = pull::run(app, &pull::Pull { ids, connection: connection.id }, context.cancel()).await?;
    context.output.answer(&pulled, || pulled.walkthroughs.iter().map(line).collect::<Vec<_>>().join("\n"))?;
    if pulled.left > 0 {
        let left = counted(pulled.left as usize, "walkthrough");
        let words = format!("Stopped. What came until then stays; not pulled: {left}.");
        context.output.error_beside(&Error::new(Code::Cancelled, words));
    }
    let has_conflict = pulled.walkthroughs.iter().any(|pulled| pulled.action == PullAction::Conflict);
    Ok(if has_conflict || pulled.left > 0 { Answer::No } else { Answer::Yes })
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

#[cfg(test)]
mod tests {
    use waymark_core::publish::Problem;

    use super::*;

    #[test]
    fn each_problem_of_a_plan_is_called_what_it_is() {
        let problem = |severity| Problem {
            severity,
            code: "a_code".to_owned(),
            message: "What.".to_owned(),
            hint: None,
            step_id: None,
        };
        let plan = WalkthroughPlan {
            id: "wt_1".into(),
            title: "Title".to_owned(),
            action: Action::Update,
            details: Vec::new(),
            steps: Vec::new(),
            assignments: Vec::new(),
            learners: Default::default(),
            problems: [Severity::Error, Severity::Warning, Severity::Info].map(problem).to_vec(),
            confirmations: Vec::new(),
            content_hash: String::new(),
            revision: 1,
            last_sync: None,
        };
        let expected = "Title (wt_1): update\n  error a_code: What.\n  warning a_code: What.\n  info a_code: What.";
        assert_eq!(describe(&plan), expected);
    }
}
