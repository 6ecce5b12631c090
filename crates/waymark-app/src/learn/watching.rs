//! What becomes other for agents while they are there: told once after each write to a draft, whoever wrote.
//!
//! Drafts only. Production tells nobody: its edits are not ours to notice.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use tokio::sync::broadcast::{Receiver, error::RecvError};
use waymark_core::{error::Result, id::WalkthroughId};
use waymark_library::{
    Library,
    changes::{self, Change, What},
    learners::outline::{self, Outline},
};

use super::Learners;

/// Somebody who is told of every write from now on, and has not said yet what is of interest.
pub struct Listening {
    library: Library,
    changes: Receiver<Change>,
}

/// Somebody who is told of changes to what a server shows.
pub struct Watching {
    library: Library,
    server: Option<String>,
    changes: Receiver<Change>,
    shown: HashMap<WalkthroughId, Shown>,
    /// The last write that `shown` may have seen already.
    seen: i64,
}

/// What became other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Whether another list of walkthroughs, titles or descriptions is shown now.
    pub is_offer_other: bool,
    /// Whether there are other steps, or others' titles or order.
    pub is_list_other: bool,
}

/// Enough of a walkthrough to tell whether it is listed as before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shown {
    offer: u64,
    steps: u64,
}

impl Learners {
    /// Begins to listen. `None` for production. Has to be called within the runtime.
    pub fn listen(&self) -> Option<Listening> {
        match self {
            Learners::Preview(library, _) => {
                Some(Listening { library: library.clone(), changes: changes::watch(library) })
            }
            Learners::Live(..) => None,
        }
    }
}

impl Listening {
    /// Watches what a server shows; `None` is the drafts' own endpoint.
    ///
    /// # Errors
    /// Those of the library.
    pub async fn watch(self, server: Option<&str>) -> Result<Watching> {
        let Listening { library, changes } = self;
        let server = server.map(str::to_owned);
        let mut watching = Watching { library, server, changes, shown: HashMap::new(), seen: 0 };
        watching.shown = watching.outline(None).await?;
        watching.seen = changes::latest(&watching.library).await?;
        Ok(watching)
    }
}

impl Watching {
    /// Waits for the next write to a walkthrough that is or was shown; `None` for which one where so much was written that
    /// any may be other. Ends with `None` when the library is closed.
    ///
    /// # Errors
    /// Those of the library.
    pub async fn next(&mut self) -> Result<Option<(Option<WalkthroughId>, Notice)>> {
        loop {
            match self.changes.recv().await {
                Ok(Change { what: What::Draft, id, seq, .. }) => {
                    let id = WalkthroughId(id);
                    let before = self.shown.remove(&id);
                    let now = self.outline(Some(&id)).await?.remove(&id);
                    self.shown.extend(now.map(|now| (id.clone(), now)));
                    if seq <= self.seen {
                        // What it was before nobody saw: rather said once too often.
                        return Ok(Some((Some(id), Notice::ALL)));
                    }
                    if before.is_some() || now.is_some() {
                        return Ok(Some((Some(id), Notice::between(before, now))));
                    }
                }
                // Every text may be another.
                Ok(Change { what: What::Wording, .. }) => return Ok(Some((None, Notice::ALL))),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => {
                    self.shown = self.outline(None).await?;
                    return Ok(Some((None, Notice::ALL)));
                }
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }

    async fn outline(&self, only: Option<&WalkthroughId>) -> Result<HashMap<WalkthroughId, Shown>> {
        let outlines = outline::read(&self.library, self.server.as_deref(), only).await?;
        Ok(outlines.into_iter().map(|outline| (outline.walkthrough.clone(), Shown::of(&outline))).collect())
    }
}

impl Notice {
    /// Anything may be other.
    const ALL: Notice = Notice { is_offer_other: true, is_list_other: true };

    fn between(before: Option<Shown>, now: Option<Shown>) -> Self {
        Self {
            is_offer_other: before.map(|shown| shown.offer) != now.map(|shown| shown.offer),
            is_list_other: before != now,
        }
    }
}

impl Shown {
    fn of(outline: &Outline) -> Self {
        Self { offer: digest(&outline.offer), steps: digest(&outline.steps) }
    }
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
