//! The log of a review, and how two of them become one.
//!
//! Every item has an id of its own. Decisions and resolutions never change; a comment carries the time of its last change.
//! Of two items with one id the later one is kept, and of two of the same time the one whose JSON sorts last: a total order,
//! so that joining is commutative, associative and idempotent, and no item is ever dropped.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Comment, Decision, Resolution};
use crate::{json::FreeJson, walkthrough::Millis};

/// All that was said and decided about one walkthrough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewLog {
    /// By id.
    pub comments: Vec<Comment>,
    /// By id.
    pub resolutions: Vec<Resolution>,
    /// By id.
    pub decisions: Vec<Decision>,
}

/// An item of a log, as far as joining goes.
trait Item: Clone + Serialize {
    fn id(&self) -> &str;
    fn changed_at(&self) -> Millis;
}

impl Item for Comment {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn changed_at(&self) -> Millis {
        self.changed_at
    }
}

impl Item for Resolution {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn changed_at(&self) -> Millis {
        self.at
    }
}

impl Item for Decision {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn changed_at(&self) -> Millis {
        self.at
    }
}

impl ReviewLog {
    /// Whether nothing was ever said.
    pub fn is_empty(&self) -> bool {
        self.comments.is_empty() && self.resolutions.is_empty() && self.decisions.is_empty()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.comments.len() + self.resolutions.len() + self.decisions.len()
    }

    /// Both logs as one.
    #[must_use]
    pub fn merge(self, other: ReviewLog) -> ReviewLog {
        ReviewLog {
            comments: join(self.comments, other.comments),
            resolutions: join(self.resolutions, other.resolutions),
            decisions: join(self.decisions, other.decisions),
        }
    }

    /// The items of this log that `known` lacks, or has in an older version.
    #[must_use]
    pub fn news_for(&self, known: &ReviewLog) -> ReviewLog {
        ReviewLog {
            comments: news(&known.comments, &self.comments),
            resolutions: news(&known.resolutions, &self.resolutions),
            decisions: news(&known.decisions, &self.decisions),
        }
    }
}

fn join<T: Item>(mine: Vec<T>, theirs: Vec<T>) -> Vec<T> {
    let mut found: BTreeMap<String, T> = BTreeMap::new();
    for item in mine.into_iter().chain(theirs) {
        match found.get(item.id()) {
            Some(known) if !is_later(&item, known) => {}
            _ => {
                found.insert(item.id().to_owned(), item);
            }
        }
    }
    found.into_values().collect()
}

fn news<T: Item>(known: &[T], other: &[T]) -> Vec<T> {
    let known: BTreeMap<&str, &T> = known.iter().map(|item| (item.id(), item)).collect();
    let is_news = |item: &&T| known.get(item.id()).is_none_or(|known| is_later(*item, known));
    other.iter().filter(is_news).cloned().collect()
}

/// Whether `a` takes the place of `b`, which has the same id.
fn is_later<T: Item>(a: &T, b: &T) -> bool {
    let text = |item: &T| FreeJson::of(item).as_str().to_owned();
    (a.changed_at(), text(a)) > (b.changed_at(), text(b))
}
