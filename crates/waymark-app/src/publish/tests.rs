//! From drafts in SQLite to a real Postgres, and what the library knows afterwards.

use std::sync::Mutex;

use waymark_core::{
    connection::Connection, content::Field, edit::Edit, hash, json::FreeJson, review::State,
    walkthrough::WalkthroughStatus,
};
use waymark_library::{attachments, connections, drafts, review::DecideReview, revisions, revisions::Reason, sync};
use waymark_platform::content;
use waymark_testkit::postgres::{Database, shared};

use super::*;
use crate::testing::{Held, app, con_test, draft, edit, rename, walkthrough};

fn database() -> Database<'static> {
    shared().database().with_example()
}

fn input(ids: &[&str], intent: Intent) -> PlanPublish {
    PlanPublish {
        ids: ids.iter().map(|id| WalkthroughId::from(*id)).collect(),
        connection: con_test(),
        version: Version::Draft,
        intent,
    }
}

async fn planned(app: &App, input: &PlanPublish) -> Plan {
    plan(app, input, &CancellationToken::new()).await.expect("a plan")
}

/// Plans and publishes, answering every question with yes.
async fn publish(app: &App, ids: &[&str], intent: Intent) -> Vec<Outcome> {
    let plan_input = input(ids, intent);
    let seen = planned(app, &plan_input).await;
    let input = RunPublish { plan: plan_input, digest: Some(seen.digest), is_confirmed: true };
    run(app, &input, &CancellationToken::new(), &|_| {}).await.expect("it runs")
}

fn revisions_of(outcomes: &[Outcome]) -> Vec<Option<u32>> {
    outcomes.iter().map(|outcome| outcome.published.as_ref().map(|published| published.revision)).collect()
}

fn actions(plan: &Plan) -> Vec<Action> {
    plan.walkthroughs.iter().map(|walkthrough| walkthrough.action).collect()
}

#[tokio::test]
async fn a_draft_is_published_edited_and_published_again() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a", "wts_b"]), "test").await.expect("inserted");
    let first = planned(&app, &input(&["wt_1"], Intent::default())).await;
    assert_eq!(actions(&first), [Action::Create]);
    assert_eq!(revisions_of(&publish(&app, &["wt_1"], Intent::default()).await), [Some(1)]);

    assert_eq!(draft(&app, "wt_1").await.status, WalkthroughStatus::Published);
    let summary = drafts::summary(&app.library, &"wt_1".into()).await.expect("listed");
    assert!(!summary.never_published);
    assert!(summary.unpublished.iter().all(|unpublished| unpublished.changes == 0));
    let again = publish(&app, &["wt_1"], Intent::default()).await;
    assert_eq!(revisions_of(&again), [Some(0)], "the second time there is nothing to write");

    let text = Some("Say it differently.".to_owned());
    edit(&app, &"wt_1".into(), Edit::SetField { step: "wts_a".into(), field: Field::ContentForUser, text }).await;
    let next = planned(&app, &input(&["wt_1"], Intent::default())).await;
    assert_eq!((actions(&next), next.walkthroughs[0].steps.len()), (vec![Action::Update], 1));
    assert!(next.walkthroughs[0].confirmations.is_empty());
    let outcomes = publish(&app, &["wt_1"], Intent::default()).await;
    assert_eq!(revisions_of(&outcomes), [Some(2)]);
    let mine = draft(&app, "wt_1").await;
    assert_eq!(
        outcomes[0].published.as_ref().map(|published| published.content_hash.clone()),
        Some(hash::content_hash(&mine))
    );
    let kept = revisions::list(&app.library, &"wt_1".into()).await.expect("listed");
    let kept: Vec<_> = kept.iter().map(|revision| (revision.reason, revision.remote_revision)).collect();
    assert_eq!(kept, [(Reason::Published, Some(2)), (Reason::Published, Some(1))]);
}

