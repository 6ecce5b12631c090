//! Without an open keyring a password can be kept for this run only, the person is told, and nothing is written instead.

use std::path::PathBuf;

use thirtyfour::Key;
use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene, files_with};

const PASSWORD: &str = "nowhere-but-in-memory";

#[tokio::test]
async fn a_locked_keyring_is_explained_and_the_password_stays_in_memory() -> Journey {
    saves_for_this_run_only(Keyring::Locked).await
}

#[tokio::test]
async fn an_absent_keyring_is_explained_and_the_password_stays_in_memory() -> Journey {
    saves_for_this_run_only(Keyring::Absent).await
}

async fn saves_for_this_run_only(keyring: Keyring) -> Journey {
    let scene = Scene::new(keyring)?;
    let window = scene.open().await?;
    window.press("Connections").await?;
    window.shows("No keyring: passwords are kept for this run only").await?;
    window.press("Add connection").await?;
    let paste = window.find("#connection-url").await?;
    paste.send_keys(format!("postgres://writer:{PASSWORD}@db.example.com/acme")).await?;
    paste.send_keys(Key::Enter + "").await?;
    window.shows("The form is filled in from the URL.").await?;
    window.field("Organization").await?.send_keys("org_acme").await?;
    window.press("Save connection").await?;
    window.shows("The password could not be kept").await?;
    window.press("Keep it for this run only").await?;
    window.shows("is saved.").await?;
    window.close().await?;

    let connections = scene.waymark_json(&["connection", "list"])?;
    assert_eq!(connections["connections"].as_array().map(Vec::len), Some(1));
    assert_eq!(files_with(scene.session.home(), PASSWORD)?, Vec::<PathBuf>::new(), "the password is on the disk");
    Ok(())
}
