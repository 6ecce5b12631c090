//! The agents' screen: the endpoint is started, a client's configuration is copied, and a real MCP client that is configured with
//! it gets the step's text; its calls show in the log.

use std::path::Path;
use std::process::{Command, Output};

use thirtyfour::Key;
use waymark_testkit::{session::Keyring, window::Window};

use crate::scene::{Journey, Scene};

const TITLE: &str = "Asked for by an agent";

#[tokio::test]
async fn a_client_that_is_set_up_from_the_window_gets_the_drafts_and_shows_in_the_log() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let made = scene.waymark_json(&["new", "--type", "quickstart", "--title", TITLE])?;
    let id = made["id"].as_str().ok_or("no id")?.to_owned();
    for step in ["Alpha", "Beta"] {
        scene.waymark_json(&["step", "add", &id, "--title", step])?;
    }
    let window = scene.open().await?;
    window.press("Agents").await?;
    window.shows("The endpoint is off").await?;
    window.press("Start the endpoint").await?;
    window.shows("The endpoint answers at http://127.0.0.1:").await?;
    window.find_path("//label[normalize-space(.)='The endpoint']").await?.click().await?;
    window.shows("Bearer TOKEN").await?;
    window.press("Copy configuration").await?;
    window.shows("with the token of this start.").await?;
    scene.picture(&window, "agents-set-up").await?;

    let copied = pasted(&scene, &window).await?;
    let configuration: serde_json::Value = serde_json::from_str(&copied)?;
    let server = &configuration["mcpServers"]["waymark"];
    let url = server["url"].as_str().ok_or("no address")?;
    let token = server["headers"]["Authorization"].as_str().and_then(|value| value.strip_prefix("Bearer "));
    let token = token.ok_or("no token")?;
    let rendered = scene.waymark(&["render", &id, "--step", "2"])?;
    let got = read(&scene, url, token, "2")?;
    assert_eq!(String::from_utf8_lossy(&got.stdout), String::from_utf8_lossy(&rendered.stdout), "{got:?}");
    assert!(!read(&scene, url, "another token", "1")?.status.success(), "who has no token gets nothing");

    window.press("Agents").await?;
    window.shows("start_walkthrough").await?;
    window.shows("get_next_step").await?;
    window.until("the endpoint is on", "document.body.innerText.includes('Listening')").await?;
    scene.picture(&window, "agents-called").await?;
    window.press("Stop the endpoint").await?;
    window.shows("The endpoint is off").await?;
    assert!(!read(&scene, url, token, "1")?.status.success(), "it is stopped");
    window.close().await?;
    Ok(())
}

/// What is in the clipboard: pasted where a search is typed, by real keys.
async fn pasted(scene: &Scene, window: &Window) -> Result<String, Box<dyn std::error::Error>> {
    window.press("Walkthroughs").await?;
    let search = window.find("input[type=search]").await?;
    search.click().await?;
    scene.xdotool(&["key", "ctrl+v"])?;
    window.until("it is pasted", "document.querySelector('input[type=search]').value.includes('mcpServers')").await?;
    let text = search.prop("value").await?.ok_or("no value")?;
    search.send_keys(Key::Control + "a").await?;
    search.send_keys(Key::Delete + "").await?;
    Ok(text)
}

/// Asks as an agent would, with the official Python client of MCP.
fn read(scene: &Scene, url: &str, token: &str, number: &str) -> std::io::Result<Output> {
    Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/read-step"))
        .envs(scene.session.environment())
        .env("WAYMARK_TOKEN", token)
        .args([TITLE, number, url])
        .output()
}
