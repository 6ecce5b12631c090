//! Two writers over one Postgres.

use tokio_util::sync::CancellationToken;
use waymark_core::{content::Field, merge::Take, publish::Action};
use waymark_library::{
    drafts::OpenDraft,
    edits,
    revisions::{self, Reason},
    sync,
};
use waymark_testkit::postgres::{Database, shared};

use super::*;
use crate::{
    publish::{self, PlanPublish, RunPublish},
    pull::{self, Pull, PullAction},
    testing::{app, con_test, draft, edit, rename, walkthrough},
};

fn wt() -> WalkthroughId {
    "wt_1".into()
}

fn to_publish() -> PlanPublish {
    PlanPublish { ids: vec![wt()], connection: con_test(), intent: Intent::default() }
}

fn input() -> LookMerge {
    LookMerge { walkthrough: wt(), connection: con_test() }
}

fn write(field: Field, text: &str) -> Edit {
    Edit::SetField { step: "wts_a".into(), field, text: Some(text.to_owned()) }
}

/// Publishes what is planned, which is a plain update: no conflict and no question.
async fn publish(app: &App) {
    let plan = publish::plan(app, &to_publish()).await.expect("a plan").walkthroughs.remove(0);
    assert!(matches!(plan.action, Action::Create | Action::Update), "{:?}: {:?}", plan.action, plan.problems);
    let run = RunPublish { plan: to_publish(), digest: None, is_confirmed: false };
    let outcomes = publish::run(app, &run, &CancellationToken::new(), &|_| {}).await.expect("it runs");
    assert!(outcomes[0].published.is_some(), "{:?}", outcomes[0].error);
}

async fn pull(app: &App) -> PullAction {
    let pulled = pull::run(app, &Pull { ids: None, connection: con_test() }).await.expect("pulled");
    assert_eq!(pulled[0].error.is_some(), !pulled[0].conflicts.is_empty());
    pulled[0].action
}

async fn open(app: &App) -> OpenDraft {
    drafts::open(&app.library, &wt()).await.expect("a draft")
}

fn text(walkthrough: &Walkthrough, field: Field) -> &str {
    walkthrough.steps[0].content_fields.text(field).unwrap_or_default()
}

/// Two writers whose drafts both are in sync with production.
async fn two(database: &Database<'_>) -> [(App, tempfile::TempDir); 2] {
    let (first, second) = (app(database).await, app(database).await);
    drafts::insert(&first.0.library, walkthrough("wt_1", &["wts_a", "wts_b"]), "test").await.expect("inserted");
    publish(&first.0).await;
    pull(&second.0).await;
    [first, second]
}

/// Two writers who both wrote in the same text: the second one's is in production.
async fn in_conflict(database: &Database<'_>) -> [(App, tempfile::TempDir); 2] {
    let writers = two(database).await;
    let [(mine, _), (other, _)] = &writers;
    edit(other, &wt(), write(Field::ContentForUser, "Theirs.")).await;
    edit(other, &wt(), Edit::RenameStep { step: "wts_b".into(), title: "Their B".into() }).await;
    publish(other).await;
    edit(mine, &wt(), write(Field::ContentForUser, "Mine.")).await;
    writers
}

#[tokio::test]
async fn two_writers_at_different_fields_of_one_step_never_conflict() {
    let database = shared().database().with_example();
    let [(mine, _mine), (other, _other)] = two(&database).await;
    for round in 0..3 {
        edit(&other, &wt(), write(Field::OperationsForAgent, &format!("Run {round}."))).await;
        publish(&other).await;
        edit(&mine, &wt(), write(Field::ContentForUser, &format!("Say {round}."))).await;
        assert_eq!(pull(&mine).await, PullAction::Merged);
        publish(&mine).await;
        edit(&other, &wt(), rename(&format!("Title {round}"))).await;
        assert_eq!(pull(&other).await, PullAction::Merged);
        publish(&other).await;
        assert_eq!(pull(&mine).await, PullAction::Updated);
        let all = [draft(&mine, "wt_1").await, draft(&other, "wt_1").await];
        for one in all {
            assert_eq!(text(&one, Field::OperationsForAgent), format!("Run {round}."));
            assert_eq!(text(&one, Field::ContentForUser), format!("Say {round}."));
            assert_eq!(one.title, format!("Title {round}"));
        }
    }
}

#[tokio::test]
async fn a_conflict_is_answered_and_published_and_production_s_version_is_in_the_history() {
    let database = shared().database().with_example();
    let [(mine, _mine), _other] = in_conflict(&database).await;
    let before = draft(&mine, "wt_1").await;
    assert_eq!(pull(&mine).await, PullAction::Conflict);
    let view = look(&mine, &input()).await.expect("looked at");
    assert!(view.has_news);
    let [conflict] = view.conflicts.as_slice() else { panic!("{:?}", view.conflicts) };
    let sides = [&conflict.base, &conflict.mine, &conflict.theirs].map(|side| side.as_deref().unwrap_or_default());
    assert_eq!(sides, ["Say wts_a.", "Mine.", "Theirs."]);
    assert_eq!((view.incoming.steps.len(), view.incoming.steps[0].title.as_str()), (1, "Their B"));

    let take = |take: Take| TakeMerge {
        merge: input(),
        digest: view.digest.clone(),
        answers: vec![Answer { place: conflict.place.clone(), take }],
    };
    let applied = super::take(&mine, &take(Take::Text("Both.".into()))).await.expect("merged");
    assert_eq!(text(&applied.draft.walkthrough, Field::ContentForUser), "Both.");
    assert_eq!(applied.draft.walkthrough.steps[1].title, "Their B");
    let kept = revisions::list(&mine.library, &wt()).await.expect("listed");
    let find = |reason| kept.iter().find(|revision| revision.reason == reason).expect("it is there").id.clone();
    let theirs = revisions::read(&mine.library, &find(Reason::Pulled)).await.expect("read").walkthrough;
    assert_eq!(text(&theirs, Field::ContentForUser), "Theirs.");
    let ours = revisions::read(&mine.library, &find(Reason::BeforeMerge)).await.expect("read").walkthrough;
    assert_eq!(text(&ours, Field::ContentForUser), "Mine.");

    publish(&mine).await;
    assert!(database.run("SELECT content_fields FROM walkthrough_steps WHERE id = 'wts_a'").contains("Both."));
    let undone = edits::undo(&mine.library, &wt(), "test").await.expect("undone");
    let undone = undone.draft.walkthrough;
    assert_eq!((text(&undone, Field::ContentForUser), &undone.steps[1].title), ("Mine.", &before.steps[1].title));
}

