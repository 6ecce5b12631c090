//! Reads a query. Total: there is no text that is not a query.

use super::{Atom, Filter, Name, Part, Place, Query, Term, Text};
use crate::{
    error::Result,
    walkthrough::{WalkthroughStatus, WalkthroughType},
};

/// Characters that are read; nobody types more.
const LENGTH_MAX: usize = 1_000;
/// Conditions that are read: far below the depth at which an index gives up.
const ATOMS_MAX: usize = 32;

/// A piece of the query between blanks.
struct Token {
    is_not: bool,
    key: Option<String>,
    value: String,
    is_phrase: bool,
    is_starred: bool,
}

enum Meaning {
    Atom(Term),
    Scope(Part),
    Place(Place),
    Nothing,
}

pub(super) fn parse(text: &str) -> Query {
    let mut reader = Reader { query: Query::default(), scope: Vec::new(), atoms: 0, wants_or: false, wants_not: false };
    let mut rest: &str = match text.char_indices().nth(LENGTH_MAX) {
        Some((end, _)) => {
            reader.note(format!("Only the first {LENGTH_MAX} characters are searched for."));
            &text[..end]
        }
        None => text,
    };
    while let Some((token, after)) = next_token(rest) {
        rest = after;
        reader.take(token);
    }
    reader.finish()
}

struct Reader {
    query: Query,
    scope: Vec<Part>,
    atoms: usize,
    wants_or: bool,
    wants_not: bool,
}

impl Reader {
    fn note(&mut self, note: String) {
        if !self.query.notes.contains(&note) {
            self.query.notes.push(note);
        }
    }

    fn take(&mut self, token: Token) {
        if token.key.is_none() && !token.is_phrase && !token.is_not && !token.is_starred {
            match token.value.as_str() {
                "OR" | "|" | "||" => return self.wants_or = !self.query.groups.is_empty(),
                "AND" | "&" | "&&" | "+" => return self.wants_or = false,
                "NOT" => return self.wants_not = true,
                _ => {}
            }
        }
        let is_not = token.is_not != std::mem::take(&mut self.wants_not);
        match self.meaning(token) {
            Meaning::Atom(term) => self.add(Atom { is_not, term }),
            Meaning::Scope(_) | Meaning::Place(_) if is_not => {
                self.note("`in:` says where to look; it cannot be turned around with `-`.".to_owned());
            }
            Meaning::Scope(part) if self.scope.contains(&part) => {}
            Meaning::Scope(part) => self.scope.push(part),
            Meaning::Place(place) => self.query.place = place,
            Meaning::Nothing => {}
        }
    }

    fn add(&mut self, atom: Atom) {
        if self.atoms == ATOMS_MAX {
            return self.note(format!("Only the first {ATOMS_MAX} words and filters are searched for."));
        }
        self.atoms += 1;
        let joins = std::mem::take(&mut self.wants_or);
        match self.query.groups.last_mut() {
            Some(group) if joins => group.push(atom),
            _ => self.query.groups.push(vec![atom]),
        }
    }

    fn meaning(&mut self, token: Token) -> Meaning {
        let Some(key) = token.key.as_deref() else { return self.text(token, Vec::new()) };
        let key = key.to_lowercase();
        let value = token.value.trim();
        match key.as_str() {
            // Somebody is still typing.
            "type" | "status" | "tag" | "server" | "missing" | "has" | "in" if value.is_empty() => Meaning::Nothing,
            "type" => {
                let kinds = self.named(value, WalkthroughType::ALL, WalkthroughType::name);
                Meaning::Atom(Term::Filter(Filter::Type(kinds)))
            }
            "status" => {
                let all = self.named(value, WalkthroughStatus::ALL, WalkthroughStatus::name);
                Meaning::Atom(Term::Filter(Filter::Status(all)))
            }
            "tag" => Meaning::Atom(Term::Filter(Filter::Tag(name(&token)))),
            "server" => Meaning::Atom(Term::Filter(Filter::Server(name(&token)))),
            "missing" | "has" => match self.part(value) {
                Some(part) if key == "has" => Meaning::Atom(Term::Filter(Filter::Has(part))),
                Some(part) => Meaning::Atom(Term::Filter(Filter::Missing(part))),
                None => Meaning::Nothing,
            },
            "in" if value.eq_ignore_ascii_case("trash") => Meaning::Place(Place::Trash),
            "in" if value.eq_ignore_ascii_case("history") => Meaning::Place(Place::History),
            "in" if value.eq_ignore_ascii_case("snippets") => Meaning::Place(Place::Snippets),
            "in" => self.part(value).map_or(Meaning::Nothing, Meaning::Scope),
            _ => match Part::of_word(&key) {
                Some(_) if value.is_empty() => Meaning::Nothing,
                Some(part) => self.text(token, vec![part]),
                // Not a filter of ours: a text with a colon in it, such as an address.
                None => {
                    let value = format!("{}:{}", token.key.as_deref().unwrap_or_default(), token.value);
                    self.text(Token { key: None, value, ..token }, Vec::new())
                }
            },
        }
    }

