//! The two hashes that say whether two walkthroughs are the same.
//!
//! The *content hash* covers what a reviewer approves and an agent is served; the *state digest* covers everything that
//! publishing writes, and guards against a change between plan and publish. Both are SHA-256 over canonical JSON (RFC
//! 8785), so that neither the order of keys nor white space, which Postgres does not keep, makes a difference. Times
//! are in neither: they prove nothing about what changed.

mod canonical;

use std::fmt::Write;

use sha2::{Digest, Sha256};

use self::canonical::write_value;
use crate::{
    content::{ContentFields, Field, FieldsV1},
    diff,
    json::{FreeJson, with_own},
    walkthrough::{Step, Walkthrough},
};

/// Our member of a walkthrough's metadata that holds the revision number in production.
pub const REVISION_KEY: &str = "revision";
/// Our member of a walkthrough's metadata that holds the content hash in production.
pub const CONTENT_HASH_KEY: &str = "content_hash";

/// SHA-256 (hex) of title, description, type, tags, duration, metadata without our revision and hash keys, and the
/// ordered steps. Status and assignments are no content.
pub fn content_hash(walkthrough: &Walkthrough) -> String {
    let mut json = Vec::new();
    write_content(&mut json, walkthrough);
    hex(&json)
}

/// SHA-256 (hex) of everything that publishing writes: the content and its metadata in full, ids, status, stored
/// orders, links and assignments.
pub fn state_digest(walkthrough: &Walkthrough) -> String {
    let mut json = Vec::new();
    write_member(&mut json, '{', "assignments");
    write_value(&mut json, &assignments(walkthrough));
    write_member(&mut json, ',', "content");
    write_content(&mut json, walkthrough);
    write_member(&mut json, ',', "id");
    write_value(&mut json, &walkthrough.id);
    write_member(&mut json, ',', "metadata");
    write_json(&mut json, walkthrough.metadata.as_ref());
    write_member(&mut json, ',', "orders");
    write_value(&mut json, &walkthrough.steps.iter().map(|step| step.display_order).collect::<Vec<_>>());
    write_member(&mut json, ',', "status");
    write_value(&mut json, &walkthrough.status);
    json.push(b'}');
    hex(&json)
}

/// Whether two walkthroughs have the same [`state_digest`], found without computing it.
pub fn is_same_state(a: &Walkthrough, b: &Walkthrough) -> bool {
    let is_same_step = |(a, b): (&Step, &Step)| {
        a.id == b.id
            && a.title == b.title
            && a.display_order == b.display_order
            && a.next_step_id == b.next_step_id
            && diff::is_same_content(a, b)
            && is_same_json(a.metadata.as_ref(), b.metadata.as_ref())
    };
    a.id == b.id
        && a.title == b.title
        && a.description == b.description
        && a.kind == b.kind
        && a.status == b.status
        && a.tags == b.tags
        && a.estimated_duration_minutes == b.estimated_duration_minutes
        && is_same_json(a.metadata.as_ref(), b.metadata.as_ref())
        && assignments(a) == assignments(b)
        && a.steps.len() == b.steps.len()
        && a.steps.iter().zip(&b.steps).all(is_same_step)
}

/// SHA-256 (hex) of a file's bytes.
pub fn of_bytes(bytes: &[u8]) -> String {
    hex(bytes)
}

/// SHA-256 (hex) of any JSON in canonical form.
pub fn digest(json: &FreeJson) -> String {
    hex(canonical(json).as_bytes())
}

/// The JSON in the canonical form of RFC 8785. One thing is stricter than there: integers above 2^53 keep all of their
/// digits, since rounding them would make different values look the same.
pub fn canonical(json: &FreeJson) -> String {
    let mut text = Vec::with_capacity(json.as_str().len());
    canonical::write(&mut text, json.as_str(), 0);
    String::from_utf8(text).expect("BUG: canonical JSON is put together from texts")
}

