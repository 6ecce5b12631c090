//! Links between steps: to themselves, to nowhere, in circles, and past a step.

use std::collections::{HashMap, HashSet};

use crate::{
    edit::Edit,
    id::StepId,
    learner::path::is_linked,
    lint::{Findings, rules},
    walkthrough::{Step, Walkthrough},
};

/// What the links of all steps make together, by place.
pub struct Links {
    /// The steps whose link closes a circle, and how many steps are in it.
    closing: HashMap<usize, usize>,
    /// The steps that the links jump over.
    passed_over: HashSet<usize>,
}

impl Links {
    /// Where nobody set a link, there is nothing to find.
    pub fn of(walkthrough: &Walkthrough, order: &HashMap<&StepId, usize>) -> Self {
        let link = |(at, step): (usize, &Step)| {
            let next = step.next_step_id.as_ref().and_then(|next| order.get(next).copied());
            next.filter(|next| *next != at)
        };
        let mut next: Vec<Option<usize>> = walkthrough.steps.iter().enumerate().map(link).collect();
        if next.iter().all(Option::is_none) {
            return Self { closing: HashMap::new(), passed_over: HashSet::new() };
        }
        if !is_linked(walkthrough.metadata.as_ref()) {
            // In display order, a step without a link leads to its successor.
            let count = next.len();
            for (at, next) in next.iter_mut().enumerate().take(count - 1) {
                next.get_or_insert(at + 1);
            }
        }
        Self { closing: circles(&next), passed_over: passed_over(&next) }
    }
}

/// The last step of each circle: its link leads back.
fn circles(next: &[Option<usize>]) -> HashMap<usize, usize> {
    // The walk in which a step was first met, from 1.
    let mut met_in = vec![0; next.len()];
    let mut found = HashMap::new();
    for start in 0..next.len() {
        let (mut at, mut way) = (Some(start), Vec::new());
        while let Some(here) = at.filter(|here| met_in[*here] == 0) {
            met_in[here] = start + 1;
            way.push(here);
            at = next[here];
        }
        let Some(again) = at.filter(|here| met_in[*here] == start + 1) else {
            continue;
        };
        let circle = way.iter().skip_while(|here| **here != again);
        if let Some(last) = circle.clone().max() {
            found.insert(*last, circle.count());
        }
    }
    found
}

/// The steps that no other step leads to, apart from the first.
fn passed_over(next: &[Option<usize>]) -> HashSet<usize> {
    let led_to: HashSet<usize> = next.iter().copied().flatten().collect();
    (1..next.len()).filter(|at| !led_to.contains(at)).collect()
}

/// The link of one step, and the links to it.
pub fn check(findings: &mut Findings<'_>, links: &Links, index: usize, step: &Step) {
    if links.passed_over.contains(&index) {
        let message = format!("The links jump over the step `{}`.", step.title);
        findings.add(rules::UNREACHABLE, message, "Link a step to it, or delete it.".to_owned());
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
    } else if let Some(count) = links.closing.get(&index) {
        let message = format!("The link of the step `{}` closes a circle of {count} steps.", step.title);
        findings.add_fixed(rules::CYCLE, message, hint, unlink);
    }
}
