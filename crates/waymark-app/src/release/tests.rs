//! Releases that are interrupted, against a real Postgres.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use tokio::sync::Notify;
use waymark_core::walkthrough::Walkthrough;
use waymark_library::{publish as attempts, release::CreateRelease, sync};
use waymark_platform::publish::{self as remote, Change};
use waymark_testkit::postgres::{Database, shared};

use super::*;
use crate::testing::{app, con_test, draft, edit, rename, walkthrough};

const COUNT: usize = 64;

async fn filled(database: &Database<'_>) -> (App, tempfile::TempDir, Release) {
    let (app, folder) = app(database).await;
    let ids: Vec<String> = (0..COUNT).map(|number| format!("wt_{number:02}")).collect();
    for id in &ids {
        drafts::insert(&app.library, walkthrough(id, &[&format!("wts_{id}")]), "test").await.expect("inserted");
    }
    let input = CreateRelease {
        name: "Autumn".to_owned(),
        walkthroughs: ids.iter().map(|id| id.as_str().into()).collect(),
        connection: con_test(),
        as_draft: false,
        overwrite: false,
    };
    let release = releases::create(&app.library, input, "test").await.expect("made");
    (app, folder, release)
}

fn go_on(release: &Release) -> RunRelease {
    RunRelease { release: release.id.clone(), digest: None, is_confirmed: false, take_current: false }
}

async fn run_all(app: &App, release: &Release) -> Release {
    run(app, &go_on(release), &CancellationToken::new(), &|_| {}).await.expect("it runs")
}

fn states(release: &Release) -> Vec<ItemState> {
    release.items.iter().map(|item| item.state).collect()
}

/// Each walkthrough has been published once, and never a second time.
const ONCE: &str = "SELECT count(*), min((metadata #>> '{waymark,revision}')::int), \
    max((metadata #>> '{waymark,revision}')::int) FROM walkthroughs";

#[tokio::test]
async fn a_release_that_ends_between_its_items_goes_on_where_it_stopped() {
    let database = shared().database().with_example();
    let (app, _folder, release) = filled(&database).await;
    // Whoever is killed goes without a word: the work is dropped at whatever it waits for.
    let (heard, done) = (Arc::new(Notify::new()), AtomicU32::new(0));
    let bell = Arc::clone(&heard);
    let progress = |_: Step<'_>| {
        if done.fetch_add(1, Ordering::SeqCst) == 2 {
            bell.notify_one();
        }
    };
    let (input, never) = (go_on(&release), CancellationToken::new());
    tokio::select! {
        biased;
        () = heard.notified() => {}
        ended = run(&app, &input, &never, &progress) => { ended.expect("it ran through before it could be dropped"); }
    }
    let left = releases::find(&app.library, "Autumn").await.expect("there");
    assert!(left.begun_at.is_some());
    let resumed = run_all(&app, &release).await;
    assert_eq!(states(&resumed), [ItemState::Done; COUNT]);
    assert!(resumed.finished_at.is_some());
    assert_eq!(database.run(ONCE), format!("{COUNT}|1|1"), "nothing was published twice");
    assert_eq!(run_all(&app, &release).await, resumed, "and there is nothing left to do");
}

