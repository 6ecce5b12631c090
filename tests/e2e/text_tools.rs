//! The tools around a text, with the keyboard: formats, lists that go on, snippets, find and replace in the step, a quick fix
//! from the problems; then the menu of a step and the full screen.

use std::process::{Child, Stdio};

use thirtyfour::{Key, WebElement, prelude::*};
use waymark_testkit::{session::Keyring, window::Window};

use crate::{
    scene::{Journey, Scene},
    writing::{enter, open, saved, step_titles},
};

const LIST: &str = "Open the **menu**.\n\n1. One\n2. Two\n\nAsk before you delete anything.";

#[tokio::test]
async fn a_text_is_formatted_completed_searched_mended_and_undone_by_keys() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let made = scene.waymark_json(&["new", "--type", "quickstart", "--title", "Tools at hand"])?;
    let id = made["id"].as_str().ok_or("no id")?.to_owned();
    for step in ["Alpha", "Beta"] {
        scene.waymark_json(&["step", "add", &id, "--title", step])?;
    }
    let text = scene.session.home().join("text.md");
    std::fs::write(&text, "Ask before you delete anything.")?;
    scene.waymark_json(&["snippet", "add", "ask", "--from", &text.display().to_string()])?;
    std::fs::write(&text, "# Title\\n\\nThe menu of the menu.")?;
    let text = text.display().to_string();
    scene.waymark_json(&["step", "edit", &id, "1", "--field", "context_for_agent", "--from", &text])?;
    // Without somebody who manages windows, none has the whole screen.
    let manager =
        scene.session.command("openbox").env("DISPLAY", scene.display.name()).stderr(Stdio::null()).spawn()?;
    let manager = Manager(manager);
    let window = scene.open().await?;
    open(&window, "Tools at hand").await?;

    writes(&scene, &window, &id).await?;
    finds(&scene, &window, &id).await?;
    mends(&scene, &window, &id).await?;
    asks_for_the_menu(&scene, &window).await?;
    fills_the_screen(&scene, &window).await?;
    window.close().await?;
    drop(manager);
    Ok(())
}

/// Who manages the windows of the display, until the journey ends.
struct Manager(Child);

