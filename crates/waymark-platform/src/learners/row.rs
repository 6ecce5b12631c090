//! Rows as the statements take and give them.

use waymark_core::{
    id::{LearnerId, VisitId},
    json::FreeJson,
    learner::{
        identity::{Identity, NamedVisit},
        standing::{AuthType, ProgressRow, Standing},
        turn::Turn,
        writes::{NewToolCall, ProgressWrite},
    },
    walkthrough::Millis,
};

/// Server, learner and visit of a call.
pub struct IdentityRow {
    pub server_id: String,
    pub slug: String,
    pub auth_type: Option<String>,
    pub is_enabled: bool,
    /// The learner with the tracking id.
    pub tracked_id: Option<String>,
    /// The visit named by the handle or the session.
    pub named_id: Option<String>,
    pub named_slug: Option<String>,
    pub named_learner_id: Option<String>,
    /// The identified learner's last visit, where it is recent.
    pub recent_id: Option<String>,
    pub last_call_at: Option<i64>,
    pub output: Option<String>,
}

impl IdentityRow {
    pub fn into_identity(self) -> Identity {
        let named = self.named_id.zip(self.named_slug);
        Identity {
            server: self.server_id.into(),
            slug: self.slug,
            auth: AuthType::of(self.auth_type.as_deref()),
            tracked: self.tracked_id.map(LearnerId),
            named: named.map(|(id, slug)| NamedVisit {
                id: id.into(),
                slug,
                learner: self.named_learner_id.map(LearnerId),
            }),
            recent: self.recent_id.map(VisitId),
            last_call_at: self.last_call_at.map(Millis),
            said: self.output.and_then(|output| FreeJson::parse(&output).ok()),
        }
    }
}

/// What one turn writes, flat.
pub struct Rows<'a> {
    pub standing: &'a Standing,
    pub turn: &'a Turn,
    pub tool: &'a str,
    pub call: &'a NewToolCall,
    pub learner: &'a LearnerId,
    pub visit: &'a VisitId,
    pub seen: Option<&'a ProgressRow>,
    pub row: Option<&'a ProgressRow>,
}

/// How many rows each part of the statement wrote: learner, visit, new progress, changed progress.
pub type Counts = [i64; 4];

impl<'a> Rows<'a> {
    /// `None` for a turn that leaves no trace.
    pub fn of(standing: &'a Standing, turn: &'a Turn, tool: &'a str) -> Option<Self> {
        let call = turn.writes.tool_call.as_ref()?;
        let minted = turn.writes.learner.as_ref().map(|learner| &learner.id);
        let (seen, row) = match &turn.writes.progress {
            None => (None, None),
            Some(ProgressWrite::Insert(row)) => (None, Some(row)),
            Some(ProgressWrite::Update { seen, now }) => (Some(seen), Some(now)),
        };
        Some(Self {
            standing,
            turn,
            tool,
            call,
            learner: minted.or(standing.learner.as_ref())?,
            visit: turn.visit.as_ref()?,
            seen,
            row,
        })
    }

    /// What two first calls of one learner in one walkthrough have to wait for each other on. A learner minted by this
    /// turn is nobody else's yet.
    pub fn lock_key(&self) -> Option<String> {
        let row = self.row.filter(|_| self.seen.is_none() && self.turn.writes.learner.is_none())?;
        Some(format!("waymark:progress:{}:{}", self.learner, row.walkthrough))
    }

    /// The counts of a write that was not overtaken.
    pub fn expected(&self) -> Counts {
        let writes = &self.turn.writes;
        [
            writes.learner.is_some().into(),
            writes.visit.is_some().into(),
            (self.row.is_some() && self.seen.is_none()).into(),
            self.seen.is_some().into(),
        ]
    }
}
