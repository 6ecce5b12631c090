//! `waymark snapshot`, `history`, `diff` and `revert`: moments of a draft, what differs, and the way back.

use serde::Serialize;
use waymark_app::history as production;
use waymark_core::{
    calendar::iso_time,
    error::{Error, Result},
    history::{Comparison, restore::RestorePart},
    id::{StepId, WalkthroughId},
    publish::{DiffKind, DiffLine, StepChange},
    walkthrough::Millis,
};
use waymark_library::{
    connections, drafts,
    history::{self, CompareVersions, ListHistory, RestoreRevision, SaveSnapshot, Version},
    revisions::{Reason, RevisionSummary},
};

use crate::{
    Answer,
    args::history::{Diff, History, Revert, Snapshot},
    commands::{publishes, steps::find_step},
    context::{Context, ORIGIN},
    output::{counted, table},
};

#[derive(Serialize)]
struct Saved {
    revision: RevisionSummary,
}

#[derive(Serialize)]
struct Listing {
    revisions: Vec<RevisionSummary>,
}

#[derive(Serialize)]
struct Reverted<'a> {
    id: &'a WalkthroughId,
    version: u32,
    revision: &'a RevisionSummary,
}

/// Keeps the draft as it is now.
pub async fn snapshot(context: &Context, args: Snapshot) -> Result<Answer> {
    let walkthrough = context.find(&args.walkthrough).await?;
    let wanted = SaveSnapshot { walkthrough, name: args.name };
    let saved = Saved { revision: history::snapshot(&context.app().await?.library, wanted, ORIGIN).await? };
    context.output.answer(&saved, || format!("Kept as revision {}.", saved.revision.number))?;
    Ok(Answer::Yes)
}

/// Lists the revisions of a walkthrough, newest first.
pub async fn list(context: &Context, args: History) -> Result<Answer> {
    let library = &context.app().await?.library;
    let walkthrough = context.find(&args.walkthrough).await?;
    if let Some(connection) = &args.connection {
        return publishes::list(context, walkthrough, connection).await;
    }
    let step = match &args.step {
        Some(step) => Some(step_id(context, &walkthrough, step).await?),
        None => None,
    };
    let listing = Listing { revisions: history::list(library, &ListHistory { walkthrough, step }).await? };
    let known = connections::list(library).await?;
    context.output.answer(&listing, || {
        let row = |revision: &RevisionSummary| {
            let place = revision.connection.as_ref().map(|id| {
                known.iter().find(|known| known.id == *id).map_or_else(|| id.to_string(), |known| known.name.clone())
            });
            vec![
                revision.number.to_string(),
                time(revision.at.0),
                words(revision.reason).to_owned(),
                revision.changes.map_or_else(String::new, |changes| changes.to_string()),
                place.unwrap_or_default(),
                revision.name.clone().unwrap_or_default(),
            ]
        };
        if listing.revisions.is_empty() {
            return String::new();
        }
        let rows: Vec<_> = listing.revisions.iter().map(row).collect();
        table(&["revision", "when (UTC)", "what", "changes", "connection", "name"], &rows)
    })?;
    if listing.revisions.is_empty() && !context.output.is_json {
        context
            .output
            .note("No revisions yet. Make one with `waymark snapshot`; editing and publishing make them too.");
    }
    Ok(Answer::Yes)
}

/// Shows what differs between two versions.
pub async fn diff(context: &Context, args: Diff) -> Result<Answer> {
    let app = context.app().await?;
    let walkthrough = context.find(&args.walkthrough).await?;
    let step = match &args.step {
        Some(step) => Some(step_id(context, &walkthrough, step).await?),
        None => None,
    };
    let found = match &args.connection {
        Some(name) => {
            let connection = connections::find(&app.library, name).await?;
            production::compare_with_production(app, &walkthrough, &connection.id, step).await?
        }
        None => {
            let before = match &args.revision {
                Some(which) => history::find(&app.library, &walkthrough, which).await?,
                None => newest(context, &walkthrough).await?,
            };
            let after = match &args.to {
                Some(which) => Version::Revision(history::find(&app.library, &walkthrough, which).await?.id),
                None => Version::Draft,
            };
            let before = Version::Revision(before.id);
            history::compare(&app.library, &CompareVersions { walkthrough, before, after, step }).await?
        }
    };
    context.output.answer(&found, || describe(&found, args.agent))?;
    if found.details.is_empty() && found.steps.is_empty() && found.assignments.is_empty() {
        context.output.note("Nothing differs.");
    }
    Ok(Answer::Yes)
}

async fn newest(context: &Context, walkthrough: &WalkthroughId) -> Result<RevisionSummary> {
    let which = ListHistory { walkthrough: walkthrough.clone(), step: None };
    let all = history::list(&context.app().await?.library, &which).await?;
    all.into_iter().next().ok_or_else(|| {
        Error::not_found("The walkthrough has no revisions yet.")
            .with_hint("Make one with `waymark snapshot`, or compare with what a connection has: `--connection`.")
    })
}

