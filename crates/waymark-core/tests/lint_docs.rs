//! `docs/lint.md` is what the rules are. `WAYMARK_UPDATE=1 cargo test -p waymark-core --test lint_docs` writes it anew.

use std::{fmt::Write, fs, path::Path};

use waymark_core::lint::{Severity, rules::RULES};

const HEAD: &str = "\
# Lint

What can be wrong with a walkthrough before an agent stumbles over it. Written from the rules by
`WAYMARK_UPDATE=1 cargo test -p waymark-core --test lint_docs`; change the rules, not this file.

- **Error**: blocks publishing where production does not have it already. **Warning**: should be mended. **Info**: worth knowing;
  not counted as a problem.
- Numbers are stable. A rule finds at most one thing in each field of a step, with all its places (line, column, and UTF-16
  range inside the field).
- Code, in a block or between backticks, is left alone where prose is meant.
- A **quick fix** is an edit like any other: one undo takes it back, also for `Fix all of this kind` and `waymark lint --fix`.
- A finding that does not matter is **silenced** with a reason, in `metadata.waymark.silenced` of the step or of the whole
  walkthrough: `[{\"rule\": \"L029\", \"reason\": \"…\"}]`. It is told apart from then on. L010 cannot be silenced: the database
  refuses such a text.
- `waymark lint [--format text|json|sarif] [--fix]` exits with 1 when there is an error among the findings.

| rule | severity | what | why | quick fix |
| --- | --- | --- | --- | --- |
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
        writeln!(page, "| {id} | {severity} | {name} | {explanation} | {fix} |").expect("a string takes it");
    }
    page
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
