//! Addresses on the web that a text leads to, and what asking them gave. Asking is somebody else's business.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    lint::{
        Findings,
        findings::{Hit, Mend},
        reading::{Reading, read},
        rules,
    },
    walkthrough::Walkthrough,
};

/// What asking an address gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum LinkAnswer {
    /// There is something.
    Works,
    /// It leads to another address for good.
    Moved {
        /// The whole address.
        to: String,
    },
    /// There is nothing.
    Dead {
        /// The answer, in words that go on after `…, which`.
        why: String,
    },
    /// Nobody can say.
    Unclear {
        /// The answer, in words that go on after `…, which`.
        why: String,
    },
    /// It is in a private network and was not asked.
    Private,
}

/// The addresses of a walkthrough that can be asked, each once, in the order of the texts, without the part after `#`.
pub fn addresses(walkthrough: &Walkthrough) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for step in &walkthrough.steps {
        for text in Field::ALL.into_iter().filter_map(|field| step.content_fields.text(field)) {
            if !text.contains("://") {
                continue;
            }
            for (address, _) in seen(text, &read(text)) {
                let address = bare(&address).to_owned();
                if is_asked(&address) && !found.contains(&address) {
                    found.push(address);
                }
            }
        }
    }
    found
}

/// One field's text.
pub fn check(findings: &mut Findings<'_>, answers: &BTreeMap<String, LinkAnswer>, text: &str, reading: &Reading) {
    let mut places: Vec<(String, Vec<Range<usize>>)> = Vec::new();
    for (address, range) in seen(text, reading) {
        match places.iter_mut().find(|(known, _)| *known == address) {
            Some((_, ranges)) => ranges.push(range),
            None => places.push((address, vec![range])),
        }
    }
    for (address, ranges) in places {
        let Some(answer) = answers.get(bare(&address)) else {
            continue;
        };
        let shown = format!("links to `{address}`, which");
        let (rule, what, hint) = match answer {
            LinkAnswer::Works | LinkAnswer::Private => continue,
            LinkAnswer::Dead { why } => {
                (rules::DEAD_LINK, format!("{shown} {why}"), "Correct the address, or take the link away.")
            }
            LinkAnswer::Moved { to } => {
                (rules::MOVED_LINK, format!("{shown} has moved to `{to}`"), "Use the new address.")
            }
            LinkAnswer::Unclear { why } => {
                (rules::UNCHECKED_LINK, format!("{shown} {why}"), "Open it yourself, or check the links again later.")
            }
        };
        let new = match answer {
            LinkAnswer::Moved { to } => Some(format!("{to}{}", &address[bare(&address).len()..])),
            _ => None,
        };
        let hit = |range: Range<usize>| {
            let is_written = text[range.clone()] == address;
            let mend = new.clone().filter(|_| is_written).map(|insert| Mend { range: range.clone(), insert });
            Hit { range, mend }
        };
        let hits = ranges.into_iter().map(hit).collect();
        if let Some(finding) = findings.add_hits(rule, text, hits, &what, hint) {
            finding.subject = Some(address);
        }
    }
}

/// Every address of a text with its place; of a link by reference, the place of the link.
fn seen(text: &str, reading: &Reading) -> Vec<(String, Range<usize>)> {
    static BARE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"https?://[^\s\x01\x02<>"'`)\]}]+"#).expect("BUG: a pattern of ours"));
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    for link in reading.links.iter().filter(|link| is_web(&link.target)) {
        let source = &text[link.range.clone()];
        let place =
            source.rfind(&link.target).map(|at| link.range.start + at..link.range.start + at + link.target.len());
        found.push((link.target.clone(), place.unwrap_or_else(|| link.range.clone())));
    }
    for passage in &reading.passages {
        for address in BARE.find_iter(reading.masked(passage)) {
            let at = passage.range.start + address.start();
            let whole = address.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
            let is_in_link = reading.links.iter().any(|link| link.range.contains(&at));
            if !is_in_link {
                found.push((whole.to_owned(), at..at + whole.len()));
            }
        }
    }
    found.sort_by_key(|(_, range)| range.start);
    found
}

fn is_web(target: &str) -> bool {
    let scheme = target.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// Without the part after `#`, which no server hears.
fn bare(address: &str) -> &str {
    address.split_once('#').map_or(address, |(bare, _)| bare)
}

/// Whether asking makes sense: not for addresses that only show what one looks like.
fn is_asked(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', ':']).next().unwrap_or_default().to_ascii_lowercase();
    let is_example = ["example.com", "example.org", "example.net"]
        .iter()
        .any(|known| host == *known || host.ends_with(&format!(".{known}")))
        || [".example", ".test", ".invalid"].iter().any(|end| host.ends_with(end));
    let is_pattern =
        address.contains(['{', '}', '<', '>', '$', '*']) || address.contains("...") || address.contains('…');
    !host.is_empty() && !is_example && !is_pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{
        LintContext, lint,
        tests::{step, walkthrough},
    };

    const TEXT: &str = "[a](https://a.io/x#top), <https://b.io>, https://c.io/(d). `https://e.io` [f][1] ![i](http://g.io/i.png)\n\
        https://example.com https://x.test/ https://{host}/ [local](files/a.png)\n\n[1]: https://f.io/\n";

    #[test]
    fn addresses_are_those_that_a_text_leads_to() {
        let draft = walkthrough(vec![step("wts_1", TEXT), step("wts_2", "[again](https://a.io/x#end)")]);
        let expected = ["https://a.io/x", "https://b.io", "https://c.io/(d", "https://f.io/", "http://g.io/i.png"];
        assert_eq!(addresses(&draft), expected.map(str::to_owned));
    }

    #[test]
    fn answers_are_findings_in_their_place() {
        let draft = walkthrough(vec![step("wts_1", TEXT)]);
        let dead = LinkAnswer::Dead { why: "answers `404 Not Found`".to_owned() };
        let unclear = LinkAnswer::Unclear { why: "does not answer".to_owned() };
        let answers = [
            ("https://a.io/x", LinkAnswer::Moved { to: "https://a.io/y".to_owned() }),
            ("https://b.io", dead),
            ("http://g.io/i.png", unclear),
            ("https://f.io/", LinkAnswer::Works),
        ];
        let links = answers.into_iter().map(|(address, answer)| (address.to_owned(), answer)).collect();
        let context = LintContext { links, ..LintContext::default() };
        let found: Vec<_> = lint(&draft, &context).into_iter().filter(|found| found.rule.as_str() > "L05").collect();
        let subjects: Vec<_> =
            found.iter().map(|found| (found.rule.as_str(), found.subject.as_deref().unwrap_or(""))).collect();
        assert_eq!(subjects, [("L056", "https://a.io/x#top"), ("L055", "https://b.io"), ("L057", "http://g.io/i.png")]);
        let place = found[0].place.expect("a place");
        assert_eq!(&TEXT[place.from as usize..place.to as usize], "https://a.io/x#top");
        let crate::edit::Edit::SpliceField { splice, .. } = &found[0].fix.as_ref().expect("a fix").edits[0] else {
            panic!("a splice");
        };
        assert_eq!(splice.insert, "https://a.io/y#top");
    }
}
