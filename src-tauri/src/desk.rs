//! What the window works with: the open library and the little that is kept beside it while the window is there.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use waymark_app::App;
use waymark_core::{compose::Source, edit::Edit, error::Result, id::WalkthroughId, walkthrough::Walkthrough};
use waymark_library::{
    Library, drafts,
    edits::{self, Applied, ApplyEdit},
};

use crate::{closing::Closing, files::ChosenFiles, opening, previews::Previews, tasks::Tasks};

/// The state of the window. Built whole before the window exists; where the library does not open, the window shows why
/// and may try again.
pub struct Desk {
    folder: PathBuf,
    origin: String,
    app: OnceLock<App>,
    /// The walkthrough that is being previewed.
    pub previews: Previews,
    /// Files that the person chose.
    pub files: ChosenFiles,
    /// Long work under way.
    pub tasks: Tasks,
    /// How far closing has come.
    pub closing: Closing,
}

impl Desk {
    /// A desk over a folder whose library is not open yet.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            origin: opening::new_origin(),
            app: OnceLock::new(),
            previews: Previews::default(),
            files: ChosenFiles::default(),
            tasks: Tasks::default(),
            closing: Closing::default(),
        }
    }

    /// Opens the library, if it is not open.
    ///
    /// # Errors
    /// `LibraryReadOnly`, `LibraryDamaged`.
    pub async fn open(&self) -> Result<&App> {
        if let Some(app) = self.app.get() {
            return Ok(app);
        }
        let opened = opening::open(&self.folder, &self.origin).await?;
        Ok(self.app.get_or_init(|| opened))
    }

    /// What operations take.
    ///
    /// # Errors
    /// `LibraryReadOnly` where the library could not be opened; the window shows why before anything asks for this.
    pub fn app(&self) -> Result<&App> {
        self.app.get().ok_or_else(opening::not_open)
    }

    /// The drafts.
    ///
    /// # Errors
    /// Those of [`Desk::app`].
    pub fn library(&self) -> Result<&Library> {
        self.app().map(|app| &app.library)
    }

    /// The folder with the library, the logs and the sandbox.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How this window's writes are told from others'.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A walkthrough for its preview, from memory where it is there.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn walkthrough(&self, id: &WalkthroughId) -> Result<Arc<Walkthrough>> {
        match self.previews.get(id) {
            Some(kept) => Ok(kept),
            None => Ok(self.previews.keep(drafts::open(self.library()?, id).await?.draft.walkthrough)),
        }
    }

    /// Where new ids and times come from.
    ///
    /// # Errors
    /// Those of [`Desk::app`].
    pub fn source(&self) -> Result<Source> {
        self.app().map(|app| Source { random: app.env.random, now: (app.env.now)() })
    }

    /// Applies an edit in this window's name.
    ///
    /// # Errors
    /// Those of [`edits::apply`].
    pub async fn apply(&self, walkthrough: WalkthroughId, edit: Edit, seen_version: Option<u32>) -> Result<Applied> {
        let edit = ApplyEdit { walkthrough, edit, seen_version, origin: self.origin.clone() };
        Ok(self.note(edits::apply(self.library()?, edit).await?))
    }

    /// Notes what an edit made of a walkthrough, so that its next preview shows it.
    pub fn note(&self, applied: Applied) -> Applied {
        self.previews.keep(applied.draft.walkthrough.clone());
        applied
    }

    /// The window is gone: what was started for it ends too.
    pub async fn close(&self) {
        if let Some(app) = self.app.get() {
            app.library.close().await;
        }
    }
}
