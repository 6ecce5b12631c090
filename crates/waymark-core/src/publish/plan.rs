//! Three versions in, a plan out: the draft, production now, and what both were when they were last in sync.
//!
//! Production is written only where it still is what the last sync left, or where the writer said "overwrite".
//! Whoever applies a plan writes exactly [`target`], and nothing if production is no longer what the plan saw.

use serde::{Deserialize, Serialize};

use super::{
    Action, DetailChange, LastSync, Problem, StepChange, WalkthroughPlan,
    effect::{self, LearnerProgress},
    problem::{self, error},
};
use crate::{
    connection::{ReadOnly, ServerInfo},
    diff::{self, changes},
    error::Result,
    hash::{self, CONTENT_HASH_KEY, REVISION_KEY},
    id::{ConnectionId, RevisionId, StepId},
    json::{self, FreeJson},
    lint::Finding,
    review::standing::Standing,
    walkthrough::{Walkthrough, WalkthroughStatus},
    wording::chosen::Wordings,
};

/// What the writer wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Intent {
    /// The status that production is to have: learners see what is `published`.
    pub status: WalkthroughStatus,
    /// Replace what production has, even where this draft was never in sync with it.
    pub overwrite: bool,
}

impl Default for Intent {
    fn default() -> Self {
        Self { status: WalkthroughStatus::Published, overwrite: false }
    }
}

/// Which version goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "PublishVersion", rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Version {
    /// The draft as it is.
    #[default]
    Draft,
    /// An earlier version of it: publishing that is rolling back.
    Revision(RevisionId),
    /// What production has now: only its status changes.
    Production,
    /// What this other connection has now: publishing that is promoting.
    Connection(ConnectionId),
    /// None: production has it no longer.
    Nothing,
}

/// Everything that the plan of one walkthrough depends on.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// What is to go: the draft, or an earlier version of it.
    pub mine: &'a Walkthrough,
    /// What draft and production were when they were last in sync.
    pub base: Option<&'a Walkthrough>,
    /// When that was.
    pub last_sync: Option<LastSync>,
    /// The number that this version would have in production.
    pub revision: u32,
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
    /// The connection's name, if it is marked as production and asks each time.
    pub asks_before_publish: Option<&'a str>,
    /// Where the review of this version stands, if the connection requires an approval.
    pub review: Option<&'a Standing>,
    /// Where the connection's organization has the files that texts link to.
    pub asset_base_url: Option<&'a str>,
    /// Why nothing can be written there, if so.
    pub read_only: Option<ReadOnly>,
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
        revision: input.revision,
        last_sync: input.last_sync,
    };
    if action == Action::None {
        return plan;
    }
    plan.details = details(input.theirs, &target);
    plan.steps = steps(input, &target);
    plan.assignments = changes::assignments(input.theirs, &target);
    if let Some(theirs) = input.theirs {
        let events_lost = plan.steps.iter().map(|step| step.events_lost).sum();
        plan.learners = effect::of(theirs, &target, input.learners, events_lost);
    }
    plan.problems = problem::find(input, &target);
    plan.problems.extend(conflict);
    plan.confirmations = problem::confirmations(input, &plan, &target);
    plan
}

/// The plan of deleting a walkthrough in production. It always asks.
pub fn deletion(input: &PlanInput) -> WalkthroughPlan {
    let nothing = Walkthrough { steps: Vec::new(), assignments: Vec::new(), ..input.mine.clone() };
    let mut plan = WalkthroughPlan {
        id: input.mine.id.clone(),
        title: input.theirs.map_or(&input.mine.title, |theirs| &theirs.title).clone(),
        action: if input.theirs.is_some() { Action::Delete } else { Action::None },
        details: Vec::new(),
        steps: Vec::new(),
        assignments: Vec::new(),
        learners: Default::default(),
        problems: input.read_only.map(problem::read_only).into_iter().collect(),
        confirmations: Vec::new(),
        content_hash: hash::content_hash(&nothing),
        revision: input.revision,
        last_sync: input.last_sync,
    };
    let Some(theirs) = input.theirs else { return plan };
    plan.steps = steps(input, &nothing);
    plan.assignments = changes::assignments(input.theirs, &nothing);
    let events_lost = input.events.iter().map(|(_, count)| count).sum();
    plan.learners = effect::of(theirs, &nothing, input.learners, events_lost);
    plan.confirmations = problem::of_deletion(input, &plan, theirs);
    plan
}

