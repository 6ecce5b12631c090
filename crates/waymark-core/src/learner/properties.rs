//! What must hold for every order of calls and every edit of the author's in between.

use proptest::prelude::*;

use super::{
    call::Call,
    scene::{Who, next, restart, start},
    turn::{Answer, Turn},
    world::World,
    writes::ProgressWrite,
};
use crate::id::StepId;

const S: Who = Who::Session("one");
const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// One thing that happens to a learner in the middle of a walkthrough.
#[derive(Debug, Clone)]
enum Event {
    Next,
    NextWith(usize),
    Start,
    Status,
    /// The author's steps from now on: a choice and an order of [`IDS`].
    Edit(Vec<usize>),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let steps = Just((0..IDS.len()).collect::<Vec<_>>()).prop_shuffle();
    let edit = (steps, 0..=IDS.len()).prop_map(|(all, count)| Event::Edit(all[..count].to_vec()));
    let one = prop_oneof![
        4 => Just(Event::Next),
        4 => (0..IDS.len()).prop_map(Event::NextWith),
        1 => Just(Event::Start),
        1 => Just(Event::Status),
        2 => edit,
    ];
    proptest::collection::vec(one, 1..40)
}

fn happen(world: &mut World, event: &Event) -> Option<Turn> {
    let call = match event {
        Event::Next => next(None),
        Event::NextWith(at) => next(Some(IDS[*at])),
        Event::Start => start(None),
        Event::Status => Call::Status { walkthrough: None },
        Event::Edit(order) => {
            world.set_steps("w", &order.iter().map(|at| IDS[*at]).collect::<Vec<_>>());
            return None;
        }
    };
    Some(world.call(&S, &call))
}

fn begun() -> World {
    let mut world = World::default().with("w", "Setup", &IDS[..3]);
    world.call(&S, &start(None));
    world
}

proptest! {
    #[test]
    fn no_edit_and_no_call_but_reset_loses_a_completed_step(events in events()) {
        let mut world = begun();
        let mut completed: Vec<StepId> = Vec::new();
        for event in &events {
            happen(&mut world, event);
            let now = world.row("w").completed();
            prop_assert!(now.starts_with(&completed), "{event:?}: {completed:?} -> {now:?}");
            prop_assert!(now.len() <= completed.len() + 1);
            completed = now;
        }
    }

    #[test]
    fn a_delivered_step_is_the_first_open_one_and_the_stored_current_one(events in events()) {
        let mut world = begun();
        for event in &events {
            let Some(Turn { answer: Answer::Step(delivery), .. }) = happen(&mut world, event) else { continue };
            let row = world.row("w");
            let path = world.path(0);
            prop_assert_eq!(Some(delivery.step()), path.first_open(&row.completed()).map(|step| &step.id));
            prop_assert_eq!(Some(delivery.step()), row.current_step_id.as_ref());
            prop_assert!(!delivery.progress.is_completed && delivery.progress.percent < 100);
            prop_assert_eq!(row.completed_at, None);
        }
    }

    #[test]
    fn completed_at_is_set_exactly_while_nothing_is_left(events in events()) {
        let mut world = begun();
        for event in &events {
            let Some(turn) = happen(&mut world, event) else { continue };
            if world.steps.values().all(Vec::is_empty) || matches!(turn.answer, Answer::Trouble(_)) { continue }
            let row = world.row("w");
            let progress = world.path(0).progress(&row.completed());
            prop_assert_eq!(row.completed_at.is_some(), progress.is_completed);
            prop_assert_eq!(row.current_step_id.is_none(), progress.is_completed);
        }
    }

    #[test]
    fn a_call_with_an_id_repeated_changes_nothing(events in events(), at in 0..IDS.len()) {
        let mut world = begun();
        for event in &events {
            happen(&mut world, event);
        }
        world.call(&S, &next(Some(IDS[at])));
        let before = (world.progress.clone(), world.events.clone());
        let turn = world.call(&S, &next(Some(IDS[at])));
        prop_assert_eq!(turn.writes.progress, None);
        prop_assert_eq!(turn.writes.completion, None);
        prop_assert_eq!((world.progress, world.events), before);
    }

    #[test]
    fn every_completion_has_its_event_and_a_second_pass_makes_no_second_one(events in events(), again in events()) {
        let mut world = begun();
        for event in &events {
            happen(&mut world, event);
        }
        let before = world.events.clone();
        world.set_steps("w", &IDS);
        world.call(&S, &restart("w"));
        prop_assert_eq!(&world.events, &before);
        for event in &again {
            happen(&mut world, event);
        }
        for id in world.row("w").completed() {
            prop_assert!(world.events.iter().any(|(_, _, step)| *step == id));
        }
    }

    #[test]
    fn of_two_calls_at_once_the_second_is_stale_or_touches_no_progress(events in events(), a in 0..IDS.len(), b in 0..IDS.len()) {
        let mut world = begun();
        for event in &events {
            happen(&mut world, event);
        }
        let (one, other) = (next(Some(IDS[a])), next(Some(IDS[b])));
        let seen = (world.seen_by(&S, &one), world.seen_by(&S, &other));
        let now = crate::walkthrough::Millis(world.now + 5);
        let turns = (super::decide(&seen.0, &one, now, super::scene::random), super::decide(&seen.1, &other, now, super::scene::random));
        prop_assert!(world.keeps(&seen.0, &turns.0));
        let is_written = world.keeps(&seen.1, &turns.1);
        let did_change = |turn: &Turn| matches!(turn.writes.progress, Some(ProgressWrite::Update { .. } | ProgressWrite::Insert(_)));
        prop_assert_eq!(is_written, !(did_change(&turns.0) && did_change(&turns.1)));
        if !is_written {
            world.call(&S, &other);
        }
        let completed = world.row("w").completed();
        for id in [a, b].map(|at| StepId::from(IDS[at])) {
            prop_assert!(completed.contains(&id) || world.path(0).index(&id).is_none());
        }
    }
}
