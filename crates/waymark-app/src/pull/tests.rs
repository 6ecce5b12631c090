//! From a real Postgres into drafts.

use tokio_util::sync::CancellationToken;
use waymark_core::walkthrough::WalkthroughStatus;
use waymark_library::changes;
use waymark_testkit::postgres::{Database, shared};

use super::*;
use crate::{
    publish::{self, PlanPublish, RunPublish},
    testing::{Held, app, con_test, draft, edit, rename},
};

fn database() -> Database<'static> {
    let database = shared().database().with_example();
    database.run(
        r#"INSERT INTO walkthroughs (id, organization_id, title, status, tags, metadata) VALUES
               ('wt_1', 'org_example', 'One', 'published', '["a"]', '{"n": 12345678901234567890}'),
               ('wt_2', 'org_example', 'Two', NULL, NULL, NULL),
               ('wt_other', 'org_other', 'Theirs', 'published', '[]', NULL);
           INSERT INTO walkthrough_steps (id, walkthrough_id, title, content_fields, display_order, next_step_id) VALUES
               ('wts_b', 'wt_1', 'B', '{"version": "v1", "contentForUser": "Say b"}', 5, NULL),
               ('wts_a', 'wt_1', 'A', '{"version": "v2", "blocks": [1.0]}', 0, 'wts_b');
           INSERT INTO mcp_server_walkthroughs (id, mcp_server_id, walkthrough_id, display_order) VALUES
               ('msw_1', 'mcp_docs', 'wt_1', 4)"#,
    );
    database
}

async fn pull(app: &App) -> PulledAll {
    run(app, &Pull { ids: None, connection: con_test() }, &CancellationToken::new()).await.expect("pulled")
}

async fn pull_all(app: &App) -> Vec<(String, PullAction)> {
    pull(app).await.walkthroughs.into_iter().map(|one| (one.id.0, one.action)).collect()
}

fn expected(one: PullAction, two: PullAction) -> Vec<(String, PullAction)> {
    vec![("wt_1".to_owned(), one), ("wt_2".to_owned(), two)]
}

#[tokio::test]
async fn everything_of_the_organization_comes_with_its_ids() {
    let database = database();
    let (app, _folder) = app(&database).await;
    assert_eq!(pull_all(&app).await, expected(PullAction::Added, PullAction::Added));
    let one = draft(&app, "wt_1").await;
    let steps: Vec<(&str, i32)> = one.steps.iter().map(|step| (step.id.as_str(), step.display_order)).collect();
    assert_eq!(steps, [("wts_a", 0), ("wts_b", 5)]);
    assert_eq!((one.assignments[0].server.as_str(), one.assignments[0].display_order), ("docs", 4));
    assert!(one.metadata.expect("kept").as_str().contains("12345678901234567890"));
    assert_eq!(draft(&app, "wt_2").await.status, WalkthroughStatus::Draft);
    assert_eq!(pull_all(&app).await, expected(PullAction::Unchanged, PullAction::Unchanged));
}

#[tokio::test]
async fn news_replace_a_draft_without_edits_and_never_one_with_edits() {
    let database = database();
    let (app, _folder) = app(&database).await;
    pull_all(&app).await;
    edit(&app, &"wt_2".into(), rename("My two")).await;
    database.run(
        "UPDATE walkthrough_steps SET title = 'New' WHERE id = 'wts_a'; UPDATE walkthroughs SET title = title || '!'",
    );
    let pulled = pull(&app).await.walkthroughs;
    let actions: Vec<PullAction> = pulled.iter().map(|one| one.action).collect();
    assert_eq!(actions, [PullAction::Updated, PullAction::Conflict]);
    assert!(pulled[1].error.as_ref().is_some_and(|error| error.code == Code::Conflict && error.hint.is_some()));
    assert_eq!(draft(&app, "wt_1").await.steps[0].title, "New");
    assert_eq!(draft(&app, "wt_2").await.title, "My two");
}

