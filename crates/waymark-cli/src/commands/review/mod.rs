//! `waymark review`: comments, and where the review of a walkthrough stands.

mod words;

use serde::Serialize;
use waymark_app::review;
use waymark_core::{
    conversation::script::Script,
    error::Result,
    id::{CommentId, WalkthroughId},
    review::{State, anchor, thread},
};
use waymark_library::{
    drafts,
    review::{
        self as reviews, AddComment, ChangeComment, DecideReview, ImportAudit, ReplyToThread, ResolveThread, Selection,
    },
};

use crate::{
    Answer,
    args::review::{self as args, Said},
    commands::steps::find_step,
    context::{Context, ORIGIN},
    input,
    output::counted,
};

/// What every command prints that changes threads: the one that it was about.
#[derive(Serialize)]
struct Changed<'a> {
    walkthrough_id: &'a WalkthroughId,
    thread: &'a thread::Thread,
}

#[derive(Serialize)]
struct Stands<'a> {
    walkthrough_id: &'a WalkthroughId,
    content_hash: &'a str,
    state: State,
    is_approved: bool,
    standing: &'a waymark_core::review::standing::Standing,
    open: u32,
    decisions: &'a [waymark_core::review::Decision],
}

#[derive(Serialize)]
struct Listed<'a> {
    walkthrough_id: &'a WalkthroughId,
    open: u32,
    threads: &'a [thread::Thread],
}

/// Runs one of them.
pub async fn run(context: &Context, command: args::Review) -> Result<Answer> {
    match command {
        args::Review::Comments(args) => comments(context, args).await,
        args::Review::Comment(args) => comment(context, *args).await,
        args::Review::Reply(args) => reply(context, args).await,
        args::Review::Change(args) => change(context, args).await,
        args::Review::Resolve(args) => resolve(context, args).await,
        args::Review::State(args) => match args.set {
            Some(state) => decide(context, &args.walkthrough, state, args.note, None).await,
            None => state(context, &args.walkthrough).await,
        },
        args::Review::Approve(args) => {
            decide(context, &args.walkthrough, State::Approved, args.note, args.content).await
        }
        args::Review::RequestChanges(args) => {
            decide(context, &args.walkthrough, State::ChangesRequested, args.note, args.content).await
        }
        args::Review::ImportAudit(args) => import_audit(context, args).await,
        args::Review::Name { name } => self::name(context, name).await,
    }
}

async fn comments(context: &Context, args: args::Comments) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let mut review = reviews::read(&context.app().await?.library, &id).await?;
    review.threads.retain(|thread| !args.open || !thread.is_resolved);
    let listed = Listed { walkthrough_id: &id, open: review.open, threads: &review.threads };
    context.output.answer(&listed, || review.threads.iter().map(words::thread).collect::<Vec<_>>().join("\n\n"))?;
    if review.threads.is_empty() && !context.output.is_json {
        context.output.note("No comments. `waymark review comment` makes one.");
    }
    Ok(Answer::Yes)
}

async fn comment(context: &Context, args: args::Comment) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let text = text(args.said)?;
    let app = context.app().await?;
    let draft = drafts::open(&app.library, &id).await?.draft.walkthrough;
    let step = args.step.as_deref().map(|step| find_step(&draft, step)).transpose()?;
    let selection = match (&step, args.field, args.quote) {
        (Some(step), Some(field), Some(quote)) => {
            let step = &draft.steps[draft.step_index(step)?];
            let whole = step.content_fields.text(field).unwrap_or_default();
            let (from, to) = anchor::passage(whole, &quote, args.nth)?;
            Some(Selection { from, to, quote: Some(quote) })
        }
        _ => None,
    };
    let turn = match args.turn {
        Some(number) => {
            let script = Script { scenario: args.scenario, profile: Default::default(), moves: args.moves };
            Some(reviews::mention(&app.library, &id, script, number).await?)
        }
        None => None,
    };
    let add = AddComment { walkthrough: id.clone(), step, field: args.field, selection, text, turn };
    let known = reviews::read(&app.library, &id).await?;
    let review = review::comment(app, add).await?;
    let is_new = |thread: &&thread::Thread| known.threads.iter().all(|other| other.id != thread.id);
    let thread = review.threads.iter().find(is_new).map_or_else(|| reviews::thread(&review, &"".into()), Ok)?;
    changed(context, &id, thread, "Commented:")
}

