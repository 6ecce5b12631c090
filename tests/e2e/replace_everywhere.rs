//! A word is replaced in the whole library, and taken back as a whole after the window was closed and opened again.

use thirtyfour::Key;
use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene};

#[tokio::test]
async fn a_word_is_replaced_everywhere_and_taken_back_after_a_restart() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    for title in ["Acme tour", "Roll back acme"] {
        scene.waymark_json(&["new", "--type", "course", "--title", title])?;
        scene.waymark_json(&["step", "add", title, "--title", "Meet acme"])?;
    }
    let window = scene.open().await?;
    window.shows("Acme tour").await?;
    window.find("body").await?.send_keys(Key::Control + Key::Shift + "h").await?;
    window.field("Find").await?.send_keys("acme").await?;
    window.field("Replace with").await?.send_keys("Zenith").await?;
    window.shows("4 occurrences in 2 walkthroughs").await?;
    scene.picture(&window, "replace").await?;
    window.press("Replace 4 occurrences").await?;
    window.shows("Replaced 4 occurrences in 2 walkthroughs.").await?;
    assert_eq!(titles(&scene)?, ["Roll back Zenith", "Zenith tour"]);
    window.close().await?;

    let window = scene.open().await?;
    window.press("Find and replace").await?;
    window.shows("Last replacements").await?;
    window.press("Undo: Replaced `acme` with `Zenith`").await?;
    window.shows("Taken back in 2 walkthroughs.").await?;
    assert_eq!(titles(&scene)?, ["Acme tour", "Roll back acme"]);
    let shown = scene.waymark_json(&["show", "Acme tour"])?;
    assert_eq!(shown["steps"][0]["title"], "Meet acme");
    window.close().await?;
    Ok(())
}

fn titles(scene: &Scene) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let listed = scene.waymark_json(&["list"])?;
    let walkthroughs = listed["walkthroughs"].as_array().ok_or("no list")?;
    let mut titles: Vec<String> =
        walkthroughs.iter().map(|one| one["title"].as_str().unwrap_or_default().to_owned()).collect();
    titles.sort();
    Ok(titles)
}
