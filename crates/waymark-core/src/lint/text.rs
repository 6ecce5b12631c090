//! What would confuse an agent in a field's text. Reported, never changed.

use crate::{
    content::Field,
    lint::{
        Findings,
        prose::{Prose, prose},
        rules, secrets,
    },
    render::BLOCK_NAMES,
};

/// One field's text.
pub fn check(findings: &mut Findings<'_>, field: Field, text: &str) {
    let label = field.label();
    let prose = prose(text);
    if let Some((at, name)) = delimiter(text) {
        let message = format!("Line {} of the {label} contains the block delimiter `{name}`.", line_of(text, at));
        findings.add(rules::DELIMITER, message, "Write it differently, or leave it out.".to_owned());
    }
    if let Some((at, character)) = hidden(text) {
        let (code, line) = (u32::from(character), line_of(text, at));
        let message = format!("Line {line} of the {label} contains the invisible character U+{code:04X}.");
        findings.add(rules::HIDDEN, message, "Delete it.".to_owned());
    }
    if let Some(place) = first(&prose, |text| text.contains("<!--")) {
        let message = format!("Line {} of the {label} contains an HTML comment.", place.line);
        findings.add(rules::COMMENT, message, "Say it in the context or the operations, or delete it.".to_owned());
    }
    if let Some(place) = first(&prose, |text| text.contains("\\n")) {
        let count: usize = prose.iter().map(|place| place.text.matches("\\n").count()).sum();
        let message =
            format!("Line {} of the {label} contains `\\n` as two characters ({count} times in all).", place.line);
        findings.add(rules::BACKSLASH_N, message, "Replace it with a line break.".to_owned());
    }
    if let Some(place) = first(&prose, has_template_syntax) {
        let message = format!("Line {} of the {label} contains template syntax.", place.line);
        findings.add(rules::TEMPLATE_SYNTAX, message, "Write what should stand there, or put it into code.".to_owned());
    }
    if let Some((at, kind)) = secrets::find(text) {
        let message = format!("Line {} of the {label} contains what looks like {kind}.", line_of(text, at));
        findings.add(rules::SECRET, message, "Replace it with a placeholder, and revoke it if it is real.".to_owned());
    }
}

fn first<'a>(prose: &[Prose<'a>], is_match: impl Fn(&str) -> bool) -> Option<Prose<'a>> {
    prose.iter().find(|place| is_match(place.text)).copied()
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn delimiter(text: &str) -> Option<(usize, &'static str)> {
    text.match_indices('<').find_map(|(at, _)| {
        let tag = text[at + 1..].trim_start_matches('/');
        let name = BLOCK_NAMES.into_iter().find(|name| tag.starts_with(name))?;
        let after = tag[name.len()..].chars().next();
        after.is_none_or(|c| !c.is_alphanumeric() && c != '_').then_some((at, name))
    })
}

fn hidden(text: &str) -> Option<(usize, char)> {
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let is_hidden = match character {
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => true,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}' => true,
            // Joiners belong to emoji and to several scripts, but not between Latin letters.
            '\u{200C}' | '\u{200D}' => before.is_ascii(),
            _ => false,
        };
        if is_hidden {
            return Some((at, character));
        }
        before = character;
    }
    None
}

fn has_template_syntax(text: &str) -> bool {
    let closes = |open: &str, close: &str| text.find(open).is_some_and(|at| text[at + open.len()..].contains(close));
    closes("{{", "}}") || closes("{%", "%}") || closes("${", "}")
}
