//! One row for each rule that looks at a text: what it hits, what only looks like it, and what a quick fix makes of it.

use super::{
    fix::{FixSelection, fix},
    tests::{step, walkthrough},
    *,
};
use crate::edit::{self, Draft};

pub(super) struct Row {
    pub(super) rule: &'static str,
    pub(super) hits: &'static [&'static str],
    pub(super) misses: &'static [&'static str],
    /// A text before and after.
    fixes: &'static [(&'static str, &'static str)],
}

pub(super) const TABLE: [Row; 11] = [
    Row { rule: "L010", hits: &["a\0b"], misses: &["a\\0b"], fixes: &[("a\0\0b\0", "ab")] },
    Row {
        rule: "L020",
        hits: &["</content_for_user>", "<context_for_agent purpose=\"x\">", "`<operations_for_agent>`"],
        misses: &["<content_for_users>", "content_for_user"],
        fixes: &[],
    },
    Row {
        rule: "L021",
        hits: &["in\u{200B}visible", "right \u{202E}to left", "a\u{200D}b", "\u{FEFF}a"],
        misses: &["family: \u{1F469}\u{200D}\u{1F467}", "ن\u{200C}ا", "ä"],
        fixes: &[("\u{1F600}in\u{200B}vis\u{200B}\u{200D}ible\u{FEFF}", "\u{1F600}invisible")],
    },
    Row {
        rule: "L022",
        hits: &["<!-- hidden -->", "a <!-- b", "<!-->"],
        misses: &["`<!-- a -->`", "```html\n<!-- a -->\n```", "a <- b -->"],
        fixes: &[
            ("a <!-- b --> c", "a  c"),
            ("a\n<!-- b\nc -->\nd", "a\nd"),
            ("<!-- a --><!-- b -->x", "x"),
            ("<!--> a", " a"),
            ("<<!-- a -->!-- b -->", ""),
        ],
    },
    Row {
        rule: "L023",
        hits: &["# Title\\n\\nText", "a\\r\\nb", "C:\nx\\ny"],
        misses: &["printf `a\\n`", "```c\n\"a\\n\"\n```", "Open C:\\network\\new", "Open (C:\\new)"],
        fixes: &[("# A\\n\\nB \u{1F600}\\nC", "# A\n\nB \u{1F600}\nC"), ("a\\r\\nb", "a\nb")],
    },
    Row {
        rule: "L024",
        hits: &["Dear {{ name }}", "{% if x %}", "Set ${HOME}"],
        misses: &["Set `${HOME}`", "{ a }", "$HOME", "{{ a", "```sh\n${HOME}\n```"],
        fixes: &[],
    },
    Row {
        rule: "L025",
        hits: &["AKIAZ7Q4LM2NPX9R3STU", "postgres://app:Tr0ub4dor@db.internal/app"],
        misses: &["sk-your-api-key-goes-here-123456", "postgres://user:password@localhost/db"],
        fixes: &[],
    },
    Row {
        rule: "L026",
        hits: &["```\na\n```", "~~~\na\n~~~", "- a\n\n  ```\n  b\n  ```", "````\n```\n````", "```"],
        misses: &["```sh\na\n```", "    indented", "``` `a` ```", "`a`", "```{.sh}\na\n```"],
        fixes: &[
            ("```\na\n```\n\n~~~~ \nb\n~~~~", "```text\na\n```\n\n~~~~text \nb\n~~~~"),
            ("> ```\n> a\n> ```", "> ```text\n> a\n> ```"),
        ],
    },
    Row {
        rule: "L027",
        hits: &["# A\n\n### B", "A\n=\n\n### B", "## A\n# B\n#### C"],
        misses: &["# A\n## B\n### C\n# D", "### A\n## B\n# C", "# A\n\n```text\n### b\n```", "## A\n## B"],
        fixes: &[
            ("# A\n### B\n#### C\n### D\n## E", "# A\n## B\n### C\n## D\n## E"),
            ("# A\n  #### B ####", "# A\n  ## B ####"),
        ],
    },
    Row {
        rule: "L028",
        hits: &["[a](./b.md)", "![a](images/b.png)", "[a][1]\n\n[1]: ../b", "[a](/b)", "[a]()", "[a](//b.example)"],
        misses: &[
            "[a](https://b.example)",
            "[a](mailto:a@b.example)",
            "<https://b.example>",
            "[a](#b)",
            "`[a](b)`",
            "[a](vscode://file/b)",
            "a[0](b",
        ],
        fixes: &[],
    },
    Row {
        rule: "L029",
        hits: &[
            "TODO: write",
            "The port is TBD.",
            "Lorem ipsum dolor",
            "Hello <your name>",
            "Call XXX now",
            "<YOUR_KEY>",
        ],
        misses: &[
            "a todo list",
            "TODOS",
            "`TODO`",
            "`<your-key>`",
            "192.168.xxx.xxx",
            "size xxx-large",
            "<yours>",
            "your name",
            "axxx",
            "sk-xxxx",
        ],
        fixes: &[],
    },
];

