//! What stands in the way of a publish, and what has to be asked before it.

use super::{Problem, WalkthroughPlan, effect, plan::PlanInput};
use crate::{
    hash,
    lint::{Finding, Severity},
    walkthrough::{Step, Walkthrough, WalkthroughStatus},
};

/// A problem that blocks.
pub(super) fn error(code: &str, message: impl Into<String>, hint: &str) -> Problem {
    let (code, message, hint) = (code.to_owned(), message.into(), Some(hint.to_owned()));
    Problem { severity: Severity::Error, code, message, hint, step_id: None }
}

/// What stands in the way of publishing `target`, or should be known.
pub(super) fn find(input: &PlanInput, target: &Walkthrough) -> Vec<Problem> {
    let mut problems: Vec<Problem> = input.findings.iter().filter_map(|finding| of_finding(finding, input)).collect();
    if input.other_titles.contains(&target.title) {
        let is_old = input.theirs.is_some_and(|theirs| theirs.title == target.title);
        let message = format!("Another walkthrough of the organization has the title `{}`.", target.title);
        let mut problem = error("title_taken", message, "Give it a title of its own.");
        problem.severity = if is_old { Severity::Warning } else { Severity::Error };
        problems.push(problem);
    }
    for assignment in &target.assignments {
        if input.servers.iter().all(|server| server.slug != assignment.server) {
            let message = format!("The organization has no MCP server `{}`.", assignment.server);
            problems.push(error("unknown_server", message, "Take the assignment away, or choose another server."));
        }
    }
    for id in input.taken_steps {
        let message = format!("Another walkthrough of the organization has a step with the id `{id}`.");
        let hint = "Duplicate the walkthrough and publish the copy: its steps get ids of their own.";
        problems.push(Problem { step_id: Some(id.clone()), ..error("step_taken", message, hint) });
    }
    problems.extend(renumbering(input, target));
    if input.intent.as_draft && input.theirs.is_some_and(|theirs| theirs.status == WalkthroughStatus::Published) {
        problems.push(Problem {
            severity: Severity::Warning,
            ..error(
                "goes_dark",
                "Learners will no longer see this walkthrough.",
                "Publish without `as draft` to keep it visible.",
            )
        });
    }
    problems
}

/// New errors block. What production has already may stay: real rows break rules.
fn of_finding(finding: &Finding, input: &PlanInput) -> Option<Problem> {
    let place = |finding: &Finding| (finding.rule.clone(), finding.step_id.clone(), finding.field);
    let is_old = input.findings_in_production.iter().any(|old| place(old) == place(finding));
    let severity = if is_old { finding.severity.min(Severity::Warning) } else { finding.severity };
    (severity > Severity::Info).then(|| Problem {
        severity,
        code: finding.rule.clone(),
        message: finding.message.clone(),
        hint: finding.hint.clone(),
        step_id: finding.step_id.clone(),
    })
}

/// Stored orders of steps that stay are changed, which nobody sees but a person who reads the table.
fn renumbering(input: &PlanInput, target: &Walkthrough) -> Option<Problem> {
    let theirs = input.theirs?;
    let is_renumbered = |step: &Step| theirs.step(&step.id).is_some_and(|old| old.display_order != step.display_order);
    target.steps.iter().any(is_renumbered).then(|| Problem {
        severity: Severity::Info,
        code: "renumbered".to_owned(),
        message: "The steps get new numbers in `display_order`.".to_owned(),
        hint: None,
        step_id: None,
    })
}

/// Questions to answer before it goes: only where learners lose something, somebody's version is replaced, or the
/// connection asks.
pub(super) fn confirmations(input: &PlanInput, plan: &WalkthroughPlan, target: &Walkthrough) -> Vec<String> {
    let mut questions = Vec::new();
    let effect = &plan.learners;
    let removed: Vec<&Step> = input
        .theirs
        .map_or_else(Vec::new, |theirs| theirs.steps.iter().filter(|step| target.step(&step.id).is_none()).collect());
    let losing = effect::losing_progress(&removed, input.learners);
    if losing > 0 {
        questions
            .push(format!("{} what they have completed in steps that are removed.", learners(losing, "loses", "lose")));
    }
    if effect.standing_on_removed > 0 {
        let who = learners(effect.standing_on_removed, "stands", "stand");
        questions.push(format!("{who} on a step that is removed, and will move on to the next."));
    }
    if effect.events_lost > 0 {
        let events = if effect.events_lost == 1 {
            "1 completion event is"
        } else {
            &format!("{} completion events are", effect.events_lost)
        };
        questions.push(format!("{events} deleted for good."));
    }
    let is_overwrite = !input.base.zip(input.theirs).is_some_and(|(base, theirs)| hash::is_same_state(base, theirs));
    if input.intent.overwrite && is_overwrite && input.theirs.is_some() {
        questions.push("Production's own version is replaced, and kept here as a revision.".to_owned());
    }
    if let Some(name) = input.asks_before_publish {
        questions.push(format!("`{name}` is production."));
    }
    questions
}

fn learners(count: u32, one: &str, many: &str) -> String {
    if count == 1 { format!("1 learner {one}") } else { format!("{count} learners {many}") }
}
