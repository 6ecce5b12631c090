//! What a template may not do in this process.
//!
//! Fuel counts instructions and not bytes, so constructs whose result can outgrow any memory within a few instructions
//! are refused before the template is compiled: repetition with `*`, macros and recursive loops, lists of values that
//! are kept, and more than a few concatenations. What remains is bounded by the fields that a template shows.

use crate::render::fault::{Fault, place};

/// Concatenations that a template may have.
const CONCATENATIONS_MAX: usize = 64;
/// Concatenations that a template may have when it also keeps values (each can double one).
const DOUBLINGS_MAX: usize = 8;
/// Values that a template may keep.
const KEPT_MAX: usize = 16;
/// Commas that a template may have in its tags: bounds lists and arguments.
const COMMAS_MAX: usize = 200;
const FUEL: u64 = 100_000;
/// Instructions times bytes of source: bounds what literal text in loops can add up to.
const WORK_MAX: u64 = 256 * 1024 * 1024;

/// Instructions that a template of this source may run.
pub fn fuel(source: &str) -> u64 {
    FUEL.min(WORK_MAX / (source.len() as u64).max(1))
}

/// Refuses what cannot be bounded.
///
/// # Errors
/// The first thing that it refuses, and where that is.
pub fn check(source: &str) -> Result<(), Fault> {
    let tokens = tokens(source);
    let kept = tokens.iter().filter(|token| token.is_first && matches!(token.text, "set" | "with")).count();
    let (mut concatenations, mut commas) = (0, 0);
    for token in tokens {
        let what = match token.text {
            "*" => "`*` is not available",
            "macro" | "call" if token.is_first => "macros are not available",
            "recursive" => "recursive loops are not available",
            "set" | "with" if token.is_first && kept > KEPT_MAX => "more than 16 values are set",
            "[" if kept > 0 => "lists are not available together with `set`",
            "~" | "+" => {
                concatenations += 1;
                match kept {
                    0 if concatenations > CONCATENATIONS_MAX => "more than 64 values are joined",
                    1.. if concatenations > DOUBLINGS_MAX => "more than 8 values are joined, together with `set`",
                    _ => continue,
                }
            }
            "," => {
                commas += 1;
                if commas <= COMMAS_MAX {
                    continue;
                }
                "more than 200 values are listed"
            }
            _ => continue,
        };
        return Err(refuse(source, &token, what));
    }
    Ok(())
}

fn refuse(source: &str, token: &Token<'_>, what: &str) -> Fault {
    let (line, column) = place(source, token.at);
    Fault {
        line,
        column,
        length: token.text.chars().count() as u32,
        what: what.to_owned(),
        hint: "Write it without. Templates are kept simple, so that none can exhaust the machine.".to_owned(),
    }
}

/// A word or an operator inside a tag.
pub struct Token<'a> {
    /// Its first byte.
    pub at: usize,
    /// The word, or the operator.
    pub text: &'a str,
    /// Whether it is the first word of a `{% … %}` tag.
    pub is_first: bool,
}

/// Words and the operators of interest inside `{{ … }}` and `{% … %}`; strings, comments and raw blocks left out.
pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(found) = source[at..].find('{') {
        let open = at + found;
        at = match source.as_bytes().get(open + 1) {
            Some(b'#') => source[open..].find("#}").map_or(source.len(), |end| open + end + 2),
            Some(b'{') => read_tag(source, open + 2, "}}", &mut tokens),
            Some(b'%') => {
                let first = tokens.len();
                let mut end = read_tag(source, open + 2, "%}", &mut tokens);
                if let Some(token) = tokens.get_mut(first) {
                    token.is_first = true;
                    if token.text == "raw" {
                        end = source[end..].find("endraw").map_or(source.len(), |raw| end + raw);
                    }
                }
                end
            }
            _ => open + 1,
        };
    }
    tokens
}

fn read_tag<'a>(source: &'a str, from: usize, close: &str, tokens: &mut Vec<Token<'a>>) -> usize {
    let bytes = source.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            _ if source.is_char_boundary(at) && source[at..].starts_with(close) => return at + close.len(),
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b'*' | b'~' | b'+' | b',' | b'|' | b'.' => {
                tokens.push(Token { at, text: &source[at..=at], is_first: false });
                at += 1;
            }
            b'[' => {
                if !ends_with_value(&source[from..at]) {
                    tokens.push(Token { at, text: &source[at..=at], is_first: false });
                }
                at += 1;
            }
            letter if letter.is_ascii_alphabetic() || letter == b'_' => {
                let length = source[at..].find(|c: char| !c.is_alphanumeric() && c != '_');
                let end = length.map_or(source.len(), |length| at + length);
                tokens.push(Token { at, text: &source[at..end], is_first: false });
                at = end;
            }
            _ => at += 1,
        }
    }
    source.len()
}

/// Whether what stands before a `[` is a value that it looks something up in; elsewhere it begins a list.
fn ends_with_value(before: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    let is_keyword = ["in", "if", "elif", "else", "and", "or", "not"].contains(&word);
    !is_keyword && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ')' | ']' | '"' | '\''))
}
