//! Calls against both stores: the same script, the same answers, the same rows.

use std::sync::Arc;

use waymark_core::{
    error::Code,
    learner::{
        self,
        call::{Call, Profile},
        path::in_learner_order,
        standing::Scope,
        turn::Answer,
        writes::Written,
    },
    progress::Progress,
    render::{self, Template},
    walkthrough::{Millis, WalkthroughStatus},
};
use waymark_library::drafts;

use super::{
    Learners,
    stage::{SERVER, Stage, next, pass, session, start, user, walkthrough},
};

/// Each test on SQLite and on Postgres.
macro_rules! on_both {
    ($(async fn $name:ident($stage:ident: Stage) $body:block)*) => {
        $(async fn $name($stage: Stage) $body)*

        mod preview {
            $(#[tokio::test]
            async fn $name() {
                super::$name(super::Stage::preview().await).await;
            })*
        }

        mod live {
            $(#[tokio::test]
            async fn $name() {
                super::$name(super::Stage::live().await).await;
            })*
        }
    };
}

on_both! {
    async fn a_learner_goes_to_the_end_and_leaves_the_rows_of_the_schema(stage: Stage) {
        stage.put(&walkthrough("wt_1", &["a", "b", "c"])).await;
        let learner = session("one");
        stage.play(&learner, &[(start(None), "a"), (next(Some("a")), "b"), (next(None), "c"), (next(None), "complete")]).await;
        for (sql, expected) in [
            ("SELECT count(*) FROM walkthrough_progress", "1"),
            ("SELECT replace(CAST(completed_steps AS text), ' ', '') FROM walkthrough_progress", r#"["a","b","c"]"#),
            ("SELECT current_step_id FROM walkthrough_progress", ""),
            ("SELECT count(*) FROM walkthrough_progress WHERE completed_at > 1790000000000 AND started_at < completed_at", "1"),
            ("SELECT count(*) FROM walkthrough_step_completions", "3"),
            ("SELECT metadata ->> 'step_order' FROM walkthrough_step_completions WHERE step_id = 'c'", "3"),
            ("SELECT count(*) FROM mcp_server_user", "1"),
            ("SELECT mcp_server_session_id FROM mcp_server_session", "one"),
            ("SELECT CAST(connection_date AS text) FROM mcp_server_session", "2026-09-21"),
            ("SELECT count(*) FROM mcp_tool_calls WHERE mcp_server_session_id = 'one'", "4"),
            ("SELECT tool_name FROM mcp_tool_calls ORDER BY created_at LIMIT 1", "start_walkthrough"),
            ("SELECT output ->> 'action' FROM mcp_tool_calls ORDER BY created_at DESC LIMIT 1", "complete"),
            ("SELECT input ->> 'currentStepId' FROM mcp_tool_calls ORDER BY created_at LIMIT 1 OFFSET 1", "a"),
        ] {
            assert_eq!(stage.value(sql).await, expected, "{sql}");
        }
    }

    async fn each_step_comes_as_render_prints_it(stage: Stage) {
        let authored = walkthrough("wt_1", &["a", "b", "c"]);
        stage.put(&authored).await;
        let learner = session("sitting-1");
        for (index, step) in authored.steps.iter().enumerate() {
            let expected =
                render::render_text(Template::current(), &authored, index, Progress::before(index, 3)).expect("renders");
            let call = match index {
                0 => start(None),
                _ => next(Some(authored.steps[index - 1].id.as_str())),
            };
            let heard = stage.call(&learner, &call).await;
            assert_eq!(heard.text, expected);
            assert_eq!(heard.output.text, expected);
            assert_eq!(heard.output.step.expect("a step").id, step.id.as_str());
            let again = stage.call(&learner, &start(None)).await;
            assert_eq!(again.text, expected, "the same from a resumed start");
            assert!(!expected.contains("sitting-1"), "the visit is never part of the text");
        }
    }

    async fn an_anonymous_learner_is_led_by_the_visit_handle(stage: Stage) {
        stage.put(&walkthrough("wt_1", &["a", "b"])).await;
        let nobody = Scope { server: Some(SERVER.to_owned()), ..Scope::default() };
        assert_eq!(stage.call(&nobody, &next(None)).await.output.action, "no_visit");
        assert_eq!(stage.value("SELECT count(*) FROM mcp_server_user").await, "0");
        let visit = stage.call(&nobody, &start(None)).await.output.visit;
        let handle = Scope { handle: visit.clone(), ..nobody.clone() };
        stage.play(&handle, &[(next(None), "b")]).await;
        assert_eq!(stage.call(&handle, &next(None)).await.output.visit, visit);
        let other = Scope { handle: Some("vis_made_up".to_owned()), ..nobody.clone() };
        assert_eq!(stage.call(&other, &start(None)).await.output.action, "no_visit");
        // Another start without the handle is another learner.
        stage.play(&nobody, &[(start(None), "a")]).await;
        assert_eq!(stage.value("SELECT count(*) FROM mcp_server_user").await, "2");
    }

    async fn an_identified_learner_is_recognised_for_half_an_hour_and_later_resumes(stage: Stage) {
        stage.put(&walkthrough("wt_1", &["a", "b", "c"])).await;
        let ann = user("ann");
        stage.play(&ann, &[(start(None), "a"), (next(None), "b")]).await;
        pass(29 * 60 * 1_000);
        stage.play(&ann, &[(next(None), "c")]).await;
        assert_eq!(stage.value("SELECT count(*) FROM mcp_server_session").await, "1");
        pass(31 * 60 * 1_000);
        // A new visit: the current step comes again before it counts as done.
        stage.play(&ann, &[(next(None), "c"), (next(None), "complete")]).await;
        assert_eq!(stage.value("SELECT count(*) FROM mcp_server_session").await, "2");
        assert_eq!(stage.value("SELECT distinct_id FROM mcp_server_user").await, "ann");
    }

    async fn nobody_enters_another_learners_visit(stage: Stage) {
        stage.put(&walkthrough("wt_1", &["a", "b"])).await;
        let visit = stage.call(&user("ann"), &start(None)).await.output.visit;
        let intruder = Scope { handle: visit, ..user("bob") };
        for call in [start(None), next(None), next(Some("a"))] {
            assert_eq!(stage.call(&intruder, &call).await.output.action, "no_visit");
        }
        assert_eq!(stage.value("SELECT count(*) FROM walkthrough_step_completions").await, "0");
        stage.play(&user("bob"), &[(start(None), "a")]).await;
        stage.play(&user("ann"), &[(next(None), "b")]).await;
    }

    async fn edits_in_the_middle_lose_no_progress(stage: Stage) {
        stage.put(&walkthrough("wt_1", &["a", "b", "c"])).await;
        let learner = session("one");
        stage.play(&learner, &[(start(None), "a"), (next(None), "b")]).await;
        stage.put(&walkthrough("wt_1", &["c", "new", "b", "a"])).await;
        stage.play(&learner, &[(next(Some("b")), "c"), (next(None), "new")]).await;
        stage.put(&walkthrough("wt_1", &["c", "b"])).await;
        stage.play(&learner, &[(next(Some("new")), "invalid_step"), (next(None), "already_complete")]).await;
        let mut grown = walkthrough("wt_1", &["c", "b", "last"]);
        stage.put(&grown).await;
        stage.play(&learner, &[(next(None), "last"), (next(None), "complete")]).await;
        let history = "SELECT count(*) FROM walkthrough_progress WHERE CAST(metadata AS text) LIKE '%completions%'";
        assert_eq!(stage.value(history).await, "1");
        grown.steps.clear();
        stage.put(&grown).await;
        stage.play(&learner, &[(next(None), "no_steps")]).await;
    }

    async fn reset_and_a_second_pass_keep_the_events(stage: Stage) {
        stage.put(&walkthrough("wt_1", &["a", "b"])).await;
        let learner = session("one");
        let reset = |confirm| Call::Reset { walkthrough: "wt_1".into(), confirm };
        stage.play(&learner, &[(start(None), "a"), (next(None), "b"), (next(None), "complete")]).await;
        stage.play(&learner, &[(reset(false), "reset_unconfirmed"), (reset(true), "reset"), (reset(true), "reset")]).await;
        assert_eq!(stage.value("SELECT count(*) FROM walkthrough_step_completions").await, "2");
        stage.play(&learner, &[(start(None), "a"), (next(None), "b"), (next(None), "complete")]).await;
        assert_eq!(stage.value("SELECT count(*) FROM walkthrough_step_completions").await, "2");
        assert_eq!(stage.value("SELECT metadata -> 'waymark' ->> 'passes' FROM walkthrough_progress").await, "2");
        assert_eq!(stage.value("SELECT count(*) FROM walkthrough_progress").await, "1");
    }

    async fn only_what_is_assigned_enabled_and_published_is_seen(stage: Stage) {
        let mut hidden = walkthrough("wt_draft", &["d"]);
        hidden.status = WalkthroughStatus::Draft;
        stage.put(&hidden).await;
        let mut disabled = walkthrough("wt_off", &["o"]);
        disabled.assignments[0].is_enabled = false;
        stage.put(&disabled).await;
        let mut unassigned = walkthrough("wt_none", &["u"]);
        unassigned.assignments.clear();
        stage.put(&unassigned).await;
        for (at, id) in ["wt_2", "wt_1"].iter().enumerate() {
            let mut shown = walkthrough(id, &[&format!("{id}-a")]);
            shown.assignments[0].display_order = at as i32;
            stage.put(&shown).await;
        }
        let listed = stage.call(&session("one"), &start(None)).await.output.walkthroughs.expect("a list");
        assert_eq!(listed.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["wt_2", "wt_1"]);
        for hidden in ["wt_draft", "wt_off", "wt_none", "Walkthrough wt_none"] {
            assert_eq!(stage.call(&session("one"), &start(Some(hidden))).await.output.action, "invalid_name");
        }
    }

    async fn linked_order_is_followed_where_the_walkthrough_asks_for_it(stage: Stage) {
        let mut authored = walkthrough("wt_1", &["a", "b", "c"]);
        authored.steps[0].next_step_id = Some("c".into());
        authored.metadata = Some(waymark_core::json::FreeJson::parse(r#"{"waymark":{"order":"linked"}}"#).expect("valid"));
        stage.put(&authored).await;
        let ordered = in_learner_order(&authored);
        let mut call = start(None);
        for (index, step) in ["a", "c", "b"].into_iter().enumerate() {
            let heard = stage.call(&session("one"), &call).await;
            let progress = Progress::before(index, 3);
            assert_eq!(heard.output.step.expect("a step").id, step);
            assert_eq!(heard.text, render::render_text(Template::current(), &ordered, index, progress).expect("renders"));
            call = next(Some(step));
        }
        stage.play(&session("one"), &[(call, "complete")]).await;
    }

    async fn a_step_removed_between_reading_and_writing_makes_the_write_stale(stage: Stage) {
        stage.put(&walkthrough("wt_1", &["a", "b", "c"])).await;
        let (learner, learners) = (session("one"), stage.learners());
        stage.play(&learner, &[(start(None), "a")]).await;
        let call = next(Some("a"));
        let standing = learners.read(&learner, &call, Millis(1_790_000_001_000)).await.expect("read");
        let turn = learner::decide(&standing, &call, Millis(1_790_000_001_000), crate::clock::random);
        assert!(matches!(&turn.answer, Answer::Step(delivery) if delivery.step().as_str() == "b"));
        stage.put(&walkthrough("wt_1", &["a", "c"])).await;
        assert_eq!(learners.text(&turn, Profile::Current).await.expect("read"), None);
        assert_eq!(learners.write(&standing, &turn, "get_next_step", "").await.expect("answered"), Written::Stale);
        assert_eq!(stage.value("SELECT count(*) FROM walkthrough_step_completions").await, "0");
        stage.play(&learner, &[(next(Some("a")), "c")]).await;
    }

    async fn an_unknown_server_is_not_found(stage: Stage) {
        let scope = Scope { server: Some("nowhere".to_owned()), ..session("one") };
        let error = stage.ask(&scope, &start(None), Profile::Current).await.expect_err("no server");
        assert_eq!(error.code, Code::NotFound);
        assert_eq!(stage.learners().server("nowhere").await.expect("asked"), None);
        // Another organization's server does not exist either.
        assert_eq!(stage.learners().server("foreign").await.expect("asked"), None);
    }
}

async fn parallel_calls_for_different_steps_keep_every_id(stage: Stage) {
    let ids: Vec<String> = (0..16).map(|at| format!("s{at:02}")).collect();
    let texts: Vec<&str> = ids.iter().map(String::as_str).collect();
    stage.put(&walkthrough("wt_1", &texts)).await;
    let stage = Arc::new(stage);
    stage.play(&user("ann"), &[(start(None), "s00")]).await;
    let calls = ids.iter().map(|id| {
        let (stage, call) = (stage.clone(), next(Some(id)));
        tokio::spawn(async move { stage.call(&user("ann"), &call).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert!(!call.await.expect("not cancelled").is_error);
    }
    assert_eq!(stage.value("SELECT count(*) FROM walkthrough_step_completions").await, "16");
    let open = "SELECT count(*) FROM walkthrough_progress WHERE completed_at IS NULL OR current_step_id IS NOT NULL";
    assert_eq!(stage.value(open).await, "0");
    for id in &ids {
        let kept =
            format!("SELECT count(*) FROM walkthrough_progress WHERE CAST(completed_steps AS text) LIKE '%{id}%'");
        assert_eq!(stage.value(&kept).await, "1", "{id}");
    }
}

async fn parallel_first_calls_make_one_learner_and_one_progress_row(stage: Stage) {
    stage.put(&walkthrough("wt_1", &["a", "b"])).await;
    let stage = Arc::new(stage);
    let calls = (0..12).map(|at| {
        let stage = stage.clone();
        let scope = if at % 2 == 0 { user("ann") } else { Scope { session: Some("one".into()), ..user("ann") } };
        tokio::spawn(async move { stage.call(&scope, &start(None)).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.expect("not cancelled").output.step.expect("a step").id, "a");
    }
    assert_eq!(stage.value("SELECT count(*) FROM mcp_server_user").await, "1");
    assert_eq!(stage.value("SELECT count(*) FROM walkthrough_progress").await, "1");
    assert_eq!(stage.value("SELECT count(*) FROM mcp_tool_calls").await, "12");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_calls_keep_every_id_in_sqlite() {
    parallel_calls_for_different_steps_keep_every_id(Stage::preview().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_calls_keep_every_id_in_postgres() {
    parallel_calls_for_different_steps_keep_every_id(Stage::live().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_first_calls_make_one_row_in_sqlite() {
    parallel_first_calls_make_one_learner_and_one_progress_row(Stage::preview().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_first_calls_make_one_row_in_postgres() {
    parallel_first_calls_make_one_learner_and_one_progress_row(Stage::live().await).await;
}

#[tokio::test]
async fn the_drafts_endpoint_shows_every_draft_that_is_not_in_the_trash() {
    let stage = Stage::preview().await;
    for (id, status) in [("wt_1", WalkthroughStatus::Draft), ("wt_2", WalkthroughStatus::Archived)] {
        let mut draft = walkthrough(id, &[&format!("{id}-a")]);
        draft.status = status;
        draft.assignments.clear();
        stage.put(&draft).await;
    }
    stage.put(&walkthrough("wt_3", &["c"])).await;
    let Learners::Preview(library, _) = stage.learners() else { panic!("drafts") };
    drafts::trash(&library, &["wt_3".into()], "test").await.expect("trashed");
    let drafts = Scope { server: None, ..session("one") };
    let listed = stage.call(&drafts, &start(None)).await.output.walkthroughs.expect("a list");
    let mut ids: Vec<_> = listed.into_iter().map(|item| item.id).collect();
    ids.sort();
    assert_eq!(ids, ["wt_1", "wt_2"]);
    stage.play(&drafts, &[(start(Some("wt_1")), "wt_1-a"), (next(None), "complete")]).await;
}

#[tokio::test]
async fn a_server_with_its_tools_switched_off_shows_nothing() {
    let stage = Stage::live().await;
    stage.put(&walkthrough("wt_1", &["a"])).await;
    let Stage::Live(database, _) = &stage else { panic!("live") };
    database.run("UPDATE mcp_servers SET walkthrough_tools_enabled = 'false'");
    assert!(!stage.learners().server(SERVER).await.expect("asked").expect("there").is_enabled);
    assert_eq!(stage.call(&session("one"), &start(Some("wt_1"))).await.output.action, "invalid_name");
    database.run("UPDATE mcp_servers SET walkthrough_tools_enabled = NULL");
    stage.play(&session("one"), &[(start(Some("wt_1")), "a")]).await;
}

#[tokio::test]
async fn of_two_progress_rows_the_one_used_last_counts_and_no_third_is_made() {
    let stage = Stage::live().await;
    stage.put(&walkthrough("wt_1", &["a", "b", "c"])).await;
    let Stage::Live(database, _) = &stage else { panic!("live") };
    database.run(
        "INSERT INTO mcp_server_user (id, distinct_id) VALUES ('mcpu_ann', 'ann');
         INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps, last_activity_at)
           VALUES ('wtp_old', 'mcpu_ann', 'wt_1', '[]', 5), ('wtp_new', 'mcpu_ann', 'wt_1', '[\"a\", \"gone\"]', 9),
                  ('wtp_null', 'mcpu_ann', 'wt_1', NULL, NULL)",
    );
    stage.play(&user("ann"), &[(start(None), "b"), (next(None), "c")]).await;
    assert_eq!(stage.value("SELECT count(*) FROM walkthrough_progress").await, "3");
    let stored = stage.value("SELECT completed_steps FROM walkthrough_progress WHERE id = 'wtp_new'").await;
    assert_eq!(stored, r#"["a", "gone", "b"]"#);
}

#[tokio::test]
async fn another_organizations_walkthrough_is_invisible_even_when_assigned_here() {
    let stage = Stage::live().await;
    stage.put(&walkthrough("wt_1", &["a"])).await;
    let Stage::Live(database, _) = &stage else { panic!("live") };
    database.run("UPDATE walkthroughs SET organization_id = 'org_other'");
    assert_eq!(stage.call(&session("one"), &start(Some("wt_1"))).await.output.action, "invalid_name");
}

#[tokio::test]
async fn an_address_is_asked_for_where_the_server_says_so() {
    let stage = Stage::live().await;
    stage.put(&walkthrough("wt_1", &["a", "b"])).await;
    let Stage::Live(database, _) = &stage else { panic!("live") };
    database.run("UPDATE mcp_servers SET auth_type = 'collect_email'");
    stage.play(&session("one"), &[(start(None), "ask_email"), (next(None), "ask_email")]).await;
    let with_email = Call::Start { name: None, restart: false, email: Some("reader@example.org".to_owned()) };
    stage.play(&session("one"), &[(with_email, "a"), (next(None), "b")]).await;
    assert_eq!(stage.value("SELECT email FROM mcp_server_user").await, "reader@example.org");
}
