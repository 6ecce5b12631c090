//! What is wrong with a text before an agent stumbles over it.

mod prose;
pub mod rules;
mod secrets;
mod structure;
mod text;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    error::Result,
    id::{StepId, WalkthroughId},
    lint::rules::Rule,
    walkthrough::{Step, Walkthrough},
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
    /// What, in a sentence.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

/// What a rule must know beyond the walkthrough itself.
#[derive(Debug, Clone, Default)]
pub struct LintContext {
    /// Titles of the other walkthroughs of the library that are not in the trash.
    pub other_titles: Vec<String>,
}

/// Everything the rules find, in the order of the walkthrough.
pub fn lint(walkthrough: &Walkthrough, context: &LintContext) -> Vec<Finding> {
    let mut findings = Findings { walkthrough, step: None, field: None, found: Vec::new() };
    structure::check_walkthrough(&mut findings, context);
    for step in &walkthrough.steps {
        findings.step = Some(step);
        structure::check_step(&mut findings, step);
        for field in Field::ALL {
            findings.field = Some(field);
            structure::check_field(&mut findings, step, field);
            if let Some(text) = step.content_fields.text(field) {
                text::check(&mut findings, field, text);
            }
        }
        findings.field = None;
    }
    findings.found
}

/// Findings as they come in, and the place that is looked at.
struct Findings<'a> {
    walkthrough: &'a Walkthrough,
    step: Option<&'a Step>,
    field: Option<Field>,
    found: Vec<Finding>,
}

impl Findings<'_> {
    fn add(&mut self, rule: Rule, message: String, hint: impl Into<Option<String>>) {
        self.found.push(Finding {
            rule: rule.id.to_owned(),
            severity: rule.severity,
            walkthrough_id: self.walkthrough.id.clone(),
            step_id: self.step.map(|step| step.id.clone()),
            field: self.field,
            message,
            hint: hint.into(),
        });
    }

    /// What the limits say, as a finding.
    fn add_error(&mut self, rule: Rule, result: Result<()>) {
        if let Err(error) = result {
            self.add(rule, error.message, error.hint);
        }
    }
}
