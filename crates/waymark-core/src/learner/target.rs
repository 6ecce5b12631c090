//! Which walkthrough a call is about.

use super::{
    call::Call,
    standing::{Offer, Standing},
};
use crate::id::WalkthroughId;

/// What a call is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aim<'a> {
    /// This one.
    Walkthrough(&'a Offer),
    /// The agent has to choose.
    Choice,
    /// More than one has that name.
    Ambiguous(Vec<&'a Offer>),
    /// None has that name.
    Unknown(&'a str),
    /// The learner is in none that is visible here.
    NoCurrent,
}

/// The walkthrough whose steps [`super::decide`] needs, so that a store reads those alone.
pub fn target(standing: &Standing, call: &Call) -> Option<WalkthroughId> {
    match aim(standing, call) {
        Aim::Walkthrough(offer) => Some(offer.id.clone()),
        _ => None,
    }
}

pub(super) fn aim<'a>(standing: &'a Standing, call: &'a Call) -> Aim<'a> {
    match call {
        Call::List => Aim::Choice,
        Call::Start { name: Some(name), .. } | Call::Status { walkthrough: Some(name) } => named(standing, name),
        Call::Start { name: None, .. } => match standing.visible.as_slice() {
            [only] => Aim::Walkthrough(only),
            _ => Aim::Choice,
        },
        Call::Next { .. } | Call::Status { walkthrough: None } => current(standing),
        // Something that cannot be taken back is found by its id alone.
        Call::Reset { walkthrough, .. } => {
            visible(standing, walkthrough).map_or(Aim::Unknown(walkthrough.as_str()), Aim::Walkthrough)
        }
    }
}

fn visible<'a>(standing: &'a Standing, id: &WalkthroughId) -> Option<&'a Offer> {
    standing.visible.iter().find(|offer| offer.id == *id)
}

/// Exact title, then exact id, then title or id in any case.
fn named<'a>(standing: &'a Standing, name: &'a str) -> Aim<'a> {
    let folded = name.trim().to_lowercase();
    let tiers: [&dyn Fn(&Offer) -> bool; 3] =
        [&|offer| offer.title == name, &|offer| offer.id.as_str() == name.trim(), &|offer| {
            offer.title.trim().to_lowercase() == folded || offer.id.as_str().to_lowercase() == folded
        }];
    for matches in tiers {
        let found: Vec<&Offer> = standing.visible.iter().filter(|offer| matches(offer)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Aim::Walkthrough(one),
            _ => return Aim::Ambiguous(found),
        }
    }
    Aim::Unknown(name)
}

/// The one last started or advanced in this visit; else the learner's latest among those visible here. A visit whose
/// walkthrough is gone has no current one: it never slides into another unasked.
fn current(standing: &Standing) -> Aim<'_> {
    if let Some(focus) = standing.focus() {
        return visible(standing, &focus.walkthrough).map_or(Aim::NoCurrent, Aim::Walkthrough);
    }
    let latest = standing
        .progress
        .iter()
        .filter(|row| row.is_started())
        .filter_map(|row| Some((row.last_activity_at, visible(standing, &row.walkthrough)?)))
        .max_by_key(|(at, _)| *at);
    latest.map_or(Aim::NoCurrent, |(_, offer)| Aim::Walkthrough(offer))
}
