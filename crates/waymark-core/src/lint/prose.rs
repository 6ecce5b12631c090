//! The prose of a Markdown text: its lines without what stands in code, where most rules do not apply.

/// A stretch of prose and the number of its line (from 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prose<'a> {
    pub line: usize,
    pub text: &'a str,
}

/// The stretches outside of fenced code and code spans.
pub fn prose(text: &str) -> Vec<Prose<'_>> {
    let mut stretches = Vec::new();
    let mut fence: Option<&str> = None;
    for (index, line) in text.lines().enumerate() {
        let mark = fence_mark(line);
        match (fence, mark) {
            (Some(open), Some(mark)) if mark.starts_with(open) => fence = None,
            (Some(_), _) => {}
            (None, Some(mark)) => fence = Some(mark),
            (None, None) => push_line(&mut stretches, index + 1, line),
        }
    }
    stretches
}

/// The run of backticks or tildes that opens or closes fenced code.
fn fence_mark(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(mark).len();
    // Backticks after the opening run make it a code span.
    let is_span = mark == '`' && line[length..].contains('`');
    (length >= 3 && !is_span).then(|| &line[..length])
}

fn push_line<'a>(stretches: &mut Vec<Prose<'a>>, line: usize, text: &'a str) {
    let mut rest = text;
    while let Some(open) = rest.find('`') {
        let length = rest[open..].len() - rest[open..].trim_start_matches('`').len();
        let ticks = &rest[open..open + length];
        let Some(close) = rest[open + length..].find(ticks) else {
            break;
        };
        stretches.push(Prose { line, text: &rest[..open] });
        rest = &rest[open + length + close + length..];
    }
    stretches.push(Prose { line, text: rest });
}
