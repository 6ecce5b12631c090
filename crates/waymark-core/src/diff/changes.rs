//! What differs between two walkthroughs, as every screen shows it: the publish plan and the history.

use crate::{
    content::Field,
    diff::{self, StepDiff, text},
    error::Result,
    hash,
    learner::{call::Profile, path::in_learner_order},
    preview::Segment,
    progress::Progress,
    publish::{AssignmentChange, DetailChange, DiffKind, DiffLine, FieldChange, StepChange},
    render,
    walkthrough::{Assignment, Step, Walkthrough},
    wording::chosen::Wordings,
};

/// Steps whose text for the agent is compared: of more, nobody reads each.
const AGENT_TEXTS_MAX: usize = 100;

/// The details that differ, status apart. Without a first side everything is new.
pub fn details(before: Option<&Walkthrough>, after: &Walkthrough) -> Vec<DetailChange> {
    const ALL: [&str; 6] = ["title", "description", "type", "tags", "estimated_duration_minutes", "metadata"];
    let names = before.map_or_else(|| ALL.to_vec(), |before| diff::details(before, after));
    let changes = names.into_iter().map(|name| DetailChange {
        name: name.to_owned(),
        before: before.and_then(|before| detail(before, name)),
        after: detail(after, name),
    });
    changes.filter(|change| change.before != change.after).collect()
}

fn detail(walkthrough: &Walkthrough, name: &str) -> Option<String> {
    match name {
        "title" => Some(walkthrough.title.clone()),
        "description" => walkthrough.description.clone(),
        "type" => Some(walkthrough.kind.name().to_owned()),
        "tags" => (!walkthrough.tags.is_empty()).then(|| walkthrough.tags.join(", ")),
        "estimated_duration_minutes" => walkthrough.estimated_duration_minutes.map(|minutes| minutes.to_string()),
        _ => Some(hash::bare_metadata(walkthrough.metadata.as_ref()))
            .filter(|bare| !bare.is_null())
            .map(|bare| hash::canonical(&bare)),
    }
}

/// The steps that differ, in the order of `after`, removed ones where they stood.
pub fn steps(before: Option<&Walkthrough>, after: &Walkthrough) -> Vec<StepChange> {
    diff::steps(before, after).iter().filter(|diff| diff.is_change()).map(step_change).collect()
}

fn step_change(diff: &StepDiff) -> StepChange {
    let (before, after) = (diff.before.map(|(step, _)| step), diff.after.map(|(step, _)| step));
    let step = after.or(before).expect("BUG: a step is on one side at least");
    let title_before = before.map(|before| &before.title).filter(|title| **title != step.title);
    StepChange {
        id: step.id.clone(),
        title: step.title.clone(),
        number: diff.after.map(|(_, number)| number),
        number_before: diff.before.map(|(_, number)| number),
        is_added: before.is_none(),
        is_removed: after.is_none(),
        is_moved: diff.is_moved,
        title_before: title_before.cloned(),
        is_relinked: after.is_some() && before.is_some_and(|before| before.next_step_id != step.next_step_id),
        fields: diff::fields(before, after).into_iter().map(|field| field_change(field, before, after)).collect(),
        metadata: before.zip(after).and_then(|(before, after)| metadata_change(before, after)),
        agent: None,
        is_agent_left_out: false,
        events_lost: 0,
        learners_on_it: 0,
        moves_on_to: None,
    }
}

fn metadata_change(before: &Step, after: &Step) -> Option<DetailChange> {
    let (before, after) = (before.metadata.as_ref(), after.metadata.as_ref());
    let words = |json: Option<&_>| json.map(hash::canonical);
    (!hash::is_same_json(before, after)).then(|| DetailChange {
        name: "metadata".to_owned(),
        before: words(before),
        after: words(after),
    })
}

fn field_change(field: Field, before: Option<&Step>, after: Option<&Step>) -> FieldChange {
    let text =
        |step: Option<&Step>| step.and_then(|step| step.content_fields.text(field)).unwrap_or_default().to_owned();
    let lines = text::lines(&text(before), &text(after));
    let count = |kind| lines.iter().filter(|line| line.kind == kind).count() as u32;
    FieldChange { field, added: count(DiffKind::Added), removed: count(DiffKind::Removed), lines }
}

/// The assignments that differ.
pub fn assignments(before: Option<&Walkthrough>, after: &Walkthrough) -> Vec<AssignmentChange> {
    diff::assignments(before, after).into_iter().map(assignment_change).collect()
}

fn assignment_change((before, after): (Option<&Assignment>, Option<&Assignment>)) -> AssignmentChange {
    let server = after.or(before).map(|assignment| assignment.server.clone()).unwrap_or_default();
    AssignmentChange { server, before: before.map(assignment_words), after: after.map(assignment_words) }
}

/// `order 2, enabled`.
pub(crate) fn assignment_words(assignment: &Assignment) -> String {
    let enabled = if assignment.is_enabled { "enabled" } else { "disabled" };
    format!("order {}, {enabled}", assignment.display_order)
}

/// Adds to changed steps what an agent reads after instead of before. Only moved ones have none: their text tells their
/// number and little else. Beyond a hundred steps nothing is added, and each says that it was left out.
///
/// # Errors
/// Those of rendering.
pub fn add_agent_texts(
    changes: &mut [StepChange],
    before: &Walkthrough,
    after: &Walkthrough,
    wordings: &Wordings,
) -> Result<()> {
    let is_too_many = changes.len() > AGENT_TEXTS_MAX;
    let reads_other = changes.iter_mut().filter(|change| !change.fields.is_empty() || change.title_before.is_some());
    if is_too_many {
        reads_other.for_each(|change| change.is_agent_left_out = true);
        return Ok(());
    }
    let (before, after) = (in_learner_order(before), in_learner_order(after));
    for change in reads_other {
        change.agent = Some(agent_lines(change, &before, &after, wordings)?);
    }
    Ok(())
}

fn agent_lines(
    change: &StepChange,
    before: &Walkthrough,
    after: &Walkthrough,
    wordings: &Wordings,
) -> Result<Vec<DiffLine>> {
    Ok(text::agent_lines(&agent_text(before, change, wordings)?, &agent_text(after, change, wordings)?))
}

fn agent_text(walkthrough: &Walkthrough, change: &StepChange, wordings: &Wordings) -> Result<Vec<Segment>> {
    let Ok(index) = walkthrough.step_index(&change.id) else { return Ok(Vec::new()) };
    let progress = Progress::before(index, walkthrough.steps.len());
    let template = wordings.template(walkthrough.kind, Profile::Current);
    render::render_step(template, walkthrough, index, progress)
}
