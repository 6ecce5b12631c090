//! A walkthrough of 500 steps in the real window: what it takes to open it, against one of 5 steps; typing in it, against a bare
//! CodeMirror; and going from step to step, against four bare editors that are given the same texts.
//!
//! The page itself measures, from the key (or the change of the address) to the first task after the frame in which the wanted
//! text was there. Whatever is compared is measured in turn, in the same window and the same run.

#[path = "measure/keys.rs"]
mod keys;
mod measure;

use std::ffi::OsString;
use std::path::PathBuf;

use keys::{BareEditor, type_block};
use measure::library::{insert, section, walkthrough};
use measure::{figure, median, percentile};
use thirtyfour::{Key, WebElement};
use waymark_core::content::{ContentFields, Field};
use waymark_core::walkthrough::{Step, Walkthrough};
use waymark_testkit::display::Display;
use waymark_testkit::session::{Keyring, Session};
use waymark_testkit::window::Window;

const MANY: u32 = 500;
const FEW: u32 = 5;
const OPENINGS: usize = 20;
const BLOCKS: usize = 12;
const MOVES: usize = 40;
/// One frame of a screen that shows sixty a second, in milliseconds.
const FRAME: f64 = 1_000.0 / 60.0;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run())
}

async fn run() -> Outcome<()> {
    let session = Session::start(Keyring::Unlocked)?;
    let display = Display::start(1440, 900)?;
    let library = session.home().join("library");
    let (many, few) = (guide(0, MANY), guide(1, FEW));
    // A runtime of its own: this one is already running.
    let (folder, guides) = (library.clone(), [many.clone(), few.clone()]);
    tokio::task::spawn_blocking(move || insert(&folder, guides.into_iter()).map_err(|e| e.to_string())).await??;

    let app = PathBuf::from(env!("CARGO_BIN_EXE_waymark-desktop"));
    let environment: [(&str, OsString); 1] = [("WAYMARK_LIBRARY", library.into())];
    let window = Window::open(&session, &display, &app, &[], &environment).await?;
    window.find("[role=table] a").await?;
    keys::prepare(&window).await?;
    opening(&window, &many, &few).await?;
    typing(&window, &many).await?;
    moving(&window, &many).await?;
    window.close().await?;
    Ok(())
}

/// The text of a step stands in its field.
fn in_field(step: u32) -> String {
    format!(
        "document.querySelector('[data-field=content_for_user] .cm-content')?.textContent.includes('project {step} ')"
    )
}

/// It does, and the agent view shows it too.
fn shown(step: u32) -> String {
    let agent =
        format!("document.querySelector('[role=tabpanel][aria-label=Agent]')?.textContent.includes('project {step} ')");
    format!("{} && {agent}", in_field(step))
}

fn texts_of(step: &Step) -> Vec<&str> {
    Field::ALL.into_iter().map(|field| step.content_fields.text(field).unwrap_or_default()).collect()
}

/// Every step says something of its own to the user.
fn guide(number: u32, steps: u32) -> Walkthrough {
    let mut guide = walkthrough(number, steps, "");
    for (at, step) in (0..).zip(&mut guide.steps) {
        if let ContentFields::V1(fields) = &mut step.content_fields {
            fields.content_for_user = Some(section(at));
        }
    }
    guide
}

/// Opens each in turn, from the library, and gives what it takes until texts and agent view are painted.
async fn opening(window: &Window, many: &Walkthrough, few: &Walkthrough) -> Outcome<()> {
    let (mut of_many, mut of_few) = (Vec::new(), Vec::new());
    for round in 0..=OPENINGS {
        for (guide, samples) in [(many, &mut of_many), (few, &mut of_few)] {
            window.find("[role=table] a").await?;
            let hash = format!("#/w/{}/s/{}", guide.id, guide.steps[1].id);
            let took = arrival(window, &format!("location.hash = '{hash}'"), &shown(1)).await?;
            // The first of each warms up and is not counted.
            if round > 0 {
                samples.push(took);
            }
            window.driver.execute("location.hash = '#/'", Vec::new()).await?;
        }
    }
    let (many, few) = (median(&of_many), median(&of_few));
    figure(
        &format!("opening a walkthrough of {MANY} steps, against one of {FEW}"),
        &format!("{:.0} ms more ({many:.0} ms / {few:.0} ms, medians of {OPENINGS})", many - few),
        "≤ one frame (17 ms) more",
        many - few <= FRAME,
    );
    Ok(())
}

