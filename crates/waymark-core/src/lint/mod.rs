//! What is wrong with a text before an agent stumbles over it.
//!
//! A rule finds at most one thing in each field of a step (and in each other part: title, quiz …), with all its places, so that a finding, its quick fix and its
//! silence mean the same: this rule, here. Nothing is changed by looking; a fix is an [`Edit`] like any other.

pub mod addresses;
mod budget;
pub mod dictionary;
mod findings;
pub mod fix;
mod links;
mod markdown;
pub mod own;
pub mod places;
mod prose;
mod quiz;
mod reading;
pub mod rules;
mod secrets;
pub mod silence;
mod slots;
pub mod spelling;
mod structure;
pub mod style;
mod text;
mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod rule_table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_all_rules;
#[cfg(test)]
mod tests_of_prose;
#[cfg(test)]
mod tests_of_quizzes;
#[cfg(test)]
mod tests_of_slots;
#[cfg(test)]
mod tests_of_steps;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    edit::Edit,
    flow::Ways,
    id::{StepId, WalkthroughId},
    lint::{
        addresses::LinkAnswer, budget::Purse, dictionary::Spelling, findings::Findings, places::Place,
        silence::Silence, spelling::Judge, structure::Whole, style::Group,
    },
    search::Part,
    texts::Slot,
    tokens::Encoding,
    walkthrough::Walkthrough,
};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth mending.
    Warning,
    /// Blocks publishing when it is new.
    Error,
}

impl Severity {
    /// The name as people and scripts read it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Something a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Finding {
    /// The rule's number, e.g. `L001`.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// Where: the walkthrough.
    pub walkthrough_id: WalkthroughId,
    /// Where: the step.
    pub step_id: Option<StepId>,
    /// Where: the content field.
    pub field: Option<Field>,
    /// Where: the text, if it is in none of the fields.
    pub slot: Option<Slot>,
    /// What, in a sentence.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
    /// What it is about, where that is one word or one address.
    pub subject: Option<String>,
    /// Where in the text, the first time.
    pub place: Option<Place>,
    /// The other places in the same text, up to 500.
    pub others: Vec<Place>,
    /// What a machine can do about it, in all its places.
    pub fix: Option<Fix>,
    /// Why it does not matter here, where somebody said so.
    pub silenced: Option<Silence>,
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Fix {
    /// What it does, as on a button.
    pub label: String,
    /// The change, to be applied in this order to the text that was looked at.
    pub edits: Vec<Edit>,
}

/// Everything the rules find, apart from what is silenced.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Report {
    /// What counts.
    pub findings: Vec<Finding>,
    /// What somebody has looked at and keeps, each with its reason.
    pub silenced: Vec<Finding>,
}

/// What a rule must know beyond the walkthrough itself.
#[derive(Debug, Clone, Default)]
pub struct LintContext {
    /// Titles of the other walkthroughs of the library that are not in the trash.
    pub other_titles: Vec<String>,
    /// Names of the files beside the walkthrough.
    pub files: BTreeSet<String>,
    /// What the last check of its links gave, by address.
    pub links: BTreeMap<String, LinkAnswer>,
    /// What spelling is judged by; nothing where it is not judged.
    pub spelling: Option<Spelling>,
    /// Groups of rules that are switched off.
    pub off: BTreeSet<Group>,
    /// What counts tokens.
    pub tokenizer: Encoding,
    /// What is looked for.
    pub look: Look,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Everything.
    #[default]
    Everything,
    /// What counts as a problem: notes on how something is written are left out, which makes it several times faster.
    Problems,
}

impl Finding {
    /// The part of the step or walkthrough that it is about, where it is about a text.
    pub fn part(&self) -> Option<Part> {
        self.field.map(Part::of_field).or(self.slot.map(Slot::part))
    }
}

impl Report {
    /// How many problems there are: what every list, tab and badge counts. Notes are none, and silenced findings neither.
    pub fn problems(&self) -> u32 {
        self.findings.iter().filter(|finding| finding.severity >= Severity::Warning).count() as u32
    }
}

/// Everything the rules find and nobody has silenced, in the order of the walkthrough.
pub fn lint(walkthrough: &Walkthrough, context: &LintContext) -> Vec<Finding> {
    report(walkthrough, context).findings
}

/// Everything the rules find, in the order of the walkthrough.
pub fn report(walkthrough: &Walkthrough, context: &LintContext) -> Report {
    look(walkthrough, context, None)
}

/// Everything the rules find in one step: what an open editor shows of a text that is not saved yet.
pub fn report_step(walkthrough: &Walkthrough, context: &LintContext, step: &StepId) -> Report {
    look(walkthrough, context, Some(step))
}

/// Looks at one step, or at the walkthrough and all of its steps.
fn look(walkthrough: &Walkthrough, context: &LintContext, only: Option<&StepId>) -> Report {
    let mut findings = Findings::new(walkthrough, &context.off);
    let judge = context.spelling.as_ref().filter(|_| !context.off.contains(&Group::Spelling));
    let judge = judge.map(|spelling| Judge::of(walkthrough, spelling));
    let language = own::language(walkthrough).or_else(|| context.spelling.as_ref().map(|known| known.language.clone()));
    let is_english = language.is_none_or(|language| language.starts_with(dictionary::ENGLISH));
    let (whole, ways) = (Whole::of(walkthrough), Ways::of(walkthrough));
    let names = quiz::Names::of(walkthrough);
    let purse = Purse { budgets: own::budgets(walkthrough), encoding: context.tokenizer };
    if only.is_none() {
        structure::check_walkthrough(&mut findings, context);
        budget::check_walkthrough(&mut findings, &purse);
        quiz::check_walkthrough(&mut findings);
        slots::check_walkthrough(&mut findings);
        if let Some(judge) = &judge {
            spelling::check_walkthrough(&mut findings, judge);
        }
    }
    let steps = walkthrough.steps.iter().enumerate().filter(|(_, step)| only.is_none_or(|only| step.id == *only));
    for (index, step) in steps {
        findings.step = Some(step);
        structure::check_step(&mut findings, &whole, index, step);
        budget::check_step(&mut findings, &purse, step);
        links::check(&mut findings, &ways, index, step);
        quiz::check_step(&mut findings, &names, index, step);
        slots::check_step(&mut findings, index, step);
        for field in Field::ALL {
            findings.field = Some(field);
            structure::check_field(&mut findings, step, field);
            budget::check_field(&mut findings, &purse, step, field);
            if let Some(text) = step.content_fields.text(field) {
                text::check(&mut findings, text);
                markdown::check(&mut findings, context, text);
                let is_read = context.look == Look::Everything || !context.links.is_empty() && text.contains("://");
                if !is_read {
                    continue;
                }
                let reading = reading::read(text);
                if context.look == Look::Everything {
                    style::check(&mut findings, text, &reading, is_english);
                    if let Some(judge) = &judge {
                        spelling::check(&mut findings, judge, text, &reading);
                    }
                }
                addresses::check(&mut findings, &context.links, text, &reading);
            }
        }
        findings.field = None;
    }
    let mut found = findings.found;
    silence::mark(walkthrough, &mut found);
    let (silenced, findings) = found.into_iter().partition(|finding| finding.silenced.is_some());
    Report { findings, silenced }
}
