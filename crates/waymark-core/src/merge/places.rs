//! The stored orders of the merged steps: as a side has them where its order is the merged one, else from 1.

use super::settling::Three;
use crate::walkthrough::{Step, Walkthrough, sort_steps};

/// Sets the stored orders of steps that stand in order.
pub(super) fn set(all: Three<&Walkthrough>, merged: &mut Walkthrough) {
    let orders = |side: &Walkthrough| -> Vec<_> {
        side.steps.iter().map(|step| (step.id.clone(), step.display_order)).collect()
    };
    let is_old = all.base.is_some_and(|base| orders(base) == orders(all.theirs));
    let sides = if is_old { [all.mine, all.theirs] } else { [all.theirs, all.mine] };
    if sides.into_iter().any(|side| adopt(side, merged)) {
        return;
    }
    for (index, step) in merged.steps.iter_mut().enumerate() {
        step.display_order = index as i32 + 1;
    }
}

/// The stored orders of a side, if they give the merged order.
fn adopt(side: &Walkthrough, merged: &mut Walkthrough) -> bool {
    let mut steps = merged.steps.clone();
    if steps.len() != side.steps.len() {
        return false;
    }
    for (step, known) in steps.iter_mut().zip(&side.steps) {
        step.display_order = known.display_order;
    }
    let is_same = |a: &[Step], b: &[Step]| a.iter().zip(b).all(|(a, b)| a.id == b.id);
    let mut sorted = steps.clone();
    sort_steps(&mut sorted);
    let fits = is_same(&steps, &side.steps) && is_same(&sorted, &steps);
    if fits {
        merged.steps = steps;
    }
    fits
}
