//! `docs/lint.md` is what the rules are. `WAYMARK_UPDATE=1 cargo test -p waymark-core --test lint_docs` writes it anew.

use std::{fmt::Write, fs, path::Path};

use waymark_core::lint::{
    Severity,
    rules::{Example, RULES},
};

const HEAD: &str = "\
# Lint

What can be wrong with a walkthrough before an agent stumbles over it. Written from the rules by
`WAYMARK_UPDATE=1 cargo test -p waymark-core --test lint_docs`; change the rules, not this file.

- **Error**: blocks publishing where production does not have it already. **Warning**: should be mended. **Info**: worth knowing;
  not counted as a problem.
- Numbers are stable. A rule finds at most one thing in each field of a step, with all its places (line, column, and UTF-16
  range inside the field).
- L010 and L020 to L025 and L029 look at titles, descriptions, the names of sections, quizzes (questions, answers, explanations) and
  certificates too, and find at most one thing in each of these parts. `slot` names the text, such as
  `{\"slot\": \"answer\", \"question\": 0, \"answer\": 2}`, from 0. Where a text is one line, its fix puts blanks and no line breaks.
- Code, in a block or between backticks, is left alone where prose is meant.
- A **quick fix** is an edit like any other: one undo takes it back, also for `Fix all of this kind` and `waymark lint --fix`.
- A finding that does not matter is **silenced** with a reason, in `metadata.waymark.silenced` of the step or of the whole
  walkthrough: `[{\"rule\": \"L029\", \"reason\": \"…\"}]`, with `\"field\": \"content_for_user\"` for one of the four texts alone, or
  `\"part\": \"title\"` (`description`, `section`, `quiz`, `certificate`) for another part. It is told apart from then on. L010 cannot be
  silenced: the database refuses such a text.
- `waymark lint --silence RULE --reason TEXT WALKTHROUGH [--step N] [--field FIELD]` does the same from the command line, `--unsilence RULE` takes it back.
- `waymark lint [--format text|json|sarif] [--fix]` exits with 1 when there is an error among the findings.

## Prose and spelling

L040 to L051 are notes, in groups that a library can switch off (`waymark lint --off GROUP`, `--on GROUP`): `wording`,
`sentences`, `link_texts`, `tone`, `instructions`, `spelling`. Notes are not counted as problems. All of them read prose only: code,
addresses, identifiers, placeholders, HTML and front matter are left out; a word with a capital inside a sentence is taken for a name.

Spelling is judged by Hunspell dictionaries, the same on every system. US English comes with Waymark (npm `dictionary-en` 4.0.0, made
from SCOWL, MIT and BSD; its license is in `crates/waymark-core/dictionaries/en`). Other languages are imported:
`waymark lint --import-dictionary de de.aff de.dic`, `--remove-dictionary de`. A walkthrough says its language in its details, or with
`waymark lint --language CODE WALKTHROUGH` (`none` takes it away); where it says none it is the library's (`waymark lint --language CODE`). Own words
are kept for the whole library (`waymark lint --add-word WORD`, `--remove-word WORD`) or in the walkthrough: in its details, or with
`waymark lint --add-word WORD WALKTHROUGH`. How many tokens a step, the walkthrough and a field may have (L016 to L018) stands there too:
`waymark lint --token-budget N WALKTHROUGH`, `--walkthrough-token-budget N`, `--field-token-budget N`, or `default`. `waymark lint --words WALKTHROUGH`
lists all of it. It is kept in `metadata.waymark`, as `language`, `words`, `token_budget`, `walkthrough_token_budget` and `field_token_budget`.

Tokens are counted with a real tokenizer, `o200k_base` or `cl100k_base`: `Settings`, under `Lint`, or `waymark lint --tokenizer NAME`. It is
the same for the whole library, and its name stands wherever a number of tokens does.

## Links

`waymark lint --links`, and `Check links` in the window, ask every address on the web that a text leads to: `HEAD`, then `GET` where a
server does not like that, at most 2 requests at once for each host, up to 5 redirects, 10 seconds for each request, without cookies,
credentials or a proxy. Answers are kept for a day; what did not work is asked again each time. Addresses in private networks, on this
machine and in other reserved ranges are never asked, also not behind a redirect or a name that changes its mind: the address that was
judged is the one that is connected to. `--allow-private HOST` allows one host this time, `waymark lint --add-private-host HOST` always,
until `--remove-private-host HOST`.

All of this has its place in the window, too: `Settings`, under `Writing` and `Lint`, for the library that is open.

## Rules

| rule | severity | what | why | example | quick fix |
| --- | --- | --- | --- | --- | --- |
";

fn page() -> String {
    let mut page = HEAD.to_owned();
    for rule in RULES {
        let severity = match rule.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Info => "Info",
        };
        let (id, name, explanation, fix) = (rule.id, rule.name, rule.explanation, rule.fix.unwrap_or("–"));
        let example = match rule.example {
            Example::Text(text) => code(text),
            Example::Case(words) => words.to_owned(),
        };
        writeln!(page, "| {id} | {severity} | {name} | {explanation} | {example} | {fix} |")
            .expect("a string takes it");
    }
    page
}

/// A text on one line of a table, as code: line breaks and what nobody sees are named.
fn code(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => " ⏎ ".to_owned(),
        '\0' | '\u{200B}' => format!("⟨U+{:04X}⟩", u32::from(c)),
        other => other.to_string(),
    };
    format!("`` {} ``", text.chars().map(shown).collect::<String>())
}

#[test]
fn the_page_about_lint_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/lint.md");
    if std::env::var_os("WAYMARK_UPDATE").is_some() {
        fs::write(path, page()).expect("the page is written");
        return;
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == page(),
        "docs/lint.md is stale. Run `WAYMARK_UPDATE=1 cargo test -p waymark-core --test lint_docs` and commit it."
    );
}
