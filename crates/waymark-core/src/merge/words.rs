//! Conflicts in words: what each side has, where it is, and in which order they are shown.

use std::collections::HashMap;

use super::{Conflict, Place, settling::Three};
use crate::{
    content::{ContentFields, Field},
    diff::text::lines,
    format::json::{compact, pretty},
    id::StepId,
    publish::DiffLine,
    walkthrough::{Step, Walkthrough},
};

/// What each side changed; where there is nothing to compare with, how it differs from the other.
pub(super) fn lines_of(words: &Three<Option<String>>) -> (Vec<DiffLine>, Vec<DiffLine>) {
    let text = |side: &Option<String>| side.clone().unwrap_or_default();
    let (mine, theirs) = (text(&words.mine), text(&words.theirs));
    match &words.base {
        Some(base) => (lines(&text(base), &mine), lines(&text(base), &theirs)),
        None => (lines(&theirs, &mine), lines(&mine, &theirs)),
    }
}

/// A whole step, to read.
pub(super) fn step(step: &Step, linked_from: Option<&str>) -> String {
    let mut parts = vec![step.title.clone()];
    parts.extend(linked_from.map(|title| format!("Linked from “{title}”.")));
    match &step.content_fields {
        ContentFields::V1(fields) => parts.extend(Field::ALL.into_iter().filter_map(|field| {
            let label = field.label();
            let label = label[..1].to_uppercase() + &label[1..];
            fields.text(field).filter(|text| !text.is_empty()).map(|text| format!("{label}:\n{}", text.trim_end()))
        })),
        ContentFields::Unknown { json } => parts.push(pretty(&compact(json.as_str()))),
    }
    let metadata = step.metadata.as_ref().filter(|json| !json.is_null());
    parts.extend(metadata.map(|json| format!("Metadata:\n{}", pretty(&compact(json.as_str())))));
    parts.join("\n\n")
}

/// Where a step stands in a walkthrough.
pub(super) fn position(side: &Walkthrough, id: &StepId) -> Option<String> {
    let index = side.steps.iter().position(|step| step.id == *id)?;
    Some(match index.checked_sub(1) {
        Some(before) => format!("Behind “{}”", side.steps[before].title),
        None => "First".to_owned(),
    })
}

/// The title of a step that somebody has.
pub(super) fn quoted(all: Three<&Walkthrough>, id: &StepId) -> String {
    title(all, id).map_or_else(|| format!("A step that is not there (`{id}`)"), |title| format!("“{title}”"))
}

fn title<'a>(all: Three<&'a Walkthrough>, id: &StepId) -> Option<&'a str> {
    let sides = [Some(all.mine), Some(all.theirs), all.base];
    sides.into_iter().flatten().find_map(|side| side.step(id)).map(|step| step.title.as_str())
}

/// Says which step each is about, and puts them into the order of the screen: details, steps, servers.
pub(super) fn locate(conflicts: &mut [Conflict], order: &[&StepId], all: Three<&Walkthrough>) {
    let numbers: HashMap<&StepId, u32> = order.iter().zip(1..).map(|(id, number)| (*id, number)).collect();
    for conflict in conflicts.iter_mut() {
        let Some(id) = conflict.place.step() else { continue };
        conflict.number = numbers.get(id).copied();
        conflict.step_title = title(all, id).map(str::to_owned);
    }
    conflicts.sort_by_key(|conflict| match conflict.place {
        Place::Assignment { .. } => u32::MAX,
        _ => conflict.number.unwrap_or_default(),
    });
}
