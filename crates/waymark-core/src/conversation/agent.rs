//! The agent of a conversation: one session, what it has heard last, and what a well-behaved one does then.

use crate::{
    id::{StepId, VisitId, WalkthroughId},
    learner::{
        call::{Call, Profile},
        standing::Scope,
        turn::{Answer, Trouble},
    },
};

/// The learner's tracking id: it is one learner all along.
const LEARNER: &str = "preview-learner";
/// Digits of a visit, so that it costs as many tokens as a real one.
const VISIT_DIGITS: usize = 16;

/// The walkthrough that is previewed, as an agent may name it.
pub struct Subject<'a> {
    pub id: &'a WalkthroughId,
    pub title: &'a str,
    /// Whether the server shows others as well.
    pub is_one_of_several: bool,
}

/// One session of an agent.
pub struct Session {
    /// Counted from 1.
    pub number: u32,
    /// The last call, to be made again if the answer is lost.
    pub last_call: Option<Call>,
    /// What it knows.
    pub knows: Knows,
    /// Calls made, as the wire counts them: the list of tools was the first.
    pub requests: u32,
    /// Tokens read.
    pub tokens: u32,
    /// Of these, the ones that are not the author's.
    pub template_tokens: u32,
    visit: Option<VisitId>,
    is_return: bool,
}

/// What an agent knows from what it has heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Knows {
    /// Nothing yet.
    Nothing,
    /// What there is to choose from.
    Choice,
    /// That a title is not enough.
    SameTitles,
    /// The step that it was given.
    Step(StepId),
    /// That nothing is left.
    End,
    /// That it has to ask where the learner is.
    Unsure,
}

impl Session {
    /// A session that begins; `tokens` have been read before the first call.
    pub fn new(number: u32, tokens: u32) -> Self {
        let (last_call, knows, visit) = (None, Knows::Nothing, None);
        Self { number, last_call, knows, requests: 1, tokens, template_tokens: 0, visit, is_return: false }
    }

    /// A session of a learner who has been here before.
    pub fn returning(number: u32, tokens: u32) -> Self {
        Self { is_return: true, ..Self::new(number, tokens) }
    }

    /// The visit that an answer gave.
    pub fn visit(&self) -> Option<&VisitId> {
        self.visit.as_ref()
    }

    /// Who calls, and where: an identified learner, over a transport with one connection for each session.
    pub fn scope(&self) -> Scope {
        Scope {
            server: None,
            handle: self.visit.as_ref().map(VisitId::to_string),
            session: Some(VisitId(format!("{}{:0>VISIT_DIGITS$}", VisitId::PREFIX, self.number))),
            tracking: Some(LEARNER.to_owned()),
        }
    }

    /// What a well-behaved agent calls next.
    pub fn next_call(&self, subject: &Subject<'_>, profile: Profile) -> Call {
        let start = |name: Option<&str>| Call::Start { name: name.map(str::to_owned), restart: false, email: None };
        match (&self.knows, profile) {
            (Knows::Nothing, Profile::V1) => Call::List,
            (Knows::Nothing, Profile::Current) => {
                start(Some(subject.title).filter(|_| self.is_return && subject.is_one_of_several))
            }
            (Knows::Choice, Profile::Current) => start(Some(subject.title)),
            (Knows::Choice | Knows::SameTitles | Knows::Unsure, _) => start(Some(subject.id.as_str())),
            (Knows::Step(id), _) => Call::Next { step: Some(id.clone()) },
            (Knows::End, _) => Call::Next { step: None },
        }
    }

    /// Takes in an answer.
    pub fn hear(&mut self, call: &Call, answer: &Answer, visit: Option<&VisitId>) {
        self.last_call = Some(call.clone());
        self.visit = visit.cloned().or(self.visit.take());
        let is_at = |id: &StepId| self.knows == Knows::Step(id.clone());
        let knows = match answer {
            Answer::Step(delivery) => Some(Knows::Step(delivery.step().clone())),
            Answer::Completed(..) => Some(Knows::End),
            Answer::List(_) if self.knows == Knows::Nothing => Some(Knows::Choice),
            Answer::Ambiguous(..) => Some(Knows::SameTitles),
            Answer::Status(status) => {
                let current = status.steps.iter().find(|step| step.is_current);
                current.filter(|step| !is_at(&step.id)).map(|_| Knows::Unsure)
            }
            Answer::Trouble(Trouble::WrongStep { current: None, .. }) => Some(Knows::End),
            Answer::Trouble(Trouble::WrongStep { current: Some((id, _)), .. }) => (!is_at(id)).then_some(Knows::Unsure),
            Answer::Trouble(Trouble::Unconfirmed(_)) | Answer::List(_) => None,
            Answer::Reset(_) | Answer::NoSteps(_) | Answer::Trouble(_) => Some(Knows::Unsure),
        };
        self.knows = knows.unwrap_or_else(|| self.knows.clone());
    }
}
