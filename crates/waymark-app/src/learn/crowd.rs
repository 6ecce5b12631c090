//! Many learners at once, in no order: nothing is lost, nothing counts twice, and every answer is right about itself.
//!
//! Small in each run. `WAYMARK_ROUNDS` is the number of learners (50 in the long runs), `WAYMARK_SEED` another chance.

use std::{collections::BTreeSet, sync::Arc};

use rand::{Rng, SeedableRng, rngs::StdRng};
use waymark_core::learner::call::{Call, Profile};

use super::{
    Heard,
    stage::{PATIENT, Stage, next, start, user, walkthrough},
};

const STEPS: usize = 16;
const CALLS: usize = 20;

fn read(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn learners() -> usize {
    read("WAYMARK_ROUNDS").unwrap_or(8) as usize
}

fn chance() -> StdRng {
    StdRng::seed_from_u64(read("WAYMARK_SEED").unwrap_or(20_261_128))
}

fn steps() -> Vec<String> {
    (0..STEPS).map(|at| format!("s{at:02}")).collect()
}

async fn put(stage: &Stage) -> Vec<String> {
    let steps = steps();
    stage.put(&walkthrough("wt_1", &steps.iter().map(String::as_str).collect::<Vec<_>>())).await;
    steps
}

/// As the specification has it: rounded, and 100 only when nothing is left.
fn percent(done: usize) -> u32 {
    let rounded = (200 * done + STEPS) / (2 * STEPS);
    if done == STEPS { 100 } else { rounded.min(99) as u32 }
}

/// Every answer says how many steps were done when it was written, and each number comes of exactly one completion.
fn check(name: &str, answers: &[Heard], picked: &BTreeSet<&String>) {
    let mut counts = BTreeSet::new();
    for heard in answers {
        let progress = heard.output.progress.as_ref().expect("every answer has it");
        let done = progress.completed_steps as usize;
        assert!(!heard.is_error && done >= 1 && done <= picked.len(), "{name}: {heard:?}");
        assert_eq!(progress.percent, percent(done), "{name}: {heard:?}");
        if ["advance", "complete"].contains(&heard.output.action.as_str()) {
            assert!(counts.insert(done), "{name}: two calls completed step number {done}");
        }
    }
    assert_eq!(counts.len(), picked.len(), "{name}: every step was completed by one call");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_at_once_lose_no_completion_and_count_none_twice() {
    let stage = Arc::new(Stage::reached(PATIENT, |_| {}).await);
    let (steps, mut chance) = (put(&stage).await, chance());
    let picks: Vec<Vec<usize>> =
        (0..learners()).map(|_| (0..CALLS).map(|_| chance.random_range(0..STEPS)).collect()).collect();
    for number in 0..picks.len() {
        stage.call(&user(&format!("learner {number}")), &start(None)).await;
    }
    let mut calls = Vec::new();
    for turn in 0..CALLS {
        for (number, picked) in picks.iter().enumerate() {
            let (stage, call) = (stage.clone(), next(Some(&steps[picked[turn]])));
            let calling = async move { stage.call(&user(&format!("learner {number}")), &call).await };
            calls.push((number, tokio::spawn(calling)));
        }
    }
    let mut answers: Vec<Vec<Heard>> = vec![Vec::new(); picks.len()];
    for (number, call) in calls {
        answers[number].push(call.await.expect("no panic"));
    }
    for (number, (answers, picked)) in answers.iter().zip(&picks).enumerate() {
        let name = format!("learner {number}");
        let picked: BTreeSet<&String> = picked.iter().map(|at| &steps[*at]).collect();
        check(&name, answers, &picked);
        let of_learner = format!("mcp_server_user_id = (SELECT id FROM mcp_server_user WHERE distinct_id = '{name}')");
        let expected = picked.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(",");
        let events = format!(
            "SELECT string_agg(step_id, ',' ORDER BY step_id) FROM walkthrough_step_completions WHERE {of_learner}"
        );
        assert_eq!(stage.value(&events).await, expected, "{name}: one event for each step");
        let kept = format!(
            "SELECT string_agg(kept.id, ',' ORDER BY kept.id) FROM walkthrough_progress,
               LATERAL jsonb_array_elements_text(completed_steps) AS kept (id) WHERE {of_learner}"
        );
        assert_eq!(stage.value(&kept).await, expected, "{name}: no completion is lost");
        let calls = format!("SELECT count(*) FROM mcp_tool_calls WHERE {of_learner}");
        assert_eq!(stage.value(&calls).await, (CALLS + 1).to_string(), "{name}: every call is logged once");
    }
    let (calls, learners) = (picks.len() * CALLS, picks.len());
    println!(
        "\nfigure | {calls} calls at once by {learners} learners | every completion kept, one event each | no loss | met"
    );
}

/// Anything that an agent may come up with.
fn any_call(chance: &mut StdRng, steps: &[String]) -> Call {
    match chance.random_range(0..12) {
        0 => start(Some("wt_1")),
        1 => start(None),
        2 => Call::Start { name: Some("Walkthrough wt_1".to_owned()), restart: chance.random_bool(0.3), email: None },
        3 => Call::Status { walkthrough: None },
        4 => Call::Reset { walkthrough: "wt_1".into(), confirm: chance.random_bool(0.3) },
        5 => next(Some("nonsense")),
        6..=8 => next(None),
        _ => next(Some(&steps[chance.random_range(0..STEPS)])),
    }
}

#[tokio::test]
async fn the_same_random_calls_are_answered_the_same_on_drafts_and_in_production() {
    let (drafts, production, mut chance) = (Stage::preview().await, Stage::live().await, chance());
    let steps = put(&drafts).await;
    put(&production).await;
    for number in 0..learners() {
        let learner = user(&format!("learner {number}"));
        for turn in 0..CALLS {
            let call = any_call(&mut chance, &steps);
            let profile = if number % 2 == 0 { Profile::Current } else { Profile::V1 };
            let mut heard = Vec::new();
            for stage in [&drafts, &production] {
                let mut answer = stage.ask(&learner, &call, profile).await.expect("answered");
                // Each store mints its own.
                answer.output.visit = answer.output.visit.map(|_| "minted".to_owned());
                heard.push(answer);
            }
            assert_eq!(heard[0], heard[1], "learner {number}, turn {turn}: {call:?}");
        }
    }
}
