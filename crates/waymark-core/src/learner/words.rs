//! What the agent is told when the answer is no step: what happened, and what to do next.

use std::fmt::Write;

use super::{
    call::Profile,
    turn::{Answer, Listed, Named, Status, Trouble},
};
use crate::{id::StepId, progress::Progress};

/// The text of an answer. `None` for a step, whose text is the template's.
pub fn text(answer: &Answer, profile: Profile) -> Option<String> {
    Some(match answer {
        Answer::Step(_) => return None,
        Answer::Completed(walkthrough, progress) => completed(walkthrough, *progress, profile),
        Answer::NoSteps(walkthrough) => {
            format!("The walkthrough {} has no steps yet, so there is nothing to do in it.", quoted(walkthrough))
        }
        Answer::List(listed) => choice(listed, profile),
        Answer::Ambiguous(name, listed) => format!(
            "{} walkthroughs are called \"{name}\", so none was started:\n\n{}\nCall `{}` with the id of the one the \
             user means as `{}`.",
            listed.len(),
            lines(listed),
            profile.start_tool(),
            profile.start_argument()
        ),
        Answer::Status(status) => describe(status, profile),
        Answer::Reset(walkthrough) => format!(
            "The progress in {} is cleared. Call `{}` with `{}: \"{}\"` to begin it again.",
            quoted(walkthrough),
            profile.start_tool(),
            profile.start_argument(),
            walkthrough.id
        ),
        Answer::Trouble(trouble) => explain(trouble, profile),
    })
}

fn quoted(walkthrough: &Named) -> String {
    format!("\"{}\" (`{}`)", walkthrough.title, walkthrough.id)
}

fn completed(walkthrough: &Named, progress: Progress, profile: Profile) -> String {
    let steps = match progress.total_steps {
        1 => "its one step is".to_owned(),
        count => format!("all {count} steps are"),
    };
    format!(
        "The walkthrough {} is complete: {steps} done ({} %). Tell the user so. To go through it once more, call `{}` \
         with `{}: \"{}\"` and `{}`.",
        quoted(walkthrough),
        progress.percent,
        profile.start_tool(),
        profile.start_argument(),
        walkthrough.id,
        profile.restart_argument()
    )
}

fn choice(listed: &[Listed], profile: Profile) -> String {
    if listed.is_empty() {
        return "There are no walkthroughs here at present.".to_owned();
    }
    format!(
        "These walkthroughs are available:\n\n{}\nAsk the user which one to begin, then call `{}` with its title or id \
         as `{}`.",
        lines(listed),
        profile.start_tool(),
        profile.start_argument()
    )
}

fn lines(listed: &[Listed]) -> String {
    let mut text = String::new();
    for item in listed {
        let state = item.state.name().replace('_', " ");
        let description = item.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let description = description.map(|text| format!(": {text}")).unwrap_or_default();
        writeln!(text, "- {} (id `{}`, {}, {state}){description}", item.title, item.id, item.kind)
            .expect("BUG: writing to a string failed");
    }
    text
}

fn describe(status: &Status, profile: Profile) -> String {
    let progress = status.progress;
    let mut text = format!("Walkthrough {}\n", quoted(&status.walkthrough));
    if status.steps.is_empty() {
        text.push_str("It has no steps yet (0 %).");
        return text;
    }
    text.push_str(&format!(
        "Status: {}, {} of {} steps completed ({} %)\n\n",
        status.state.name().replace('_', " "),
        progress.completed_steps,
        progress.total_steps,
        progress.percent
    ));
    for (index, step) in status.steps.iter().enumerate() {
        let mark = if step.is_completed { "x" } else { " " };
        let current = if step.is_current { " <- current step" } else { "" };
        writeln!(text, "{}. [{mark}] {} (id `{}`){current}", index + 1, step.title, step.id)
            .expect("BUG: writing to a string failed");
    }
    let (tool, argument) = (profile.start_tool(), profile.start_argument());
    let go_on = if status.state == super::turn::State::NotStarted { "begin" } else { "go on" };
    if !progress.is_completed {
        text.push_str(&format!("\nTo {go_on}, call `{tool}` with `{argument}: \"{}\"`.", status.walkthrough.id));
    }
    text
}

fn explain(trouble: &Trouble, profile: Profile) -> String {
    let start = profile.start_tool();
    match trouble {
        Trouble::NoVisit => format!(
            "It is not known which visit this call belongs to. Call `{start}` first, then pass the `visit` it answers \
             with to every tool."
        ),
        Trouble::UnknownVisit => format!(
            "There is no such visit here. Call `{start}` without `visit`, then pass the `visit` it answers with."
        ),
        Trouble::NoCurrent => format!("No walkthrough is under way here. Call `{start}` to begin or resume one."),
        Trouble::UnknownWalkthrough(given, listed) => {
            format!("There is no walkthrough \"{given}\" here. Nothing was changed.\n\n{}", choice(listed, profile))
        }
        Trouble::WrongStep { given, walkthrough, current } => wrong_step(given, walkthrough, current.as_ref(), profile),
        Trouble::Unconfirmed(walkthrough) => format!(
            "Nothing was cleared. This would clear all of the user's progress in {}, which cannot be undone. Ask the \
             user; if they agree, call `reset_walkthrough_progress` again with `confirm: true`.",
            quoted(walkthrough)
        ),
        Trouble::AskEmail { is_malformed } => format!(
            "{}Ask the user for their email address, then call `{start}` with it as `email`{}.",
            if *is_malformed { "That is not an email address. " } else { "This server asks for an email address. " },
            match profile {
                Profile::Current => "",
                Profile::V1 => " and the walkthrough's id as `walkthrough_id`",
            }
        ),
    }
}

fn wrong_step(given: &StepId, walkthrough: &Named, current: Option<&(StepId, String)>, profile: Profile) -> String {
    let opening =
        format!("`{given}` is no step of the current walkthrough {}, so nothing was completed.", quoted(walkthrough));
    match current {
        None => format!("{opening} Nothing is left to do in it."),
        Some((id, title)) => format!(
            "{opening} The current step is `{id}` (\"{title}\"). When it is done, call `{}` with `{}: \"{id}\"`. To \
             read it again, call `{}` with `{}: \"{}\"`.",
            profile.next_tool(),
            profile.next_argument(),
            profile.start_tool(),
            profile.start_argument(),
            walkthrough.id
        ),
    }
}
