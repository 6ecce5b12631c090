//! The text of a step that the learner engine delivers: the one step that was read, at its place among those that were
//! not.

use super::{Template, in_segments, values::Shown, whole_text};
use crate::{
    error::Result,
    learner::{standing::StepContent, turn::Delivery},
    preview::Segment,
};

/// The text.
///
/// # Errors
/// `InvalidInput` with line and column when the template fails.
pub fn text(template: &Template, delivery: &Delivery, content: &StepContent) -> Result<String> {
    whole_text(template, &shown(delivery, content))
}

/// The text in stretches that say which field they show.
///
/// # Errors
/// As [`text`].
pub fn segments(template: &Template, delivery: &Delivery, content: &StepContent) -> Result<Vec<Segment>> {
    in_segments(template, &shown(delivery, content))
}

fn shown<'a>(delivery: &Delivery, content: &'a StepContent) -> Shown<'a> {
    let (index, progress) = (delivery.index, delivery.progress);
    Shown { walkthrough: &content.walkthrough, step: &content.step, index, progress }
}
