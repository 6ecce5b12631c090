//! Review: what people say about a walkthrough, and whether its content may go out.
//!
//! A review is a [`log`](log::ReviewLog) of items that never go away: comments, that a thread was resolved or opened
//! again, and decisions. Two logs of the same walkthrough are joined without losing anything, in any order, so that a
//! review can travel in a file and come back. Where a comment stands in the present text ([`anchor`]) is no part of the
//! log: each library works that out for the text that it has.
//!
//! An approval is of one content, named by its hash ([`standing`]): it counts for that content and for no other.

pub mod anchor;
pub mod audit;
pub mod check;
pub mod log;
pub mod standing;
pub mod thread;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_merging;

use serde::{Deserialize, Serialize};

use self::{anchor::Anchor, audit::AuditFinding};
use crate::{
    content::Field,
    conversation::script::Script,
    error::{Error, Result},
    id::{CommentId, ReviewEntryId, StepId},
    walkthrough::Millis,
};

/// Something that somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReviewComment")]
pub struct Comment {
    /// Which.
    pub id: CommentId,
    /// The first comment of the thread: its own id for that one.
    pub thread: CommentId,
    /// Who, by the name that they gave.
    pub author: String,
    /// When it was written.
    pub at: Millis,
    /// When its text last changed; `at` where it never did.
    pub changed_at: Millis,
    /// Markdown. `None` once its author took it back: the place in the thread stays.
    pub text: Option<String>,
    /// What the thread is about, on its first comment.
    pub target: Option<Target>,
    /// The turn of a conversation that it speaks of.
    pub turn: Option<TurnMention>,
    /// What a machine found, where it comes from a report.
    pub audit: Option<AuditFinding>,
}

/// What a thread is about: the walkthrough, a step, a field of it, or a selection in that field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReviewTarget")]
pub struct Target {
    /// The step; `None` for the walkthrough as a whole.
    pub step: Option<StepId>,
    /// What the step was called then, for when it is gone.
    pub step_title: Option<String>,
    /// The field of the step.
    pub field: Option<Field>,
    /// The selection in the field, as the text was then.
    pub anchor: Option<Anchor>,
}

/// A turn of a conversation, with all that is needed to play it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TurnMention {
    /// What happens in the conversation.
    pub script: Script,
    /// The turn, counted from 1.
    pub number: u32,
    /// What the turn was, in a few words.
    pub words: String,
}

/// That a thread was resolved, or opened again. The last one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReviewResolution")]
pub struct Resolution {
    /// Which.
    pub id: ReviewEntryId,
    /// The thread's first comment.
    pub thread: CommentId,
    /// Resolved, or open again.
    pub is_resolved: bool,
    /// Who said so.
    pub author: String,
    /// When.
    pub at: Millis,
}

/// Where a review stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReviewState", rename_all = "snake_case")]
pub enum State {
    /// Still being written.
    #[default]
    Draft,
    /// Somebody is to look at it.
    InReview,
    /// It may go out as it is.
    Approved,
    /// It has to change first.
    ChangesRequested,
}

impl State {
    /// All of them, in the order of menus.
    pub const ALL: [State; 4] = [State::Draft, State::InReview, State::Approved, State::ChangesRequested];

    /// The name as stored.
    pub fn name(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::InReview => "in_review",
            State::Approved => "approved",
            State::ChangesRequested => "changes_requested",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::InReview => "in review",
            State::Approved => "approved",
            State::ChangesRequested => "changes requested",
        }
    }
}

impl std::str::FromStr for State {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let name = text.replace('-', "_");
        State::ALL.into_iter().find(|state| state.name() == name).ok_or_else(|| {
            Error::invalid(format!("There is no review state `{text}`."))
                .with_hint("Use one of `draft`, `in-review`, `approved`, `changes-requested`.")
        })
    }
}

/// That somebody put a review into a state. Never changed and never taken away: a later one counts more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReviewDecision")]
pub struct Decision {
    /// Which.
    pub id: ReviewEntryId,
    /// Into which state.
    pub state: State,
    /// Who.
    pub author: String,
    /// When.
    pub at: Millis,
    /// The content that they saw.
    pub content_hash: String,
    /// What they said with it.
    pub note: Option<String>,
}
