//! Changes of the flow that need to know it. A single link is [`Edit::SetLink`] and needs nothing from here.

use super::{FlowOrder, Ways};
use crate::{
    edit::Edit,
    error::{Code, Error, Result},
    id::StepId,
    json::{FreeJson, with_own},
    walkthrough::{Step, Walkthrough},
};

/// The edit that makes the display order or the links decide.
///
/// # Errors
/// `Refused` where the metadata is not a JSON object and so has no room for it.
pub fn set_order(walkthrough: &Walkthrough, order: FlowOrder) -> Result<Edit> {
    let metadata = walkthrough.metadata.as_ref();
    if metadata.is_some_and(|json| !json.is_null() && json.entries().is_none()) {
        let message = "The metadata is not a JSON object, so that there is no room for the order.";
        return Err(Error::new(Code::Refused, message).with_hint("Make the metadata an object first."));
    }
    let value = (order == FlowOrder::Linked).then(|| FreeJson::of("linked"));
    Ok(Edit::SetMetadata { metadata: with_own(metadata, "order", value) })
}

/// The edit that makes the way on from a step (or from every step) the plain one: to the step that comes next in the
/// order of display. `None` where it is already.
///
/// # Errors
/// `NotFound` for an unknown step.
pub fn straighten(walkthrough: &Walkthrough, step: Option<&StepId>) -> Result<Option<Edit>> {
    let places = match step {
        Some(step) => vec![walkthrough.step_index(step)?],
        None => (0..walkthrough.steps.len()).collect(),
    };
    let ways = Ways::of(walkthrough);
    let is_plain = |at: usize| {
        let successor = (at + 1 < walkthrough.steps.len()).then_some(at + 1);
        // A link to itself or to nowhere is no way on, so the step leads on by the order; the link itself is still wrong.
        let is_stray = walkthrough.steps[at].next_step_id.is_some() && ways.is_stray(at);
        ways.next(at) == successor && !is_stray
    };
    let successor = |at: usize| walkthrough.steps.get(at + 1).map(|step: &Step| step.id.clone());
    let mut edits: Vec<Edit> = places
        .into_iter()
        .filter(|at| !is_plain(*at))
        .map(|at| Edit::SetLink { step: walkthrough.steps[at].id.clone(), next: successor(at) })
        .collect();
    Ok(match edits.len() {
        0 => None,
        1 => edits.pop(),
        _ => Some(Edit::Batch { edits }),
    })
}
