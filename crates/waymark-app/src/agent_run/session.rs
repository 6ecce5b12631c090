//! One run while it goes on: the user says something, the model answers and calls, until it is the user's turn again.

use std::time::Instant;

use tokio_util::sync::CancellationToken;
use waymark_core::{
    agent_run::{
        checks,
        provider::Price,
        run::{Ending, Limits, RunSummary},
        script::{Script, Speaker, checked_message},
        transcript::{Event, Transcript},
    },
    error::{Code, Error, Result},
    hash::content_hash,
    id::{AgentRunId, WalkthroughId},
    learner::call::Profile,
    secret::Secret,
    walkthrough::Millis,
};
use waymark_library::{
    agent_run::{self as kept, KeptRun, providers},
    drafts,
};

use super::{
    BeginRun, RunEvent, instructions,
    provider::{Heard, Line, PATIENCE, Patience},
    providers::key_of,
    tools::Tools,
    wire::{Ask, Piece},
};
use crate::App;

/// How often a script's user answers an agent that calls nothing at all.
const STUCK_AFTER: u32 = 5;

/// Who listens to a run.
pub type Listener<'a> = &'a (dyn Fn(RunEvent) + Send + Sync);

/// A run.
pub struct Session {
    app: App,
    id: AgentRunId,
    at: Millis,
    walkthrough: WalkthroughId,
    title: String,
    content_hash: String,
    provider: String,
    price: Option<Price>,
    model: String,
    profile: Profile,
    speaker: Speaker,
    limits: Limits,
    line: Line,
    tools: Tools,
    transcript: Transcript,
    ending: Ending,
}

impl Session {
    /// A run in which nothing has been said. `key` is one that was handed in for this run.
    ///
    /// # Errors
    /// `NotFound` for walkthrough and provider, `InvalidInput` naming the field, those of the keyring.
    pub async fn begin(app: &App, input: BeginRun, key: Option<Secret>) -> Result<Self> {
        Self::begin_with(app, input, key, PATIENCE).await
    }

    pub(super) async fn begin_with(
        app: &App,
        input: BeginRun,
        key: Option<Secret>,
        patience: Patience,
    ) -> Result<Self> {
        let BeginRun { walkthrough, provider, model, profile, speaker, limits } = input;
        let (limits, model) = (limits.checked()?, model.trim().to_owned());
        let draft = drafts::open(&app.library, &walkthrough).await?.draft;
        if draft.trashed_at.is_some() {
            return Err(Error::invalid(format!("`{}` is in the trash.", draft.walkthrough.title))
                .with_hint("Take it out of the trash first: no agent sees it there."));
        }
        let provider = providers::find(&app.library, provider.as_str()).await?;
        if model.is_empty() {
            return Err(Error::invalid("No model was named.")
                .with_field("model")
                .with_hint(format!("Name one of `{}`; `waymark provider test` lists them.", provider.name)));
        }
        let key = key_of(app, &provider, key).await?;
        let id = AgentRunId::mint(app.env.random);
        let tools = Tools::new(app, &id, profile);
        let names = tools.list.iter().map(|tool| tool.name.to_owned()).collect();
        Ok(Self {
            at: (app.env.now)(),
            title: draft.walkthrough.title.clone(),
            content_hash: content_hash(&draft.walkthrough),
            price: provider.price(&model).cloned(),
            provider: provider.name.clone(),
            line: Line::new(provider, key, patience)?,
            transcript: Transcript { instructions: instructions(), tools: names, turns: Vec::new() },
            ending: Ending::Open,
            app: app.clone(),
            id,
            walkthrough,
            model,
            profile,
            speaker,
            limits,
            tools,
        })
    }

    /// Which run it is.
    pub fn id(&self) -> &AgentRunId {
        &self.id
    }

    /// The user says something. Returns when it is the user's turn again, or the run is over; it is kept then, whatever
    /// happened. What went wrong at the provider's is the ending, not an error.
    ///
    /// # Errors
    /// `InvalidInput` on `text`, `Refused` where the run may take no more; those of the library.
    pub async fn say(&mut self, text: &str, stop: &CancellationToken, on: Listener<'_>) -> Result<KeptRun> {
        let text = checked_message(text)?.to_owned();
        if let Some(ending) = self.used_up() {
            return Err(Error::new(Code::Refused, ending.words()).with_hint("Begin another run, with higher limits."));
        }
        self.take(Event::Learner { text }, on);
        self.round(stop, on).await;
        self.keep().await
    }

    /// Goes on where something failed or was stopped, without the user saying anything more.
    ///
    /// # Errors
    /// `Refused` where there is nothing to go on with; those of the library.
    pub async fn go_on(&mut self, stop: &CancellationToken, on: Listener<'_>) -> Result<KeptRun> {
        if !matches!(self.ending, Ending::Failed { .. } | Ending::Stopped) || self.transcript.turns.is_empty() {
            return Err(Error::new(Code::Refused, "The model has nothing to answer.").with_hint("Say something."));
        }
        self.round(stop, on).await;
        self.keep().await
    }

