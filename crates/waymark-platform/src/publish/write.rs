//! The arrays of the two writing statements, and nothing about what should be written.

use sqlx::query_file;
use waymark_core::{
    diff,
    error::{Code, Error, Result},
    hash,
    id::OrganizationId,
    json::FreeJson,
    learner::path::steps_in_learner_order,
    publish::effect,
    walkthrough::{Assignment, Millis, Step, Walkthrough},
};

use crate::{
    content::row::{Standing, WalkthroughRow},
    errors,
    session::Session,
};

/// Steps as columns.
#[derive(Default)]
struct Steps {
    ids: Vec<String>,
    titles: Vec<String>,
    contents: Vec<String>,
    orders: Vec<i32>,
    nexts: Vec<Option<String>>,
    created: Vec<i64>,
    metadata: Vec<Option<String>>,
    is_new: Vec<bool>,
}

/// Assignments as columns.
#[derive(Default)]
struct Assignments {
    ids: Vec<String>,
    slugs: Vec<String>,
    orders: Vec<i32>,
    enabled: Vec<String>,
    created: Vec<i64>,
    is_new: Vec<bool>,
}

impl Steps {
    fn push(&mut self, step: &Step, now: Millis, is_new: bool) {
        self.ids.push(step.id.0.clone());
        self.titles.push(step.title.clone());
        self.contents.push(step.content_fields.to_json().as_str().to_owned());
        self.orders.push(step.display_order);
        self.nexts.push(step.next_step_id.as_ref().map(|next| next.0.clone()));
        self.created.push(step.created_at.unwrap_or(now).0);
        self.metadata.push(text(step.metadata.as_ref()));
        self.is_new.push(is_new);
    }
}

impl Assignments {
    fn push(&mut self, assignment: &Assignment, now: Millis, is_new: bool) {
        self.ids.push(assignment.id.0.clone());
        self.slugs.push(assignment.server.clone());
        self.orders.push(assignment.display_order);
        self.enabled.push(assignment.is_enabled.to_string());
        self.created.push(assignment.created_at.unwrap_or(now).0);
        self.is_new.push(is_new);
    }
}

/// Locks the walkthrough and all that belongs to it, and gives it as it is now.
pub async fn lock(
    session: &mut Session,
    organization: &OrganizationId,
    target: &Walkthrough,
    removed: &[String],
) -> Result<Option<WalkthroughRow>> {
    sqlx::query_file_as!(WalkthroughRow, "src/publish/lock.sql", organization.as_str(), target.id.as_str(), removed)
        .fetch_optional(session)
        .await
        .map_err(|error| errors::of_statement("lock the walkthrough", error))
}

/// Writes a walkthrough that is not there yet.
pub async fn create(
    session: &mut Session,
    organization: &OrganizationId,
    target: &Walkthrough,
    now: Millis,
) -> Result<()> {
    let (mut steps, mut assignments) = (Steps::default(), Assignments::default());
    target.steps.iter().for_each(|step| steps.push(step, now, true));
    target.assignments.iter().for_each(|assignment| assignments.push(assignment, now, true));
    let tags = FreeJson::of(&target.tags);
    let written = query_file!(
        "src/publish/create.sql",
        organization.as_str(),
        target.id.as_str(),
        target.title,
        target.description,
        target.kind.name(),
        target.status.name(),
        target.estimated_duration_minutes,
        tags.as_str(),
        text(target.metadata.as_ref()),
        now.0,
        target.created_at.unwrap_or(now).0,
        &steps.ids,
        &steps.titles,
        &steps.contents,
        &steps.orders,
        &steps.nexts as _,
        &steps.created,
        &steps.metadata as _,
        &assignments.ids,
        &assignments.slugs,
        &assignments.orders,
        &assignments.enabled,
        &assignments.created,
    )
    .fetch_one(session)
    .await
    .map_err(|error| errors::of_statement("write the walkthrough", error))?;
    expect("step", written.added, steps.ids.len())?;
    expect("assignment", written.assigned, assignments.ids.len())
}

