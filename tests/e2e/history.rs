//! What was written comes back: by undo after the window was closed, and from the history.

use thirtyfour::Key;
use waymark_testkit::session::Keyring;
use waymark_testkit::window::Window;

use crate::scene::{Journey, Scene};
use crate::writing::{agent_sees, enter, open, saved};

fn with_steps(scene: &Scene, title: &str) -> Result<String, Box<dyn std::error::Error>> {
    let made = scene.waymark_json(&["new", "--type", "quickstart", "--title", title])?;
    let id = made["id"].as_str().ok_or("no id")?.to_owned();
    for step in ["Alpha", "Beta"] {
        scene.waymark_json(&["step", "add", &id, "--title", step])?;
    }
    Ok(id)
}

fn text(scene: &Scene, id: &str, step: usize) -> Result<String, Box<dyn std::error::Error>> {
    let shown = scene.waymark_json(&["show", id])?;
    Ok(shown["steps"][step]["content_fields"]["contentForUser"].as_str().unwrap_or_default().to_owned())
}

async fn write(window: &Window, words: &str) -> Journey {
    enter(window, "content_for_user").await?.send_keys(words).await?;
    saved(window).await?;
    Ok(())
}

#[tokio::test]
async fn text_structure_and_details_are_taken_back_after_a_restart() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let id = with_steps(&scene, "Closed and opened")?;
    let before = scene.waymark_json(&["show", &id])?["steps"].clone();
    let window = scene.open().await?;
    open(&window, "Closed and opened").await?;
    write(&window, "Say hello.").await?;
    let list = window.find("[role=listbox]").await?;
    list.send_keys(Key::Alt + Key::Down).await?;
    window
        .until(
            "the step is second",
            "document.querySelector('[data-step][aria-posinset=\"2\"]').textContent.includes('Alpha')",
        )
        .await?;
    saved(&window).await?;
    window.close().await?;
    assert_eq!(text(&scene, &id, 1)?, "Say hello.");

    let window = scene.open().await?;
    open(&window, "Closed and opened").await?;
    // What the window shows of a change has been saved; its "saved" may still be that of the change before.
    let is_first = "document.querySelector('[data-step][aria-posinset=\"1\"]').textContent.includes('Alpha')";
    let is_written =
        "document.querySelector('[data-field=content_for_user] .cm-content').textContent.includes('Say hello.')";
    window.press("Undo").await?;
    window.until("the step is first again", is_first).await?;
    window.press("Undo").await?;
    window.until("the text is gone", &format!("!{is_written}")).await?;
    let after = scene.waymark_json(&["show", &id])?["steps"].clone();
    let plain = |steps: &serde_json::Value| -> Vec<String> {
        let steps = steps.as_array().cloned().unwrap_or_default();
        steps
            .iter()
            .map(|step| format!("{} {} {}", step["id"], step["content_fields"], step["display_order"]))
            .collect()
    };
    assert_eq!(plain(&after), plain(&before));
    window.press("Redo").await?;
    window.until("the text is back", is_written).await?;
    window.press("Redo").await?;
    window.until("the step is second again", &format!("!{is_first}")).await?;
    assert_eq!(text(&scene, &id, 1)?, "Say hello.");
    window.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_snapshot_is_named_compared_and_restored_and_that_is_taken_back() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let id = with_steps(&scene, "Worth keeping")?;
    let window = scene.open().await?;
    open(&window, "Worth keeping").await?;
    write(&window, "The good old words.").await?;
    let field = enter(&window, "content_for_user").await?;
    field.send_keys(Key::Control + "s").await?;
    window.field("Name").await?.send_keys("Before the review" + Key::Enter).await?;
    window.shows("Kept as “Before the review”.").await?;
    let field = enter(&window, "content_for_user").await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys("Hasty new ones.").await?;
    saved(&window).await?;

    field.send_keys(Key::Control + Key::Alt + "h").await?;
    window.shows("Before the review").await?;
    window.shows("Hasty new ones.").await?;
    scene.picture(&window, "history").await?;
    window.press("Restore all of it").await?;
    window.shows("Restored. What was there before is in the history.").await?;
    assert_eq!(text(&scene, &id, 0)?, "The good old words.");
    window.shows("Before restoring").await?;
    window.press("Worth keeping").await?;
    agent_sees(&window, "The good old words.").await?;
    window.press("Undo").await?;
    agent_sees(&window, "Hasty new ones.").await?;
    saved(&window).await?;
    assert_eq!(text(&scene, &id, 0)?, "Hasty new ones.");
    window.close().await?;
    Ok(())
}
