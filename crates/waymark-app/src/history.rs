//! A draft beside what production has.

use waymark_core::{
    error::{Error, Result},
    history::{self, Comparison},
    id::{ConnectionId, StepId, WalkthroughId},
};
use waymark_library::{connections, drafts, wordings};
use waymark_platform::content;

use crate::App;

/// What differs between production's version of a walkthrough and the draft; with a step, in that one alone.
///
/// # Errors
/// `NotFound` where either is not there, and what [`crate::connections::open`] gives.
pub async fn compare_with_production(
    app: &App,
    id: &WalkthroughId,
    connection: &ConnectionId,
    step: Option<StepId>,
) -> Result<Comparison> {
    let connection = connections::find(&app.library, connection.as_str()).await?;
    let draft = drafts::open(&app.library, id).await?.draft.walkthrough;
    let platform = crate::connections::open(app, &connection).await?;
    let read = content::read(&platform, std::slice::from_ref(id)).await;
    platform.close().await;
    let theirs = read?.into_iter().next();
    let theirs = theirs.ok_or_else(|| {
        Error::not_found(format!("`{}` is not in `{}`.", draft.title, connection.name))
            .with_hint("Publish it there first.")
    })?;
    let wordings = wordings::at(&app.library, Some(&connection.id)).await?;
    let work = tokio::task::spawn_blocking(move || history::compare(&theirs, &draft, step.as_ref(), &wordings));
    work.await.map_err(|panic| Error::bug("Comparing two versions ended early.").with_source(panic))?
}
