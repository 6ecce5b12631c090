//! Wordings over a real file.

use waymark_core::{
    connection::Connection, content::Field, edit::Edit, error::Code, learner::call::Profile, progress::Progress, render,
};

use super::*;
use crate::{changes, testing::library};

fn save_of(name: &str, text: &str, was: Option<&str>) -> SaveWording {
    let wording = Wording { name: name.to_owned(), about: "Ours.".to_owned(), text: text.to_owned() };
    SaveWording { wording, was: was.map(str::to_owned) }
}

fn choose_of(connection: Option<&str>, kind: Option<WalkthroughType>, wording: Option<&str>) -> ChooseWording {
    ChooseWording { connection: connection.map(Into::into), kind, wording: wording.map(str::to_owned) }
}

fn connection(id: &str) -> Connection {
    let json = serde_json::json!({
        "id": id, "name": id, "host": "localhost", "port": 5432, "database": "d", "user": "u", "tls": "disable",
        "ca_file": null, "organization": "org", "is_production": false, "asks_before_publish": true,
        "asset_base_url": null, "is_pgbouncer": false, "requires_approval": false,
    });
    serde_json::from_value(json).expect("a connection")
}

fn text(wordings: &Wordings, kind: WalkthroughType) -> String {
    let sample = look::sample();
    let template = wordings.template(kind, Profile::Current);
    render::render_text(template, &sample, 0, Progress::of(0, 3)).expect("renders")
}

#[tokio::test]
async fn wordings_are_kept_changed_renamed_removed_and_put_back() {
    let (library, _dir) = library().await;
    save(&library, save_of("Ours", "1 {{ step.title }}", None), "test").await.expect("a new one");
    choose(&library, choose_of(None, Some(WalkthroughType::Course), Some("Ours")), "test").await.expect("chosen");
    let names = async || list(&library).await.expect("a list").into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(names().await, ["default", "compact", "detailed", "xml", "markdown", "Ours"]);

    save(&library, save_of("Theirs", "2 {{ step.title }}", Some("Ours")), "test").await.expect("another name");
    assert_eq!(choices(&library).await.expect("read")[0].wording, "Theirs", "a choice follows the name");
    assert_eq!(find(&library, "XML").await.expect("it is there").name, "xml");
    assert!(find(&library, "theirs").await.is_err(), "own names are told apart by their letters");

    let removed = remove(&library, "Theirs", "test").await.expect("removed");
    assert_eq!(removed.choices.len(), 1);
    assert_eq!(choices(&library).await.expect("read"), []);
    assert_eq!(find(&library, "Theirs").await.expect_err("it is gone").code, Code::NotFound);
    restore(&library, removed.clone(), "test").await.expect("it is back");
    assert_eq!(choices(&library).await.expect("read"), removed.choices);
    assert_eq!(restore(&library, removed, "test").await.expect_err("it is there").field.as_deref(), Some("name"));

    let told = changes::since(&library, 0).await.expect("the changes");
    assert_eq!(told.iter().filter(|change| change.what == What::Wording).count(), 5);
}

#[tokio::test]
async fn what_cannot_be_kept_changes_nothing() {
    let (library, _dir) = library().await;
    save(&library, save_of("a", "1", None), "test").await.expect("the first");
    save(&library, save_of("b", "2", None), "test").await.expect("the second");
    for taken in [save_of("a", "3", None), save_of("a", "3", Some("b")), save_of("xml", "3", None)] {
        assert_eq!(save(&library, taken, "test").await.expect_err("taken").field.as_deref(), Some("name"));
    }
    let broken = save(&library, save_of("a", "{{ step.title", Some("a")), "test").await.expect_err("it is broken");
    assert_eq!(broken.field.as_deref(), Some("text"));
    assert!(broken.message.contains("line 1"), "{broken}");
    assert_eq!(save(&library, save_of("c", "3", Some("gone")), "test").await.expect_err("none").code, Code::NotFound);
    assert_eq!(remove(&library, "default", "test").await.expect_err("it stays").code, Code::Refused);
    for unknown in [choose_of(None, None, Some("gone")), choose_of(Some("con_gone"), None, Some("a"))] {
        assert_eq!(choose(&library, unknown, "test").await.expect_err("unknown").code, Code::NotFound);
    }
    assert_eq!(find(&library, "a").await.expect("it is there").text, "1");
    assert_eq!(choices(&library).await.expect("read"), []);
}

