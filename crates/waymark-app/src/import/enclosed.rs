//! What comes with a walkthrough in a bundle: its review and its kept conversations.
//!
//! A review only ever adds, so that it comes in also where the draft that is here keeps its text.

use std::collections::BTreeMap;

use waymark_core::{
    error::Result,
    format::{
        bundle::{Enclosed, NamedConversation, ReadBundle},
        json::Warning,
    },
    id::{StepId, WalkthroughId},
    walkthrough::Walkthrough,
};
use waymark_library::{
    conversations, drafts,
    review::{self, Arrival, Carried, Merged},
};

use super::{Beside, Clash, FoundReview, ImportedOne, OnClash, Outcome, Read};
use crate::App;

/// What a bundle has besides the walkthrough and its files.
#[derive(Clone)]
pub struct Arriving {
    review: Carried,
    conversations: Vec<NamedConversation>,
    /// The walkthrough as it is in the bundle, whatever becomes of it here.
    text: Walkthrough,
}

impl Arriving {
    /// Steps that got other ids here. `written` has the same steps in the same order.
    pub fn renamed(&self, written: &Walkthrough) -> BTreeMap<StepId, StepId> {
        let there = self.text.steps.iter().map(|step| &step.id);
        let pairs = there.zip(written.steps.iter().map(|step| &step.id));
        pairs.filter(|(there, here)| there != here).map(|(there, here)| (there.clone(), here.clone())).collect()
    }
}

/// A bundle as an import reads it.
pub fn unpack(bundle: ReadBundle) -> Read {
    let ReadBundle { file, enclosed: Enclosed { review, places, conversations, files } } = bundle;
    let arriving = Arriving { review: Carried { log: review, places }, conversations, text: file.walkthrough.clone() };
    let beside = files.into_iter().map(|(name, bytes)| Beside::Bytes(name, bytes)).collect();
    Read { file, beside, enclosed: Some(arriving) }
}

/// What of a bundle's review would be new.
pub async fn foresee(app: &App, read: &Read, clash: Option<&Clash>) -> Result<Option<FoundReview>> {
    let Some(arriving) = &read.enclosed else { return Ok(None) };
    let log = &arriving.review.log;
    let known = clash.filter(|clash| clash.is_same_id).map(|clash| &clash.with);
    let decision = log.decisions.iter().max_by_key(|decision| (decision.at, &decision.id)).cloned();
    let conversations = arriving.conversations.len() as u32;
    Ok(Some(FoundReview { news: review::foresee(&app.library, known, log).await?, decision, conversations }))
}

/// Whether the draft keeps its text: it is the same, or nobody said that it is to be replaced.
pub fn is_review_only(clash: &Clash, on_clash: Option<OnClash>) -> bool {
    let keeps_text = match on_clash {
        None | Some(OnClash::Review) => true,
        Some(OnClash::Update) => clash.changes == 0,
        Some(OnClash::Copy | OnClash::Skip) => false,
    };
    clash.is_same_id && !clash.is_trashed && keeps_text
}

/// Takes in the review alone, and says where the text of the bundle is another.
pub async fn only_review(
    app: &App,
    arriving: Arriving,
    clash: &Clash,
    mut warnings: Vec<Warning>,
) -> Result<ImportedOne> {
    let is_other_text_left = clash.changes > 0;
    if is_other_text_left {
        let places = if clash.changes == 1 { "1 place".to_owned() } else { format!("{} places", clash.changes) };
        let message = format!(
            "The bundle has another text, in {places}: the draft keeps its own, and only the review came in. Say to update it (`--update`), or to import a copy beside it (`--as-copy`)."
        );
        warnings.push(Warning { path: "$.steps".to_owned(), message });
    }
    let review = Some(bring(app, arriving, &clash.with, BTreeMap::new()).await?);
    let present = drafts::open(&app.library, &clash.with).await?.draft.walkthrough;
    let steps = present.steps.len() as u32;
    let (id, title, outcome) = (present.id, present.title, Outcome::Reviewed);
    Ok(ImportedOne { id, title, steps, warnings, outcome, review, is_other_text_left })
}

/// Puts what came along to the walkthrough that is here now.
pub async fn bring(
    app: &App,
    arriving: Arriving,
    id: &WalkthroughId,
    steps: BTreeMap<StepId, StepId>,
) -> Result<Merged> {
    let Arriving { review, conversations, text } = arriving;
    let arrival = Arrival { walkthrough: id.clone(), review, text, steps };
    let merged = review::merge(&app.library, arrival, &app.env.origin).await?;
    conversations::bring(&app.library, id, conversations, &app.env.origin).await?;
    Ok(merged)
}
