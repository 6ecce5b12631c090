//! Publishing, pulling and merging: looked at first. A publish is a task that tells how far it is and can be stopped.

use serde::Deserialize;
use tauri::{AppHandle, State};
use tokio_util::sync::CancellationToken;
use waymark_app::{
    merge::{self, LookMerge, MergeView, TakeMerge},
    publish::{self, Outcome, PlanPublish, RunPublish},
    pull::{self, Pull, Pulled},
};
use waymark_core::publish::Plan;

use crate::{
    commands::editing::Applied,
    desk::Desk,
    failure::{Answer, Failure},
    tasks::{TaskId, TaskProgress},
};

/// A plan to carry out, under a number.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct RunTask {
    /// From `new_task`: `TaskProgress` carries it, and `cancel_task` takes it.
    pub task: TaskId,
    /// What to do.
    pub run: RunPublish,
}

/// A plan to make, under a number.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct PlanTask {
    /// From `new_task`: `cancel_task` takes it.
    pub task: TaskId,
    /// What to plan.
    pub plan: PlanPublish,
}

/// What publishing would do. Writes nothing to production.
#[tauri::command]
#[specta::specta]
pub async fn plan_publish(desk: State<'_, Desk>, input: PlanTask) -> Answer<Plan> {
    let running = desk.tasks.look(input.task);
    publish::plan(desk.app()?, &input.plan, running.token()).await.map_err(Failure::from)
}

/// What publishing would do, as far as it is known without asking the person for anything: a locked keyring stays locked.
#[tauri::command]
#[specta::specta]
pub async fn peek_publish(desk: State<'_, Desk>, input: PlanPublish) -> Answer<Plan> {
    publish::plan_again(&desk.app()?.without_asking(), &desk.looked_at, &input).await.map_err(Failure::from)
}

/// A number for a task that the window is about to begin.
#[tauri::command]
#[specta::specta]
pub fn new_task(desk: State<'_, Desk>) -> TaskId {
    desk.tasks.mint()
}

/// Carries a plan out and says what became of each walkthrough. Goes on if the window does not wait for the answer.
#[tauri::command]
#[specta::specta]
pub async fn run_publish(desk: State<'_, Desk>, app: AppHandle, input: RunTask) -> Answer<Vec<Outcome>> {
    let RunTask { task, run } = input;
    let running = desk.tasks.begin(task);
    let tell = |step: publish::Step<'_>| {
        TaskProgress { task, done: step.done, total: step.total, last: step.outcome.title.clone() }.tell(&app);
    };
    publish::run(desk.app()?, &run, running.token(), &tell).await.map_err(Failure::from)
}

/// Asks a task to stop. What is done stays; what is being written is finished.
#[tauri::command]
#[specta::specta]
pub fn cancel_task(desk: State<'_, Desk>, task: TaskId) -> Answer<()> {
    desk.tasks.cancel(task).map_err(Failure::from)
}

/// Brings production's version into the library, joined with what was written here.
#[tauri::command]
#[specta::specta]
pub async fn pull(desk: State<'_, Desk>, input: Pull) -> Answer<Vec<Pulled>> {
    let pulled = pull::run(desk.app()?, &input, &CancellationToken::new()).await;
    pulled.map(|pulled| pulled.walkthroughs).map_err(Failure::from)
}

/// The draft joined with what production has, and what is in conflict. Changes no draft.
#[tauri::command]
#[specta::specta]
pub async fn look_merge(desk: State<'_, Desk>, input: LookMerge) -> Answer<MergeView> {
    merge::look(desk.app()?, &input).await.map_err(Failure::from)
}

/// Carries a merge out whose conflicts are answered.
#[tauri::command]
#[specta::specta]
pub async fn take_merge(desk: State<'_, Desk>, input: TakeMerge) -> Answer<Applied> {
    let applied = merge::take(desk.app()?, &input).await?;
    Ok(desk.note(applied).into())
}
