//! Plays a script: the opening of its scenario, then move after move.

use super::{
    agent::Knows,
    script::{self, AuthorEdit, Move, NEW_STEP, Scenario, Script},
    speech,
    stage::Stage,
    turn::{Conversation, TurnWindow},
};
use crate::{
    error::Result,
    id::StepId,
    learner::call::{Call, Profile},
    limits,
    tokens::Encoding,
    walkthrough::Walkthrough,
    wording::chosen::Wordings,
};

/// A day.
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// Calls that a visit may need until the first step is there: the list, a title that is not enough, the start.
const BEGINNING_MAX: usize = 3;

/// Plays a script. The first walkthrough is the one that is previewed; all of them are shown by the server, in this
/// order. Texts are given for the turns of `window`; tokens are those of `encoding`.
///
/// # Errors
/// `InvalidInput` for a script of too many moves, for an edit that the limits refuse, and for a text that cannot be
/// rendered.
pub fn play(
    walkthroughs: &[Walkthrough],
    script: &Script,
    window: TurnWindow,
    wordings: &Wordings,
    encoding: Encoding,
) -> Result<Conversation> {
    script::check(script)?;
    let mut stage = Stage::new(walkthroughs, script, window, wordings, encoding)?;
    open(&mut stage, script.scenario)?;
    for (index, made) in script.moves.iter().enumerate() {
        stage.move_index = Some(index as u32);
        make(&mut stage, made)?;
    }
    Ok(stage.finish())
}

/// Leads to the situation that a scenario is about.
fn open(stage: &mut Stage, scenario: Scenario) -> Result<()> {
    begin(stage)?;
    let total = stage.walkthrough().steps.len();
    match scenario {
        Scenario::FirstVisit | Scenario::Several => Ok(()),
        Scenario::LastStep => advance(stage, total.saturating_sub(1)),
        Scenario::Resume => {
            advance(stage, total / 2)?;
            make(stage, &Move::ComeBack)?;
            begin(stage)
        }
        Scenario::Restart => {
            advance(stage, total / 2)?;
            make(stage, &Move::Restart)
        }
        Scenario::StepAdded | Scenario::StepRemoved | Scenario::Reordered | Scenario::Renamed => {
            advance(stage, total / 2)?;
            match interference(stage, scenario) {
                Some(edit) => make(stage, &Move::Edit { edit }),
                None => Ok(()),
            }
        }
    }
}

/// Until the agent has the first step, or hears that there is none.
fn begin(stage: &mut Stage) -> Result<()> {
    for _ in 0..BEGINNING_MAX {
        if matches!(stage.sessions[stage.main].knows, Knows::Step(_) | Knows::End | Knows::Unsure) {
            break;
        }
        make(stage, &Move::Next)?;
    }
    Ok(())
}

fn advance(stage: &mut Stage, steps: usize) -> Result<()> {
    (0..steps).try_for_each(|_| make(stage, &Move::Next))
}

/// What the author does in the middle. `None` where there is no step to do it to.
fn interference(stage: &Stage, scenario: Scenario) -> Option<AuthorEdit> {
    let steps = &stage.walkthrough().steps;
    let total = steps.len() as u32;
    let current = stage.current().and_then(|current| steps.iter().position(|step| step.id == current.id));
    let Some(at) = current.map(|index| index as u32 + 1) else {
        let is_added = scenario == Scenario::StepAdded;
        return is_added.then(|| AuthorEdit::AddStep { number: total + 1, title: NEW_STEP.to_owned() });
    };
    Some(match scenario {
        Scenario::StepAdded => AuthorEdit::AddStep { number: at, title: NEW_STEP.to_owned() },
        Scenario::StepRemoved => AuthorEdit::RemoveStep { number: at },
        Scenario::Reordered if at < total => AuthorEdit::MoveStep { number: total, to: at },
        Scenario::Reordered => AuthorEdit::MoveStep { number: total, to: 1 },
        _ => {
            let number = total.min(at + 1);
            let suffix = " (renamed)";
            let kept = limits::STEP_TITLE_MAX - suffix.len();
            let title: String = steps[number as usize - 1].title.chars().take(kept).collect();
            AuthorEdit::RenameStep { number, title: title + suffix }
        }
    })
}

fn make(stage: &mut Stage, made: &Move) -> Result<()> {
    let id = stage.walkthrough().id.clone();
    let main = stage.main;
    let note = speech::note(made);
    let call = match made {
        Move::Edit { edit } => return stage.edit(made, edit),
        Move::OtherSession => return with_other_session(stage, made),
        Move::ComeBack => {
            stage.world.now += DAY;
            stage.main = stage.open_session();
            stage.second = None;
            return stage.call(stage.main, made, &stage.next_call(stage.main), note);
        }
        Move::Next => stage.next_call(main),
        Move::Status => Call::Status {
            walkthrough: match stage.profile {
                Profile::Current => None,
                Profile::V1 => Some(id.0),
            },
        },
        Move::Reset => Call::Reset { walkthrough: id, confirm: true },
        Move::Restart => Call::Start { name: Some(id.0), restart: true, email: None },
        Move::Repeat => match &stage.sessions[main].last_call {
            Some(call) => call.clone(),
            None => stage.next_call(main),
        },
        Move::Skip => match step_after(stage) {
            Some(step) => Call::Next { step: Some(step) },
            None => return stage.call(main, made, &stage.next_call(main), Some(speech::NOTHING_TO_SKIP_TO)),
        },
        Move::WrongId => Call::Next { step: Some(unknown_step(stage)) },
    };
    stage.call(main, made, &call, note)
}

/// The second session opens where there is none yet; then both go on at once.
fn with_other_session(stage: &mut Stage, made: &Move) -> Result<()> {
    let second = match stage.second {
        Some(second) => second,
        None => {
            let second = stage.open_session();
            stage.second = Some(second);
            let mut note = Some(speech::SECOND_SESSION);
            for _ in 0..BEGINNING_MAX {
                if matches!(stage.sessions[second].knows, Knows::Step(_) | Knows::End | Knows::Unsure) {
                    break;
                }
                stage.call(second, made, &stage.next_call(second), note.take())?;
            }
            second
        }
    };
    stage.call_at_once(stage.main, second, made)
}

/// The step after the one that the agent was given.
fn step_after(stage: &Stage) -> Option<StepId> {
    let Knows::Step(given) = &stage.sessions[stage.main].knows else {
        return None;
    };
    let path = stage.path();
    let index = path.index(given)?;
    path.steps.get(index + 1).map(|step| step.id.clone())
}

/// An id that an agent might make up, and that no step has.
fn unknown_step(stage: &Stage) -> StepId {
    let mut id = StepId::from("step-2");
    while stage.walkthrough().step(&id).is_some() {
        id.0.push('0');
    }
    id
}
