//! From one connection to the next.

use waymark_core::connection::Connection;

use super::*;

/// An app with `con_test` (where it is written for) and `con_next` (where it is promoted to).
async fn two_stages(first: &Database<'_>, next: &Database<'_>) -> (App, tempfile::TempDir) {
    let (app, folder) = app(first).await;
    let known = connections::find(&app.library, "con_test").await.expect("saved");
    let to = Connection { id: "con_next".into(), name: "Next".into(), database: next.name().to_owned(), ..known };
    connections::save(&app.library, to, "test").await.expect("saved");
    (app, folder)
}

async fn promote(app: &App, overwrite: bool) -> Result<Outcome> {
    let plan = PlanPublish {
        connection: "con_next".into(),
        version: Version::Connection(con_test()),
        ..input(&["wt_1"], Intent { overwrite, ..Intent::default() })
    };
    let all = RunPublish { plan, digest: None, is_confirmed: true };
    run(app, &all, &CancellationToken::new(), &|_| {}).await.map(|mut outcomes| outcomes.remove(0))
}

const TITLES: &str =
    "SELECT w.id, w.title, s.id FROM walkthroughs w JOIN walkthrough_steps s ON s.walkthrough_id = w.id";

#[tokio::test]
async fn what_one_connection_serves_goes_to_the_next_with_its_ids_and_not_the_draft() {
    let (first, next) = (database(), database());
    let (app, _folder) = two_stages(&first, &next).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    edit(&app, &"wt_1".into(), rename("Only in the draft")).await;
    let outcome = promote(&app, false).await.expect("it runs");
    assert_eq!(outcome.published.map(|published| published.revision), Some(1), "{:?}", outcome.error);
    assert_eq!(next.run(TITLES), first.run(TITLES));
    assert_eq!(next.run("SELECT organization_id FROM walkthroughs"), waymark_testkit::postgres::ORGANIZATION);
    assert_eq!(draft(&app, "wt_1").await.title, "Only in the draft");
    let records = attempts::history(&app.library, &"wt_1".into(), Some(&"con_next".into())).await.expect("read");
    assert_eq!(
        records.iter().map(|record| record.version.clone()).collect::<Vec<_>>(),
        [Version::Connection(con_test())]
    );
    let again = promote(&app, false).await.expect("it runs");
    assert_eq!(again.published.map(|published| published.revision), Some(0), "there is nothing to do");
    // The draft knows what went there, so it follows as an update.
    let plan_of = PlanPublish { connection: "con_next".into(), ..input(&["wt_1"], Intent::default()) };
    assert_eq!(actions(&planned(&app, &plan_of).await), [Action::Update]);
}

#[tokio::test]
async fn the_next_connection_that_changed_is_a_conflict_until_it_is_overwritten() {
    let (first, next) = (database(), database());
    let (app, _folder) = two_stages(&first, &next).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    promote(&app, false).await.expect("it runs");
    next.run("UPDATE walkthrough_steps SET title = 'Theirs'");
    edit(&app, &"wt_1".into(), rename("Second")).await;
    publish(&app, &["wt_1"], Intent::default()).await;
    let outcome = promote(&app, false).await.expect("it runs");
    assert_eq!(outcome.error.map(|error| error.code), Some(Code::Conflict));
    assert_eq!(next.run("SELECT title FROM walkthrough_steps"), "Theirs");
    promote(&app, true).await.expect("it runs");
    assert_eq!(next.run(TITLES), first.run(TITLES));
    let kept = revisions::list(&app.library, &"wt_1".into()).await.expect("listed");
    assert!(kept.iter().any(|revision| revision.reason == Reason::Overwritten), "theirs is kept");
}

#[tokio::test]
async fn what_the_draft_has_never_seen_is_not_written_over_by_a_later_publish_of_it() {
    let (first, next) = (database(), database());
    let (app, _folder) = two_stages(&first, &next).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    publish(&app, &["wt_1"], Intent::default()).await;
    first.run("UPDATE walkthrough_steps SET title = 'Somebody else wrote this'");
    promote(&app, false).await.expect("it runs");
    assert_eq!(next.run("SELECT title FROM walkthrough_steps"), "Somebody else wrote this");
    edit(&app, &"wt_1".into(), rename("Mine")).await;
    let plan_of = PlanPublish { connection: "con_next".into(), ..input(&["wt_1"], Intent::default()) };
    assert_eq!(actions(&planned(&app, &plan_of).await), [Action::Conflict]);
}

#[tokio::test]
async fn only_what_learners_get_is_promoted_and_never_to_itself() {
    let (first, next) = (database(), database());
    let (app, _folder) = two_stages(&first, &next).await;
    drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("inserted");
    assert_eq!(promote(&app, false).await.expect_err("not there").code, Code::NotFound);
    publish(&app, &["wt_1"], under(WalkthroughStatus::Draft)).await;
    assert_eq!(promote(&app, false).await.expect_err("hidden").code, Code::Refused);
    let plan_of = PlanPublish { version: Version::Connection(con_test()), ..input(&["wt_1"], Intent::default()) };
    let error = plan(&app, &plan_of, &CancellationToken::new()).await.expect_err("to itself");
    assert_eq!(error.code, Code::InvalidInput);
    assert_eq!(next.run("SELECT count(*) FROM walkthroughs"), "0");
}
