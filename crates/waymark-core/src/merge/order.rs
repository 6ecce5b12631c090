//! The order of the steps: moves of either side, relative to the steps that neither side moved.

use std::collections::{HashMap, HashSet};

use super::{
    Place,
    settling::{Settling, Side, Three},
    steps::Kept,
    words,
};
use crate::{diff, id::StepId, walkthrough::Walkthrough};

type Ids<'a> = Vec<&'a StepId>;
type Set<'a> = HashSet<&'a StepId>;

/// The steps in order, also those that it was decided to remove.
///
/// What neither side moved keeps its order. Then the moves and additions of the draft are put behind the step that they
/// stand behind there, and those of production likewise: so of two that were added at one place, production's comes
/// first. A step that was moved by both to different places is a question.
pub(super) fn merge<'a>(
    settling: &mut Settling<'_>,
    all: Three<&'a Walkthrough>,
    kept: &HashMap<&'a StepId, Kept<'a>>,
) -> Ids<'a> {
    let ids =
        all.map(|side| side.steps.iter().map(|step| &step.id).filter(|id| kept.contains_key(id)).collect::<Ids>());
    let is_in = |side: &[&'a StepId]| side.iter().copied().collect::<Set>();
    let (in_mine, in_theirs) = (is_in(&ids.mine), is_in(&ids.theirs));
    let reference = ids.base.as_ref().unwrap_or(&ids.theirs);
    let is_common = |id: &&&StepId| in_mine.contains(**id) && in_theirs.contains(**id);
    let reference: Ids = reference.iter().filter(is_common).copied().collect();
    let common = is_in(&reference);
    let of_common = |side: &[&'a StepId]| side.iter().copied().filter(|id| common.contains(id)).collect::<Ids>();
    let (mine, theirs) = (of_common(&ids.mine), of_common(&ids.theirs));
    let (moved_mine, moved_theirs) = (moved(&reference, &mine), moved(&reference, &theirs));
    let disputed = match &ids.base {
        Some(_) if mine == theirs => Set::new(),
        Some(_) => disputed(&mine, &theirs, &moved_mine, &moved_theirs),
        None => moved_mine.clone(),
    };
    let mut by_mine: Set = moved_mine.iter().copied().filter(|id| !moved_theirs.contains(id)).collect();
    for id in mine.iter().copied().filter(|id| disputed.contains(id)) {
        by_mine.remove(id);
        let words = all.map(|side| words::position(side, id));
        if settling.choose_side(Place::Move { step: id.clone() }, words) == Side::Mine {
            by_mine.insert(id);
        }
    }
    let mut placed =
        Placed::new(reference.iter().copied().filter(|id| !moved_mine.contains(id) && !moved_theirs.contains(id)));
    by_mine.extend(ids.mine.iter().copied().filter(|id| !in_theirs.contains(id)));
    placed.put(&ids.mine, &by_mine, |id| !moved_theirs.contains(id) || moved_mine.contains(id));
    let by_theirs: Set = ids.theirs.iter().copied().filter(|id| !placed.known.contains(id)).collect();
    placed.put(&ids.theirs, &by_theirs, |id| !moved_mine.contains(id) || moved_theirs.contains(id));
    placed.ids
}

/// The steps that stand elsewhere among those that both have: as few as possible.
fn moved<'a>(before: &[&'a StepId], after: &[&'a StepId]) -> Set<'a> {
    let places: HashMap<&StepId, usize> = before.iter().enumerate().map(|(index, id)| (*id, index)).collect();
    let stays = diff::stays(after, &places);
    after.iter().zip(stays).filter(|(_, stays)| !stays).map(|(id, _)| *id).collect()
}

/// Steps that both moved, each behind another one.
fn disputed<'a>(mine: &[&'a StepId], theirs: &[&'a StepId], moved_mine: &Set<'a>, moved_theirs: &Set<'a>) -> Set<'a> {
    let before = |side: &[&'a StepId]| -> HashMap<&'a StepId, Option<&'a StepId>> {
        let mut last = None;
        let mut found = HashMap::new();
        for id in side {
            // What only one side moved says nothing about where the other put something.
            if moved_mine.contains(id) == moved_theirs.contains(id) {
                found.insert(*id, last.replace(*id));
            }
        }
        found
    };
    let (in_mine, in_theirs) = (before(mine), before(theirs));
    let both = moved_mine.intersection(moved_theirs).copied();
    both.filter(|id| in_mine.get(id) != in_theirs.get(id)).collect()
}

/// The order as far as it is known.
struct Placed<'a> {
    ids: Ids<'a>,
    known: Set<'a>,
}

impl<'a> Placed<'a> {
    fn new(ids: impl Iterator<Item = &'a StepId>) -> Self {
        let ids: Ids = ids.collect();
        Self { known: ids.iter().copied().collect(), ids }
    }

    /// Puts these of a side behind the step that they stand behind there, of those that this side may go by.
    fn put(&mut self, side: &[&'a StepId], these: &Set<'a>, is_anchor: impl Fn(&StepId) -> bool) {
        let mut anchor: Option<&StepId> = None;
        for id in side.iter().copied() {
            if these.contains(id) {
                let at = anchor.and_then(|anchor| self.ids.iter().position(|known| *known == anchor));
                self.ids.insert(at.map_or(0, |at| at + 1), id);
                self.known.insert(id);
                anchor = Some(id);
            } else if self.known.contains(id) && is_anchor(id) {
                anchor = Some(id);
            }
        }
    }
}
