//! The app is killed while somebody types, and started again at once. What was typed more than a second before is there, and the
//! library is sound.

use std::time::{Duration, Instant};

use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene};
use crate::writing::{enter, open};

/// A second is promised, and the figure says whether it held. A key that WebDriver has sent still has to reach the page,
/// which takes a busy machine a while: only what is far older than that fails the test.
const FAR_OLDER: Duration = Duration::from_secs(3);

#[tokio::test]
async fn killed_while_typing_loses_at_most_the_last_second() -> Journey {
    let rounds: u32 = std::env::var("WAYMARK_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let scene = Scene::new(Keyring::Unlocked)?;
    let made = scene.waymark_json(&["new", "--type", "quickstart", "--title", "Cut off"])?;
    let id = made["id"].as_str().ok_or("no id")?.to_owned();
    scene.waymark_json(&["step", "add", &id, "--title", "The only one"])?;
    let mut worst = Duration::ZERO;
    let mut window = scene.open().await?;
    for round in 0..rounds {
        open(&window, "Cut off").await?;
        let field = enter(&window, "content_for_user").await?;
        // The moment differs from round to round: while the first word is typed, between two saves, after many.
        let length = Duration::from_millis(u64::from(300 + (round * 1_733) % 5_100));
        let began = Instant::now();
        let mut typed = Vec::new();
        for word in 0.. {
            let text = format!("r{round}w{word} ");
            field.send_keys(text.as_str()).await?;
            typed.push((text, Instant::now()));
            if began.elapsed() > length {
                break;
            }
        }
        let killed = Instant::now();
        window.kill_app()?;
        drop(window);
        // Whoever lost the window starts it again before the system has cleared the old one away.
        window = scene.open().await?;

        let kept = text_for_user(&scene, &id)?;
        for (text, at) in &typed {
            let age = killed.duration_since(*at);
            if !kept.contains(text.trim_end()) {
                worst = worst.max(age);
                assert!(
                    age <= FAR_OLDER,
                    "round {round}: {text:?}, typed {age:?} before the kill, is lost from {kept:?}"
                );
            }
        }
        let checks = scene.waymark_json(&["doctor"])?["checks"].clone();
        let library = checks.as_array().and_then(|all| all.iter().find(|check| check["name"] == "library"));
        assert_eq!(library.map(|check| &check["health"]), Some(&"good".into()), "round {round}: {library:?}");
    }
    window.close().await?;
    println!(
        "\nfigure | killed while typing, {rounds} rounds in the real window | the oldest lost word was {} ms old | ≤ 1000 ms | {}",
        worst.as_millis(),
        if worst <= Duration::from_secs(1) { "met" } else { "not met" }
    );
    Ok(())
}

fn text_for_user(scene: &Scene, id: &str) -> Result<String, Box<dyn std::error::Error>> {
    let shown = scene.waymark_json(&["show", id])?;
    Ok(shown["steps"][0]["content_fields"]["contentForUser"].as_str().unwrap_or_default().to_owned())
}
