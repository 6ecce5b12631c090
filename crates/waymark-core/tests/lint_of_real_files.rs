//! What lint says about real exports, where they are at hand. Each finding was looked at, and the reason why it is true
//! stands beside it: a rule that finds more there, or less, has to be looked at again.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use waymark_core::{
    edit::{self, Draft},
    format::json,
    lint::{
        self, Finding, LintContext,
        dictionary::{Dictionary, Spelling},
        fix::{FixSelection, fix},
    },
    walkthrough::Walkthrough,
};

/// File, step, rule, field (or other part: their titles and descriptions were looked at too, and have nothing), and why it is
/// true.
type Reviewed = (&'static str, usize, &'static str, &'static str, &'static str);

const BUN: &str = "bun-quickstart-walkthrough.json";
const STARTED: &str = "nextjs-getting-started-walkthrough.json";
const LIST: &str = "nextjs-installation-bare-list.json";

const REVIEWED: [Reviewed; 13] = [
    (BUN, 1, "L015", "", "It welcomes and explains; nothing says what ends it."),
    (BUN, 4, "L015", "", "The files are shown, and nothing says what the user should have understood."),
    (BUN, 7, "L015", "", "A package is installed and used, and no result is named that ends the step."),
    (BUN, 10, "L015", "", "Variables are shown, and nothing says what the user should have seen working."),
    (BUN, 10, "L026", "operations_for_agent", "The block with the settings file has three bare backticks."),
    (STARTED, 1, "L023", "content_for_user", "The whole text is one line with backslashes where breaks were meant."),
    (STARTED, 1, "L023", "operations_for_agent", "Its four numbered points stand in one line, for the same reason."),
    (STARTED, 3, "L015", "", "Folders are explained one after the other, without an end."),
    (STARTED, 5, "L015", "", "An edit is made, and whether the browser has to show it is not said."),
    (
        STARTED,
        9,
        "L044",
        "operations_for_agent",
        "The last point ends in `etc.`: which other folders, the agent has to guess.",
    ),
    (LIST, 3, "L015", "", "The same text as in the file above."),
    (LIST, 5, "L015", "", "The same text as in the file above."),
    (LIST, 9, "L044", "operations_for_agent", "The same text as in the file above."),
];

fn random(length: usize) -> Vec<u8> {
    static SEED: AtomicU64 = AtomicU64::new(1);
    let byte = |_| (SEED.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u8;
    (0..length).map(byte).collect()
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn read(name: &str) -> Option<Walkthrough> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/walkthroughs");
    let Ok(text) = fs::read_to_string(folder.join(name)) else {
        eprintln!("Skipped: there are no real files beside this checkout.");
        return None;
    };
    Some(json::read(&text, "Bare list", random).expect("a real file is read").walkthrough)
}

fn place(walkthrough: &Walkthrough, finding: &Finding) -> (usize, String, String) {
    let step = finding.step_id.as_ref().and_then(|id| walkthrough.step_index(id).ok()).map_or(0, |index| index + 1);
    (step, finding.rule.clone(), finding.part().map_or("", |part| part.name()).to_owned())
}

#[test]
fn real_files_give_exactly_the_findings_that_were_reviewed() {
    for name in [BUN, STARTED, LIST] {
        let Some(walkthrough) = read(name) else {
            return;
        };
        let found = lint::lint(&walkthrough, &LintContext::default());
        let mut found: Vec<_> = found.iter().map(|finding| place(&walkthrough, finding)).collect();
        found.sort();
        let reviewed = REVIEWED.iter().filter(|(file, ..)| *file == name);
        let reviewed: Vec<_> =
            reviewed.map(|(_, step, rule, field, _)| (*step, (*rule).to_owned(), (*field).to_owned())).collect();
        assert_eq!(found, reviewed, "{name}");
    }
}

#[test]
fn quick_fixes_of_real_files_lint_clean_afterwards_and_can_be_taken_back() {
    for name in [BUN, STARTED, LIST] {
        let Some(walkthrough) = read(name) else {
            return;
        };
        let mut draft = Draft { walkthrough: walkthrough.clone(), trashed_at: None };
        let Some(edit) = fix(&walkthrough, &LintContext::default(), &FixSelection::default()) else {
            continue;
        };
        let inverse = edit::apply(&mut draft, &edit).expect("a fix applies");
        let left = lint::lint(&draft.walkthrough, &LintContext::default());
        assert!(left.iter().all(|finding| finding.fix.is_none()), "{name}: {left:?}");
        edit::apply(&mut draft, &inverse).expect("a fix can be taken back");
        assert_eq!(draft.walkthrough, walkthrough, "{name}");
    }
}

/// File, step, field, word, and why it is unknown rightly.
type Word = (&'static str, usize, &'static str, &'static str, &'static str);

const UNKNOWN: [Word; 8] = [
    (
        BUN,
        5,
        "context_for_agent",
        "scriptname",
        "Two words in one, standing for a name that the user chooses: code, without its marks.",
    ),
    (
        BUN,
        7,
        "operations_for_agent",
        "figlet",
        "The name of a package, without the marks of code: an own word, if it is to stay.",
    ),
    (STARTED, 2, "content_for_user", "turbopach", "A slip: the tool's name ends in k."),
    (
        STARTED,
        2,
        "operations_for_agent",
        "Turbopack",
        "A name at the start of a sentence, which no dictionary has: an own word.",
    ),
    (STARTED, 4, "content_for_user", "whichwill", "A space is missing between two words."),
    (
        STARTED,
        10,
        "operations_for_agent",
        "Vercel",
        "A name at the start of a sentence, which no dictionary has: an own word.",
    ),
    (LIST, 2, "operations_for_agent", "Turbopack", "The same text as in the file above."),
    (LIST, 10, "operations_for_agent", "Vercel", "The same text as in the file above."),
];

#[test]
fn real_files_have_exactly_the_unknown_words_that_were_reviewed() {
    let dictionary = Arc::new(Dictionary::english());
    for name in [BUN, STARTED, LIST] {
        let Some(walkthrough) = read(name) else {
            return;
        };
        let spelling =
            Spelling { language: "en".to_owned(), dictionary: Some(dictionary.clone()), ..Spelling::default() };
        let context = LintContext { spelling: Some(spelling), ..LintContext::default() };
        let found = lint::lint(&walkthrough, &context)
            .into_iter()
            .filter(|found| matches!(found.rule.as_str(), "L050" | "L051"));
        let mut found: Vec<_> = found
            .map(|found| {
                let (step, _, field) = place(&walkthrough, &found);
                (step, field, found.subject.unwrap_or_default())
            })
            .collect();
        found.sort();
        let reviewed = UNKNOWN.iter().filter(|(file, ..)| *file == name);
        let reviewed: Vec<_> =
            reviewed.map(|(_, step, field, word, _)| (*step, (*field).to_owned(), (*word).to_owned())).collect();
        assert_eq!(found, reviewed, "{name}");
    }
}
