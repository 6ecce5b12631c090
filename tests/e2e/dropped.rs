//! Files dragged from another program and dropped on the window: real pointer events, a real source of the X server's drag and
//! drop, and what the window makes of it. On the library they are offered for import; on a text they go beside it.

use std::path::PathBuf;
use std::process::{Child, Stdio};

use gtk::prelude::*;
use waymark_core::attachment;
use waymark_testkit::{session::Keyring, window::Window};

use crate::scene::{Journey, Scene};
use crate::writing::{open, saved};

/// Tells this binary, started again, which files it offers.
const OFFERED: &str = "WAYMARK_TEST_OFFERED_FILE";
const SOURCE: &str = "A folder";
/// Where the source is, in the window's upper right corner, and how large.
const PLACE: (i32, i32) = (1_300, 760);
const SIZE: i32 = 60;

#[tokio::test]
async fn files_dropped_on_the_window_are_offered_and_on_a_text_are_linked() -> Journey {
    let scene = Scene::new(Keyring::Unlocked)?;
    let window = scene.open().await?;
    window.shows("Add the three examples").await?;

    let export = scene.session.home().join("dropped.json");
    std::fs::write(
        &export,
        r#"{"version": "1.0", "walkthrough": {"title": "Dropped here", "type": "quickstart"},
            "steps": [{"title": "Look", "contentFields": {"version": "v1", "contentForUser": "Look around."}}]}"#,
    )?;
    let source = Source::of(&scene, export)?;
    source.drop_on(&window, "main, [role=main], body").await?;
    window.shows("Import 1 walkthrough").await?;
    assert_eq!(scene.waymark_json(&["list"])?["walkthroughs"].as_array().map(Vec::len), Some(0), "it is only shown");
    drop(source);
    scene.picture(&window, "dropped-import").await?;
    window.press("Import 1 walkthrough").await?;
    window.find("[data-field] .cm-content").await?;
    window.press("Library").await?;
    open(&window, "Dropped here").await?;

    let picture = scene.session.home().join("plan.png");
    std::fs::write(&picture, PNG)?;
    let source = Source::of(&scene, picture)?;
    source.drop_on(&window, "[data-field=content_for_user] .cm-content").await?;
    window
        .until(
            "it is linked in the text",
            "document.querySelector('[data-field=content_for_user] .cm-content').textContent.includes('](files/')",
        )
        .await?;
    drop(source);
    saved(&window).await?;
    scene.picture(&window, "dropped-linked").await?;
    window.close().await?;
    let shown = scene.waymark_json(&["show", "Dropped here"])?;
    let text = shown["steps"][0]["content_fields"]["contentForUser"].as_str().unwrap_or_default().to_owned();
    let name = text.split("](files/").nth(1).and_then(|rest| rest.split(')').next()).ok_or("no link")?;
    let folder = attachment::folder_name(&shown["id"].as_str().unwrap_or_default().into());
    let kept = scene.library.join("files").join(folder).join(name);
    let there = std::fs::read(&kept).map_err(|error| format!("{}: {error}; the text is {text}", kept.display()))?;
    assert_eq!(there, PNG, "{} is what was dropped", kept.display());
    Ok(())
}

/// The smallest picture there is.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x64, 0xf8, 0xcf,
    0x50, 0x0f, 0, 3, 0x86, 1, 0x80, 0x5a, 0x34, 0x7d, 0x6b, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60,
    0x82,
];

/// Another program with a window of its own, from which a file can be dragged.
struct Source<'a> {
    scene: &'a Scene,
    process: Child,
}

