//! A walkthrough of five steps is made without ever touching the mouse.

use thirtyfour::{Key, prelude::*};
use waymark_testkit::{session::Keyring, window::Window};

use crate::{
    scene::{Journey, Scene},
    writing::{saved, step_titles},
};

const STEPS: [&str; 5] = ["Look around", "Agree on the way", "Install it", "Set it up", "Prove that it works"];

#[tokio::test]
async fn five_steps_are_written_by_keys_alone() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let window = scene.open().await?;
    window.find("main, [role=main], h1").await?;

    keys(&window, Key::Control + "n").await?;
    window.until("the title is asked for", "document.activeElement.matches('[role=dialog] input')").await?;
    keys(&window, "By keys alone").await?;
    keys(&window, Key::Tab + "").await?;
    keys(&window, Key::Down + "").await?;
    keys(&window, Key::Enter + "").await?;

    window.until("a first step is offered", "document.activeElement.textContent.includes('Add a step')").await?;
    for title in STEPS {
        keys(&window, Key::Enter + "").await?;
        window
            .until("the title is asked for", "document.activeElement.matches('input[aria-label=\"Step title\"]')")
            .await?;
        keys(&window, title).await?;
        keys(&window, Key::Enter + "").await?;
        window.until("the list has the keyboard", "document.activeElement.matches('[data-pane-focus]')").await?;
        let last = format!(
            "[...document.querySelectorAll('[data-step-title]')].some((row) => row.textContent === {})",
            serde_json::Value::from(title)
        );
        window.until("the step is named", &last).await?;
    }
    assert_eq!(step_titles(&window).await?, STEPS);

    // Back to the first, into its text with F2 and Tab, and out again with Escape and Tab.
    keys(&window, Key::Home + "").await?;
    window
        .until(
            "the first step is shown",
            "location.hash && document.querySelector('[data-active]')?.ariaPosInSet === '1'",
        )
        .await?;
    keys(&window, Key::F2 + "").await?;
    window
        .until("the title is asked for", "document.activeElement.matches('input[aria-label=\"Step title\"]')")
        .await?;
    keys(&window, Key::Tab + "").await?;
    window
        .until("the text has the keyboard", "document.activeElement.closest('[data-field=introduction_for_agent]')")
        .await?;
    keys(&window, "The system is known.").await?;
    keys(&window, Key::Escape + "").await?;
    keys(&window, Key::Tab + "").await?;
    window
        .until(
            "the keyboard is out of the text",
            "!document.activeElement.closest('[data-field=introduction_for_agent]')",
        )
        .await?;
    saved(&window).await?;

    // Two of them go under a heading, and once around the panes.
    keys(&window, Key::Shift + Key::F6).await?;
    window.until("the list has the keyboard", "document.activeElement.matches('[data-pane-focus]')").await?;
    keys(&window, Key::Shift + Key::Down).await?;
    keys(&window, Key::Control + "g").await?;
    window
        .until("the name is asked for", "document.activeElement.matches('input[aria-label=\"Name of the section\"]')")
        .await?;
    keys(&window, "Prepare").await?;
    keys(&window, Key::Enter + "").await?;
    let heading = "document.querySelector('[data-section]')?.textContent.includes('Prepare')";
    window.until("the section is named", heading).await?;
    saved(&window).await?;
    scene.picture(&window, "keyboard-only").await?;
    window.close().await?;

    let shown = scene.waymark_json(&["show", "By keys alone"])?;
    assert_eq!(shown["type"], "installer");
    let steps = shown["steps"].as_array().ok_or("no steps")?;
    let titles: Vec<&str> = steps.iter().filter_map(|step| step["title"].as_str()).collect();
    assert_eq!(titles, STEPS);
    assert_eq!(steps[0]["content_fields"]["introductionForAgent"], "The system is known.");
    assert_eq!(steps[1]["metadata"]["waymark"]["section"], "Prepare");
    Ok(())
}

/// Types where the keyboard is.
async fn keys(window: &Window, keys: impl Into<TypingData>) -> WebDriverResult<()> {
    window.driver.active_element().await?.send_keys(keys.into()).await
}
