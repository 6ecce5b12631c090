//! Ghosts in learners' progress behind a connection: looked at first, then taken out.

use waymark_core::{
    error::Result,
    id::{ConnectionId, WalkthroughId},
    learner::ghosts::GhostPlan,
};
use waymark_library::connections;
use waymark_platform::learners::ghosts;

use crate::App;

/// What cleaning a walkthrough of ghosts would do. Writes nothing.
///
/// # Errors
/// `NotFound`; what [`crate::connections::open`] and [`ghosts::plan`] give.
pub async fn plan(app: &App, walkthrough: &WalkthroughId, connection: &ConnectionId) -> Result<GhostPlan> {
    let connection = connections::find(&app.library, connection.as_str()).await?;
    let platform = crate::connections::open(app, &connection).await?;
    let planned = ghosts::plan(&platform, walkthrough).await;
    platform.close().await;
    planned
}

/// Takes them out, if the plan is still the one with this digest.
///
/// # Errors
/// `NotFound`; what [`crate::connections::open`] and [`ghosts::clean`] give.
pub async fn clean(
    app: &App,
    walkthrough: &WalkthroughId,
    connection: &ConnectionId,
    digest: &str,
) -> Result<GhostPlan> {
    let connection = connections::find(&app.library, connection.as_str()).await?;
    let platform = crate::connections::open(app, &connection).await?;
    let cleaned = ghosts::clean(&platform, walkthrough, digest).await;
    platform.close().await;
    cleaned
}