/// Whether production is already what publishing would make of it: then there is nothing to look for in either.
pub fn is_published(mine: &Walkthrough, theirs: Option<&Walkthrough>, intent: Intent) -> bool {
    theirs.is_some_and(|theirs| is_same(theirs, &target(mine, Some(theirs), intent, 0)))
}

/// Whether it matters what lint finds in production's version: only something that blocks unless it is there already.
pub fn needs_findings_in_production(findings: &[Finding]) -> bool {
    findings.iter().any(problem::blocks_when_new)
}

/// Adds to the steps of a plan what an agent will read instead of what it reads now. Not part of [`make`], because
/// whoever carries a plan out has no use for it.
///
/// # Errors
/// Those of rendering.
pub fn add_agent_texts(
    plan: &mut WalkthroughPlan,
    theirs: Option<&Walkthrough>,
    target: &Walkthrough,
    wordings: &Wordings,
) -> Result<()> {
    // A walkthrough that is new is new for the agent in every line.
    let Some(theirs) = theirs else { return Ok(()) };
    changes::add_agent_texts(&mut plan.steps, theirs, target, wordings)
}

/// What production has after publishing: the draft under the intended status, with the assignment ids that are there
/// already, and with our revision number and content hash in its metadata.
pub fn target(mine: &Walkthrough, theirs: Option<&Walkthrough>, intent: Intent, revision: u32) -> Walkthrough {
    let mut target = mine.clone();
    target.status = intent.status;
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

/// Whether production is another than it was when both were last in sync; one that is gone is.
pub fn is_changed_there(base: &Walkthrough, theirs: Option<&Walkthrough>) -> bool {
    theirs.is_none_or(|theirs| !hash::is_same_state(theirs, base))
}

/// The three versions that the plan of one walkthrough was made from, as digests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Versions(String, Option<String>, Option<String>);

impl Versions {
    /// Of the draft, of what both last had, and of production.
    pub fn of(mine: &Walkthrough, base: Option<&Walkthrough>, theirs: Option<&Walkthrough>) -> Self {
        Self(hash::state_digest(mine), base.map(hash::state_digest), theirs.map(hash::state_digest))
    }
}

/// Names a whole plan: other drafts, another production or another intent give another digest.
pub fn digest(connection: &ConnectionId, (version, intent): (&Version, Intent), walkthroughs: &[&Versions]) -> String {
    hash::digest(&FreeJson::of(&(connection, version, intent, walkthroughs)))
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
            "Merge the two, or publish with `overwrite`: production's version is kept as a revision.",
        ),
        (Some(_), None) => conflict(
            "never_in_sync",
            "Production has a walkthrough with this id that this draft was never in sync with.",
            "Merge the two, or publish with `overwrite`: production's version is kept as a revision.",
        ),
    }
}

fn details(theirs: Option<&Walkthrough>, target: &Walkthrough) -> Vec<DetailChange> {
    let mut found = changes::details(theirs, target);
    if theirs.map(|theirs| theirs.status) != Some(target.status) {
        found.push(DetailChange {
            name: "status".to_owned(),
            before: theirs.map(|theirs| theirs.status.name().to_owned()),
            after: Some(target.status.name().to_owned()),
        });
    }
    found
}

fn steps(input: &PlanInput, target: &Walkthrough) -> Vec<StepChange> {
    let mut found = changes::steps(input.theirs, target);
    for step in found.iter_mut().filter(|step| step.is_removed) {
        step.events_lost = events_of(&step.id, input.events);
        (step.learners_on_it, step.moves_on_to) = effect::moving_on(&step.id, target, input.learners);
    }
    found
}

fn events_of(step: &StepId, events: &[(StepId, u32)]) -> u32 {
    events.iter().filter(|(id, _)| id == step).map(|(_, count)| count).sum()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
