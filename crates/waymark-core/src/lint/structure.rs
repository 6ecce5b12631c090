//! Schema and limits: what the platform's forms would refuse, and links.

use crate::{
    content::{ContentFields, Field},
    limits,
    lint::{Findings, LintContext, rules},
    walkthrough::Step,
};

/// The walkthrough itself.
pub fn check_walkthrough(findings: &mut Findings<'_>, context: &LintContext) {
    let walkthrough = findings.walkthrough;
    findings.add_error(rules::TITLE, limits::check_title(&walkthrough.title));
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

/// One step: its title, version and link.
pub fn check_step(findings: &mut Findings<'_>, step: &Step) {
    findings.add_error(rules::STEP_TITLE, limits::check_step_title(&step.title));
    if let ContentFields::Unknown { json } = &step.content_fields {
        let version = json.get("version").map_or("none".to_owned(), |version| version.as_str().to_owned());
        let message = format!("The content has the version {version}, of which an agent gets nothing.");
        findings.add(rules::UNKNOWN_VERSION, message, "It is read-only here. Write the step anew as v1.".to_owned());
    }
    let Some(next) = &step.next_step_id else {
        return;
    };
    if *next == step.id {
        let hint = "Choose another next step, or none.".to_owned();
        findings.add(rules::SELF_LINK, format!("The step `{}` points to itself.", step.title), hint);
    } else if findings.walkthrough.step(next).is_none() {
        let message = format!("The step `{}` points to `{next}`, which does not exist.", step.title);
        findings.add(rules::DANGLING_LINK, message, "Choose another next step, or none.".to_owned());
    }
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
    findings.add_error(rules::UNSTORABLE, limits::check_field(field, fields.text(field).unwrap_or_default()));
}