#[tokio::test]
async fn an_item_whose_outcome_nobody_heard_is_settled_by_asking_production() {
    let database = shared().database().with_example();
    let (app, _folder, release) = filled(&database).await;
    let ids = release.to_do();
    // What is left by a process that was killed between COMMIT and the answer to the first, and before the second began.
    releases::begin(&app.library, &release.id, &ids[..2], "test").await.expect("begun");
    let mine: Vec<Walkthrough> = vec![draft(&app, "wt_00").await, draft(&app, "wt_01").await];
    let targets: Vec<Walkthrough> = mine.iter().map(|mine| plan::target(mine, None, Intent::default(), 1)).collect();
    attempts::note_attempts(&app.library, &con_test(), &Version::Draft, &targets).await.expect("noted");
    let connection = connections::find(&app.library, "con_test").await.expect("saved");
    let platform = crate::connections::open(&app, &connection).await.expect("open");
    let change = Change { target: &targets[0], seen: None, now: (app.env.now)(), wordings: &Default::default() };
    remote::apply(&platform, change).await.expect("it arrived");
    edit(&app, &"wt_00".into(), rename("Edited since")).await;

    let rest = plan_rest(&app, &release.id, &CancellationToken::new()).await.expect("planned");
    assert_eq!(states(&rest.release)[..3], [ItemState::Done, ItemState::Open, ItemState::Open]);
    assert_eq!(rest.release.items[0].revision, Some(1));
    assert_eq!(rest.changed, [], "what is done is done, whatever the draft became");
    assert_eq!(rest.plan.expect("something is left").walkthroughs.len(), COUNT - 1);
    let base = sync::base(&app.library, &"wt_00".into(), "con_test").await.expect("read").expect("settled");
    assert_eq!(base.walkthrough.title, "Title of wt_00");
    assert_eq!(states(&run_all(&app, &release).await), [ItemState::Done; COUNT]);
    assert_eq!(database.run(ONCE), format!("{COUNT}|1|1"));
}

#[tokio::test]
async fn stopping_leaves_the_rest_open_and_one_that_cannot_go_keeps_none_of_the_others_out() {
    let database = shared().database().with_example();
    let (app, _folder, release) = filled(&database).await;
    database
        .run("INSERT INTO walkthroughs (id, organization_id, title) VALUES ('wt_x', 'org_example', 'Title of wt_03')");
    let cancel = CancellationToken::new();
    let progress = |step: Step<'_>| {
        if step.done == 1 {
            cancel.cancel();
        }
    };
    let stopped = run(&app, &go_on(&release), &cancel, &progress).await.expect("it stops");
    assert!(stopped.done() < COUNT, "some are left");
    let rest = run_all(&app, &release).await;
    assert_eq!((rest.done(), rest.items[3].state, rest.finished_at), (COUNT - 1, ItemState::Failed, None));
    assert!(rest.items[3].problem.as_ref().is_some_and(|problem| problem.message.contains("Title of wt_03")));
    database.run("DELETE FROM walkthroughs WHERE id = 'wt_x'");
    assert_eq!(run_all(&app, &release).await.done(), COUNT);
}

#[tokio::test]
async fn a_draft_that_changed_since_is_left_until_it_is_taken_as_it_is() {
    let database = shared().database().with_example();
    let (app, _folder, release) = filled(&database).await;
    edit(&app, &"wt_05".into(), rename("Later")).await;
    let ran = run_all(&app, &release).await;
    assert_eq!((ran.done(), ran.items[5].state), (COUNT - 1, ItemState::Failed));
    assert_eq!(ran.items[5].problem.as_ref().map(|problem| problem.code), Some(Code::Conflict));
    assert_eq!(database.run("SELECT count(*) FROM walkthroughs WHERE id = 'wt_05'"), "0");
    let taken = RunRelease { take_current: true, ..go_on(&release) };
    let ran = run(&app, &taken, &CancellationToken::new(), &|_| {}).await.expect("it runs");
    assert_eq!(ran.done(), COUNT);
    assert_eq!(database.run("SELECT title FROM walkthroughs WHERE id = 'wt_05'"), "Later");
}

#[tokio::test]
async fn a_plan_that_is_out_of_date_leaves_everything_open() {
    let database = shared().database().with_example();
    let (app, _folder, release) = filled(&database).await;
    let old = RunRelease { digest: Some("of another plan".to_owned()), ..go_on(&release) };
    let error = run(&app, &old, &CancellationToken::new(), &|_| {}).await.expect_err("refused");
    assert_eq!(error.code, Code::Conflict);
    let now = releases::find(&app.library, "Autumn").await.expect("there");
    assert_eq!(states(&now), [ItemState::Open; COUNT]);
    assert_eq!(database.run("SELECT count(*) FROM walkthroughs"), "0");
}
