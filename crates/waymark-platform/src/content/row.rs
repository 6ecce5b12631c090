//! One row per walkthrough, with its steps and assignments as JSON inside.

use serde::Deserialize;
use serde_json::value::RawValue;
use waymark_core::{
    content::ContentFields,
    error::{Code, Error, Result},
    id::{ProgressId, StepId},
    json::FreeJson,
    walkthrough::{Assignment, Millis, Step, Walkthrough, WalkthroughStatus, sort_steps},
};

/// A row as every statement that reads walkthroughs gives it.
#[derive(Debug)]
pub struct WalkthroughRow {
    pub id: String,
    pub title: String,
    pub description: Option<String>,
    pub kind: String,
    pub status: Option<String>,
    pub created_at: Option<i64>,
    pub updated_at: Option<i64>,
    pub estimated_duration_minutes: Option<i32>,
    pub tags: Option<String>,
    pub metadata: Option<String>,
    /// A list of [`StepRow`].
    pub steps: Option<String>,
    /// A list of [`AssignmentRow`].
    pub assignments: Option<String>,
    /// A list of [`StandingRow`]: learners on steps that are about to go.
    pub standing: Option<String>,
}

/// `id, title, content_fields, display_order, next_step_id, created_at, updated_at, metadata`.
#[derive(Deserialize)]
struct StepRow(String, String, Box<RawValue>, i32, Option<String>, Option<i64>, Option<i64>, Option<Box<RawValue>>);

/// `id, slug, display_order, is_enabled, created_at`.
#[derive(Deserialize)]
struct AssignmentRow(String, String, i32, String, Option<i64>);

/// `id, completed_steps` of a progress row.
#[derive(Deserialize)]
struct StandingRow(String, Option<Box<RawValue>>);

/// A learner who stands on a step that is about to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub progress: ProgressId,
    pub completed: Vec<StepId>,
}

impl WalkthroughRow {
    /// # Errors
    /// `SchemaMismatch` for a type or status that this Waymark does not know.
    pub fn into_walkthrough(self) -> Result<Walkthrough> {
        let mut steps: Vec<Step> =
            list::<StepRow>(self.steps.as_deref())?.into_iter().map(step).collect::<Result<_>>()?;
        sort_steps(&mut steps);
        let mut assignments: Vec<Assignment> =
            list::<AssignmentRow>(self.assignments.as_deref())?.into_iter().map(assignment).collect();
        assignments.sort_by(|a, b| a.server.cmp(&b.server));
        Ok(Walkthrough {
            id: self.id.into(),
            title: self.title,
            description: self.description,
            kind: self.kind.parse().map_err(unknown)?,
            status: status(self.status.as_deref())?,
            created_at: self.created_at.map(Millis),
            updated_at: self.updated_at.map(Millis),
            estimated_duration_minutes: self.estimated_duration_minutes,
            tags: strings(self.tags.as_deref()),
            metadata: self.metadata.as_deref().map(free_json).transpose()?,
            steps,
            assignments,
        })
    }

    /// The learners on steps that are about to go.
    ///
    /// # Errors
    /// `Bug` where the statement's answer has another shape.
    pub fn standing(&self) -> Result<Vec<Standing>> {
        let rows = list::<StandingRow>(self.standing.as_deref())?;
        let standing = rows.into_iter().map(|StandingRow(progress, completed)| Standing {
            progress: progress.into(),
            completed: strings(completed.as_deref().map(RawValue::get)).into_iter().map(StepId).collect(),
        });
        Ok(standing.collect())
    }
}

/// A stored NULL is a draft.
pub fn status(stored: Option<&str>) -> Result<WalkthroughStatus> {
    stored.map_or(Ok(WalkthroughStatus::Draft), |name| name.parse().map_err(unknown))
}

/// The strings of a JSON list; NULL and anything else are none.
pub fn strings(json: Option<&str>) -> Vec<String> {
    let items: Vec<Box<RawValue>> = json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    items.into_iter().filter_map(|item| serde_json::from_str(item.get()).ok()).collect()
}

fn step(row: StepRow) -> Result<Step> {
    let StepRow(id, title, content, display_order, next_step_id, created_at, updated_at, metadata) = row;
    Ok(Step {
        id: id.into(),
        title,
        content_fields: ContentFields::from_json(&free_json(content.get())?),
        display_order,
        next_step_id: next_step_id.map(StepId),
        created_at: created_at.map(Millis),
        updated_at: updated_at.map(Millis),
        metadata: metadata.as_deref().map(|metadata| free_json(metadata.get())).transpose()?,
    })
}

fn assignment(AssignmentRow(id, server, display_order, is_enabled, created_at): AssignmentRow) -> Assignment {
    Assignment {
        id: id.into(),
        server,
        display_order,
        is_enabled: is_enabled == "true",
        created_at: created_at.map(Millis),
    }
}

/// JSON that a statement gave as text.
pub fn free_json(text: &str) -> Result<FreeJson> {
    FreeJson::parse(text).map_err(|error| Error::bug("Postgres gave JSON that is none.").with_source(error))
}

/// The rows of a JSON list; NULL is none.
pub fn list<T: for<'a> Deserialize<'a>>(json: Option<&str>) -> Result<Vec<T>> {
    let Some(json) = json else { return Ok(Vec::new()) };
    serde_json::from_str(json)
        .map_err(|error| Error::bug("A row of the database has another shape than its statement.").with_source(error))
}

fn unknown(error: Error) -> Error {
    Error::new(Code::SchemaMismatch, error.message)
        .with_hint("The platform is newer than this Waymark. Update Waymark.")
}
