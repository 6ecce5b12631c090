//! Reviews under a name: the one that was given in this library, else the one that the system has for its user.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Error, Result},
    id::WalkthroughId,
    review::{check, thread::Review},
};
use waymark_library::review::{
    self, AddComment, By, ChangeComment, DecideReview, ImportAudit, ImportedAudit, ReplyToThread, ResolveThread,
};

use crate::{App, import::file};

/// What comments go under where neither anybody nor the system gives a name.
const NOBODY: &str = "Somebody";

/// The name that comments go under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReviewAuthor {
    /// The name.
    pub name: String,
    /// Whether somebody gave it in this library, rather than the system.
    pub is_chosen: bool,
}

/// The name that comments go under now.
///
/// # Errors
/// Those of the file.
pub async fn author(app: &App) -> Result<ReviewAuthor> {
    Ok(match review::author(&app.library).await? {
        Some(name) => ReviewAuthor { name, is_chosen: true },
        None => ReviewAuthor { name: system_name(), is_chosen: false },
    })
}

/// Gives the name that comments go under from now on.
///
/// # Errors
/// Those of [`check::name`].
pub async fn set_author(app: &App, name: &str) -> Result<ReviewAuthor> {
    let name = review::set_author(&app.library, name, &app.env.origin).await?;
    Ok(ReviewAuthor { name, is_chosen: true })
}

/// Begins a thread.
///
/// # Errors
/// Those of [`review::comment`].
pub async fn comment(app: &App, input: AddComment) -> Result<Review> {
    let author = author(app).await?;
    review::comment(&app.library, input, by(app, &author)).await
}

/// Answers in a thread.
///
/// # Errors
/// Those of [`review::reply`].
pub async fn reply(app: &App, input: ReplyToThread) -> Result<Review> {
    let author = author(app).await?;
    review::reply(&app.library, input, by(app, &author)).await
}

/// Changes an own comment, or takes it back.
///
/// # Errors
/// Those of [`review::change`].
pub async fn change(app: &App, input: ChangeComment) -> Result<Review> {
    let author = author(app).await?;
    review::change(&app.library, input, by(app, &author)).await
}

/// Resolves a thread, or opens it again.
///
/// # Errors
/// Those of [`review::resolve`].
pub async fn resolve(app: &App, input: ResolveThread) -> Result<Review> {
    let author = author(app).await?;
    review::resolve(&app.library, input, by(app, &author)).await
}

/// Decides about the content as it is now.
///
/// # Errors
/// Those of [`review::decide`].
pub async fn decide(app: &App, input: DecideReview) -> Result<Review> {
    let author = author(app).await?;
    review::decide(&app.library, input, by(app, &author)).await
}

/// Takes in a machine's report from a file.
///
/// # Errors
/// `NotFound` and `InvalidInput` for a file that cannot be read; those of [`review::import_audit`].
pub async fn import_audit_file(app: &App, walkthrough: WalkthroughId, path: PathBuf) -> Result<ImportedAudit> {
    let work = tokio::task::spawn_blocking(move || file::text(&path));
    let report =
        work.await.unwrap_or_else(|panic| Err(Error::bug("Reading a file ended early.").with_source(panic)))?;
    review::import_audit(&app.library, ImportAudit { walkthrough, report }, &app.env.origin).await
}

fn by<'a>(app: &'a App, author: &'a ReviewAuthor) -> By<'a> {
    By { author: &author.name, origin: &app.env.origin }
}

/// The name of the system's user, as its environment has it.
fn system_name() -> String {
    let names = ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|key| std::env::var(key).ok());
    names.filter_map(|name| check::name(&name).ok()).next().unwrap_or_else(|| NOBODY.to_owned())
}
