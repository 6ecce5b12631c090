//! Snippets over a real file.

use waymark_core::error::Code;

use super::*;
use crate::{changes, testing::library};

fn save_of(name: &str, text: &str, was: Option<&str>) -> SaveSnippet {
    SaveSnippet { snippet: Snippet { name: name.to_owned(), text: text.to_owned() }, was: was.map(str::to_owned) }
}

#[tokio::test]
async fn snippets_are_kept_changed_renamed_and_removed() {
    let (library, _dir) = library().await;
    save(&library, save_of("retry", "Offer to try again.", None), "test").await.expect("a new one");
    save(&library, save_of("ask-first", "Ask first.\n", None), "test").await.expect("another");
    let names = async || list(&library).await.expect("a list").into_iter().map(|s| s.name).collect::<Vec<_>>();
    assert_eq!(names().await, ["ask-first", "retry"]);

    save(&library, save_of("retry", "Try again.", Some("retry")), "test").await.expect("another text");
    save(&library, save_of("again", "Try again.", Some("retry")), "test").await.expect("another name");
    assert_eq!(names().await, ["again", "ask-first"]);
    assert_eq!(remove(&library, "again", "test").await.expect("it is removed").text, "Try again.");
    assert_eq!(names().await, ["ask-first"]);
    let told = changes::since(&library, 0).await.expect("the changes");
    assert_eq!(told.iter().filter(|change| change.what == What::Snippet).count(), 5);
}

#[tokio::test]
async fn a_name_is_taken_once() {
    let (library, _dir) = library().await;
    save(&library, save_of("a", "1", None), "test").await.expect("the first");
    save(&library, save_of("b", "2", None), "test").await.expect("the second");
    for taken in [save_of("a", "3", None), save_of("a", "3", Some("b"))] {
        let error = save(&library, taken, "test").await.expect_err("it is taken");
        assert_eq!((error.code, error.field.as_deref()), (Code::InvalidInput, Some("name")));
    }
    let gone = save(&library, save_of("c", "3", Some("gone")), "test").await.expect_err("there is none");
    assert_eq!(gone.code, Code::NotFound);
    assert_eq!(remove(&library, "gone", "test").await.expect_err("there is none").code, Code::NotFound);
    assert_eq!(list(&library).await.expect("a list").len(), 2, "a refusal writes nothing");
}
