//! Answers to conflicts, checked before anything is made of them.

use std::collections::HashMap;

use super::{Answer, Conflict, Place, Take};
use crate::{
    error::{Code, Error, Result},
    json::FreeJson,
    limits,
    walkthrough::Walkthrough,
};

/// What was chosen for each place.
pub(super) type Choices = HashMap<Place, Take>;

/// Every conflict has one answer, and every answer a conflict.
pub(super) fn check(conflicts: &[Conflict], answers: &[Answer]) -> Result<Choices> {
    let mut choices = Choices::with_capacity(answers.len());
    for answer in answers {
        let conflict = conflicts.iter().find(|conflict| conflict.place == answer.place).ok_or_else(|| {
            Error::invalid("One of the answers is about a place where there is no conflict.")
                .with_field("answers")
                .with_hint("Look at the conflicts again: the draft or production may have changed.")
        })?;
        if let Take::Text(text) = &answer.take {
            check_text(conflict, text)?;
        }
        if choices.insert(answer.place.clone(), answer.take.clone()).is_some() {
            return Err(Error::invalid("One conflict has two answers.")
                .with_field("answers")
                .with_hint("Keep one of them."));
        }
    }
    let open = conflicts.len() - choices.len();
    if open == 0 {
        return Ok(choices);
    }
    let (verb, total) = (if open == 1 { "is" } else { "are" }, conflicts.len());
    Err(Error::new(Code::Refused, format!("{open} of {total} conflicts {verb} open. Nothing was written."))
        .with_hint("Answer each: take mine, take theirs, or write what it is to be."))
}

fn check_text(conflict: &Conflict, text: &str) -> Result<()> {
    if !conflict.can_write {
        return Err(Error::invalid("This conflict cannot be answered with a text.")
            .with_field("answers")
            .with_hint("Take mine or theirs, and change it afterwards."));
    }
    match &conflict.place {
        Place::Title => limits::check_title(text),
        Place::StepTitle { .. } => limits::check_step_title(text),
        Place::Field { field, .. } => limits::check_field(*field, text),
        Place::Metadata { .. } | Place::StepMetadata { .. } => {
            limits::check_text("metadata", "The metadata", text)?;
            match text.trim() {
                "" => Ok(()),
                text => FreeJson::parse(text).map(drop).map_err(|error| error.with_field("metadata")),
            }
        }
        _ => limits::check_text("answers", "The text", text),
    }
}

/// What only the whole shows: a description that was written by hand may be too long in the end.
pub(super) fn check_result(merged: &Walkthrough, answers: &[Answer]) -> Result<()> {
    let is_written =
        |answer: &Answer| matches!((&answer.place, &answer.take), (Place::Description { .. }, Take::Text(_)));
    if answers.iter().any(is_written) {
        limits::check_description(merged.description.as_deref().unwrap_or_default())?;
    }
    Ok(())
}