fn found_in(text: &str) -> Vec<Finding> {
    lint(&walkthrough(vec![step("wts_1", text)]), &LintContext::default())
}

pub(super) fn fixed(before: &Walkthrough, rule: &str) -> Walkthrough {
    let selection = FixSelection { rule: Some(rule.to_owned()), ..FixSelection::default() };
    let mut draft = Draft { walkthrough: before.clone(), trashed_at: None };
    if let Some(edit) = fix(before, &LintContext::default(), &selection) {
        let inverse = edit::apply(&mut draft, &edit).expect("a fix applies");
        let mut undone = draft.clone();
        edit::apply(&mut undone, &inverse).expect("a fix can be taken back");
        assert_eq!(undone.walkthrough, *before, "undoing a fix restores every byte");
    }
    draft.walkthrough
}

#[test]
fn each_rule_hits_and_misses_and_its_fix_lints_clean() {
    for Row { rule, hits, misses, fixes } in TABLE {
        for hit in hits {
            let found = found_in(hit);
            assert!(found.iter().any(|finding| finding.rule == rule), "{rule} misses {hit:?}");
        }
        for miss in misses {
            let found = found_in(miss);
            assert!(found.iter().all(|finding| finding.rule != rule), "{rule} hits {miss:?}");
        }
        for (before, after) in fixes {
            let draft = fixed(&walkthrough(vec![step("wts_1", before)]), rule);
            assert_eq!(draft.steps[0].content_fields.text(Field::ContentForUser), Some(*after), "{rule}");
            assert!(found_in(after).iter().all(|finding| finding.rule != rule), "{rule} stays in {after:?}");
        }
        let can_fix = rules::find(rule).expect("a rule").fix.is_some();
        assert_eq!(can_fix, !fixes.is_empty(), "{rule} says whether it can be fixed");
    }
}

#[test]
fn titles_are_trimmed() {
    let mut draft = walkthrough(vec![step("wts_1", "a")]);
    draft.title = " Test".to_owned();
    draft.steps[0].title = "Install\t".to_owned();
    assert_eq!(lint(&draft, &LintContext::default()).len(), 2);
    let draft = fixed(&draft, "L011");
    assert_eq!((draft.title.as_str(), draft.steps[0].title.as_str()), ("Test", "Install"));
    assert_eq!(lint(&draft, &LintContext::default()), Vec::new());
}

#[test]
fn many_places_are_one_finding_and_one_change() {
    let text = "a\\n".repeat(600);
    let found = found_in(&text);
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("600 times"), "{}", found[0].message);
    assert_eq!(found[0].others.len(), 500);
    assert_eq!(found[0].fix.as_ref().map(|fix| fix.edits.len()), Some(1));
    let draft = fixed(&walkthrough(vec![step("wts_1", &text)]), "L023");
    assert_eq!(draft.steps[0].content_fields.text(Field::ContentForUser), Some("a\n".repeat(600).as_str()));
}