#[tokio::test]
async fn a_change_in_production_is_a_conflict_until_it_is_overwritten_and_kept() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    edit(&app, &"wt_1".into(), rename("Mine")).await;
    database.run("UPDATE walkthrough_steps SET title = 'Theirs'");
    // A plan notes what it saw of production: its servers, and that there is news.
    planned(&app, &input(&["wt_1"], Intent::default())).await;
    let held = Held::now(&app, &database);
    let outcomes = publish(&app, &["wt_1"], Intent::default()).await;
    assert_eq!(outcomes[0].error.as_ref().map(|error| error.code), Some(Code::Conflict));
    held.is_still_there_after("a conflict");

    let overwrite = Intent { overwrite: true, ..Intent::default() };
    let unanswered = RunPublish { plan: input(&["wt_1"], overwrite), digest: None, is_confirmed: false };
    let error = run(&app, &unanswered, &CancellationToken::new(), &|_| {}).await.expect_err("a question is open");
    assert_eq!(error.code, Code::Refused);
    held.is_still_there_after("an open question");
    assert_eq!(revisions_of(&publish(&app, &["wt_1"], overwrite).await), [Some(2)]);
    let kept = revisions::list(&app.library, &"wt_1".into()).await.expect("listed");
    let overwritten = kept.iter().find(|revision| revision.reason == Reason::Overwritten).expect("theirs is kept");
    let theirs = revisions::read(&app.library, &overwritten.id).await.expect("read").walkthrough;
    assert_eq!(theirs.steps[0].title, "Theirs");
}

#[tokio::test]
async fn a_plan_that_is_out_of_date_writes_nothing() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    let seen = planned(&app, &input(&["wt_1"], Intent::default())).await;
    edit(&app, &"wt_1".into(), rename("Edited since")).await;
    let old = RunPublish { plan: input(&["wt_1"], Intent::default()), digest: Some(seen.digest), is_confirmed: true };
    let held = Held::now(&app, &database);
    let error = run(&app, &old, &CancellationToken::new(), &|_| {}).await.expect_err("out of date");
    assert_eq!(error.code, Code::Conflict);
    held.is_still_there_after("a plan that is out of date");
}

#[tokio::test]
async fn an_outcome_that_nobody_heard_is_settled_at_the_next_look() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    edit(&app, &"wt_1".into(), rename("Sent")).await;
    // What a process leaves that is killed between COMMIT and the answer: the note, and production with what was sent.
    let connection = connections::find(&app.library, "con_test").await.expect("saved");
    let platform = crate::connections::open(&app, &connection).await.expect("open");
    let (wanted, never) = (input(&["wt_1"], Intent::default()), CancellationToken::new());
    let gathered = gather::gather(&app, &platform, &wanted, AgentTexts::Left, &never).await.expect("gathered");
    note(&app, &platform, &Version::Draft, &gathered).await.expect("noted");
    let item = &gathered.items[0];
    let change = waymark_platform::publish::Change {
        target: &item.target,
        seen: item.theirs.as_ref(),
        now: clock(),
        wordings: &Default::default(),
    };
    waymark_platform::publish::apply(&platform, change).await.expect("it arrived");

    edit(&app, &"wt_1".into(), rename("Edited later")).await;
    let first = planned(&app, &input(&["wt_1"], Intent::default())).await;
    assert_eq!(actions(&first), [Action::Update], "no conflict with our own publish");
    let base = sync::base(&app.library, &"wt_1".into(), "con_test").await.expect("read").expect("set");
    assert_eq!((base.walkthrough.title.as_str(), base.revision), ("Sent", 2));
}

