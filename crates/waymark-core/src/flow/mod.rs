//! The flow: which step leads to which, in the order of display and in the order of the links.
//!
//! What a link means is decided here once. Lint reports from the same [`Ways`] that the graph is drawn from, and the
//! linked order is the one that learners walk.

mod change;
mod ways;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use self::change::{set_order, straighten};
pub use self::ways::Ways;
use crate::{
    id::StepId,
    learner::path::{is_linked, linked_order},
    walkthrough::Walkthrough,
};

/// What decides the order in which learners meet the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum FlowOrder {
    /// The stored order of the steps; a link that leads elsewhere is the author's wish and nothing more.
    Display,
    /// The links, from the first step on; then the steps that they do not reach.
    Linked,
}

/// The steps of a walkthrough and the ways between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Flow {
    /// What decides the order for learners.
    pub order: FlowOrder,
    /// Whether any step has a link.
    pub has_links: bool,
    /// The steps in the order of display.
    pub steps: Vec<FlowStep>,
}

/// One step and the way on from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FlowStep {
    /// Which.
    pub id: StepId,
    /// Its title.
    pub title: String,
    /// Its place in the order of display, from 1.
    pub position: u32,
    /// Its place in the order of the links, from 1.
    pub linked_position: u32,
    /// Whether the links lead to it from the first step. The others come after those in the order of the links.
    pub is_reached: bool,
    /// Whether no way from the first step leads to it, by link or by the order of display (rule L014).
    pub is_passed_over: bool,
    /// How many steps are in the circle that it is part of; 0 where it is in none.
    pub circle: u32,
    /// Whether its link is the one that closes the circle (rule L013).
    pub closes_circle: bool,
    /// Its link.
    pub link: FlowLink,
    /// Where the way leads from here, by link or by the order of display; `None` at an end.
    pub next: Option<StepId>,
}

/// A step's link, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FlowLink {
    /// There is none.
    None,
    /// To the step that comes next in the order of display.
    Plain,
    /// To another step.
    Jump,
    /// To itself (rule L008).
    Itself,
    /// To a step that does not exist (rule L009).
    Dangling {
        /// Where it leads.
        to: StepId,
    },
}

/// The flow of a walkthrough.
pub fn flow(walkthrough: &Walkthrough) -> Flow {
    let ways = Ways::of(walkthrough);
    let links: Vec<_> = walkthrough.steps.iter().map(|step| (&step.id, step.next_step_id.as_ref())).collect();
    let mut places = vec![0; links.len()];
    for (place, at) in linked_order(&links).into_iter().enumerate() {
        places[at] = place as u32 + 1;
    }
    let reached = ways.reached_by_links();
    let step = |(at, place): (usize, u32)| FlowStep {
        id: walkthrough.steps[at].id.clone(),
        title: walkthrough.steps[at].title.clone(),
        position: at as u32 + 1,
        linked_position: place,
        is_reached: reached.contains(&at),
        is_passed_over: ways.is_passed_over(at),
        circle: ways.circle(at),
        closes_circle: ways.closes(at).is_some(),
        link: ways.link(walkthrough, at),
        next: ways.next(at).map(|next| walkthrough.steps[next].id.clone()),
    };
    Flow {
        order: order(walkthrough),
        has_links: walkthrough.steps.iter().any(|step| step.next_step_id.is_some()),
        steps: places.into_iter().enumerate().map(step).collect(),
    }
}

/// What decides the order for learners.
pub fn order(walkthrough: &Walkthrough) -> FlowOrder {
    if is_linked(walkthrough.metadata.as_ref()) { FlowOrder::Linked } else { FlowOrder::Display }
}
