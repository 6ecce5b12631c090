//! Conversations over a real file.

use waymark_core::{conversation::script::Move, edit::Edit, error::Code, learner::call::Profile, render};

use super::*;
use crate::testing::{apply, assignment, library, set_text, step, walkthrough};

fn script(scenario: Scenario) -> Script {
    Script { scenario, profile: Profile::Current, moves: vec![Move::Next, Move::Repeat] }
}

fn saving(name: &str) -> SaveConversation {
    SaveConversation { walkthrough: "wt_1".into(), name: name.to_owned(), script: script(Scenario::FirstVisit) }
}

async fn with_tour() -> (Library, tempfile::TempDir) {
    let (library, dir) = library().await;
    let steps = vec![step("a", 1, "First"), step("b", 2, "Second"), step("c", 3, "Third")];
    drafts::insert(&library, walkthrough("wt_1", "Tour", steps), "test").await.expect("inserted");
    (library, dir)
}

#[tokio::test]
async fn a_conversation_is_kept_listed_replaced_and_removed() {
    let (library, _dir) = with_tour().await;
    let kept = save(&library, saving(" Before the review "), "test").await.expect("kept");
    assert_eq!((kept.name.as_str(), kept.turns, kept.is_current), ("Before the review", 3, true));
    let listed = list(&library, &"wt_1".into()).await.expect("a list");
    assert_eq!(listed, std::slice::from_ref(&kept));
    let read = read(&library, &kept.id).await.expect("read");
    assert!(render::text(&read.turns[1].segments).contains("Second"));

    let again = SaveConversation { script: script(Scenario::LastStep), ..saving("Before the review") };
    let again = save(&library, again, "test").await.expect("replaced");
    assert_eq!((again.id.clone(), again.turns), (kept.id.clone(), 5));
    assert_eq!(list(&library, &"wt_1".into()).await.expect("a list"), [again]);

    remove(&library, &kept.id, "test").await.expect("removed");
    assert!(list(&library, &"wt_1".into()).await.expect("a list").is_empty());
    for error in [
        remove(&library, &kept.id, "test").await.expect_err("gone"),
        replay(&library, &kept.id).await.expect_err("gone"),
        list(&library, &"wt_none".into()).await.expect_err("no draft"),
    ] {
        assert_eq!(error.code, Code::NotFound);
    }
    let error = save(&library, saving(" "), "test").await.expect_err("no name");
    assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some("name")));
}

#[tokio::test]
async fn a_replay_finds_the_turns_that_an_edit_has_changed_and_no_others() {
    let (library, _dir) = with_tour().await;
    let kept = save(&library, saving("Kept"), "test").await.expect("kept");
    assert!(replay(&library, &kept.id).await.expect("replayed").differences.is_empty());
    apply(&library, &"wt_1".into(), set_text(&"b".into(), "Second, and better")).await.expect("edited");
    let replayed = replay(&library, &kept.id).await.expect("replayed");
    assert!(!replayed.kept.is_current);
    let turns: Vec<_> = replayed.differences.iter().map(|turn| (turn.before, turn.after)).collect();
    assert_eq!(turns, [(Some(2), Some(2)), (Some(3), Some(3))], "the step, and the repeated call for it");
    assert!(replayed.differences[0].lines.iter().any(|line| line.text == "Second, and better"));
}

#[tokio::test]
async fn kept_conversations_go_with_their_walkthrough_and_stay_in_the_trash() {
    let (library, _dir) = with_tour().await;
    save(&library, saving("Kept"), "test").await.expect("kept");
    drafts::trash(&library, &["wt_1".into()], "test").await.expect("in the trash");
    assert_eq!(list(&library, &"wt_1".into()).await.expect("a list").len(), 1);
    drafts::trash::empty(&library, Millis(i64::MAX), "test").await.expect("emptied");
    let rows = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM conversations").fetch_one(library.readers());
    assert_eq!(rows.await.expect("a count"), 0);
}

#[tokio::test]
async fn several_walkthroughs_are_those_of_the_same_server_else_all() {
    let (library, _dir) = with_tour().await;
    for (id, title) in [("wt_2", "Second"), ("wt_3", "Third")] {
        drafts::insert(&library, walkthrough(id, title, Vec::new()), "test").await.expect("inserted");
    }
    let ids = async |scenario| {
        let cast = cast(&library, &"wt_1".into(), scenario).await.expect("a cast");
        cast.into_iter().map(|one| one.id.0).collect::<Vec<_>>()
    };
    assert_eq!(ids(Scenario::FirstVisit).await, ["wt_1"]);
    assert_eq!(ids(Scenario::Several).await, ["wt_1", "wt_3", "wt_2"]);
    for id in ["wt_1", "wt_2"] {
        let edit = Edit::Assign { assignment: assignment(&format!("msw_{id}"), "docs") };
        apply(&library, &id.into(), edit).await.expect("assigned");
    }
    assert_eq!(ids(Scenario::Several).await, ["wt_1", "wt_2"]);
}

#[tokio::test]
async fn what_a_newer_waymark_kept_is_left_out_and_stays() {
    let (library, _dir) = with_tour().await;
    let kept = save(&library, saving("Kept"), "test").await.expect("kept");
    let newer = sqlx::query("UPDATE conversations SET script = '{\"scenario\":\"later\"}'");
    newer.execute(library.writer().await.expect("a writer")).await.expect("changed");
    assert!(list(&library, &"wt_1".into()).await.expect("a list").is_empty());
    assert_eq!(read(&library, &kept.id).await.expect_err("unreadable").code, Code::InvalidInput);
}
