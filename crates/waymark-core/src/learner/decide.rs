//! The rule: from what was read to what is written and answered.

use super::{
    call::Call,
    describe::{describe, listed, name},
    path::Path,
    standing::{Focus, Offer, ProgressRow, Standing, VisitSeen},
    target::{Aim, aim},
    turn::{Action, Answer, Delivery, Trouble, Turn},
    writes::{NewCompletion, NewLearner, NewToolCall, NewVisit, ProgressWrite, Writes},
};
use crate::{
    id::{CompletionId, LearnerId, ProgressId, Random, StepId, ToolCallId, VisitId},
    json::FreeJson,
    walkthrough::Millis,
};

/// Decides one call. `random` mints the ids of rows that may have to be written.
pub fn decide(standing: &Standing, call: &Call, now: Millis, random: Random) -> Turn {
    let case = Case { standing, call, now, random };
    if let Some((action, trouble)) = case.refusal() {
        return Turn { action, answer: Answer::Trouble(trouble), visit: None, writes: Writes::default() };
    }
    if *call == Call::List && case.lacks_email() {
        // Looking costs no address, and leaves no learner behind who was never asked for one.
        let Decision { action, answer, .. } = case.list();
        return Turn { action, answer, visit: None, writes: Writes::default() };
    }
    let decision = match call {
        Call::List => case.list(),
        Call::Start { restart, .. } => case.start(*restart),
        Call::Next { step } => case.next(step.as_ref()),
        Call::Status { .. } => case.status(),
        Call::Reset { confirm, .. } => case.reset(*confirm),
    };
    case.turn(decision)
}

struct Case<'a> {
    standing: &'a Standing,
    call: &'a Call,
    now: Millis,
    random: Random,
}

/// What a call comes to, before the rows around it (learner, visit, log) are added.
struct Decision {
    action: Action,
    answer: Answer,
    progress: Option<ProgressWrite>,
    completion: Option<NewCompletion>,
    /// Set where the call says what the visit is about from now on.
    focus: Option<Focus>,
}

impl Decision {
    fn answer(action: Action, answer: Answer) -> Self {
        Self { action, answer, progress: None, completion: None, focus: None }
    }

    fn trouble(action: Action, trouble: Trouble) -> Self {
        Self::answer(action, Answer::Trouble(trouble))
    }
}

impl<'a> Case<'a> {
    /// Calls that belong to nobody. They are answered without a trace: there is no visit to log them under.
    fn refusal(&self) -> Option<(Action, Trouble)> {
        let standing = self.standing;
        match standing.visit {
            VisitSeen::Unknown => return Some((Action::NoVisit, Trouble::UnknownVisit)),
            VisitSeen::None if !self.call.may_open_visit() => return Some((Action::NoVisit, Trouble::NoVisit)),
            _ => {}
        }
        if *self.call == Call::List || !self.lacks_email() {
            return None;
        }
        match self.email() {
            Some(email) if is_address(email) => None,
            given => Some((Action::AskEmail, Trouble::AskEmail { is_malformed: given.is_some() })),
        }
    }

    /// Whether the server wants an address of somebody whom it does not know.
    fn lacks_email(&self) -> bool {
        let standing = self.standing;
        standing.asks_email && standing.learner.is_none() && standing.tracking.is_none()
    }

