//! What would confuse an agent in a field's text. Reported, never changed.

use std::ops::Range;

use crate::{
    lint::{
        Findings,
        findings::{Hit, Mend},
        prose::{Prose, prose},
        rules, secrets, words,
    },
    render::BLOCK_NAMES,
};

/// One field's text.
pub fn check(findings: &mut Findings<'_>, text: &str) {
    let prose = prose(text);
    let delimiters: Vec<_> = delimiters(text).collect();
    if let Some((_, name)) = delimiters.first() {
        let what = format!("contains the block delimiter `{name}`");
        let hits = delimiters.iter().map(|(range, _)| Hit::at(range.clone())).collect();
        findings.add_hits(rules::DELIMITER, text, hits, &what, "Write it differently, or leave it out.");
    }
    let hidden = hidden(text);
    if let Some((_, character)) = hidden.first() {
        let what = format!("contains the invisible character U+{:04X}", u32::from(*character));
        let hits = hidden.iter().map(|(at, c)| Hit::replaced(*at..at + c.len_utf8(), "")).collect();
        findings.add_hits(rules::HIDDEN, text, hits, &what, "Delete it.");
    }
    let hint = "Say it in the context or the operations, or delete it.";
    findings.add_hits(rules::COMMENT, text, comments(text, &prose), "contains an HTML comment", hint);
    let what = "contains `\\n` as two characters";
    findings.add_hits(rules::BACKSLASH_N, text, backslash_n(&prose), what, "Replace it with a line break.");
    let hint = "Write what should stand there, or put it into code.";
    let templates = all(&prose, |text| PAIRS.iter().flat_map(|pair| between(text, *pair)).collect());
    findings.add_hits(rules::TEMPLATE_SYNTAX, text, templates, "contains template syntax", hint);
    let secrets = secrets::find(text);
    if let Some((_, kind)) = secrets.first() {
        let what = format!("contains what looks like {kind}");
        let hits = secrets.iter().map(|(range, _)| Hit::at(range.clone())).collect();
        let hint = "Replace it with a placeholder, and revoke it if it is real.";
        findings.add_hits(rules::SECRET, text, hits, &what, hint);
    }
    let placeholders: Vec<Hit> = words::placeholders(text, &prose).into_iter().map(Hit::at).collect();
    if let Some(first) = placeholders.first() {
        let what = format!("contains the leftover placeholder `{}`", &text[first.range.clone()]);
        findings.add_hits(rules::PLACEHOLDER, text, placeholders, &what, "Write what should stand there.");
    }
}

/// What is found in each stretch of prose, as places of the whole text.
fn all(prose: &[Prose<'_>], find: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<Hit> {
    let moved = |place: &Prose<'_>| {
        let at = place.at;
        find(place.text).into_iter().map(move |range| Hit::at(at + range.start..at + range.end))
    };
    prose.iter().flat_map(moved).collect()
}

fn delimiters(text: &str) -> impl Iterator<Item = (Range<usize>, &'static str)> + '_ {
    text.match_indices('<').filter_map(|(at, _)| {
        let tag = text[at + 1..].trim_start_matches('/');
        let name = BLOCK_NAMES.into_iter().find(|name| tag.starts_with(name))?;
        let after = tag[name.len()..].chars().next();
        let end = text.len() - tag.len() + name.len();
        after.is_none_or(|c| !c.is_alphanumeric() && c != '_').then_some((at..end, name))
    })
}

fn hidden(text: &str) -> Vec<(usize, char)> {
    if text.is_ascii() {
        return Vec::new();
    }
    // The last character that stays when the hidden ones go.
    let mut before = ' ';
    let mut found = Vec::new();
    for (at, character) in text.char_indices() {
        let is_hidden = match character {
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => true,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}' => true,
            // Joiners belong to emoji and to several scripts, but not between Latin letters.
            '\u{200C}' | '\u{200D}' => before.is_ascii(),
            _ => false,
        };
        if is_hidden {
            found.push((at, character));
        } else {
            before = character;
        }
    }
    found
}

/// HTML comments that begin in prose. One that never ends can only be mended by a person.
fn comments(text: &str, prose: &[Prose<'_>]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut end = 0;
    for place in prose {
        for (found, open) in place.text.match_indices("<!--") {
            let at = place.at + found;
            if at < end {
                continue;
            }
            let close = text[at + 2..].find("-->").map(|close| at + 2 + close + 3);
            end = close.unwrap_or(text.len());
            let range = close.map_or(at..at + open.len(), |close| at..close);
            let mend = close.map(|close| Mend { range: whole_lines(text, at..close), insert: String::new() });
            hits.push(Hit { range, mend });
        }
    }
    hits
}

/// The range with its line break, where nothing else stands on its lines.
fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text[..range.start].trim_end_matches([' ', '\t']);
    let behind = text[range.end..].trim_start_matches([' ', '\t']);
    let is_whole = (before.is_empty() || before.ends_with('\n')) && behind.starts_with('\n');
    if is_whole { before.len()..text.len() - behind.len() + 1 } else { range }
}

/// `\n` as two characters, with a `\r` before it; not in Windows paths, where it begins a name.
fn backslash_n(prose: &[Prose<'_>]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for place in prose {
        for (found, mark) in place.text.match_indices("\\n") {
            let before = &place.text[..found];
            let word =
                before.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(['(', '"', '\'']);
            if is_windows_path(word, &place.text[found..]) {
                continue;
            }
            let start = place.at + if before.ends_with("\\r") { found - 2 } else { found };
            hits.push(Hit::replaced(start..place.at + found + mark.len(), "\n"));
        }
    }
    hits
}

/// Whether what stands before the backslash begins like `C:\dir` or `C:`.
fn is_windows_path(word: &str, rest: &str) -> bool {
    let mut start = word.chars();
    let has_drive = start.next().is_some_and(|c| c.is_ascii_uppercase()) && start.next() == Some(':');
    let is_there = start.next().is_none_or(|c| c == '\\');
    has_drive && is_there && rest[2..].starts_with(|c: char| c.is_ascii_lowercase())
}

const PAIRS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("${", "}")];

/// From each opening mark to the next closing one.
fn between(text: &str, (open, close): (&str, &str)) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|start| at + start) {
        let Some(length) = text[start + open.len()..].find(close) else {
            break;
        };
        at = start + open.len() + length + close.len();
        found.push(start..at);
    }
    found
}
