//! Publishing against a real Postgres.

use waymark_core::{error::Code, id::StepId, json::FreeJson, publish::plan as core_plan};
use waymark_testkit::postgres::{
    Database,
    pgbouncer::Pgbouncer,
    proxy::{Cut, Proxy},
    shared,
};

use super::*;
use crate::{
    connect::Patience,
    testing::{NOW, connect, publish, step, target, walkthrough},
};

fn database() -> Database<'static> {
    shared().database().with_example()
}

/// A learner on `step` who has completed `completed`, with an event for each.
fn learner(database: &Database, name: &str, walkthrough: &str, completed: &[&str], current: Option<&str>) {
    let list = completed.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(",");
    let current = current.map_or("NULL".to_owned(), |id| format!("'{id}'"));
    database.run(&format!(
        "INSERT INTO mcp_server_user (id) VALUES ('mcpu_{name}');
         INSERT INTO mcp_server_session (mcp_server_session_id, mcp_server_slug, connection_date, mcp_server_user_id)
             VALUES ('vis_{name}', 'docs', '2026-01-01', 'mcpu_{name}');
         INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps, current_step_id)
             VALUES ('wtp_{name}', 'mcpu_{name}', '{walkthrough}', '[{list}]', {current});
         INSERT INTO walkthrough_step_completions (id, mcp_server_user_id, walkthrough_id, step_id, mcp_server_id, mcp_server_session_id)
             SELECT 'wtsc_{name}' || s, 'mcpu_{name}', '{walkthrough}', s, 'mcp_docs', 'vis_{name}'
             FROM jsonb_array_elements_text('[{list}]') s"
    ));
}

#[tokio::test]
async fn a_new_walkthrough_comes_back_as_it_was_meant() {
    let database = database();
    let platform = connect(&database).await;
    let mine = walkthrough("wt_1", &["wts_a", "wts_b", "wts_c"]);
    let written = publish(&platform, &mine, None).await.expect("published");
    assert_eq!(hash::content_hash(&written), hash::content_hash(&mine));
    assert_eq!(core_plan::revision(&written), Some(1));
    assert_eq!(
        texts(&written, &Wordings::default()).expect("renders"),
        texts(&mine, &Wordings::default()).expect("renders")
    );
    let read = content::read(&platform, std::slice::from_ref(&mine.id)).await.expect("there");
    assert_eq!(read, [written]);
    let stored = database.run("SELECT metadata -> 'n', status, created_at, tags ->> 1 FROM walkthroughs");
    assert_eq!(stored, format!("98765432109876543210|published|{}|\"two\"", NOW.0));
}

#[tokio::test]
async fn publishing_twice_writes_once() {
    let database = database();
    let platform = connect(&database).await;
    let mine = walkthrough("wt_1", &["wts_a", "wts_b"]);
    let first = publish(&platform, &mine, None).await.expect("published");
    let error = publish(&platform, &mine, None).await.expect_err("it is there already");
    assert_eq!(error.code, Code::Conflict, "{error}");
    assert_eq!(content::read(&platform, &[mine.id]).await.expect("there"), [first]);
}

#[tokio::test]
async fn only_steps_that_change_are_written() {
    let database = database();
    let platform = connect(&database).await;
    let mut mine = walkthrough("wt_1", &["wts_a", "wts_b", "wts_c"]);
    let seen = publish(&platform, &mine, None).await.expect("published");
    let versions =
        || database.run("SELECT string_agg(id || xmin, ',' ORDER BY id) FROM walkthrough_steps WHERE id <> 'wts_b'");
    let before = versions();
    mine.steps[1].title = "New".into();
    let written = publish(&platform, &mine, Some(&seen)).await.expect("published");
    assert_eq!(versions(), before);
    assert_eq!(written.steps[1].title, "New");
    assert_eq!(core_plan::revision(&written), Some(2));
}

