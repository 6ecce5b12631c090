//! `waymark merge`: a draft and what production has, joined.

use std::path::Path;

use serde::Serialize;
use waymark_app::merge::{self, LookMerge, MergeView, TakeMerge};
use waymark_core::{
    error::{Error, Result},
    id::WalkthroughId,
    json::FreeJson,
    merge::{Answer as Chosen, Conflict, Place, Take},
};
use waymark_library::connections;

use crate::{Answer, args::production, commands::history, context::Context, input, output::counted};

#[derive(Serialize)]
struct Outcome<'a> {
    id: &'a WalkthroughId,
    title: &'a str,
    /// `merged`, `conflict`, `none`, or `clean` for a merge that was only looked at.
    action: &'static str,
    /// The draft's version, where it was written.
    version: Option<u32>,
    digest: &'a str,
    conflicts: &'a [Conflict],
    incoming: u32,
}

/// Joins the draft with what production has. The answer is no while conflicts are open; then nothing is written.
pub async fn run(context: &Context, args: production::Merge) -> Result<Answer> {
    let app = context.app().await?;
    let walkthrough = context.find(&args.walkthrough).await?;
    let connection = connections::find(&app.library, &args.connection).await?.id;
    let look = LookMerge { walkthrough, connection };
    let view = merge::look(app, &look).await?;
    let answers = match (&args.answers, args.take) {
        (Some(path), _) => read_answers(path)?,
        (None, Some(side)) => all(&view, side),
        (None, None) => Vec::new(),
    };
    let is_open = args.answers.is_none() && answers.len() < view.conflicts.len();
    let (action, version) = match (view.has_news, is_open) {
        (false, _) => ("none", None),
        (true, true) => ("conflict", None),
        (true, false) if args.dry_run => ("clean", None),
        (true, false) => {
            let take = TakeMerge { merge: look, digest: view.digest.clone(), answers };
            ("merged", Some(merge::take(app, &take).await?.version))
        }
    };
    let incoming = &view.incoming;
    let incoming = (incoming.details.len() + incoming.steps.len() + incoming.assignments.len()) as u32;
    let (id, title, digest, conflicts) = (&view.walkthrough, &view.title, &view.digest, &view.conflicts);
    let outcome = Outcome { id, title, action, version, digest, conflicts, incoming };
    context.output.answer(&outcome, || describe(&outcome))?;
    Ok(if action == "conflict" { Answer::No } else { Answer::Yes })
}

fn all(view: &MergeView, side: production::Take) -> Vec<Chosen> {
    let take = match side {
        production::Take::Mine => Take::Mine,
        production::Take::Theirs => Take::Theirs,
    };
    view.conflicts.iter().map(|known| Chosen { place: known.place.clone(), take: take.clone() }).collect()
}

fn read_answers(path: &Path) -> Result<Vec<Chosen>> {
    let json = FreeJson::parse(&input::read_text(path)?);
    json.and_then(|json| json.read()).map_err(|error: Error| {
        error.with_field("answers").with_hint("Take the places as `waymark merge --json` prints them.")
    })
}

fn describe(outcome: &Outcome<'_>) -> String {
    let Outcome { id, title, action, conflicts, incoming, .. } = outcome;
    let (incoming, count) = (counted(*incoming as usize, "change"), counted(conflicts.len(), "conflict"));
    let what = match *action {
        "none" => return format!("{title} ({id}): nothing to merge"),
        "merged" => {
            return format!("{title} ({id}): merged, with {incoming} from production that nothing stood against");
        }
        "clean" => return format!("{title} ({id}): can be merged, with {incoming} from production"),
        _ => format!("{title} ({id}): {count}; {incoming} from production would come in"),
    };
    let mut lines = vec![what];
    for conflict in *conflicts {
        lines.push(format!("  {}", heading(conflict)));
        for (side, changes) in [("mine", &conflict.mine_lines), ("theirs", &conflict.theirs_lines)] {
            lines.push(format!("    {side}"));
            lines.extend(changes.iter().map(|line| format!("    {}", history::line(line))));
        }
    }
    lines.push("Answer with --take mine, --take theirs or --answers FILE. Nothing was written.".to_owned());
    lines.join("\n")
}

/// Where a conflict is, in words.
pub fn heading(conflict: &Conflict) -> String {
    let what = match &conflict.place {
        Place::Title | Place::StepTitle { .. } => "title".to_owned(),
        Place::Description { .. } => "description".to_owned(),
        Place::Type => "type".to_owned(),
        Place::Tags => "tags".to_owned(),
        Place::Duration => "duration".to_owned(),
        Place::Metadata { path } | Place::StepMetadata { path, .. } if path.is_empty() => "metadata".to_owned(),
        Place::Metadata { path } | Place::StepMetadata { path, .. } => format!("metadata `{}`", path.join(".")),
        Place::Step { .. } => "changed by one, removed by the other".to_owned(),
        Place::Field { field, .. } => field.label().to_owned(),
        Place::Content { .. } => "content of a version that this Waymark does not know".to_owned(),
        Place::ContentKey { key, .. } => format!("content key `{key}`"),
        Place::Quiz { .. } => "quiz".to_owned(),
        Place::Link { .. } => "link".to_owned(),
        Place::Move { .. } => "place".to_owned(),
        Place::Assignment { server } => format!("server `{server}`"),
    };
    match (conflict.number, &conflict.step_title) {
        (Some(number), Some(title)) => format!("step {number} `{title}`: {what}"),
        _ => what,
    }
}
