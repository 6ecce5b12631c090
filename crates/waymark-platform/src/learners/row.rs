//! Rows as the statements take and give them.

use waymark_core::{
    id::{LearnerId, VisitId},
    json::FreeJson,
    learner::{
        standing::{Focus, ProgressRow, Scope, Standing, VisitSeen},
        turn::{NewToolCall, ProgressWrite, Turn},
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
    /// The standing, without what the server shows.
    pub fn standing(&self, scope: &Scope) -> Standing {
        let visit = self.visit(scope);
        let learner = match &visit {
            VisitSeen::Known { id, .. } if self.named_id.as_deref() == Some(id.as_str()) => &self.named_learner_id,
            _ => &self.tracked_id,
        };
        Standing {
            server: self.server_id.clone().into(),
            slug: self.slug.clone(),
            asks_email: self.auth_type.as_deref() == Some("collect_email"),
            learner: learner.clone().map(LearnerId),
            tracking: scope.tracking.clone(),
            visit,
            visible: Vec::new(),
            progress: Vec::new(),
            steps: Vec::new(),
        }
    }

    fn visit(&self, scope: &Scope) -> VisitSeen {
        let is_theirs = self.named_slug.as_deref() == Some(self.slug.as_str())
            && self.named_learner_id.is_some()
            && (scope.tracking.is_none() || self.named_learner_id == self.tracked_id);
        match (&scope.handle, &scope.session, &self.named_id) {
            (_, _, Some(id)) if is_theirs => self.known(id),
            (Some(_), _, _) => VisitSeen::Unknown,
            (None, Some(session), None) => VisitSeen::New(Some(session.clone())),
            // A session that belongs to another learner or server stands for nothing here.
            (None, Some(_), Some(_)) if scope.tracking.is_none() => VisitSeen::Unknown,
            (None, _, _) => match (&self.recent_id, &scope.tracking) {
                (Some(id), Some(_)) => self.known(id),
                (None, Some(_)) => VisitSeen::New(None),
                (_, None) => VisitSeen::None,
            },
        }
    }

    fn known(&self, id: &str) -> VisitSeen {
        let focus = self.output.as_ref().and_then(|output| FreeJson::parse(output).ok());
        VisitSeen::Known {
            id: VisitId::from(id),
            last_call_at: self.last_call_at.map(Millis),
            focus: focus.as_ref().and_then(Focus::of_output),
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
