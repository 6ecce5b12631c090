//! Where a journey takes place: a private session and display, a library of its own, and the built app.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use thirtyfour::error::WebDriverResult;
use waymark_testkit::display::Display;
use waymark_testkit::session::{Keyring, Session};
use waymark_testkit::window::Window;

/// What every journey may come back with.
pub type Journey = Result<(), Box<dyn std::error::Error>>;

/// A desk that nobody else sits at.
pub struct Scene {
    pub session: Session,
    pub display: Display,
    pub library: PathBuf,
}

impl Scene {
    pub fn new(keyring: Keyring) -> std::io::Result<Self> {
        let session = Session::start(keyring)?;
        let display = Display::start(1440, 900)?;
        let library = session.data_home().join("library");
        Ok(Self { session, display, library })
    }

    /// Opens the window on this scene's library.
    pub async fn open(&self) -> WebDriverResult<Window> {
        let environment: [(&str, OsString); 1] = [("WAYMARK_LIBRARY", self.library.clone().into())];
        Window::open(&self.session, &self.display, &app(), &[], &environment).await
    }

    /// Runs the `waymark` command on the same library and in the same session as the window.
    pub fn waymark(&self, arguments: &[&str]) -> std::io::Result<Output> {
        self.session
            .command(app().with_file_name("waymark"))
            .args(["--library".as_ref(), self.library.as_os_str()])
            .args(arguments)
            .stdin(Stdio::null())
            .output()
    }

    /// As [`Scene::waymark`], for what has to succeed and answers JSON.
    pub fn waymark_json(&self, arguments: &[&str]) -> Result<serde_json::Value, Box<dyn std::error::Error>> {
        let output = self.waymark(&[arguments, &["--json"]].concat())?;
        if !output.status.success() {
            return Err(format!("waymark {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Real input through the X server, for what WebDriver cannot reach. Gives what `xdotool` prints.
    pub fn xdotool(&self, arguments: &[&str]) -> Result<String, Box<dyn std::error::Error>> {
        let output = Command::new("timeout")
            .args(["20", "xdotool"])
            .args(arguments)
            .env("DISPLAY", self.display.name())
            .output()?;
        if !output.status.success() {
            return Err(format!("xdotool {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Keeps a picture of the whole screen beside the build, to be looked at.
    pub async fn picture(&self, window: &Window, name: &str) -> Journey {
        window.painted().await?;
        let folder = app().with_file_name("pictures");
        std::fs::create_dir_all(&folder)?;
        Ok(self.display.screenshot(&folder.join(format!("{name}.png")))?)
    }
}

/// The window's executable, as this build made it.
pub fn app() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_waymark-desktop"))
}

/// The files that the journey was given from outside, where they are.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures/walkthroughs")
}

/// Every file under `folder` that holds `needle`, as bytes or as UTF-16.
pub fn files_with(folder: &Path, needle: &str) -> std::io::Result<Vec<PathBuf>> {
    let wide: Vec<u8> = needle.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                let bytes = std::fs::read(entry.path())?;
                let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
                if holds(needle.as_bytes()) || holds(&wide) {
                    found.push(entry.path());
                }
            }
        }
    }
    Ok(found)
}
