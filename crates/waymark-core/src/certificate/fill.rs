//! The certificate's texts: names in braces stand for what is known of the learner and the walkthrough. There is no
//! logic in it, so that nothing can go wrong in it.

use super::Certificate;
use crate::walkthrough::Walkthrough;

/// What can stand in braces, and what it means.
pub const VARIABLES: [(&str, &str); 6] = [
    ("learner", "the learner's name"),
    ("walkthrough", "the walkthrough's title"),
    ("date", "the day on which it was earned"),
    ("difficulty", "how hard it is"),
    ("duration", "how long it takes"),
    ("certificate_id", "the number to verify it by"),
];

/// What the names stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    /// The learner's name.
    pub learner: String,
    /// The walkthrough's title.
    pub walkthrough: String,
    /// The day on which it was earned, in words.
    pub date: String,
    /// How hard it is, if that is said.
    pub difficulty: Option<String>,
    /// How long it takes, in minutes.
    pub duration_minutes: Option<u32>,
    /// The number to verify it by.
    pub certificate_id: String,
}

impl Values {
    /// What the walkthrough and its settings say; who earned it, when, and its number are to be added.
    pub fn of_walkthrough(walkthrough: &Walkthrough, certificate: &Certificate) -> Self {
        let minutes = walkthrough.estimated_duration_minutes.and_then(|minutes| u32::try_from(minutes).ok());
        Self {
            walkthrough: walkthrough.title.clone(),
            difficulty: certificate.difficulty.clone(),
            duration_minutes: certificate.duration_minutes.or(minutes),
            ..Self::default()
        }
    }

    fn of(&self, name: &str) -> Option<String> {
        Some(match name {
            "learner" => self.learner.clone(),
            "walkthrough" => self.walkthrough.clone(),
            "date" => self.date.clone(),
            "difficulty" => self.difficulty.clone().unwrap_or_default(),
            "duration" => self.duration_minutes.map(duration).unwrap_or_default(),
            "certificate_id" => self.certificate_id.clone(),
            _ => return None,
        })
    }
}

/// `45 minutes`, `1 hour`, `2 hours 5 minutes`.
pub(super) fn duration(minutes: u32) -> String {
    let counted = |count: u32, what: &str| match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{count} {what}s")),
    };
    let parts = [counted(minutes / 60, "hour"), counted(minutes % 60, "minute")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The text with what its names stand for. An unknown name stays as it is written.
pub fn fill(text: &str, values: &Values) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_name(rest) {
        filled.push_str(before);
        match values.of(name) {
            Some(value) => filled.push_str(&value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The names in braces that stand for nothing, each once.
pub fn unknown_variables(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, name, after)) = next_name(rest) {
        let is_known = VARIABLES.iter().any(|(known, _)| *known == name);
        if !is_known && !found.contains(&name) {
            found.push(name);
        }
        rest = after;
    }
    found
}

/// All names, for a message.
pub(super) fn names() -> String {
    VARIABLES.map(|(name, _)| format!("`{{{name}}}`")).join(", ")
}

/// What is before the next name in braces, the name, and what is after. Other braces are text.
fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let inside = &text[open + 1..];
        let end = inside.find(|character: char| !character.is_ascii_lowercase() && character != '_');
        match end {
            Some(end) if end > 0 && inside[end..].starts_with('}') => {
                return Some((&text[..open], &inside[..end], &inside[end + 1..]));
            }
            _ => from = open + 1,
        }
    }
    None
}
