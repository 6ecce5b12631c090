//! What is wrong with a template, and where.

use std::fmt;

use minijinja::ErrorKind;
use serde::{Deserialize, Serialize};

use crate::{error::Error, render::OUTPUT_MAX_BYTES};

/// Something that keeps a template from giving a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// Characters that it is about; 0 where that is not known.
    pub length: u32,
    /// What, without a full stop.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl Fault {
    /// What the engine says.
    pub fn of(source: &str, error: &minijinja::Error) -> Self {
        let (line, column, length) = match error.range() {
            Some(range) => {
                let (line, column) = place(source, range.start);
                let text = source.get(range).unwrap_or_default();
                (line, column, text.lines().next().unwrap_or_default().chars().count() as u32)
            }
            None => (error.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(1), 1, 0),
        };
        let what = match error.kind() {
            ErrorKind::OutOfFuel => "it takes too many steps to run".to_owned(),
            ErrorKind::WriteFailure => format!("it writes more than {OUTPUT_MAX_BYTES} bytes"),
            kind => match error.detail() {
                Some(detail) => format!("{kind}: {detail}"),
                None => kind.to_string(),
            },
        };
        Fault { line, column, length, what, hint: "Correct the template at that place.".to_owned() }
    }

    /// As an error of the template, or of the wording with this name.
    pub fn into_error(self, name: Option<&str>) -> Error {
        let Fault { line, column, what, hint, .. } = &self;
        let template = name.map_or_else(|| "The template".to_owned(), |name| format!("The wording `{name}`"));
        Error::invalid(format!("{template} fails in line {line}, column {column}: {what}."))
            .with_field("template")
            .with_hint(hint.as_str())
            .with_source(self)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.what)
    }
}

impl std::error::Error for Fault {}

/// Line and column (from 1, in characters) of a byte offset.
pub fn place(source: &str, offset: usize) -> (u32, u32) {
    let before = source.get(..offset).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() as u32 + 1, before[line_start..].chars().count() as u32 + 1)
}
