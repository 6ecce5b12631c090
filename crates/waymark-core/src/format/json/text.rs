//! White space of JSON, token by token: nothing is parsed into values, so numbers, escapes and doubled keys stay to the
//! letter, and nesting of any depth is fine.

/// Nesting beyond this is written on one line: indenting it would make the file grow with the square of the depth.
const INDENTED_DEPTH: usize = 24;

/// The same JSON without white space between tokens. Expects valid JSON.
pub fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut state = Scanner::default();
    for character in text.chars() {
        if state.is_inside(character) || !character.is_ascii_whitespace() {
            out.push(character);
        }
    }
    out
}

/// The same JSON for people: two spaces per level, one member or item per line. Expects what [`compact`] gives.
pub fn pretty(compact: &str) -> String {
    let mut out = String::with_capacity(compact.len() * 2);
    let mut state = Scanner::default();
    let mut depth: usize = 0;
    let mut characters = compact.chars().peekable();
    while let Some(character) = characters.next() {
        if state.is_inside(character) {
            out.push(character);
            continue;
        }
        match character {
            '{' | '[' => {
                out.push(character);
                if let Some(close) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    break_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                // The line before a closing bracket belongs to the level that the bracket closes.
                if depth <= INDENTED_DEPTH {
                    break_line(&mut out, depth - 1);
                }
                depth -= 1;
                out.push(character);
            }
            ',' => {
                out.push(',');
                break_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ => out.push(character),
        }
    }
    out.push('\n');
    out
}

fn break_line(out: &mut String, depth: usize) {
    if depth <= INDENTED_DEPTH {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

/// Whether the JSON has a NUL character in one of its strings (`\u0000`), which Postgres cannot store.
pub fn has_nul(compact: &str) -> bool {
    let mut rest = compact;
    while let Some(at) = rest.find('\\') {
        if rest[at..].starts_with("\\u0000") {
            return true;
        }
        // The escaped character is skipped with its backslash: `\\u0000` is a backslash and five plain characters.
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    false
}

/// Line and column (from 1, in characters) of a byte offset.
pub fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// Tells characters of strings from those of the structure.
#[derive(Default)]
struct Scanner {
    in_string: bool,
    is_escaped: bool,
}

impl Scanner {
    /// Whether `character` belongs to a string (quotes included); advances.
    fn is_inside(&mut self, character: char) -> bool {
        if !self.in_string {
            self.in_string = character == '"';
            return self.in_string;
        }
        match character {
            _ if self.is_escaped => self.is_escaped = false,
            '\\' => self.is_escaped = true,
            '"' => self.in_string = false,
            _ => {}
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_and_comes_and_nothing_else_changes() {
        let text = "{ \"a b\" : [ 1 , 2.50 , \"x \\\" , {\" ] ,\r\n\t\"e\":{ } , \"l\":[ ]}";
        let small = compact(text);
        assert_eq!(small, "{\"a b\":[1,2.50,\"x \\\" , {\"],\"e\":{},\"l\":[]}");
        let wide = pretty(&small);
        assert_eq!(
            wide,
            "{\n  \"a b\": [\n    1,\n    2.50,\n    \"x \\\" , {\"\n  ],\n  \"e\": {},\n  \"l\": []\n}\n"
        );
        assert_eq!(compact(&wide), small);
    }

    #[test]
    fn deep_nesting_stays_small() {
        let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
        let wide = pretty(&deep);
        assert!(wide.len() < deep.len() + 4_000, "{} bytes", wide.len());
        assert_eq!(compact(&wide), deep);
    }

    #[test]
    fn an_escaped_backslash_before_u0000_is_no_nul() {
        assert!(has_nul(r#""a\u0000""#));
        assert!(has_nul(r#""\\\u0000""#));
        assert!(!has_nul(r#""\\u0000""#));
    }
}
