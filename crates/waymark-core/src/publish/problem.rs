//! What stands in the way of a publish, and what has to be asked before it.

use super::{Problem, StepChange, WalkthroughPlan, effect, plan::PlanInput};
use crate::{
    connection::ReadOnly,
    hash,
    lint::{Finding, Severity, rules},
    review::State,
    walkthrough::{Step, Walkthrough, WalkthroughStatus},
};

/// Steps that questions name one by one; of more they only give the sum.
const NAMED_MAX: usize = 3;

/// A problem that blocks.
pub(super) fn error(code: &str, message: impl Into<String>, hint: &str) -> Problem {
    let (code, message, hint) = (code.to_owned(), message.into(), Some(hint.to_owned()));
    Problem { severity: Severity::Error, code, message, hint, step_id: None }
}

/// Nothing can be written there.
pub(super) fn read_only(why: ReadOnly) -> Problem {
    error("read_only", why.message(), why.hint())
}

/// What stands in the way of publishing `target`, or should be known.
pub(super) fn find(input: &PlanInput, target: &Walkthrough) -> Vec<Problem> {
    let mut problems: Vec<Problem> = input.read_only.map(read_only).into_iter().collect();
    problems.extend(not_approved(input));
    problems.extend(input.findings.iter().filter_map(|finding| of_finding(finding, input)));
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
    if input.intent.status != WalkthroughStatus::Published
        && input.theirs.is_some_and(|theirs| theirs.status == WalkthroughStatus::Published)
    {
        problems.push(Problem {
            severity: Severity::Warning,
            ..error(
                "goes_dark",
                "Learners will no longer see this walkthrough.",
                "What they have done is kept; they go on when it is published again.",
            )
        });
    }
    problems
}

/// A connection may require that somebody has approved exactly what learners will see.
fn not_approved(input: &PlanInput) -> Option<Problem> {
    const HINT: &str = "Have this content approved in its review, or turn the requirement off in the connection.";
    let standing = input.review.filter(|_| input.intent.status == WalkthroughStatus::Published)?;
    let message = match (standing.state, &standing.decision, &standing.void) {
        (State::Approved, ..) => return None,
        (State::ChangesRequested, Some(decision), _) => format!("{} has requested changes.", decision.author),
        (_, _, Some(void)) => {
            format!("The approval by {} is void: the content has changed since.", void.author)
        }
        _ => "Nobody has approved this content, which the connection requires.".to_owned(),
    };
    Some(error("not_approved", message, HINT))
}

/// New errors block. What production has already may stay: real rows break rules.
fn of_finding(finding: &Finding, input: &PlanInput) -> Option<Problem> {
    let place = |finding: &Finding| (finding.rule.clone(), finding.step_id.clone(), finding.part());
    let is_old = input.findings_in_production.iter().any(|old| place(old) == place(finding));
    let needs_assets = needs_assets(finding);
    let found = if needs_assets { Severity::Error } else { finding.severity };
    let severity = if is_old { found.min(Severity::Warning) } else { found };
    let problem = Problem {
        severity,
        code: finding.rule.clone(),
        message: finding.message.clone(),
        hint: finding.hint.clone(),
        step_id: finding.step_id.clone(),
    };
    match input.asset_base_url.filter(|_| needs_assets) {
        Some(base) => Some(Problem {
            severity: Severity::Info,
            hint: Some(format!("The organization's files are at `{base}`. Waymark puts none there: see that it is.")),
            ..problem
        }),
        None if needs_assets => {
            let or = "Or say in the connection where the organization's files are (asset base URL).";
            Some(Problem { hint: Some([finding.hint.as_deref().unwrap_or_default(), or].join(" ")), ..problem })
        }
        None => (severity > Severity::Info).then_some(problem),
    }
}

