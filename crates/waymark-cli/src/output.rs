//! What the command line prints: answers on standard output, everything else on standard error.
//!
//! A reader that goes away (`waymark list | head -1`) ends the command quietly; it is not an error. What people read is
//! cleaned of control characters, because titles come from anywhere and a terminal obeys them; exact bytes (`render`,
//! `export`) and JSON stay what they are.

use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
};

use serde::Serialize;
use waymark_core::error::{Error, Result};

use crate::args::Global;

/// How to print.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// One JSON document instead of text.
    pub is_json: bool,
    is_quiet: bool,
    has_color: bool,
}

impl Output {
    /// From the global options and the environment (`NO_COLOR`).
    pub fn new(global: &Global) -> Self {
        let has_color = !global.no_color
            && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && io::stderr().is_terminal();
        Self { is_json: global.json, is_quiet: global.quiet, has_color }
    }

    /// JSON, whatever the options: for usage errors, where there are none yet.
    pub fn json() -> Self {
        Self { is_json: true, is_quiet: true, has_color: false }
    }

    /// The answer: `value` as JSON, or the text.
    pub fn answer<T: Serialize>(self, value: &T, text: impl FnOnce() -> String) -> Result<()> {
        if self.is_json {
            return self.document(value);
        }
        let text = text();
        let text = printable(&text);
        if text.is_empty() { Ok(()) } else { self.bytes(format!("{}\n", text.trim_end_matches('\n')).as_bytes()) }
    }

    /// The answer as JSON, whatever the options.
    pub fn document<T: Serialize>(self, value: &T) -> Result<()> {
        let json = serde_json::to_string_pretty(value)
            .map_err(|error| Error::bug("The answer could not be written as JSON.").with_source(error))?;
        self.bytes(format!("{json}\n").as_bytes())
    }

    /// Whether only the answer and errors are wanted.
    pub fn is_quiet(self) -> bool {
        self.is_quiet
    }

    /// Exactly these bytes on standard output.
    pub fn bytes(self, bytes: &[u8]) -> Result<()> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
            Err(error) => Err(Error::invalid("Standard output cannot be written.").with_source(error)),
        }
    }

    /// A remark beside the answer, on standard error; nothing with `--quiet`.
    pub fn note(self, text: &str) {
        if !self.is_quiet {
            write_stderr(&printable(text));
        }
    }

    /// An error beside an answer that has it too: for people only, because with `--json` the answer is the one document.
    pub fn error_beside(self, error: &Error) {
        if !self.is_json {
            self.error(error);
        }
    }

    /// An error, in the form that the door documents.
    pub fn error(self, error: &Error) {
        if self.is_json {
            let envelope = serde_json::json!({ "error": error });
            write_stdout_or_drop(&format!("{envelope}\n"));
            return;
        }
        let (bold, plain) = if self.has_color { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
        write_stderr(&format!("{bold}error:{plain} {}", printable(&error.message)));
        if let Some(hint) = &error.hint {
            write_stderr(&format!("  {}", printable(hint)));
        }
    }
}

fn write_stderr(text: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

fn write_stdout_or_drop(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// The text with control characters, and those that reorder a line, written as `\u{1b}`; line breaks and tabs stay.
fn printable(text: &str) -> Cow<'_, str> {
    let is_obeyed = |character: char| {
        let is_bidi = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        is_bidi || (character.is_control() && !matches!(character, '\n' | '\t'))
    };
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_obeyed(character) { clean.extend(character.escape_unicode()) } else { clean.push(character) }
    }
    Cow::Owned(clean)
}

/// `1 step`, `2 steps`.
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Rows as aligned columns, without a trailing blank on any line.
pub fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    // Cleaned before they are measured, and each on one line: a cell has no say over the rows beside it.
    let cell = |cell: &String| printable(&cell.replace(['\n', '\t'], " ")).into_owned();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let mut widths: Vec<usize> = header.iter().map(|cell| cell.chars().count()).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells.zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(&mut header.iter().copied())];
    lines.extend(rows.iter().map(|row| line(&mut row.iter().map(String::as_str))));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(printable("plain \u{e9}\u{1f44b}\n\tnext"), "plain \u{e9}\u{1f44b}\n\tnext");
        assert_eq!(printable("\x1b[2J\x07\r\u{9b}31m\u{7f}"), "\\u{1b}[2J\\u{7}\\u{d}\\u{9b}31m\\u{7f}");
        assert_eq!(printable("a\u{202e}b\u{2066}"), "a\\u{202e}b\\u{2066}");
    }

    #[test]
    fn a_cell_stays_in_its_row() {
        let rows = vec![vec!["a\nb".to_owned(), "\x1b".to_owned()], vec!["c".to_owned(), "d".to_owned()]];
        assert_eq!(table(&["x", "y"], &rows), "x    y\na b  \\u{1b}\nc    d");
    }
}
