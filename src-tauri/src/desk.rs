//! What the window works with: the open library and the little that is kept beside it while the window is there.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};

use waymark_app::{App, connections::Kept, paths, sandbox::Hold};
use waymark_core::{
    compose::Source, edit::Edit, error::Result, id::WalkthroughId, secret::Secret, tokens::Encoding,
    walkthrough::Walkthrough, wording::chosen::Wordings,
};
use waymark_library::{
    Library, drafts,
    edits::{self, Applied, ApplyEdit},
    lint::words,
    wordings,
};

use crate::{
    agent_runs::AgentRuns, closing::Closing, commands::connections::Password, endpoint::Endpoint, files::ChosenFiles,
    menu, opened::Opened, opening, previews::Previews, settings, tasks::Tasks, window,
};

/// The state of the window. Built whole before the window exists; where the library does not open, the window shows why
/// and may try again.
pub struct Desk {
    folder: PathBuf,
    origin: String,
    opened: Opened,
    pasted: Mutex<Option<Secret>>,
    sandbox: Mutex<Hold>,
    /// The walkthrough that is being previewed.
    pub previews: Previews,
    /// Models that go through a draft.
    pub agent_runs: AgentRuns,
    /// Where agents reach the drafts, if somebody started it.
    pub endpoint: Endpoint,
    /// Files that the person chose.
    pub files: ChosenFiles,
    /// The database that the plan beside the button looks at.
    pub looked_at: Kept,
    /// Long work under way.
    pub tasks: Tasks,
    /// How far closing has come.
    pub closing: Closing,
    /// What the person chose about the window.
    pub settings: settings::Kept,
    /// Where the window was.
    pub places: window::Places,
    /// What lies under the window's content.
    pub ground: window::Ground,
    /// The native menu.
    pub menu: menu::Shown,
}

impl Desk {
    /// A desk over a folder whose library is not open yet.
    pub fn new(folder: PathBuf) -> Self {
        let config = paths::config_dir();
        Self {
            folder,
            origin: opening::new_origin(),
            opened: Opened::default(),
            pasted: Mutex::default(),
            sandbox: Mutex::default(),
            previews: Previews::default(),
            agent_runs: AgentRuns::default(),
            endpoint: Endpoint::default(),
            files: ChosenFiles::default(),
            looked_at: Kept::default(),
            tasks: Tasks::default(),
            closing: Closing::default(),
            settings: settings::Kept::open(config.as_deref()),
            places: window::Places::open(config.as_deref()),
            ground: window::Ground::default(),
            menu: menu::Shown::default(),
        }
    }

    /// Opens the library, if it is not open. Whoever asks meanwhile waits for the same opening.
    ///
    /// # Errors
    /// `LibraryReadOnly`, `LibraryDamaged`.
    pub async fn open(&self) -> Result<&App> {
        self.opened.open(|| opening::open(&self.folder, &self.origin)).await
    }

    /// Closes the library, so that another file can take its place; [`Desk::open`] opens what is there then. Agents leave it
    /// first.
    pub async fn close_library(&self) {
        self.stop_endpoint().await;
        self.agent_runs.forget_all();
        self.opened.close().await;
        self.previews.forget_all();
        self.previews.keep_tokenizer(None);
    }

    /// Whether this is the first to follow the library's changes.
    pub fn is_first_to_follow(&self) -> bool {
        self.opened.is_first_to_follow()
    }

