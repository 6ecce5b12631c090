//! A second start on the same library shows the window that is there and ends.

use std::process::Stdio;
use std::time::{Duration, Instant};

use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene, app};

#[tokio::test]
async fn a_second_start_ends_and_the_first_window_stays() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let window = scene.open().await?;
    window.shows("Write what an agent will say and do").await?;
    let first = window.app_process()?;
    let mut second = scene
        .session
        .command(app())
        .env("DISPLAY", scene.display.name())
        .env("WAYMARK_LIBRARY", &scene.library)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let began = Instant::now();
    let status = loop {
        if let Some(status) = second.try_wait()? {
            break status;
        }
        if began.elapsed() > Duration::from_secs(15) {
            second.kill()?;
            return Err("the second start did not end".into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert!(status.success(), "{status}");
    assert_eq!(window.app_process()?, first);
    window.shows("Write what an agent will say and do").await?;
    window.close().await?;
    Ok(())
}