    fn email(&self) -> Option<&'a str> {
        match self.call {
            Call::Start { email, .. } => email.as_deref(),
            _ => None,
        }
    }

    fn list(&self) -> Decision {
        Decision::answer(Action::List, Answer::List(listed(self.standing, self.standing.visible.iter())))
    }

    fn start(&self, restart: bool) -> Decision {
        let offer = match aim(self.standing, self.call) {
            Aim::Walkthrough(offer) => offer,
            other => return self.not_aimed(other),
        };
        let action = match self.call {
            _ if restart => Action::Restart,
            Call::Start { name: None, .. } => Action::AutoStart,
            _ => Action::StartNamed,
        };
        let path = Path::new(offer, &self.standing.steps);
        let mut row = self.row_or_new(offer);
        if restart {
            row.clear();
        }
        self.deliver(action, &path, row)
    }

    fn next(&self, step: Option<&StepId>) -> Decision {
        let offer = match aim(self.standing, self.call) {
            Aim::Walkthrough(offer) => offer,
            other => return self.not_aimed(other),
        };
        let path = Path::new(offer, &self.standing.steps);
        let mut row = self.row_or_new(offer);
        let done = match step {
            // Also a step that was removed after it was completed: the call is a repeated one.
            Some(id) if row.completed().contains(id) => None,
            Some(id) if path.index(id).is_none() => return self.wrong_step(&path, id),
            Some(id) => Some(id.clone()),
            None => self.delivered_here(&path, &row),
        };
        let Some(done) = done else {
            return self.deliver(Action::Repeat, &path, row);
        };
        row.complete(&done);
        let completion = self.completion(&path, &row, done);
        let decision = self.deliver(Action::Advance, &path, row);
        Decision { completion: Some(completion), ..decision }
    }

    fn status(&self) -> Decision {
        let offer = match aim(self.standing, self.call) {
            Aim::Walkthrough(offer) => offer,
            other => return self.not_aimed(other),
        };
        let path = Path::new(offer, &self.standing.steps);
        let seen = self.standing.row(&offer.id);
        let settled = seen.cloned().map(|mut row| {
            row.settle(&path, self.now);
            row
        });
        let answer = Answer::Status(describe(&path, settled.as_ref()));
        Decision { progress: settled.and_then(|row| self.changed(row)), ..Decision::answer(Action::Status, answer) }
    }

    fn reset(&self, confirm: bool) -> Decision {
        let offer = match aim(self.standing, self.call) {
            Aim::Walkthrough(offer) => offer,
            other => return self.not_aimed(other),
        };
        if !confirm {
            return Decision::trouble(Action::ResetUnconfirmed, Trouble::Unconfirmed(name(offer)));
        }
        let cleared = self.standing.row(&offer.id).cloned().map(|mut row| {
            row.clear();
            row
        });
        let is_in_focus = self.standing.focus().is_some_and(|focus| focus.walkthrough == offer.id);
        Decision {
            progress: cleared.and_then(|row| self.changed(row)),
            focus: is_in_focus.then(|| Focus { walkthrough: offer.id.clone(), delivered: None }),
            ..Decision::answer(Action::Reset, Answer::Reset(name(offer)))
        }
    }

    /// Delivers the next step of a row that has been begun, resumed or advanced.
    fn deliver(&self, action: Action, path: &Path<'_>, mut row: ProgressRow) -> Decision {
        if path.steps.is_empty() {
            return Decision::answer(Action::NoSteps, Answer::NoSteps(name(path.offer)));
        }
        row.settle(path, self.now);
        let completed = row.completed();
        let next = path.first_open(&completed);
        row.current_step_id = next.map(|step| step.id.clone());
        row.started_at = row.started_at.or(Some(self.now));
        let is_repeated_id = action == Action::Repeat && matches!(self.call, Call::Next { step: Some(_) });
        let is_same = self.standing.row(&row.walkthrough) == Some(&row);
        let progress = path.progress(&completed);
        let walkthrough = name(path.offer);
        let (action, answer) = match next {
            Some(step) => {
                let order: Vec<_> = path.steps.iter().map(|step| step.id.clone()).collect();
                let index = path.index(&step.id).expect("BUG: the next step is one of the path's");
                let (title, version) = (step.title.clone(), step.version.clone());
                (action, Answer::Step(Delivery { walkthrough, order, index, title, version, progress }))
            }
            None if action == Action::Advance => (Action::Complete, Answer::Completed(walkthrough, progress)),
            None => (Action::AlreadyComplete, Answer::Completed(walkthrough, progress)),
        };
        let focus = Focus { walkthrough: row.walkthrough.clone(), delivered: row.current_step_id.clone() };
        if !(is_repeated_id && is_same) {
            row.last_activity_at = Some(self.now);
        }
        Decision { progress: self.changed(row), focus: Some(focus), ..Decision::answer(action, answer) }
    }

    /// The current step, if it was delivered in this visit.
    fn delivered_here(&self, path: &Path<'_>, row: &ProgressRow) -> Option<StepId> {
        let focus = self.standing.focus().filter(|focus| focus.walkthrough == row.walkthrough)?;
        let current = path.current(Some(row))?;
        (focus.delivered.as_ref() == Some(&current.id)).then(|| current.id.clone())
    }

    fn wrong_step(&self, path: &Path<'_>, given: &StepId) -> Decision {
        let current = path.current(self.standing.row(&path.offer.id));
        let trouble = Trouble::WrongStep {
            given: given.clone(),
            walkthrough: name(path.offer),
            current: current.map(|step| (step.id.clone(), step.title.clone())),
        };
        Decision::trouble(Action::InvalidStep, trouble)
    }

    fn completion(&self, path: &Path<'_>, row: &ProgressRow, step: StepId) -> NewCompletion {
        #[derive(serde::Serialize)]
        struct Metadata {
            step_order: usize,
            was_last: bool,
        }
        let place = path.index(&step).expect("BUG: only a step of the path is completed");
        let was_last = path.first_open(&row.completed()).is_none();
        NewCompletion {
            id: CompletionId::mint(self.random),
            walkthrough: row.walkthrough.clone(),
            step,
            completed_at: self.now,
            metadata: FreeJson::of(&Metadata { step_order: place + 1, was_last }),
        }
    }

    fn not_aimed(&self, aim: Aim<'_>) -> Decision {
        match aim {
            Aim::Walkthrough(_) | Aim::Choice => self.list(),
            Aim::Ambiguous(offers) => {
                let named = match self.call {
                    Call::Start { name, .. } | Call::Status { walkthrough: name } => name.clone().unwrap_or_default(),
                    _ => String::new(),
                };
                Decision::answer(
                    Action::AmbiguousName,
                    Answer::Ambiguous(named, listed(self.standing, offers.into_iter())),
                )
            }
            Aim::Unknown(name) => {
                let listed = listed(self.standing, self.standing.visible.iter());
                Decision::trouble(Action::InvalidName, Trouble::UnknownWalkthrough(name.to_owned(), listed))
            }
            Aim::NoCurrent => Decision::trouble(Action::NoCurrent, Trouble::NoCurrent),
        }
    }

    fn row_or_new(&self, offer: &Offer) -> ProgressRow {
        let new = || ProgressRow::begun(ProgressId::mint(self.random), offer.id.clone());
        self.standing.row(&offer.id).cloned().unwrap_or_else(new)
    }

    /// The write that brings a row to this state; none if it is in it.
    fn changed(&self, now: ProgressRow) -> Option<ProgressWrite> {
        match self.standing.row(&now.walkthrough) {
            None => Some(ProgressWrite::Insert(now)),
            Some(seen) if *seen == now => None,
            Some(seen) => Some(ProgressWrite::Update { seen: seen.clone(), now }),
        }
    }

    /// Adds learner, visit and log entry.
    fn turn(&self, decision: Decision) -> Turn {
        let Decision { action, answer, progress, completion, focus } = decision;
        let (visit, new_visit, last_call_at) = match &self.standing.visit {
            VisitSeen::Known { id, last_call_at, .. } => (id.clone(), None, *last_call_at),
            VisitSeen::New(id) => self.new_visit(id.clone()),
            VisitSeen::None | VisitSeen::Unknown => self.new_visit(None),
        };
        let learner = self.standing.learner.is_none().then(|| NewLearner {
            id: LearnerId::mint(self.random),
            distinct_id: self.standing.tracking.clone(),
            email: self.email().filter(|email| is_address(email)).map(|email| email.trim().to_owned()),
            first_seen_at: self.now,
        });
        let is_error = matches!(answer, Answer::Trouble(_));
        let tool_call = NewToolCall {
            id: ToolCallId::mint(self.random),
            created_at: last_call_at.map_or(self.now, |last| self.now.max(Millis(last.0 + 1))),
            input: self.call.input(),
            output: NewToolCall::output(action, is_error, focus.as_ref()),
        };
        let writes = Writes { learner, visit: new_visit, progress, completion, tool_call: Some(tool_call) };
        Turn { action, answer, visit: Some(visit), writes }
    }

    fn new_visit(&self, id: Option<VisitId>) -> (VisitId, Option<NewVisit>, Option<Millis>) {
        let id = id.unwrap_or_else(|| VisitId::mint(self.random));
        (id.clone(), Some(NewVisit { id, at: self.now }), None)
    }
}

/// Enough to catch a slip: one `@` with something on both sides, no white space. Only a message proves an address.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let has_space = text.chars().any(|c| c.is_whitespace() || c.is_control());
    let sides = text.split_once('@').filter(|(user, host)| !user.is_empty() && host.contains('.'));
    !has_space && text.len() <= 254 && sides.is_some_and(|(_, host)| !host.contains('@') && !host.ends_with('.'))
}
