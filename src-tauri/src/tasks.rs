//! Long work that the window started: publishing and pulling. Each has a number and can be stopped.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
};

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use waymark_core::error::{Error, Result};

/// The number of a task in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct TaskId(pub u32);

/// What is under way.
#[derive(Debug, Default)]
pub struct Tasks(Mutex<Running>);

#[derive(Debug, Default)]
struct Running {
    last: u32,
    tokens: HashMap<TaskId, CancellationToken>,
}

impl Tasks {
    /// A new task and the token that stops it.
    pub fn begin(&self) -> (TaskId, CancellationToken) {
        let mut running = self.locked();
        running.last += 1;
        let (id, token) = (TaskId(running.last), CancellationToken::new());
        running.tokens.insert(id, token.clone());
        (id, token)
    }

    /// The task is over, however it went.
    pub fn end(&self, id: TaskId) {
        self.locked().tokens.remove(&id);
    }

    /// Asks a task to stop. What it has finished stays.
    ///
    /// # Errors
    /// `NotFound` where it is over.
    pub fn cancel(&self, id: TaskId) -> Result<()> {
        match self.locked().tokens.get(&id) {
            Some(token) => {
                token.cancel();
                Ok(())
            }
            None => Err(Error::not_found("This is over already.").with_hint("Its result is shown.")),
        }
    }

    /// Whether anything is under way.
    pub fn is_busy(&self) -> bool {
        !self.locked().tokens.is_empty()
    }

    fn locked(&self) -> MutexGuard<'_, Running> {
        self.0.lock().expect("BUG: nothing panics while it holds the tasks")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_can_be_stopped_until_it_is_over() {
        let tasks = Tasks::default();
        let (id, token) = tasks.begin();
        assert!(tasks.is_busy() && !token.is_cancelled());
        tasks.cancel(id).unwrap();
        assert!(token.is_cancelled() && tasks.is_busy());
        tasks.end(id);
        assert!(!tasks.is_busy());
        assert!(tasks.cancel(id).is_err());
    }
}
