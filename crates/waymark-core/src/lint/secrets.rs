//! Texts that look like credentials. Placeholders that only have their shape are let through.

/// A kind of credential: what it begins with, and how many characters must follow at least.
struct Kind {
    prefix: &'static str,
    tail: usize,
    name: &'static str,
}

const KINDS: [Kind; 14] = [
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

/// The first likely secret: where, and what it looks like.
pub fn find(text: &str) -> Option<(usize, &'static str)> {
    let keys = KINDS.iter().filter_map(|kind| find_kind(text, kind).map(|at| (at, kind.name)));
    let private_key = find_private_key(text).map(|at| (at, "a private key"));
    let url = find_url_password(text).map(|at| (at, "a password in a URL"));
    keys.chain(private_key).chain(url).min_by_key(|(at, _)| *at)
}

fn find_kind(text: &str, kind: &Kind) -> Option<usize> {
    text.match_indices(kind.prefix).map(|(at, _)| at).find(|at| {
        let is_word_start = !text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let tail = &text[at + kind.prefix.len()..];
        let length = tail.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')));
        let tail = &tail[..length.unwrap_or(tail.len())];
        is_word_start && tail.len() >= kind.tail && is_random(tail)
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

fn find_private_key(text: &str) -> Option<usize> {
    let at = text.find("-----BEGIN ")?;
    let line = text[at..].lines().next().unwrap_or_default();
    line.contains("PRIVATE KEY-----").then_some(at)
}

fn find_url_password(text: &str) -> Option<usize> {
    text.match_indices("://").map(|(at, _)| at).find(|at| {
        let authority = &text[at + 3..];
        let end = authority.find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>' | ')'));
        let authority = &authority[..end.unwrap_or(authority.len())];
        let password = authority.rsplit_once('@').and_then(|(credentials, _)| credentials.split_once(':'));
        password.is_some_and(|(_, password)| is_password(password))
    })
}

fn is_password(password: &str) -> bool {
    let lower = password.to_ascii_lowercase();
    let is_placeholder = ["pass", "pw", "secret", "your", "example", "postgres", "xxx", "***"];
    !password.is_empty()
        && !password.starts_with(['$', '<', '{', '[', '%'])
        && !is_placeholder.iter().any(|word| lower.contains(word))
}
