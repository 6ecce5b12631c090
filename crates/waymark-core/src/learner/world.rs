//! A store in memory for the tests of the rule: one server, any number of learners.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    call::Call,
    decide,
    path::Path,
    standing::{Focus, Offer, ProgressRow, Standing, StepSeen, VisitSeen},
    target::target,
    turn::{Answer, Turn},
    writes::{ProgressWrite, Writes},
};
use crate::{
    id::{LearnerId, StepId, VisitId, WalkthroughId},
    walkthrough::{Millis, WalkthroughType},
};

/// Which visit a call of a test belongs to.
#[derive(Clone)]
pub enum Who {
    Nobody,
    Handle(VisitId),
    Session(&'static str),
}

#[derive(Clone, Default)]
pub struct World {
    pub offers: Vec<Offer>,
    pub steps: BTreeMap<WalkthroughId, Vec<StepSeen>>,
    pub progress: Vec<(LearnerId, ProgressRow)>,
    pub events: BTreeSet<(LearnerId, WalkthroughId, StepId)>,
    pub visits: BTreeMap<VisitId, (LearnerId, Option<Millis>, Option<Focus>)>,
    pub log: Vec<String>,
    pub now: i64,
    pub asks_email: bool,
}

pub fn random(length: usize) -> Vec<u8> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let seed = COUNT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (0..length).map(|at| (seed.rotate_left(at as u32 * 7 % 64) >> 8) as u8 ^ at as u8).collect()
}

pub fn step(id: &str) -> StepSeen {
    StepSeen { id: id.into(), title: format!("Title of {id}"), next_step_id: None, version: "1".to_owned() }
}

impl World {
    pub fn with(mut self, id: &str, title: &str, steps: &[&str]) -> Self {
        let (kind, description) = (WalkthroughType::Course, None);
        self.offers.push(Offer { id: id.into(), title: title.to_owned(), description, kind, is_linked: false });
        self.steps.insert(id.into(), steps.iter().map(|id| step(id)).collect());
        self
    }

    /// The steps of the walkthrough `id` from now on.
    pub fn set_steps(&mut self, id: &str, steps: &[&str]) {
        self.steps.insert(id.into(), steps.iter().map(|id| step(id)).collect());
    }

    pub fn read(&self, who: &Who, call: &Call) -> Standing {
        let known = |id: &VisitId| {
            let (learner, last_call_at, focus) = self.visits.get(id)?.clone();
            Some((learner, VisitSeen::Known { id: id.clone(), last_call_at, focus }))
        };
        let (learner, visit) = match who {
            Who::Nobody => (None, VisitSeen::None),
            Who::Handle(id) => known(id).map_or((None, VisitSeen::Unknown), |(who, visit)| (Some(who), visit)),
            Who::Session(id) => {
                let id = VisitId::from(*id);
                known(&id).map_or((None, VisitSeen::New(Some(id))), |(who, visit)| (Some(who), visit))
            }
        };
        let rows = self.progress.iter().filter(|(who, _)| Some(who) == learner.as_ref());
        let mut standing = Standing {
            server: "srv".into(),
            slug: "srv".to_owned(),
            asks_email: self.asks_email,
            tracking: None,
            visit,
            visible: self.offers.clone(),
            progress: rows.map(|(_, row)| row.clone()).collect(),
            steps: Vec::new(),
            learner,
        };
        let wanted = target(&standing, call);
        standing.steps = wanted.and_then(|id| self.steps.get(&id).cloned()).unwrap_or_default();
        standing
    }

    /// Writes a turn; false when it is stale.
    pub fn write(&mut self, standing: &Standing, turn: &Turn) -> bool {
        let Writes { learner, visit, progress, completion, tool_call } = turn.writes.clone();
        let Some(tool_call) = tool_call else {
            return true;
        };
        let who = learner.as_ref().map(|new| new.id.clone()).or(standing.learner.clone()).expect("a learner");
        let same = |row: &(LearnerId, ProgressRow), seen: &ProgressRow| row.0 == who && row.1.id == seen.id;
        match progress {
            Some(ProgressWrite::Insert(row)) => {
                if self.progress.iter().any(|(owner, old)| *owner == who && old.walkthrough == row.walkthrough) {
                    return false;
                }
                self.progress.push((who.clone(), row));
            }
            Some(ProgressWrite::Update { seen, now }) => {
                let Some(place) = self.progress.iter_mut().find(|row| same(row, &seen) && row.1 == seen) else {
                    return false;
                };
                place.1 = now;
            }
            None => {}
        }
        if let Some(event) = completion {
            self.events.insert((who.clone(), event.walkthrough, event.step));
        }
        if let Some(visit) = visit {
            self.visits.insert(visit.id, (who, None, None));
        }
        let id = turn.visit.clone().expect("a logged call has a visit");
        let place = self.visits.get_mut(&id).expect("the visit exists");
        place.1 = Some(tool_call.created_at);
        if let Some(focus) = Focus::of_output(&tool_call.output) {
            place.2 = Some(focus);
        }
        self.log.push(turn.action.name().to_owned());
        true
    }

    pub fn call(&mut self, who: &Who, call: &Call) -> Turn {
        self.now += 1_000;
        let standing = self.read(who, call);
        let turn = decide(&standing, call, Millis(self.now), random);
        assert!(self.write(&standing, &turn), "nobody else writes here");
        turn
    }

    pub fn row(&self, walkthrough: &str) -> &ProgressRow {
        let rows: Vec<_> = self.progress.iter().filter(|(_, row)| row.walkthrough.as_str() == walkthrough).collect();
        assert_eq!(rows.len(), 1, "exactly one progress row of {walkthrough}");
        &rows[0].1
    }

    pub fn path(&self, at: usize) -> Path<'_> {
        Path::new(&self.offers[at], &self.steps[&self.offers[at].id])
    }
}

pub fn start(name: Option<&str>) -> Call {
    Call::Start { name: name.map(str::to_owned), restart: false, email: None }
}

pub fn restart(name: &str) -> Call {
    Call::Start { name: Some(name.to_owned()), restart: true, email: None }
}

pub fn next(step: Option<&str>) -> Call {
    Call::Next { step: step.map(StepId::from) }
}

/// One word for an answer: the step's id, or what else it is.
pub fn said(turn: &Turn) -> String {
    match &turn.answer {
        Answer::Step(delivery) => delivery.step().to_string(),
        _ => turn.action.name().to_owned(),
    }
}
