//! What a command works with: the output, and the app, opened when it is first needed.

use std::path::PathBuf;

use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use waymark_app::{
    App, Env,
    logging::{self, Echo},
    secrets::Secrets,
};
use waymark_core::{error::Result, id::WalkthroughId, secret::Secret};
use waymark_library::{Library, drafts};

use crate::{args::Global, output::Output};

/// Announced with every change, so that a window tells the command line's writes from its own.
pub const ORIGIN: &str = "cli";

/// Everything that a command may use.
pub struct Context {
    /// Where answers go.
    pub output: Output,
    data_dir: Option<PathBuf>,
    app: OnceCell<App>,
    cancel: CancellationToken,
}

impl Context {
    /// From the global options. Opens nothing yet.
    pub fn new(global: &Global, output: Output) -> Self {
        Self { output, data_dir: global.library.clone(), app: OnceCell::new(), cancel: CancellationToken::new() }
    }

    /// Cancelled when the person or the system asks the process to stop.
    pub fn cancel(&self) -> &CancellationToken {
        &self.cancel
    }

    /// Waits until the process is asked to stop.
    pub async fn cancelled(&self) {
        self.cancel.cancelled().await;
    }

    /// The app, opened at the first call.
    ///
    /// # Errors
    /// Those of opening the library.
    pub async fn app(&self) -> Result<&App> {
        self.app.get_or_try_init(|| self.open()).await
    }

    /// The id of the walkthrough with this id or exact title.
    ///
    /// # Errors
    /// `NotFound`, or `InvalidInput` when the title is not unique.
    pub async fn find(&self, id_or_title: &str) -> Result<WalkthroughId> {
        drafts::find(&self.app().await?.library, id_or_title).await
    }

    /// Closes what was opened.
    pub async fn close(&self) {
        if let Some(app) = self.app.get() {
            app.library.close().await;
        }
    }

    /// The world, without opening anything.
    ///
    /// # Errors
    /// `EnvironmentMissing` where there is no folder for the library.
    pub fn env(&self) -> Result<Env> {
        Ok(Env {
            now: waymark_app::clock::now,
            random: waymark_app::clock::random,
            data_dir: waymark_app::paths::data_dir(self.data_dir.clone())?,
            origin: ORIGIN.to_owned(),
        })
    }

    /// The passwords: `PGPASSWORD` for this run, else the keyring.
    pub fn secrets(&self) -> Secrets {
        let password = std::env::var("PGPASSWORD").ok().filter(|text| !text.is_empty());
        Secrets::system(password.map(Secret::new))
    }

    async fn open(&self) -> Result<App> {
        let env = self.env()?;
        let library = Library::open(&env.data_dir, waymark_library::Env { now: env.now, random: env.random }).await?;
        let echo = if self.output.is_quiet() { Echo::FileOnly } else { Echo::Warnings };
        let filter = std::env::var("WAYMARK_LOG").ok();
        if let Err(error) = logging::init(&env.data_dir, filter.as_deref(), echo) {
            self.output.note(&format!("Nothing is logged: {error}"));
        }
        Ok(App { library, secrets: self.secrets(), env })
    }
}
