//! A release: several walkthroughs that go to one connection together, under a name, and can be gone on with whenever it
//! was interrupted.
//!
//! **Invariant.** What is in a release is what the drafts were when it was made. A draft that changed since is not
//! published by it unseen; and whether something has arrived is read off production, not off what was noted here.

use serde::{Deserialize, Serialize};

use crate::{
    error::{Code, Error},
    hash,
    id::{ConnectionId, ReleaseId, WalkthroughId},
    json::FreeJson,
    walkthrough::{Millis, Walkthrough, WalkthroughStatus},
};

/// A release with everything in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Release {
    /// Which.
    pub id: ReleaseId,
    /// What it is called; no two have the same name.
    pub name: String,
    /// Where it goes.
    pub connection: ConnectionId,
    /// The status that production is to have: `published`, or `draft` to upload without showing.
    pub status: WalkthroughStatus,
    /// Whether what changed in production is replaced (and kept as a revision first).
    pub overwrite: bool,
    /// When it was made.
    pub created_at: Millis,
    /// When it was first run.
    pub begun_at: Option<Millis>,
    /// When the last of it was done.
    pub finished_at: Option<Millis>,
    /// What is in it, in its order.
    pub items: Vec<ReleaseItem>,
}

/// One walkthrough of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReleaseItem {
    /// Which.
    pub walkthrough: WalkthroughId,
    /// The draft's title now.
    pub title: String,
    /// Of what production is to have: see [`digest`].
    pub digest: String,
    /// How far it is.
    pub state: ItemState,
    /// The number that production carries for it, once it is there (0 where it was there already).
    pub revision: Option<u32>,
    /// Why it is not done, where somebody should know.
    pub problem: Option<ItemProblem>,
    /// When it came to its state.
    pub at: Option<Millis>,
}

/// How far an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReleaseItemState", rename_all = "snake_case")]
pub enum ItemState {
    /// Still to be published.
    Open,
    /// On its way, and nobody has heard yet: production says whether it arrived.
    Sent,
    /// Production has it.
    Done,
    /// It could not go; the next run tries again.
    Failed,
}

/// An error as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReleaseItemProblem")]
pub struct ItemProblem {
    /// What kind.
    pub code: Code,
    /// In a sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemOutcome {
    /// Which.
    pub walkthrough: WalkthroughId,
    /// How far it is now.
    pub state: ItemState,
    /// The number in production, if it is there.
    pub revision: Option<u32>,
    /// Why not, if it is not.
    pub problem: Option<ItemProblem>,
}

impl ItemState {
    /// As it is stored and printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

impl From<&Error> for ItemProblem {
    fn from(error: &Error) -> Self {
        Self { code: error.code, message: error.message.clone(), hint: error.hint.clone() }
    }
}

impl ItemOutcome {
    /// Production has it.
    pub fn done(walkthrough: WalkthroughId, revision: u32) -> Self {
        Self { walkthrough, state: ItemState::Done, revision: Some(revision), problem: None }
    }

    /// It did not go, or nobody knows. What never began stays open, and says why.
    pub fn not_done(walkthrough: WalkthroughId, error: &Error) -> Self {
        let state = match error.code {
            Code::OutcomeUnknown => ItemState::Sent,
            Code::Cancelled | Code::Unreachable => ItemState::Open,
            _ => ItemState::Failed,
        };
        Self { walkthrough, state, revision: None, problem: Some(error.into()) }
    }

    /// It is to be published as if nothing had happened.
    pub fn open(walkthrough: WalkthroughId) -> Self {
        Self { walkthrough, state: ItemState::Open, revision: None, problem: None }
    }
}

impl Release {
    /// What is still to be done, in order.
    pub fn to_do(&self) -> Vec<WalkthroughId> {
        let rest = self.items.iter().filter(|item| item.state != ItemState::Done);
        rest.map(|item| item.walkthrough.clone()).collect()
    }

    /// How many are done.
    pub fn done(&self) -> usize {
        self.items.iter().filter(|item| item.state == ItemState::Done).count()
    }
}

/// Names what production has, or is to have, under a status: content and assignments, however they got there. Two with one
/// digest are the same for everybody who reads production.
pub fn digest(walkthrough: &Walkthrough, status: WalkthroughStatus) -> String {
    let mut offered: Vec<(&str, i32, bool)> = walkthrough
        .assignments
        .iter()
        .map(|known| (known.server.as_str(), known.display_order, known.is_enabled))
        .collect();
    offered.sort_unstable();
    hash::digest(&FreeJson::of(&(hash::content_hash(walkthrough), status, offered)))
}

/// Why a draft is not what the release is about.
pub fn changed_since(title: &str) -> Error {
    Error::new(Code::Conflict, format!("The draft `{title}` changed since the release was made."))
        .with_hint("Run the release with `--current` to take the draft as it is now, or make another release.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        publish::plan::{self, Intent},
        walkthrough::{Assignment, WalkthroughType},
    };

    fn draft() -> Walkthrough {
        let assignment = Assignment {
            id: "msw_1".into(),
            server: "docs".to_owned(),
            display_order: 2,
            is_enabled: true,
            created_at: None,
        };
        Walkthrough { assignments: vec![assignment], ..Walkthrough::new("wt_1", "One", WalkthroughType::Course) }
    }

    #[test]
    fn what_arrived_has_the_digest_of_what_was_sent() {
        let status = WalkthroughStatus::Published;
        let mine = digest(&draft(), status);
        let mut there = plan::target(&draft(), None, Intent::default(), 3);
        there.assignments[0].id = "msw_of_production".into();
        assert_eq!(digest(&there, there.status), mine);
        let edits: [fn(&mut Walkthrough); 3] = [
            |other| other.title.push('!'),
            |other| other.assignments[0].is_enabled = false,
            |other| other.assignments.clear(),
        ];
        for edit in edits {
            let mut other = draft();
            edit(&mut other);
            assert_ne!(digest(&other, status), mine);
        }
        assert_ne!(digest(&draft(), WalkthroughStatus::Draft), mine);
    }

    #[test]
    fn what_never_began_stays_open_and_what_nobody_knows_stays_sent() {
        for (code, state) in [
            (Code::OutcomeUnknown, ItemState::Sent),
            (Code::Cancelled, ItemState::Open),
            (Code::Unreachable, ItemState::Open),
            (Code::Conflict, ItemState::Failed),
            (Code::Refused, ItemState::Failed),
        ] {
            assert_eq!(ItemOutcome::not_done("wt_1".into(), &Error::new(code, "Why.")).state, state);
        }
    }
}
