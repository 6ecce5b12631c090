//! The ways between the steps, by place: where each leads, which go round in a circle, and which steps are jumped over.

use std::collections::{HashMap, HashSet};

use super::FlowLink;
use crate::{learner::path::is_linked, walkthrough::Walkthrough};

/// What the links of all steps make together.
pub struct Ways {
    /// Where the stored link leads, if it leads to another step of the walkthrough.
    links: Vec<Option<usize>>,
    /// Where the way leads: the link, or in display order the next step where there is none.
    next: Vec<Option<usize>>,
    /// The steps whose way closes a circle, and how many steps are in it.
    closing: HashMap<usize, usize>,
    /// For each step of a circle, how many steps are in it.
    circles: HashMap<usize, usize>,
    /// The steps that no way from the first step leads to.
    passed_over: HashSet<usize>,
    /// The steps that any step leads to.
    led_to: HashSet<usize>,
}

impl Ways {
    /// The ways of a walkthrough. Where nobody set a link, nothing is a circle or jumped over.
    pub fn of(walkthrough: &Walkthrough) -> Self {
        let order: HashMap<_, _> = walkthrough.steps.iter().enumerate().map(|(at, step)| (&step.id, at)).collect();
        let link =
            |(at, next): (usize, Option<&_>)| next.and_then(|next| order.get(next).copied()).filter(|to| *to != at);
        let links: Vec<Option<usize>> =
            walkthrough.steps.iter().map(|step| step.next_step_id.as_ref()).enumerate().map(link).collect();
        let mut next = links.clone();
        let has_links = links.iter().any(Option::is_some);
        // In display order, a step without a link leads to its successor. Where there is no link at all, that is the
        // order of a linked walkthrough too.
        if !has_links || !is_linked(walkthrough.metadata.as_ref()) {
            let count = next.len();
            for (at, next) in next.iter_mut().enumerate().take(count.saturating_sub(1)) {
                next.get_or_insert(at + 1);
            }
        }
        if !has_links {
            let (closing, circles) = (HashMap::new(), HashMap::new());
            return Self { links, next, closing, circles, passed_over: HashSet::new(), led_to: HashSet::new() };
        }
        let found = find_circles(&next);
        let closing = found.iter().filter_map(|circle| Some((*circle.iter().max()?, circle.len()))).collect();
        let circles = found.iter().flat_map(|circle| circle.iter().map(|at| (*at, circle.len()))).collect();
        let passed_over = passed_over(&next);
        let led_to = next.iter().copied().flatten().collect();
        Self { links, next, closing, circles, passed_over, led_to }
    }

    /// Where the way leads from a step.
    pub fn next(&self, at: usize) -> Option<usize> {
        self.next[at]
    }

    /// How many steps are in the circle that this step's link closes; `None` where it closes none.
    pub fn closes(&self, at: usize) -> Option<usize> {
        self.closing.get(&at).copied()
    }

    /// How many steps are in the circle that this step is part of; 0 where it is in none.
    pub fn circle(&self, at: usize) -> u32 {
        self.circles.get(&at).map_or(0, |count| *count as u32)
    }

    /// Whether no way from the first step leads to this one.
    pub fn is_passed_over(&self, at: usize) -> bool {
        self.passed_over.contains(&at)
    }

    /// Whether a step leads to this one, reached itself or not.
    pub fn has_way_in(&self, at: usize) -> bool {
        self.led_to.contains(&at)
    }

    /// Whether a stored link of this step would lead to no other step.
    pub(super) fn is_stray(&self, at: usize) -> bool {
        self.links[at].is_none()
    }

    /// The stored link of a step.
    pub(super) fn link(&self, walkthrough: &Walkthrough, at: usize) -> FlowLink {
        let step = &walkthrough.steps[at];
        match (&step.next_step_id, self.links[at]) {
            (None, _) => FlowLink::None,
            (Some(_), Some(to)) if to == at + 1 => FlowLink::Plain,
            (Some(_), Some(_)) => FlowLink::Jump,
            (Some(next), None) if *next == step.id => FlowLink::Itself,
            (Some(next), None) => FlowLink::Dangling { to: next.clone() },
        }
    }

    /// The steps that the links themselves lead to from the first.
    pub(super) fn reached_by_links(&self) -> HashSet<usize> {
        reached(&self.links)
    }
}

/// The steps that are met from the first one on, until the way ends or comes back to one of them.
fn reached(ways: &[Option<usize>]) -> HashSet<usize> {
    let mut reached = HashSet::new();
    let mut at = (!ways.is_empty()).then_some(0);
    while let Some(here) = at.filter(|here| reached.insert(*here)) {
        at = ways[here];
    }
    reached
}

/// The circles, each with its steps.
fn find_circles(next: &[Option<usize>]) -> Vec<Vec<usize>> {
    // The walk in which a step was first met, from 1.
    let mut met_in = vec![0; next.len()];
    let mut found = Vec::new();
    for start in 0..next.len() {
        let (mut at, mut way) = (Some(start), Vec::new());
        while let Some(here) = at.filter(|here| met_in[*here] == 0) {
            met_in[here] = start + 1;
            way.push(here);
            at = next[here];
        }
        if let Some(again) = at.filter(|here| met_in[*here] == start + 1) {
            found.push(way.into_iter().skip_while(|here| *here != again).collect());
        }
    }
    found
}

/// The steps that no way from the first one leads to: jumped over, behind one that is, or in a circle of their own.
fn passed_over(next: &[Option<usize>]) -> HashSet<usize> {
    let reached = reached(next);
    (0..next.len()).filter(|at| !reached.contains(at)).collect()
}
