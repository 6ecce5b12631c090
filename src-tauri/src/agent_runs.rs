//! Runs of models that go on while the window looks on: each by its id, until the window is closed. The window asks how far
//! a run is; nothing of what is said travels unasked.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;
use tokio_util::sync::CancellationToken;
use waymark_app::{
    App,
    agent_run::{BeginRun, RunEvent, Session},
};
use waymark_core::{
    agent_run::{
        run::Ending,
        script::{Script, checked_message},
    },
    error::{Code, Error, Result},
    id::AgentRunId,
    secret::Secret,
};
use waymark_library::agent_run::KeptRun;

/// A run as it is by now.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct LiveRun {
    /// What has been said and called. What is checked is as of the last time that it was the user's turn.
    pub run: KeptRun,
    /// Whether the model is at work.
    pub is_busy: bool,
    /// What the model is saying.
    pub saying: String,
    /// The tool that it is about to call.
    pub calling: Option<String>,
    /// For how many seconds the provider asks to wait.
    pub waiting_seconds: Option<u32>,
}

/// The runs of this window.
#[derive(Default)]
pub struct AgentRuns(Mutex<HashMap<AgentRunId, Arc<Running>>>);

struct Running {
    session: tokio::sync::Mutex<Session>,
    seen: Mutex<LiveRun>,
    stop: Mutex<CancellationToken>,
}

/// What the user does.
pub enum Move {
    /// Says something.
    Say(String),
    /// Says nothing: the model is to go on where it was interrupted.
    GoOn,
    /// A script takes over to the end.
    Play(Script),
}

impl AgentRuns {
    /// Begins a run in which nothing has been said.
    ///
    /// # Errors
    /// Those of [`Session::begin`].
    pub async fn begin(&self, app: &App, input: BeginRun, key: Option<Secret>) -> Result<AgentRunId> {
        let session = Session::begin(app, input, key).await?;
        let (id, run) = (session.id().clone(), session.kept());
        let seen = LiveRun { run, is_busy: false, saying: String::new(), calling: None, waiting_seconds: None };
        let (session, seen) = (tokio::sync::Mutex::new(session), Mutex::new(seen));
        let running = Running { session, seen, stop: Mutex::default() };
        self.locked().insert(id.clone(), Arc::new(running));
        Ok(id)
    }

    /// The user does something. Returns at once: [`AgentRuns::look`] tells what comes of it.
    ///
    /// # Errors
    /// `NotFound`, `InvalidInput` on `text`, `Refused` while the model is at work.
    pub fn go(&self, id: &AgentRunId, made: Move) -> Result<()> {
        let running = self.find(id)?;
        if let Move::Say(text) = &made {
            checked_message(text)?;
        }
        let stop = CancellationToken::new();
        {
            let mut seen = running.seen();
            if seen.is_busy {
                return Err(Error::new(Code::Refused, "The model is still at work.")
                    .with_hint("Wait until it has answered, or stop it."));
            }
            seen.is_busy = true;
            *lock(&running.stop) = stop.clone();
        }
        tauri::async_runtime::spawn(async move { running.work(made, &stop).await });
        Ok(())
    }

    /// How far a run is; `None` for one that this window did not begin.
    pub fn look(&self, id: &AgentRunId) -> Option<LiveRun> {
        self.locked().get(id).map(|running| running.seen().clone())
    }

    /// Stops the model. What it has said stays.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn stop(&self, id: &AgentRunId) -> Result<()> {
        lock(&self.find(id)?.stop).cancel();
        Ok(())
    }

    /// Stops and forgets a run: it is removed, or the window is closed.
    pub fn forget(&self, id: &AgentRunId) {
        if let Some(running) = self.locked().remove(id) {
            lock(&running.stop).cancel();
        }
    }

    /// Stops all of them.
    pub fn forget_all(&self) {
        for (_, running) in self.locked().drain() {
            lock(&running.stop).cancel();
        }
    }

    fn find(&self, id: &AgentRunId) -> Result<Arc<Running>> {
        let gone = || Error::not_found("This run is over.").with_hint("Begin another one.");
        self.locked().get(id).cloned().ok_or_else(gone)
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<AgentRunId, Arc<Running>>> {
        lock(&self.0)
    }
}

impl Running {
    async fn work(&self, made: Move, stop: &CancellationToken) {
        let on = |event| self.hear(event);
        let mut session = self.session.lock().await;
        let outcome = match made {
            Move::Say(text) => session.say(&text, stop, &on).await,
            Move::GoOn => session.go_on(stop, &on).await,
            Move::Play(script) => session.play(&script, stop, &on).await,
        };
        let mut seen = self.seen();
        match outcome {
            Ok(run) => seen.run = run,
            Err(error) => {
                tracing::warn!(?error, "A run could not go on");
                seen.run = KeptRun { transcript: session.kept().transcript, ..seen.run.clone() };
                seen.run.summary.ending = Ending::of(&error);
            }
        }
        seen.be_quiet();
        seen.is_busy = false;
    }

    fn hear(&self, event: RunEvent) {
        let mut seen = self.seen();
        match event {
            RunEvent::Text(text) => {
                seen.waiting_seconds = None;
                seen.saying.push_str(&text);
            }
            RunEvent::Calls(tool) => seen.calling = Some(tool),
            RunEvent::Waiting(pause) => seen.waiting_seconds = Some(pause.as_secs().try_into().unwrap_or(u32::MAX)),
            RunEvent::Turn(turn) => {
                seen.be_quiet();
                seen.run.transcript.turns.push(*turn);
                seen.run.summary.totals = seen.run.transcript.totals();
            }
        }
    }

    fn seen(&self) -> MutexGuard<'_, LiveRun> {
        lock(&self.seen)
    }
}

impl LiveRun {
    fn be_quiet(&mut self) {
        self.saying.clear();
        self.calling = None;
        self.waiting_seconds = None;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
