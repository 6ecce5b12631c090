//! Releases and their items, over a real file.

use waymark_core::release::ItemState;

use super::*;
use crate::{
    connections::tests::connection,
    testing::{library, walkthrough},
};

async fn filled() -> (Library, tempfile::TempDir) {
    let (library, dir) = library().await;
    connections::save(&library, connection("con_1", "One"), "test").await.expect("a connection");
    for id in ["wt_1", "wt_2"] {
        drafts::insert(&library, walkthrough(id, id, Vec::new()), "test").await.expect("inserted");
    }
    (library, dir)
}

fn wanted(name: &str, ids: &[&str]) -> CreateRelease {
    CreateRelease {
        name: name.to_owned(),
        walkthroughs: ids.iter().map(|id| WalkthroughId::from(*id)).collect(),
        connection: "con_1".into(),
        as_draft: false,
        overwrite: false,
    }
}

fn states(release: &Release) -> Vec<ItemState> {
    release.items.iter().map(|item| item.state).collect()
}

#[tokio::test]
async fn a_release_remembers_how_far_each_item_is() {
    let (library, _dir) = filled().await;
    let release = create(&library, wanted(" Autumn ", &["wt_2", "wt_1", "wt_2"]), "test").await.expect("made");
    assert_eq!((release.name.as_str(), release.items.len(), release.begun_at), ("Autumn", 2, None));
    begin(&library, &release.id, &release.to_do(), "test").await.expect("begun");
    let now = find(&library, "Autumn").await.expect("by name");
    assert_eq!(states(&now), [ItemState::Sent, ItemState::Sent]);
    assert!(now.begun_at.is_some());
    let failed = Error::new(Code::Refused, "Something is in the way.").with_hint("Fix it.");
    let outcomes = [ItemOutcome::done("wt_2".into(), 3), ItemOutcome::not_done("wt_1".into(), &failed)];
    note(&library, &release.id, &outcomes, "test").await.expect("noted");
    let now = find(&library, release.id.as_str()).await.expect("by id");
    assert_eq!(states(&now), [ItemState::Done, ItemState::Failed]);
    assert_eq!((now.done(), now.to_do(), now.finished_at), (1, vec!["wt_1".into()], None));
    assert_eq!(now.items[1].problem.as_ref().map(|problem| problem.message.as_str()), Some("Something is in the way."));
    note(&library, &release.id, &[ItemOutcome::done("wt_1".into(), 1)], "test").await.expect("noted");
    let now = find(&library, "Autumn").await.expect("by name");
    assert!(now.finished_at.is_some() && now.items[1].problem.is_none());
    remove(&library, &release.id, "test").await.expect("removed");
    assert_eq!(list(&library).await.expect("listed"), []);
}

#[tokio::test]
async fn what_is_wrong_with_a_release_is_said_and_nothing_is_kept() {
    let (library, _dir) = filled().await;
    create(&library, wanted("Taken", &["wt_1"]), "test").await.expect("made");
    let nowhere = CreateRelease { connection: "con_none".into(), ..wanted("New", &["wt_1"]) };
    for (input, code, field) in [
        (wanted(" ", &["wt_1"]), Code::InvalidInput, Some("name")),
        (wanted(&"n".repeat(81), &["wt_1"]), Code::InvalidInput, Some("name")),
        (wanted("Taken", &["wt_1"]), Code::InvalidInput, Some("name")),
        (wanted("New", &[]), Code::InvalidInput, Some("walkthroughs")),
        (wanted("New", &["wt_gone"]), Code::NotFound, None),
        (nowhere, Code::NotFound, None),
    ] {
        let error = create(&library, input, "test").await.expect_err("refused");
        assert_eq!((error.code, error.field.as_deref()), (code, field), "{error:?}");
    }
    assert_eq!(list(&library).await.expect("listed").len(), 1);
}