#[tokio::test]
async fn many_are_published_with_progress_and_a_stop_leaves_the_rest_untouched() {
    let database = database();
    let (app, _folder) = app(&database).await;
    let ids: Vec<String> = (0..80).map(|number| format!("wt_{number:02}")).collect();
    for id in &ids {
        drafts::insert(&app.library, walkthrough(id, &[&format!("wts_{id}")]), "test").await.expect("inserted");
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let all = RunPublish { plan: input(&ids, Intent::default()), digest: None, is_confirmed: false };
    let cancel = CancellationToken::new();
    let seen = Mutex::new(Vec::new());
    let progress = |step: Step<'_>| {
        seen.lock().expect("no panics").push((step.done, step.total));
        if step.done == 3 {
            cancel.cancel();
        }
    };
    let outcomes = run(&app, &all, &cancel, &progress).await.expect("it runs");
    assert_eq!(*seen.lock().expect("no panics"), (1..=80).map(|done| (done, 80)).collect::<Vec<_>>());
    let published = outcomes.iter().filter(|outcome| outcome.published.is_some()).count();
    assert!((3..=60).contains(&published), "{published} were done or under way");
    assert_eq!(database.run("SELECT count(*) FROM walkthroughs"), published.to_string());
    let stopped = outcomes.iter().filter_map(|outcome| outcome.error.as_ref());
    assert!(stopped.into_iter().all(|error| error.code == Code::Cancelled));
    let rest = run(&app, &all, &CancellationToken::new(), &|_| {}).await.expect("it runs");
    assert_eq!(rest.iter().filter(|outcome| outcome.published.is_some()).count(), 80);
    let order: Vec<&str> = rest.iter().map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(order, ids);
}

#[tokio::test]
async fn whoever_stops_while_it_is_planned_gets_no_plan_and_nothing_is_written() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    let cancel = CancellationToken::new();
    cancel.cancel();
    let held = Held::now(&app, &database);
    let input = input(&["wt_1"], Intent::default());
    let stopped = plan(&app, &input, &cancel).await.expect_err("it was stopped");
    assert_eq!(stopped.code, Code::Cancelled);
    let all = RunPublish { plan: input, digest: None, is_confirmed: true };
    let stopped = run(&app, &all, &cancel, &|_| {}).await.expect_err("it was stopped");
    assert_eq!(stopped.code, Code::Cancelled);
    held.is_still_there_after("who stopped");
}

#[tokio::test]
async fn a_file_that_production_links_to_already_does_not_block_where_the_library_has_it() {
    let database = database();
    let (app, _folder) = app(&database).await;
    let id = WalkthroughId::from("wt_1");
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    let mut connection = connections::find(&app.library, "con_test").await.expect("saved");
    connection.asset_base_url = Some("https://files.acme.example/".to_owned());
    connections::save(&app.library, connection.clone(), "test").await.expect("saved");
    let file = attachments::add(&app.library, &id, "plan.txt", b"a plan".to_vec(), "test").await.expect("a file");
    let text = Some(format!("See [the plan](files/{}).", file.name));
    edit(&app, &id, Edit::SetField { step: "wts_a".into(), field: Field::ContentForUser, text }).await;
    assert_eq!(revisions_of(&publish(&app, &["wt_1"], Intent::default()).await), [Some(1)]);
    connection.asset_base_url = None;
    connections::save(&app.library, connection, "test").await.expect("saved");
    edit(&app, &id, rename("Another")).await;
    let problems = planned(&app, &input(&["wt_1"], Intent::default())).await.walkthroughs.remove(0).problems;
    assert!(problems.iter().any(|problem| problem.message.contains("plan.txt")), "{problems:?}");
    assert!(problems.iter().all(|problem| problem.severity < Severity::Error), "{problems:?}");
}

#[tokio::test]
async fn one_that_cannot_go_does_not_hold_the_others_up() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_good", &["wts_a"]), "test").await.expect("inserted");
    let mut bad = walkthrough("wt_bad", &["wts_b"]);
    bad.assignments[0].server = "nowhere".into();
    drafts::insert(&app.library, bad, "test").await.expect("inserted");
    let outcomes = publish(&app, &["wt_bad", "wt_good"], Intent::default()).await;
    assert_eq!(revisions_of(&outcomes), [None, Some(1)]);
    let error = outcomes[0].error.as_ref().expect("refused");
    assert!(error.code == Code::Refused && error.message.contains("`nowhere`"), "{error}");
}

