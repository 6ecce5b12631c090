//! Findings as they come in, and the place that is looked at.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use crate::{
    content::Field,
    edit::{Edit, Splice},
    error::Result,
    id::StepId,
    lint::{
        Finding, Fix,
        places::{Place, places},
        rules::Rule,
        slots::{self, InPart},
        style::Group,
    },
    texts::Slot,
    walkthrough::{Step, Walkthrough},
};

/// Places of one finding that are told, beside the first: editors underline them.
pub(super) const OTHERS_MAX: usize = 500;
/// Above this many, a fix is one change from the first place to the last rather than one for each.
const SPLICES_MAX: usize = 64;

/// Collects what the rules find.
pub struct Findings<'a> {
    pub walkthrough: &'a Walkthrough,
    /// Where each step stands.
    pub order: HashMap<&'a StepId, usize>,
    pub step: Option<&'a Step>,
    pub field: Option<Field>,
    /// Which text is looked at that is in none of the fields.
    pub slot: Option<Slot>,
    /// What was found in the part that `slot` belongs to.
    pub in_part: Vec<InPart>,
    pub found: Vec<Finding>,
    /// Groups of rules that are switched off.
    off: &'a BTreeSet<Group>,
}

/// What a rule saw in a text: the bytes, and what should stand there instead where that is known.
pub struct Hit {
    pub range: Range<usize>,
    pub mend: Option<Mend>,
}

/// A replacement of some bytes.
pub struct Mend {
    pub range: Range<usize>,
    pub insert: String,
}

impl Hit {
    /// Nothing can mend it without a person.
    pub fn at(range: Range<usize>) -> Self {
        Self { range, mend: None }
    }

    /// Mended by putting something in its place.
    pub fn replaced(range: Range<usize>, insert: impl Into<String>) -> Self {
        Self { mend: Some(Mend { range: range.clone(), insert: insert.into() }), range }
    }
}

impl<'a> Findings<'a> {
    pub fn new(walkthrough: &'a Walkthrough, off: &'a BTreeSet<Group>) -> Self {
        let order = walkthrough.steps.iter().enumerate().map(|(index, step)| (&step.id, index)).collect();
        Self { walkthrough, order, step: None, field: None, slot: None, in_part: Vec::new(), found: Vec::new(), off }
    }

    /// Whether a rule is not switched off.
    pub fn has(&self, rule: Rule) -> bool {
        rule.group.is_none_or(|group| !self.off.contains(&group))
    }

    pub fn add(&mut self, rule: Rule, message: String, hint: impl Into<Option<String>>) -> &mut Finding {
        self.found.push(Finding {
            rule: rule.id.to_owned(),
            severity: rule.severity,
            walkthrough_id: self.walkthrough.id.clone(),
            step_id: self.step.map(|step| step.id.clone()),
            field: self.field,
            slot: self.slot,
            message,
            hint: hint.into(),
            subject: None,
            place: None,
            others: Vec::new(),
            fix: None,
            silenced: None,
        });
        self.found.last_mut().expect("BUG: it was pushed")
    }

    /// What the limits say, as a finding.
    pub fn add_error(&mut self, rule: Rule, result: Result<()>) {
        if let Err(error) = result {
            self.add(rule, error.message, error.hint);
        }
    }

    /// Adds a finding that one edit mends.
    pub fn add_fixed(&mut self, rule: Rule, message: String, hint: &str, edit: Edit) {
        let fix = rule.fix.map(|label| Fix { label: label.to_owned(), edits: vec![edit] });
        self.add(rule, message, hint.to_owned()).fix = fix;
    }

    /// All hits of a rule in the field that is looked at, as one finding; in another text, as one for its part. `what` goes
    /// into `Line 3 of the context …`.
    pub fn add_hits(
        &mut self,
        rule: Rule,
        text: &str,
        mut hits: Vec<Hit>,
        what: &str,
        hint: &str,
    ) -> Option<&mut Finding> {
        hits.sort_by_key(|hit| hit.range.start);
        if let Some(slot) = self.slot {
            slots::add(self, slot, (rule, text), hits, (what, hint));
            return None;
        }
        let (step, field) = (self.step?, self.field?);
        let ranges: Vec<_> = hits.iter().take(OTHERS_MAX + 1).map(|hit| hit.range.clone()).collect();
        let mut places = places(text, &ranges);
        if places.is_empty() {
            return None;
        }
        let first = places.remove(0);
        let count = if hits.len() > 1 { format!(" ({} times in all)", hits.len()) } else { String::new() };
        let message = format!("Line {} of the {} {what}{count}.", first.line, field.label());
        let fix = rule.fix.and_then(|label| fix_of(label, &step.id, field, text, hits));
        let finding = self.add(rule, message, hint.to_owned());
        finding.place = Some(first);
        finding.others = places;
        finding.fix = fix;
        Some(finding)
    }
}

/// One splice for each hit, the last first, so that none moves another; `None` unless all hits can be mended.
fn fix_of(label: &str, step: &StepId, field: Field, text: &str, hits: Vec<Hit>) -> Option<Fix> {
    let mends: Vec<Mend> = hits.into_iter().map(|hit| hit.mend).collect::<Option<_>>()?;
    let mends = if mends.len() > SPLICES_MAX { vec![joined(text, &mends)] } else { mends };
    let ranges: Vec<_> = mends.iter().map(|mend| mend.range.clone()).collect();
    let spliced = |(place, mend): (Place, Mend)| Edit::SpliceField {
        step: step.clone(),
        field,
        splice: Splice { from: place.from, to: place.to, insert: mend.insert },
    };
    let edits = places(text, &ranges).into_iter().zip(mends).rev().map(spliced).collect();
    Some(Fix { label: label.to_owned(), edits })
}

/// Many replacements as one, from the first to the last.
fn joined(text: &str, mends: &[Mend]) -> Mend {
    let start = mends.first().map_or(0, |mend| mend.range.start);
    let (mut at, mut insert) = (start, String::new());
    for mend in mends {
        insert.push_str(&text[at..mend.range.start]);
        insert.push_str(&mend.insert);
        at = mend.range.end;
    }
    Mend { range: start..at, insert }
}