    /// A script plays the user to the end.
    ///
    /// # Errors
    /// Those of the library.
    pub async fn play(&mut self, script: &Script, stop: &CancellationToken, on: Listener<'_>) -> Result<KeptRun> {
        let mut still = 0;
        for said in 0.. {
            let before = self.transcript.totals().calls;
            self.take(Event::Learner { text: script.say(said, &self.title) }, on);
            self.round(stop, on).await;
            still = if self.transcript.totals().calls > before { 0 } else { still + 1 };
            if self.ending == Ending::Open && still >= STUCK_AFTER {
                self.ending = Ending::Stuck;
            }
            let kept = self.keep().await?;
            if self.ending != Ending::Open {
                return Ok(kept);
            }
        }
        self.keep().await
    }

    /// As it is by now, with what can be checked.
    pub fn kept(&self) -> KeptRun {
        let totals = self.transcript.totals();
        let summary = RunSummary {
            id: self.id.clone(),
            walkthrough: self.walkthrough.clone(),
            at: self.at,
            provider: self.provider.clone(),
            model: self.model.clone(),
            speaker: self.speaker,
            profile: self.profile,
            template: None,
            content_hash: self.content_hash.clone(),
            is_current: true,
            ending: self.ending.clone(),
            checks: checks::check(&self.transcript, &self.walkthrough, &self.ending),
            totals,
            cost: self.price.as_ref().map(|price| price.of(totals.usage)),
        };
        KeptRun { summary, transcript: self.transcript.clone() }
    }

    async fn keep(&self) -> Result<KeptRun> {
        let mut run = self.kept();
        kept::keep(&self.app.library, &run, &self.app.env.origin).await?;
        let draft = drafts::open(&self.app.library, &self.walkthrough).await?.draft.walkthrough;
        run.summary.is_current = content_hash(&draft) == self.content_hash;
        Ok(run)
    }

    fn take(&mut self, event: Event, on: Listener<'_>) {
        let turn = self.transcript.push((self.app.env.now)(), event);
        on(RunEvent::Turn(Box::new(turn.clone())));
    }

    /// The model answers, and its calls are made, until it calls nothing.
    async fn round(&mut self, stop: &CancellationToken, on: Listener<'_>) {
        self.ending = loop {
            if let Some(ending) = self.used_up() {
                break ending;
            }
            match self.answer(stop, on).await {
                // Kept at once: whatever happens to this process, what was paid for is there.
                Ok(Answered::Called) => match self.keep().await {
                    Ok(_) => {}
                    Err(error) => break Ending::of(&error),
                },
                Ok(Answered::Said) if self.transcript.has_completed(&self.walkthrough) => break Ending::Finished,
                Ok(Answered::Said) => break Ending::Open,
                Err(error) => {
                    tracing::warn!(?error, "a run was interrupted");
                    break Ending::of(&error);
                }
            }
        };
    }

    async fn answer(&mut self, stop: &CancellationToken, on: Listener<'_>) -> Result<Answered> {
        let turn = self.transcript.turns.len() as u32 + 1;
        let began = Instant::now();
        let ask = Ask { model: &self.model, tools: &self.tools.list, transcript: &self.transcript };
        let tell = |heard| match heard {
            Heard::Piece(Piece::Text(text)) => on(RunEvent::Text(text)),
            Heard::Piece(Piece::Call(tool)) => on(RunEvent::Calls(tool)),
            Heard::Waiting(pause) => on(RunEvent::Waiting(pause)),
        };
        let (reply, outcome) = self.line.ask(&ask, turn, stop, &tell).await;
        let calls = reply.calls.clone();
        // What was paid for counts, and what was said was said, even if the rest never came.
        if outcome.is_ok() || !reply.text.is_empty() || reply.usage.all() > 0 {
            let millis = began.elapsed().as_millis().try_into().unwrap_or(u32::MAX);
            let (text, usage, is_cut) = (reply.text, reply.usage, reply.is_cut);
            self.take(Event::Agent { text, calls: reply.calls, usage, millis, is_cut }, on);
        }
        outcome?;
        for call in &calls {
            let answer = self.tools.call(call, stop).await?;
            self.take(Event::Tool(answer), on);
        }
        Ok(if calls.is_empty() { Answered::Said } else { Answered::Called })
    }

    fn used_up(&self) -> Option<Ending> {
        let totals = self.transcript.totals();
        if totals.replies >= self.limits.replies {
            return Some(Ending::RepliesUsedUp);
        }
        (totals.usage.all() >= self.limits.tokens).then_some(Ending::TokensUsedUp)
    }
}

/// What a model has done with its turn.
enum Answered {
    /// Called tools, and has to hear their answers.
    Called,
    /// Said something: it is the user's turn.
    Said,
}
