//! Releases, what was published where, and care for learners' data.

use serde::Deserialize;
use tauri::{AppHandle, State};
use waymark_app::{
    ghosts, publish,
    release::{self, ReleasePlan, RunRelease},
};
use waymark_core::{
    id::{ConnectionId, ReleaseId, WalkthroughId},
    learner::ghosts::GhostPlan,
    release::Release,
};
use waymark_library::{
    publish::{self as publishes, Record},
    release::{self as releases, CreateRelease},
};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
    tasks::{TaskId, TaskProgress},
};

/// A release to look at, under a number.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct PlanReleaseTask {
    /// From `new_task`: `cancel_task` takes it.
    pub task: TaskId,
    /// Which.
    pub release: ReleaseId,
}

/// A release to run, under a number.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct RunReleaseTask {
    /// From `new_task`: `TaskProgress` carries it, and `cancel_task` takes it.
    pub task: TaskId,
    /// What to do.
    pub run: RunRelease,
}

/// Of which walkthrough, and where.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ListPublishes {
    /// Which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Where; everywhere if it says nothing.
    pub connection: Option<ConnectionId>,
}

/// A walkthrough behind a connection.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct PlanGhosts {
    /// Which walkthrough.
    pub walkthrough: WalkthroughId,
    /// Where.
    pub connection: ConnectionId,
}

/// A plan to carry out.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct CleanGhosts {
    /// What was planned.
    pub plan: PlanGhosts,
    /// The digest of the plan that the person saw.
    pub digest: String,
}

/// All releases, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn list_releases(desk: State<'_, Desk>) -> Answer<Vec<Release>> {
    releases::list(desk.library()?).await.map_err(Failure::from)
}

/// Makes a release of the drafts as they are now. Publishes nothing.
#[tauri::command]
#[specta::specta]
pub async fn create_release(desk: State<'_, Desk>, input: CreateRelease) -> Answer<Release> {
    releases::create(desk.library()?, input, desk.origin()).await.map_err(Failure::from)
}

/// Settles what nobody has heard of, and plans what is left. Writes nothing to production.
#[tauri::command]
#[specta::specta]
pub async fn plan_release(desk: State<'_, Desk>, input: PlanReleaseTask) -> Answer<ReleasePlan> {
    let running = desk.tasks.look(input.task);
    release::plan_rest(desk.app()?, &input.release, running.token()).await.map_err(Failure::from)
}

/// Publishes what is left of a release. Goes on if the window does not wait for the answer.
#[tauri::command]
#[specta::specta]
pub async fn run_release(desk: State<'_, Desk>, app: AppHandle, input: RunReleaseTask) -> Answer<Release> {
    let RunReleaseTask { task, run } = input;
    let running = desk.tasks.begin(task);
    let tell = |step: publish::Step<'_>| {
        TaskProgress { task, done: step.done, total: step.total, last: step.outcome.title.clone() }.tell(&app);
    };
    release::run(desk.app()?, &run, running.token(), &tell).await.map_err(Failure::from)
}

/// Forgets a release. What it published stays.
#[tauri::command]
#[specta::specta]
pub async fn remove_release(desk: State<'_, Desk>, id: ReleaseId) -> Answer<()> {
    releases::remove(desk.library()?, &id, desk.origin()).await.map_err(Failure::from)
}

/// What was published of a walkthrough, and where.
#[tauri::command]
#[specta::specta]
pub async fn list_publishes(desk: State<'_, Desk>, input: ListPublishes) -> Answer<Vec<Record>> {
    let ListPublishes { walkthrough, connection } = input;
    publishes::history(desk.library()?, &walkthrough, connection.as_ref()).await.map_err(Failure::from)
}

/// What taking removed steps out of learners' progress would do. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn plan_ghosts(desk: State<'_, Desk>, input: PlanGhosts) -> Answer<GhostPlan> {
    ghosts::plan(desk.app()?, &input.walkthrough, &input.connection).await.map_err(Failure::from)
}

/// Takes them out, as it was planned.
#[tauri::command]
#[specta::specta]
pub async fn clean_ghosts(desk: State<'_, Desk>, input: CleanGhosts) -> Answer<GhostPlan> {
    let CleanGhosts { plan, digest } = input;
    ghosts::clean(desk.app()?, &plan.walkthrough, &plan.connection, &digest).await.map_err(Failure::from)
}
