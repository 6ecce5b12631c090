//! What journeys do in the editor: open a draft, go into a field, type, read what the window shows.

use thirtyfour::error::WebDriverResult;
use thirtyfour::{Key, WebElement};
use waymark_testkit::window::Window;

/// Opens a walkthrough from the library by clicking its title.
pub async fn open(window: &Window, title: &str) -> WebDriverResult<()> {
    window.press(title).await?;
    window.find("[data-field] .cm-content").await.map(drop)
}

/// Puts the cursor at the end of a field.
pub async fn enter(window: &Window, field: &str) -> WebDriverResult<WebElement> {
    let text = window.find(&format!("[data-field={field:?}] .cm-content")).await?;
    text.click().await?;
    text.send_keys(Key::Control + Key::End).await?;
    Ok(text)
}

/// Waits until the window says that everything is on the disk.
pub async fn saved(window: &Window) -> WebDriverResult<()> {
    window.until("everything is saved", "document.querySelector('[data-save=\"saved\"]')").await
}

/// What the agent view shows, to the letter.
pub async fn agent_view(window: &Window) -> WebDriverResult<String> {
    // The buttons that name a block's field are not part of the text.
    let script = "const sheet = document.querySelector('[role=tabpanel][aria-label=Agent]').cloneNode(true);
        for (const button of sheet.querySelectorAll('button')) button.remove();
        return sheet.textContent;";
    let answer = window.driver.execute(script, Vec::new()).await?;
    Ok(answer.json().as_str().unwrap_or_default().to_owned())
}

/// Waits until the agent view holds this text.
pub async fn agent_sees(window: &Window, text: &str) -> WebDriverResult<()> {
    let quoted = serde_json::Value::from(text).to_string();
    let view = format!("document.querySelector('[role=tabpanel][aria-label=Agent]')?.textContent.includes({quoted})");
    window.until(&format!("the agent sees {text:?}"), &view).await
}

/// The titles of the steps in the list, in order.
pub async fn step_titles(window: &Window) -> WebDriverResult<Vec<String>> {
    let script = "return [...document.querySelectorAll('[data-step]')]
        .sort((a, b) => a.ariaPosInSet - b.ariaPosInSet)
        .map((row) => row.querySelector('[data-step-title]').textContent);";
    window.driver.execute(script, Vec::new()).await?.convert()
}
