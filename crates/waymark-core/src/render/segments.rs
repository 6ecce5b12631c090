//! Which bytes of a rendered text came from which field.
//!
//! The text is rendered a second time with marks around each field's content: characters that the text itself does not
//! contain. Without the marks the second text must be the first, else nothing is claimed. This works for any template.

use crate::{content::Field, preview::Segment};

/// The first of the Unicode plane that is reserved for private use.
const FIRST: u32 = 0xF_0000;
/// The byte that its characters begin with in UTF-8.
const LEAD: u8 = 0xF3;
/// Bytes of such a character in UTF-8.
const LENGTH: usize = 4;

/// Marks: one for the beginning of each field and one for the end of any.
pub struct Marks {
    first: u32,
}

impl Marks {
    /// Marks that do not occur in `text`.
    pub fn absent_from(text: &str) -> Self {
        let mut first = FIRST;
        let width = Field::ALL.len() as u32 + 1;
        while text.as_bytes().contains(&LEAD) && text.chars().any(|c| (first..first + width).contains(&u32::from(c))) {
            first += width;
        }
        Self { first }
    }

    /// `text` between the marks of its field.
    pub fn around(&self, field: Field, text: &str) -> String {
        let mut marked = String::with_capacity(text.len() + 8);
        marked.push(self.mark(Some(field)));
        marked.push_str(text);
        marked.push(self.mark(None));
        marked
    }

    fn mark(&self, field: Option<Field>) -> char {
        let offset = field.map_or(0, |field| 1 + field as u32);
        char::from_u32(self.first + offset).expect("BUG: a mark left the private-use plane")
    }

    fn read(&self, character: char) -> Option<Option<Field>> {
        match u32::from(character).checked_sub(self.first)? {
            0 => Some(None),
            offset => Field::ALL.get(offset as usize - 1).map(|field| Some(*field)),
        }
    }

    /// The next mark in a text, and where.
    fn next_mark(&self, text: &str) -> Option<(usize, Option<Field>)> {
        let mut from = 0;
        while let Some(found) = memchr::memchr(LEAD, &text.as_bytes()[from..]) {
            let at = from + found;
            if let Some(mark) = text[at..].chars().next().and_then(|character| self.read(character)) {
                return Some((at, mark));
            }
            from = at + LENGTH;
        }
        None
    }

    /// The stretches of `text`, read off its marked twin; `None` if the twin says something else.
    pub fn split(&self, marked: &str, text: &str) -> Option<Vec<Segment>> {
        let mut plain = String::with_capacity(text.len());
        let mut spans: Vec<(usize, usize, Field)> = Vec::new();
        let mut open: Option<(usize, Field)> = None;
        let mut rest = marked;
        while let Some((at, mark)) = self.next_mark(rest) {
            plain.push_str(&rest[..at]);
            rest = &rest[at + LENGTH..];
            match (mark, open.take()) {
                (Some(field), None) => open = Some((plain.len(), field)),
                (None, Some((from, field))) => spans.push((from, plain.len(), field)),
                _ => return None,
            }
        }
        plain.push_str(rest);
        (plain == text && open.is_none()).then(|| cut(text, &spans))
    }
}

/// A text nobody claims anything about.
pub fn whole(text: String) -> Vec<Segment> {
    vec![Segment { text, field: None }]
}

/// Cuts a text at its fields' contents, each widened to its block: the template's lines that touch it, up to a blank
/// line. Where no blank line sets the block apart, only the content itself is the field's.
fn cut(text: &str, spans: &[(usize, usize, Field)]) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(2 * spans.len() + 1);
    let (mut before, mut done) = (0, 0);
    for (index, &(from, to, field)) in spans.iter().enumerate() {
        let next = spans.get(index + 1).map_or(text.len(), |next| next.0);
        let start = text[before..from].rfind("\n\n").map_or(from, |at| before + at + 2);
        let end = text[to..next].find("\n\n").map_or(to, |at| to + at + 1);
        push(&mut segments, &text[done..start], None);
        push(&mut segments, &text[start..end], Some(field));
        (before, done) = (to, end);
    }
    push(&mut segments, &text[done..], None);
    segments
}

fn push(segments: &mut Vec<Segment>, text: &str, field: Option<Field>) {
    if !text.is_empty() {
        segments.push(Segment { text: text.to_owned(), field });
    }
}
