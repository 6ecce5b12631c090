//! `waymark preview`: the conversation that an agent would have, turn by turn, kept and compared.

use std::path::{Path, PathBuf};

use serde::Serialize;
use waymark_app::{
    conversations::{self as production, CompareConversation},
    export::{self, OnExisting},
};
use waymark_core::{
    conversation::{
        compare::{self, TurnDifference},
        record::{self, Record},
        script::{Move, Script},
        turn::{Conversation, ConversationTokens, DeliveredStep, Turn, TurnWindow},
    },
    error::Result,
    hash::content_hash,
    id::WalkthroughId,
    render,
};
use waymark_library::{
    connections,
    conversations::{self, PlayConversation},
    drafts,
};

use crate::{
    Answer,
    args::preview::Preview,
    commands::{history::line, transfer::name_the_flag},
    context::Context,
    input,
    output::counted,
};

/// What a script reads of a comparison.
#[derive(Serialize)]
struct Compared<'a> {
    script: &'a Script,
    differences: &'a [TurnDifference],
}

/// What a script reads of a conversation.
#[derive(Serialize)]
struct Played<'a> {
    walkthrough_id: &'a WalkthroughId,
    script: &'a Script,
    saved_to: Option<&'a Path>,
    #[serde(flatten)]
    conversation: &'a Conversation,
}

/// Plays a conversation, and shows, keeps or compares it.
pub async fn run(context: &Context, args: Preview) -> Result<Answer> {
    let walkthrough = context.find(&args.walkthrough).await?;
    let library = &context.app().await?.library;
    if let Some(path) = &args.replay {
        let Record { script, turns, .. } = record::read(&input::read_text(path)?)?;
        let differences = conversations::compare(library, &walkthrough, script.clone(), turns).await?;
        return show_differences(context, &script, &differences, "Every turn is what it was.");
    }
    let script = Script { scenario: args.scenario, profile: args.profile.into(), moves: args.moves.clone() };
    let mut playing = PlayConversation { walkthrough, script, window: TurnWindow::ALL };
    if args.to_end {
        let so_far = PlayConversation { window: TurnWindow::NONE, ..playing.clone() };
        let left = conversations::play(library, &so_far).await?.turns.last().map_or(0, left);
        playing.script.moves.extend((0..left).map(|_| Move::Next));
    }
    if let Some(name) = &args.connection {
        let connection = connections::find(library, name).await?.id;
        let PlayConversation { walkthrough, script, .. } = playing;
        let input = CompareConversation { walkthrough, script, connection, window: TurnWindow::NONE };
        let found = production::compare_with_production(context.app().await?, &input).await?;
        return show_differences(context, &input.script, &found.differences, "Every turn is what production serves.");
    }
    let conversation = conversations::play(library, &playing).await?;
    if let Some(path) = &args.save {
        save(context, &playing, &conversation, path.clone(), &args).await?;
    }
    let PlayConversation { walkthrough, script, .. } = &playing;
    let saved_to = args.save.as_deref();
    let played = Played { walkthrough_id: walkthrough, script, saved_to, conversation: &conversation };
    context.output.answer(&played, || describe(&conversation, args.wire))?;
    Ok(Answer::Yes)
}

/// How many steps a learner has not completed.
fn left(turn: &Turn) -> u32 {
    let progress = turn.state.progress;
    progress.total_steps - progress.completed_steps
}

async fn save(
    context: &Context,
    playing: &PlayConversation,
    conversation: &Conversation,
    path: PathBuf,
    args: &Preview,
) -> Result<()> {
    let draft = drafts::open(&context.app().await?.library, &playing.walkthrough).await?.draft.walkthrough;
    let record = Record {
        version: record::VERSION.to_owned(),
        content_hash: content_hash(&draft),
        walkthrough: draft.title,
        script: playing.script.clone(),
        turns: compare::texts(conversation),
    };
    let on_existing = if args.force { OnExisting::Replace } else { OnExisting::Refuse };
    export::write(&path, record::write(&record), on_existing).map_err(name_the_flag)?;
    context.output.note(&format!("Wrote {}", path.display()));
    Ok(())
}