#[tokio::test]
async fn each_place_has_its_wording_and_a_removed_connection_takes_its_choices_along() {
    let (library, _dir) = library().await;
    connections::save(&library, connection("con_a"), "test").await.expect("saved");
    save(&library, save_of("Ours", "ours {{ step.title }}", None), "test").await.expect("kept");
    let course = Some(WalkthroughType::Course);
    choose(&library, choose_of(Some("con_a"), None, Some("Ours")), "test").await.expect("chosen");
    choose(&library, choose_of(None, course, Some("Compact")), "test").await.expect("chosen");
    let at_con = at(&library, Some(&"con_a".into())).await.expect("read");
    let of_drafts = at(&library, None).await.expect("read");
    assert_eq!(text(&at_con, WalkthroughType::Installer), "ours Install Acme");
    assert!(text(&at_con, WalkthroughType::Course).contains("step 1/3"), "a type beats a connection");
    assert_eq!(
        text(&of_drafts, WalkthroughType::Course),
        text(&Wordings::built_in("compact"), WalkthroughType::Course)
    );
    assert_eq!(text(&of_drafts, WalkthroughType::Installer), text(&Wordings::default(), WalkthroughType::Course));

    connections::save(&library, connection("con_a"), "test").await.expect("saved again");
    assert_eq!(choices(&library).await.expect("read").len(), 2, "saving a connection keeps its choices");
    connections::remove(&library, &"con_a".into(), "test").await.expect("removed");
    assert_eq!(choices(&library).await.expect("read").len(), 1);
    choose(&library, choose_of(None, course, None), "test").await.expect("taken back");
    assert_eq!(choices(&library).await.expect("read"), []);
}

#[tokio::test]
async fn a_wording_is_looked_at_on_a_draft_or_on_a_made_up_step() {
    let (library, _dir) = library().await;
    let look = |text: &str, walkthrough: Option<&str>, step: Option<&str>| {
        let text = text.to_owned();
        let (walkthrough, step) = (walkthrough.map(Into::into), step.map(Into::into));
        look_at(&library, LookAtWording { text, walkthrough, step })
    };
    let found = look("{{ step.title }}: {{ step.content_for_user }}", None, None).await.expect("looked at");
    assert!(render::text(&found.agent).starts_with("Start the first project: Let us"), "{found:?}");
    assert!(found.agent.iter().any(|segment| segment.field == Some(Field::ContentForUser)));

    let mut draft = look::sample();
    draft.id = "wt_1".into();
    drafts::insert(&library, draft, "test").await.expect("added");
    let found = look("{{ step.title }}{{ step }}", Some("wt_1"), Some("step_sample_3")).await.expect("looked at");
    assert!(render::text(&found.agent).starts_with("Look around"));
    for (walkthrough, step) in [("gone", None), ("wt_1", Some("gone"))] {
        assert_eq!(look("x", Some(walkthrough), step).await.expect_err("none").code, Code::NotFound);
    }
    for id in ["step_sample_1", "step_sample_2", "step_sample_3"] {
        let edit = Edit::RemoveStep { step: id.into() };
        let edit =
            crate::edits::ApplyEdit { walkthrough: "wt_1".into(), edit, seen_version: None, origin: "t".to_owned() };
        crate::edits::apply(&library, edit).await.expect("removed");
    }
    assert_eq!(look("x", Some("wt_1"), None).await.expect_err("no steps").code, Code::NotFound);
}
