//! Reviews that come from elsewhere and go there: joined item by item, so that nothing of either side is lost.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::Result,
    id::{CommentId, StepId, WalkthroughId},
    review::{Comment, anchor::Anchor, log::ReviewLog, thread::Place},
    walkthrough::Walkthrough,
};

use super::{
    store::{self, Item, PlaceRow},
    text_of,
};
use crate::{Library, changes::What, drafts::store::load, write::Write};

/// A review with where its comments stand in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// What was said and decided.
    pub log: ReviewLog,
    /// Where comments on a selection stand; those that are not here have lost their place.
    pub places: BTreeMap<CommentId, Anchor>,
}

/// A review that comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// For which draft.
    pub walkthrough: WalkthroughId,
    /// What comes.
    pub review: Carried,
    /// The text that its places are in.
    pub text: Walkthrough,
    /// Steps that have another id here, by the one that they have there.
    pub steps: BTreeMap<StepId, StepId>,
}

/// How much of a review is new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "MergedReview")]
pub struct Merged {
    /// Comments that are new or say something else.
    pub comments: u32,
    /// Decisions that are new.
    pub decisions: u32,
    /// Threads that were resolved or opened again.
    pub resolutions: u32,
}

impl Merged {
    fn of(news: &ReviewLog) -> Self {
        let count = |length: usize| length as u32;
        Self {
            comments: count(news.comments.len()),
            decisions: count(news.decisions.len()),
            resolutions: count(news.resolutions.len()),
        }
    }
}

/// A draft's review as it goes into a bundle.
///
/// # Errors
/// Those of the file.
pub async fn bundled(library: &Library, id: &WalkthroughId) -> Result<Carried> {
    let mut snapshot = library.snapshot().await?;
    let log = store::log(&mut snapshot, id).await?;
    let rows = store::places(&mut snapshot, id).await?;
    let kept = rows.into_iter().filter(|row| !row.place.is_lost);
    Ok(Carried { log, places: kept.map(|row| (row.comment, row.place.anchor)).collect() })
}

/// How much of a review would be new for a draft; all of it where there is no such draft.
///
/// # Errors
/// Those of the file.
pub async fn foresee(library: &Library, id: Option<&WalkthroughId>, log: &ReviewLog) -> Result<Merged> {
    let Some(id) = id else { return Ok(Merged::of(log)) };
    let mut snapshot = library.snapshot().await?;
    Ok(Merged::of(&log.news_for(&store::log(&mut snapshot, id).await?)))
}

/// Joins a review that comes in with the one that is here.
///
/// # Errors
/// `NotFound`.
pub async fn merge(library: &Library, arrival: Arrival, origin: &str) -> Result<Merged> {
    let Arrival { walkthrough: id, review, text, steps } = arrival;
    let mut write = Write::begin(library).await?;
    let draft = load(write.connection(), library.cache(), &id).await?.draft;
    let known = store::log(write.connection(), &id).await?;
    let log = with_steps(review.log, &steps);
    let news = log.news_for(&known);
    if news.is_empty() {
        return Ok(Merged::default());
    }
    let merged = Merged::of(&news);
    let is_known = |comment: &Comment| known.comments.iter().any(|other| other.id == comment.id);
    for comment in news.comments.iter().filter(|comment| !is_known(comment)) {
        if let Some(row) = arrived(comment, &review.places, (&text, &steps), &draft.walkthrough) {
            store::put_place(write.connection(), &id, &row).await?;
        }
    }
    let items = news.comments.iter().map(Item::Comment);
    let items = items.chain(news.resolutions.iter().map(Item::Resolution));
    for item in items.chain(news.decisions.iter().map(Item::Decision)) {
        store::put(write.connection(), &id, &item).await?;
    }
    write.announce(What::Review, id.as_str(), origin).await?;
    write.commit().await?;
    Ok(merged)
}

/// Where a comment that comes in stands in the text that is here: carried over what differs between the two.
fn arrived(
    comment: &Comment,
    places: &BTreeMap<CommentId, Anchor>,
    (text, steps): (&Walkthrough, &BTreeMap<StepId, StepId>),
    here: &Walkthrough,
) -> Option<PlaceRow> {
    let target = comment.target.as_ref()?;
    let (step, field, anchor) = (target.step.as_ref()?, target.field?, target.anchor.as_ref()?);
    let there = steps.iter().find(|(_, here)| *here == step).map_or(step, |(there, _)| there);
    let (before, after) = (text_of(text, there, field), text_of(here, step, field));
    let place = match places.get(&comment.id) {
        Some(there) => Place { anchor: there.clone(), origin: anchor.clone(), is_lost: false }.carry(before, after),
        None => Place { is_lost: true, ..Place::new(anchor.clone()) }.carry(before, after),
    };
    // Positions in a file are somebody's claim.
    let is_there = Anchor::of(after, place.anchor.from, place.anchor.to).is_ok_and(|found| found == place.anchor);
    let place = Place { is_lost: place.is_lost || !is_there, ..place };
    Some(PlaceRow { comment: comment.id.clone(), step: step.clone(), field, place })
}

fn with_steps(mut log: ReviewLog, steps: &BTreeMap<StepId, StepId>) -> ReviewLog {
    for target in log.comments.iter_mut().filter_map(|comment| comment.target.as_mut()) {
        if let Some(here) = target.step.as_ref().and_then(|step| steps.get(step)) {
            target.step = Some(here.clone());
        }
    }
    log
}
