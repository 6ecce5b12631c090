//! Walkthroughs, steps and assignments: the models that every store reads and writes.

use serde::{Deserialize, Serialize};

use crate::{
    content::ContentFields,
    error::{Error, Result},
    id::{AssignmentId, StepId, WalkthroughId},
    json::FreeJson,
};

/// Milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct Millis(
    // Exported as a plain number: milliseconds stay below 2^53 for the next 280,000 years.
    #[cfg_attr(feature = "specta", specta(type = i32))] pub i64,
);

/// What a walkthrough is for; decides which fields it must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum WalkthroughType {
    /// A longer course.
    #[default]
    Course,
    /// Installs something.
    Installer,
    /// Finds and mends a fault.
    Troubleshooting,
    /// Connects two things.
    Integration,
    /// The first minutes with something.
    Quickstart,
}

/// Where a walkthrough stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum WalkthroughStatus {
    /// Not visible to learners.
    #[default]
    Draft,
    /// Visible where it is assigned and enabled.
    Published,
    /// Put away.
    Archived,
}

macro_rules! names {
    ($type:ident, $what:literal, $($variant:ident = $name:literal),*) => {
        impl $type {
            /// All values, in the order of menus.
            pub const ALL: &'static [$type] = &[$($type::$variant),*];

            /// The name as stored.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),* }
            }
        }

        impl std::str::FromStr for $type {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self> {
                match text {
                    $($name => Ok($type::$variant),)*
                    _ => Err(Error::invalid(format!(concat!("There is no ", $what, " `{}`."), text))
                        .with_hint(concat!("Use one of:", $(" ", $name),*, "."))),
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

names!(
    WalkthroughType,
    "walkthrough type",
    Course = "course",
    Installer = "installer",
    Troubleshooting = "troubleshooting",
    Integration = "integration",
    Quickstart = "quickstart"
);
names!(WalkthroughStatus, "walkthrough status", Draft = "draft", Published = "published", Archived = "archived");

/// A walkthrough with its steps (in order) and its assignments, as a draft or as production has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Walkthrough {
    /// `walkthroughs.id`.
    pub id: WalkthroughId,
    /// 1 to 100 characters, unique in the organization.
    pub title: String,
    /// Up to 500 characters.
    pub description: Option<String>,
    /// What it is for (`walkthroughs.type`).
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
    /// Where it stands. A stored NULL reads as `draft`.
    pub status: WalkthroughStatus,
    /// When it was made.
    pub created_at: Option<Millis>,
    /// When the row last changed; proves nothing about the steps.
    pub updated_at: Option<Millis>,
    /// Minutes that a learner needs.
    pub estimated_duration_minutes: Option<i32>,
    /// Words to find it by. A stored NULL reads as none.
    pub tags: Vec<String>,
    /// Anybody's JSON; ours is under the key `waymark`.
    pub metadata: Option<FreeJson>,
    /// In order; see [`sort_steps`].
    pub steps: Vec<Step>,
    /// Which MCP servers offer it.
    pub assignments: Vec<Assignment>,
}

/// One step of a walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Step {
    /// `walkthrough_steps.id`.
    pub id: StepId,
    /// 1 to 200 characters.
    pub title: String,
    /// The four texts.
    pub content_fields: ContentFields,
    /// As stored: may start at 0 or 1, have gaps and ties.
    pub display_order: i32,
    /// The author's preferred next step, where it is set.
    pub next_step_id: Option<StepId>,
    /// When it was made.
    pub created_at: Option<Millis>,
    /// When the row last changed.
    pub updated_at: Option<Millis>,
    /// Anybody's JSON; ours is under the key `waymark`.
    pub metadata: Option<FreeJson>,
}

/// A walkthrough offered by an MCP server. Servers are named by slug: the same draft can go to several databases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Assignment {
    /// `mcp_server_walkthroughs.id`.
    pub id: AssignmentId,
    /// `mcp_servers.slug`.
    pub server: String,
    /// Place among the server's walkthroughs.
    pub display_order: i32,
    /// Whether learners see it there.
    pub is_enabled: bool,
    /// When it was assigned.
    pub created_at: Option<Millis>,
}

impl Step {
    /// A step with an id and a title, and nothing in it yet. Its place is the first.
    pub fn new(id: impl Into<StepId>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            content_fields: ContentFields::default(),
            display_order: 1,
            next_step_id: None,
            created_at: None,
            updated_at: None,
            metadata: None,
        }
    }
}

impl Walkthrough {
    /// A draft with an id, a title and a type, and nothing else yet.
    pub fn new(id: impl Into<WalkthroughId>, title: impl Into<String>, kind: WalkthroughType) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            description: None,
            kind,
            status: WalkthroughStatus::Draft,
            created_at: None,
            updated_at: None,
            estimated_duration_minutes: None,
            tags: Vec::new(),
            metadata: None,
            steps: Vec::new(),
            assignments: Vec::new(),
        }
    }

    /// The step with this id.
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// The place (from 0) of the step with this id.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub fn step_index(&self, id: &StepId) -> Result<usize> {
        self.steps.iter().position(|step| step.id == *id).ok_or_else(|| {
            Error::not_found(format!("The walkthrough `{}` has no step `{id}`.", self.title))
                .with_hint("It may have been removed. Reload the walkthrough.")
        })
    }
}

/// Puts steps into the one order that every part of Waymark uses: `display_order`, then `created_at`, then `id`.
/// An unknown creation time sorts after every known one, as Postgres does with NULL.
pub fn sort_steps(steps: &mut [Step]) {
    steps.sort_by(|a, b| {
        let time = |step: &Step| step.created_at.map_or(i64::MAX, |at| at.0);
        (a.display_order, time(a), &a.id).cmp(&(b.display_order, time(b), &b.id))
    });
}
