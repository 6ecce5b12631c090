//! What a store has read before a call is decided: one server, one learner, one visit.

use crate::{
    id::{LearnerId, ProgressId, ServerId, StepId, VisitId, WalkthroughId},
    json::{FreeJson, OWN_KEY},
    learner::path::is_linked,
    walkthrough::{Millis, Step, Walkthrough, WalkthroughType},
};

/// Who asks, and where: everything that decides which rows a store may read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// `mcp_servers.slug`; `None` is the drafts' own endpoint, which shows every draft.
    pub server: Option<String>,
    /// The `visit` argument, as the agent passed it.
    pub handle: Option<String>,
    /// What stands for a visit without the agent's help: a protocol session, or the process on stdio. The visit is
    /// made under this id at its first call.
    pub session: Option<VisitId>,
    /// `mcp_server_user.distinct_id`, from a door that may identify learners.
    pub tracking: Option<String>,
}

/// A server, as a door sees it before any call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSeen {
    /// `mcp_servers.slug`.
    pub slug: String,
    /// `mcp_servers.name`.
    pub name: String,
    /// How its learners are told apart.
    pub auth: AuthType,
    /// Whether it exposes the walkthrough tools at all.
    pub is_enabled: bool,
}

/// `mcp_servers.auth_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthType {
    /// A bearer token of the platform.
    PlatformOauth,
    /// A bearer token of the organization's own.
    CustomOauth,
    /// One learner for each visit, unless a tracking id comes.
    None,
    /// The learner leaves an address.
    CollectEmail,
}

impl AuthType {
    /// From the stored name. NULL is `none`; a name that this Waymark does not know is closed: a bearer token.
    pub fn of(name: Option<&str>) -> Self {
        match name {
            None | Some("none") => AuthType::None,
            Some("collect_email") => AuthType::CollectEmail,
            Some("platform_oauth") => AuthType::PlatformOauth,
            Some(_) => AuthType::CustomOauth,
        }
    }

    /// Whether only a bearer token identifies learners.
    pub fn is_oauth(self) -> bool {
        matches!(self, AuthType::PlatformOauth | AuthType::CustomOauth)
    }
}

/// A step with its content, and the details of its walkthrough without the other steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepContent {
    /// The walkthrough; `steps` and `assignments` are empty.
    pub walkthrough: Walkthrough,
    /// The step.
    pub step: Step,
}

/// Everything that a call is decided on. Holds the rows of one learner at one server and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The server's row.
    pub server: ServerId,
    /// The server's slug, which visits point to.
    pub slug: String,
    /// Whether learners must leave an address first (`auth_type` is `collect_email`).
    pub asks_email: bool,
    /// The learner, if there is a row already.
    pub learner: Option<LearnerId>,
    /// The tracking id that a new learner gets.
    pub tracking: Option<String>,
    /// The visit that the call belongs to.
    pub visit: VisitSeen,
    /// What this server shows, in its order.
    pub visible: Vec<Offer>,
    /// The learner's progress rows, at most one for each visible walkthrough (the latest, where two exist).
    pub progress: Vec<ProgressRow>,
    /// The steps of the walkthrough that [`super::target::target`] names; in `display_order`, `created_at`, `id`.
    pub steps: Vec<StepSeen>,
}

/// What is known of the visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitSeen {
    /// Nothing stands for a visit and nobody is identified.
    None,
    /// The handle is no visit of this learner at this server.
    Unknown,
    /// There is no row yet; it is made with this call, under this id if there is one.
    New(Option<VisitId>),
    /// A row.
    Known {
        /// Its id.
        id: VisitId,
        /// When the last logged call was made.
        last_call_at: Option<Millis>,
        /// What the visit is about, from the latest logged call that says so.
        focus: Option<Focus>,
    },
}

/// What a visit is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// The walkthrough last started or advanced.
    pub walkthrough: WalkthroughId,
    /// The step last delivered, until it is completed or reset.
    pub delivered: Option<StepId>,
}

/// A walkthrough that the server shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: WalkthroughId,
    /// Its title, not necessarily unique.
    pub title: String,
    /// Its description.
    pub description: Option<String>,
    /// What it is for.
    pub kind: WalkthroughType,
    /// Whether the links decide the order (`metadata.waymark.order` is `linked`).
    pub is_linked: bool,
}

/// A step without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepSeen {
    /// Its id.
    pub id: StepId,
    /// Its title.
    pub title: String,
    /// The author's preferred next step.
    pub next_step_id: Option<StepId>,
    /// Changes whenever the content does.
    pub version: String,
}

/// `walkthrough_progress`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressRow {
    /// `id`.
    pub id: ProgressId,
    /// `walkthrough_id`.
    pub walkthrough: WalkthroughId,
    /// As stored; read it with [`ProgressRow::completed`].
    pub completed_steps: Option<FreeJson>,
    /// `current_step_id`.
    pub current_step_id: Option<StepId>,
    /// Set while nothing is left.
    pub completed_at: Option<Millis>,
    /// `None` after a reset.
    pub started_at: Option<Millis>,
    /// When a call last started or advanced it.
    pub last_activity_at: Option<Millis>,
    /// Anybody's JSON; ours is under the key `waymark`.
    pub metadata: Option<FreeJson>,
}

impl Offer {
    /// A walkthrough as a server shows it.
    pub fn of(walkthrough: &Walkthrough) -> Self {
        Self {
            id: walkthrough.id.clone(),
            title: walkthrough.title.clone(),
            description: walkthrough.description.clone(),
            kind: walkthrough.kind,
            is_linked: is_linked(walkthrough.metadata.as_ref()),
        }
    }
}

impl StepSeen {
    /// A step whose content is at this version.
    pub fn of(step: &Step, version: String) -> Self {
        let (id, title, next_step_id) = (step.id.clone(), step.title.clone(), step.next_step_id.clone());
        Self { id, title, next_step_id, version }
    }
}

impl StepContent {
    /// One step of a walkthrough; `None` where it does not have it.
    pub fn of(walkthrough: &Walkthrough, step: &StepId) -> Option<Self> {
        let step = walkthrough.step(step)?.clone();
        let details = Walkthrough {
            id: walkthrough.id.clone(),
            title: walkthrough.title.clone(),
            description: walkthrough.description.clone(),
            tags: walkthrough.tags.clone(),
            metadata: walkthrough.metadata.clone(),
            steps: Vec::new(),
            assignments: Vec::new(),
            ..*walkthrough
        };
        Some(Self { walkthrough: details, step })
    }
}

impl Focus {
    /// Reads it back from a logged call's `output`; `None` where the call says nothing about it.
    pub fn of_output(output: &FreeJson) -> Option<Self> {
        let ours = output.get(OWN_KEY)?;
        let walkthrough = ours.get("walkthrough_id")?.read().ok()?;
        let delivered = ours.get("delivered_step_id").and_then(|id| id.read().ok()).flatten();
        Some(Self { walkthrough, delivered })
    }
}

impl Standing {
    /// The learner's progress in a walkthrough.
    pub fn row(&self, walkthrough: &WalkthroughId) -> Option<&ProgressRow> {
        self.progress.iter().find(|row| row.walkthrough == *walkthrough)
    }

    /// What the visit is about.
    pub fn focus(&self) -> Option<&Focus> {
        match &self.visit {
            VisitSeen::Known { focus, .. } => focus.as_ref(),
            _ => None,
        }
    }
}
