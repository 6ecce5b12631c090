//! Which steps there are, and what is in each. Where they stand and lead is decided elsewhere.

use std::collections::HashMap;

use super::{
    Place, links,
    settling::{Members, Settling, Side, Three},
    words,
};
use crate::{
    content::{ContentFields, Field, FieldsV1},
    diff::is_same_content,
    format::json::{compact, pretty},
    hash::is_same_json,
    id::StepId,
    json::OWN_KEY,
    quiz,
    walkthrough::{Step, Walkthrough},
};

/// A step of the merged walkthrough.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kept<'a> {
    /// Both have it.
    Both(Three<&'a Step>),
    /// One added it, or keeps what the other removed.
    One(&'a Step),
    /// It was decided to remove it.
    Dropped,
}

/// The steps that either side still has: what one removed and the other left as it was is gone, and what the other
/// changed meanwhile is a question.
pub(super) fn kept<'a>(settling: &mut Settling<'_>, all: Three<&'a Walkthrough>) -> HashMap<&'a StepId, Kept<'a>> {
    let by_id = all.map(|side| side.steps.iter().map(|step| (&step.id, step)).collect::<HashMap<_, _>>());
    let mut kept = HashMap::with_capacity(all.mine.steps.len());
    for step in &all.mine.steps {
        let base = by_id.base.as_ref().and_then(|base| base.get(&step.id).copied());
        let found = match by_id.theirs.get(&step.id).copied() {
            Some(theirs) => Some(Kept::Both(Three { base, mine: step, theirs })),
            None => of_one(settling, all, (base, step), Side::Mine),
        };
        kept.extend(found.map(|found| (&step.id, found)));
    }
    for step in all.theirs.steps.iter().filter(|step| !by_id.mine.contains_key(&step.id)) {
        let base = by_id.base.as_ref().and_then(|base| base.get(&step.id).copied());
        kept.extend(of_one(settling, all, (base, step), Side::Theirs).map(|found| (&step.id, found)));
    }
    kept
}

/// A step that only one side has.
fn of_one<'a>(
    settling: &mut Settling<'_>,
    all: Three<&'a Walkthrough>,
    (old, step): (Option<&'a Step>, &'a Step),
    side: Side,
) -> Option<Kept<'a>> {
    if all.base.is_some() && old.is_none() {
        return Some(Kept::One(step));
    }
    let linked_from = links::new_link_to(all, side, &step.id);
    if old.is_some_and(|old| is_same(old, step)) && linked_from.is_none() {
        return None;
    }
    let present = Some(words::step(step, linked_from));
    let (mine, theirs) = if side == Side::Mine { (present, None) } else { (None, present) };
    let base = all.base.map(|_| old.map(|old| words::step(old, None)));
    let taken = settling.choose_existence(&step.id, side, Three { base, mine, theirs });
    Some(if taken == side { Kept::One(step) } else { Kept::Dropped })
}

fn is_same(old: &Step, step: &Step) -> bool {
    old.title == step.title && is_same_content(old, step) && is_same_json(old.metadata.as_ref(), step.metadata.as_ref())
}

/// What is in a step of the merged walkthrough, if it has it.
pub(super) fn merge(settling: &mut Settling<'_>, kept: &Kept<'_>) -> Option<Step> {
    match kept {
        Kept::Both(three) => Some(merge_both(settling, *three)),
        Kept::One(step) => Some((*step).clone()),
        Kept::Dropped => None,
    }
}

fn merge_both(settling: &mut Settling<'_>, three: Three<&Step>) -> Step {
    let id = &three.mine.id;
    let title = settling.line(three.map(|step| step.title.as_str()), Place::StepTitle { step: id.clone() });
    let content_fields = content(settling, three);
    let metadata = settling.json(three.map(|step| step.metadata.as_ref()), |path| {
        if path.iter().map(String::as_str).eq([OWN_KEY, quiz::KEY]) {
            Place::Quiz { step: id.clone() }
        } else {
            Place::StepMetadata { step: id.clone(), path }
        }
    });
    Step {
        id: id.clone(),
        title,
        content_fields,
        display_order: three.theirs.display_order,
        next_step_id: None,
        created_at: three.theirs.created_at.or(three.mine.created_at),
        updated_at: three.theirs.updated_at.or(three.mine.updated_at),
        metadata,
    }
}

/// The texts one by one; content of a version that this Waymark does not know is one thing.
fn content(settling: &mut Settling<'_>, three: Three<&Step>) -> ContentFields {
    if let Some(side) = three.decided(|a, b| is_same_content(a, b)) {
        return three.take(side).content_fields.clone();
    }
    let step = &three.mine.id;
    let known = |step: &'_ Step| match &step.content_fields {
        ContentFields::V1(fields) => Some(fields.clone()),
        ContentFields::Unknown { .. } => None,
    };
    let (base, Some(mine), Some(theirs)) = (three.base.map(known), known(three.mine), known(three.theirs)) else {
        return whole(settling, three);
    };
    let base = match base {
        Some(None) => return whole(settling, three),
        Some(Some(base)) => Some(base),
        None => None,
    };
    let sides = Three { base: base.as_ref(), mine: &mine, theirs: &theirs };
    let mut merged = FieldsV1::default();
    for field in Field::ALL {
        let place = |hunk| Place::Field { step: step.clone(), field, hunk };
        *merged.text_mut(field) = settling.text(sides.map(|side| side.text(field)), place);
    }
    let extra = sides
        .map(|side| -> Members { side.extra.iter().map(|(key, value)| (vec![key.clone()], value.clone())).collect() });
    let extra = Three { base: extra.base.as_ref(), mine: &extra.mine, theirs: &extra.theirs };
    let extra = settling.members(extra, |path| Place::ContentKey { step: step.clone(), key: path.concat() });
    // A text that was null and has words now is no longer null.
    let is_text = |key: &str| Field::ALL.into_iter().any(|field| field.key() == key && merged.text(field).is_some());
    let extra = extra.into_iter().map(|(path, value)| (path.concat(), value));
    merged.extra = extra.filter(|(key, _)| !is_text(key)).collect();
    ContentFields::V1(merged)
}

fn whole(settling: &mut Settling<'_>, three: Three<&Step>) -> ContentFields {
    let words = |step: &Step| Some(pretty(&compact(step.content_fields.to_json().as_str())));
    let side = settling.choose_side(Place::Content { step: three.mine.id.clone() }, three.map(words));
    three.take(side).content_fields.clone()
}
