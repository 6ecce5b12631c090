//! `waymark learners`: care for what learners have done in production.

use waymark_app::ghosts;
use waymark_core::{
    error::{Code, Error, Result},
    learner::ghosts::GhostPlan,
};
use waymark_library::connections;

use crate::{
    Answer,
    args::releases::{CleanGhosts, Learners},
    context::Context,
    output::counted,
};

/// Runs one of them.
pub async fn run(context: &Context, command: Learners) -> Result<Answer> {
    match command {
        Learners::CleanGhosts(args) => clean_ghosts(context, args).await,
    }
}

/// Takes removed steps out of what learners have completed; what would go is shown first.
async fn clean_ghosts(context: &Context, args: CleanGhosts) -> Result<Answer> {
    let app = context.app().await?;
    let walkthrough = context.find(&args.walkthrough).await?;
    let connection = connections::find(&app.library, &args.connection).await?;
    let plan = ghosts::plan(app, &walkthrough, &connection.id).await?;
    if args.dry_run || plan.ghosts.is_empty() {
        context.output.answer(&plan, || words(&plan, "would be taken"))?;
        return Ok(Answer::Yes);
    }
    if !args.yes {
        return Err(Error::new(Code::Refused, format!("Cleaning needs a yes: {}", words(&plan, "are taken")))
            .with_hint("Look at it with `--dry-run`, and do it with `--yes`."));
    }
    let cleaned = ghosts::clean(app, &walkthrough, &connection.id, &plan.digest).await?;
    context.output.answer(&cleaned, || words(&cleaned, "were taken"))?;
    Ok(Answer::Yes)
}

fn words(plan: &GhostPlan, verb: &str) -> String {
    if plan.ghosts.is_empty() {
        return format!("{}: nothing to clean.", plan.title);
    }
    let mut lines = vec![format!(
        "{}: ids of {} that are gone {verb} out of the progress of {}. Whoever completed one does it again if it is ever published again.",
        plan.title,
        counted(plan.ghosts.len(), "step"),
        counted(plan.learners as usize, "learner"),
    )];
    let line = |ghost: &waymark_core::learner::ghosts::Ghost| {
        format!("  {}: completed by {}", ghost.step, counted(ghost.learners as usize, "learner"))
    };
    lines.extend(plan.ghosts.iter().map(line));
    lines.join("\n")
}
