//! Walkthroughs and progress as answers tell of them.

use super::{
    path::Path,
    standing::{Offer, ProgressRow, Standing},
    turn::{Listed, Named, State, Status, StepStatus},
};

/// Lines of a list, with where the learner stands in each.
pub(super) fn listed<'o>(standing: &Standing, offers: impl Iterator<Item = &'o Offer>) -> Vec<Listed> {
    offers
        .map(|offer| Listed {
            id: offer.id.clone(),
            title: offer.title.clone(),
            description: offer.description.clone(),
            kind: offer.kind,
            state: match standing.row(&offer.id) {
                Some(row) if row.completed_at.is_some() => State::Completed,
                Some(row) if row.is_started() => State::InProgress,
                _ => State::NotStarted,
            },
        })
        .collect()
}

/// How far a learner is, and where.
pub(super) fn describe(path: &Path<'_>, row: Option<&ProgressRow>) -> Status {
    let completed = row.map(ProgressRow::completed).unwrap_or_default();
    let progress = path.progress(&completed);
    let current = row.filter(|row| row.is_started()).and_then(|row| path.current(Some(row)));
    let steps = path.steps.iter().map(|step| StepStatus {
        id: step.id.clone(),
        title: step.title.clone(),
        is_completed: completed.contains(&step.id),
        is_current: current.is_some_and(|current| current.id == step.id),
    });
    let state = match row {
        _ if progress.is_completed => State::Completed,
        Some(row) if row.is_started() => State::InProgress,
        _ => State::NotStarted,
    };
    Status { walkthrough: name(path.offer), state, progress, steps: steps.collect() }
}

/// By id and title.
pub(super) fn name(offer: &Offer) -> Named {
    Named { id: offer.id.clone(), title: offer.title.clone() }
}
