//! Texts in none of the four fields: titles, description, section, quiz and certificate. The rules that look at any text look
//! at them too; those about Markdown do not, because nobody reads these as Markdown.
//!
//! As in a field, a rule finds at most one thing in each part of a step, with the first place; what can be mended is mended
//! in all of the part at once.

use std::borrow::Cow;

use crate::{
    lint::{
        Findings, Fix,
        findings::{Hit, Mend, OTHERS_MAX},
        places::places,
        rules, text,
    },
    section,
    texts::{self, Slot},
    walkthrough::Step,
};

/// What a rule found in one part so far.
pub struct InPart {
    rule: rules::Rule,
    /// The finding.
    at: usize,
    hits: usize,
    what: String,
    /// The texts without what was found; nothing where a person has to mend it.
    mended: Option<Vec<(Slot, String)>>,
}

/// The walkthrough's own.
pub fn check_walkthrough(findings: &mut Findings<'_>) {
    check(findings, texts::of_walkthrough(findings.walkthrough));
}

/// Those of a step. The name of a section is looked at where the section begins.
pub fn check_step(findings: &mut Findings<'_>, index: usize, step: &Step) {
    let mut texts = texts::of_step(step);
    if !section::begins(findings.walkthrough, index) {
        texts.retain(|(slot, _)| *slot != Slot::Section);
    }
    check(findings, texts);
}

fn check(findings: &mut Findings<'_>, texts: Vec<(Slot, Cow<'_, str>)>) {
    let mut part = None;
    for (slot, text) in texts {
        if part.replace(slot.part()) != Some(slot.part()) {
            finish(findings);
        }
        findings.slot = Some(slot);
        // The limits of titles and of the description say so already.
        let is_said = matches!(slot, Slot::Title | Slot::Description);
        let nuls = text.match_indices('\0').filter(|_| !is_said);
        let nuls: Vec<Hit> = nuls.map(|(at, _)| Hit::replaced(at..at + 1, "")).collect();
        let hint = "Postgres cannot store it. Remove the character.";
        findings.add_hits(rules::UNSTORABLE, &text, nuls, "contains a NUL character (U+0000)", hint);
        text::check(findings, &text);
    }
    finish(findings);
    findings.slot = None;
}

/// One more text in which a rule found something.
pub(super) fn add(
    findings: &mut Findings<'_>,
    slot: Slot,
    (rule, text): (rules::Rule, &str),
    hits: Vec<Hit>,
    (what, hint): (&str, &str),
) {
    if hits.is_empty() {
        return;
    }
    let mended = mended(slot, text, &hits);
    if let Some(known) = findings.in_part.iter_mut().find(|known| known.rule.id == rule.id) {
        known.hits += hits.len();
        known.mended = known.mended.take().zip(mended).map(|(mut texts, more)| {
            texts.push((slot, more));
            texts
        });
        return;
    }
    let ranges: Vec<_> = hits.iter().take(OTHERS_MAX + 1).map(|hit| hit.range.clone()).collect();
    let mut places = places(text, &ranges).into_iter();
    let place = places.next();
    let line = place.filter(|_| text.trim_end().contains('\n')).map(|place| format!("Line {} of the ", place.line));
    let what = format!("{}{} {what}", line.unwrap_or_else(|| "The ".to_owned()), slot.label());
    let finding = findings.add(rule, String::new(), hint.to_owned());
    finding.place = place;
    finding.others = places.collect();
    let at = findings.found.len() - 1;
    let mended = rule.fix.and(mended).map(|text| vec![(slot, text)]);
    findings.in_part.push(InPart { rule, at, hits: hits.len(), what, mended });
}

/// The sentences and fixes of what was found in a part.
fn finish(findings: &mut Findings<'_>) {
    for InPart { rule, at, hits, what, mended } in std::mem::take(&mut findings.in_part) {
        let count = if hits > 1 { format!(" ({hits} times in all)") } else { String::new() };
        let step = findings.step;
        let edits = mended.map(|texts| texts::put(findings.walkthrough, step.map(|step| &step.id), &texts));
        let finding = &mut findings.found[at];
        finding.message = format!("{what}{count}.");
        let label = rule.fix.unwrap_or_default();
        let is_broken = finding.slot.is_some_and(Slot::is_line) && rule.id == rules::BACKSLASH_N.id;
        let label = if is_broken { "Replace with spaces" } else { label };
        let edits = edits.filter(|edits| !edits.is_empty());
        finding.fix = edits.map(|edits| Fix { label: label.to_owned(), edits });
    }
}

/// The text without what was found, unless a person has to mend it or nothing that may be there would be left.
fn mended(slot: Slot, text: &str, hits: &[Hit]) -> Option<String> {
    let mends: Vec<&Mend> = hits.iter().map(|hit| hit.mend.as_ref()).collect::<Option<_>>()?;
    let (mut at, mut mended) = (0, String::with_capacity(text.len()));
    for mend in mends {
        mended.push_str(text.get(at..mend.range.start)?);
        mended.push_str(if slot.is_line() && mend.insert == "\n" { " " } else { &mend.insert });
        at = mend.range.end;
    }
    mended.push_str(&text[at..]);
    (!mended.trim().is_empty()).then_some(mended)
}
