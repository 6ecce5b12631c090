//! What the learner says: short, sensible, and the same every time.

use super::{
    agent::{Knows, Session, Subject},
    script::Move,
};

const DONE: [&str; 4] =
    ["Done. What comes next?", "That worked. Please go on.", "I have done that.", "Ready for the next step."];

/// The words before the agent calls; `None` where the learner says nothing.
pub fn words(made: &Move, session: &Session, subject: &Subject<'_>, turn: u32) -> Option<String> {
    let title = subject.title;
    Some(match made {
        Move::Next | Move::OtherSession => match &session.knows {
            Knows::Nothing if subject.is_one_of_several => "Hello. What can you guide me through?".to_owned(),
            Knows::Nothing => format!("Hello. Please guide me through “{title}”."),
            Knows::Choice | Knows::SameTitles => format!("“{title}”, please."),
            Knows::Step(_) => DONE[turn as usize % DONE.len()].to_owned(),
            Knows::End => "Is there anything left to do?".to_owned(),
            Knows::Unsure => "Where were we?".to_owned(),
        },
        Move::ComeBack => format!("Hello again. I would like to go on with “{title}”."),
        Move::Status => "How far have I come?".to_owned(),
        Move::Restart => "Let us begin again from the first step.".to_owned(),
        Move::Reset => "Please forget how far I have come.".to_owned(),
        Move::Skip => "I want to skip this one.".to_owned(),
        Move::WrongId => "Done.".to_owned(),
        Move::Repeat | Move::Edit { .. } => return None,
    })
}

/// What happens besides, where a move is more than what agent and learner say.
pub fn note(made: &Move) -> Option<&'static str> {
    Some(match made {
        Move::Repeat => "The answer was lost. The agent makes the same call again.",
        Move::Skip => "The agent passes the id of the step after the current one.",
        Move::WrongId => "The agent passes an id that it made up.",
        Move::ComeBack => "A day later, in a new visit.",
        Move::Reset => "The agent has asked, and the learner has agreed.",
        _ => return None,
    })
}

/// What is noted where the agent cannot pass a step over.
pub const NOTHING_TO_SKIP_TO: &str = "There is no step after this one. The agent goes on as usual.";
/// What is noted of a second session's first call.
pub const SECOND_SESSION: &str = "The same learner opens a second session.";
/// What is noted of the first of two calls at once.
pub const FIRST_OF_TWO: &str = "Both sessions call at the same time. This call is written first.";
/// What is noted of the second of two calls at once, if the first had changed nothing for it.
pub const SECOND_OF_TWO: &str = "The second session's call, at the same time.";
/// The same, if the first had changed something.
pub const OVERTAKEN: &str =
    "The second session's call, at the same time. The first had changed the progress, so it was decided again.";
