//! Writing a file: every known member in the order of the platform's own export, then what the file it came from had
//! besides, then our own key. The same walkthrough and time always give the same bytes.

use serde::Serialize;

use crate::{
    calendar::iso_time,
    id::StepId,
    json::{FreeJson, OWN_KEY},
    walkthrough::{Assignment, Millis, Step, Walkthrough},
};

use super::{
    VERSION,
    record::{Members, Record},
    text,
};

/// The export of a walkthrough, made at `exported_at`.
pub fn write(walkthrough: &Walkthrough, exported_at: Millis) -> String {
    let (metadata, record) = Record::split(walkthrough.metadata.as_ref());
    let Record { file, unknown, spelled, ours, .. } = record;
    let mut members = vec![
        member("title", &walkthrough.title),
        member("description", &walkthrough.description),
        member("type", &walkthrough.kind),
        member("status", &walkthrough.status),
        member("createdAt", &walkthrough.created_at),
        member("updatedAt", &walkthrough.updated_at),
        member("estimatedDurationMinutes", &walkthrough.estimated_duration_minutes),
        member("tags", &walkthrough.tags),
        ("metadata".to_owned(), metadata.unwrap_or_else(FreeJson::null)),
    ];
    let mut own = vec![member("id", &walkthrough.id)];
    if !walkthrough.assignments.is_empty() {
        let assignments: Vec<FreeJson> = walkthrough.assignments.iter().map(assignment).collect();
        own.push(("assignments".to_owned(), FreeJson::list(&assignments)));
    }
    finish(&mut members, own, Leftovers { unknown, spelled, ours }, walkthrough.id.as_str());

    let ids: Vec<&StepId> = walkthrough.steps.iter().map(|step| &step.id).collect();
    let steps: Vec<FreeJson> = walkthrough.steps.iter().map(|each| step(each, &ids)).collect();
    let mut whole = vec![
        member("version", VERSION),
        member("exportedAt", &iso_time(exported_at)),
        ("walkthrough".to_owned(), FreeJson::object(&members)),
        ("steps".to_owned(), FreeJson::list(&steps)),
    ];
    whole.extend(file);
    text::pretty(&text::compact(FreeJson::object(&whole).as_str()))
}

fn step(step: &Step, ids: &[&StepId]) -> FreeJson {
    let (metadata, record) = Record::split(step.metadata.as_ref());
    let Record { unknown, spelled, mut ours, .. } = record;
    let next = step.next_step_id.as_ref();
    let reference = next.map(|next| ids.iter().position(|id| *id == next));
    let mut members = vec![
        member("title", &step.title),
        ("contentFields".to_owned(), step.content_fields.to_json()),
        member("displayOrder", &step.display_order),
        member("createdAt", &step.created_at),
        member("updatedAt", &step.updated_at),
        ("metadata".to_owned(), metadata.unwrap_or_else(FreeJson::null)),
        member("nextStepReference", &reference.map(|index| index.map_or(-1, |index| index as i64))),
    ];
    if let (Some(next), Some(None)) = (next, reference) {
        // The index cannot say where a link out of the walkthrough leads; our key can.
        ours.retain(|(name, _)| name != "nextStepId");
        ours.insert(0, member("nextStepId", next));
    }
    finish(&mut members, vec![member("id", &step.id)], Leftovers { unknown, spelled, ours }, step.id.as_str());
    FreeJson::object(&members)
}

struct Leftovers {
    unknown: Members,
    spelled: Members,
    ours: Members,
}

/// Adds what the file had besides, and our own key at the end.
fn finish(members: &mut Members, mut own: Members, left: Leftovers, id: &str) {
    for (name, value) in left.spelled {
        if name == "id" {
            if value.read::<String>().is_ok_and(|known| known == id) {
                members.push((name, value));
            }
        } else if let Some((_, present)) = members.iter_mut().find(|(known, _)| *known == name)
            && still_means(&name, &value, present)
        {
            *present = value;
        }
    }
    members.extend(left.unknown);
    own.extend(left.ours);
    members.push((OWN_KEY.to_owned(), FreeJson::object(&own)));
}

/// Whether a kept spelling still says what the model says, so that it may be written in its place.
fn still_means(name: &str, spelling: &FreeJson, present: &FreeJson) -> bool {
    match name {
        "status" => *present == FreeJson::of("draft"),
        "tags" => present.as_str() == "[]",
        "nextStepReference" if spelling.as_str() == "-1" => present.is_null(),
        _ => spelling.read::<f64>().ok().is_some_and(|number| present.read::<f64>().ok() == Some(number)),
    }
}

fn assignment(assignment: &Assignment) -> FreeJson {
    FreeJson::object(&[
        member("id", &assignment.id),
        member("server", &assignment.server),
        member("displayOrder", &assignment.display_order),
        member("isEnabled", &assignment.is_enabled),
        member("createdAt", &assignment.created_at),
    ])
}

fn member<T: Serialize + ?Sized>(name: &str, value: &T) -> (String, FreeJson) {
    (name.to_owned(), FreeJson::of(value))
}
