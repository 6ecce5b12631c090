//! Production on the wire: how many messages a call takes, and what becomes of one that breaks. What the calls do is
//! proven on both stores.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use waymark_core::{
    error::Code,
    learner::{
        self,
        call::{Call, Profile},
        standing::Scope,
        writes::Written,
    },
    walkthrough::Millis,
};
use waymark_platform::connect::Patience;
use waymark_testkit::postgres::{
    pgbouncer::Pgbouncer,
    proxy::{Cut, Proxy},
    shared,
};

use super::{
    Heard,
    stage::{PATIENT, Stage, next, start, user, walkthrough},
};

/// No call takes more messages than this.
const MESSAGES_MAX: u32 = 40;

/// Production behind a wire, with two walkthroughs.
async fn wired(patience: Patience) -> (Proxy, Stage) {
    let wire = Proxy::start(shared()).expect("a wire");
    let stage = Stage::reached(patience, |connection| connection.host = wire.socket_dir().display().to_string()).await;
    stage.put(&walkthrough("wt_1", &["a", "b", "c", "d", "e"])).await;
    stage.put(&walkthrough("wt_2", &["x", "y"])).await;
    (wire, stage)
}

fn step(heard: &Heard) -> &str {
    heard.output.step.as_ref().map_or(heard.output.action.as_str(), |step| &step.id)
}

#[tokio::test]
async fn a_call_is_one_statement_that_reads_and_one_that_writes() {
    let (wire, stage) = wired(Patience::DEFAULT).await;
    let (ann, bob) = (user("ann"), user("bob"));
    // One learner before makes the statements and the texts known.
    stage.call(&ann, &start(Some("wt_1"))).await;
    for _ in 0..3 {
        stage.call(&ann, &next(None)).await;
    }
    stage.call(&bob, &start(Some("wt_1"))).await;
    wire.take_trips();
    for expected in ["b", "c"] {
        assert_eq!(step(&stage.call(&bob, &next(None)).await), expected);
        assert_eq!(wire.take_trips(), 2, "the next step");
    }
    for call in [start(Some("wt_1")), next(Some("a")), Call::Status { walkthrough: None }, next(Some("nonsense"))] {
        stage.call(&bob, &call).await;
        assert_eq!(wire.take_trips(), 2, "{call:?}");
    }
    let changed = r#"'{"version": "v1", "contentForUser": "Changed"}'"#;
    stage.database().run(&format!("UPDATE walkthrough_steps SET content_fields = {changed} WHERE id = 'd'"));
    let heard = stage.call(&bob, &next(None)).await;
    assert_eq!(wire.take_trips(), 3, "one more for a text that has changed");
    assert!(heard.text.contains("Changed"), "{}", heard.text);
    stage.database().run("UPDATE walkthroughs SET title = 'Another title' WHERE id = 'wt_1'");
    let heard = stage.call(&bob, &start(Some("wt_1"))).await;
    assert_eq!(wire.take_trips(), 3, "the walkthrough's title is part of the text");
    assert!(heard.text.contains("Another title"), "{}", heard.text);
    stage.call(&ann, &start(Some("wt_1"))).await;
    assert_eq!(wire.take_trips(), 2, "what one learner's call has read is there for all");
}

/// What is stored of ann: her completed steps, their events, her log, her rows in the second walkthrough.
fn stored(stage: &Stage) -> String {
    stage.database().run(
        "SELECT (SELECT completed_steps::text FROM walkthrough_progress p JOIN mcp_server_user u ON u.id = mcp_server_user_id
             WHERE walkthrough_id = 'wt_1' AND distinct_id = 'ann') || ' '
           || (SELECT count(*) FROM walkthrough_step_completions) || ' ' || (SELECT count(*) FROM mcp_tool_calls) || ' '
           || (SELECT count(*) FROM walkthrough_progress WHERE walkthrough_id = 'wt_2')",
    )
}

/// Cuts the wire before and after each message of a call, until the call needs no message of that number any more.
async fn cut_everywhere(call: &Call, expected: &str, before: &str, after: &str) {
    for side in [Cut::Before as fn(u32) -> Cut, Cut::After] {
        let mut message = 0;
        loop {
            message += 1;
            assert!(message < MESSAGES_MAX, "the call never ends");
            let (wire, stage) = wired(Patience::DEFAULT).await;
            stage.call(&user("ann"), &start(Some("wt_1"))).await;
            assert_eq!(stored(&stage), before);
            wire.cut(side(message));
            let heard = stage.call(&user("ann"), call).await;
            let what = format!("{:?}", side(message));
            assert_eq!(step(&heard), expected, "{what}");
            assert_eq!(stored(&stage), after, "{what}: it is done once, not twice");
            if !wire.was_cut() {
                break;
            }
        }
        assert!(message > 2, "nothing was cut");
    }
}