#[tokio::test]
async fn as_draft_uploads_without_exposing() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent { status: WalkthroughStatus::Draft, ..Intent::default() }).await;
    assert_eq!(database.run("SELECT status FROM walkthroughs"), "draft");
    publish(&app, &["wt_1"], Intent::default()).await;
    assert_eq!(database.run("SELECT status FROM walkthroughs"), "published");
}

/// Publishes a version of `wt_1` under a status, with every question answered.
async fn publish_version(app: &App, version: Version, intent: Intent) -> Outcome {
    let plan = PlanPublish { version, ..input(&["wt_1"], intent) };
    let run_all = RunPublish { plan, digest: None, is_confirmed: true };
    run(app, &run_all, &CancellationToken::new(), &|_| {}).await.expect("it runs").remove(0)
}

fn under(status: WalkthroughStatus) -> Intent {
    Intent { status, ..Intent::default() }
}

#[tokio::test]
async fn rolling_back_publishes_an_earlier_revision_and_leaves_the_draft() {
    let database = database();
    let (app, _folder) = app(&database).await;
    let id = WalkthroughId::from("wt_1");
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    edit(&app, &id, rename("Better")).await;
    publish(&app, &["wt_1"], Intent::default()).await;
    let all = revisions::list(&app.library, &id).await.expect("listed");
    let first = all.iter().rfind(|revision| revision.reason == Reason::Published).expect("the first publish");
    let outcome = publish_version(&app, Version::Revision(first.id.clone()), Intent::default()).await;
    assert_eq!(outcome.published.expect("published").revision, 3);
    assert_eq!(database.run("SELECT title FROM walkthroughs"), "Title of wt_1");
    assert_eq!(draft(&app, "wt_1").await.title, "Better");
    // Both are in sync with what was rolled back to: the draft goes again as a plain update.
    let again = planned(&app, &input(&["wt_1"], Intent::default())).await;
    assert_eq!(actions(&again), [Action::Update]);
}

#[tokio::test]
async fn a_revision_of_another_walkthrough_is_not_found() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    drafts::insert(&app.library, walkthrough("wt_2", &["wts_b"]), "test").await.expect("inserted");
    publish(&app, &["wt_2"], Intent::default()).await;
    let other = revisions::list(&app.library, &"wt_2".into()).await.expect("listed").remove(0);
    let plan_of = PlanPublish { version: Version::Revision(other.id), ..input(&["wt_1"], Intent::default()) };
    assert_eq!(plan(&app, &plan_of, &CancellationToken::new()).await.expect_err("refused").code, Code::NotFound);
}

#[tokio::test]
async fn another_status_changes_nothing_else() {
    let database = database();
    let (app, _folder) = app(&database).await;
    let id = WalkthroughId::from("wt_1");
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    edit(&app, &id, rename("Not published yet")).await;
    for (status, name) in [
        (WalkthroughStatus::Draft, "draft"),
        (WalkthroughStatus::Archived, "archived"),
        (WalkthroughStatus::Published, "published"),
    ] {
        publish_version(&app, Version::Production, under(status)).await.published.expect("published");
        assert_eq!(database.run("SELECT status, title FROM walkthroughs"), format!("{name}|Title of wt_1"));
        let mine = draft(&app, "wt_1").await;
        assert_eq!((mine.title.as_str(), mine.status), ("Not published yet", status));
    }
    let again = planned(&app, &input(&["wt_1"], Intent::default())).await;
    assert_eq!(actions(&again), [Action::Update]);
}

#[tokio::test]
async fn another_status_of_what_somebody_else_changed_is_no_sync_with_it() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    database.run("UPDATE walkthroughs SET title = 'Theirs'");
    publish_version(&app, Version::Production, under(WalkthroughStatus::Archived)).await.published.expect("published");
    assert_eq!(database.run("SELECT status, title FROM walkthroughs"), "archived|Theirs");
    let again = planned(&app, &input(&["wt_1"], Intent::default())).await;
    assert_eq!(actions(&again), [Action::Conflict]);
}

