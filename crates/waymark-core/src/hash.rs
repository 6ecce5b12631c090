//! The two hashes that say whether two walkthroughs are the same.
//!
//! The *content hash* covers what a reviewer approves and an agent is served; the *state digest* covers everything that
//! publishing writes, and guards against a change between plan and publish. Both are SHA-256 over canonical JSON (RFC
//! 8785), so that neither the order of keys nor white space, which Postgres does not keep, makes a difference. Times
//! are in neither: they prove nothing about what changed.

use std::fmt::Write;

use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::{
    json::{FreeJson, with_own},
    walkthrough::{Step, Walkthrough},
};

/// Our member of a walkthrough's metadata that holds the revision number in production.
pub const REVISION_KEY: &str = "revision";
/// Our member of a walkthrough's metadata that holds the content hash in production.
pub const CONTENT_HASH_KEY: &str = "content_hash";

/// Nesting that is brought into canonical form; what lies deeper is hashed as it is written.
const DEPTH_MAX: usize = 100;

/// SHA-256 (hex) of title, description, type, tags, duration, metadata without our revision and hash keys, and the
/// ordered steps. Status and assignments are no content.
pub fn content_hash(walkthrough: &Walkthrough) -> String {
    digest(&content_json(walkthrough))
}

/// SHA-256 (hex) of everything that publishing writes: the content and its metadata in full, ids, status, stored
/// orders, links and assignments.
pub fn state_digest(walkthrough: &Walkthrough) -> String {
    let orders: Vec<i32> = walkthrough.steps.iter().map(|step| step.display_order).collect();
    let mut assignments: Vec<_> = walkthrough
        .assignments
        .iter()
        .map(|known| (&known.server, &known.id, known.display_order, known.is_enabled))
        .collect();
    assignments.sort();
    digest(&FreeJson::object(&[
        member("id", &walkthrough.id),
        ("content".to_owned(), content_json(walkthrough)),
        ("metadata".to_owned(), walkthrough.metadata.clone().unwrap_or_else(FreeJson::null)),
        member("status", &walkthrough.status),
        member("orders", &orders),
        member("assignments", &assignments),
    ]))
}

/// SHA-256 (hex) of any JSON in canonical form.
pub fn digest(json: &FreeJson) -> String {
    let bytes = Sha256::digest(canonical(json).as_bytes());
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The JSON in the canonical form of RFC 8785. One thing is stricter than there: integers above 2^53 keep all of their
/// digits, since rounding them would make different values look the same.
pub fn canonical(json: &FreeJson) -> String {
    let mut text = String::with_capacity(json.as_str().len());
    write_canonical(&mut text, json.as_str(), 0);
    text
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

fn content_json(walkthrough: &Walkthrough) -> FreeJson {
    let mut steps = String::from("[");
    for (index, step) in walkthrough.steps.iter().enumerate() {
        if index > 0 {
            steps.push(',');
        }
        steps.push_str(step_json(step).as_str());
    }
    steps.push(']');
    FreeJson::object(&[
        member("title", &walkthrough.title),
        member("description", &walkthrough.description),
        member("type", &walkthrough.kind),
        member("tags", &walkthrough.tags),
        member("estimated_duration_minutes", &walkthrough.estimated_duration_minutes),
        ("metadata".to_owned(), bare_metadata(walkthrough.metadata.as_ref())),
        ("steps".to_owned(), FreeJson::parse(&steps).expect("BUG: a list of valid objects is valid JSON")),
    ])
}

fn step_json(step: &Step) -> FreeJson {
    FreeJson::object(&[
        member("id", &step.id),
        member("title", &step.title),
        ("content_fields".to_owned(), step.content_fields.to_json()),
        member("next_step_id", &step.next_step_id),
        ("metadata".to_owned(), step.metadata.clone().unwrap_or_else(FreeJson::null)),
    ])
}

fn member<T: serde::Serialize>(key: &str, value: &T) -> (String, FreeJson) {
    (key.to_owned(), FreeJson::of(value))
}

fn write_canonical(out: &mut String, json: &str, depth: usize) {
    let json = json.trim();
    if depth > DEPTH_MAX {
        out.push_str(json);
        return;
    }
    match json.as_bytes().first() {
        Some(b'{') => write_object(out, json, depth),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
            out.push('[');
            for (index, item) in items.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(out, item.get(), depth + 1);
            }
            out.push(']');
        }
        Some(b'"') => match serde_json::from_str::<String>(json) {
            Ok(text) => out.push_str(FreeJson::of(&text).as_str()),
            // A lone surrogate, which no Rust text can hold: the escape is as good a name for it as any.
            Err(_) => out.push_str(json),
        },
        Some(b'-' | b'0'..=b'9') => write_number(out, json),
        _ => out.push_str(json),
    }
}

fn write_object(out: &mut String, json: &str, depth: usize) {
    let object = FreeJson::parse(json).ok().and_then(|object| object.entries());
    let Some(mut entries) = object else {
        out.push_str(json);
        return;
    };
    entries.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    out.push('{');
    for (index, (key, value)) in entries.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(FreeJson::of(key).as_str());
        out.push(':');
        write_canonical(out, value.as_str(), depth + 1);
    }
    out.push('}');
}

/// Integers of any size with all digits (Postgres writes `1e25` as such); anything else as JavaScript writes it.
fn write_number(out: &mut String, text: &str) {
    if let Some(digits) = integer(text) {
        out.push_str(&digits);
        return;
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => out.push_str(&javascript(number)),
        _ => out.push_str(text),
    }
}

/// The plain digits of a number that is an integer; `None` where it has a fraction, or more digits than Postgres holds.
fn integer(text: &str) -> Option<String> {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let zeros = exponent - fraction.len() as i64;
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    match zeros {
        0..=131_072 => Some(format!("{sign}{digits}{}", "0".repeat(zeros as usize))),
        // `1200e-2`: the zeros that the exponent takes away have to be there.
        _ if zeros < 0 => {
            let kept = digits.len().checked_sub(zeros.unsigned_abs() as usize).filter(|kept| *kept > 0)?;
            digits[kept..].bytes().all(|byte| byte == b'0').then(|| format!("{sign}{}", &digits[..kept]))
        }
        _ => None,
    }
}

/// ECMAScript's `Number::toString`, from the shortest digits that read back as the same number.
fn javascript(number: f64) -> String {
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap_or_default() + 1;
    let count = digits.len() as i32;
    let body = match point {
        _ if digits == "0" => return "0".to_owned(),
        _ if count <= point && point <= 21 => format!("{digits}{}", "0".repeat((point - count) as usize)),
        1..=21 => format!("{}.{}", &digits[..point as usize], &digits[point as usize..]),
        -5..=0 => format!("0.{}{digits}", "0".repeat(-point as usize)),
        _ => {
            let (first, rest) = digits.split_at(1);
            let fraction = if rest.is_empty() { String::new() } else { format!(".{rest}") };
            format!("{first}{fraction}e{:+}", point - 1)
        }
    };
    format!("{sign}{body}")
}

#[cfg(test)]
mod tests;
