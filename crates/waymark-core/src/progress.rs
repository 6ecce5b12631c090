//! How far a learner is: counted from the steps that exist now, never from what was stored.

use serde::{Deserialize, Serialize};

use crate::{id::StepId, walkthrough::Step};

/// How far a learner is in a walkthrough.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Progress {
    /// 0 to 100; 100 only when nothing is left.
    pub percent: u32,
    /// Steps that exist and are completed.
    pub completed_steps: u32,
    /// Steps that exist.
    pub total_steps: u32,
    /// Whether there are steps and none is left.
    pub is_completed: bool,
}

impl Progress {
    /// `completed` of `total` steps. The percentage is rounded, but stays at 99 while anything is left.
    pub fn of(completed: u32, total: u32) -> Self {
        let completed = completed.min(total);
        let is_completed = total > 0 && completed == total;
        let rounded = match total {
            0 => 0,
            _ => (200 * u64::from(completed) + u64::from(total)) / (2 * u64::from(total)),
        };
        let percent = if is_completed { 100 } else { rounded.min(99) as u32 };
        Self { percent, completed_steps: completed, total_steps: total, is_completed }
    }

    /// Counts the steps that are completed; ids of steps that no longer exist are ignored.
    pub fn count(steps: &[Step], is_completed: impl Fn(&StepId) -> bool) -> Self {
        let completed = steps.iter().filter(|step| is_completed(&step.id)).count();
        Self::of(completed as u32, steps.len() as u32)
    }

    /// All steps before the one at `index` (from 0) are completed: what previews show.
    pub fn before(index: usize, total: usize) -> Self {
        Self::of(index.min(total) as u32, total as u32)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_percentage_is_rounded_and_99_at_most_while_anything_is_left() {
        for (completed, total, percent) in [
            (0, 0, 0),
            (0, 3, 0),
            (1, 8, 13),
            (3, 8, 38),
            (7, 8, 88),
            (1, 3, 33),
            (2, 3, 67),
            (199, 200, 99),
            (999, 1000, 99),
            (1000, 1000, 100),
            (9, 8, 100),
        ] {
            assert_eq!(Progress::of(completed, total).percent, percent, "{completed} of {total}");
        }
    }

    proptest! {
        #[test]
        fn a_hundred_percent_means_nothing_is_left(completed in any::<u32>(), total in any::<u32>()) {
            let progress = Progress::of(completed, total);
            prop_assert_eq!(progress.percent == 100, progress.is_completed);
            prop_assert_eq!(progress.is_completed, total > 0 && completed >= total);
            prop_assert!(progress.percent <= 100);
        }

        #[test]
        fn one_more_step_done_never_lowers_the_percentage(completed in 0..10_000_u32, total in 1..10_000_u32) {
            prop_assert!(Progress::of(completed, total).percent <= Progress::of(completed + 1, total).percent);
        }
    }
}
