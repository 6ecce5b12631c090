//! Where a review stands, given the content that there is now.
//!
//! An approval counts for the content that it was given to, and for no other: it is void while the content is another one,
//! and counts again once the content is taken back. So does a request for changes; it also stays in force while somebody
//! works on them, until the walkthrough is put up for review again.

use serde::{Deserialize, Serialize};

use super::{Decision, State};

/// Where a review stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReviewStanding")]
pub struct Standing {
    /// The state.
    pub state: State,
    /// The decision that it comes from.
    pub decision: Option<Decision>,
    /// The approval that is void because it was given to another content.
    pub void: Option<Decision>,
}

impl Standing {
    /// Whether the present content is approved.
    pub fn is_approved(&self) -> bool {
        self.state == State::Approved
    }
}

/// Where a review stands for the content with this hash.
pub fn of(decisions: &[Decision], content_hash: &str) -> Standing {
    let last = decisions.iter().max_by_key(|decision| order(decision));
    let here = decisions.iter().filter(|decision| decision.content_hash == content_hash).max_by_key(|d| order(d));
    let verdict = here.filter(|decision| matches!(decision.state, State::Approved | State::ChangesRequested));
    if let Some(verdict) = verdict {
        return Standing { state: verdict.state, decision: Some(verdict.clone()), void: None };
    }
    match last {
        None => Standing::default(),
        Some(last) if last.state == State::Approved => {
            Standing { state: State::InReview, decision: None, void: Some(last.clone()) }
        }
        Some(last) => Standing { state: last.state, decision: Some(last.clone()), void: None },
    }
}

/// Later ones count more; of the same moment, the same one everywhere.
fn order(decision: &Decision) -> (i64, &str) {
    (decision.at.0, decision.id.as_str())
}
