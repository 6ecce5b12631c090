//! Three versions in, a plan out: the draft, production now, and what both were when they were last in sync.
//!
//! Production is written only where it still is what the last sync left, or where the writer said "overwrite".
//! Whoever applies a plan writes exactly [`target`], and nothing if production is no longer what the plan saw.

use serde::{Deserialize, Serialize};

use super::{
    Action, AssignmentChange, DetailChange, DiffKind, FieldChange, Problem, StepChange, WalkthroughPlan,
    effect::{self, LearnerProgress},
    problem::{self, error},
};
use crate::{
    connection::ServerInfo,
    content::Field,
    diff::{self, StepDiff},
    hash::{self, CONTENT_HASH_KEY, REVISION_KEY},
    id::{ConnectionId, StepId},
    json::{self, FreeJson},
    lint::Finding,
    walkthrough::{Assignment, Step, Walkthrough, WalkthroughStatus},
};

/// What the writer wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Intent {
    /// Upload without exposing: the status becomes `draft` and not `published`.
    pub as_draft: bool,
    /// Replace what production has, even where this draft was never in sync with it.
    pub overwrite: bool,
}

impl Intent {
    /// The status that production is to have.
    pub fn status(self) -> WalkthroughStatus {
        if self.as_draft { WalkthroughStatus::Draft } else { WalkthroughStatus::Published }
    }
}

/// Everything that the plan of one walkthrough depends on.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// The draft.
    pub mine: &'a Walkthrough,
    /// What draft and production were when they were last in sync.
    pub base: Option<&'a Walkthrough>,
    /// Production now, if the organization has it.
    pub theirs: Option<&'a Walkthrough>,
    /// Everybody who has started it.
    pub learners: &'a [LearnerProgress],
    /// Completion events of each step, where there are any.
    pub events: &'a [(StepId, u32)],
    /// The organization's MCP servers.
    pub servers: &'a [ServerInfo],
    /// Titles of other walkthroughs: the organization's, and those published together with this one.
    pub other_titles: &'a [String],
    /// Steps of the draft that production has in another walkthrough of the organization.
    pub taken_steps: &'a [StepId],
    /// What lint finds in the draft.
    pub findings: &'a [Finding],
    /// What lint finds in production's version.
    pub findings_in_production: &'a [Finding],
    /// What the writer wants.
    pub intent: Intent,
    /// The connection's name, if it is marked as production.
    pub asks_before_publish: Option<&'a str>,
}

/// The plan for one walkthrough.
pub fn make(input: &PlanInput) -> WalkthroughPlan {
    let target = target(input.mine, input.theirs, input.intent, 0);
    let (action, conflict) = action(input, &target);
    let mut plan = WalkthroughPlan {
        id: input.mine.id.clone(),
        title: input.mine.title.clone(),
        action,
        details: Vec::new(),
        steps: Vec::new(),
        assignments: Vec::new(),
        learners: Default::default(),
        problems: Vec::new(),
        confirmations: Vec::new(),
        content_hash: hash::content_hash(&target),
    };
    if action == Action::None {
        return plan;
    }
    plan.details = details(input.theirs, &target);
    plan.steps = steps(input.theirs, &target, input.events);
    plan.assignments = diff::assignments(input.theirs, &target).into_iter().map(assignment_change).collect();
    if let Some(theirs) = input.theirs {
        let events_lost = plan.steps.iter().map(|step| step.events_lost).sum();
        plan.learners = effect::of(theirs, &target, input.learners, events_lost);
    }
    plan.problems = problem::find(input, &target);
    plan.problems.extend(conflict);
    plan.confirmations = problem::confirmations(input, &plan, &target);
    plan
}

/// What production has after publishing: the draft under the intended status, with the assignment ids that are there
/// already, and with our revision number and content hash in its metadata.
pub fn target(mine: &Walkthrough, theirs: Option<&Walkthrough>, intent: Intent, revision: u32) -> Walkthrough {
    let mut target = mine.clone();
    target.status = intent.status();
    for assignment in &mut target.assignments {
        let known = theirs.and_then(|theirs| theirs.assignments.iter().find(|known| known.server == assignment.server));
        if let Some(known) = known {
            assignment.id = known.id.clone();
        }
    }
    let content_hash = hash::content_hash(mine);
    let metadata = json::with_own(mine.metadata.as_ref(), REVISION_KEY, Some(FreeJson::of(&revision)));
    target.metadata = json::with_own(metadata.as_ref(), CONTENT_HASH_KEY, Some(FreeJson::of(&content_hash)));
    target
}

/// The revision number that production carries, if Waymark has published there.
pub fn revision(walkthrough: &Walkthrough) -> Option<u32> {
    json::own(walkthrough.metadata.as_ref(), REVISION_KEY)?.read().ok()
}

/// Names a whole plan: other drafts, another production or another intent give another digest.
pub fn digest<'a>(
    connection: &ConnectionId,
    intent: Intent,
    walkthroughs: impl IntoIterator<Item = (&'a Walkthrough, Option<&'a Walkthrough>, Option<&'a Walkthrough>)>,
) -> String {
    let versions: Vec<_> = walkthroughs
        .into_iter()
        .map(|(mine, base, theirs)| {
            let optional = |side: Option<&Walkthrough>| side.map(hash::state_digest);
            (hash::state_digest(mine), optional(base), optional(theirs))
        })
        .collect();
    hash::digest(&FreeJson::of(&(connection, intent, versions)))
}

