//! Schema and limits: what the platform's forms would refuse, and what every step should have.

use std::collections::HashMap;

use crate::{
    content::{ContentFields, Field},
    edit::Edit,
    limits,
    lint::{Findings, LintContext, findings::Hit, rules, words},
    walkthrough::{Step, Walkthrough},
};

/// What is known of all steps before the first is looked at.
pub struct Whole<'a> {
    titles: HashMap<&'a str, usize>,
}

impl<'a> Whole<'a> {
    pub fn of(walkthrough: &'a Walkthrough) -> Self {
        let mut titles = HashMap::with_capacity(walkthrough.steps.len());
        for (index, step) in walkthrough.steps.iter().enumerate() {
            titles.entry(step.title.trim()).or_insert(index);
        }
        Self { titles }
    }
}

/// The walkthrough itself.
pub fn check_walkthrough(findings: &mut Findings<'_>, context: &LintContext) {
    let walkthrough = findings.walkthrough;
    findings.add_error(rules::TITLE, limits::check_title(&walkthrough.title));
    let trimmed = walkthrough.title.trim();
    if is_trimmable(&walkthrough.title, limits::check_title) {
        let edit = Edit::SetTitle { title: trimmed.to_owned() };
        let message = format!("The title `{trimmed}` has white space around it.");
        findings.add_fixed(rules::TITLE_SPACE, message, "Trim it.", edit);
    }
    if context.other_titles.contains(&walkthrough.title) {
        let message = format!("Another walkthrough is called `{}` too.", walkthrough.title);
        findings.add(rules::TITLE_TAKEN, message, "Give one of them another title.".to_owned());
    }
    let description = walkthrough.description.as_deref().unwrap_or_default();
    findings.add_error(rules::DESCRIPTION, limits::check_description(description));
    if walkthrough.steps.is_empty() {
        findings.add(rules::NO_STEPS, "The walkthrough has no steps yet.".to_owned(), "Add a step.".to_owned());
    }
}

/// One step: its title, version and goal.
pub fn check_step(findings: &mut Findings<'_>, whole: &Whole<'_>, index: usize, step: &Step) {
    findings.add_error(rules::STEP_TITLE, limits::check_step_title(&step.title));
    check_title(findings, whole, index, step);
    if let ContentFields::Unknown { json } = &step.content_fields {
        let version = json.get("version").map_or("none".to_owned(), |version| version.as_str().to_owned());
        let message = format!("The content has the version {version}, of which an agent gets nothing.");
        findings.add(rules::UNKNOWN_VERSION, message, "It is read-only here. Write the step anew as v1.".to_owned());
        return;
    }
    if !words::says_when_done(&step.content_fields) {
        let message = format!("Nothing tells the agent when the step `{}` is done.", step.title);
        findings.add(rules::NO_DONE, message, "Say it in the introduction, e.g. `Done when …`.".to_owned());
    }
}

fn check_title(findings: &mut Findings<'_>, whole: &Whole<'_>, index: usize, step: &Step) {
    let trimmed = step.title.trim();
    if is_trimmable(&step.title, limits::check_step_title) {
        let edit = Edit::RenameStep { step: step.id.clone(), title: trimmed.to_owned() };
        let message = format!("The step title `{trimmed}` has white space around it.");
        findings.add_fixed(rules::TITLE_SPACE, message, "Trim it.", edit);
    }
    let first = whole.titles.get(trimmed).copied().unwrap_or(index);
    if first < index && !trimmed.is_empty() {
        let message = format!("Step {} is called `{trimmed}` too.", first + 1);
        findings.add(rules::STEP_TITLE_TWICE, message, "Give one of them another title.".to_owned());
    }
}

fn is_trimmable(title: &str, check: impl Fn(&str) -> crate::error::Result<()>) -> bool {
    title.trim() != title && check(title.trim()).is_ok()
}

/// One field of a step: required, and storable.
pub fn check_field(findings: &mut Findings<'_>, step: &Step, field: Field) {
    let ContentFields::V1(fields) = &step.content_fields else {
        return;
    };
    let kind = findings.walkthrough.kind;
    if limits::required_fields(kind).contains(&field) && !step.content_fields.has_text(field) {
        let message =
            format!("The field {} of `{}` is empty. The type `{kind}` requires it.", field.label(), step.title);
        findings.add(rules::REQUIRED, message, format!("Write the {}.", field.label()));
    }
    let text = fields.text(field).unwrap_or_default();
    let nuls: Vec<Hit> = text.match_indices('\0').map(|(at, _)| Hit::replaced(at..at + 1, "")).collect();
    if nuls.is_empty() {
        findings.add_error(rules::UNSTORABLE, limits::check_field(field, text));
    } else {
        let hint = "Postgres cannot store it. Remove the character.";
        findings.add_hits(rules::UNSTORABLE, text, nuls, "contains a NUL character (U+0000)", hint);
    }
}