/// Whether two metadata say the same, apart from our revision and hash. Absent, `null` and `{}` are the same.
pub fn is_same_metadata(a: Option<&FreeJson>, b: Option<&FreeJson>) -> bool {
    canonical(&bare_metadata(a)) == canonical(&bare_metadata(b))
}

/// Whether two free JSON values say the same. Absent and `null` are the same.
pub fn is_same_json(a: Option<&FreeJson>, b: Option<&FreeJson>) -> bool {
    let text = |json: Option<&FreeJson>| json.map_or_else(|| "null".to_owned(), canonical);
    a == b || text(a) == text(b)
}

/// Metadata without our revision and hash keys; `null` where nothing is left.
pub fn bare_metadata(metadata: Option<&FreeJson>) -> FreeJson {
    let metadata = with_own(metadata, REVISION_KEY, None);
    let metadata = with_own(metadata.as_ref(), CONTENT_HASH_KEY, None);
    metadata.filter(|json| json.entries().is_none_or(|entries| !entries.is_empty())).unwrap_or_else(FreeJson::null)
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn assignments(walkthrough: &Walkthrough) -> Vec<(&str, &str, i32, bool)> {
    let mut rows: Vec<_> = walkthrough
        .assignments
        .iter()
        .map(|known| (known.server.as_str(), known.id.as_str(), known.display_order, known.is_enabled))
        .collect();
    rows.sort_unstable();
    rows
}

/// The content in canonical form; the keys stand in their canonical order here.
fn write_content(out: &mut Vec<u8>, walkthrough: &Walkthrough) {
    write_member(out, '{', "description");
    write_value(out, &walkthrough.description);
    write_member(out, ',', "estimated_duration_minutes");
    write_value(out, &walkthrough.estimated_duration_minutes);
    write_member(out, ',', "metadata");
    write_json(out, Some(&bare_metadata(walkthrough.metadata.as_ref())));
    write_member(out, ',', "steps");
    out.push(b'[');
    for (index, step) in walkthrough.steps.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_step(out, step);
    }
    out.push(b']');
    write_member(out, ',', "tags");
    write_value(out, &walkthrough.tags);
    write_member(out, ',', "title");
    write_value(out, &walkthrough.title);
    write_member(out, ',', "type");
    write_value(out, &walkthrough.kind);
    out.push(b'}');
}

fn write_step(out: &mut Vec<u8>, step: &Step) {
    write_member(out, '{', "content_fields");
    match &step.content_fields {
        ContentFields::V1(fields) if fields.extra.is_empty() => write_plain_fields(out, fields),
        other => canonical::write(out, other.to_json().as_str(), 0),
    }
    write_member(out, ',', "id");
    write_value(out, &step.id);
    write_member(out, ',', "metadata");
    write_json(out, step.metadata.as_ref());
    write_member(out, ',', "next_step_id");
    write_value(out, &step.next_step_id);
    write_member(out, ',', "title");
    write_value(out, &step.title);
    out.push(b'}');
}

/// The usual content, without a detour through JSON.
fn write_plain_fields(out: &mut Vec<u8>, fields: &FieldsV1) {
    const SORTED: [Field; 4] =
        [Field::ContentForUser, Field::ContextForAgent, Field::IntroductionForAgent, Field::OperationsForAgent];
    out.push(b'{');
    for field in SORTED {
        if let Some(text) = fields.text(field) {
            write_value(out, field.key());
            out.push(b':');
            write_value(out, text);
            out.push(b',');
        }
    }
    out.extend_from_slice(br#""version":"v1"}"#);
}

fn write_member(out: &mut Vec<u8>, before: char, key: &str) {
    out.push(before as u8);
    write_value(out, key);
    out.push(b':');
}

fn write_json(out: &mut Vec<u8>, json: Option<&FreeJson>) {
    canonical::write(out, json.map_or("null", FreeJson::as_str), 0);
}

#[cfg(test)]
mod tests;
