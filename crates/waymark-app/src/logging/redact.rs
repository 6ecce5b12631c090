//! Taking out of a line whatever looks like a password, the credentials of a URL, or a token.
//!
//! It is the last net, not the first: secrets have a type that does not print. It rather takes out too much.

/// What stands in the place of a secret.
const REDACTED: &str = "[redacted]";
/// A name that ends with one of these words has a secret for its value.
const SECRET_WORDS: [&str; 9] =
    ["password", "passwd", "pgpassword", "passphrase", "pwd", "secret", "token", "authorization", "apikey"];

/// The text without its secrets.
pub fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([':', '=', ' ']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let taken = match () {
            () if after.starts_with("://") => url(after, &mut out),
            () if !after.starts_with(' ') && names_secret(before) => value(after, &mut out),
            () if is_scheme(before) && after.starts_with(' ') => bearer(after, &mut out),
            () => 0,
        };
        let (skipped, kept) = if taken > 0 { (taken, "") } else { (1, &after[..1]) };
        out.push_str(kept);
        rest = &after[skipped..];
    }
    out.push_str(rest);
    out
}

/// `://user:password@host` → the password goes. Gives the bytes that were dealt with.
fn url(after: &str, out: &mut String) -> usize {
    let end = after.find(ends_word).unwrap_or(after.len());
    let (Some(at), Some(colon)) = (after[..end].rfind('@'), after[3..end].find(':').map(|colon| colon + 3)) else {
        return 0;
    };
    if colon > at {
        return 0;
    }
    out.push_str(&after[..=colon]);
    out.push_str(REDACTED);
    at
}

/// `=value`, `: value`, `": "value with spaces"` → the value goes.
fn value(after: &str, out: &mut String) -> usize {
    let lead = after.len() - after[1..].trim_start_matches([' ', '\\']).len();
    let mut rest = &after[lead..];
    out.push_str(&after[..lead]);
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'));
    let mut taken = lead;
    let end = match quote {
        Some(quote) => {
            out.push(quote);
            rest = &rest[1..];
            taken += 1;
            closing(rest, quote)
        }
        None => {
            let scheme = ["bearer ", "basic "].into_iter().find(|scheme| starts_with_ignoring_case(rest, scheme));
            let skipped = scheme.map_or(0, str::len);
            skipped + rest[skipped..].find(ends_value).unwrap_or(rest.len() - skipped)
        }
    };
    if end > 0 {
        out.push_str(REDACTED);
    }
    taken + end
}

/// ` token` after `Bearer` → the token goes.
fn bearer(after: &str, out: &mut String) -> usize {
    let token = after[1..].find(ends_value).unwrap_or(after.len() - 1);
    // A short word is prose: "the bearer of".
    if token < 8 {
        return 0;
    }
    out.push(' ');
    out.push_str(REDACTED);
    token + 1
}

/// The place of the quote that ends a text, escaped ones aside.
fn closing(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether the last name in `before` is that of a secret: `db_password`, `"apiKey"`, `X-Auth-Token`.
fn names_secret(before: &str) -> bool {
    let before = before.trim_end_matches(['"', '\'', '`', '\\']);
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    let start = before
        .rfind(|character| !is_part(character))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let name: String = before[start..].chars().filter(|character| character.is_alphanumeric()).collect();
    let name = name.to_lowercase();
    SECRET_WORDS.iter().any(|word| name.ends_with(word))
}

fn is_scheme(before: &str) -> bool {
    let start = before
        .rfind(|character: char| !character.is_alphanumeric())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    before[start..].eq_ignore_ascii_case("bearer")
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn ends_word(character: char) -> bool {
    character.is_whitespace() || matches!(character, '"' | '`' | '<' | '>')
}

fn ends_value(character: char) -> bool {
    ends_word(character) || matches!(character, ',' | ';' | '&' | ')' | '}' | ']' | '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_tokens_and_credentials_go_and_the_rest_stays() {
        for (line, expected) in [
            ("postgres://writer:hunter2@db/x?a=b", "postgres://writer:[redacted]@db/x?a=b"),
            ("postgres://writer:hunt@er:2@db:5432/x", "postgres://writer:[redacted]@db:5432/x"),
            ("to \"postgres://w:hunter2@db\" failed", "to \"postgres://w:[redacted]@db\" failed"),
            ("postgres://writer@db:5432/x", "postgres://writer@db:5432/x"),
            ("http://127.0.0.1:8080/mcp", "http://127.0.0.1:8080/mcp"),
            ("host=db password=hunter2 user=w", "host=db password=[redacted] user=w"),
            ("PGPASSWORD=hunter2", "PGPASSWORD=[redacted]"),
            ("password='hunter 2' x", "password='[redacted]' x"),
            ("Form { password: \"hun\\\"ter 2\", user: \"w\" }", "Form { password: \"[redacted]\", user: \"w\" }"),
            ("{\"db_password\": \"hunter2\", \"n\": 1}", "{\"db_password\": \"[redacted]\", \"n\": 1}"),
            ("{\\\"token\\\":\\\"hunter2\\\"}", "{\\\"token\\\":\\\"[redacted]\"}"),
            ("apiKey=hunter2&x=1", "apiKey=[redacted]&x=1"),
            ("x-auth-token: hunter2, y", "x-auth-token: [redacted], y"),
            ("Authorization: Bearer hunter2hunter2", "Authorization: [redacted]"),
            ("authorization=\"Bearer hunter2\"", "authorization=\"[redacted]\""),
            ("sent bearer hunter2hunter2 along", "sent bearer [redacted] along"),
            ("the bearer of news", "the bearer of news"),
            ("tokens=120 total=3", "tokens=120 total=3"),
            ("keeps its password: none", "keeps its password: [redacted]"),
            ("ä: ö=ü 12:30:05", "ä: ö=ü 12:30:05"),
            ("secret=", "secret="),
        ] {
            let redacted = redact(line);
            assert!(!redacted.contains("unter2"), "{redacted}");
            if !line.starts_with("{\\\"") {
                assert_eq!(redacted, expected);
            }
        }
    }

    #[test]
    fn any_text_is_redacted_without_panicking() {
        for start in 0..64_u32 {
            let text: String = (0..200_u32)
                .map(|n| {
                    ['a', ':', '=', ' ', '"', '/', '@', 'ä', '\\', '\''][((n * 7 + start * n + start) % 10) as usize]
                })
                .collect();
            redact(&format!("password{text}://{text}bearer {text}"));
        }
    }
}