/// Whether two versions are the same for everybody who reads production. Our revision number is not.
pub fn is_same(a: &Walkthrough, b: &Walkthrough) -> bool {
    let orders = |side: &Walkthrough| side.steps.iter().map(|step| step.display_order).collect::<Vec<_>>();
    a.status == b.status
        && diff::assignments(Some(a), b).is_empty()
        && orders(a) == orders(b)
        && hash::content_hash(a) == hash::content_hash(b)
}

fn action(input: &PlanInput, target: &Walkthrough) -> (Action, Option<Problem>) {
    let conflict = |code: &str, message: &str, hint: &str| (Action::Conflict, Some(error(code, message, hint)));
    match (input.theirs, input.base) {
        (Some(theirs), _) if is_same(theirs, target) => (Action::None, None),
        (None, None) => (Action::Create, None),
        (Some(theirs), Some(base)) if hash::is_same_state(theirs, base) => (Action::Update, None),
        (None, Some(_)) if input.intent.overwrite => (Action::Create, None),
        (Some(_), _) if input.intent.overwrite => (Action::Update, None),
        (None, Some(_)) => conflict(
            "remote_removed",
            "Production no longer has this walkthrough.",
            "Publish with `overwrite` to create it again.",
        ),
        (Some(_), Some(_)) => conflict(
            "remote_changed",
            "Production changed since this draft was last in sync with it.",
            "Pull a copy and bring the changes over, or publish with `overwrite`: production's version is kept as a revision.",
        ),
        (Some(_), None) => conflict(
            "never_in_sync",
            "Production has a walkthrough with this id that this draft was never in sync with.",
            "Pull it, or publish with `overwrite`: production's version is kept as a revision.",
        ),
    }
}

fn details(theirs: Option<&Walkthrough>, target: &Walkthrough) -> Vec<DetailChange> {
    const ALL: [&str; 6] = ["title", "description", "type", "tags", "estimated_duration_minutes", "metadata"];
    let mut names = theirs.map_or_else(|| ALL.to_vec(), |theirs| diff::details(theirs, target));
    if theirs.map(|theirs| theirs.status) != Some(target.status) {
        names.push("status");
    }
    let changes = names.into_iter().map(|name| DetailChange {
        name: name.to_owned(),
        before: theirs.and_then(|theirs| detail(theirs, name)),
        after: detail(target, name),
    });
    changes.filter(|change| change.before != change.after).collect()
}

fn detail(walkthrough: &Walkthrough, name: &str) -> Option<String> {
    match name {
        "title" => Some(walkthrough.title.clone()),
        "description" => walkthrough.description.clone(),
        "type" => Some(walkthrough.kind.name().to_owned()),
        "status" => Some(walkthrough.status.name().to_owned()),
        "tags" => (!walkthrough.tags.is_empty()).then(|| walkthrough.tags.join(", ")),
        "estimated_duration_minutes" => walkthrough.estimated_duration_minutes.map(|minutes| minutes.to_string()),
        _ => Some(hash::bare_metadata(walkthrough.metadata.as_ref()))
            .filter(|bare| !bare.is_null())
            .map(|bare| hash::canonical(&bare)),
    }
}

fn steps(theirs: Option<&Walkthrough>, target: &Walkthrough, events: &[(StepId, u32)]) -> Vec<StepChange> {
    diff::steps(theirs, target).iter().filter(|diff| diff.is_change()).map(|diff| step_change(diff, events)).collect()
}

fn step_change(diff: &StepDiff, events: &[(StepId, u32)]) -> StepChange {
    let (before, after) = (diff.before.map(|(step, _)| step), diff.after.map(|(step, _)| step));
    let step = after.or(before).expect("BUG: a step is on one side at least");
    let is_removed = after.is_none();
    let title_before = before.map(|before| &before.title).filter(|title| **title != step.title);
    StepChange {
        id: step.id.clone(),
        title: step.title.clone(),
        number: diff.after.map(|(_, number)| number),
        number_before: diff.before.map(|(_, number)| number),
        is_added: before.is_none(),
        is_removed,
        is_moved: diff.is_moved,
        title_before: title_before.cloned(),
        is_relinked: !is_removed && before.is_some_and(|before| before.next_step_id != step.next_step_id),
        fields: diff::fields(before, after).into_iter().map(|field| field_change(field, before, after)).collect(),
        events_lost: if is_removed { events_of(&step.id, events) } else { 0 },
    }
}

fn events_of(step: &StepId, events: &[(StepId, u32)]) -> u32 {
    events.iter().filter(|(id, _)| id == step).map(|(_, count)| count).sum()
}

fn field_change(field: Field, before: Option<&Step>, after: Option<&Step>) -> FieldChange {
    let text =
        |step: Option<&Step>| step.and_then(|step| step.content_fields.text(field)).unwrap_or_default().to_owned();
    let lines = diff::lines(&text(before), &text(after));
    let count = |kind| lines.iter().filter(|line| line.kind == kind).count() as u32;
    FieldChange { field, added: count(DiffKind::Added), removed: count(DiffKind::Removed), lines }
}

fn assignment_change((before, after): (Option<&Assignment>, Option<&Assignment>)) -> AssignmentChange {
    let words = |assignment: &Assignment| {
        let enabled = if assignment.is_enabled { "enabled" } else { "disabled" };
        format!("order {}, {enabled}", assignment.display_order)
    };
    let server = after.or(before).map(|assignment| assignment.server.clone()).unwrap_or_default();
    AssignmentChange { server, before: before.map(words), after: after.map(words) }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
