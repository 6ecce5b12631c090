//! Where a conversation is played: the draft, the learner in memory, the sessions, and the turns so far.

use std::collections::{HashMap, HashSet};

use super::{
    agent::{Session, Subject},
    answer::{Spoken, Wanted},
    author,
    script::{AuthorEdit, Move, Script},
    speech,
    turn::{
        CompletedStep, Conversation, ConversationTokens, DeliveredStep, Preface, Turn, TurnDetail, TurnState,
        TurnWindow,
    },
    wire,
};
use crate::{
    edit::{self, Draft},
    error::{Error, Result},
    id::StepId,
    learner::{
        self,
        call::{Call, Profile},
        path::Path,
        standing::{Offer, ProgressRow, StepContent, StepSeen},
        turn::{Answer, Delivery},
        world::World,
        writes::Written,
    },
    tokens::{self, Encoding},
    walkthrough::{Millis, Walkthrough},
    wording::chosen::Wordings,
};

/// When every conversation begins: a Monday morning.
const BEGIN: i64 = 1_767_603_600_000;
/// What passes before a call.
const MINUTE: i64 = 60_000;

/// Everything that a conversation is about while it is played.
pub struct Stage {
    pub profile: Profile,
    pub world: World,
    /// The session that the moves are about.
    pub main: usize,
    /// The learner's second session, if there is one.
    pub second: Option<usize>,
    pub sessions: Vec<Session>,
    /// Which of the script's moves is made; `None` in the opening.
    pub move_index: Option<u32>,
    encoding: Encoding,
    draft: Draft,
    others: Vec<Walkthrough>,
    titles: HashMap<StepId, String>,
    edits: u32,
    window: TurnWindow,
    wordings: Wordings,
    preface: Preface,
    turns: Vec<Turn>,
}

impl Stage {
    /// A stage on which nothing has happened. The first walkthrough is the one that is previewed.
    pub fn new(
        walkthroughs: &[Walkthrough],
        script: &Script,
        window: TurnWindow,
        wordings: &Wordings,
        encoding: Encoding,
    ) -> Result<Self> {
        let (previewed, others) =
            walkthroughs.split_first().ok_or_else(|| Error::bug("There is no walkthrough to preview."))?;
        let preface = wire::preface(script.profile, encoding);
        let mut stage = Self {
            profile: script.profile,
            world: World { now: BEGIN, ..World::default() },
            main: 0,
            second: None,
            sessions: vec![Session::new(1, preface.tokens)],
            move_index: None,
            encoding,
            draft: Draft { walkthrough: previewed.clone(), trashed_at: None },
            others: others.to_vec(),
            titles: HashMap::new(),
            edits: 0,
            window,
            wordings: wordings.clone(),
            preface,
            turns: Vec::new(),
        };
        stage.show();
        Ok(stage)
    }

    /// What has been played.
    pub fn finish(self) -> Conversation {
        let is_finished = self.turns.last().is_some_and(|turn| turn.state.progress.is_completed);
        let tokens = ConversationTokens {
            encoding: self.encoding,
            total: self.sessions.iter().map(|session| session.tokens).sum(),
            template: self.sessions.iter().map(|session| session.template_tokens).sum(),
        };
        Conversation { preface: self.preface, turns: self.turns, is_finished, tokens }
    }

    /// The walkthrough that is previewed, as it is by now.
    pub fn walkthrough(&self) -> &Walkthrough {
        &self.draft.walkthrough
    }

