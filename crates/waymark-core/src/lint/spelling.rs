//! Words that are not in the dictionary of the text's language. Only prose is read; names, code, addresses and anything
//! that looks like an identifier are left alone.

use std::{
    collections::{BTreeMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

use regex::Regex;

use crate::{
    lint::{
        Findings,
        dictionary::{Dictionary, Spelling},
        findings::Hit,
        own,
        reading::{Kind, Passage, Reading},
        rules,
    },
    walkthrough::Walkthrough,
};

/// Words of one field that are told one by one.
const TOLD_MAX: usize = 200;
/// From this many unknown words on, a text of which they are half is taken to be in another language.
const FOREIGN_MIN: usize = 8;

/// What spelling is judged by in one walkthrough.
pub(super) struct Judge<'a> {
    spelling: &'a Spelling,
    own_words: HashSet<String>,
}

impl<'a> Judge<'a> {
    pub fn of(walkthrough: &Walkthrough, spelling: &'a Spelling) -> Self {
        Self { spelling, own_words: own::words(walkthrough).into_iter().collect() }
    }

    fn knows(&self, dictionary: &Dictionary, word: &str) -> bool {
        let is_own = |word: &str| self.own_words.contains(word) || self.spelling.own_words.contains(word);
        if is_own(word) || dictionary.knows(word) {
            return true;
        }
        let bare = word.strip_suffix("'s").unwrap_or(word);
        is_own(bare) || is_own(&bare.to_lowercase())
    }
}

/// The walkthrough itself: whether there is a dictionary for it.
pub(super) fn check_walkthrough(findings: &mut Findings<'_>, judge: &Judge<'_>) {
    if judge.spelling.dictionary.is_some() || findings.walkthrough.steps.is_empty() {
        return;
    }
    let language = &judge.spelling.language;
    let hint = format!(
        "Import one: `waymark lint --import-dictionary {language} FILE.aff FILE.dic`, or in the settings under Writing."
    );
    let message = format!("There is no dictionary for the language `{language}`, so that spelling is not checked.");
    findings.add(rules::NO_DICTIONARY, message, hint);
}

/// One field's text.
pub(super) fn check(findings: &mut Findings<'_>, judge: &Judge<'_>, text: &str, reading: &Reading) {
    let Some(dictionary) = &judge.spelling.dictionary else {
        return;
    };
    let mut seen: BTreeMap<&str, (bool, Vec<Range<usize>>)> = BTreeMap::new();
    let mut count = 0;
    for range in words(reading) {
        count += 1;
        let known = seen.entry(&text[range.clone()]);
        let known = known.or_insert_with_key(|word| (judge.knows(dictionary, &word.replace('’', "'")), Vec::new()));
        if !known.0 {
            known.1.push(range);
        }
    }
    let unknown: Vec<(&str, Vec<Range<usize>>)> =
        seen.into_iter().filter(|(_, (is_known, _))| !is_known).map(|(word, (_, places))| (word, places)).collect();
    let wrong: usize = unknown.iter().map(|(_, places)| places.len()).sum();
    if wrong >= FOREIGN_MIN && wrong * 2 > count {
        let what = format!("begins a text that does not look like `{}`", dictionary.language());
        let first = unknown.iter().flat_map(|(_, places)| places).min_by_key(|range| range.start).cloned();
        let hint = "Say in which language it is: in the walkthrough's details, or with `waymark lint --language CODE`.";
        findings.add_hits(rules::NO_DICTIONARY, text, first.map(Hit::at).into_iter().collect(), &what, hint);
        return;
    }
    let mut unknown = unknown;
    unknown.sort_by_key(|(_, places)| places[0].start);
    for (word, places) in unknown.into_iter().take(TOLD_MAX) {
        let what = format!("has the unknown word `{word}`");
        let hits = places.into_iter().map(Hit::at).collect();
        let hint = "Correct it, or add it to your own words.";
        if let Some(finding) = findings.add_hits(rules::UNKNOWN_WORD, text, hits, &what, hint) {
            finding.subject = Some(word.replace('’', "'"));
        }
    }
}

/// The words that are judged.
fn words(reading: &Reading) -> impl Iterator<Item = Range<usize>> + '_ {
    static CHUNK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[^\s\x02]+").expect("BUG: a pattern"));
    reading.passages.iter().flat_map(move |passage| {
        let masked = reading.masked(passage);
        let at = passage.range.start;
        let mut names = Names { passage, is_start: true };
        CHUNK.find_iter(masked).flat_map(move |chunk| {
            let is_start = names.next(chunk.as_str());
            in_chunk(chunk.as_str(), is_start).into_iter().map(move |range| {
                let from = at + chunk.start();
                from + range.start..from + range.end
            })
        })
    })
}

