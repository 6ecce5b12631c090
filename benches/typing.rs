//! From the `keydown` to the painted glyph in fields of 100 KB and of 1 MB, against a bare CodeMirror in the same window and the same run; and how
//! far behind the keys the agent view is.
//!
//! Blocks of keys go to the two editors in turn. For each key the page itself measures from the event to the first task after the next
//! frame was painted. `scripts/bench` bundles the bare editor.
#![expect(clippy::print_stdout, reason = "a benchmark answers on the terminal it was started on")]

#[path = "measure/keys.rs"]
mod keys;
mod measure;

use std::ffi::OsString;
use std::path::PathBuf;

use keys::{BareEditor, type_block};
use measure::library::{insert, markdown, walkthrough};
use measure::{figure, median, percentile};
use waymark_testkit::display::Display;
use waymark_testkit::session::{Keyring, Session};
use waymark_testkit::window::Window;

/// A p95 of fewer keys is mostly chance.
const BLOCKS: usize = 16;
/// Of the text that is typed into; the second is the largest that has to stay fluid.
const KILOBYTES: [usize; 2] = [100, 1_000];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    for kilobytes in KILOBYTES {
        runtime.block_on(run(kilobytes))?;
    }
    Ok(())
}

async fn run(kilobytes: usize) -> Result<(), Box<dyn std::error::Error>> {
    let session = Session::start(Keyring::Unlocked)?;
    let display = Display::start(1440, 900)?;
    let library = session.home().join("library");
    let text = markdown(kilobytes * 1_000);
    let mut guide = walkthrough(0, 8, "Short.");
    let step = guide.steps[0].id.clone();
    if let waymark_core::content::ContentFields::V1(fields) = &mut guide.steps[0].content_fields {
        fields.content_for_user = Some(text.clone());
    }
    let id = guide.id.clone();
    // A runtime of its own: this one is already running.
    let folder = library.clone();
    tokio::task::spawn_blocking(move || insert(&folder, std::iter::once(guide)).map_err(|e| e.to_string())).await??;

    let app = PathBuf::from(env!("CARGO_BIN_EXE_waymark-desktop"));
    let environment: [(&str, OsString); 1] = [("WAYMARK_LIBRARY", library.into())];
    let window = Window::open(&session, &display, &app, &[], &environment).await?;
    window.driver.execute(format!("location.hash = '#/w/{id}/s/{step}'"), Vec::new()).await?;
    let field = window.find("[data-field=content_for_user] .cm-content").await?;
    window
        .until(
            "the agent view is there",
            "document.querySelector('[role=tabpanel][aria-label=Agent]')?.textContent.includes('Section 3')",
        )
        .await?;
    keys::prepare(&window).await?;

    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for block in 0..=BLOCKS {
        field.click().await?;
        let samples = type_block(&window, &field, block).await?;
        let other = BareEditor::open(&window, "content_for_user", &text).await?;
        let bare_samples = type_block(&window, &other.field, block).await?;
        other.close(&window).await?;
        // The first block of each warms up and is not counted.
        if block > 0 {
            ours.extend(samples);
            bare.extend(bare_samples);
        }
    }
    let follows = follow(&window, &field).await?;
    window.close().await?;

    println!(
        "typing, {kilobytes} KB: app median {:.0} p95 {:.0} ms, bare median {:.0} p95 {:.0} ms, {} keys each; preview follows in median {:.0} p95 {:.0} ms",
        median(&ours),
        percentile(&ours, 95.0),
        median(&bare),
        percentile(&bare, 95.0),
        ours.len(),
        median(&follows),
        percentile(&follows, 95.0)
    );
    let ratio = percentile(&ours, 95.0) / percentile(&bare, 95.0);
    figure(
        &format!("keydown to painted glyph in a {kilobytes} KB field, p95, against a bare CodeMirror"),
        &format!("{ratio:.2}× ({:.0} ms / {:.0} ms)", percentile(&ours, 95.0), percentile(&bare, 95.0)),
        "≤ 1.2×",
        ratio <= 1.2,
    );
    let (behind, most) = (percentile(&follows, 95.0), if kilobytes > 100 { 2_000.0 } else { 100.0 });
    figure(
        &format!("the agent view follows a key in a {kilobytes} KB field, p95"),
        &format!("{behind:.0} ms"),
        &format!("≤ {most:.0} ms"),
        behind <= most,
    );
    Ok(())
}

/// Types marks that are nowhere else and gives how long each took to appear in the agent view.
async fn follow(window: &Window, field: &thirtyfour::WebElement) -> Result<Vec<f64>, Box<dyn std::error::Error>> {
    field.click().await?;
    for key in 0..40 {
        window.driver.execute("waymarkFollow()", Vec::new()).await?;
        field.send_keys("x").await?;
        window.until("the agent view followed", &format!("waymarkTimes.followed.length > {key}")).await?;
    }
    let samples = window.driver.execute("return waymarkTimes.followed", Vec::new()).await?;
    Ok(samples.convert()?)
}
