//! How a progress row changes. Nothing here forgets a completed step, except a reset.

use serde_json::value::RawValue;

use super::{path::Path, standing::ProgressRow};
use crate::{
    id::{ProgressId, StepId, WalkthroughId},
    json::{FreeJson, own, with_own},
    walkthrough::Millis,
};

impl ProgressRow {
    /// A row of a learner who has just begun.
    pub(super) fn begun(id: ProgressId, walkthrough: WalkthroughId) -> Self {
        Self {
            id,
            walkthrough,
            completed_steps: Some(FreeJson::of::<[StepId]>(&[])),
            current_step_id: None,
            completed_at: None,
            started_at: None,
            last_activity_at: None,
            metadata: None,
        }
    }

    /// The completed ids, also those of steps that no longer exist. What is not a list, or not text, is no id.
    pub fn completed(&self) -> Vec<StepId> {
        self.members().iter().filter_map(|member| serde_json::from_str::<StepId>(member.get()).ok()).collect()
    }

    /// Whether the learner has begun (and not reset since). A row of the platform's may lack the time.
    pub fn is_started(&self) -> bool {
        self.started_at.is_some() || self.current_step_id.is_some() || !self.members().is_empty()
    }

    /// Adds a step to the completed ones.
    pub(super) fn complete(&mut self, step: &StepId) {
        let mut members = self.members();
        members.push(FreeJson::of(step).to_raw());
        self.completed_steps = Some(FreeJson::of(&members));
    }

    /// Brings `current_step_id` and `completed_at` in line with the steps that exist now. The current step stays
    /// where it is while it is open; a walkthrough that has grown since it was completed is open again.
    pub(super) fn settle(&mut self, path: &Path<'_>, now: Millis) {
        let completed = self.completed();
        if path.steps.is_empty() || !self.is_started() {
            return;
        }
        if path.first_open(&completed).is_some() {
            self.reopen();
            self.current_step_id = path.current(Some(self)).map(|step| step.id.clone());
        } else {
            self.current_step_id = None;
            self.completed_at = self.completed_at.or(Some(now));
        }
    }

    /// Moves a completion time into the history.
    fn reopen(&mut self) {
        let Some(at) = self.completed_at.take() else {
            return;
        };
        let mut completions: Vec<Millis> =
            own(self.metadata.as_ref(), "completions").and_then(|list| list.read().ok()).unwrap_or_default();
        completions.push(at);
        self.metadata = with_own(self.metadata.as_ref(), "completions", Some(FreeJson::of(&completions)));
    }

    /// Clears the row for another pass. Completion events stay: they are history.
    pub(super) fn clear(&mut self) {
        if !self.members().is_empty() || self.completed_at.is_some() {
            let passes: u32 = own(self.metadata.as_ref(), "passes").and_then(|n| n.read().ok()).unwrap_or(1);
            self.metadata = with_own(self.metadata.as_ref(), "passes", Some(FreeJson::of(&passes.saturating_add(1))));
        }
        self.reopen();
        self.completed_steps = Some(FreeJson::of::<[StepId]>(&[]));
        self.current_step_id = None;
        self.started_at = None;
    }

    /// The stored list, member by member, to the letter.
    fn members(&self) -> Vec<Box<RawValue>> {
        self.completed_steps.as_ref().and_then(|list| list.read().ok()).unwrap_or_default()
    }
}