    /// What the agent is asked about.
    pub fn subject(&self) -> Subject<'_> {
        let Walkthrough { id, title, .. } = self.walkthrough();
        Subject { id, title, is_one_of_several: !self.others.is_empty() }
    }

    /// What a well-behaved agent calls next.
    pub fn next_call(&self, session: usize) -> Call {
        self.sessions[session].next_call(&self.subject(), self.profile)
    }

    /// A new session of a learner who has been here before.
    pub fn open_session(&mut self) -> usize {
        let number = self.sessions.len() as u32 + 1;
        self.sessions.push(Session::returning(number, self.preface.tokens));
        self.sessions.len() - 1
    }

    /// The learner's way through the previewed walkthrough.
    pub fn path(&self) -> Path<'_> {
        Path::new(&self.world.offers[0], &self.world.steps[&self.walkthrough().id])
    }

    /// The step that the learner is at.
    pub fn current(&self) -> Option<DeliveredStep> {
        let row = self.row().filter(|row| row.is_started());
        place(&self.path(), row)
    }

    /// Makes one call and takes down the turn.
    pub fn call(&mut self, session: usize, made: &Move, call: &Call, note: Option<&str>) -> Result<()> {
        self.world.now += MINUTE;
        let turn = self.decide_until_written(session, call);
        self.take_down(session, made, call, &turn, note)
    }

    /// Two calls at the same time: both are decided on what was there before either was written.
    pub fn call_at_once(&mut self, first: usize, second: usize, made: &Move) -> Result<()> {
        self.world.now += MINUTE;
        let (call, other) = (self.next_call(first), self.next_call(second));
        let seen = self.world.read(&self.sessions[second].scope(), &other);
        let turn = self.decide_until_written(first, &call);
        self.take_down(first, made, &call, &turn, Some(speech::FIRST_OF_TWO))?;
        let overtaken = self.decide(&seen, &other);
        let (turn, note) = match self.world.write(&seen, &overtaken) {
            Written::Done => (overtaken, speech::SECOND_OF_TWO),
            Written::Stale => (self.decide_until_written(second, &other), speech::OVERTAKEN),
        };
        self.take_down(second, made, &other, &turn, Some(note))
    }

    /// Changes the walkthrough and takes down a turn in which nobody calls.
    pub fn edit(&mut self, made: &Move, change: &AuthorEdit) -> Result<()> {
        let (edit, note) = author::edit(change, self.walkthrough(), self.edits);
        if let Some(edit) = edit {
            edit::check(&edit)?;
            edit::apply(&mut self.draft, &edit)?;
            self.edits += 1;
            self.show();
        }
        self.push(self.main, made, |turn| Turn { note: Some(note), ..turn }, None);
        Ok(())
    }

    /// Shows the learner the walkthroughs as they are now.
    fn show(&mut self) {
        let version = self.edits.to_string();
        let all = || std::iter::once(&self.draft.walkthrough).chain(&self.others);
        self.world.offers = all().map(Offer::of).collect();
        let steps = |one: &Walkthrough| one.steps.iter().map(|step| StepSeen::of(step, version.clone())).collect();
        self.world.steps = all().map(|one| (one.id.clone(), steps(one))).collect();
        let titled = self.draft.walkthrough.steps.iter().map(|step| (step.id.clone(), step.title.clone()));
        self.titles.extend(titled);
    }

    fn decide(&self, standing: &learner::standing::Standing, call: &Call) -> learner::turn::Turn {
        learner::decide(standing, call, Millis(self.world.now), zeros)
    }

    fn decide_until_written(&mut self, session: usize, call: &Call) -> learner::turn::Turn {
        let standing = self.world.read(&self.sessions[session].scope(), call);
        let turn = self.decide(&standing, call);
        let written = self.world.write(&standing, &turn);
        assert_eq!(written, Written::Done, "BUG: somebody else wrote to a learner in memory");
        turn
    }

    fn row(&self) -> Option<&ProgressRow> {
        let mut rows = self.world.progress.iter().map(|(_, row)| row);
        rows.find(|row| row.walkthrough == self.draft.walkthrough.id)
    }

    fn take_down(
        &mut self,
        session: usize,
        made: &Move,
        call: &Call,
        turn: &learner::turn::Turn,
        note: Option<&str>,
    ) -> Result<()> {
        let is_wanted = self.window.contains(self.turns.len() as u32 + 1);
        let Spoken { heard, segments, tokens, user_html } =
            self.speak(turn, if is_wanted { Wanted::Everything } else { Wanted::Text })?;
        let speaker = &self.sessions[session];
        let learner_says = speech::words(made, speaker, &self.subject(), self.turns.len() as u32);
        let (tool, arguments) = (call.tool(self.profile), call.arguments(self.profile, speaker.visit()));
        let id = speaker.requests + 1;
        let detail = is_wanted.then(|| TurnDetail {
            arguments: Some(arguments.as_str().to_owned()),
            request: Some(wire::call_request(id, tool, &arguments)),
            response: Some(wire::call_response(id, &heard)),
            segments,
            user_html,
            completed: Vec::new(),
        });
        let listener = &mut self.sessions[session];
        listener.hear(call, &turn.answer, turn.visit.as_ref());
        listener.requests = id;
        let blocks = heard.blocks();
        listener.tokens +=
            tokens.total + blocks[1..].iter().map(|block| tokens::count(self.encoding, block)).sum::<u32>();
        listener.template_tokens += tokens.template;
        let step = match &turn.answer {
            Answer::Step(delivery) => Some(delivered(delivery)),
            _ => None,
        };
        let fill = |base: Turn| Turn {
            learner_says,
            note: note.map(str::to_owned),
            tool: Some(tool.to_owned()),
            action: Some(heard.output.action),
            is_error: heard.is_error,
            step,
            tokens: Some(tokens),
            ..base
        };
        self.push(session, made, fill, detail);
        Ok(())
    }

    fn speak(&self, turn: &learner::turn::Turn, wanted: Wanted) -> Result<Spoken> {
        match &turn.answer {
            Answer::Step(delivery) => {
                let content = self.content(delivery)?;
                let template = self.wordings.template(content.walkthrough.kind, self.profile);
                Spoken::of_step(turn, delivery, &content, template, wanted, self.encoding)
            }
            _ => Ok(Spoken::of_words(turn, self.profile, self.encoding)),
        }
    }

    fn content(&self, delivery: &Delivery) -> Result<StepContent> {
        let mut all = std::iter::once(&self.draft.walkthrough).chain(&self.others);
        let walkthrough = all.find(|one| one.id == delivery.walkthrough.id);
        let content = walkthrough.and_then(|one| StepContent::of(one, delivery.step()));
        content.ok_or_else(|| Error::bug("A step was delivered that is not there."))
    }

    fn push(&mut self, session: usize, made: &Move, fill: impl FnOnce(Turn) -> Turn, detail: Option<TurnDetail>) {
        let path = self.path();
        let row = self.row();
        let completed = row.map(ProgressRow::completed).unwrap_or_default();
        let speaker = &self.sessions[session];
        let state = TurnState {
            progress: path.progress(&completed),
            current_step: place(&path, row.filter(|row| row.is_started())),
            visit: speaker.visit().cloned(),
            tokens_so_far: speaker.tokens,
            template_tokens_so_far: speaker.template_tokens,
        };
        let number = self.turns.len() as u32 + 1;
        let detail = self.window.contains(number).then(|| {
            let present: HashSet<&StepId> = path.steps.iter().map(|step| &step.id).collect();
            let step = |id: StepId| {
                let title = self.titles.get(&id).cloned().unwrap_or_default();
                CompletedStep { is_gone: !present.contains(&id), title, id }
            };
            let base = detail.unwrap_or_else(TurnDetail::silent);
            TurnDetail { completed: completed.into_iter().map(step).collect(), ..base }
        });
        let (move_index, session) = (self.move_index, speaker.number);
        let turn = fill(Turn::bare(number, made.clone(), move_index, session, state));
        self.turns.push(Turn { detail, ..turn });
    }
}

fn delivered(delivery: &Delivery) -> DeliveredStep {
    let (id, title) = (delivery.step().clone(), delivery.title.clone());
    DeliveredStep { id, number: delivery.index as u32 + 1, title }
}

fn place(path: &Path<'_>, row: Option<&ProgressRow>) -> Option<DeliveredStep> {
    let current = row.and_then(|row| path.current(Some(row)))?;
    let number = path.index(&current.id)? as u32 + 1;
    Some(DeliveredStep { id: current.id.clone(), number, title: current.title.clone() })
}

/// No chance at all: there is one learner, visits are named by their sessions, and no other id is ever looked up.
fn zeros(length: usize) -> Vec<u8> {
    vec![0; length]
}
