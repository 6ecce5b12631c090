//! A link and a quiz are made with the keyboard alone, seen by the command line, and both are taken back by undo.

use thirtyfour::Key;
use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene};
use crate::writing::open;

#[tokio::test]
async fn a_link_and_a_quiz_are_made_by_keys_and_taken_back() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let made = scene.waymark_json(&["new", "--type", "quickstart", "--title", "Ways on"])?;
    let id = made["id"].as_str().ok_or("no id")?.to_owned();
    for title in ["Alpha", "Beta", "Gamma"] {
        scene.waymark_json(&["step", "add", &id, "--title", title])?;
    }
    let window = scene.open().await?;
    open(&window, "Ways on").await?;

    let body = window.find("body").await?;
    body.send_keys(Key::Control + Key::Shift + "l").await?;
    let graph = window.find("[role=application]").await?;
    window.until("three steps are drawn", "document.querySelectorAll('[data-flow-step]').length === 3").await?;
    graph.send_keys(Key::Home + "").await?;
    graph.send_keys("l").await?;
    let search = window.find("[role=dialog] [role=combobox]").await?;
    search.send_keys("Gamma").await?;
    search.send_keys(Key::Enter + "").await?;
    window.shows("Step 1 leads to step 3.").await?;
    let flow = scene.waymark_json(&["link", &id])?;
    assert_eq!(flow["steps"][0]["link"]["kind"], "jump");
    assert_eq!(flow["steps"][1]["is_passed_over"], true);
    scene.picture(&window, "flow").await?;
    window.find("[role=application]").await?.send_keys(Key::Control + "z").await?;
    window.until("the link is gone", "!document.body.textContent.includes('leads to 3 Gamma')").await?;
    assert_eq!(scene.waymark_json(&["link", &id])?["steps"][0]["link"]["kind"], "none");

    window.find("body").await?.send_keys(Key::Control + Key::Shift + "u").await?;
    window.press("Add a quiz").await?;
    let prompt = window.find("[data-prompt]").await?;
    prompt.send_keys("Is it done?").await?;
    let has_prompt = |shown: &serde_json::Value| shown["quiz"]["questions"][0]["prompt"] == "Is it done?";
    window.until("it is saved", "document.querySelector('[data-save]')?.dataset.save === 'saved'").await?;
    let mut tries = 0;
    while !has_prompt(&scene.waymark_json(&["quiz", &id, "1"])?) {
        tries += 1;
        assert!(tries < 50, "the quiz is not saved");
    }
    scene.picture(&window, "quiz").await?;
    for _ in 0..2 {
        window.find("[role=listbox]").await?.send_keys(Key::Control + "z").await?;
    }
    window.shows("No quiz in this step").await?;
    assert!(scene.waymark_json(&["quiz", &id, "1"])?["quiz"].is_null());
    window.close().await?;
    Ok(())
}
