//! What a command works with: the output, and the app, opened when it is first needed.

use std::path::PathBuf;

use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use waymark_app::{
    App, Env,
    backup::{self, Backups},
    logging::{self, Echo},
    secrets::Secrets,
};
use waymark_core::{error::Result, id::WalkthroughId, secret::Secret};
use waymark_library::{Library, drafts};

use crate::{args::Global, output::Output, stop::MayHaveWritten};

/// Announced with every change, so that a window tells the command line's writes from its own.
pub const ORIGIN: &str = "cli";

/// Everything that a command may use.
pub struct Context {
    /// Where answers go.
    pub output: Output,
    data_dir: Option<PathBuf>,
    backups_dir: Option<PathBuf>,
    app: OnceCell<App>,
    cancel: CancellationToken,
}

impl Context {
    /// From the global options. Opens nothing yet.
    pub fn new(global: &Global, output: Output) -> Self {
        Self {
            output,
            data_dir: global.library.clone(),
            backups_dir: global.backups.clone(),
            app: OnceCell::new(),
            cancel: CancellationToken::new(),
        }
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

    /// Whether anything was written into the library, or was just about to be.
    pub fn may_have_written(&self) -> MayHaveWritten {
        match self.app.get().is_some_and(|app| app.library.has_written()) {
            true => MayHaveWritten::Something,
            false => MayHaveWritten::Nothing,
        }
    }

    /// Closes what was opened. The first command of a day that wrote something makes the day's backup.
    pub async fn close(&self) {
        if let Some(app) = self.app.get() {
            if app.library.has_written() {
                self.back_up(&app.library).await;
            }
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

    /// Where the library's backups are.
    ///
    /// # Errors
    /// `EnvironmentMissing` where there is no folder for them.
    pub fn backups(&self) -> Result<Backups> {
        Backups::of(&self.env()?.data_dir, self.backups_dir.clone(), waymark_app::clock::now)
    }

    /// What the library takes from the world.
    ///
    /// # Errors
    /// Those of [`Context::env`].
    pub fn library_env(&self) -> Result<waymark_library::Env> {
        self.env().map(|env| waymark_library::Env { now: env.now, random: env.random })
    }

    /// The passwords: `PGPASSWORD` for this run, else the keyring.
    pub fn secrets(&self) -> Secrets {
        let password = std::env::var("PGPASSWORD").ok().filter(|text| !text.is_empty());
        Secrets::system(password.map(Secret::new))
    }

    async fn open(&self) -> Result<App> {
        let env = self.env()?;
        let library = backup::open(&self.backups()?, self.library_env()?).await?;
        if let Some(reason) = library.read_only_reason() {
            self.output.note(&format!("The library can only be read. {reason}"));
        }
        let echo = if self.output.is_quiet() { Echo::FileOnly } else { Echo::Warnings };
        let filter = std::env::var("WAYMARK_LOG").ok();
        if let Err(error) = logging::init(&env.data_dir, filter.as_deref(), echo) {
            self.output.note(&format!("Nothing is logged: {error}"));
        }
        Ok(App { library, secrets: self.secrets(), env })
    }

    /// A command that did its work does not fail for want of a backup.
    async fn back_up(&self, library: &Library) {
        let made = match self.backups() {
            Ok(backups) => backup::create_daily(&backups, library).await.map(drop),
            Err(error) => Err(error),
        };
        if let Err(error) = made {
            self.output.note(&format!("There is no backup of today: {error}"));
        }
    }
}
