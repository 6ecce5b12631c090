//! Rows as the statements take and give them.

use serde::Deserialize;
use waymark_core::{
    error::Result,
    id::{LearnerId, StepId, VisitId, WalkthroughId},
    json::FreeJson,
    learner::{
        identity::{Identity, NamedVisit},
        standing::{AuthType, Offer, ProgressRow, Standing, StepSeen},
        turn::Turn,
        writes::{NewToolCall, ProgressWrite},
    },
    walkthrough::Millis,
};

use crate::content::row::{free_json, list};

/// What `standing.sql` gives: server, learner and visit of a call, and what the learner is shown.
pub struct StandingRow {
    pub server_id: String,
    pub slug: String,
    pub auth_type: Option<String>,
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
    /// Whose progress is in `shown`.
    pub learner_id: Option<String>,
    /// A list of [`ShownRow`], in the server's order.
    pub shown: Option<String>,
    /// The walkthrough whose steps were read.
    pub guess_id: Option<String>,
    /// A list of [`StepSeenRow`], in display order.
    pub steps: Option<String>,
}

/// `id, title, description, type, is_linked`, and of the progress `id, completed_steps, current_step_id, completed_at,
/// started_at, last_activity_at, metadata` (stored JSON as text, so that a JSON null is not taken for an absent one).
#[derive(Deserialize)]
struct ShownRow(
    String,
    String,
    Option<String>,
    String,
    bool,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

/// `id, title, next_step_id, version`.
#[derive(Deserialize)]
struct StepSeenRow(String, String, Option<String>, String);

/// A walkthrough that is shown, and how far the learner is in it.
pub type Shown = (Offer, Option<ProgressRow>);

impl StandingRow {
    /// # Errors
    /// `InvalidInput` for a type of walkthrough that this Waymark does not know; `Bug` for another shape.
    pub fn shown(&self) -> Result<Vec<Shown>> {
        list::<ShownRow>(self.shown.as_deref())?.into_iter().map(ShownRow::into_shown).collect()
    }

    /// The steps that were read, and of which walkthrough they are.
    ///
    /// # Errors
    /// `Bug` for another shape.
    pub fn steps(&self) -> Result<Option<(WalkthroughId, Vec<StepSeen>)>> {
        let Some(walkthrough) = &self.guess_id else { return Ok(None) };
        let rows = list::<StepSeenRow>(self.steps.as_deref())?.into_iter();
        let steps = rows.map(|StepSeenRow(id, title, next_step_id, version)| StepSeen {
            id: StepId(id),
            title,
            next_step_id: next_step_id.map(StepId),
            version,
        });
        Ok(Some((WalkthroughId(walkthrough.clone()), steps.collect())))
    }

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

impl ShownRow {
    fn into_shown(self) -> Result<Shown> {
        let Self(
            id,
            title,
            description,
            kind,
            is_linked,
            progress_id,
            completed,
            current,
            done_at,
            started_at,
            at,
            metadata,
        ) = self;
        let id = WalkthroughId(id);
        let json = |text: Option<String>| text.map(|text| free_json(&text)).transpose();
        let progress = match progress_id {
            None => None,
            Some(progress_id) => Some(ProgressRow {
                id: progress_id.into(),
                walkthrough: id.clone(),
                completed_steps: json(completed)?,
                current_step_id: current.map(StepId),
                completed_at: done_at.map(Millis),
                started_at: started_at.map(Millis),
                last_activity_at: at.map(Millis),
                metadata: json(metadata)?,
            }),
        };
        Ok((Offer { id, title, description, kind: kind.parse()?, is_linked }, progress))
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

/// How many rows each part of the statement writes: learner, visit, new progress, changed progress, log entry.
pub type Counts = [i64; 5];

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
            1,
        ]
    }
}