#[tokio::test]
async fn a_deletion_counts_what_goes_asks_and_keeps_a_revision() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a", "wts_b"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    database.run(
        "INSERT INTO mcp_server_user (id) VALUES ('usr_1');
         INSERT INTO mcp_server_session (mcp_server_session_id, mcp_server_slug, connection_date)
             VALUES ('ses_1', 'docs', '2026-01-01');
         INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps, current_step_id)
             VALUES ('wtp_1', 'usr_1', 'wt_1', '[\"wts_a\"]', 'wts_b');
         INSERT INTO walkthrough_step_completions (id, mcp_server_user_id, walkthrough_id, step_id, mcp_server_id,
             mcp_server_session_id) VALUES ('wsc_1', 'usr_1', 'wt_1', 'wts_a', 'mcp_docs', 'ses_1')",
    );
    let gone = PlanPublish { version: Version::Nothing, ..input(&["wt_1"], Intent::default()) };
    let seen = planned(&app, &gone).await;
    let only = &seen.walkthroughs[0];
    assert_eq!((only.action, only.learners.in_progress, only.learners.events_lost), (Action::Delete, 1, 1));
    assert_eq!(only.steps.iter().filter(|step| step.is_removed).count(), 2);
    let unasked = RunPublish { plan: gone, digest: Some(seen.digest), is_confirmed: false };
    let held = Held::now(&app, &database);
    let refused = run(&app, &unasked, &CancellationToken::new(), &|_| {}).await.expect_err("it asks");
    assert_eq!(refused.code, Code::Refused);
    held.is_still_there_after("a deletion that was not asked for");
    database.run("UPDATE walkthroughs SET title = 'Theirs'");
    assert!(publish_version(&app, Version::Nothing, Intent::default()).await.is_deleted);
    for table in ["walkthroughs", "walkthrough_steps", "walkthrough_progress", "walkthrough_step_completions"] {
        assert_eq!(database.run(&format!("SELECT count(*) FROM {table}")), "0", "{table}");
    }
    let kept = revisions::list(&app.library, &"wt_1".into()).await.expect("listed");
    assert_eq!(kept[0].reason, Reason::Overwritten);
    assert_eq!(revisions::read(&app.library, &kept[0].id).await.expect("read").walkthrough.title, "Theirs");
    let again = planned(&app, &input(&["wt_1"], Intent::default())).await;
    assert_eq!(actions(&again), [Action::Create]);
}

#[tokio::test]
async fn what_is_not_in_production_has_no_status_there() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    let plan_of = PlanPublish { version: Version::Production, ..input(&["wt_1"], under(WalkthroughStatus::Archived)) };
    let error = plan(&app, &plan_of, &CancellationToken::new()).await.expect_err("refused");
    assert!(error.code == Code::NotFound && error.message.contains("Title of wt_1"), "{error}");
}

#[tokio::test]
async fn two_drafts_with_one_title_cannot_go_together() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    let mut twin = walkthrough("wt_2", &["wts_b"]);
    twin.title = "Title of wt_1".into();
    drafts::receive(&app.library, twin, "test").await.expect("received");
    planned(&app, &input(&["wt_1", "wt_2"], Intent::default())).await;
    let held = Held::now(&app, &database);
    let outcomes = publish(&app, &["wt_1", "wt_2"], Intent::default()).await;
    assert_eq!(revisions_of(&outcomes), [None, None]);
    held.is_still_there_after("two of one title");
}

fn clock() -> waymark_core::walkthrough::Millis {
    crate::clock::now()
}