impl<'a> Source<'a> {
    fn of(scene: &'a Scene, file: PathBuf) -> Result<Self, Box<dyn std::error::Error>> {
        let process = scene
            .session
            .command(std::env::current_exe()?)
            .args(["--exact", "dropped::offers_a_file_to_whoever_drags_it", "--test-threads=1"])
            .env("DISPLAY", scene.display.name())
            .env("GDK_BACKEND", "x11")
            .env(OFFERED, file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let source = Self { scene, process };
        scene.xdotool(&["search", "--sync", "--onlyvisible", "--name", SOURCE])?;
        Ok(source)
    }

    /// Takes the file with the mouse and lets go over the middle of an element.
    async fn drop_on(&self, window: &Window, selector: &str) -> Journey {
        let (x, y) = self.place_of(window, selector).await?;
        let from = [PLACE.0 + SIZE / 2, PLACE.1 + SIZE / 2].map(|at| at.to_string());
        self.scene.xdotool(&["mousemove", &from[0], &from[1], "mousedown", "1"])?;
        // A drag begins with a few points of way, and each window on the way is told of it.
        for step in 1..=8 {
            let on_the_way = |from: i32, to: i32| (from + (to - from) * step / 8).to_string();
            let at = [on_the_way(PLACE.0 + SIZE / 2, x), on_the_way(PLACE.1 + SIZE / 2, y)];
            self.scene.xdotool(&["mousemove", "--sync", &at[0], &at[1]])?;
        }
        // One more, so that the window under the pointer says that it would take it before the button is let go.
        self.scene.xdotool(&["mousemove", "--sync", &(x + 1).to_string(), &(y + 1).to_string()])?;
        self.answered(x, y)?;
        self.scene.xdotool(&["mouseup", "1"])?;
        Ok(())
    }

    /// Moves a little until the target has had the time to answer: it is asked at each move.
    fn answered(&self, x: i32, y: i32) -> Journey {
        for step in 0..20 {
            let (x, y) = ((x + step % 2).to_string(), (y + step % 2).to_string());
            self.scene.xdotool(&["mousemove", &x, &y])?;
        }
        Ok(())
    }

    /// The middle of an element on the screen. The page is at the lower left of its window: a menu is above it.
    async fn place_of(&self, window: &Window, selector: &str) -> Result<(i32, i32), Box<dyn std::error::Error>> {
        let geometry =
            self.scene.xdotool(&["search", "--onlyvisible", "--name", "Waymark", "getwindowgeometry", "--shell"])?;
        let number = |key: &str| {
            let line = geometry.lines().find_map(|line| line.strip_prefix(key));
            line.and_then(|value| value.parse::<i32>().ok()).ok_or("no geometry")
        };
        let (left, bottom) = (number("X=")?, number("Y=")? + number("HEIGHT=")?);
        let script = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
            return [Math.round(box.x + Math.min(box.width, 400) / 2), Math.round(innerHeight - box.y - box.height / 2)];";
        let answer = window.driver.execute(script, vec![selector.into()]).await?;
        let [right, up]: [i32; 2] = answer.convert()?;
        Ok((left + right, bottom - up))
    }
}

impl Drop for Source<'_> {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The other program. In a run of the journeys it does nothing: nobody tells it what to offer.
#[test]
fn offers_a_file_to_whoever_drags_it() {
    let Some(file) = std::env::var_os(OFFERED).map(PathBuf::from) else { return };
    gtk::init().expect("a display");
    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_title(SOURCE);
    window.set_default_size(SIZE, SIZE);
    window.move_(PLACE.0, PLACE.1);
    window.set_keep_above(true);
    let area = gtk::EventBox::new();
    let targets = [gtk::TargetEntry::new("text/uri-list", gtk::TargetFlags::empty(), 0)];
    area.drag_source_set(gtk::gdk::ModifierType::BUTTON1_MASK, &targets, gtk::gdk::DragAction::COPY);
    let uri = gtk::glib::filename_to_uri(file, None).expect("an absolute path");
    area.connect_drag_data_get(move |_, _, data, _, _| {
        data.set_uris(&[uri.as_str()]);
    });
    window.add(&area);
    window.show_all();
    gtk::main();
}