#[tokio::test]
async fn edits_stay_while_production_has_nothing_new() {
    let database = database();
    let (app, _folder) = app(&database).await;
    pull_all(&app).await;
    edit(&app, &"wt_1".into(), rename("Mine")).await;
    assert_eq!(pull_all(&app).await, expected(PullAction::Unchanged, PullAction::Unchanged));
    assert_eq!(draft(&app, "wt_1").await.title, "Mine");
}

#[tokio::test]
async fn a_pulled_walkthrough_can_be_edited_and_published_without_a_conflict() {
    let database = database();
    let (app, _folder) = app(&database).await;
    pull_all(&app).await;
    edit(&app, &"wt_1".into(), rename("Mine")).await;
    let plan = PlanPublish {
        ids: vec!["wt_1".into()],
        connection: con_test(),
        version: Default::default(),
        intent: Default::default(),
    };
    let input = RunPublish { plan, digest: None, is_confirmed: true };
    let outcomes = publish::run(&app, &input, &CancellationToken::new(), &|_| {}).await.expect("it runs");
    assert!(outcomes[0].published.is_some(), "{:?}", outcomes[0].error);
    let stored = database
        .run("SELECT title, metadata -> 'n', metadata -> 'waymark' -> 'revision' FROM walkthroughs WHERE id = 'wt_1'");
    assert_eq!(stored, "Mine|12345678901234567890|1");
    assert_eq!(database.run("SELECT content_fields -> 'blocks' FROM walkthrough_steps WHERE id = 'wts_a'"), "[1.0]");
}

#[tokio::test]
async fn an_id_of_another_organization_is_not_found() {
    let database = database();
    let (app, _folder) = app(&database).await;
    let input = Pull { ids: Some(vec!["wt_1".into(), "wt_other".into()]), connection: con_test() };
    let held = Held::now(&app, &database);
    let error = run(&app, &input, &CancellationToken::new()).await.expect_err("not ours");
    assert!(error.code == Code::NotFound && error.message.contains("wt_other"), "{error}");
    held.is_still_there_after("an id of another organization");
}

#[tokio::test]
async fn a_draft_in_the_trash_comes_back_with_news() {
    let database = database();
    let (app, _folder) = app(&database).await;
    pull_all(&app).await;
    drafts::trash(&app.library, &["wt_1".into()], "test").await.expect("trashed");
    database.run("UPDATE walkthroughs SET title = 'News' WHERE id = 'wt_1'");
    assert_eq!(pull_all(&app).await, expected(PullAction::Updated, PullAction::Unchanged));
    let open = drafts::open(&app.library, &"wt_1".into()).await.expect("there").draft;
    assert_eq!((open.trashed_at, open.walkthrough.title.as_str()), (None, "News"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_stops_a_pull_keeps_what_came_and_hears_how_much_is_left() {
    let database = shared().database().with_example();
    database.run(
        "INSERT INTO walkthroughs (id, organization_id, title)
         SELECT 'wt_' || n, 'org_example', 'Title ' || n FROM generate_series(1, 200) n",
    );
    let (app, _folder) = app(&database).await;
    let everything = Pull { ids: None, connection: con_test() };
    let stop = CancellationToken::new();
    let mut heard = changes::watch(&app.library);
    let stopping = tokio::spawn({
        let stop = stop.clone();
        async move {
            heard.recv().await.expect("something came");
            stop.cancel();
        }
    });
    let pulled = run(&app, &everything, &stop).await.expect("some came");
    stopping.await.expect("it stopped");
    let drafts = drafts::list(&app.library, &drafts::ListDrafts::default()).await.expect("listed");
    assert_eq!(drafts.len(), pulled.walkthroughs.len());
    assert!(pulled.left > 0 && pulled.walkthroughs.len() + pulled.left as usize == 200, "{}", pulled.left);
    let nothing = run(&app, &everything, &stop).await.expect_err("stopped before it began");
    assert_eq!(nothing.code, Code::Cancelled);
    assert_eq!(pull(&app).await.walkthroughs.len(), 200);
}
