//! The first minute: an empty library, and what it offers.

use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene};

#[tokio::test]
async fn an_empty_library_offers_examples_and_opens_them() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let window = scene.open().await?;
    window.shows("Write what an agent will say and do").await?;
    scene.picture(&window, "library-empty").await?;
    window.press("Add the three examples").await?;
    window.shows("3 walkthroughs").await?;
    scene.picture(&window, "library-examples").await?;
    window.close().await?;
    let listed = scene.waymark_json(&["list"])?;
    assert_eq!(listed["walkthroughs"].as_array().map(Vec::len), Some(3));
    Ok(())
}
