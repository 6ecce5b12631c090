//! What publishing does to people who are in the middle of a walkthrough.

use std::collections::HashSet;

use super::LearnerEffect;
use crate::{
    id::StepId,
    learner::path::steps_in_learner_order,
    progress::Progress,
    walkthrough::{Step, Walkthrough},
};

/// Learners who are equally far: same completed steps, same current step. Grouped, because there can be many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnerProgress {
    /// As stored: may name steps that no longer exist.
    pub completed: Vec<StepId>,
    /// Where they stand.
    pub current: Option<StepId>,
    /// Whether the completion of the whole walkthrough is recorded.
    pub is_completed: bool,
    /// How many learners.
    pub learners: u32,
}

/// The effect of putting `after` in the place of `before`. `events` are the completion events that removed steps take
/// with them.
pub fn of(before: &Walkthrough, after: &Walkthrough, learners: &[LearnerProgress], events: u32) -> LearnerEffect {
    let mut effect = LearnerEffect { events_lost: events, ..LearnerEffect::default() };
    let (mut percents_before, mut percents_after) = (Vec::new(), Vec::new());
    let kept: HashSet<&StepId> = after.steps.iter().map(|step| &step.id).collect();
    for group in learners {
        let completed: HashSet<&StepId> = group.completed.iter().collect();
        let then = Progress::count(&before.steps, |id| completed.contains(id));
        let now = Progress::count(&after.steps, |id| completed.contains(id));
        let was_completed = group.is_completed || then.is_completed;
        if was_completed {
            effect.completed += group.learners;
        } else {
            effect.in_progress += group.learners;
            percents_before.push((then.percent, group.learners));
            percents_after.push((now.percent, group.learners));
        }
        if group.current.as_ref().is_some_and(|current| !kept.contains(current)) {
            effect.standing_on_removed += group.learners;
        }
        if then.percent != now.percent {
            effect.percent_changes += group.learners;
        }
        if was_completed && !now.is_completed && !after.steps.is_empty() {
            effect.reopened += group.learners;
        }
    }
    effect.median_percent_before = median(percents_before);
    effect.median_percent_after = median(percents_after);
    effect
}

/// Where a learner stands whose step is gone: at the first step of the path that is not completed. `path` is what
/// [`steps_in_learner_order`] gives for the new version.
pub fn first_open<'a>(path: &[&'a Step], completed: &[StepId]) -> Option<&'a Step> {
    path.iter().find(|step| !completed.contains(&step.id)).copied()
}

/// How many learners stand on a step that goes, and the title of the step they move on to, if it is one for all.
pub fn moving_on(removed: &StepId, after: &Walkthrough, learners: &[LearnerProgress]) -> (u32, Option<String>) {
    let path = steps_in_learner_order(after);
    let on_it = || learners.iter().filter(|group| group.current.as_ref() == Some(removed));
    let goals: HashSet<Option<&StepId>> =
        on_it().map(|group| first_open(&path, &group.completed).map(|step| &step.id)).collect();
    let goal = match goals.len() {
        1 => on_it().next().and_then(|group| first_open(&path, &group.completed)),
        _ => None,
    };
    (on_it().map(|group| group.learners).sum(), goal.map(|step| step.title.clone()))
}

/// Learners who have completed a step that goes, and so lose that part of their progress.
pub fn losing_progress(removed: &[&Step], learners: &[LearnerProgress]) -> u32 {
    let removed: HashSet<&StepId> = removed.iter().map(|step| &step.id).collect();
    let lose = |group: &&LearnerProgress| group.completed.iter().any(|id| removed.contains(id));
    learners.iter().filter(lose).map(|group| group.learners).sum()
}

/// The lower median of values with their counts.
fn median(mut values: Vec<(u32, u32)>) -> Option<u32> {
    values.sort_unstable();
    let total: u64 = values.iter().map(|(_, count)| u64::from(*count)).sum();
    let mut seen = 0;
    values.into_iter().find_map(|(value, count)| {
        seen += u64::from(count);
        (2 * seen >= total).then_some(value)
    })
}
