//! What replacing makes of a walkthrough: one edit for each text that changes.

use std::collections::BTreeSet;

use super::{Matcher, Place, READ_ONLY, SkippedPlace, Text, places};
use crate::{
    edit::Edit,
    error::{Error, Result},
    limits,
    search::Part,
    walkthrough::Walkthrough,
};

/// What replacing does to one walkthrough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planned {
    /// One for each text that changes, whole.
    pub edits: Vec<Edit>,
    /// How many occurrences they replace.
    pub replaced: u32,
    /// What stays as it is although something was found there.
    pub skipped: Vec<SkippedPlace>,
}

/// Plans replacing everything that [`super::find`] finds but for the occurrences with these numbers.
pub fn plan(walkthrough: &Walkthrough, matcher: &Matcher, parts: &[Part], left_out: &BTreeSet<u32>) -> Planned {
    let mut planned = Planned::default();
    let mut index = 0;
    for place in places(walkthrough, parts) {
        let skipped = |message: String| SkippedPlace { step: place.step(), part: place.part, message };
        match place.text {
            Text::ReadOnly(json) => {
                planned.skipped.extend(matcher.is_in(json).then(|| skipped(READ_ONLY.to_owned())));
            }
            Text::Editable(text) => match changed(&place, matcher, text, &mut index, left_out) {
                Ok((_, 0)) => {}
                Ok((text, replaced)) => {
                    planned.replaced += replaced;
                    planned.edits.extend(edit(&place, text));
                }
                Err(error) => planned.skipped.push(skipped(error.message)),
            },
        }
    }
    planned
}

/// The text with everything replaced that is not left out, and how many that is. `index` is the number of its first
/// occurrence, and afterwards that of the next text's.
///
/// # Errors
/// `InvalidInput` where the text would break a limit that it keeps now.
pub(super) fn changed(
    place: &Place<'_>,
    matcher: &Matcher,
    text: &str,
    index: &mut u32,
    left_out: &BTreeSet<u32>,
) -> Result<(String, u32)> {
    let mut changed = String::with_capacity(text.len());
    let (mut end, mut replaced) = (0, 0);
    for (range, becomes) in matcher.each(text) {
        let is_left_out = left_out.contains(index);
        *index += 1;
        // What becomes what it is would be an edit that changes nothing.
        if is_left_out || text[range.clone()] == becomes {
            continue;
        }
        changed.push_str(&text[end..range.start]);
        changed.push_str(&becomes);
        end = range.end;
        replaced += 1;
    }
    if replaced == 0 {
        return Ok((String::new(), 0));
    }
    changed.push_str(&text[end..]);
    check(place, &changed)?;
    Ok((changed, replaced))
}

fn check(place: &Place<'_>, text: &str) -> Result<()> {
    let checked = match (place.step, place.part) {
        (None, Part::Title) => limits::check_title(text),
        (None, _) => limits::check_description(text),
        (Some(_), Part::Title) => limits::check_step_title(text),
        (Some(_), part) => part.field().map_or(Ok(()), |field| limits::check_field(field, text)),
    };
    checked.map_err(|error| Error { message: format!("With the replacement: {}", lower(&error)), ..error })
}

/// The sentence and its hint, to stand inside another sentence.
fn lower(error: &Error) -> String {
    let hint = error.hint.as_deref().map(|hint| format!(" {hint}")).unwrap_or_default();
    let mut characters = error.message.chars();
    let first = characters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}{hint}", characters.as_str())
}

fn edit(place: &Place<'_>, text: String) -> Option<Edit> {
    Some(match (place.step, place.part) {
        (None, Part::Title) => Edit::SetTitle { title: text },
        (None, _) => Edit::SetDescription { description: Some(text) },
        (Some((_, step)), Part::Title) => Edit::RenameStep { step: step.id.clone(), title: text },
        (Some((_, step)), part) => Edit::SetField { step: step.id.clone(), field: part.field()?, text: Some(text) },
    })
}
