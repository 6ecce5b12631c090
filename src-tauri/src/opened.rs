//! The library of the window: opened once, and anew after another file has taken its place.
//!
//! Whoever works with a library that was closed meanwhile is told so by it; nothing is taken away under anybody's hands.

use std::{
    future::Future,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::OnceCell;
use waymark_app::{App, backup::Backups, clock};
use waymark_core::error::Result;

/// The libraries that were opened in this run, one after the other. The last one counts.
#[derive(Default)]
pub struct Opened {
    app: OnceCell<App>,
    is_followed: AtomicBool,
    next: OnceLock<Box<Opened>>,
}

impl Opened {
    /// The library as it is open now.
    pub fn app(&self) -> Option<&App> {
        self.last().app.get()
    }

    /// Opens it, if it is not open. Whoever asks meanwhile waits for the same opening.
    ///
    /// # Errors
    /// Those of `open`.
    pub async fn open<F: Future<Output = Result<App>>>(&self, open: impl FnOnce() -> F) -> Result<&App> {
        self.last().app.get_or_try_init(open).await
    }

    /// Closes it; the next [`Opened::open`] opens it anew.
    pub async fn close(&self) {
        let last = self.last();
        if let Some(app) = last.app.get() {
            app.library.close().await;
            last.next.get_or_init(Box::default);
        }
    }

    /// Whether this is the first to follow the changes of the library that is open now.
    pub fn is_first_to_follow(&self) -> bool {
        !self.last().is_followed.swap(true, Ordering::SeqCst)
    }

    fn last(&self) -> &Opened {
        let mut last = self;
        while let Some(next) = last.next.get() {
            last = next;
        }
        last
    }
}

/// Where the backups of the library in this folder are: below WAYMARK_BACKUPS, or the system's place for state.
///
/// # Errors
/// `EnvironmentMissing` where there is no place for them.
pub fn backups_of(folder: &Path) -> Result<Backups> {
    let asked_for = std::env::var_os("WAYMARK_BACKUPS").filter(|folder| !folder.is_empty());
    Backups::of(folder, asked_for.map(PathBuf::from), clock::now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opening;

    #[tokio::test]
    async fn what_was_closed_is_opened_anew() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("library");
        let opened = Opened::default();
        assert!(opened.app().is_none());
        let first = opened.open(|| opening::open(&folder, "test")).await.unwrap().library.clone();
        assert!(opened.is_first_to_follow() && !opened.is_first_to_follow());
        opened.close().await;
        assert!(first.is_closed() && opened.app().is_none());
        let again = opened.open(|| opening::open(&folder, "test")).await.unwrap();
        assert!(!again.library.is_closed() && opened.is_first_to_follow());
        opened.close().await;
    }
}
