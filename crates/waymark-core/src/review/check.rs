//! What may go into a review: what somebody writes now, and what comes in a file from elsewhere.

use super::{Comment, Target, TurnMention, anchor::Anchor, log::ReviewLog};
use crate::{
    content::Field,
    conversation::script,
    error::{Error, Result},
    id::StepId,
    limits,
    walkthrough::Walkthrough,
};

/// Characters in a name.
pub const NAME_MAX: usize = 80;
/// Bytes in a comment or a note.
pub const TEXT_MAX_BYTES: usize = 64 * 1024;
/// Items in one review.
pub const ITEMS_MAX: usize = 20_000;
/// Characters in an id.
const ID_MAX: usize = 100;

/// A reviewer's name as it is kept: white space around it goes.
///
/// # Errors
/// `InvalidInput` on `name`.
pub fn name(name: &str) -> Result<String> {
    let name = name.trim();
    limits::check_line("name", "Your name", name, NAME_MAX)?;
    if name.chars().any(char::is_control) {
        return Err(Error::invalid("Your name has a line break or another control character in it.")
            .with_field("name")
            .with_hint("Write it in one line."));
    }
    Ok(name.to_owned())
}

/// A comment's text as it is kept.
///
/// # Errors
/// `InvalidInput` on `text`: empty, too long, with a NUL character.
pub fn text(text: &str) -> Result<String> {
    if text.trim().is_empty() {
        return Err(Error::invalid("The comment has no text.")
            .with_field("text")
            .with_hint("Write what you want to say."));
    }
    limits::check_text("text", "The comment", text)?;
    if text.len() > TEXT_MAX_BYTES {
        return Err(Error::invalid(format!("The comment is {} bytes long.", text.len()))
            .with_field("text")
            .with_hint(format!("It may have up to {TEXT_MAX_BYTES} bytes. Split it.")));
    }
    Ok(text.trim_end().to_owned())
}

/// What a new thread is about, checked against the walkthrough as it is.
///
/// # Errors
/// `NotFound` for a step that is not there; `InvalidInput` for a field without a step, and for no selection.
pub fn target(
    walkthrough: &Walkthrough,
    step: Option<&StepId>,
    field: Option<Field>,
    selection: Option<(u32, u32)>,
) -> Result<Target> {
    let Some(id) = step else {
        if field.is_some() || selection.is_some() {
            return Err(Error::invalid("A field belongs to a step.").with_field("step").with_hint("Name the step."));
        }
        return Ok(Target::default());
    };
    let step = &walkthrough.steps[walkthrough.step_index(id)?];
    let anchor = match (field, selection) {
        (_, None) => None,
        (None, Some(_)) => {
            return Err(Error::invalid("A selection belongs to a field.")
                .with_field("field")
                .with_hint("Name the field."));
        }
        (Some(field), Some((from, to))) => {
            Some(Anchor::of(step.content_fields.text(field).unwrap_or_default(), from, to)?)
        }
    };
    Ok(Target { step: Some(id.clone()), step_title: Some(step.title.clone()), field, anchor })
}

/// A turn that is mentioned.
///
/// # Errors
/// `InvalidInput` for a script that cannot be played, and for words that are too long.
pub fn turn(turn: &TurnMention) -> Result<()> {
    script::check(&turn.script)?;
    limits::check_line("turn", "The turn", &turn.words, 200)
}

/// A log that came from elsewhere, as it may be kept.
///
/// # Errors
/// `InvalidInput` naming the item.
pub fn log(log: &ReviewLog) -> Result<()> {
    if log.len() > ITEMS_MAX {
        return Err(Error::invalid(format!("The review has {} comments and decisions.", log.len()))
            .with_hint(format!("Up to {ITEMS_MAX} can be read.")));
    }
    for comment in &log.comments {
        item(comment.id.as_str(), comment_fits(comment))?;
    }
    for resolution in &log.resolutions {
        let fits = id(resolution.id.as_str()).and_then(|()| name(&resolution.author).map(drop));
        item(resolution.id.as_str(), fits.and_then(|()| id(resolution.thread.as_str())))?;
    }
    for decision in &log.decisions {
        let note = decision.note.as_deref().map_or(Ok(()), |note| text(note).map(drop));
        let hash = limits::check_line("content_hash", "The content hash", &decision.content_hash, ID_MAX);
        item(decision.id.as_str(), id(decision.id.as_str()).and(name(&decision.author).map(drop)).and(note).and(hash))?;
    }
    Ok(())
}

fn comment_fits(comment: &Comment) -> Result<()> {
    id(comment.id.as_str())?;
    id(comment.thread.as_str())?;
    name(&comment.author)?;
    if let Some(said) = &comment.text {
        text(said)?;
    }
    if let Some(target) = &comment.target {
        let texts = [
            target.step.as_ref().map(StepId::as_str),
            target.step_title.as_deref(),
            target.anchor.as_ref().map(|anchor| anchor.quote.as_str()),
            target.anchor.as_ref().map(|anchor| anchor.prefix.as_str()),
            target.anchor.as_ref().map(|anchor| anchor.suffix.as_str()),
        ];
        for text in texts.into_iter().flatten() {
            limits::check_text("target", "What it is about", text)?;
            if text.len() > TEXT_MAX_BYTES {
                return Err(Error::invalid("What it is about is too long."));
            }
        }
    }
    if let Some(mention) = &comment.turn {
        turn(mention)?;
    }
    match &comment.audit {
        Some(finding) => finding.check(),
        None => Ok(()),
    }
}

fn id(id: &str) -> Result<()> {
    limits::check_line("id", "An id", id, ID_MAX)
}

fn item(id: &str, fits: Result<()>) -> Result<()> {
    fits.map_err(|error| {
        let id: String = id.chars().take(ID_MAX).collect();
        Error { message: format!("The item `{id}` of the review cannot be read: {}", error.message), ..error }
    })
}
