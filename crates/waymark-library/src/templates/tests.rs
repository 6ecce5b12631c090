//! Templates over a real file.

use waymark_core::{edit::Edit, error::Code, section, walkthrough::WalkthroughType};

use super::*;
use crate::testing::{apply, library};

fn from(template: &str, title: &str) -> FromTemplate {
    FromTemplate { template: template.to_owned(), title: title.to_owned() }
}

#[tokio::test]
async fn a_walkthrough_is_made_kept_and_made_again() {
    let (library, _dir) = library().await;
    let made = create(&library, from("Careful installation", "Install Acme"), "test").await.expect("it is made");
    let walkthrough = made.draft.walkthrough;
    assert_eq!((walkthrough.kind, walkthrough.title.as_str()), (WalkthroughType::Installer, "Install Acme"));
    assert_eq!(section::of(&walkthrough.steps[0]).as_deref(), Some("Prepare"));

    let rename = Edit::RenameStep { step: walkthrough.steps[0].id.clone(), title: "Look around".to_owned() };
    apply(&library, &walkthrough.id, rename).await.expect("it is renamed");
    let keep = SaveTemplate {
        walkthrough: walkthrough.id.clone(),
        name: " Ours ".to_owned(),
        about: "As we install.".to_owned(),
    };
    save(&library, keep.clone(), "test").await.expect("it is kept");
    save(&library, keep, "test").await.expect("it is replaced");
    let own: Vec<_> = list(&library).await.expect("a list").into_iter().filter(|template| template.is_own).collect();
    assert_eq!((own.len(), own[0].name.as_str(), own[0].steps), (1, "Ours", 5));

    let again = create(&library, from("Ours", "Install Beta"), "test").await.expect("it is made").draft.walkthrough;
    assert_eq!(again.steps[0].title, "Look around");
    assert!(again.steps.iter().all(|step| walkthrough.step(&step.id).is_none()), "its ids are its own");
    assert_eq!(again.steps[0].next_step_id.as_ref(), Some(&again.steps[1].id));

    remove(&library, "Ours", "test").await.expect("it is removed");
    assert_eq!(create(&library, from("Ours", "Third"), "test").await.expect_err("gone").code, Code::NotFound);
    assert_eq!(remove(&library, "Lessons", "test").await.expect_err("it stays").code, Code::InvalidInput);
}

#[tokio::test]
async fn a_taken_title_is_refused_and_nothing_is_made() {
    let (library, _dir) = library().await;
    create(&library, from("Lessons", "One"), "test").await.expect("it is made");
    let error = create(&library, from("Lessons", "One"), "test").await.expect_err("it is taken");
    assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some("title")));
}
