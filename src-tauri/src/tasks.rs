//! Long work that the window started: publishing, importing. Each has a number and can be stopped while it runs.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
};

use serde::{Deserialize, Serialize};
use tauri::AppHandle;
use tauri_specta::Event;
use tokio_util::sync::CancellationToken;
use waymark_core::error::{Error, Result};

/// The number of a task in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct TaskId(pub u32);

/// How far a task is. Numbers, titles and names of files, never texts.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct TaskProgress {
    /// Which task.
    pub task: TaskId,
    /// What is finished of it: walkthroughs, or files.
    pub done: u32,
    /// All of it.
    pub total: u32,
    /// What was finished last.
    pub last: String,
}

impl TaskProgress {
    /// Tells the window.
    pub fn tell(&self, app: &AppHandle) {
        if let Err(error) = self.emit(app) {
            tracing::warn!(%error, "The window did not hear how far a task is");
        }
    }
}

/// What is under way.
#[derive(Debug, Default)]
pub struct Tasks(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    last: u32,
    running: HashMap<TaskId, CancellationToken>,
    /// Those that write nothing: nobody has to wait for them.
    looking: HashMap<TaskId, CancellationToken>,
}

/// A task under way: over when this is dropped, however that comes about.
#[derive(Debug)]
pub struct Running<'a> {
    tasks: &'a Tasks,
    id: TaskId,
    token: CancellationToken,
}

impl Tasks {
    /// A number for a task to come.
    pub fn mint(&self) -> TaskId {
        let mut known = self.locked();
        known.last += 1;
        TaskId(known.last)
    }

    /// The task begins.
    pub fn begin(&self, id: TaskId) -> Running<'_> {
        let token = CancellationToken::new();
        self.locked().running.insert(id, token.clone());
        Running { tasks: self, id, token }
    }

    /// A task begins that only looks: the window may be closed over it.
    pub fn look(&self, id: TaskId) -> Running<'_> {
        let token = CancellationToken::new();
        self.locked().looking.insert(id, token.clone());
        Running { tasks: self, id, token }
    }

    /// Asks a task to stop. What it has finished stays.
    ///
    /// # Errors
    /// `NotFound` where it is over.
    pub fn cancel(&self, id: TaskId) -> Result<()> {
        let known = self.locked();
        match known.running.get(&id).or_else(|| known.looking.get(&id)) {
            Some(token) => {
                token.cancel();
                Ok(())
            }
            None => Err(Error::not_found("This is over already.").with_hint("Its result is shown.")),
        }
    }

    /// Whether anything is under way that writes.
    pub fn is_busy(&self) -> bool {
        !self.locked().running.is_empty()
    }

    fn locked(&self) -> MutexGuard<'_, Known> {
        self.0.lock().expect("BUG: nothing panics while it holds the tasks")
    }
}

impl Running<'_> {
    /// Cancelled when somebody asks the task to stop.
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut known = self.tasks.locked();
        known.running.remove(&self.id);
        known.looking.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_can_be_stopped_until_it_is_over() {
        let tasks = Tasks::default();
        let id = tasks.mint();
        assert!(!tasks.is_busy());
        let running = tasks.begin(id);
        assert!(tasks.is_busy() && !running.token().is_cancelled());
        tasks.cancel(id).unwrap();
        assert!(running.token().is_cancelled() && tasks.is_busy());
        drop(running);
        assert!(!tasks.is_busy());
        assert!(tasks.cancel(id).is_err());
    }

    #[test]
    fn a_task_that_only_looks_can_be_stopped_and_keeps_nobody_waiting() {
        let tasks = Tasks::default();
        let id = tasks.mint();
        let looking = tasks.look(id);
        assert!(!tasks.is_busy());
        tasks.cancel(id).unwrap();
        assert!(looking.token().is_cancelled());
        drop(looking);
        assert!(tasks.cancel(id).is_err());
    }
}
