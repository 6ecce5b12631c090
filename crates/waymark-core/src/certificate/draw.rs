//! The certificate as a picture: an A4 page across, drawn from our own shapes. Texts are escaped and nothing in it can
//! load or run anything.

use std::fmt::Write;

use super::{
    Certificate, Values,
    fill::{duration, fill},
};

const WIDTH: u32 = 1123;
const HEIGHT: u32 = 794;
const MIDDLE: u32 = WIDTH / 2;
const INK: &str = "#1d1f1e";
const MUTED: &str = "#62655f";
const ACCENT: &str = "#17684e";
const LINE: &str = "#cdc9be";
const PAPER: &str = "#fcfbf9";
const FONT: &str = "'IBM Plex Sans', 'Helvetica Neue', Arial, sans-serif";

/// The certificate for these values as SVG.
pub fn svg(certificate: &Certificate, values: &Values) -> String {
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONT}" text-anchor="middle">"#
    );
    frame(&mut out);
    let mut y = 196;
    for line in wrapped(&fill(certificate.title(), values), 34) {
        text(&mut out, MIDDLE, y, Look { size: 40, weight: 600, color: INK }, &line);
        y += 48;
    }
    rule(&mut out, MIDDLE - 36, MIDDLE + 36, y - 18, ACCENT, 3);
    body(&mut out, certificate.body(), values, y + 44);
    foot(&mut out, certificate, values);
    out.push_str("</svg>");
    out
}

fn frame(out: &mut String) {
    let (inner_width, inner_height) = (WIDTH - 72, HEIGHT - 72);
    let _ = write!(
        out,
        r#"<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/><rect x="36" y="36" width="{inner_width}" height="{inner_height}" rx="10" fill="none" stroke="{LINE}" stroke-width="1.5"/><rect x="36" y="36" width="{inner_width}" height="8" rx="4" fill="{ACCENT}"/>"#
    );
    // The app's way mark: two signs on a post.
    let _ = write!(
        out,
        r#"<g transform="translate({} 84)" fill="none" stroke="{ACCENT}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"><path d="M18 42v-8M18 22v-6M18 4V0M6 4h22l7 6-7 6H6zM30 22H8l-7 6 7 6h22z"/></g>"#,
        MIDDLE - 18
    );
}

fn body(out: &mut String, source: &str, values: &Values, from: u32) {
    let mut y = from;
    for line in source.lines() {
        if line.trim().is_empty() {
            y += 16;
            continue;
        }
        let is_large = is_one_name(line.trim());
        let (size, weight, color, most, height) =
            if is_large { (34, 600, INK, 44, 42) } else { (20, 400, MUTED, 76, 30) };
        if is_large {
            y += 10;
        }
        for part in wrapped(&fill(line, values), most) {
            text(out, MIDDLE, y, Look { size, weight, color }, &part);
            y += height;
        }
        if is_large {
            y += 4;
        }
    }
}

fn foot(out: &mut String, certificate: &Certificate, values: &Values) {
    let y = HEIGHT - 112;
    rule(out, 96, WIDTH - 96, y - 34, LINE, 1);
    let about: Vec<String> = [values.difficulty.clone(), values.duration_minutes.map(duration)]
        .into_iter()
        .flatten()
        .filter(|part| !part.trim().is_empty())
        .collect();
    let passed = format!("{} % completed or more", certificate.threshold());
    let columns = [
        ("Date", values.date.clone()),
        ("About", if about.is_empty() { passed } else { about.join(" \u{b7} ") }),
        ("Certificate", values.certificate_id.clone()),
    ];
    for ((label, value), x) in columns.iter().zip([232, MIDDLE, WIDTH - 232]) {
        text(out, x, y, Look { size: 13, weight: 500, color: MUTED }, label);
        text(out, x, y + 26, Look { size: 17, weight: 500, color: INK }, &shortened(value, 34));
    }
}

#[derive(Clone, Copy)]
struct Look {
    size: u32,
    weight: u32,
    color: &'static str,
}

fn text(out: &mut String, x: u32, y: u32, look: Look, words: &str) {
    let Look { size, weight, color } = look;
    let words = escaped(words);
    let _ =
        write!(out, r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{color}">{words}</text>"#);
}

fn rule(out: &mut String, from: u32, to: u32, y: u32, color: &str, width: u32) {
    let _ = write!(out, r#"<path d="M{from} {y}H{to}" stroke="{color}" stroke-width="{width}"/>"#);
}

/// Whether a line is a single name in braces: it is written large.
fn is_one_name(line: &str) -> bool {
    line.strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .is_some_and(|name| super::VARIABLES.iter().any(|(known, _)| *known == name))
}

/// Lines of about `most` characters, broken between words; a longer word is cut.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let word = shortened(word, most);
        let line = lines.last_mut().expect("BUG: there is always a line");
        if line.is_empty() {
            *line = word;
        } else if line.chars().count() + 1 + word.chars().count() <= most {
            line.push(' ');
            line.push_str(&word);
        } else {
            lines.push(word);
        }
    }
    lines
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some(_) => text.chars().take(most - 1).chain(['\u{2026}']).collect(),
        None => text.to_owned(),
    }
}

/// Text for XML. Characters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => out.push(character),
        }
    }
    out
}
