//! What an edit changed, found in one pass over both states: the rows to write, and whose time of change is now.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use waymark_core::{
    edit::Draft,
    id::StepId,
    walkthrough::{Millis, Step, Walkthrough},
};

/// The rows that differ. A time of change alone is no difference.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Title, status, tags and the like.
    pub(crate) details: bool,
    /// Places of the steps that are new or changed.
    pub(crate) steps: Vec<usize>,
    pub(crate) removed: Vec<StepId>,
    pub(crate) assignments: bool,
    /// Into the trash or out of it.
    pub(crate) trash: bool,
}

impl Difference {
    /// Finds the difference, and sets the times of change of what differs, unless the edit brought its own.
    pub(crate) fn settle(before: &Draft, after: &mut Draft, now: Millis) -> Difference {
        let trash = before.trashed_at != after.trashed_at;
        let (before, after) = (&before.walkthrough, &mut after.walkthrough);
        let mut difference = Difference { trash, ..Difference::steps(before, after, now) };
        difference.details = !has_same_details(before, after);
        difference.assignments = before.assignments != after.assignments;
        let is_old_time = before.updated_at == after.updated_at;
        match (difference.is_content(), is_old_time) {
            (true, true) => after.updated_at = Some(now),
            (true, false) => {}
            (false, _) => after.updated_at = before.updated_at,
        }
        difference
    }

    fn steps(before: &Walkthrough, after: &mut Walkthrough, now: Millis) -> Difference {
        let known = Known { steps: &before.steps, by_id: OnceCell::new() };
        let mut difference = Difference::default();
        let mut kept = 0;
        for (place, step) in after.steps.iter_mut().enumerate() {
            let old = known.find(place, &step.id);
            kept += usize::from(old.is_some());
            match old {
                Some(old) if is_same_step(old, step) => step.updated_at = old.updated_at,
                Some(old) if old.updated_at == step.updated_at => {
                    step.updated_at = Some(now);
                    difference.steps.push(place);
                }
                _ => difference.steps.push(place),
            }
        }
        if kept < before.steps.len() {
            let ids: HashSet<&StepId> = after.steps.iter().map(|step| &step.id).collect();
            let gone = before.steps.iter().filter(|step| !ids.contains(&step.id));
            difference.removed = gone.map(|step| step.id.clone()).collect();
        }
        difference
    }

    /// Whether anything but the trash is concerned.
    pub(crate) fn is_content(&self) -> bool {
        self.details || self.assignments || !self.steps.is_empty() || !self.removed.is_empty()
    }

    /// Whether nothing differs.
    pub(crate) fn is_none(&self) -> bool {
        !self.trash && !self.is_content()
    }
}

/// The steps before: most stand where they stood, and only others are looked up.
struct Known<'a> {
    steps: &'a [Step],
    by_id: OnceCell<HashMap<&'a StepId, &'a Step>>,
}

impl<'a> Known<'a> {
    fn find(&self, place: usize, id: &StepId) -> Option<&'a Step> {
        let here = self.steps.get(place).filter(|step| step.id == *id);
        let by_id = || self.by_id.get_or_init(|| self.steps.iter().map(|step| (&step.id, step)).collect());
        here.or_else(|| by_id().get(id).copied())
    }
}

fn is_same_step(a: &Step, b: &Step) -> bool {
    (&a.id, &a.title, a.display_order, &a.next_step_id) == (&b.id, &b.title, b.display_order, &b.next_step_id)
        && (&a.content_fields, a.created_at, &a.metadata) == (&b.content_fields, b.created_at, &b.metadata)
}

fn has_same_details(a: &Walkthrough, b: &Walkthrough) -> bool {
    (&a.title, &a.description, a.kind, a.status, a.created_at)
        == (&b.title, &b.description, b.kind, b.status, b.created_at)
        && (a.estimated_duration_minutes, &a.tags, &a.metadata) == (b.estimated_duration_minutes, &b.tags, &b.metadata)
}

#[cfg(test)]
mod tests {
    use waymark_core::edit::{self, Edit};

    use super::*;
    use crate::testing::{assignment, set_text, step, walkthrough};

    fn difference(edits: Vec<Edit>) -> (Difference, Draft) {
        let steps = (1..=3).map(|order| step(&format!("wts_{order}"), order, "a")).collect();
        let before = Draft { walkthrough: walkthrough("wt_1", "One", steps), trashed_at: None };
        let mut after = before.clone();
        edit::apply(&mut after, &Edit::Batch { edits }).expect("it applies");
        (Difference::settle(&before, &mut after, Millis(99)), after)
    }

    #[test]
    fn only_the_rows_that_an_edit_changed_are_written() {
        let of = |edit: Edit| difference(vec![edit]).0;
        assert!(of(set_text(&"wts_2".into(), "a")).is_none());
        let text = Difference { steps: vec![1], ..Difference::default() };
        assert_eq!(of(set_text(&"wts_2".into(), "b")), text);
        let details = Difference { details: true, ..Difference::default() };
        assert_eq!(of(Edit::SetDuration { minutes: None }), details);
        let moved = Difference { steps: vec![0, 1], ..Difference::default() };
        assert_eq!(of(Edit::MoveStep { step: "wts_2".into(), to: 0 }), moved);
        let removed = Difference { steps: vec![0, 1], removed: vec!["wts_1".into()], ..Difference::default() };
        assert_eq!(of(Edit::RemoveStep { step: "wts_1".into() }), removed);
        let assigned = Difference { assignments: true, ..Difference::default() };
        assert_eq!(of(Edit::Assign { assignment: assignment("msw_1", "docs") }), assigned);
        let trashed = of(Edit::SetTrashed { at: Some(Millis(1)) });
        assert!(trashed.trash && !trashed.is_content());
    }

    #[test]
    fn what_differs_in_nothing_but_its_time_keeps_the_old_one() {
        let steps =
            (1..=3).map(|order| Step { updated_at: Some(Millis(50)), ..step(&format!("wts_{order}"), order, "a") });
        let mut replaced = walkthrough("wt_1", "One", steps.collect());
        replaced.updated_at = Some(Millis(50));
        let (difference, after) = difference(vec![Edit::Replace { walkthrough: Box::new(replaced) }]);
        assert!(difference.is_none());
        assert_eq!(
            (after.walkthrough.updated_at, after.walkthrough.steps[0].updated_at),
            (Some(Millis(2)), Some(Millis(6)))
        );
    }
}
