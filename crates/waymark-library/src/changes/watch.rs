//! Notices commits, own and other processes', and tells whoever listens. Runs only while somebody does.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use sqlx::{SqliteConnection, SqlitePool};
use tokio::{
    sync::{Notify, broadcast, watch},
    task::JoinHandle,
};
use waymark_core::error::Result;

use super::{Change, read_since};
use crate::{Library, failure::Attempted};

/// How often other processes' commits are looked for. Reading `data_version` costs some microseconds.
const EVERY: Duration = Duration::from_millis(400);
/// Changes that a listener may be behind before it has to read everything anew.
const BACKLOG: usize = 1024;

/// Where listeners come from.
pub(crate) struct Watch {
    sender: broadcast::Sender<Change>,
    /// Everything up to here is known or told.
    position: AtomicI64,
    nudge: Arc<Notify>,
    stop: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Watch {
    pub(crate) fn new(position: i64) -> Self {
        Self {
            sender: broadcast::channel(BACKLOG).0,
            position: AtomicI64::new(position),
            nudge: Arc::new(Notify::new()),
            stop: watch::channel(false).0,
            task: Mutex::new(None),
        }
    }

    /// An own commit. Without listeners it is history at once.
    pub(crate) fn committed(&self, seq: i64) {
        if self.sender.receiver_count() == 0 {
            self.position.fetch_max(seq, Ordering::AcqRel);
        } else {
            self.nudge.notify_one();
        }
    }

    /// Ends the task and waits for its connection to be closed.
    pub(crate) async fn stop(&self) {
        self.stop.send_replace(true);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            let _ = task.await;
        }
    }

    fn listen(&self, readers: &SqlitePool) -> broadcast::Receiver<Change> {
        let receiver = self.sender.subscribe();
        let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if task.as_ref().is_none_or(JoinHandle::is_finished) && !*self.stop.borrow() {
            let listening = Listening {
                sender: self.sender.clone(),
                position: self.position.load(Ordering::Acquire),
                nudge: self.nudge.clone(),
                stop: self.stop.subscribe(),
            };
            let readers = readers.clone();
            *task = Some(tokio::spawn(async move {
                if let Err(error) = listening.run(&readers).await {
                    tracing::error!(?error, "changes are not noticed any more");
                }
            }));
        }
        receiver
    }
}

impl Library {
    pub(super) fn watch(&self) -> broadcast::Receiver<Change> {
        self.inner.watch.listen(&self.inner.file.readers)
    }
}

struct Listening {
    sender: broadcast::Sender<Change>,
    position: i64,
    nudge: Arc<Notify>,
    stop: watch::Receiver<bool>,
}

impl Listening {
    async fn run(mut self, readers: &SqlitePool) -> Result<()> {
        // A connection of its own: `data_version` counts the commits of all others.
        let mut connection = readers.acquire().await.attempted("Watching the library")?;
        let mut seen = None;
        while !*self.stop.borrow() {
            let version = data_version(&mut connection).await?;
            if seen != Some(version) {
                seen = Some(version);
                self.tell(&mut connection).await?;
            }
            tokio::select! {
                () = self.nudge.notified() => {}
                () = tokio::time::sleep(EVERY) => {}
                stop = self.stop.changed() => if stop.is_err() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    async fn tell(&mut self, connection: &mut SqliteConnection) -> Result<()> {
        for change in read_since(connection, self.position).await? {
            self.position = change.seq;
            // Nobody listening is no failure: somebody may again.
            let _ = self.sender.send(change);
        }
        Ok(())
    }
}

async fn data_version(connection: &mut SqliteConnection) -> Result<i64> {
    sqlx::query_scalar("PRAGMA data_version").fetch_one(connection).await.attempted("Watching the library")
}
