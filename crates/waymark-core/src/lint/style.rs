//! Prose that an agent reads wrongly, or a person with effort. Few rules, in groups that a library can switch off; each is
//! only a note. All but two judge English alone.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    lint::{
        Findings,
        findings::Hit,
        reading::{Kind, MARK, Passage, Reading, THING},
        rules,
    },
};

/// Words in a sentence from which on it is hard to follow.
const SENTENCE_MAX: usize = 45;

/// Rules that are switched on and off together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Words that are there twice or say little.
    Wording,
    /// Sentences that are too long.
    Sentences,
    /// Link texts that do not say where they lead.
    LinkTexts,
    /// Capitals that shout.
    Tone,
    /// Instructions that leave an agent guessing.
    Instructions,
    /// Unknown words.
    Spelling,
}

impl Group {
    /// All of them, in the order of their rules.
    pub const ALL: [Group; 6] =
        [Group::Wording, Group::Sentences, Group::LinkTexts, Group::Tone, Group::Instructions, Group::Spelling];

    /// The name that scripts use.
    pub fn name(self) -> &'static str {
        match self {
            Group::Wording => "wording",
            Group::Sentences => "sentences",
            Group::LinkTexts => "link_texts",
            Group::Tone => "tone",
            Group::Instructions => "instructions",
            Group::Spelling => "spelling",
        }
    }

    /// The group with this name.
    pub fn find(name: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.name() == name)
    }
}

/// One field's text.
pub fn check(findings: &mut Findings<'_>, text: &str, reading: &Reading, is_english: bool) {
    if findings.has(rules::REPEATED_WORD) {
        let hits = each(reading, repeated);
        findings.add_hits(rules::REPEATED_WORD, text, hits, "has a word twice in a row", "Delete one of them.");
    }
    if findings.has(rules::LONG_SENTENCE) {
        let hits = each(reading, long_sentences);
        let hint = "Make two or three of it: agents lose conditions in long sentences, and so do people.";
        findings.add_hits(rules::LONG_SENTENCE, text, hits, "has a sentence of more than 45 words", hint);
    }
    if !is_english {
        return;
    }
    if findings.has(rules::LINK_TEXT) {
        let hits = reading.links.iter().filter(|link| says_nothing(&reading.mask[link.words.clone()]));
        let hits = hits.map(|link| Hit::at(link.words.clone())).collect();
        let hint = "Name what it leads to: an agent reads links aloud, or out of their sentence.";
        findings.add_hits(rules::LINK_TEXT, text, hits, "has a link whose text says nothing", hint);
    }
    if findings.has(rules::SHOUTING) {
        let hits = each(reading, shouted);
        let hint = "Write it as a sentence, with one word in bold if it must stand out.";
        findings.add_hits(rules::SHOUTING, text, hits, "shouts in capitals", hint);
    }
    if findings.has(rules::WORDY) {
        let hits = each(reading, wordy);
        findings.add_hits(rules::WORDY, text, hits, "says with several words what one says", "Use the short form.");
    }
    if findings.field == Some(Field::OperationsForAgent) && findings.has(rules::VAGUE) {
        instructions(findings, text, reading);
    }
}

/// What is asked of the agent.
fn instructions(findings: &mut Findings<'_>, text: &str, reading: &Reading) {
    let vague: Vec<Hit> = each(reading, |masked, _| matches(&VAGUE, masked));
    if let Some(first) = vague.first() {
        let what = format!("leaves it open with `{}`", &text[first.range.clone()]);
        let hint = "Say which, when, or how many: the agent decides anew each time otherwise.";
        findings.add_hits(rules::VAGUE, text, vague, &what, hint);
    }
    let hits = each(reading, |masked, passage| {
        let is_start = |hit: &Hit| passage.kind == Kind::Item && masked[..hit.range.start].chars().all(is_mark);
        matches(&PRONOUN, masked).into_iter().filter(is_start).collect()
    });
    let hint = "Name what is meant: an agent takes points one by one.";
    findings.add_hits(rules::PRONOUN, text, hits, "begins an instruction with a word that points elsewhere", hint);
    let hits = each(reading, |masked, _| matches(&PASSIVE, masked));
    let hint =
        "Say whether the agent does it or the user, e.g. `Create the file` or `Ask the user to create the file`.";
    findings.add_hits(rules::PASSIVE, text, hits, "does not say who is to do it", hint);
}

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("BUG: a pattern of ours"));
    };
}

