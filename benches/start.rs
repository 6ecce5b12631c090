//! From the start of the program to a window that shows its content, against the smallest window Tauri can open.
//!
//! The app has 1,000 walkthroughs in its library. Both programs are started alternately, twenty times each, on the same private
//! display. A start ends with the last change of the picture before a second of stillness with the page drawn: what the display
//! shows is what counts, not what a program says of itself. With `WAYMARK_PICTURES=FOLDER` every picture of the first start is kept
//! there, as XWD.
#![expect(clippy::print_stdout, reason = "a benchmark answers on the terminal it was started on")]

mod measure;

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use measure::{figure, median, milliseconds, percentile};
use waymark_testkit::display::Display;
use waymark_testkit::session::{Keyring, Session};

const WALKTHROUGHS: u32 = 1_000;
/// The first row of the picture in which a program shows something only once its page is drawn: the app has a menu above.
const APP_CONTENT_FROM: usize = 200;
const BARE_CONTENT_FROM: usize = 0;
const STILLNESS: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(30);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rounds: usize = std::env::var("WAYMARK_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let session = Session::start(Keyring::Unlocked)?;
    let display = Display::start(1280, 800)?;
    let library = session.home().join("library");
    measure::library::fill(&library, WALKTHROUGHS)?;
    let app = PathBuf::from(env!("CARGO_BIN_EXE_waymark-desktop"));
    let bare = app.with_file_name("examples").join("bare-window");
    if !bare.exists() {
        return Err(format!("{} is missing: `scripts/bench` builds it", bare.display()).into());
    }
    // The first start of each fills the caches of the system and is not counted.
    let mut screen = Screen::open(&display)?;
    for (program, from) in [(&app, APP_CONTENT_FROM), (&bare, BARE_CONTENT_FROM)] {
        one_start(&session, &display, &mut screen, program, &library, from)?;
    }
    if let Some(folder) = std::env::var_os("WAYMARK_PICTURES") {
        screen.kept_in = Some(folder.into());
        one_start(&session, &display, &mut screen, &app, &library, APP_CONTENT_FROM)?;
        screen.kept_in = None;
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut pictures = Vec::new();
    for round in 0..rounds {
        for turn in 0..2 {
            let of_the_app = (round + turn) % 2 == 0;
            let (program, from) = if of_the_app { (&app, APP_CONTENT_FROM) } else { (&bare, BARE_CONTENT_FROM) };
            let changes = one_start(&session, &display, &mut screen, program, &library, from)?;
            let took = changes.last().copied().unwrap_or_default();
            if of_the_app { &mut ours } else { &mut theirs }.push(took);
            if of_the_app {
                pictures.push(changes);
            }
        }
    }
    let ratio = median(&ours) / median(&theirs);
    println!(
        "start: app median {:.0} ms (p95 {:.0}), bare window median {:.0} ms (p95 {:.0}), {rounds} alternating starts",
        median(&ours),
        percentile(&ours, 95.0),
        median(&theirs),
        percentile(&theirs, 95.0)
    );
    pictures.sort_by(|one, other| one.last().partial_cmp(&other.last()).unwrap_or(std::cmp::Ordering::Equal));
    if let Some(middle) = pictures.get(pictures.len() / 2) {
        let times: Vec<String> = middle.iter().map(|at| format!("{at:.0}")).collect();
        println!("start: the app's pictures in the middle start came at {} ms", times.join(", "));
    }
    figure(
        "window start to content, 1,000 walkthroughs, against a bare Tauri window",
        &format!("{ratio:.2}× ({:.0} ms / {:.0} ms, medians of {rounds})", median(&ours), median(&theirs)),
        "≤ 1.5×",
        ratio <= 1.5,
    );
    Ok(())
}

/// Starts the program, waits until its picture is still, ends it, and waits until the screen is empty again: the milliseconds
/// at which the picture changed.
fn one_start(
    session: &Session,
    display: &Display,
    screen: &mut Screen,
    program: &Path,
    library: &Path,
    content_from: usize,
) -> io::Result<Vec<f64>> {
    let empty = screen.sample()?;
    let began = Instant::now();
    let child = session
        .command(program)
        .env("DISPLAY", display.name())
        .env("WAYMARK_LIBRARY", library)
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let running = Running(child);
    let mut last = empty.clone();
    let mut changes = Vec::new();
    let mut changed: Option<Instant> = None;
    while changed.is_none_or(|at| at.elapsed() < STILLNESS) || !Screen::shows_content(&last, content_from) {
        if began.elapsed() > PATIENCE {
            return Err(io::Error::other(format!("{} never came to rest", program.display())));
        }
        let now = screen.sample()?;
        if now != last {
            changed = Some(Instant::now());
            let at = milliseconds(began.elapsed());
            changes.push(at);
            screen.keep(at)?;
            last = now;
        }
        std::thread::sleep(Duration::from_millis(4));
    }
    drop(running);
    let gone = Instant::now();
    while screen.sample()? != empty && gone.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(changes)
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Politely first, so that the library is closed cleanly, as on most days.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

/// Every eighth row of the picture: enough to see any line of text appear, cheap enough not to disturb.
struct Screen {
    file: File,
    length: u64,
    kept_in: Option<PathBuf>,
}

impl Screen {
    const ROW: u64 = 1280 * 4;
    const EVERY: u64 = 8;

    fn open(display: &Display) -> io::Result<Self> {
        let file = File::open(display.framebuffer())?;
        let length = file.metadata()?.len();
        Ok(Self { file, length, kept_in: None })
    }

    /// Whether anything but even ground is to be seen from this row on: a line of text has many colors between its own and its
    /// ground's.
    fn shows_content(picture: &[u8], from_row: usize) -> bool {
        let rows = picture.chunks_exact(Self::ROW as usize).skip(from_row / Self::EVERY as usize);
        rows.into_iter().any(|row| row.chunks_exact(4).collect::<HashSet<_>>().len() > 4)
    }

    /// Keeps the whole picture, named after when it came.
    fn keep(&mut self, at: f64) -> io::Result<()> {
        let Some(folder) = &self.kept_in else { return Ok(()) };
        self.file.seek(SeekFrom::Start(0))?;
        io::copy(&mut self.file, &mut File::create(folder.join(format!("{at:05.0}.xwd")))?)?;
        Ok(())
    }

    fn sample(&mut self) -> io::Result<Vec<u8>> {
        let mut picture = Vec::new();
        let mut row = vec![0; Self::ROW as usize];
        let mut at = self.length - Self::ROW * 800;
        while at + Self::ROW <= self.length {
            self.file.seek(SeekFrom::Start(at))?;
            self.file.read_exact(&mut row)?;
            picture.extend_from_slice(&row);
            at += Self::ROW * Self::EVERY;
        }
        Ok(picture)
    }
}
