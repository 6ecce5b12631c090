//! Where the steps lead. A link to the step that follows is compared as that, and not by the id that it happens to name:
//! who adds a step changes the link before it, and means nothing by it.

use std::collections::{HashMap, HashSet};

use super::{
    Place,
    settling::{Settling, Side, Three},
    words,
};
use crate::{
    edit::structure::Structure,
    id::StepId,
    walkthrough::{Step, Walkthrough},
};

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way<'a> {
    /// To the step that follows, as the steps around it do.
    Onward,
    /// Nowhere in particular.
    Nowhere,
    /// To this one.
    To(&'a StepId),
}

/// The way, and the id as it is stored.
#[derive(Debug, Clone, Copy)]
struct Link<'a> {
    way: Way<'a>,
    stored: Option<&'a StepId>,
}

impl Link<'_> {
    /// Whether nothing was meant to change: it means the same, or is stored as it was.
    fn is_same(&self, other: &Self) -> bool {
        self.way == other.way || self.stored == other.stored
    }
}

fn links(side: &Walkthrough) -> HashMap<&StepId, Link<'_>> {
    let structure = Structure::of(side);
    let mut found = HashMap::with_capacity(side.steps.len());
    for step in &side.steps {
        let stored = step.next_step_id.as_ref();
        let way = if structure.is_plain(&step.id) { Way::Onward } else { stored.map_or(Way::Nowhere, Way::To) };
        found.insert(&step.id, Link { way, stored });
    }
    found
}

/// The title of a step that a side newly links to `target`, which is not the step that follows it.
pub(super) fn new_link_to<'a>(all: Three<&'a Walkthrough>, side: Side, target: &StepId) -> Option<&'a str> {
    let walkthrough = all.take(side);
    if walkthrough.steps.iter().all(|step| step.next_step_id.as_ref() != Some(target)) {
        return None;
    }
    let (known, base) = (links(walkthrough), all.base.map(links).unwrap_or_default());
    let is_new = |step: &&Step| {
        let link = known.get(&step.id);
        let is_old = |link: &Link<'_>| base.get(&step.id).is_some_and(|old| old.is_same(link));
        link.is_some_and(|link| link.way == Way::To(target) && !is_old(link))
    };
    walkthrough.steps.iter().find(is_new).map(|step| step.title.as_str())
}

/// Sets the links of the merged steps, which stand in order.
pub(super) fn merge(settling: &mut Settling<'_>, all: Three<&Walkthrough>, merged: &mut Walkthrough) {
    let known = all.map(links);
    let ids: Vec<StepId> = merged.steps.iter().map(|step| step.id.clone()).collect();
    let present: HashSet<&StepId> = ids.iter().collect();
    for (index, step) in merged.steps.iter_mut().enumerate() {
        let id = &step.id;
        let old = known.base.as_ref().and_then(|base| base.get(id));
        let (side, link) = match (known.mine.get(id), known.theirs.get(id)) {
            (Some(mine), Some(theirs)) => {
                let side = decide(settling, all, id, Three { base: old, mine, theirs });
                (side, if side == Side::Mine { mine } else { theirs })
            }
            (Some(mine), None) => (Side::Mine, mine),
            (None, Some(theirs)) => (Side::Theirs, theirs),
            (None, None) => continue,
        };
        let next = match link.way {
            Way::Onward => ids.get(index + 1).cloned(),
            Way::Nowhere => None,
            // A link that leads nowhere on its own side stays what it is.
            Way::To(target) if all.take(side).step(target).is_none() => Some(target.clone()),
            Way::To(target) => follow(all, &present, target).filter(|next| next != id),
        };
        step.next_step_id = next;
    }
}

fn decide(settling: &mut Settling<'_>, all: Three<&Walkthrough>, step: &StepId, three: Three<&Link<'_>>) -> Side {
    // What is meant comes before what is stored: where steps come in between, the same is meant by another id.
    let decided = three.decided(|a, b| a.way == b.way).or_else(|| three.decided(|a, b| a.stored == b.stored));
    if let Some(side) = decided {
        return side;
    }
    // A link that only followed from the removal of its target is no wish of that side.
    let target = three.base.and_then(|base| base.stored);
    let has_lost = |side: Side| target.is_some_and(|target| all.take(side).step(target).is_none());
    match (has_lost(Side::Mine), has_lost(Side::Theirs)) {
        (false, true) => Side::Mine,
        (true, false) => Side::Theirs,
        _ => {
            let place = Place::Link { step: step.clone() };
            settling.choose_side(place, three.map(|link| Some(link_words(all, link))))
        }
    }
}

fn link_words(all: Three<&Walkthrough>, link: &Link<'_>) -> String {
    match link.way {
        Way::Onward => "The step that follows".to_owned(),
        Way::Nowhere => "No step in particular".to_owned(),
        Way::To(target) => words::quoted(all, target),
    }
}

/// The target, or where that pointed, if it is gone, and so on.
fn follow(all: Three<&Walkthrough>, present: &HashSet<&StepId>, target: &StepId) -> Option<StepId> {
    let mut next = target;
    let mut seen = HashSet::new();
    while seen.insert(next) {
        if present.contains(next) {
            return Some(next.clone());
        }
        let sides = [all.base, Some(all.mine), Some(all.theirs)];
        next = sides.into_iter().flatten().find_map(|side| side.step(next))?.next_step_id.as_ref()?;
    }
    None
}
