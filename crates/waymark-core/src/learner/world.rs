//! A store in memory: one server, its learners, and what they have done. Here the learner of a played conversation lives.
//!
//! It keeps to the rules of the other stores: a call sees the rows of one learner, a visit is found by
//! [`Identity`], and a turn is stale unless what it was decided on is still there.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    call::Call,
    identity::{Identity, NamedVisit, VISIT_MILLIS},
    standing::{AuthType, Focus, Offer, ProgressRow, Scope, Standing, StepSeen},
    target::target,
    turn::Turn,
    writes::{NewToolCall, ProgressWrite, Writes, Written},
};
use crate::{
    id::{LearnerId, StepId, VisitId, WalkthroughId},
    json::FreeJson,
    walkthrough::Millis,
};

const SERVER: &str = "preview";

/// Everything that the store holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    /// What the server shows, in its order.
    pub offers: Vec<Offer>,
    /// The steps of each walkthrough.
    pub steps: BTreeMap<WalkthroughId, Vec<StepSeen>>,
    /// Learners by their tracking id.
    pub learners: BTreeMap<String, LearnerId>,
    /// Progress, and whose it is.
    pub progress: Vec<(LearnerId, ProgressRow)>,
    /// Completion events.
    pub events: BTreeSet<(LearnerId, WalkthroughId, StepId)>,
    /// Visits.
    pub visits: BTreeMap<VisitId, Visit>,
    /// What was done, call by call.
    pub log: Vec<&'static str>,
    /// The clock.
    pub now: i64,
    /// Whether learners must leave an address first.
    pub asks_email: bool,
}

/// A visit.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// Whose.
    pub learner: LearnerId,
    /// When the last call was made.
    pub last_call_at: Option<Millis>,
    /// The output of the latest call that says what the visit is about.
    pub said: Option<FreeJson>,
}

impl Visit {
    /// A visit without a call.
    pub fn of(learner: LearnerId) -> Self {
        Self { learner, last_call_at: None, said: None }
    }
}

impl World {
    /// Everything that `call` is decided on.
    pub fn read(&self, scope: &Scope, call: &Call) -> Standing {
        let mut standing = self.identity(scope).standing(scope);
        let rows = self.progress.iter().filter(|(who, _)| Some(who) == standing.learner.as_ref());
        standing.progress = rows.map(|(_, row)| row.clone()).collect();
        standing.visible.clone_from(&self.offers);
        let wanted = target(&standing, call);
        standing.steps = wanted.and_then(|id| self.steps.get(&id).cloned()).unwrap_or_default();
        standing
    }

    fn identity(&self, scope: &Scope) -> Identity {
        let tracked = scope.tracking.as_ref().and_then(|id| self.learners.get(id).cloned());
        let named = Identity::visit_name(scope).and_then(|name| self.visits.get_key_value(&VisitId::from(name)));
        let is_theirs = |visit: &Visit| tracked.as_ref() == Some(&visit.learner);
        let recent = || {
            let since = Some(Millis(self.now - VISIT_MILLIS));
            let of_learner = self.visits.iter().filter(|(_, visit)| is_theirs(visit) && visit.last_call_at >= since);
            of_learner.max_by_key(|(_, visit)| visit.last_call_at)
        };
        let recent = if named.is_some_and(|(_, visit)| is_theirs(visit)) { None } else { recent() };
        let visit = recent.or(named).map(|(_, visit)| visit);
        Identity {
            server: SERVER.into(),
            slug: SERVER.to_owned(),
            auth: if self.asks_email { AuthType::CollectEmail } else { AuthType::None },
            named: named.map(|(id, visit)| NamedVisit {
                id: id.clone(),
                slug: SERVER.to_owned(),
                learner: Some(visit.learner.clone()),
            }),
            recent: recent.map(|(id, _)| id.clone()),
            last_call_at: visit.and_then(|visit| visit.last_call_at),
            said: visit.and_then(|visit| visit.said.clone()),
            tracked,
        }
    }

    /// Writes a turn, all of it or nothing.
    pub fn write(&mut self, standing: &Standing, turn: &Turn) -> Written {
        let Writes { learner, visit, progress, completion, tool_call } = turn.writes.clone();
        let Some(tool_call) = tool_call else {
            return Written::Done;
        };
        let new_learner = learner.as_ref().map(|new| new.id.clone());
        let who = new_learner.or(standing.learner.clone()).expect("BUG: a logged call belongs to nobody");
        if progress.is_some_and(|progress| self.write_progress(&who, progress) == Written::Stale) {
            return Written::Stale;
        }
        if let Some(tracking) = learner.and_then(|new| new.distinct_id) {
            self.learners.insert(tracking, who.clone());
        }
        if let Some(event) = completion {
            self.events.insert((who.clone(), event.walkthrough, event.step));
        }
        if let Some(visit) = visit {
            self.visits.insert(visit.id, Visit::of(who));
        }
        self.write_call(turn, tool_call);
        Written::Done
    }

    fn write_progress(&mut self, who: &LearnerId, progress: ProgressWrite) -> Written {
        let mut mine = self.progress.iter_mut().filter(|(owner, _)| owner == who).map(|(_, row)| row);
        match progress {
            ProgressWrite::Insert(row) => {
                if mine.any(|known| known.walkthrough == row.walkthrough) {
                    return Written::Stale;
                }
                self.progress.push((who.clone(), row));
            }
            ProgressWrite::Update { seen, now } => match mine.find(|row| **row == seen) {
                Some(row) => *row = now,
                None => return Written::Stale,
            },
        }
        Written::Done
    }

    fn write_call(&mut self, turn: &Turn, call: NewToolCall) {
        let visit = turn.visit.as_ref().and_then(|id| self.visits.get_mut(id));
        let visit = visit.expect("BUG: a logged call has no visit");
        visit.last_call_at = Some(call.created_at);
        if Focus::of_output(&call.output).is_some() {
            visit.said = Some(call.output);
        }
        self.log.push(turn.action.name());
    }
}
