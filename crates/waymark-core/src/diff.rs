//! What differs between two walkthroughs, and between two texts.
//!
//! Two sides of one walkthrough are matched by step id and by server, never by title or place. Status is left out: it
//! is the publish that sets it. The library counts with the same comparison that the publish plan shows.

use std::collections::HashMap;

use crate::{
    content::Field,
    hash::{is_same_json, is_same_metadata},
    id::StepId,
    walkthrough::{Assignment, Step, Walkthrough},
};

pub mod changes;
pub mod text;

/// How many things differ: details, steps (one each, whatever changed in it) and assignments. Without a base,
/// everything is new. Status does not count.
pub fn count_changes(base: Option<&Walkthrough>, mine: &Walkthrough) -> u32 {
    let Some(base) = base else {
        return 1 + mine.steps.len() as u32 + mine.assignments.len() as u32;
    };
    let steps = steps(Some(base), mine).into_iter().filter(StepDiff::is_change).count();
    (details(base, mine).len() + steps + assignments(Some(base), mine).len()) as u32
}

/// The names of the details that differ, in the order of every screen. Without `status`.
pub fn details(before: &Walkthrough, after: &Walkthrough) -> Vec<&'static str> {
    let differs = [
        ("title", before.title != after.title),
        ("description", before.description != after.description),
        ("type", before.kind != after.kind),
        ("tags", before.tags != after.tags),
        ("estimated_duration_minutes", before.estimated_duration_minutes != after.estimated_duration_minutes),
        ("metadata", !is_same_metadata(before.metadata.as_ref(), after.metadata.as_ref())),
    ];
    differs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}

/// One step on both sides.
#[derive(Debug, Clone, Copy)]
pub struct StepDiff<'a> {
    /// Before, with its number (from 1).
    pub before: Option<(&'a Step, u32)>,
    /// After, with its number (from 1).
    pub after: Option<(&'a Step, u32)>,
    /// Whether it stands elsewhere among the steps that stay: the fewest steps are called moved.
    pub is_moved: bool,
}

impl StepDiff<'_> {
    /// Whether anything at all is different, stored orders apart.
    pub fn is_change(&self) -> bool {
        match (self.before, self.after) {
            (Some((before, _)), Some((after, _))) => self.is_moved || !is_same_step(before, after),
            _ => true,
        }
    }
}

fn is_same_step(before: &Step, after: &Step) -> bool {
    before.title == after.title
        && before.next_step_id == after.next_step_id
        && is_same_content(before, after)
        && is_same_json(before.metadata.as_ref(), after.metadata.as_ref())
}

/// Whether two steps have the same content fields, extra keys in any order.
pub fn is_same_content(before: &Step, after: &Step) -> bool {
    let (before, after) = (&before.content_fields, &after.content_fields);
    before == after || is_same_json(Some(&before.to_json()), Some(&after.to_json()))
}

/// The content fields whose text differs. Absent and empty are the same: the agent sees no difference.
pub fn fields(before: Option<&Step>, after: Option<&Step>) -> Vec<Field> {
    Field::ALL.into_iter().filter(|field| text(before, *field) != text(after, *field)).collect()
}

fn text(step: Option<&Step>, field: Field) -> &str {
    step.and_then(|step| step.content_fields.text(field)).unwrap_or_default()
}

/// All steps of both sides: in the order of `after`, removed ones behind the step that they stood behind.
pub fn steps<'a>(before: Option<&'a Walkthrough>, after: &'a Walkthrough) -> Vec<StepDiff<'a>> {
    let before_steps: &[Step] = before.map_or(&[], |before| &before.steps);
    let place_before = places(before_steps);
    let place_after = places(&after.steps);
    let ids: Vec<&StepId> = after.steps.iter().map(|step| &step.id).collect();
    let stays = stays(&ids, &place_before);
    let mut result: Vec<StepDiff<'a>> = Vec::with_capacity(after.steps.len());
    let removed_from = |from: usize, result: &mut Vec<StepDiff<'a>>| {
        for (index, step) in before_steps.iter().enumerate().skip(from) {
            if place_after.contains_key(&step.id) {
                break;
            }
            result.push(StepDiff { before: Some((step, index as u32 + 1)), after: None, is_moved: false });
        }
    };
    removed_from(0, &mut result);
    for (index, step) in after.steps.iter().enumerate() {
        let old = place_before.get(&step.id).copied();
        result.push(StepDiff {
            before: old.map(|place| (&before_steps[place], place as u32 + 1)),
            after: Some((step, index as u32 + 1)),
            is_moved: old.is_some() && !stays[index],
        });
        if let Some(place) = old {
            removed_from(place + 1, &mut result);
        }
    }
    result
}

/// The assignments that differ, by server: before, after.
pub fn assignments<'a>(
    before: Option<&'a Walkthrough>,
    after: &'a Walkthrough,
) -> Vec<(Option<&'a Assignment>, Option<&'a Assignment>)> {
    let before: &[Assignment] = before.map_or(&[], |before| &before.assignments);
    let find = |list: &'a [Assignment], server: &str| list.iter().find(|known| known.server == server);
    let changed = after.assignments.iter().filter_map(|new| {
        let old = find(before, &new.server);
        let is_same = old.is_some_and(|old| (old.display_order, old.is_enabled) == (new.display_order, new.is_enabled));
        (!is_same).then_some((old, Some(new)))
    });
    let removed =
        before.iter().filter(|old| find(&after.assignments, &old.server).is_none()).map(|old| (Some(old), None));
    changed.chain(removed).collect()
}

fn places(steps: &[Step]) -> HashMap<&StepId, usize> {
    steps.iter().enumerate().map(|(index, step)| (&step.id, index)).collect()
}

/// For each step of `after`: whether it belongs to a longest run of steps that kept their order.
pub(crate) fn stays(after: &[&StepId], place_before: &HashMap<&StepId, usize>) -> Vec<bool> {
    let kept: Vec<(usize, usize)> =
        after.iter().enumerate().filter_map(|(index, id)| place_before.get(id).map(|place| (index, *place))).collect();
    // Patience sorting: `tails[k]` ends the best run of length k + 1; `previous` leads back through it.
    let mut tails: Vec<usize> = Vec::new();
    let mut previous = vec![None; kept.len()];
    for (item, (_, place)) in kept.iter().enumerate() {
        let length = tails.partition_point(|tail| kept[*tail].1 < *place);
        previous[item] = length.checked_sub(1).map(|shorter| tails[shorter]);
        if length == tails.len() {
            tails.push(item);
        } else {
            tails[length] = item;
        }
    }
    let mut stays = vec![false; after.len()];
    let mut item = tails.last().copied();
    while let Some(current) = item {
        stays[kept[current].0] = true;
        item = previous[current];
    }
    stays
}

#[cfg(test)]
mod tests;
