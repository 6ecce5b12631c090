//! Tokens against the budgets: of a field, of a step, of the whole walkthrough. What is counted are the texts as they are
//! written, without what a template adds.

use crate::{
    content::Field,
    lint::{
        Findings,
        own::Budgets,
        rules::{self, Rule},
    },
    tokens::{self, Encoding},
    walkthrough::Step,
};

/// Bytes that are counted in one go; counting a megabyte takes a tenth of a second.
const COUNTED_MAX: usize = 128 * 1024;

/// What may be spent, and what counts it.
pub struct Purse {
    pub budgets: Budgets,
    pub encoding: Encoding,
}

/// All steps together.
pub fn check_walkthrough(findings: &mut Findings<'_>, purse: &Purse) {
    let steps = &findings.walkthrough.steps;
    let texts = steps.iter().flat_map(texts).collect::<Vec<_>>();
    let what = format!("The walkthrough `{}` has", findings.walkthrough.title);
    let hint = "Shorten its steps, or make two walkthroughs of it.";
    check(findings, purse, rules::WALKTHROUGH_OVER_BUDGET, purse.budgets.walkthrough, &texts, &what, hint);
}

/// The four texts of a step.
pub fn check_step(findings: &mut Findings<'_>, purse: &Purse, step: &Step) {
    let texts = texts(step).collect::<Vec<_>>();
    let what = format!("The step `{}` has", step.title);
    let hint = "Shorten it, or split it into two steps.";
    check(findings, purse, rules::OVER_BUDGET, purse.budgets.step, &texts, &what, hint);
}

/// One text of a step, where the walkthrough has a budget for that.
pub fn check_field(findings: &mut Findings<'_>, purse: &Purse, step: &Step, field: Field) {
    let (Some(budget), Some(text)) = (purse.budgets.field, step.content_fields.text(field)) else { return };
    let what = format!("The {} of `{}` has", field.label(), step.title);
    check(findings, purse, rules::FIELD_OVER_BUDGET, budget, &[text], &what, "Shorten it, or split the step.");
}

fn texts(step: &Step) -> impl Iterator<Item = &str> {
    Field::ALL.into_iter().filter_map(|field| step.content_fields.text(field))
}

fn check(findings: &mut Findings<'_>, purse: &Purse, rule: Rule, budget: u32, texts: &[&str], what: &str, hint: &str) {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    // A token is at least one byte, so that most texts need not be counted.
    if bytes <= budget as usize {
        return;
    }
    let (count, is_whole) = count_up_to(purse.encoding, texts, budget);
    if count > budget {
        let more = if is_whole { "" } else { "more than " };
        let tokenizer = purse.encoding.name();
        let message = format!("{what} {more}{count} tokens (`{tokenizer}`), and the budget is {budget}.");
        findings.add(rule, message, hint.to_owned());
    }
}

/// Counts until it is clear that it is too much: nobody needs to know exactly by how many a megabyte is.
fn count_up_to(encoding: Encoding, texts: &[&str], budget: u32) -> (u32, bool) {
    let (mut count, mut bytes) = (0, 0);
    for text in texts {
        let mut rest = *text;
        while !rest.is_empty() {
            if bytes >= COUNTED_MAX && count > budget {
                return (count, false);
            }
            let (piece, after) = rest.split_at(rest.floor_char_boundary(COUNTED_MAX));
            count += tokens::count(encoding, piece);
            bytes += piece.len();
            rest = after;
        }
    }
    (count, true)
}
