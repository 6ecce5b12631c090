//! What replacing makes of a walkthrough: one edit for each text that changes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Matcher, Place, READ_ONLY, SkippedPlace, Text, places};
use crate::{
    edit::Edit,
    error::{Error, Result},
    limits,
    search::Part,
    section,
    texts::{self, Slot},
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
    let mut slots = Slots { walkthrough, texts: BTreeMap::new() };
    for place in places(walkthrough, parts) {
        let (step, part, slot) = (place.step(), place.part, place.slot);
        let skipped = |message: String| SkippedPlace { step, part, slot, message };
        match &place.text {
            Text::ReadOnly(json) => {
                planned.skipped.extend(matcher.is_in(json).then(|| skipped(READ_ONLY.to_owned())));
            }
            Text::Editable(text) => match changed(&place, matcher, text, &mut index, left_out) {
                Ok((_, 0)) => {}
                Ok((text, replaced)) => {
                    planned.replaced += replaced;
                    match (place.slot, place.step, place.part.field()) {
                        (Some(slot), step, _) => slots.put(step.map(|(at, _)| at), slot, text),
                        (None, Some((_, step)), Some(field)) => {
                            planned.edits.push(Edit::SetField { step: step.id.clone(), field, text: Some(text) });
                        }
                        _ => {}
                    }
                }
                Err(error) => planned.skipped.push(skipped(error.message)),
            },
        }
    }
    drop(planned.edits.splice(..0, slots.edits()));
    planned
}

/// What changes in texts that are in no field, by the place of the step: all that is in one metadata is one edit.
struct Slots<'a> {
    walkthrough: &'a Walkthrough,
    texts: BTreeMap<Option<usize>, Vec<(Slot, String)>>,
}

impl Slots<'_> {
    /// A section is renamed in all of its steps.
    fn put(&mut self, step: Option<usize>, slot: Slot, text: String) {
        let run = step.filter(|_| slot == Slot::Section).map(|at| (at, section::run(self.walkthrough, at).len()));
        match run {
            Some((at, length)) => {
                for step in at..at + length {
                    self.texts.entry(Some(step)).or_default().push((slot, text.clone()));
                }
            }
            None => self.texts.entry(step).or_default().push((slot, text)),
        }
    }

    fn edits(self) -> Vec<Edit> {
        let edits = self.texts.into_iter().flat_map(|(at, texts)| {
            let step = at.map(|at| &self.walkthrough.steps[at].id);
            texts::put(self.walkthrough, step, &texts)
        });
        edits.collect()
    }
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
    let (changed, replaced) = in_text(matcher, text, index, left_out);
    if replaced > 0 {
        check(place, &changed)?;
    }
    Ok((changed, replaced))
}

/// The same, whatever the text is to be.
pub(super) fn in_text(matcher: &Matcher, text: &str, index: &mut u32, left_out: &BTreeSet<u32>) -> (String, u32) {
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
        return (String::new(), 0);
    }
    changed.push_str(&text[end..]);
    (changed, replaced)
}

fn check(place: &Place<'_>, text: &str) -> Result<()> {
    let checked = match (place.slot, place.part.field()) {
        (Some(slot), _) => texts::check(place.step.map(|(_, step)| step), slot, text),
        (None, Some(field)) => limits::check_field(field, text),
        (None, None) => Ok(()),
    };
    checked.map_err(with_replacement)
}

/// What a limit says, of a text as it would be.
pub(super) fn with_replacement(error: Error) -> Error {
    Error { message: format!("With the replacement: {}", lower(&error)), ..error }
}

/// The sentence and its hint, to stand inside another sentence.
fn lower(error: &Error) -> String {
    let hint = error.hint.as_deref().map(|hint| format!(" {hint}")).unwrap_or_default();
    let mut characters = error.message.chars();
    let first = characters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}{hint}", characters.as_str())
}
