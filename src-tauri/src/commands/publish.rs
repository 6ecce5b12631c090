//! Publishing and pulling: planned first, run as a task that tells how far it is.

use serde::{Deserialize, Serialize};
use tauri_specta::Event;
use waymark_core::{
    error::Error,
    id::{ConnectionId, WalkthroughId},
    publish::Published,
};

use crate::tasks::TaskId;

/// What to publish, and where to.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct PlanPublish {
    /// Which drafts.
    pub ids: Vec<WalkthroughId>,
    /// Where to.
    pub connection: ConnectionId,
    /// Upload without showing it to learners.
    pub as_draft: bool,
}

/// A plan to carry out.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct RunPublish {
    /// What was planned.
    pub plan: PlanPublish,
    /// The digest of the plan that the person saw.
    pub digest: String,
    /// Whether the person said yes to what the plan asks.
    pub is_confirmed: bool,
}

/// How one walkthrough ended.
#[derive(Debug, Serialize, specta::Type)]
pub struct PublishedOne {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// What production has now, if it was written or was so already.
    pub published: Option<Published>,
    /// Why it was not written.
    pub error: Option<Error>,
}

/// How far a task is.
#[derive(Debug, Serialize, specta::Type, Event)]
pub struct PublishProgress {
    /// Which task.
    pub task: TaskId,
    /// Walkthroughs that are finished.
    pub done: u32,
    /// Walkthroughs in all.
    pub total: u32,
    /// The title of the one that is being written.
    pub current: Option<String>,
    /// How each ended, once all have.
    pub ended: Option<Vec<PublishedOne>>,
}

/// What to bring from production.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct Pull {
    /// Where from.
    pub connection: ConnectionId,
    /// Which; none for all.
    pub ids: Option<Vec<WalkthroughId>>,
}
