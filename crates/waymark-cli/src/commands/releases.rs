//! `waymark release`: several walkthroughs under one name, and going on where it stopped.

use serde::Serialize;
use waymark_app::{
    publish::Step,
    release::{self, ReleasePlan, RunRelease},
};
use waymark_core::{
    error::{Code, Error, Result},
    id::ReleaseId,
    release::{ItemState, Release},
};
use waymark_library::{
    connections,
    release::{self as releases, CreateRelease},
};

use crate::{
    Answer,
    args::releases::{self as args, ReleaseCreate, ReleaseRun},
    commands::publish::{describe, find_all, summary},
    context::{Context, ORIGIN},
    output::{counted, table},
};

#[derive(Serialize)]
struct Listing {
    releases: Vec<Release>,
}

#[derive(Serialize)]
struct Removed {
    id: ReleaseId,
    name: String,
}

/// Runs one of the six.
pub async fn run(context: &Context, command: args::Release) -> Result<Answer> {
    match command {
        args::Release::Create(args) => create(context, args).await,
        args::Release::List => list(context).await,
        args::Release::Show { release } => show(context, &release).await,
        args::Release::Run(args) => go(context, args, Begun::Not).await,
        args::Release::Resume(args) => go(context, args, Begun::Already).await,
        args::Release::Remove { release } => remove(context, &release).await,
    }
}

/// What a command expects of the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begun {
    Not,
    Already,
}

async fn create(context: &Context, args: ReleaseCreate) -> Result<Answer> {
    let library = &context.app().await?.library;
    let input = CreateRelease {
        name: args.name,
        walkthroughs: find_all(context, &args.walkthroughs).await?,
        connection: connections::find(library, &args.connection).await?.id,
        as_draft: args.as_draft,
        overwrite: args.overwrite,
    };
    let made = releases::create(library, input, ORIGIN).await?;
    context
        .output
        .answer(&made, || format!("Made the release {} of {}.", made.name, counted(made.items.len(), "walkthrough")))?;
    Ok(Answer::Yes)
}

async fn list(context: &Context) -> Result<Answer> {
    let library = &context.app().await?.library;
    let listing = Listing { releases: releases::list(library).await? };
    let known = connections::list(library).await?;
    let row = |release: &Release| {
        let to = known.iter().find(|known| known.id == release.connection);
        vec![
            release.name.clone(),
            to.map_or_else(|| release.connection.to_string(), |to| to.name.clone()),
            progress_of(release),
            release.id.to_string(),
        ]
    };
    context.output.answer(&listing, || match listing.releases.as_slice() {
        [] => String::new(),
        all => table(&["name", "connection", "how far", "id"], &all.iter().map(row).collect::<Vec<_>>()),
    })?;
    if listing.releases.is_empty() && !context.output.is_json {
        context.output.note("No releases. Make one with `waymark release create`.");
    }
    Ok(Answer::Yes)
}

fn progress_of(release: &Release) -> String {
    match (release.begun_at, release.finished_at) {
        (_, Some(_)) => format!("done ({})", release.items.len()),
        (None, None) => format!("not begun ({})", release.items.len()),
        (Some(_), None) => format!("{} of {} done", release.done(), release.items.len()),
    }
}

async fn show(context: &Context, name: &str) -> Result<Answer> {
    let release = releases::find(&context.app().await?.library, name).await?;
    context.output.answer(&release, || words(&release))?;
    Ok(Answer::Yes)
}

fn words(release: &Release) -> String {
    let mut lines = vec![format!("{}: {}", release.name, progress_of(release))];
    lines.extend(release.items.iter().map(|item| {
        let state = match (item.state, item.revision) {
            (ItemState::Done, Some(revision)) if revision > 0 => format!("revision {revision}"),
            (ItemState::Done, _) => "was there already".to_owned(),
            (ItemState::Open, _) => "open".to_owned(),
            (ItemState::Sent, _) => "outcome not known yet: production is asked at the next run".to_owned(),
            (ItemState::Failed, _) => "failed".to_owned(),
        };
        let why = item.problem.as_ref().map_or(String::new(), |problem| {
            let hint = problem.hint.as_ref().map_or(String::new(), |hint| format!(" {hint}"));
            format!(". {}{hint}", problem.message)
        });
        format!("  {} ({}): {state}{why}", item.title, item.walkthrough)
    }));
    lines.join("\n")
}

async fn go(context: &Context, args: ReleaseRun, expected: Begun) -> Result<Answer> {
    let app = context.app().await?;
    let found = releases::find(&app.library, &args.release).await?;
    check_begun(&found, expected)?;
    if args.dry_run {
        let plan = release::plan_rest(app, &found.id, context.cancel()).await?;
        context.output.answer(&plan, || rest(&plan))?;
        return Ok(if plan.changed.is_empty() { Answer::Yes } else { Answer::No });
    }
    let input = RunRelease { release: found.id, digest: None, is_confirmed: args.yes, take_current: args.current };
    let output = context.output;
    let progress =
        move |step: Step<'_>| output.note(&format!("{}/{} {}", step.done, step.total, summary(step.outcome)));
    let ran = release::run(app, &input, context.cancel(), &progress).await?;
    context.output.answer(&ran, || words(&ran))?;
    Ok(if ran.to_do().is_empty() { Answer::Yes } else { Answer::No })
}

fn check_begun(release: &Release, expected: Begun) -> Result<()> {
    let (done, total) = (release.done(), release.items.len());
    match (expected, release.begun_at) {
        (Begun::Not, Some(_)) if release.finished_at.is_none() => Err(Error::new(
            Code::Refused,
            format!("The release `{}` was begun before: {done} of {total} are done.", release.name),
        )
        .with_hint(format!("Go on with it: `waymark release resume \"{}\"`.", release.name))),
        (Begun::Already, None) => {
            Err(Error::new(Code::Refused, format!("The release `{}` was never begun.", release.name))
                .with_hint(format!("Begin with `waymark release run \"{}\"`.", release.name)))
        }
        _ => Ok(()),
    }
}

fn rest(plan: &ReleasePlan) -> String {
    let mut lines = vec![words(&plan.release)];
    lines.extend(
        plan.changed.iter().map(|id| {
            format!("  {id}: the draft changed since the release was made; `--current` takes it as it is now")
        }),
    );
    let walkthroughs = plan.plan.iter().flat_map(|plan| &plan.walkthroughs);
    lines.extend(walkthroughs.map(describe));
    lines.join("\n")
}

async fn remove(context: &Context, name: &str) -> Result<Answer> {
    let library = &context.app().await?.library;
    let release = releases::find(library, name).await?;
    releases::remove(library, &release.id, ORIGIN).await?;
    let removed = Removed { id: release.id, name: release.name };
    context.output.answer(&removed, || format!("Forgot the release {}. What it published stays.", removed.name))?;
    Ok(Answer::Yes)
}
