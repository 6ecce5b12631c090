//! What the tests of the rule say about learners, over the store in memory.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{
    call::Call,
    decide,
    path::Path,
    standing::{Offer, ProgressRow, Scope, Standing, StepSeen},
    turn::{Answer, Turn},
    world::World,
    writes::Written,
};
use crate::{
    id::{StepId, VisitId},
    walkthrough::{Millis, WalkthroughType},
};

/// Which visit a call of a test belongs to.
#[derive(Clone)]
pub enum Who {
    Nobody,
    Handle(VisitId),
    Session(&'static str),
}

impl Who {
    fn scope(&self) -> Scope {
        match self {
            Who::Nobody => Scope::default(),
            Who::Handle(id) => Scope { handle: Some(id.to_string()), ..Scope::default() },
            Who::Session(id) => Scope { session: Some(VisitId::from(*id)), ..Scope::default() },
        }
    }
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

    pub fn seen_by(&self, who: &Who, call: &Call) -> Standing {
        self.read(&who.scope(), call)
    }

    /// Writes a turn; false when it is stale.
    pub fn keeps(&mut self, standing: &Standing, turn: &Turn) -> bool {
        self.write(standing, turn) == Written::Done
    }

    pub fn call(&mut self, who: &Who, call: &Call) -> Turn {
        self.now += 1_000;
        let standing = self.seen_by(who, call);
        let turn = decide(&standing, call, Millis(self.now), random);
        assert!(self.keeps(&standing, &turn), "nobody else writes here");
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