#[tokio::test]
async fn removing_a_step_clears_links_and_lets_learners_move_on() {
    let database = database();
    let platform = connect(&database).await;
    let mut mine = walkthrough("wt_1", &["wts_a", "wts_b", "wts_c"]);
    let seen = publish(&platform, &mine, None).await.expect("published");
    learner(&database, "one", "wt_1", &["wts_a"], Some("wts_b"));
    learner(&database, "two", "wt_1", &["wts_a", "wts_b"], Some("wts_c"));
    learner(&database, "three", "wt_1", &["wts_a", "wts_c"], Some("wts_b"));
    mine.steps.remove(1);
    mine.steps[0].next_step_id = Some("wts_c".into());
    publish(&platform, &mine, Some(&seen)).await.expect("published");
    let standing =
        "SELECT string_agg(id || ':' || coalesce(current_step_id, 'none'), ' ' ORDER BY id) FROM walkthrough_progress";
    assert_eq!(database.run(standing), "wtp_one:wts_c wtp_three:none wtp_two:wts_c");
    assert_eq!(database.run("SELECT count(*) FROM walkthrough_step_completions WHERE step_id = 'wts_b'"), "0");
    assert_eq!(database.run("SELECT count(*) FROM walkthrough_step_completions"), "4");
}

#[tokio::test]
async fn a_learner_on_a_removed_step_moves_on_along_the_links_where_they_decide() {
    let database = database();
    let platform = connect(&database).await;
    let mut mine = walkthrough("wt_1", &["wts_a", "wts_b", "wts_c", "wts_d"]);
    mine.metadata = Some(FreeJson::parse(r#"{"waymark":{"order":"linked"}}"#).expect("valid"));
    mine.steps[0].next_step_id = Some("wts_d".into());
    let seen = publish(&platform, &mine, None).await.expect("published");
    learner(&database, "one", "wt_1", &["wts_a"], Some("wts_b"));
    mine.steps.remove(1);
    publish(&platform, &mine, Some(&seen)).await.expect("published");
    assert_eq!(database.run("SELECT current_step_id FROM walkthrough_progress"), "wts_d");
}

#[tokio::test]
async fn everything_can_change_at_once() {
    let database = database();
    let platform = connect(&database).await;
    let mine = walkthrough("wt_1", &["wts_a", "wts_b", "wts_c", "wts_d"]);
    let seen = publish(&platform, &mine, None).await.expect("published");
    let mut other = walkthrough("wt_1", &["wts_d", "wts_new", "wts_b"]);
    other.title = "Another title".into();
    other.description = None;
    other.tags.clear();
    other.metadata = None;
    other.estimated_duration_minutes = None;
    other.steps[0].metadata = None;
    other.assignments[0].server = "support".into();
    other.assignments[0].id = "msw_support".into();
    let written = publish(&platform, &other, Some(&seen)).await.expect("published");
    assert_eq!(hash::content_hash(&written), hash::content_hash(&other));
    let ids: Vec<&str> = written.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["wts_d", "wts_new", "wts_b"]);
    assert_eq!(written.assignments[0].server, "support");
    assert_eq!(database.run("SELECT count(*) FROM mcp_server_walkthroughs"), "1");
}

#[tokio::test]
async fn an_edit_of_a_step_that_leaves_its_walkthrough_untouched_is_a_conflict() {
    let database = database();
    let platform = connect(&database).await;
    let mut mine = walkthrough("wt_1", &["wts_a", "wts_b"]);
    let seen = publish(&platform, &mine, None).await.expect("published");
    for change in [
        "UPDATE walkthrough_steps SET title = 'Theirs' WHERE id = 'wts_a'",
        "UPDATE walkthrough_steps SET display_order = 9 WHERE id = 'wts_a'",
        "UPDATE mcp_server_walkthroughs SET is_enabled = 'false'",
        "INSERT INTO walkthrough_steps (id, walkthrough_id, title, display_order) VALUES ('wts_x', 'wt_1', 'Theirs', 9)",
        "DELETE FROM walkthroughs",
    ] {
        database.run(change);
        mine.title = "Mine".into();
        let before = database.content();
        let error = publish(&platform, &mine, Some(&seen)).await.expect_err(change);
        assert_eq!(error.code, Code::Conflict, "{change}: {error}");
        before.assert_is(&database.content(), change);
    }
}

#[tokio::test]
async fn of_two_who_publish_at_once_one_gets_a_conflict() {
    let database = database();
    let platform = connect(&database).await;
    let mine = walkthrough("wt_1", &["wts_a", "wts_b"]);
    let seen = publish(&platform, &mine, None).await.expect("published");
    let (mut one, mut two) = (mine.clone(), mine.clone());
    one.steps[0].title = "One".into();
    two.steps[1].title = "Two".into();
    let (one, two) = tokio::join!(publish(&platform, &one, Some(&seen)), publish(&platform, &two, Some(&seen)));
    let codes: Vec<Option<Code>> =
        [one, two].into_iter().map(|outcome| outcome.err().map(|error| error.code)).collect();
    assert!(codes.contains(&None) && codes.contains(&Some(Code::Conflict)), "{codes:?}");
}

#[tokio::test]
async fn ids_of_another_organization_are_not_found_and_untouched() {
    let database = database();
    let platform = connect(&database).await;
    database.run(
        "INSERT INTO walkthroughs (id, organization_id, title) VALUES ('wt_theirs', 'org_other', 'Theirs');
         INSERT INTO walkthrough_steps (id, walkthrough_id, title) VALUES ('wts_theirs', 'wt_theirs', 'Theirs')",
    );
    let before = database.content();
    let read = content::read(&platform, &["wt_theirs".into()]).await.expect_err("not ours");
    assert_eq!(read.code, Code::NotFound);
    let created = publish(&platform, &walkthrough("wt_theirs", &["wts_a"]), None).await.expect_err("not ours");
    assert_eq!(created.code, Code::NotFound, "{created}");
    let step_of_theirs = walkthrough("wt_mine", &["wts_theirs"]);
    assert_eq!(publish(&platform, &step_of_theirs, None).await.expect_err("taken").code, Code::Conflict);
    let mut foreign_server = walkthrough("wt_mine", &["wts_a"]);
    foreign_server.assignments[0].server = "foreign".into();
    assert_eq!(publish(&platform, &foreign_server, None).await.expect_err("not ours").code, Code::Conflict);
    before.assert_is(&database.content(), "what is another organization's");
    let seen = publish(&platform, &walkthrough("wt_mine", &["wts_a"]), None).await.expect("published");
    let takes = walkthrough("wt_mine", &["wts_a", "wts_theirs"]);
    let before = database.content();
    assert_eq!(publish(&platform, &takes, Some(&seen)).await.expect_err("taken").code, Code::Conflict);
    before.assert_is(&database.content(), "a step of another organization");
}

#[tokio::test]
async fn a_trigger_that_rewrites_what_was_written_stops_the_publish() {
    let database = database();
    let platform = connect(&database).await;
    database.run(
        "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN NEW.title := upper(NEW.title); RETURN NEW; END $$;
         CREATE TRIGGER shout BEFORE INSERT ON walkthrough_steps FOR EACH ROW EXECUTE FUNCTION shout()",
    );
    let before = database.content();
    let error = publish(&platform, &walkthrough("wt_1", &["wts_a"]), None).await.expect_err("something else");
    assert_eq!(error.code, Code::Conflict);
    before.assert_is(&database.content(), "a trigger that writes something else");
}

#[tokio::test]
async fn a_backend_killed_at_any_statement_leaves_the_old_or_the_new_version() {
    let database = database();
    let platform = connect(&database).await;
    let mut mine = walkthrough("wt_1", &["wts_a", "wts_b"]);
    let mut seen = publish(&platform, &mine, None).await.expect("published");
    // A trigger that ends the backend while the n-th publish writes; a sequence is not undone with the transaction.
    database.run(
        "CREATE SEQUENCE writes;
         CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN IF nextval('writes') % 3 = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END $$;
         CREATE CONSTRAINT TRIGGER fall AFTER UPDATE ON walkthrough_steps DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION fall()",
    );
    for round in 0..4 {
        mine.steps[0].title = format!("Round {round}");
        match publish(&platform, &mine, Some(&seen)).await {
            Ok(written) => {
                assert_eq!(written.steps[0].title, format!("Round {round}"));
                seen = written;
            }
            Err(error) => {
                assert_eq!(error.code, Code::Unreachable, "{error:?}");
                assert_eq!(content::read(&platform, &[mine.id.clone()]).await.expect("there"), [seen.clone()]);
            }
        }
    }
}

#[tokio::test]
async fn a_commit_that_arrived_without_an_answer_is_settled_by_looking() {
    let database = database();
    let platform = connect(&database).await;
    let mine = walkthrough("wt_1", &["wts_a"]);
    let target = target(&mine, None);
    let change = Change { target: &target, seen: None, now: NOW, wordings: &Default::default() };
    assert_eq!(settle(&platform, change).await, Some(Settled::NotArrived));
    let written = apply(&platform, change).await.expect("published");
    assert_eq!(settle(&platform, change).await, Some(Settled::Arrived(Box::new(written))));
    database.run("UPDATE walkthroughs SET title = 'Theirs'");
    assert_eq!(settle(&platform, change).await, Some(Settled::Other));
}

#[tokio::test]
async fn what_a_plan_needs_is_read_at_once_and_scoped() {
    let database = database();
    let platform = connect(&database).await;
    let mine = walkthrough("wt_1", &["wts_a", "wts_b"]);
    publish(&platform, &mine, None).await.expect("published");
    for name in ["one", "two"] {
        learner(&database, name, "wt_1", &["wts_a"], Some("wts_b"));
    }
    // A second, older row of the same learner does not count.
    database.run(
        "INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, last_activity_at)
             VALUES ('wtp_old', 'mcpu_one', 'wt_1', 5)",
    );
    let wanted = plan::ReadForPlan {
        ids: vec!["wt_1".into(), "wt_none".into()],
        titles: vec![mine.title.clone()],
        steps: vec!["wts_a".into(), "wts_none".into()],
        ..plan::ReadForPlan::default()
    };
    let production = plan::read_for_plan(&platform, &wanted).await.expect("read");
    assert_eq!(production.walkthroughs.len(), 1);
    let [group] = production.learners[&mine.id].as_slice() else { panic!("one group: {:?}", production.learners) };
    assert_eq!((group.learners, group.current.clone(), group.is_completed), (2, Some(StepId::from("wts_b")), false));
    assert_eq!(production.events[&mine.id], [("wts_a".into(), 2)]);
    let slugs: Vec<&str> = production.servers.iter().map(|server| server.slug.as_str()).collect();
    assert_eq!(slugs, ["docs", "support"]);
    assert_eq!(production.titles, [(mine.id.clone(), mine.title)]);
    assert_eq!(production.steps, [("wts_a".into(), mine.id)]);
}

#[tokio::test]
async fn a_thousand_steps_are_as_few_statements_as_one() {
    let database = database();
    let platform = connect(&database).await;
    let ids: Vec<String> = (0..1000).map(|number| format!("wts_{number}")).collect();
    let mut mine = walkthrough("wt_1", &ids.iter().map(String::as_str).collect::<Vec<_>>());
    let seen = publish(&platform, &mine, None).await.expect("published");
    mine.steps.reverse();
    for (index, step) in mine.steps.iter_mut().enumerate() {
        step.display_order = index as i32;
    }
    mine.steps.push(crate::testing::step("wts_last"));
    mine.steps.last_mut().expect("just pushed").display_order = 1000;
    let written = publish(&platform, &mine, Some(&seen)).await.expect("published");
    assert_eq!(written.steps.last().map(|step| &step.id), Some(&step("wts_last").id));
}

/// A platform behind a wire that counts and can be cut.
async fn wired(database: &Database<'_>) -> (Platform, Proxy) {
    let wire = Proxy::start(database.cluster()).expect("a socket");
    let mut connection = crate::testing::connection(database);
    connection.host = wire.socket_dir().display().to_string();
    (Platform::connect(&connection, None).await.expect("it answers"), wire)
}

#[tokio::test]
async fn one_changed_step_costs_five_round_trips() {
    let database = database();
    let (platform, wire) = wired(&database).await;
    let mut mine = walkthrough("wt_1", &["wts_a", "wts_b", "wts_c"]);
    let mut seen = publish(&platform, &mine, None).await.expect("published");
    let mut trips = Vec::new();
    for round in 0..3 {
        mine.steps[1].title = format!("Round {round}");
        wire.take_trips();
        seen = publish(&platform, &mine, Some(&seen)).await.expect("published");
        trips.push(wire.take_trips());
    }
    // The first time on a connection, the two statements are prepared.
    assert_eq!(trips, [7, 5, 5]);
}

#[tokio::test]
async fn a_plan_costs_three_statements_however_many_walkthroughs() {
    let database = database();
    let (platform, wire) = wired(&database).await;
    let wanted = |count: usize| plan::ReadForPlan {
        ids: (0..count).map(|number| format!("wt_{number}").into()).collect(),
        ..plan::ReadForPlan::default()
    };
    plan::read_for_plan(&platform, &wanted(1)).await.expect("read");
    for count in [1, 200] {
        wire.take_trips();
        plan::read_for_plan(&platform, &wanted(count)).await.expect("read");
        // BEGIN and the three; at most one transaction of before is ended meanwhile.
        assert!(wire.take_trips() <= 5);
    }
}

#[tokio::test]
async fn a_wire_that_is_cut_anywhere_leaves_the_old_or_the_new_version() {
    let database = database();
    let (platform, wire) = wired(&database).await;
    let mut mine = walkthrough("wt_1", &["wts_a", "wts_b"]);
    let mut seen = publish(&platform, &mine, None).await.expect("published");
    for trip in 1..=5 {
        for cut in [Cut::Before(trip), Cut::After(trip)] {
            mine.steps[0].title = format!("{cut:?}");
            wire.cut(cut);
            let outcome = publish(&platform, &mine, Some(&seen)).await;
            let now =
                content::read(&platform, &[mine.id.clone()]).await.expect("the next connection is whole").remove(0);
            // One cut is mended: what did not arrive is sent again, what arrived is recognized.
            let written = outcome.unwrap_or_else(|error| panic!("{cut:?}: {error:?}"));
            assert_eq!(written, now, "{cut:?}");
            assert_eq!(core_plan::revision(&now), core_plan::revision(&seen).map(|revision| revision + 1), "{cut:?}");
            seen = now;
        }
    }
}

#[tokio::test]
async fn a_new_walkthrough_survives_a_cut_wire_too() {
    let database = database();
    let (platform, wire) = wired(&database).await;
    for trip in 1..=4 {
        for cut in [Cut::Before(trip), Cut::After(trip)] {
            let id = format!("wt_{trip}{}", matches!(cut, Cut::After(_)));
            let mine = walkthrough(&id, &[&format!("wts_{id}")]);
            wire.cut(cut);
            let written = publish(&platform, &mine, None).await.unwrap_or_else(|error| panic!("{cut:?}: {error:?}"));
            assert_eq!(content::read(&platform, &[mine.id]).await.expect("there"), [written], "{cut:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_learner_who_moves_onto_a_step_that_is_about_to_go_moves_on() {
    let database = database();
    let platform = connect(&database).await;
    let mut mine = walkthrough("wt_1", &["wts_a", "wts_b", "wts_c"]);
    let seen = publish(&platform, &mine, None).await.expect("published");
    learner(&database, "one", "wt_1", &["wts_a"], Some("wts_a"));
    mine.steps.remove(1);
    mine.steps[0].next_step_id = Some("wts_c".into());
    // The learner's transaction is not committed when the publish reads who stands where.
    let mut learner = platform.write().await.expect("a transaction");
    sqlx::query("UPDATE walkthrough_progress SET current_step_id = 'wts_b'")
        .execute(&mut learner)
        .await
        .expect("moved");
    let publishing = tokio::spawn({
        let platform = platform.clone();
        async move { publish(&platform, &mine, Some(&seen)).await }
    });
    let waiting = "SELECT count(*) > 0 FROM pg_locks l JOIN pg_stat_activity a USING (pid)
         WHERE NOT l.granted AND a.datname = current_database()";
    while database.run(waiting) != "t" {}
    learner.commit().await.expect("committed");
    publishing.await.expect("no panic").expect("published");
    assert_eq!(database.run("SELECT current_step_id FROM walkthrough_progress"), "wts_c");
}

#[tokio::test]
async fn many_publish_through_pgbouncer_in_transaction_mode() {
    let database = database();
    let bouncer = Pgbouncer::start(database.cluster()).expect("it starts");
    let mut connection = crate::testing::connection(&database);
    connection.host = bouncer.socket_dir().display().to_string();
    connection.is_pgbouncer = true;
    let (one, two) = (Platform::connect(&connection, None).await, Platform::connect(&connection, None).await);
    let platforms = [one.expect("it answers"), two.expect("it answers")];
    let publishing = (0..40).map(|number| {
        let platform = &platforms[number % 2];
        async move {
            let id = format!("wt_{number}");
            let steps = [format!("wts_{number}a"), format!("wts_{number}b")];
            let mut mine = walkthrough(&id, &[&steps[0], &steps[1]]);
            let seen = publish(platform, &mine, None).await.expect("created");
            mine.steps[0].title = format!("Changed {number}");
            let written = publish(platform, &mine, Some(&seen)).await.expect("updated");
            assert_eq!(written.steps[0].title, format!("Changed {number}"));
            let read = content::read(platform, std::slice::from_ref(&mine.id)).await.expect("read");
            assert_eq!(read, [written], "and not another client's answer");
        }
    });
    futures::future::join_all(publishing).await;
    assert_eq!(database.run("SELECT count(*) FROM walkthroughs"), "40");
}

#[tokio::test]
async fn a_database_that_falls_silent_at_any_message_is_given_up_and_settled_when_it_answers() {
    let database = database();
    let wire = Proxy::start(database.cluster()).expect("a socket");
    let mut connection = crate::testing::connection(&database);
    connection.host = wire.socket_dir().display().to_string();
    let patience = Patience { connect: Duration::from_secs(5), answer: Duration::from_millis(700) };
    let mut mine = walkthrough("wt_1", &["wts_a", "wts_b"]);
    let seen = publish(&connect(&database).await, &mine, None).await.expect("published");
    mine.steps[0].title = "Changed".into();
    // BEGIN, lock, write, read back, COMMIT; statements are prepared the first time.
    for (trip, code) in [(1, Code::Unreachable), (3, Code::Unreachable), (7, Code::OutcomeUnknown)] {
        let platform = Platform::connect_within(&connection, None, patience).await.expect("it answers");
        wire.cut(Cut::Silent(trip));
        let error = publish(&platform, &mine, Some(&seen)).await.expect_err("nobody answers");
        assert_eq!(error.code, code, "{trip}: {error:?}");
        assert!(error.message.contains("said nothing") && error.hint.is_some(), "{trip}: {error:?}");
        wire.wake();
        let now = content::read(&platform, &[mine.id.clone()]).await.expect("it answers again").remove(0);
        assert_eq!(now, seen, "the message never arrived");
        platform.close().await;
    }
    publish(&connect(&database).await, &mine, Some(&seen)).await.expect("no lock is left behind");
}

#[tokio::test]
async fn a_database_that_is_only_to_be_read_says_so_before_anything_is_written() {
    let database = database();
    let name = database.name().to_owned();
    database
        .cluster()
        .run("postgres", &format!("ALTER DATABASE {name} SET default_transaction_read_only = on"))
        .expect("set");
    let platform = connect(&database).await;
    let production = plan::read_for_plan(&platform, &plan::ReadForPlan::default()).await.expect("it can be read");
    assert_eq!(production.read_only, Some(waymark_core::connection::ReadOnly::BySetting));
    let report = crate::check::test(&platform).await.expect("it can be read");
    assert_eq!(report.read_only, production.read_only);
}

#[tokio::test]
async fn a_replica_can_be_read_and_says_so_before_anything_is_written() {
    let cluster = waymark_testkit::postgres::Cluster::start(Default::default()).expect("a primary");
    let database = cluster.database().with_example();
    let seen = publish(&connect(&database).await, &walkthrough("wt_1", &["wts_a"]), None).await.expect("published");
    let standby = cluster.standby().expect("a standby");
    let platform = connect(&standby.existing(database.name())).await;
    let production = plan::read_for_plan(&platform, &plan::ReadForPlan::default()).await.expect("it can be read");
    assert_eq!(production.read_only, Some(waymark_core::connection::ReadOnly::Replica));
    assert_eq!(content::read(&platform, &["wt_1".into()]).await.expect("it can be read").first(), Some(&seen));
    let mut edited = seen.clone();
    edited.title = "Edited".into();
    let refused = publish(&platform, &edited, Some(&seen)).await.expect_err("it cannot be written");
    assert_eq!(refused.code, Code::PermissionDenied, "{refused:?}");
}

#[tokio::test]
async fn only_what_was_seen_is_deleted_and_twice_is_once() {
    let database = database();
    let platform = connect(&database).await;
    let seen = publish(&platform, &walkthrough("wt_1", &["wts_a", "wts_b"]), None).await.expect("published");
    learner(&database, "one", "wt_1", &["wts_a"], Some("wts_b"));
    database.run("UPDATE walkthroughs SET title = 'Theirs'");
    let before = database.content();
    let refused = delete::delete(&platform, &seen).await.expect_err("it changed");
    assert_eq!(refused.code, Code::Conflict);
    before.assert_is(&database.content(), "a deletion of what changed");
    let seen = content::read(&platform, &["wt_1".into()]).await.expect("there").remove(0);
    delete::delete(&platform, &seen).await.expect("deleted");
    delete::delete(&platform, &seen).await.expect("it is gone already");
    assert_eq!(database.run("SELECT count(*) FROM walkthroughs"), "0");
    assert_eq!(database.run("SELECT count(*) FROM walkthrough_progress"), "0");
}
