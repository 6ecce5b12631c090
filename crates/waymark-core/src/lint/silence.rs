//! Findings that somebody has looked at and keeps, with the reason: `metadata.waymark.silenced` of a step or of the
//! whole walkthrough, in all texts or in one kind of them (a field, or a part such as the title or the quiz). They go with the walkthrough, so that the next reviewer reads the
//! reason rather than ask again.

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    edit::Edit,
    error::{Code, Error, Result},
    id::StepId,
    json::{FreeJson, own, with_own},
    lint::{Finding, rules},
    search::Part,
    walkthrough::Walkthrough,
};

const KEY: &str = "silenced";

/// A rule that is silenced, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silenced {
    /// The rule's number.
    pub rule: String,
    /// In this content field alone; in everything where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// In this part that is no field, such as the title, alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// Why it does not matter here.
    pub reason: String,
}

/// Why a finding does not matter, and where that stands: a [`SilenceRule`] with the same rule, step, field and part and without
/// a reason takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Silence {
    /// Why it does not matter here.
    pub reason: String,
    /// The step that says so; `None` where the walkthrough does.
    pub step: Option<StepId>,
    /// The content field that is meant; `None` where it holds for all and for what is in none.
    pub field: Option<Field>,
    /// The part that is meant, where it is no field.
    pub part: Option<Part>,
}

/// Silences a rule, or lets it speak again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SilenceRule {
    /// The rule's number.
    pub rule: String,
    /// In which step; `None` for the whole walkthrough.
    pub step: Option<StepId>,
    /// In which content field; `None` for all, and for what is in none.
    #[serde(default)]
    pub field: Option<Field>,
    /// In which part that is no field, such as the title; `None` for all.
    #[serde(default)]
    pub part: Option<Part>,
    /// Why; `None` lets the rule speak again: what was silenced with the same step, field and part.
    pub reason: Option<String>,
}

/// The edit that silences a rule.
///
/// # Errors
/// `InvalidInput` for an unknown rule and for a blank reason, `NotFound` for an unknown step, `Refused` where the
/// metadata is not a JSON object and so has no room for it.
pub fn silence(walkthrough: &Walkthrough, input: SilenceRule) -> Result<Edit> {
    let SilenceRule { rule, step, field, part, reason } = input;
    let field = field.or(part.and_then(Part::field));
    let part = part.filter(|_| field.is_none());
    let Some(known) = rules::find(&rule) else {
        return Err(Error::invalid(format!("There is no rule `{rule}`.")).with_field("rule"));
    };
    if reason.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        return Err(Error::invalid("The reason is empty.")
            .with_field("reason")
            .with_hint("Say in a sentence why the finding does not matter here."));
    }
    if reason.is_some() && known.id == rules::UNSTORABLE.id {
        let message = format!("`{rule}` cannot be silenced: the database refuses such a text.");
        return Err(Error::new(Code::Refused, message).with_hint("Mend the text."));
    }
    let metadata = match &step {
        Some(step) => walkthrough.steps[walkthrough.step_index(step)?].metadata.as_ref(),
        None => walkthrough.metadata.as_ref(),
    };
    if metadata.is_some_and(|json| !json.is_null() && json.entries().is_none()) {
        let message = "The metadata is not a JSON object, so that there is no room for the reason.";
        return Err(Error::new(Code::Refused, message).with_hint("Make the metadata an object first."));
    }
    let is_other = |known: &Silenced| known.rule != rule || (known.field, known.part) != (field, part);
    let mut silenced: Vec<Silenced> = read(metadata).into_iter().filter(is_other).collect();
    silenced.extend(reason.map(|reason| Silenced { rule, field, part, reason: reason.trim().to_owned() }));
    let value = (!silenced.is_empty()).then(|| FreeJson::of(&silenced));
    let metadata = with_own(metadata, KEY, value);
    Ok(match step {
        Some(step) => Edit::SetStepMetadata { step, metadata },
        None => Edit::SetMetadata { metadata },
    })
}

/// Gives each silenced finding its reason. The step's own word goes before the walkthrough's, and one about the field before
/// one about everything.
pub(super) fn mark(walkthrough: &Walkthrough, findings: &mut [Finding]) {
    let everywhere = read(walkthrough.metadata.as_ref());
    let mut of_step: (Option<StepId>, Vec<Silenced>) = (None, Vec::new());
    for finding in findings.iter_mut().filter(|finding| finding.rule != rules::UNSTORABLE.id) {
        if of_step.0 != finding.step_id {
            let step = finding.step_id.as_ref().and_then(|id| walkthrough.step(id));
            of_step = (finding.step_id.clone(), read(step.and_then(|step| step.metadata.as_ref())));
        }
        let own = word(&of_step.1, finding).filter(|_| finding.step_id.is_some());
        let own = own.map(|known| (known, finding.step_id.clone()));
        let said = own.or_else(|| word(&everywhere, finding).map(|known| (known, None)));
        finding.silenced = said.map(|(known, step)| Silence {
            reason: known.reason.clone(),
            step,
            field: known.field,
            part: known.part,
        });
    }
}

/// What is said about a finding in one place.
fn word<'a>(said: &'a [Silenced], finding: &Finding) -> Option<&'a Silenced> {
    let about = |part: Option<Part>| {
        let is_it =
            |known: &&Silenced| known.rule == finding.rule && known.field.map(Part::of_field).or(known.part) == part;
        said.iter().find(is_it)
    };
    finding.part().and_then(|part| about(Some(part))).or_else(|| about(None))
}

/// What is silenced; nothing where somebody wrote something else there.
fn read(metadata: Option<&FreeJson>) -> Vec<Silenced> {
    let mentioned = metadata.filter(|json| json.as_str().contains(KEY));
    let items = own(mentioned, KEY).and_then(|json| json.items()).unwrap_or_default();
    items.iter().filter_map(|item| item.read().ok()).collect()
}
