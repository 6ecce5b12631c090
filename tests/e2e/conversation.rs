//! The conversation that an agent would have: a scenario is chosen, gone through forward and back, looked at on the wire, kept,
//! and replayed against a later draft. What the window says of it is what the command line says.

use thirtyfour::{Key, TypingData};
use waymark_testkit::{session::Keyring, window::Window};

use crate::scene::{Journey, Scene};
use crate::writing::open;

const TITLE: &str = "Talked through";

async fn press_key(window: &Window, keys: impl Into<TypingData>) -> Journey {
    window.find("body").await?.send_keys(keys).await?;
    Ok(())
}

#[tokio::test]
async fn a_conversation_is_gone_through_kept_and_replayed_against_a_later_draft() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let made = scene.waymark_json(&["new", "--type", "quickstart", "--title", TITLE])?;
    let id = made["id"].as_str().ok_or("no id")?.to_owned();
    let text = scene.session.home().join("text.md");
    for step in ["Alpha", "Beta", "Gamma"] {
        std::fs::write(&text, format!("Hear **{step}**."))?;
        let text = text.display().to_string();
        let field = ["--field", "content_for_user", "--from", &text];
        scene.waymark_json(&[&["step", "add", &id, "--title", step][..], &field].concat())?;
    }
    let window = scene.open().await?;
    open(&window, TITLE).await?;
    press_key(&window, Key::Shift + Key::F5).await?;
    window.shows("Turn 1 of 4").await?;

    press_key(&window, Key::Right + "").await?;
    window.shows("Turn 2 of 4").await?;
    window.shows("Hear Beta.").await?;
    press_key(&window, Key::Control + "j").await?;
    window.shows("\"method\": \"tools/call\"").await?;
    window.shows("\"currentStepId\"").await?;
    scene.picture(&window, "conversation-wire").await?;
    press_key(&window, Key::Left + "").await?;
    window.shows("Turn 1 of 4").await?;

    window.press("Scenario: first visit").await?;
    window
        .find_path("//*[starts-with(@role, 'menuitem')][contains(., 'resume in a new session')]")
        .await?
        .click()
        .await?;
    window.shows("of 5").await?;
    press_key(&window, Key::End + "").await?;
    window.shows("The conversation ends here.").await?;
    let scenario = ["preview", &id, "--scenario", "resume", "--to-end"];
    let played = scene.waymark_json(&scenario)?;
    let tokens = played["tokens"]["total"].as_u64().ok_or("no tokens")?;
    let shown = "[...document.querySelectorAll('dt')].find((name) => name.textContent === 'In the whole conversation')";
    let total = window.driver.execute(format!("return {shown}.nextSibling.textContent;"), Vec::new()).await?;
    let total: String = total.json().as_str().unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    let digits: String = total.replace([',', '\u{202f}', '.'], "");
    assert!(digits.starts_with(&tokens.to_string()), "{total} in the window, {tokens} on the command line");
    window.shows("o200k_base").await?;

    press_key(&window, Key::Control + "s").await?;
    window.field("Name").await?.send_keys("Comes back" + Key::Enter).await?;
    window.shows("Saved as “Comes back”.").await?;
    window.press("Replay against the draft: Comes back").await?;
    window.shows("Nothing differs").await?;
    std::fs::write(&text, "Hear something else.")?;
    let edit = ["step", "edit", &id, "2", "--field", "content_for_user", "--from"];
    scene.waymark_json(&[&edit[..], &[&text.display().to_string()]].concat())?;
    window.shows("the draft has changed since").await?;
    window.shows("Hear something else.").await?;
    scene.picture(&window, "conversation-replayed").await?;
    window.close().await?;
    Ok(())
}
