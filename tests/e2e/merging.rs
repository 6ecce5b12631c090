//! Production changed while somebody wrote: the publish stops, the conflict is answered in the window, and the draft has both.

use thirtyfour::Key;
use waymark_testkit::postgres::{ORGANIZATION, shared};
use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene};
use crate::writing::{enter, open, saved};

const TITLE: &str = "Written by two";

#[tokio::test]
async fn a_conflict_stops_the_publish_is_answered_and_merged() -> Journey {
    let database = shared().database().with_example();
    let scene = Scene::new(Keyring::Unlocked)?;
    let made = scene.waymark_json(&["new", "--type", "quickstart", "--title", TITLE])?;
    let id = made["id"].as_str().ok_or("no id")?.to_owned();
    let text = scene.session.home().join("text.md");
    std::fs::write(&text, "As it was.")?;
    let text = text.display().to_string();
    scene.waymark_json(&["step", "add", &id, "--title", "Alpha", "--field", "content_for_user", "--from", &text])?;
    scene.waymark_json(&["assign", &id, "--server", "docs"])?;
    let url = database.url();
    scene.waymark_json(&["connection", "add", "live", "--url", &url, "--organization", ORGANIZATION])?;
    scene.waymark_json(&["publish", &id, "--connection", "live"])?;
    database.run(
        "UPDATE walkthrough_steps SET title = 'Alpha, renamed there',
             content_fields = jsonb_set(content_fields, '{contentForUser}', '\"As production has it.\"')",
    );

    let window = scene.open().await?;
    open(&window, TITLE).await?;
    let field = enter(&window, "content_for_user").await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys("As I have it.").await?;
    saved(&window).await?;
    window.press("Publish to live").await?;
    window.shows("Production changed in the meantime").await?;
    window.press("Merge").await?;
    window.shows("What both changed").await?;
    window.shows("As production has it.").await?;
    window.shows("As I have it.").await?;
    let before = scene.waymark_json(&["show", &id])?["steps"][0].clone();
    assert_eq!(before["content_fields"]["contentForUser"], "As I have it.", "nothing is written yet");
    window.press("Write it by hand").await?;
    let written = window.field("What it is to be").await?;
    written.clear().await?;
    written.send_keys("Of both.").await?;
    scene.picture(&window, "merge-answered").await?;
    window.press("Merge 1 written by hand").await?;
    window.shows("has both now.").await?;

    let merged = scene.waymark_json(&["show", &id])?["steps"][0].clone();
    assert_eq!(merged["content_fields"]["contentForUser"], "Of both.");
    assert_eq!(merged["title"], "Alpha, renamed there", "what only production changed came along");
    assert!(database.run("SELECT content_fields FROM walkthrough_steps").contains("As production has it."));
    assert_eq!(scene.waymark_json(&["plan", &id, "--connection", "live"])?["walkthroughs"][0]["action"], "update");
    window.close().await?;
    Ok(())
}