    /// What operations take.
    ///
    /// # Errors
    /// `LibraryReadOnly` where the library could not be opened; the window shows why before anything asks for this.
    pub fn app(&self) -> Result<&App> {
        self.opened.app().ok_or_else(opening::not_open)
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

    /// The wordings of the drafts for a preview, from memory where they are there.
    ///
    /// # Errors
    /// Those of the file.
    pub async fn wordings(&self) -> Result<Wordings> {
        match self.previews.wordings() {
            Some(kept) => Ok(kept),
            None => Ok(self.previews.keep_wordings(wordings::at(self.library()?, None).await?)),
        }
    }

    /// What counts the tokens of a preview, from memory where it is known.
    ///
    /// # Errors
    /// Those of the file.
    pub async fn tokenizer(&self) -> Result<Encoding> {
        if let Some(kept) = self.previews.tokenizer() {
            return Ok(kept);
        }
        let tokenizer = words::settings(self.library()?).await?.tokenizer;
        self.previews.keep_tokenizer(Some(tokenizer));
        Ok(tokenizer)
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

    /// Keeps the password of a pasted URL until it is used, or forgets it.
    pub fn set_pasted(&self, password: Option<Secret>) {
        *self.pasted() = password;
    }

    /// The password that a form means; `None` for the one that is kept.
    pub fn password(&self, password: Password) -> Option<Secret> {
        match password {
            Password::Kept => None,
            Password::Pasted => self.pasted().clone(),
            Password::Typed(secret) => Some(secret).filter(|secret| !secret.is_empty()),
        }
    }

    /// Keeps the sandbox running while the window is there.
    pub fn hold_sandbox(&self, hold: Hold) {
        if hold.holds_server() {
            *self.sandbox() = hold;
        }
    }

    async fn stop_endpoint(&self) {
        if let Err(error) = self.endpoint.stop().await {
            tracing::warn!(?error, "The MCP endpoint had failed");
        }
    }

    fn sandbox(&self) -> MutexGuard<'_, Hold> {
        self.sandbox.lock().expect("BUG: nothing panics while it holds the sandbox")
    }

    fn pasted(&self) -> MutexGuard<'_, Option<Secret>> {
        self.pasted.lock().expect("BUG: nothing panics while it holds the pasted password")
    }

    /// The window is gone: what was started for it ends too.
    pub async fn close(&self) {
        self.stop_endpoint().await;
        self.agent_runs.forget_all();
        if self.opened.app().is_some() {
            self.opened.close().await;
            drop(std::mem::take(&mut *self.sandbox()));
        }
    }
}

#[cfg(test)]
mod tests {
    use waymark_core::{error::Code, walkthrough::WalkthroughType};
    use waymark_library::drafts::NewDraft;

    use super::*;

    #[tokio::test]
    async fn a_library_that_does_not_open_can_be_tried_again() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("library");
        std::fs::write(&folder, "not a folder").unwrap();
        let desk = Desk::new(folder.clone());
        assert_eq!(desk.open().await.err().unwrap().code, Code::LibraryReadOnly);
        assert!(desk.library().err().unwrap().hint.is_some());
        std::fs::remove_file(&folder).unwrap();
        desk.open().await.unwrap();
        assert!(desk.library().is_ok());
        desk.close().await;
    }

    #[tokio::test]
    async fn a_preview_shows_every_edit_without_reading_again() {
        let place = tempfile::tempdir().unwrap();
        let desk = Desk::new(place.path().to_owned());
        let app = desk.open().await.unwrap();
        let new = NewDraft { title: "Tour".to_owned(), kind: WalkthroughType::Course };
        let id = drafts::create(&app.library, new, desk.origin()).await.unwrap().draft.walkthrough.id;
        assert_eq!(desk.walkthrough(&id).await.unwrap().title, "Tour");

        desk.apply(id.clone(), Edit::SetTitle { title: "Harbor".to_owned() }, None).await.unwrap();
        assert_eq!(desk.previews.get(&id).expect("it is kept").title, "Harbor");

        let elsewhere = Edit::SetTitle { title: "Bay".to_owned() };
        let edit = ApplyEdit { walkthrough: id.clone(), edit: elsewhere, seen_version: None, origin: "cli".to_owned() };
        edits::apply(&app.library, edit).await.unwrap();
        desk.previews.forget(id.as_str());
        assert_eq!(desk.walkthrough(&id).await.unwrap().title, "Bay");
        desk.close().await;
    }

    #[test]
    fn a_pasted_password_is_used_until_it_is_forgotten() {
        let desk = Desk::new(PathBuf::from("/nowhere"));
        assert_eq!(desk.password(Password::Pasted), None);
        desk.set_pasted(Some(Secret::new("hunter2")));
        assert_eq!(desk.password(Password::Pasted), Some(Secret::new("hunter2")));
        assert_eq!(desk.password(Password::Kept), None);
        assert_eq!(desk.password(Password::Typed(Secret::new(""))), None);
        desk.set_pasted(None);
        assert_eq!(desk.password(Password::Pasted), None);
    }
}
