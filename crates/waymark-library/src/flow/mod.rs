//! The flow of a draft, and changing it. A single link is an edit that any door applies; what needs to know the whole
//! flow is here, made for the draft as it is now.

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::Result,
    flow::{self, Flow, FlowOrder},
    id::{StepId, WalkthroughId},
};

use crate::{
    Library, drafts,
    edits::{self, Applied, ApplyEdit},
};

#[cfg(test)]
mod tests;

/// Which order is to decide.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SetOrder {
    /// In which draft.
    pub walkthrough: WalkthroughId,
    /// The order.
    pub order: FlowOrder,
}

/// Which ways are to follow the order of display.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Straighten {
    /// In which draft.
    pub walkthrough: WalkthroughId,
    /// From which step; `None` from every one.
    pub step: Option<StepId>,
}

/// The flow of a draft.
///
/// # Errors
/// `NotFound`.
pub async fn read(library: &Library, id: &WalkthroughId) -> Result<Flow> {
    Ok(flow::flow(&drafts::open(library, id).await?.draft.walkthrough))
}

/// Makes the display order or the links decide.
///
/// # Errors
/// Those of [`flow::set_order`] and of [`edits::apply`].
pub async fn set_order(library: &Library, input: SetOrder, origin: &str) -> Result<Applied> {
    let SetOrder { walkthrough, order } = input;
    let opened = drafts::open(library, &walkthrough).await?;
    let edit = flow::set_order(&opened.draft.walkthrough, order)?;
    let apply = ApplyEdit { walkthrough, edit, seen_version: Some(opened.version), origin: origin.to_owned() };
    edits::apply(library, apply).await
}

/// Makes ways follow the order of display, as one edit; `None` where they do already.
///
/// # Errors
/// Those of [`flow::straighten`] and of [`edits::apply`].
pub async fn straighten(library: &Library, input: Straighten, origin: &str) -> Result<Option<Applied>> {
    let Straighten { walkthrough, step } = input;
    let opened = drafts::open(library, &walkthrough).await?;
    let Some(edit) = flow::straighten(&opened.draft.walkthrough, step.as_ref())? else {
        return Ok(None);
    };
    let apply = ApplyEdit { walkthrough, edit, seen_version: Some(opened.version), origin: origin.to_owned() };
    edits::apply(library, apply).await.map(Some)
}
