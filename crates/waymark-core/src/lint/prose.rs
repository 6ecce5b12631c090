//! The prose of a Markdown text: its lines without what stands in code, where most rules do not apply.

/// A stretch of prose and where it begins in the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prose<'a> {
    pub at: usize,
    pub text: &'a str,
}

/// The stretches outside of fenced code and code spans.
pub fn prose(text: &str) -> Vec<Prose<'_>> {
    let mut stretches = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let mark = fence_mark(line);
        match (fence, mark) {
            (Some(open), Some(mark)) if mark.starts_with(open) => fence = None,
            (Some(_), _) => {}
            (None, Some(mark)) => fence = Some(mark),
            (None, None) => push_line(&mut stretches, at, line),
        }
        at += whole.len();
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

fn push_line<'a>(stretches: &mut Vec<Prose<'a>>, at: usize, text: &'a str) {
    let mut begin = 0;
    while let Some(open) = text[begin..].find('`').map(|found| begin + found) {
        let length = text[open..].len() - text[open..].trim_start_matches('`').len();
        let ticks = &text[open..open + length];
        let Some(close) = text[open + length..].find(ticks) else {
            break;
        };
        stretches.push(Prose { at: at + begin, text: &text[begin..open] });
        begin = open + length + close + length;
    }
    stretches.push(Prose { at: at + begin, text: &text[begin..] });
}