#[tokio::test]
async fn what_was_published_is_what_was_drafted() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a", "wts_b"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    let connection = connections::find(&app.library, "con_test").await.expect("saved");
    let platform = crate::connections::open(&app, &connection).await.expect("open");
    let there = content::read(&platform, &["wt_1".into()]).await.expect("there");
    let mine = draft(&app, "wt_1").await;
    assert!(plan::is_same(&there[0], &mine));
}

#[tokio::test]
async fn metadata_without_a_place_for_the_number_does_not_stop_the_counting() {
    let database = database();
    let (app, _folder) = app(&database).await;
    let odd = Walkthrough { metadata: FreeJson::parse("[1, 2]").ok(), ..walkthrough("wt_1", &["wts_a"]) };
    drafts::insert(&app.library, odd, "test").await.expect("inserted");
    assert_eq!(revisions_of(&publish(&app, &["wt_1"], Intent::default()).await), [Some(1)]);
    edit(&app, &"wt_1".into(), rename("Another")).await;
    assert_eq!(revisions_of(&publish(&app, &["wt_1"], Intent::default()).await), [Some(2)]);
    assert_eq!(database.run("SELECT title, metadata FROM walkthroughs").trim(), "Another|[1, 2]");
}

#[tokio::test]
async fn whoever_looks_again_and_again_logs_in_once_and_sees_what_is_new() {
    let database = database();
    let (app, _folder) = app(&database).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    let kept = Kept::default();
    let look =
        || async { actions(&plan_again(&app, &kept, &input(&["wt_1"], Intent::default())).await.expect("a plan")) };
    let backend = format!(
        "SELECT max(pid) FROM pg_stat_activity WHERE datname = '{}' AND application_name = 'waymark'",
        database.name()
    );
    assert_eq!(look().await, [Action::Create]);
    let first = database.run(&backend);
    assert_eq!(look().await, [Action::Create]);
    assert_eq!(database.run(&backend), first, "the same login");
    publish(&app, &["wt_1"], Intent::default()).await;
    assert_eq!(look().await, [Action::None]);
    database.run(&format!("SELECT pg_terminate_backend({first})"));
    assert_eq!(look().await, [Action::None], "a login that ended is replaced");
    let mut connection = connections::find(&app.library, "con_test").await.expect("saved");
    connection.organization = "org_nowhere".into();
    connections::save(&app.library, connection, "test").await.expect("saved");
    let error = plan_again(&app, &kept, &input(&["wt_1"], Intent::default())).await.expect_err("another organization");
    assert_eq!(error.code, Code::NotFound, "a connection that was changed is opened anew");
}

mod promoting;
#[tokio::test]
async fn where_an_approval_is_required_only_approved_content_goes_out() {
    let database = database();
    let (app, _folder) = app(&database).await;
    let id = WalkthroughId::from("wt_1");
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    let connection = connections::find(&app.library, con_test().as_str()).await.expect("there");
    let strict = Connection { requires_approval: true, ..connection };
    connections::save(&app.library, strict, "test").await.expect("saved");
    let approve = async || {
        let decide = DecideReview { walkthrough: id.clone(), state: State::Approved, note: None, seen_hash: None };
        crate::review::decide(&app, decide).await.expect("approved");
    };

    let seen = planned(&app, &input(&["wt_1"], Intent::default())).await;
    assert_eq!(seen.walkthroughs[0].problems[0].code, "not_approved");
    let refused = publish(&app, &["wt_1"], Intent::default()).await;
    assert_eq!(refused[0].error.as_ref().map(|error| error.code), Some(Code::Refused), "also with every answer a yes");
    approve().await;
    assert_eq!(revisions_of(&publish(&app, &["wt_1"], Intent::default()).await), [Some(1)]);
    edit(&app, &id, rename("Edited since")).await;
    let void = publish(&app, &["wt_1"], Intent::default()).await;
    assert!(void[0].published.is_none());
    assert_eq!(database.run("SELECT title FROM walkthroughs"), "Title of wt_1");
    approve().await;
    assert_eq!(revisions_of(&publish(&app, &["wt_1"], Intent::default()).await), [Some(2)]);
}