#[tokio::test]
async fn nothing_is_written_while_a_conflict_is_open() {
    let database = shared().database().with_example();
    let [(mine, _mine), _other] = in_conflict(&database).await;
    let view = look(&mine, &input()).await.expect("looked at");
    let before = (open(&mine).await, revisions::list(&mine.library, &wt()).await.expect("listed"));
    let unanswered = TakeMerge { merge: input(), digest: view.digest, answers: Vec::new() };
    assert_eq!(take(&mine, &unanswered).await.expect_err("open").code, Code::Refused);
    let after = (open(&mine).await, revisions::list(&mine.library, &wt()).await.expect("listed"));
    assert_eq!((before.0.version, before.1), (after.0.version, after.1));
    let base = sync::base(&mine.library, &wt(), "con_test").await.expect("read").expect("a base");
    assert_eq!(base.revision, 1);
}

#[tokio::test]
async fn a_draft_or_a_production_that_changed_meanwhile_refuses_the_merge_and_loses_nothing() {
    let database = shared().database().with_example();
    let [(mine, _mine), _other] = in_conflict(&database).await;
    let answers_of = |view: &MergeView| -> Vec<Answer> {
        view.conflicts.iter().map(|one| Answer { place: one.place.clone(), take: Take::Theirs }).collect()
    };
    let view = look(&mine, &input()).await.expect("looked at");
    let seen = TakeMerge { merge: input(), answers: answers_of(&view), digest: view.digest };
    edit(&mine, &wt(), rename("Edited while the merge was open")).await;
    assert_eq!(take(&mine, &seen).await.expect_err("the draft changed").code, Code::Conflict);
    assert_eq!(draft(&mine, "wt_1").await.title, "Edited while the merge was open");

    let view = look(&mine, &input()).await.expect("looked at");
    let seen = TakeMerge { merge: input(), answers: answers_of(&view), digest: view.digest };
    database.run("UPDATE walkthrough_steps SET title = 'Later' WHERE id = 'wts_b'");
    assert_eq!(take(&mine, &seen).await.expect_err("production changed").code, Code::Conflict);

    let view = look(&mine, &input()).await.expect("looked at");
    let seen = TakeMerge { merge: input(), answers: answers_of(&view), digest: view.digest };
    let merged = take(&mine, &seen).await.expect("merged").draft.walkthrough;
    assert_eq!((merged.title.as_str(), merged.steps[1].title.as_str()), ("Edited while the merge was open", "Later"));
    assert_eq!(text(&merged, Field::ContentForUser), "Theirs.");
    publish(&mine).await;
}

#[tokio::test]
async fn a_draft_that_was_never_in_sync_is_asked_about_everything_that_differs() {
    let database = shared().database().with_example();
    let [_first, (other, _other)] = two(&database).await;
    let (mine, _mine) = app(&database).await;
    let own = Walkthrough { title: "My own".into(), ..walkthrough("wt_1", &["wts_a", "wts_c"]) };
    drafts::insert(&mine.library, own, "test").await.expect("inserted");
    edit(&other, &wt(), write(Field::ContentForUser, "Theirs.")).await;
    publish(&other).await;
    let view = look(&mine, &input()).await.expect("looked at");
    assert_eq!((view.last_sync, view.has_news), (None, true));
    let places: Vec<&str> = view.conflicts.iter().filter_map(|one| one.step_title.as_deref()).collect();
    assert_eq!(
        (view.conflicts.len(), places.as_slice()),
        (4, &["Title of wts_a", "Title of wts_b", "Title of wts_c"][..])
    );
    let answers = view.conflicts.iter().map(|one| Answer { place: one.place.clone(), take: Take::Mine }).collect();
    let taken = TakeMerge { merge: input(), digest: view.digest, answers };
    take(&mine, &taken).await.expect("merged");
    let now = draft(&mine, "wt_1").await;
    assert_eq!((now.title.as_str(), now.steps[1].id.as_str()), ("My own", "wts_c"));
    publish(&mine).await;
}

#[tokio::test]
async fn what_production_does_not_have_cannot_be_merged_and_what_it_has_unchanged_need_not() {
    let database = shared().database().with_example();
    let [(mine, _mine), _other] = two(&database).await;
    edit(&mine, &wt(), rename("Mine")).await;
    let view = look(&mine, &input()).await.expect("looked at");
    assert!(!view.has_news && view.conflicts.is_empty() && view.incoming.details.is_empty());
    database.run("UPDATE walkthroughs SET organization_id = 'org_other'");
    let error = look(&mine, &input()).await.expect_err("not ours");
    assert!(error.code == Code::NotFound && error.hint.is_some(), "{error}");
}
