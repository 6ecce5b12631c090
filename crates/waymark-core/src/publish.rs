//! The publish plan: what would change in production, and what that does to learners.
//!
//! These are the shapes that every door shows. [`plan`] makes them from the draft, production and their last common
//! version; [`effect`] counts what happens to people.

pub mod effect;
pub mod plan;
mod problem;
pub mod promote;

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    id::{ConnectionId, StepId, WalkthroughId},
    lint::Severity,
    walkthrough::Millis,
};

/// What publishing would do to one walkthrough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It is not there yet.
    Create,
    /// It is there and differs.
    Update,
    /// Production is what the draft is.
    None,
    /// Production changed since the last sync.
    Conflict,
    /// It is there and goes, for good.
    Delete,
}

/// A plan for one connection. `digest` names exactly this plan: publishing with it writes this or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Plan {
    /// Where to.
    pub connection: ConnectionId,
    /// When production was read.
    pub made_at: Millis,
    /// SHA-256 (hex) over drafts, production and intent.
    pub digest: String,
    /// One for each walkthrough asked for.
    pub walkthroughs: Vec<WalkthroughPlan>,
}

/// What publishing would do to one walkthrough, in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WalkthroughPlan {
    /// Which.
    pub id: WalkthroughId,
    /// The draft's title.
    pub title: String,
    /// What would happen.
    pub action: Action,
    /// Title, description, type, status, tags, duration, metadata: those that change.
    pub details: Vec<DetailChange>,
    /// Steps that change, in the draft's order, removed ones where they stood.
    pub steps: Vec<StepChange>,
    /// Assignments that change.
    pub assignments: Vec<AssignmentChange>,
    /// What it does to people.
    pub learners: LearnerEffect,
    /// What stands in the way (errors) or should be known (warnings).
    pub problems: Vec<Problem>,
    /// Questions to answer before it goes: each is a sentence. Empty: one click suffices.
    pub confirmations: Vec<String>,
    /// The content hash that production would carry.
    pub content_hash: String,
    /// The number that production would carry.
    pub revision: u32,
    /// When draft and production were last in sync, if ever.
    pub last_sync: Option<LastSync>,
}

/// When draft and production were last the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LastSync {
    /// The number that production carried; 0 where it carried none.
    pub revision: u32,
    /// When.
    pub at: Millis,
}

/// One changed detail of the walkthrough itself, both sides as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DetailChange {
    /// `title`, `description`, `type`, `status`, `tags`, `estimated_duration_minutes` or `metadata`.
    pub name: String,
    /// In production now.
    pub before: Option<String>,
    /// After publishing.
    pub after: Option<String>,
}

/// One changed step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct StepChange {
    /// Which.
    pub id: StepId,
    /// The title after publishing (before, if it is removed).
    pub title: String,
    /// Its number after publishing; `None` if it is removed.
    pub number: Option<u32>,
    /// Its number now; `None` if it is added.
    pub number_before: Option<u32>,
    /// Whether it is new.
    pub is_added: bool,
    /// Whether it goes.
    pub is_removed: bool,
    /// Whether it stands elsewhere among the steps that stay.
    pub is_moved: bool,
    /// The old title, if it changes.
    pub title_before: Option<String>,
    /// Whether its link changes.
    pub is_relinked: bool,
    /// Content fields that change.
    pub fields: Vec<FieldChange>,
    /// Its metadata, if that changes.
    pub metadata: Option<DetailChange>,
    /// The text that an agent receives for it, before and after, line by line; `None` where it was not looked at.
    pub agent: Option<Vec<DiffLine>>,
    /// Whether it was not looked at because too many steps differ; asking for the step alone gives it.
    pub is_agent_left_out: bool,
    /// Completion events that go with it, if it is removed.
    pub events_lost: u32,
    /// Learners who stand on it, if it is removed.
    pub learners_on_it: u32,
    /// The title of the step that these move on to, if it is the same for all of them.
    pub moves_on_to: Option<String>,
}

/// One changed content field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// Line by line.
    pub lines: Vec<DiffLine>,
    /// Lines added.
    pub added: u32,
    /// Lines removed.
    pub removed: u32,
}

/// One line of a diff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct DiffLine {
    /// Whether it stays, comes or goes.
    pub kind: DiffKind,
    /// Without its line break.
    pub text: String,
    /// In the agent's text: which field's block the line belongs to.
    pub field: Option<Field>,
    /// The words in it that differ, where it is a changed line rather than a new one.
    pub marks: Vec<DiffMark>,
}

/// A stretch of a line, in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
// In TypeScript all types share one space, and search has marks of its own.
pub struct DiffMark {
    /// Where it begins.
    pub from: u32,
    /// Where it ends (exclusive).
    pub to: u32,
}

/// What happens to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum DiffKind {
    /// In both.
    Same,
    /// Only after.
    Added,
    /// Only before.
    Removed,
    /// Lines left out between hunks.
    Gap,
}

/// One changed assignment, in words for `before` and `after` (`order 2, enabled`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AssignmentChange {
    /// The server's slug.
    pub server: String,
    /// In production now; `None` if it is added.
    pub before: Option<String>,
    /// After publishing; `None` if it is removed.
    pub after: Option<String>,
}

/// What publishing does to people, in numbers of learners.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LearnerEffect {
    /// Started and not completed.
    pub in_progress: u32,
    /// Completed.
    pub completed: u32,
    /// Stand on a step that is removed, and move on.
    pub standing_on_removed: u32,
    /// Completion events that are deleted with removed steps.
    pub events_lost: u32,
    /// Learners whose percentage changes.
    pub percent_changes: u32,
    /// Had completed it and will be asked to do a new step.
    pub reopened: u32,
    /// Median percentage of those in progress, now.
    pub median_percent_before: Option<u32>,
    /// Median percentage of those in progress, afterwards.
    pub median_percent_after: Option<u32>,
}

/// Something that stands in the way or should be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Problem {
    /// Errors block.
    pub severity: Severity,
    /// A lint rule's number or a short name such as `remote_changed`.
    pub code: String,
    /// In a sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Which step, if one.
    pub step_id: Option<StepId>,
}

/// The outcome for one walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Published {
    /// Which.
    pub id: WalkthroughId,
    /// Its revision number in production (0 when nothing was written).
    pub revision: u32,
    /// What production carries now.
    pub content_hash: String,
}
