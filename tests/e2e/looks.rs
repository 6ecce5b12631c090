//! The screens in both themes, kept as pictures, and checked for what a picture cannot tell.

use thirtyfour::prelude::*;
use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene};
use crate::writing::{open, saved};

#[tokio::test]
async fn both_themes_are_chosen_in_the_settings_and_remembered() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let window = scene.open().await?;
    window.press("Add the three examples").await?;
    window.shows("3 walkthroughs").await?;
    for theme in ["Light", "Dark"] {
        window.press("Settings").await?;
        window.find_path(&format!("//label[normalize-space(.)='{theme}']")).await?.click().await?;
        scene.picture(&window, &format!("settings-{}", theme.to_lowercase())).await?;
        window.driver.execute("location.hash = '#/'", Vec::new()).await?;
        window.shows("3 walkthroughs").await?;
        scene.picture(&window, &format!("library-{}", theme.to_lowercase())).await?;
        let title = window.find("[role=row] a").await?.text().await?;
        open(&window, &title).await?;
        saved(&window).await?;
        window.until("the notice is gone", "!document.body.innerText.includes('are in your library')").await?;
        scene.picture(&window, &format!("editor-{}", theme.to_lowercase())).await?;
        window.driver.execute("location.hash = '#/'", Vec::new()).await?;
    }
    let background = window.driver.find(By::Css("body")).await?.css_value("background-color").await?;
    window.close().await?;
    let window = scene.open().await?;
    window.shows("3 walkthroughs").await?;
    let again = window.driver.find(By::Css("body")).await?.css_value("background-color").await?;
    assert_eq!(background, again, "the dark theme was not remembered");
    window.close().await?;
    Ok(())
}
