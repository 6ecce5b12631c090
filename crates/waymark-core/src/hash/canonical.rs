//! JSON in the canonical form of RFC 8785, written piece by piece.

use serde_json::value::RawValue;

use crate::json::FreeJson;

/// Nesting that is brought into canonical form; what lies deeper is written as it is.
const DEPTH_MAX: usize = 100;

/// Any text, number or list of them: serde writes these canonically.
pub(super) fn write_value<T: serde::Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    serde_json::to_writer(out, value).expect("BUG: texts and numbers can be written to memory");
}

/// Any JSON.
pub(super) fn write(out: &mut Vec<u8>, json: &str, depth: usize) {
    let json = json.trim();
    if depth > DEPTH_MAX {
        out.extend_from_slice(json.as_bytes());
        return;
    }
    match json.as_bytes().first() {
        Some(b'{') => write_object(out, json, depth),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
            out.push(b'[');
            for (index, item) in items.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(out, item.get(), depth + 1);
            }
            out.push(b']');
        }
        Some(b'"') => match serde_json::from_str::<String>(json) {
            Ok(text) => write_value(out, &text),
            // A lone surrogate, which no Rust text can hold: the escape is as good a name for it as any.
            Err(_) => out.extend_from_slice(json.as_bytes()),
        },
        Some(b'-' | b'0'..=b'9') => write_number(out, json),
        _ => out.extend_from_slice(json.as_bytes()),
    }
}

fn write_object(out: &mut Vec<u8>, json: &str, depth: usize) {
    let object = FreeJson::parse(json).ok().and_then(|object| object.entries());
    let Some(mut entries) = object else {
        out.extend_from_slice(json.as_bytes());
        return;
    };
    entries.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    out.push(b'{');
    for (index, (key, value)) in entries.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_value(out, key);
        out.push(b':');
        write(out, value.as_str(), depth + 1);
    }
    out.push(b'}');
}

/// Integers of any size with all digits (Postgres writes `1e25` as such); anything else as JavaScript writes it.
fn write_number(out: &mut Vec<u8>, text: &str) {
    if let Some(digits) = integer(text) {
        out.extend_from_slice(digits.as_bytes());
        return;
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => out.extend_from_slice(javascript(number).as_bytes()),
        _ => out.extend_from_slice(text.as_bytes()),
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
