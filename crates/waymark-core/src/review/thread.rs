//! Threads as they are shown: a log put together for the text that there is now.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Comment, Decision, Resolution, Target,
    anchor::Anchor,
    log::ReviewLog,
    standing::{self, Standing},
};
use crate::{
    content::Field,
    hash,
    id::CommentId,
    walkthrough::{Millis, Walkthrough},
};

/// A review as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Review {
    /// The content that there is now.
    pub content_hash: String,
    /// Where the review stands for it.
    pub standing: Standing,
    /// Every decision, the last one first.
    pub decisions: Vec<Decision>,
    /// In the order of the walkthrough: about it as a whole, then step by step, field by field, from top to bottom.
    pub threads: Vec<Thread>,
    /// How many of them are open.
    pub open: u32,
}

/// What was said about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReviewThread")]
pub struct Thread {
    /// Its first comment.
    pub id: CommentId,
    /// What it is about, as it was when it began.
    pub target: Target,
    /// Where that is now.
    pub spot: Spot,
    /// Whether it is settled.
    pub is_resolved: bool,
    /// Who settled it or opened it again last, and when.
    pub resolution: Option<Resolution>,
    /// In the order of time; those that were taken back have no text.
    pub comments: Vec<Comment>,
}

/// Where a thread's target is in the present text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ReviewSpot")]
pub struct Spot {
    /// The step's number now, from 1.
    pub number: Option<u32>,
    /// The step's title now.
    pub title: Option<String>,
    /// Where its text begins, in UTF-16 code units.
    pub from: Option<u32>,
    /// Where its text ends (exclusive).
    pub to: Option<u32>,
    /// Whether what it is about is gone: the step, or the text.
    pub is_outdated: bool,
}

/// Where a library has a comment's stretch in its present text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The stretch, as it was when it was last there.
    pub anchor: Anchor,
    /// The stretch as it was commented on.
    pub origin: Anchor,
    /// Whether its text is gone.
    pub is_lost: bool,
}

impl Place {
    /// A stretch that is there.
    pub fn new(anchor: Anchor) -> Self {
        Self { origin: anchor.clone(), anchor, is_lost: false }
    }

    /// Where the stretch is after the text has become another. A stretch that was lost is looked for by its words.
    #[must_use]
    pub fn carry(&self, before: &str, after: &str) -> Place {
        let found = match self.is_lost {
            true => self.anchor.find(after).or_else(|| self.origin.find(after)),
            false => self.anchor.carry(before, after),
        };
        let is_lost = found.is_none();
        Place { anchor: found.unwrap_or_else(|| self.anchor.clone()), origin: self.origin.clone(), is_lost }
    }
}

/// Puts a review together.
pub fn assemble(walkthrough: &Walkthrough, log: ReviewLog, places: &BTreeMap<CommentId, Place>) -> Review {
    let content_hash = hash::content_hash(walkthrough);
    let ReviewLog { comments, resolutions, mut decisions } = log;
    let standing = standing::of(&decisions, &content_hash);
    decisions.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    let mut threads: BTreeMap<CommentId, Vec<Comment>> = BTreeMap::new();
    for comment in comments {
        threads.entry(comment.thread.clone()).or_default().push(comment);
    }
    let mut threads: Vec<Thread> = threads
        .into_iter()
        .filter(|(_, comments)| comments.iter().any(|comment| comment.text.is_some()))
        .map(|(id, comments)| thread(walkthrough, id, comments, &resolutions, places))
        .collect();
    threads.sort_by_key(order);
    let open = threads.iter().filter(|thread| !thread.is_resolved).count() as u32;
    Review { content_hash, standing, decisions, threads, open }
}

fn thread(
    walkthrough: &Walkthrough,
    id: CommentId,
    mut comments: Vec<Comment>,
    resolutions: &[Resolution],
    places: &BTreeMap<CommentId, Place>,
) -> Thread {
    // The first one is the one that began it, whatever the clocks of two machines say.
    comments.sort_by(|a, b| (a.id != id, a.at, &a.id).cmp(&(b.id != id, b.at, &b.id)));
    let target = comments[0].target.clone().unwrap_or_default();
    let about_it = resolutions.iter().filter(|resolution| resolution.thread == id);
    let resolution = about_it.max_by_key(|resolution| (resolution.at, &resolution.id)).cloned();
    let spot = spot(walkthrough, &target, places.get(&id));
    let is_resolved = resolution.as_ref().is_some_and(|resolution| resolution.is_resolved);
    Thread { id, target, spot, is_resolved, resolution, comments }
}

fn spot(walkthrough: &Walkthrough, target: &Target, place: Option<&Place>) -> Spot {
    let Some(id) = &target.step else { return Spot::default() };
    let Ok(index) = walkthrough.step_index(id) else { return Spot { is_outdated: true, ..Spot::default() } };
    let step = &walkthrough.steps[index];
    let spot = Spot { number: Some(index as u32 + 1), title: Some(step.title.clone()), ..Spot::default() };
    match (&target.anchor, place) {
        (None, _) => spot,
        (Some(_), Some(Place { anchor, is_lost: false, .. })) => {
            Spot { from: Some(anchor.from), to: Some(anchor.to), ..spot }
        }
        (Some(_), _) => Spot { is_outdated: true, ..spot },
    }
}

/// The place of a thread among all of them.
fn order(thread: &Thread) -> (u32, Option<Field>, u32, Millis, CommentId) {
    let Spot { number, from, .. } = &thread.spot;
    // What is about a step that is gone comes last.
    let is_gone = number.is_none() && thread.target.step.is_some();
    let number = if is_gone { u32::MAX } else { number.unwrap_or(0) };
    let from = if thread.target.anchor.is_some() { from.unwrap_or(u32::MAX) } else { 0 };
    (number, thread.target.field, from, thread.comments[0].at, thread.id.clone())
}