#[tokio::test]
async fn a_step_is_completed_once_wherever_the_connection_breaks() {
    cut_everywhere(&next(None), "b", "[] 0 1 0", r#"["a"] 1 2 0"#).await;
}

#[tokio::test]
async fn a_walkthrough_is_begun_once_wherever_the_connection_breaks() {
    cut_everywhere(&start(Some("wt_2")), "x", "[] 0 1 0", "[] 0 2 1").await;
}

#[tokio::test]
async fn a_database_that_falls_silent_leaves_the_old_state_or_the_new_one() {
    let patience = Patience { connect: Duration::from_secs(20), answer: Duration::from_millis(400) };
    // Warm: the first message reads, the second writes.
    for (message, code) in [(1, Code::Unreachable), (2, Code::OutcomeUnknown)] {
        let (wire, stage) = wired(patience).await;
        let ann = user("ann");
        for (learner, call) in
            [("bob", start(Some("wt_1"))), ("bob", next(None)), ("bob", next(None)), ("ann", start(Some("wt_1")))]
        {
            stage.call(&user(learner), &call).await;
        }
        stage.call(&ann, &next(None)).await;
        let before = stored(&stage);
        wire.cut(Cut::Silent(message));
        let error = stage.ask(&ann, &next(Some("b")), Profile::Current).await.expect_err("nobody answers");
        assert_eq!(error.code, code, "{message}: {error:?}");
        wire.wake();
        assert_eq!(stored(&stage), before, "the message never arrived");
        assert_eq!(step(&stage.call(&ann, &next(Some("b"))).await), "c");
    }
}

#[tokio::test]
async fn connections_that_died_while_idle_are_replaced() {
    let (_wire, stage) = wired(Patience::DEFAULT).await;
    stage.call(&user("ann"), &start(Some("wt_1"))).await;
    stage.database().run(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
         WHERE application_name = 'waymark' AND datname = current_database()",
    );
    assert_eq!(step(&stage.call(&user("ann"), &next(None)).await), "b");
    assert_eq!(stored(&stage), r#"["a"] 1 2 0"#);
}

#[tokio::test]
async fn a_write_that_was_overtaken_leaves_nothing_of_itself() {
    let (_wire, stage) = wired(Patience::DEFAULT).await;
    let (ann, learners) = (user("ann"), stage.learners());
    stage.call(&ann, &start(Some("wt_1"))).await;
    let now = Millis(1_790_000_001_000);
    let late = Scope { session: Some("late".into()), ..ann.clone() };
    let mut turns = Vec::new();
    // Both read the same. The second finds another progress, and its visit and log entry are not written either.
    for (scope, call) in [(&ann, next(Some("a"))), (&late, next(Some("b")))] {
        let standing = learners.read(scope, &call, now).await.expect("read");
        let turn = learner::decide(&standing, &call, now, crate::clock::random);
        turns.push((standing, turn));
    }
    for ((standing, turn), expected) in turns.iter().zip([Written::Done, Written::Stale]) {
        assert_eq!(learners.write(standing, turn, "get_next_step", "text").await.expect("answered"), expected);
    }
    assert_eq!(stored(&stage), r#"["a"] 1 2 0"#);
    assert_eq!(stage.value("SELECT count(*) FROM mcp_server_session").await, "1");
}

#[tokio::test]
async fn what_went_to_another_organization_meanwhile_is_not_written_to() {
    for table in ["mcp_servers", "walkthroughs"] {
        let (_wire, stage) = wired(Patience::DEFAULT).await;
        let (ann, learners) = (user("ann"), stage.learners());
        stage.call(&ann, &start(Some("wt_1"))).await;
        let (call, now) = (next(Some("a")), Millis(1_790_000_001_000));
        let standing = learners.read(&ann, &call, now).await.expect("read");
        let turn = learner::decide(&standing, &call, now, crate::clock::random);
        stage.database().run(&format!("UPDATE {table} SET organization_id = 'org_other'"));
        assert_eq!(
            learners.write(&standing, &turn, "get_next_step", "text").await.expect("answered"),
            Written::Stale,
            "{table}"
        );
        assert_eq!(stored(&stage), "[] 0 1 0", "{table}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_learners_through_pgbouncer_hear_what_is_theirs() {
    let bouncer = Pgbouncer::start(shared()).expect("it starts");
    let stage = Stage::reached(PATIENT, |connection| {
        connection.host = bouncer.socket_dir().display().to_string();
        connection.is_pgbouncer = true;
    })
    .await;
    let stage = std::sync::Arc::new(stage);
    for number in 0..4 {
        let steps: Vec<String> = (0..3).map(|step| format!("s{number}_{step}")).collect();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        stage.put(&walkthrough(&format!("wt_{number}"), &steps)).await;
    }
    let learning = (0..24).map(|number| {
        let stage = stage.clone();
        tokio::spawn(async move {
            let (learner, walkthrough) = (user(&format!("learner {number}")), number % 4);
            let mut call = start(Some(&format!("wt_{walkthrough}")));
            for at in 0..3 {
                let expected = format!("s{walkthrough}_{at}");
                let heard = stage.call(&learner, &call).await;
                assert_eq!(step(&heard), expected);
                assert!(heard.text.contains(&format!("Say “{expected}”")), "{}", heard.text);
                call = next(Some(&expected));
            }
            assert_eq!(step(&stage.call(&learner, &call).await), "complete");
        })
    });
    for learner in learning.collect::<Vec<_>>() {
        learner.await.expect("each hears its own");
    }
    assert_eq!(stage.value("SELECT count(*) FROM walkthrough_step_completions").await, "72");
    assert_eq!(stage.value("SELECT count(*) FROM walkthrough_progress WHERE completed_at IS NOT NULL").await, "24");
}

#[tokio::test]
async fn a_call_that_is_called_off_before_the_write_changes_nothing() {
    for stage in [Stage::preview().await, Stage::live().await] {
        stage.put(&walkthrough("wt_1", &["a", "b"])).await;
        stage.call(&user("ann"), &start(None)).await;
        let stop = CancellationToken::new();
        stop.cancel();
        let learners = stage.learners();
        let called_off = learners.call(&user("ann"), &next(None), Profile::Current, &stop).await;
        assert_eq!(called_off.expect_err("called off").code, Code::Cancelled);
        assert_eq!(stage.value("SELECT count(*) FROM walkthrough_step_completions").await, "0");
        assert_eq!(stage.value("SELECT count(*) FROM mcp_tool_calls").await, "1");
        assert_eq!(step(&stage.call(&user("ann"), &next(None)).await), "b");
    }
}