fn show_differences(context: &Context, script: &Script, differences: &[TurnDifference], same: &str) -> Result<Answer> {
    context.output.answer(&Compared { script, differences }, || {
        differences.iter().map(describe_difference).collect::<Vec<_>>().join("\n")
    })?;
    if differences.is_empty() {
        context.output.note(same);
        return Ok(Answer::Yes);
    }
    Ok(Answer::No)
}

fn describe(conversation: &Conversation, is_wire: bool) -> String {
    let preface = &conversation.preface;
    let names: Vec<&str> = preface.tools.iter().map(|tool| tool.name.as_str()).collect();
    let tokenizer = conversation.tokens.encoding.name();
    let mut lines = vec![format!("Tools: {} ({} tokens, {tokenizer})", names.join(", "), preface.tokens)];
    if is_wire {
        lines.extend([indent(&preface.request, "  > "), indent(&preface.response, "  < ")]);
    }
    for turn in &conversation.turns {
        lines.push(String::new());
        lines.push(heading(turn));
        lines.extend(turn.note.iter().map(|note| format!("  ({note})")));
        lines.extend(turn.learner_says.iter().map(|says| format!("  Learner: {says}")));
        let Some(detail) = turn.detail.as_ref().filter(|_| turn.tool.is_some()) else { continue };
        if is_wire {
            let messages = [(&detail.request, "  > "), (&detail.response, "  < ")];
            lines.extend(messages.into_iter().filter_map(|(text, mark)| Some(indent(text.as_deref()?, mark))));
        } else {
            let arguments = detail.arguments.as_deref().unwrap_or_default();
            lines.push(format!("  Agent:   {} {arguments}", turn.tool.as_deref().unwrap_or_default()));
            lines.push(indent(&render::text(&detail.segments), "  | "));
        }
    }
    lines.push(String::new());
    if conversation.is_finished {
        lines.push("The walkthrough is complete.".to_owned());
    }
    let ConversationTokens { total, template, .. } = conversation.tokens;
    lines.push(format!("{total} tokens ({tokenizer}) in all, {template} of them the template's."));
    lines.join("\n")
}

fn heading(turn: &Turn) -> String {
    let progress = turn.state.progress;
    let mut parts = vec![format!("Turn {}", turn.number)];
    if turn.session > 1 {
        parts.push(format!("session {}", turn.session));
    }
    parts.extend(turn.step.as_ref().map(named));
    match &turn.action {
        Some(action) if turn.is_error => parts.push(format!("error: {action}")),
        Some(action) => parts.push(action.clone()),
        None => {}
    }
    parts.push(format!("{} of {} done", progress.completed_steps, counted(progress.total_steps as usize, "step")));
    if let Some(tokens) = &turn.tokens {
        parts.push(format!("{} tokens, {} so far", tokens.total, turn.state.tokens_so_far));
    }
    parts.join(" · ")
}

fn named(step: &DeliveredStep) -> String {
    format!("step {} `{}`", step.number, step.title)
}

fn describe_difference(difference: &TurnDifference) -> String {
    let side = |number: Option<u32>, step: &Option<DeliveredStep>, action: &Option<String>| {
        let number = number?;
        let what = step.as_ref().map(named).or_else(|| action.clone()).unwrap_or_else(|| "an edit".to_owned());
        Some(format!("turn {number} ({what})"))
    };
    let before = side(difference.before, &difference.step_before, &difference.action_before);
    let after = side(difference.after, &difference.step_after, &difference.action_after);
    let heading = match (before, after) {
        (Some(before), Some(after)) if before == after => before,
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (Some(before), None) => format!("{before} is gone"),
        (None, after) => format!("{} is new", after.unwrap_or_default()),
    };
    std::iter::once(heading).chain(difference.lines.iter().map(line)).collect::<Vec<_>>().join("\n")
}

fn indent(text: &str, mark: &str) -> String {
    let line = |line: &str| format!("{mark}{line}").trim_end().to_owned();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