impl Drop for Manager {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A format around the word that comes, a list whose numbers come by themselves, a snippet by its name.
async fn writes(scene: &Scene, window: &Window, id: &str) -> Journey {
    let field = enter(window, "content_for_user").await?;
    field.send_keys("Open the ").await?;
    field.send_keys(Key::Control + "b").await?;
    field.send_keys("menu").await?;
    field.send_keys(Key::End + "").await?;
    field.send_keys(".").await?;
    for line in ["", "1. One", "Two"] {
        field.send_keys(Key::Enter + line).await?;
    }
    field.send_keys(Key::Enter + "").await?;
    // The empty number ends the list.
    field.send_keys(Key::Enter + Key::Enter).await?;
    field.send_keys("/as").await?;
    window.until("the snippet is offered", "document.querySelector('.cm-tooltip-autocomplete')").await?;
    field.send_keys(Key::Enter + "").await?;
    holds(window, "content_for_user", "Ask before you delete anything.").await?;
    saved(window).await?;
    assert_eq!(stored(scene, id, "contentForUser")?, LIST);
    Ok(())
}

/// A word is replaced in both texts of the step, and taken back in one go.
async fn finds(scene: &Scene, window: &Window, id: &str) -> Journey {
    active(window).await?.send_keys(Key::Control + "h").await?;
    let find = window.find("search input[aria-label=Find]").await?;
    find.send_keys(Key::Control + "a").await?;
    find.send_keys("menu").await?;
    window.shows("3 found").await?;
    scene.picture(window, "find-in-step").await?;
    let with = window.find("search input[aria-label='Replace with']").await?;
    with.send_keys(Key::Control + "a").await?;
    with.send_keys("list").await?;
    with.send_keys(Key::Control + Key::Enter).await?;
    window.shows("Replaced 3 matches.").await?;
    saved(window).await?;
    assert_eq!(stored(scene, id, "contentForUser")?, LIST.replace("menu", "list"));
    assert_eq!(stored(scene, id, "contextForAgent")?, "# Title\\n\\nThe list of the list.");
    with.send_keys(Key::Escape + "").await?;
    window.until("the bar is closed", "!document.querySelector('search input[aria-label=Find]')").await?;
    window.find("[role=listbox]").await?.send_keys(Key::Control + "z").await?;
    holds(window, "context_for_agent", "The menu of the menu.").await?;
    saved(window).await?;
    assert_eq!(stored(scene, id, "contentForUser")?, LIST);
    Ok(())
}

/// The problems are opened, and one of them is fixed, without the mouse; undo brings it back.
async fn mends(scene: &Scene, window: &Window, id: &str) -> Journey {
    let tab = window.find("[role=tablist][aria-label=Preview] [aria-selected=true]").await?;
    tab.send_keys(Key::Left + Key::Left).await?;
    window.shows("Literal backslash-n").await?;
    scene.picture(window, "problems").await?;
    let fix = "document.activeElement.getAttribute('aria-label') === 'Fix: Replace with line breaks'";
    tabbed_to(window, "the fix has the keyboard", fix).await?;
    active(window).await?.send_keys(Key::Enter + "").await?;
    holds(window, "context_for_agent", "The menu of the menu.").await?;
    window.until("the problem is gone", "!document.body.innerText.includes('Literal backslash-n')").await?;
    saved(window).await?;
    assert_eq!(stored(scene, id, "contextForAgent")?, "# Title\n\nThe menu of the menu.");
    window.find("[role=listbox]").await?.send_keys(Key::Control + "z").await?;
    window.shows("Literal backslash-n").await?;
    saved(window).await?;
    assert_eq!(stored(scene, id, "contextForAgent")?, "# Title\\n\\nThe menu of the menu.");
    Ok(())
}

/// By real keys, since WebKit's driver asks for no menu, neither with a second button nor with Shift+F10.
async fn asks_for_the_menu(scene: &Scene, window: &Window) -> Journey {
    let rows = window.driver.find_all(By::Css("[data-step]")).await?;
    rows[1].click().await?;
    scene.xdotool(&["key", "shift+F10"])?;
    window.find("[role=menu]").await?;
    scene.picture(window, "step-menu").await?;
    window.press("Duplicate").await?;
    window.until("a third step is there", "document.querySelectorAll('[data-step]').length === 3").await?;
    let titles = step_titles(window).await?;
    assert_eq!(titles[..2], ["Alpha", "Beta"]);
    assert!(titles[2].starts_with("Beta"), "{titles:?}");
    saved(window).await?;
    Ok(())
}

/// F11 gives the window the whole screen, and takes it back.
async fn fills_the_screen(scene: &Scene, window: &Window) -> Journey {
    // The menu bar stays.
    let is_full = "window.innerWidth === screen.width && window.innerHeight > screen.height - 60";
    window.until("the window is a window", &format!("!({is_full})")).await?;
    active(window).await?.send_keys(Key::F11 + "").await?;
    window.until("the window has the screen", is_full).await?;
    scene.picture(window, "full-screen").await?;
    active(window).await?.send_keys(Key::F11 + "").await?;
    window.until("the window is a window again", &format!("!({is_full})")).await?;
    Ok(())
}

async fn active(window: &Window) -> WebDriverResult<WebElement> {
    window.driver.active_element().await
}

/// Presses Tab until the condition holds; a person would not press it more often either.
async fn tabbed_to(window: &Window, what: &str, condition: &str) -> Journey {
    let script = format!("return Boolean({condition});");
    for _ in 0..40 {
        if window.driver.execute(script.as_str(), Vec::new()).await?.json().as_bool() == Some(true) {
            return Ok(());
        }
        active(window).await?.send_keys(Key::Tab + "").await?;
    }
    Err(format!("Tab does not lead there: {what}").into())
}

/// Waits until a field's text on the screen holds this line.
async fn holds(window: &Window, field: &str, line: &str) -> WebDriverResult<()> {
    let quoted = serde_json::Value::from(line).to_string();
    let lines = format!("[...document.querySelectorAll('[data-field={field}] .cm-line')]");
    let has = format!("{lines}.some((line) => line.textContent.includes({quoted}))");
    window.until(&format!("{field} holds {line:?}"), &has).await
}

/// The first step's text as it is in the library.
fn stored(scene: &Scene, id: &str, key: &str) -> Result<String, Box<dyn std::error::Error>> {
    let shown = scene.waymark_json(&["show", id])?;
    Ok(shown["steps"][0]["content_fields"][key].as_str().unwrap_or_default().to_owned())
}
