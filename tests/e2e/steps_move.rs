//! Steps are moved with the pointer and with the keyboard, and both are taken back by undo.

use thirtyfour::Key;
use thirtyfour::prelude::*;
use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene};
use crate::writing::{open, saved, step_titles};

#[tokio::test]
async fn a_step_is_dragged_moved_by_keys_and_put_back() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let made = scene.waymark_json(&["new", "--type", "quickstart", "--title", "Order matters"])?;
    let id = made["id"].as_str().ok_or("no id")?.to_owned();
    for title in ["Alpha", "Beta", "Gamma", "Delta"] {
        scene.waymark_json(&["step", "add", &id, "--title", title])?;
    }
    let window = scene.open().await?;
    open(&window, "Order matters").await?;

    let rows = window.driver.find_all(By::Css("[data-step]")).await?;
    let (from, to) = (&rows[1], &rows[3]);
    let (x, y, _, _) = centers(from).await?;
    let (_, below, _, height) = centers(to).await?;
    let target = below + height / 4;
    let mut pointer = window.driver.action_chain().move_to(x, y).click_and_hold();
    for part in 1..=6 {
        pointer = pointer.move_to(x, y + (target - y) * part / 6);
    }
    pointer.release().perform().await?;
    window
        .until(
            "the step is last",
            "document.querySelector('[data-step][aria-posinset=\"4\"]').textContent.includes('Beta')",
        )
        .await?;
    assert_eq!(step_titles(&window).await?, ["Alpha", "Gamma", "Delta", "Beta"]);

    let list = window.find("[role=listbox]").await?;
    list.send_keys(Key::End + "").await?;
    list.send_keys(Key::Alt + Key::Up).await?;
    window
        .until(
            "the step is third",
            "document.querySelector('[data-step][aria-posinset=\"3\"]').textContent.includes('Beta')",
        )
        .await?;
    saved(&window).await?;
    assert_eq!(titles(&scene, &id)?, ["Alpha", "Gamma", "Beta", "Delta"]);

    list.send_keys(Key::Control + "z").await?;
    list.send_keys(Key::Control + "z").await?;
    window
        .until(
            "the step is second",
            "document.querySelector('[data-step][aria-posinset=\"2\"]').textContent.includes('Beta')",
        )
        .await?;
    assert_eq!(titles(&scene, &id)?, ["Alpha", "Beta", "Gamma", "Delta"]);
    window.close().await?;
    Ok(())
}

/// The middle of an element, and its size.
async fn centers(element: &WebElement) -> WebDriverResult<(i64, i64, i64, i64)> {
    let place = element.rect().await?;
    let (width, height) = (place.width as i64, place.height as i64);
    Ok((place.x as i64 + width / 2, place.y as i64 + height / 2, width, height))
}

fn titles(scene: &Scene, id: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let shown = scene.waymark_json(&["show", id])?;
    let steps = shown["steps"].as_array().ok_or("no steps")?;
    Ok(steps.iter().map(|step| step["title"].as_str().unwrap_or_default().to_owned()).collect())
}