/// Whether it is a link that leads nowhere unless the organization has the file.
fn needs_assets(finding: &Finding) -> bool {
    [rules::RELATIVE_LINK.id, rules::LOCAL_FILE.id].contains(&finding.rule.as_str())
}

/// Whether a finding stands in the way of a publish, unless production has it too.
pub(super) fn blocks_when_new(finding: &Finding) -> bool {
    needs_assets(finding) || finding.severity == Severity::Error
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
    let removed: Vec<&Step> = input
        .theirs
        .map_or_else(Vec::new, |theirs| theirs.steps.iter().filter(|step| target.step(&step.id).is_none()).collect());
    let losing = effect::losing_progress(&removed, input.learners);
    if losing > 0 {
        questions
            .push(format!("{} what they have completed in steps that are removed.", learners(losing, "loses", "lose")));
    }
    questions.extend(of_removed_steps(plan));
    let is_overwrite = !input.base.zip(input.theirs).is_some_and(|(base, theirs)| hash::is_same_state(base, theirs));
    if input.intent.overwrite && is_overwrite && input.theirs.is_some() {
        questions.push("Production's own version is replaced, and kept here as a revision.".to_owned());
    }
    if let Some(name) = input.asks_before_publish {
        questions.push(format!("`{name}` is production."));
    }
    questions
}

/// The questions before a walkthrough is deleted in production: what goes with it, in numbers.
pub(super) fn of_deletion(input: &PlanInput, plan: &WalkthroughPlan, theirs: &Walkthrough) -> Vec<String> {
    let steps = theirs.steps.len();
    let steps = if steps == 1 { "its step".to_owned() } else { format!("its {steps} steps") };
    let mut questions =
        vec![format!("“{}” is deleted in production with {steps}; a revision of it is kept here.", theirs.title)];
    let started = plan.learners.in_progress + plan.learners.completed;
    if started > 0 {
        questions.push(format!("{} their progress in it for good.", learners(started, "loses", "lose")));
    }
    if plan.learners.events_lost > 0 {
        let verb = if plan.learners.events_lost == 1 { "is" } else { "are" };
        questions.push(format!("{} {verb} deleted for good.", events(plan.learners.events_lost)));
    }
    questions.extend(input.asks_before_publish.map(|name| format!("`{name}` is production.")));
    questions
}

/// Who stands on steps that go, and which completion events go with them.
fn of_removed_steps(plan: &WalkthroughPlan) -> Vec<String> {
    let standing: Vec<&StepChange> = plan.steps.iter().filter(|step| step.learners_on_it > 0).collect();
    let losing: Vec<&StepChange> = plan.steps.iter().filter(|step| step.events_lost > 0).collect();
    let mut questions = Vec::new();
    if standing.len() > NAMED_MAX {
        let who = learners(plan.learners.standing_on_removed, "stands", "stand");
        questions.push(format!("{who} on steps that are removed, and will move on."));
    } else {
        questions.extend(standing.into_iter().map(|step| {
            let who = learners(step.learners_on_it, "stands", "stand");
            let goal = step.moves_on_to.as_ref().map_or("the next open step".to_owned(), |title| format!("“{title}”"));
            format!("{who} on “{}”, which is removed, and will move on to {goal}.", step.title)
        }));
    }
    if losing.len() > NAMED_MAX {
        let count = losing.len();
        questions.push(format!("{} of {count} steps are deleted for good.", events(plan.learners.events_lost)));
    } else {
        questions.extend(losing.into_iter().map(|step| {
            let verb = if step.events_lost == 1 { "is" } else { "are" };
            format!("{} of “{}” {verb} deleted for good.", events(step.events_lost), step.title)
        }));
    }
    questions
}

fn events(count: u32) -> String {
    if count == 1 { "1 completion event".to_owned() } else { format!("{count} completion events") }
}

fn learners(count: u32, one: &str, many: &str) -> String {
    if count == 1 { format!("1 learner {one}") } else { format!("{count} learners {many}") }
}
