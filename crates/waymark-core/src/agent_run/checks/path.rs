//! How the agent went through the steps: whether it waited, whether it left nothing out, whether it arrived.

use super::{Check, CheckResult, Place, steps, stretch::Stretch};
use crate::{
    agent_run::{
        run::Ending,
        transcript::{Event, Transcript},
    },
    id::WalkthroughId,
    learner::call::Profile,
};

/// Left no step before the user had answered.
pub(super) fn waited(stretches: &[Stretch<'_>]) -> CheckResult {
    let left: Vec<_> = stretches.iter().filter_map(|stretch| Some((stretch, stretch.left_at?))).collect();
    let rushed = left.iter().filter(|(stretch, _)| !has_waited(stretch)).map(|(stretch, at)| {
        let number = stretch.step.number;
        stretch.place(*at, format!("The agent left step {number} without waiting for the user."))
    });
    let places: Vec<Place> = rushed.collect();
    let silent = left.iter().filter(|(stretch, _)| has_waited(stretch) && !has_asked(stretch)).count();
    let fine = match silent {
        0 => format!("The agent asked and waited before it left {}.", steps(left.len())),
        count => format!(
            "The agent waited before it left {}; in {count} of them no question is to be seen in its words.",
            steps(left.len())
        ),
    };
    CheckResult::of(Check::AskedBeforeMovingOn, left.len(), "The agent never moved on from a step.", fine, places)
}

fn has_waited(stretch: &Stretch<'_>) -> bool {
    stretch.turns.iter().any(|turn| matches!(turn.event, Event::Learner { .. }))
}

fn has_asked(stretch: &Stretch<'_>) -> bool {
    stretch.said().any(|(_, text)| text.contains(['?', '？', '؟']))
}

/// Passed over no step, and guessed no step's id.
pub(super) fn skipped_nothing(transcript: &Transcript, stretches: &[Stretch<'_>]) -> CheckResult {
    let mut places = Vec::new();
    for pair in stretches.windows(2) {
        let (before, after) = (pair[0].step, pair[1].step);
        if after.number > before.number + 1 {
            let sentence = format!("After step {} came step {}.", before.number, after.number);
            places.push(pair[1].place(pair[1].turn, sentence));
        }
    }
    for stretch in stretches {
        let has_words = stretch.step.content_for_user.as_deref().is_some_and(|text| !text.trim().is_empty());
        if let Some(at) = stretch.left_at.filter(|_| has_words && stretch.said().next().is_none()) {
            let sentence = format!("The agent passed over step {} without a word to the user.", stretch.step.number);
            places.push(stretch.place(at, sentence));
        }
    }
    let is_next = |tool: &str| [Profile::Current, Profile::V1].iter().any(|profile| profile.next_tool() == tool);
    for (turn, answer) in transcript.answers().filter(|(_, answer)| answer.is_error && is_next(&answer.tool)) {
        let sentence = "The agent asked for a next step that it could not have.".to_owned();
        let step = answer.step.as_ref().map(|step| step.number);
        places.push(Place { turn, step, sentence });
    }
    places.sort_by_key(|place| place.turn);
    let fine = format!("The agent went through {} in order.", steps(stretches.len()));
    CheckResult::of(Check::SkippedNothing, stretches.len(), "No step of the walkthrough was delivered.", fine, places)
}

/// Came to the end. A run that somebody stopped, or that failed for other reasons, says nothing about the agent.
pub(super) fn finished(
    transcript: &Transcript,
    walkthrough: &WalkthroughId,
    stretches: &[Stretch<'_>],
    ending: &Ending,
) -> CheckResult {
    let of = |looked_at, nothing: &str, places| {
        CheckResult::of(Check::Finished, looked_at, nothing, "The walkthrough was completed.", places)
    };
    if transcript.has_completed(walkthrough) {
        return of(1, "", Vec::new());
    }
    match ending {
        Ending::Stopped => return of(0, "The run was stopped before its end.", Vec::new()),
        Ending::Open => return of(0, "The run was left before its end.", Vec::new()),
        Ending::Failed { .. } => return of(0, "The run failed before its end.", Vec::new()),
        _ => {}
    }
    let turn = transcript.turns.len() as u32;
    let place = match stretches.last() {
        Some(last) => last.place(turn, format!("The run ended at step {}. {}", last.step.number, ending.words())),
        None => {
            let sentence = format!("The agent never began the walkthrough. {}", ending.words());
            Place { turn, step: None, sentence }
        }
    };
    of(1, "", vec![place])
}