async fn reply(context: &Context, args: args::Reply) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let text = text(args.said)?;
    let app = context.app().await?;
    let known = reviews::read(&app.library, &id).await?;
    let thread = reviews::thread(&known, &args.comment.into())?.id.clone();
    let review = review::reply(app, ReplyToThread { walkthrough: id.clone(), thread: thread.clone(), text }).await?;
    changed(context, &id, reviews::thread(&review, &thread)?, "Replied:")
}

async fn change(context: &Context, args: args::Change) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let app = context.app().await?;
    let comment: CommentId = args.comment.into();
    let known = reviews::read(&app.library, &id).await?;
    let before = reviews::thread(&known, &comment)?.clone();
    let change = ChangeComment { walkthrough: id.clone(), comment, text: args.text.filter(|_| !args.delete) };
    let review = review::change(app, change).await?;
    // A thread of which nothing is left is not listed any more.
    changed(context, &id, reviews::thread(&review, &before.id).unwrap_or(&before), "Changed:")
}

async fn resolve(context: &Context, args: args::Resolve) -> Result<Answer> {
    let id = context.find(&args.walkthrough).await?;
    let app = context.app().await?;
    let known = reviews::read(&app.library, &id).await?;
    let thread = reviews::thread(&known, &args.comment.into())?.id.clone();
    let is_resolved = !args.reopen;
    let input = ResolveThread { walkthrough: id.clone(), thread: thread.clone(), is_resolved };
    let review = review::resolve(app, input).await?;
    changed(context, &id, reviews::thread(&review, &thread)?, if is_resolved { "Resolved:" } else { "Opened again:" })
}

async fn state(context: &Context, walkthrough: &str) -> Result<Answer> {
    let id = context.find(walkthrough).await?;
    let review = reviews::read(&context.app().await?.library, &id).await?;
    stands(context, &id, &review)
}

async fn decide(
    context: &Context,
    walkthrough: &str,
    state: State,
    note: Option<String>,
    seen_hash: Option<String>,
) -> Result<Answer> {
    let id = context.find(walkthrough).await?;
    let input = DecideReview { walkthrough: id.clone(), state, note, seen_hash };
    let review = review::decide(context.app().await?, input).await?;
    stands(context, &id, &review)
}

async fn import_audit(context: &Context, args: args::ImportAudit) -> Result<Answer> {
    let walkthrough = context.find(&args.walkthrough).await?;
    let report = input::read_text(&args.report)?;
    let input = ImportAudit { walkthrough, report };
    let imported = reviews::import_audit(&context.app().await?.library, input, ORIGIN).await?;
    context.output.answer(&imported, || {
        let known = imported.findings - imported.added.min(imported.findings);
        let known = if known == 0 { String::new() } else { format!("; {known} were there already") };
        let findings = counted(imported.findings as usize, "finding");
        format!("{findings}: {} added{known}", counted(imported.added as usize, "comment"))
    })?;
    if imported.unplaced > 0 {
        let findings = counted(imported.unplaced as usize, "finding");
        context
            .output
            .note(&format!("note: {findings} about no step of this walkthrough; they are comments on all of it."));
    }
    Ok(Answer::Yes)
}

async fn name(context: &Context, name: Option<String>) -> Result<Answer> {
    let app = context.app().await?;
    let author = match name {
        Some(name) => review::set_author(app, &name).await?,
        None => review::author(app).await?,
    };
    context.output.answer(&author, || author.name.clone())?;
    Ok(Answer::Yes)
}

fn text(said: Said) -> Result<String> {
    match said.from {
        Some(path) => input::read_text(&path),
        None => Ok(said.text.unwrap_or_default()),
    }
}

fn changed(context: &Context, id: &WalkthroughId, thread: &thread::Thread, what: &str) -> Result<Answer> {
    let value = Changed { walkthrough_id: id, thread };
    context.output.answer(&value, || format!("{what}\n{}", words::thread(thread)))?;
    Ok(Answer::Yes)
}

fn stands(context: &Context, id: &WalkthroughId, review: &thread::Review) -> Result<Answer> {
    let value = Stands {
        walkthrough_id: id,
        content_hash: &review.content_hash,
        state: review.standing.state,
        is_approved: review.standing.is_approved(),
        standing: &review.standing,
        open: review.open,
        decisions: &review.decisions,
    };
    context.output.answer(&value, || words::standing(review))?;
    Ok(Answer::Yes)
}