pattern!(WORD, r"[\p{L}\p{N}'’]+");
pattern!(SENTENCE_END, r#"[.!?]["'”’)\x02]*(\s|$)"#);
pattern!(CAPITALS, r"\b\p{Lu}[\p{Lu}'’]+(?:[\s\x02,]+\p{Lu}[\p{Lu}'’]+){2,}\b");
pattern!(
    VAGUE,
    r"(?i)\b(?:as appropriate|where applicable|if applicable|as applicable|and so on|and so forth|somehow|some kind of|in some cases|in certain cases|and/or)\b|\betc\b\.?"
);
pattern!(PRONOUN, r"\b(?:It|This|That|They|These|Those)[\s\x02]+(?:should|must|needs?|has|have|can|will|is|are|may)\b");
pattern!(
    PASSIVE,
    r"(?i)\b(?:should|must|(?:needs?|has|have) to)\s+(?:then |first |also |always |not |never )?be\s+(?:done|made|given|taken|shown|told|written|chosen|run|set|put|sent|asked|created|checked|verified|confirmed|installed|updated|deleted|removed|added|started|stopped|executed|performed|completed|displayed|opened|closed|copied|moved|renamed|replaced|edited|saved|tested|reviewed)\b"
);
pattern!(
    WORDY,
    r"(?i)\b(?:in order to|will be able to|due to the fact that|at this point in time|for the purpose of|in the event that|make use of|makes use of|making use of|utilize|utilizes|utilizing|prior to)\b"
);

const SHORT: [(&str, &str); 13] = [
    ("in order to", "to"),
    ("will be able to", "can"),
    ("due to the fact that", "because"),
    ("at this point in time", "now"),
    ("for the purpose of", "for"),
    ("in the event that", "if"),
    ("make use of", "use"),
    ("makes use of", "uses"),
    ("making use of", "using"),
    ("utilize", "use"),
    ("utilizes", "uses"),
    ("utilizing", "using"),
    ("prior to", "before"),
];

/// What every passage has, as places of the whole text.
fn each(reading: &Reading, find: impl Fn(&str, &Passage) -> Vec<Hit>) -> Vec<Hit> {
    let moved = |passage: &Passage| {
        let at = passage.range.start;
        let mut hits = find(reading.masked(passage), passage);
        for hit in &mut hits {
            let shift = |range: &Range<usize>| at + range.start..at + range.end;
            hit.range = shift(&hit.range);
            if let Some(mend) = &mut hit.mend {
                mend.range = shift(&mend.range);
            }
        }
        hits
    };
    reading.passages.iter().flat_map(moved).collect()
}

fn matches(pattern: &Regex, masked: &str) -> Vec<Hit> {
    pattern.find_iter(masked).map(|found| Hit::at(found.range())).collect()
}

fn is_mark(c: char) -> bool {
    c == MARK || c.is_whitespace()
}

/// Words that stand twice in a row, and may not.
fn repeated(masked: &str, _: &Passage) -> Vec<Hit> {
    const MAY: [&str; 5] = ["that", "had", "bye", "very", "blah"];
    let mut hits = Vec::new();
    let mut before: Option<Range<usize>> = None;
    for word in WORD.find_iter(masked) {
        if let Some(before) = before.replace(word.range()) {
            let (first, between) = (&masked[before.clone()], &masked[before.end..word.start()]);
            let is_plain = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
            let is_twice = is_plain(first) && first.to_lowercase() == word.as_str().to_lowercase();
            // A capital makes the second a name: `Run run`.
            let is_same = is_twice && !word.as_str().starts_with(char::is_uppercase);
            let is_joined = masked[word.end()..].starts_with(['-', '_', '/', THING])
                || masked[..before.start].ends_with(['-', '_', '/', THING]);
            let is_next = !between.is_empty() && between.chars().all(char::is_whitespace);
            if is_same && is_next && !is_joined && !MAY.contains(&first.to_lowercase().as_str()) {
                hits.push(Hit::replaced(before.end..word.end(), ""));
            }
        }
    }
    hits
}

fn long_sentences(masked: &str, passage: &Passage) -> Vec<Hit> {
    if matches!(passage.kind, Kind::Cell | Kind::Heading) {
        return Vec::new();
    }
    let mut hits = Vec::new();
    let mut at = 0;
    let ends = SENTENCE_END.find_iter(masked).map(|end| end.end()).chain([masked.len()]);
    for end in ends {
        let sentence = &masked[at..end];
        if sentence.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() > SENTENCE_MAX {
            let start = at + sentence.len() - sentence.trim_start_matches(is_mark).len();
            hits.push(Hit::at(start..at + sentence.trim_end().len()));
        }
        at = end;
    }
    hits
}

fn says_nothing(words: &str) -> bool {
    const NOTHING: [&str; 9] =
        ["here", "click here", "this", "this link", "link", "read more", "this page", "more", "click this link"];
    let words: String = words.chars().filter(|c| *c != MARK).collect();
    NOTHING.contains(&words.trim().trim_end_matches(['.', '!']).to_lowercase().as_str())
}

/// Three words and more in capitals, with at least one that is no abbreviation.
fn shouted(masked: &str, passage: &Passage) -> Vec<Hit> {
    const PLAIN: [&str; 24] = [
        "THE", "NOT", "DO", "YOU", "YOUR", "MUST", "NEVER", "ALWAYS", "THIS", "THAT", "ALL", "ANY", "BEFORE", "AFTER",
        "WITH", "WITHOUT", "AND", "IS", "ARE", "WILL", "TO", "ONLY", "STEP", "USER",
    ];
    if passage.kind == Kind::Heading {
        return Vec::new();
    }
    let is_shout = |hit: &Hit| WORD.find_iter(&masked[hit.range.clone()]).any(|word| PLAIN.contains(&word.as_str()));
    matches(&CAPITALS, masked).into_iter().filter(is_shout).collect()
}

fn wordy(masked: &str, _: &Passage) -> Vec<Hit> {
    let hits = WORDY.find_iter(masked).map(|found| {
        let lower = found.as_str().to_lowercase();
        let short = SHORT.iter().find(|(long, _)| *long == lower).map_or("", |(_, short)| *short);
        let is_capital = found.as_str().starts_with(char::is_uppercase);
        let mut insert = short.to_owned();
        if is_capital {
            insert[..1].make_ascii_uppercase();
        }
        Hit::replaced(found.range(), insert)
    });
    hits.collect()
}