/// Turns `before`, which is locked, into `target`. Steps that do not change are not written.
pub async fn update(
    session: &mut Session,
    organization: &OrganizationId,
    before: &Walkthrough,
    standing: &[Standing],
    target: &Walkthrough,
    now: Millis,
) -> Result<()> {
    let steps = changed_steps(before, target, now);
    let removed = removed_steps(before, target);
    let (assignments, unassigned) = changed_assignments(before, target, now);
    let learners: Vec<String> = standing.iter().map(|learner| learner.progress.0.clone()).collect();
    let path = steps_in_learner_order(target);
    let next: Vec<Option<String>> = standing
        .iter()
        .map(|learner| effect::first_open(&path, &learner.completed).map(|step| step.id.0.clone()))
        .collect();
    let tags = FreeJson::of(&target.tags);
    let written = query_file!(
        "src/publish/update.sql",
        organization.as_str(),
        target.id.as_str(),
        target.title,
        target.description,
        target.kind.name(),
        target.status.name(),
        target.estimated_duration_minutes,
        tags.as_str(),
        text(target.metadata.as_ref()),
        now.0,
        &steps.ids,
        &steps.titles,
        &steps.contents,
        &steps.orders,
        &steps.nexts as _,
        &steps.created,
        &steps.metadata as _,
        &steps.is_new,
        &learners,
        &next as _,
        &removed,
        &assignments.ids,
        &assignments.slugs,
        &assignments.orders,
        &assignments.enabled,
        &assignments.created,
        &assignments.is_new,
        &unassigned,
    )
    .fetch_one(session)
    .await
    .map_err(|error| errors::of_statement("write the walkthrough", error))?;
    expect("step", written.steps, steps.ids.len() + removed.len())?;
    expect("assignment", written.assignments, assignments.ids.len() + unassigned.len())?;
    expect("learner", written.moved_on, learners.len())
}

/// The ids of the steps that `target` no longer has.
pub fn removed_steps(before: &Walkthrough, target: &Walkthrough) -> Vec<String> {
    let gone = before.steps.iter().filter(|step| target.step(&step.id).is_none());
    gone.map(|step| step.id.0.clone()).collect()
}

fn changed_steps(before: &Walkthrough, target: &Walkthrough, now: Millis) -> Steps {
    let mut steps = Steps::default();
    for step in &target.steps {
        match before.step(&step.id) {
            None => steps.push(step, now, true),
            Some(old) if is_written_the_same(old, step) => {}
            Some(_) => steps.push(step, now, false),
        }
    }
    steps
}

fn is_written_the_same(old: &Step, new: &Step) -> bool {
    old.title == new.title
        && old.display_order == new.display_order
        && old.next_step_id == new.next_step_id
        && diff::is_same_content(old, new)
        && hash::is_same_json(old.metadata.as_ref(), new.metadata.as_ref())
}

fn changed_assignments(before: &Walkthrough, target: &Walkthrough, now: Millis) -> (Assignments, Vec<String>) {
    let (mut assignments, mut unassigned) = (Assignments::default(), Vec::new());
    for change in diff::assignments(Some(before), target) {
        match change {
            (old, Some(new)) => assignments.push(new, now, old.is_none()),
            (Some(old), None) => unassigned.push(old.server.clone()),
            (None, None) => {}
        }
    }
    (assignments, unassigned)
}

fn text(json: Option<&FreeJson>) -> Option<String> {
    json.map(|json| json.as_str().to_owned())
}

/// Rows of another organization, or rows that went since they were locked, are rows that were not written.
fn expect(what: &str, written: i64, wanted: usize) -> Result<()> {
    if usize::try_from(written) == Ok(wanted) {
        return Ok(());
    }
    Err(Error::new(Code::Conflict, format!("Not every {what} could be written; nothing was changed."))
        .with_hint("An MCP server or a row went away at the same moment. Plan again."))
}