    fn text(&mut self, token: Token, parts: Vec<Part>) -> Meaning {
        let text = token.value.replace(char::is_control, " ").trim().to_owned();
        if !text.contains(char::is_alphanumeric) {
            if !text.is_empty() {
                self.note(format!("`{text}` has no letter or digit to search for."));
            }
            return Meaning::Nothing;
        }
        // One letter as the beginning of a word is in every text.
        let goes_on = !(token.is_phrase || text.len() == 1 && text.is_ascii());
        let is_prefix = token.is_starred || goes_on;
        Meaning::Atom(Term::Text(Text { text, is_phrase: token.is_phrase, is_prefix, parts }))
    }

    /// The values whose name begins so; while nothing does, says which there are.
    fn named<T: Copy + std::str::FromStr<Err = crate::error::Error>>(
        &mut self,
        value: &str,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Vec<T> {
        let value = value.to_lowercase();
        let found: Vec<T> = all.iter().copied().filter(|one| name(*one).starts_with(&value)).collect();
        let refused: Result<T> = value.parse();
        if let (true, Err(error)) = (found.is_empty(), refused) {
            self.note(error.to_string());
        }
        found
    }

    fn part(&mut self, value: &str) -> Option<Part> {
        let part = Part::of_word(&value.to_lowercase());
        if part.is_none() {
            let all: Vec<&str> = Part::ALL.iter().map(|part| part.word()).collect();
            self.note(format!("There is no part `{value}`. Use one of: {}.", all.join(", ")));
        }
        part
    }

    /// Words that did not say where they have to be are where `in:` says.
    fn finish(mut self) -> Query {
        for atom in self.query.groups.iter_mut().flatten() {
            if let Term::Text(text) = &mut atom.term
                && text.parts.is_empty()
            {
                text.parts.clone_from(&self.scope);
            }
        }
        self.query
    }
}

fn name(token: &Token) -> Name {
    Name { text: token.value.trim().to_owned(), is_prefix: token.is_starred }
}

const QUOTES: [char; 4] = ['"', '\u{201c}', '\u{201d}', '\u{201e}'];

/// The next piece, and what comes after it.
fn next_token(text: &str) -> Option<(Token, &str)> {
    let text = text.trim_start();
    let is_not = text.starts_with(['-', '\u{2212}']);
    let text = text.trim_start_matches(['-', '\u{2212}']);
    if text.is_empty() {
        return None;
    }
    let word_end = text.find(|c: char| c.is_whitespace() || QUOTES.contains(&c)).unwrap_or(text.len());
    let (word, after) = text.split_at(word_end);
    let (key, value) = match word.split_once(':') {
        Some((key, value)) if !key.is_empty() && key.chars().all(|c| c.is_ascii_alphabetic() || c == '_') => {
            (Some(key.to_owned()), value)
        }
        _ => (None, word),
    };
    if value.is_empty() && after.starts_with(QUOTES) {
        let (token, after) = quoted(after);
        return Some((Token { is_not, key, ..token }, after));
    }
    let is_starred = value.ends_with('*');
    let value = value.trim_end_matches('*').to_owned();
    Some((Token { is_not, key, value, is_phrase: false, is_starred }, after))
}

/// A phrase; without its closing quote it goes on to the end, and is still being typed.
fn quoted(text: &str) -> (Token, &str) {
    let text = text.strip_prefix(QUOTES).unwrap_or(text);
    let (value, after, is_open) = match text.split_once(QUOTES) {
        Some((value, after)) => (value, after, false),
        None => (text, "", true),
    };
    let rest = after.trim_start_matches('*');
    let is_starred = is_open || rest.len() < after.len();
    (Token { is_not: false, key: None, value: value.to_owned(), is_phrase: true, is_starred }, rest)
}
