//! The few drafts that were worked on last, so that a save does not read them again. An entry counts only as long as the
//! library still has its version: other processes write too.

use std::sync::{Arc, Mutex, PoisonError};

use waymark_core::{edit::Draft, id::WalkthroughId};

const KEPT: usize = 4;

/// A draft at one version.
#[derive(Clone)]
pub(crate) struct Versioned {
    pub(crate) version: u32,
    pub(crate) draft: Arc<Draft>,
}

/// Newest last.
#[derive(Default)]
pub(crate) struct Cache {
    entries: Mutex<Vec<Versioned>>,
}

impl Cache {
    pub(crate) fn get(&self, id: &WalkthroughId, version: u32) -> Option<Versioned> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().find(|entry| entry.version == version && entry.draft.walkthrough.id == *id).cloned()
    }

    pub(crate) fn put(&self, entry: Versioned) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let id = &entry.draft.walkthrough.id;
        entries.retain(|known| known.draft.walkthrough.id != *id);
        if entries.len() == KEPT {
            entries.remove(0);
        }
        entries.push(entry);
    }
}