async fn typing(window: &Window, guide: &Walkthrough) -> Outcome<()> {
    let step = &guide.steps[MANY as usize / 2];
    window.driver.execute(format!("location.hash = '#/w/{}/s/{}'", guide.id, step.id), Vec::new()).await?;
    window.until("the step is there", &shown(MANY / 2)).await?;
    let field = window.find("[data-field=content_for_user] .cm-content").await?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for block in 0..=BLOCKS {
        let samples = type_block(window, &field, block).await?;
        let other = BareEditor::open(window, "content_for_user", &section(MANY / 2)).await?;
        let bare_samples = type_block(window, &other.field, block).await?;
        other.close(window).await?;
        if block > 0 {
            ours.extend(samples);
            bare.extend(bare_samples);
        }
    }
    let (ours, theirs) = (percentile(&ours, 95.0), percentile(&bare, 95.0));
    figure(
        &format!("keydown to painted glyph in a walkthrough of {MANY} steps, p95, against a bare CodeMirror"),
        &format!("{:.2}× ({ours:.0} ms / {theirs:.0} ms)", ours / theirs),
        "≤ 1.2×",
        ours / theirs <= 1.2,
    );
    Ok(())
}

/// Down through the steps by the keyboard, and the same through the bare editors.
async fn moving(window: &Window, guide: &Walkthrough) -> Outcome<()> {
    let first = &guide.steps[0];
    window.driver.execute(format!("location.hash = '#/w/{}/s/{}'", guide.id, first.id), Vec::new()).await?;
    window.until("the first step is there", &shown(0)).await?;
    let list = window.find("[role=listbox][aria-label=Steps]").await?;
    let mut ours = Vec::new();
    for at in 1..=MOVES as u32 {
        ours.push(after_key(window, &list, &in_field(at)).await?);
        window.until("the agent view followed", &shown(at)).await?;
    }
    let texts: Vec<Vec<&str>> = guide.steps.iter().take(MOVES + 1).map(texts_of).collect();
    let place =
        "document.querySelector('[data-field=content_for_user]').closest('[data-scroll]').getBoundingClientRect()";
    window
        .driver
        .execute(format!("waymarkBareFields(arguments[0], {place})"), vec![serde_json::to_value(&texts)?])
        .await?;
    let host = window.find("#bare-editor").await?;
    let mut bare = Vec::new();
    for at in 1..=MOVES as u32 {
        let there = format!("document.getElementById('bare-editor').textContent.includes('project {at} ')");
        bare.push(after_key(window, &host, &there).await?);
    }
    let (ours, bare) = (median(&ours), median(&bare));
    figure(
        &format!("from step to step among {MANY}, key to painted texts, against four bare CodeMirrors"),
        &format!("{:.2}× ({ours:.0} ms / {bare:.0} ms, medians of {MOVES})", ours / bare),
        "none",
        true,
    );
    Ok(())
}

/// Runs a script and gives the milliseconds until something was there and painted.
async fn arrival(window: &Window, script: &str, there: &str) -> Outcome<f64> {
    let measured = format!("waymarkArrival(performance.now(), () => {there}); {script}");
    window.driver.execute(measured, Vec::new()).await?;
    arrived(window).await
}

/// Presses the arrow down and gives the milliseconds from the key until something was there and painted.
async fn after_key(window: &Window, on: &WebElement, there: &str) -> Outcome<f64> {
    let script = format!(
        "addEventListener('keydown', () => waymarkArrival(performance.now(), () => {there}), {{ capture: true, once: true }})"
    );
    window.driver.execute(script, Vec::new()).await?;
    on.send_keys(Key::Down).await?;
    arrived(window).await
}

async fn arrived(window: &Window) -> Outcome<f64> {
    window.until("it is there", "waymarkTimes.arrived.length > 0").await?;
    Ok(window.driver.execute("return waymarkTimes.arrived.pop()", Vec::new()).await?.convert()?)
}
