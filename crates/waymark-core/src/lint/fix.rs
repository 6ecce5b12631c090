//! Quick fixes of many findings as one edit.

use std::{collections::HashSet, mem::discriminant};

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    edit::{self, Draft, Edit},
    id::StepId,
    lint::{Finding, LintContext, lint},
    search::Part,
    walkthrough::Walkthrough,
};

/// A fix can bring something to light that was hidden, and so on; it ends after this many rounds in any case.
const ROUNDS_MAX: usize = 20;

/// Which findings to fix; what is `None` is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FixSelection {
    /// The rule's number.
    pub rule: Option<String>,
    /// In which step.
    pub step: Option<StepId>,
    /// In which field.
    pub field: Option<Field>,
    /// In which part that is no field, such as the title.
    #[serde(default)]
    pub part: Option<Part>,
}

impl FixSelection {
    fn takes(&self, finding: &Finding) -> bool {
        self.rule.as_ref().is_none_or(|rule| *rule == finding.rule)
            && self.step.as_ref().is_none_or(|step| Some(step) == finding.step_id.as_ref())
            && self.field.is_none_or(|field| Some(field) == finding.field)
            && self.part.is_none_or(|part| Some(part) == finding.part())
    }
}

/// One edit that applies the quick fixes of all selected findings, so that one undo takes them all back. `None` where
/// there is nothing to fix. Silenced findings stay.
pub fn fix(walkthrough: &Walkthrough, context: &LintContext, selection: &FixSelection) -> Option<Edit> {
    let mut draft = Draft { walkthrough: walkthrough.clone(), trashed_at: None };
    let mut edits = Vec::new();
    for _ in 0..ROUNDS_MAX {
        let round = one_round(&draft.walkthrough, context, selection);
        if round.is_empty() {
            break;
        }
        for known in &round {
            edit::apply(&mut draft, known).expect("BUG: a quick fix does not fit the text that it was made for");
        }
        edits.extend(round);
    }
    match edits.len() {
        0 => None,
        1 => edits.pop(),
        _ => Some(Edit::Batch { edits }),
    }
}

/// The first fix for each place: a second one there would count on the text as it was.
fn one_round(walkthrough: &Walkthrough, context: &LintContext, selection: &FixSelection) -> Vec<Edit> {
    let mut touched = HashSet::new();
    let found = lint(walkthrough, context).into_iter().filter(|finding| selection.takes(finding));
    let fixes = found.filter_map(|Finding { step_id, field, fix, .. }| {
        let fix = fix?;
        let what = fix.edits.first().map(discriminant);
        touched.insert((step_id, field, what)).then_some(fix)
    });
    fixes.flat_map(|fix| fix.edits).collect()
}
