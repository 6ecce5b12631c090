//! A library whose file is damaged: the window says so, offers recovery, and says what was saved.

use waymark_testkit::session::Keyring;

use crate::scene::{Journey, Scene};

#[tokio::test]
async fn a_damaged_library_is_recovered_from_its_own_pages_and_the_backup() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    for title in ["In the backup", "Only in the file"] {
        scene.waymark_json(&["new", "--type", "course", "--title", title])?;
        scene.waymark_json(&["step", "add", title, "--title", "A step"])?;
        if title == "In the backup" {
            scene.waymark_json(&["backup", "create"])?;
        }
    }
    let file = scene.library.join("library.sqlite");
    let mut bytes = std::fs::read(&file)?;
    // The first page is how SQLite finds all others.
    bytes[..4096].fill(0xee);
    std::fs::write(&file, &bytes)?;

    let window = scene.open().await?;
    window.shows("The library is damaged").await?;
    scene.picture(&window, "recovery-offered").await?;
    assert_eq!(std::fs::read(&file)?, bytes, "looking at it changed it");
    window.press("Recover").await?;
    window.shows("The library is recovered").await?;
    let report = window.text().await?;
    for words in ["Completed from the backup of", "The damaged file is kept in"] {
        assert!(report.contains(words), "{report}");
    }
    scene.picture(&window, "recovery-report").await?;
    window.press("Open the library").await?;
    window.shows("Only in the file").await?;
    window.shows("In the backup").await?;
    window.close().await?;
    for title in ["In the backup", "Only in the file"] {
        assert_eq!(scene.waymark_json(&["show", title])?["steps"][0]["title"], "A step");
    }
    Ok(())
}
