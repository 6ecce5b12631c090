//! Links between steps: to themselves, to nowhere, in circles, and past a step. What they are is the flow's rule.

use crate::{
    edit::Edit,
    flow::Ways,
    lint::{Findings, rules},
    walkthrough::Step,
};

/// The link of one step, and the links to it.
pub fn check(findings: &mut Findings<'_>, ways: &Ways, index: usize, step: &Step) {
    if ways.is_passed_over(index) {
        let (title, hint) = (&step.title, "Lead to it from a step that is reached, or delete it.");
        let message = match ways.has_way_in(index) {
            false => format!("The links jump over the step `{title}`."),
            true => format!("Only steps that are not reached themselves lead to the step `{title}`."),
        };
        findings.add(rules::UNREACHABLE, message, hint.to_owned());
    }
    let Some(next) = &step.next_step_id else {
        return;
    };
    let hint = "Choose another next step, or none.";
    let unlink = Edit::SetLink { step: step.id.clone(), next: None };
    if *next == step.id {
        findings.add_fixed(rules::SELF_LINK, format!("The step `{}` points to itself.", step.title), hint, unlink);
    } else if !findings.order.contains_key(next) {
        let message = format!("The step `{}` points to `{next}`, which does not exist.", step.title);
        findings.add_fixed(rules::DANGLING_LINK, message, hint, unlink);
    } else if let Some(count) = ways.closes(index) {
        let message = format!("The link of the step `{}` closes a circle of {count} steps.", step.title);
        findings.add_fixed(rules::CYCLE, message, hint, unlink);
    }
}
