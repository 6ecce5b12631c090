//! What is read without being led through it, on both stores, and what is told of changes to drafts.

use waymark_core::{
    edit::Edit,
    json::FreeJson,
    learner::call::Profile,
    progress::Progress,
    render::{self, Template},
    walkthrough::{Walkthrough, WalkthroughStatus},
};
use waymark_library::{
    Library, drafts,
    edits::{self, ApplyEdit},
};

use super::{
    Learners,
    stage::{SERVER, Stage, next, session, start, walkthrough},
    watching::{Notice, Watching},
};

async fn both() -> [Stage; 2] {
    [Stage::preview().await, Stage::live().await]
}

#[tokio::test]
async fn a_step_is_read_as_render_prints_it_and_nothing_is_written() {
    for stage in both().await {
        let authored = walkthrough("wt_1", &["a", "b", "c"]);
        stage.put(&authored).await;
        let learners = stage.learners();
        for (index, step) in authored.steps.iter().enumerate() {
            let expected = render::render_text(Template::current(), &authored, index, Progress::before(index, 3));
            let text = learners.step_text(Some(SERVER), &authored.id, &step.id, Profile::Current).await.expect("read");
            assert_eq!(text, Some(expected.expect("renders")));
        }
        let offered = learners.offered(Some(SERVER), &authored.id).await.expect("read").expect("shown");
        assert_eq!(offered.steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        for table in ["mcp_tool_calls", "mcp_server_session", "mcp_server_user", "walkthrough_progress"] {
            assert_eq!(stage.value(&format!("SELECT count(*) FROM {table}")).await, "0", "{table}");
        }
        // A learner in the middle stays there.
        stage.play(&session("one"), &[(start(None), "a"), (next(None), "b")]).await;
        learners.step_text(Some(SERVER), &"wt_1".into(), &"a".into(), Profile::Current).await.expect("read");
        stage.play(&session("one"), &[(next(None), "c")]).await;
    }
}

#[tokio::test]
async fn only_what_the_server_shows_is_read() {
    for stage in both().await {
        let hidden = |id: &str| {
            let mut hidden = walkthrough(id, &["x"]);
            hidden.steps[0].id = format!("{id}-x").into();
            hidden
        };
        stage.put(&walkthrough("wt_1", &["a"])).await;
        stage.put(&Walkthrough { status: WalkthroughStatus::Draft, ..hidden("wt_2") }).await;
        let mut disabled = hidden("wt_3");
        disabled.assignments[0].is_enabled = false;
        stage.put(&disabled).await;
        let learners = stage.learners();
        let offers = learners.offers(Some(SERVER)).await.expect("read");
        assert_eq!(offers.iter().map(|offer| offer.id.as_str()).collect::<Vec<_>>(), ["wt_1"]);
        for (walkthrough, step) in [
            ("wt_2", "wt_2-x"),
            ("wt_3", "wt_3-x"),
            ("wt_1", "wt_2-x"),
            ("wt_1", "none"),
            ("none", "a"),
            ("Walkthrough wt_1", "a"),
        ] {
            let text = learners.step_text(Some(SERVER), &walkthrough.into(), &step.into(), Profile::Current).await;
            assert_eq!(text.expect("read"), None, "{walkthrough} {step}");
        }
    }
}

#[tokio::test]
async fn in_linked_order_the_steps_are_read_as_the_learner_meets_them() {
    for stage in both().await {
        let mut linked = walkthrough("wt_1", &["a", "b", "c"]);
        linked.metadata = Some(FreeJson::parse(r#"{"waymark":{"order":"linked"}}"#).expect("valid"));
        // The link can only be stored once its step is there.
        stage.put(&linked).await;
        linked.steps[0].next_step_id = Some("c".into());
        stage.put(&linked).await;
        if let Stage::Live(database, _) = &stage {
            database.run("UPDATE walkthrough_steps SET next_step_id = 'c' WHERE id = 'a'");
        }
        let offered = stage.learners().offered(Some(SERVER), &"wt_1".into()).await.expect("read").expect("shown");
        assert_eq!(offered.steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["a", "c", "b"]);
        let text = stage.learners().step_text(Some(SERVER), &"wt_1".into(), &"c".into(), Profile::Current).await;
        let led = session("one");
        stage.play(&led, &[(start(None), "a")]).await;
        assert_eq!(text.expect("read"), Some(stage.call(&led, &next(None)).await.text));
    }
}

async fn watching(stage: &Stage, server: Option<&str>) -> (Library, Watching) {
    let Learners::Preview(library, _) = stage.learners() else { panic!("drafts") };
    let listening = stage.learners().listen().expect("drafts tell of changes");
    (library, listening.watch(server).await.expect("watching"))
}

async fn edit(library: &Library, edit: Edit) {
    let edit = ApplyEdit { walkthrough: "wt_1".into(), edit, seen_version: None, origin: "test".to_owned() };
    edits::apply(library, edit).await.expect("applied");
}

/// What is told next, and about which.
async fn told(watching: &mut Watching) -> (String, bool, bool) {
    let (walkthrough, Notice { is_offer_other, is_list_other }) =
        watching.next().await.expect("noticed").expect("something is told");
    (walkthrough.expect("one").0, is_offer_other, is_list_other)
}

#[tokio::test]
async fn each_write_to_a_draft_is_told_once_with_what_it_makes_other() {
    let stage = Stage::preview().await;
    stage.put(&walkthrough("wt_1", &["a", "b"])).await;
    let (library, mut watching) = watching(&stage, None).await;
    let text = Some("Another text.".to_owned());
    let field = waymark_core::content::Field::ContentForUser;
    edit(&library, Edit::SetField { step: "a".into(), field, text }).await;
    assert_eq!(told(&mut watching).await, ("wt_1".to_owned(), false, false), "a text");
    edit(&library, Edit::RenameStep { step: "a".into(), title: "Other".to_owned() }).await;
    assert_eq!(told(&mut watching).await, ("wt_1".to_owned(), false, true), "a step's title");
    edit(&library, Edit::SetTitle { title: "Other".to_owned() }).await;
    assert_eq!(told(&mut watching).await, ("wt_1".to_owned(), true, true), "the title");
    stage.put(&walkthrough("wt_2", &["x"])).await;
    assert_eq!(told(&mut watching).await, ("wt_2".to_owned(), true, true), "a new one");
    // What an agent does is no change of what is shown.
    stage.play(&session("one"), &[(start(Some("wt_2")), "x")]).await;
    drafts::trash(&library, &["wt_2".into()], "test").await.expect("trashed");
    assert_eq!(told(&mut watching).await, ("wt_2".to_owned(), true, true), "one that is gone");
}

#[tokio::test]
async fn what_a_server_does_not_show_is_not_told() {
    let stage = Stage::preview().await;
    let mut draft = walkthrough("wt_1", &["a"]);
    draft.status = WalkthroughStatus::Draft;
    stage.put(&draft).await;
    stage.put(&walkthrough("wt_2", &["x"])).await;
    let (library, mut watching) = watching(&stage, Some(SERVER)).await;
    edit(&library, Edit::SetTitle { title: "Unseen".to_owned() }).await;
    edit(&library, Edit::SetStatus { status: WalkthroughStatus::Published }).await;
    assert_eq!(told(&mut watching).await, ("wt_1".to_owned(), true, true));
    assert!(Stage::live().await.learners().listen().is_none(), "production tells nobody");
}