/// Whether a capital is only that of a sentence's first word. Elsewhere it makes a name, and names are nobody's mistake.
struct Names<'a> {
    passage: &'a Passage,
    is_start: bool,
}

impl Names<'_> {
    fn next(&mut self, chunk: &str) -> bool {
        let is_start = self.is_start && self.passage.kind != Kind::Cell;
        let bare = chunk.trim_end_matches(['"', '\'', '”', '’', ')', '*', '_']);
        self.is_start = bare.ends_with(['.', '!', '?', ':']) || (self.is_start && !chunk.contains(char::is_alphabetic));
        is_start
    }
}

/// The words of a run of characters without spaces; none where it is an identifier, a path, an address or a number.
fn in_chunk(chunk: &str, is_sentence_start: bool) -> Vec<Range<usize>> {
    let is_edge = |c: char| {
        !c.is_alphanumeric()
            && !matches!(c, '\u{1}' | '/' | '\\' | '@' | '$' | '#' | '<' | '>' | '{' | '}' | '%' | '=' | '~' | '_')
    };
    let start = chunk.len() - chunk.trim_start_matches(is_edge).len();
    let inner = chunk.trim_matches(is_edge);
    let is_code = |c: char| {
        c.is_numeric()
            || matches!(
                c,
                '\u{1}'
                    | '/'
                    | '\\'
                    | '@'
                    | '$'
                    | '#'
                    | '<'
                    | '>'
                    | '{'
                    | '}'
                    | '%'
                    | '='
                    | '~'
                    | '_'
                    | '&'
                    | '+'
                    | '*'
                    | '|'
                    | '^'
                    | '['
                    | ']'
                    | '`'
            )
    };
    let has_inner_point = inner.char_indices().any(|(at, c)| {
        matches!(c, '.' | ':')
            && inner[at + 1..].starts_with(char::is_alphanumeric)
            && inner[..at].ends_with(char::is_alphanumeric)
    });
    if inner.is_empty() || inner.contains(is_code) || has_inner_point || chunk.starts_with('-') && chunk.len() > 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = start;
    for part in inner.split_inclusive(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’' | '\u{301}')) {
        let bare = part.trim_end_matches(|c: char| !c.is_alphabetic()).trim_start_matches(['\'', '’']);
        let from = at + part.find(bare).unwrap_or_default();
        at += part.len();
        let is_first = from == start && is_sentence_start;
        if is_judged(bare, is_first) {
            found.push(from..from + bare.len());
        }
    }
    found
}

fn is_judged(word: &str, is_first: bool) -> bool {
    let mut characters = word.chars();
    let Some(first) = characters.next() else {
        return false;
    };
    let has_capital = characters.clone().any(char::is_uppercase);
    characters.clone().count() >= 2 && !has_capital && (!first.is_uppercase() || is_first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::reading::read;

    #[test]
    fn only_prose_is_judged() {
        let text = "---\ntitel: wrng\n---\nTihs is `cde` and **bold**text, see <https://exmple.org/abc> or www.exmple.org.\n\n\
                    ```\nnottt\n```\n\nRun foo_bar, fooBar, foo.rs, /usr/bni, --flg, v2x, {{ nme }}, HTTPX and <spn>x</spn>.\n\n\
                    - [Linkd](https://a.example/xyzzzy) it's a “quoet”, well-knwon Vercel’s.";
        let reading = read(text);
        assert_eq!(reading.mask.len(), text.len());
        let found: Vec<&str> = words(&reading).map(|range| &text[range]).collect();
        for word in ["Tihs", "bold", "text", "Linkd", "it's", "quoet", "well", "knwon"] {
            assert!(found.contains(&word), "{word} is missing in {found:?}");
        }
        for word in [
            "titel",
            "wrng",
            "cde",
            "exmple",
            "nottt",
            "foo",
            "bar",
            "fooBar",
            "rs",
            "bni",
            "flg",
            "nme",
            "HTTPX",
            "spn",
            "xyzzzy",
            "Vercel’s",
        ] {
            assert!(!found.contains(&word), "{word} is judged");
        }
    }
}