/// Restores a revision, or a part of it.
pub async fn revert(context: &Context, args: Revert) -> Result<Answer> {
    let library = &context.app().await?.library;
    let walkthrough = context.find(&args.walkthrough).await?;
    let revision = history::find(library, &walkthrough, &args.to).await?;
    let step = match &args.step {
        Some(step) => Some(step_id(context, &walkthrough, step).await?),
        None => None,
    };
    let part = match (step, args.field, args.only) {
        (step, _, Some(only)) => RestorePart::Only { only, step },
        (None, _, None) => RestorePart::All,
        (Some(step), None, None) => RestorePart::Step { step },
        (Some(step), Some(field), None) => RestorePart::Field { step, field },
    };
    let input = RestoreRevision { walkthrough, revision: revision.id.clone(), part };
    let applied = history::restore(library, &input, ORIGIN).await?;
    let reverted = Reverted { id: &input.walkthrough, version: applied.version, revision: &revision };
    if applied.version == applied.from_version {
        context.output.note("It is so already: nothing was changed.");
    }
    context.output.answer(&reverted, || {
        format!("Restored from revision {}. What was there before is in the history.", revision.number)
    })?;
    Ok(Answer::Yes)
}

/// A step by its number in the draft; anything else is an id, also of a step that is gone.
async fn step_id(context: &Context, walkthrough: &WalkthroughId, step: &str) -> Result<StepId> {
    if step.parse::<u32>().is_err() {
        return Ok(step.into());
    }
    let draft = drafts::open(&context.app().await?.library, walkthrough).await?.draft.walkthrough;
    find_step(&draft, step)
}

fn words(reason: Reason) -> &'static str {
    match reason {
        Reason::Published => "published",
        Reason::Pulled => "pulled",
        Reason::Overwritten => "overwritten in production",
        Reason::Snapshot => "snapshot",
        Reason::First => "before the first change",
        Reason::Pause => "before a pause",
        Reason::Working => "while working",
        Reason::BeforePull => "before pulling",
        Reason::BeforeMerge => "before merging",
        Reason::BeforeImport => "before importing",
        Reason::BeforeReplace => "before replacing",
        Reason::BeforeRestore => "before restoring",
    }
}

/// `2026-11-24 17:05`.
pub(super) fn time(millis: i64) -> String {
    let time = iso_time(Millis(millis));
    format!("{} {}", &time[..10], &time[11..16])
}

fn describe(found: &Comparison, is_agent: bool) -> String {
    let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
    let mut lines = Vec::new();
    lines.extend(
        found
            .details
            .iter()
            .map(|change| format!("{}: {} → {}", change.name, side(&change.before), side(&change.after))),
    );
    for step in &found.steps {
        lines.push(describe_step(step));
        if is_agent {
            lines.extend(step.agent.iter().flatten().map(line));
            if step.is_agent_left_out {
                lines.push("  Left out, because many steps differ: name this one with `--step`.".to_owned());
            }
            continue;
        }
        for change in &step.fields {
            lines.push(format!("  {} (+{} −{})", change.field.label(), change.added, change.removed));
            lines.extend(change.lines.iter().map(line));
        }
    }
    lines.extend(
        found
            .assignments
            .iter()
            .map(|change| format!("server `{}`: {} → {}", change.server, side(&change.before), side(&change.after))),
    );
    lines.join("\n")
}

fn describe_step(step: &StepChange) -> String {
    let number = step.number.or(step.number_before).unwrap_or_default();
    let mut what = Vec::new();
    for (is_so, word) in [
        (step.is_added, "added"),
        (step.is_removed, "removed"),
        (step.is_moved, "moved"),
        (step.title_before.is_some(), "renamed"),
        (step.is_relinked, "another link"),
        (step.metadata.is_some(), "other metadata"),
    ] {
        if is_so {
            what.push(word.to_owned());
        }
    }
    if !step.is_added && !step.is_removed && !step.fields.is_empty() {
        what.push(counted(step.fields.len(), "text"));
    }
    format!("step {number} `{}` ({}): {}", step.title, step.id, what.join(", "))
}

/// A line of a difference, behind its sign.
pub fn line(line: &DiffLine) -> String {
    match line.kind {
        DiffKind::Same => format!("      {}", line.text),
        DiffKind::Added => format!("    + {}", line.text),
        DiffKind::Removed => format!("    - {}", line.text),
        DiffKind::Gap => "      …".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_off_the_calendar() {
        for (millis, text) in [
            (0, "1970-01-01 00:00"),
            (951_782_340_000, "2000-02-28 23:59"),
            (951_868_800_000, "2000-03-01 00:00"),
            (1_795_539_900_000, "2026-11-24 17:05"),
        ] {
            assert_eq!(time(millis), text);
        }
    }
}
