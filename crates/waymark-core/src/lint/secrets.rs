//! Texts that look like credentials. Placeholders that only have their shape are let through.

use std::ops::Range;

/// A kind of credential: what it begins with, and how many characters must follow at least.
struct Kind {
    prefix: &'static str,
    tail: usize,
    name: &'static str,
}

static KINDS: [Kind; 14] = [
    Kind { prefix: "AKIA", tail: 16, name: "an AWS access key" },
    Kind { prefix: "ASIA", tail: 16, name: "an AWS access key" },
    Kind { prefix: "ghp_", tail: 30, name: "a GitHub token" },
    Kind { prefix: "gho_", tail: 30, name: "a GitHub token" },
    Kind { prefix: "ghs_", tail: 30, name: "a GitHub token" },
    Kind { prefix: "github_pat_", tail: 30, name: "a GitHub token" },
    Kind { prefix: "glpat-", tail: 20, name: "a GitLab token" },
    Kind { prefix: "sk-", tail: 24, name: "an API key" },
    Kind { prefix: "sk_live_", tail: 20, name: "a Stripe key" },
    Kind { prefix: "xoxb-", tail: 20, name: "a Slack token" },
    Kind { prefix: "xoxp-", tail: 20, name: "a Slack token" },
    Kind { prefix: "AIza", tail: 35, name: "a Google API key" },
    Kind { prefix: "npm_", tail: 36, name: "an npm token" },
    Kind { prefix: "eyJ", tail: 60, name: "a JSON web token" },
];

/// Likely secrets of one kind that are told.
const TOLD_MAX: usize = 100;

/// The likely secrets: where, and what each looks like; in the order of the text.
pub fn find(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let keys = KINDS.iter().flat_map(|kind| of_kind(text, kind).take(TOLD_MAX).map(move |range| (range, kind.name)));
    let private_keys = private_keys(text).take(TOLD_MAX).map(|range| (range, "a private key"));
    let urls = url_passwords(text).take(TOLD_MAX).map(|range| (range, "a password in a URL"));
    let mut found: Vec<_> = keys.chain(private_keys).chain(urls).collect();
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn of_kind<'a>(text: &'a str, kind: &'static Kind) -> impl Iterator<Item = Range<usize>> + 'a {
    text.match_indices(kind.prefix).filter_map(move |(at, _)| {
        let is_word_start = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let tail = &text[at + kind.prefix.len()..];
        let length = tail.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')));
        let tail = &tail[..length.unwrap_or(tail.len())];
        let end = at + kind.prefix.len() + tail.len();
        (is_word_start && tail.len() >= kind.tail && is_random(tail)).then_some(at..end)
    })
}

/// Real keys mix letters and digits; `xxxx`, `your-api-key-goes-here` and `1234567890` do not look like it.
fn is_random(tail: &str) -> bool {
    let mut seen = [false; 128];
    tail.bytes().for_each(|byte| seen[usize::from(byte & 0x7F)] = true);
    let distinct = seen.iter().filter(|is_seen| **is_seen).count();
    let lower = tail.to_ascii_lowercase();
    let is_named = ["your", "example", "placeholder", "xxxx", "insert"].iter().any(|word| lower.contains(word));
    distinct >= 8
        && tail.bytes().any(|b| b.is_ascii_digit())
        && tail.bytes().any(|b| b.is_ascii_alphabetic())
        && !is_named
}

fn private_keys(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices("-----BEGIN ").filter_map(move |(at, _)| {
        let line = text[at..].lines().next().unwrap_or_default();
        line.contains("PRIVATE KEY-----").then_some(at..at + line.len())
    })
}

fn url_passwords(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices("://").filter_map(move |(at, mark)| {
        let authority = &text[at + mark.len()..];
        let end = authority.find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>' | ')'));
        let authority = &authority[..end.unwrap_or(authority.len())];
        let (credentials, _) = authority.rsplit_once('@')?;
        let (user, password) = credentials.split_once(':')?;
        let start = at + mark.len() + user.len() + 1;
        is_password(password).then_some(start..start + password.len())
    })
}

fn is_password(password: &str) -> bool {
    let lower = password.to_ascii_lowercase();
    let is_placeholder = ["pass", "pw", "secret", "your", "example", "postgres", "xxx", "***"];
    !password.is_empty()
        && !password.starts_with(['$', '<', '{', '[', '%'])
        && !is_placeholder.iter().any(|word| lower.contains(word))
}
