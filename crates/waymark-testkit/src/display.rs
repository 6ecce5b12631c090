//! A private X server without a screen, whose picture can be read as it is painted.
//!
//! It must never use the developer's own display: each value starts an own `Xvfb` that picks its own number.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running X server; it ends with the value.
#[derive(Debug)]
pub struct Display {
    server: Child,
    number: u32,
    folder: tempfile::TempDir,
}

impl Display {
    /// Starts a server with one screen of the given size in pixels and 24 bits of color.
    ///
    /// # Errors
    /// When `Xvfb` is missing or does not say its number.
    pub fn start(width: u32, height: u32) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("wm-x-").tempdir()?;
        let mut server = Command::new("Xvfb")
            // Without `-noreset` the server begins anew when its last client goes, and refuses whoever comes in that moment:
            // the window that is started right after one was killed.
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .arg("-fbdir")
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdout = server.stdout.take().ok_or_else(|| io::Error::other("Xvfb has no output"))?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let number = line.trim().parse().map_err(|_| io::Error::other("Xvfb did not say its number"))?;
        Ok(Self { server, number, folder })
    }

    /// What goes into `DISPLAY`.
    #[must_use]
    pub fn name(&self) -> String {
        format!(":{}", self.number)
    }

    /// The file that holds the picture as the server paints it: an XWD header, then the pixels, rewritten in place.
    #[must_use]
    pub fn framebuffer(&self) -> PathBuf {
        self.folder.path().join("Xvfb_screen0")
    }

    /// Saves what the screen shows as a PNG, with ImageMagick's `import`.
    ///
    /// # Errors
    /// When ImageMagick is missing or cannot write the file.
    pub fn screenshot(&self, to: &Path) -> io::Result<()> {
        let status =
            Command::new("/usr/bin/import").args(["-display", &self.name(), "-window", "root"]).arg(to).status()?;
        if status.success() { Ok(()) } else { Err(io::Error::other("the screen could not be saved")) }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_displays_live_side_by_side() {
        let one = Display::start(320, 200).unwrap();
        let two = Display::start(320, 200).unwrap();
        assert_ne!(one.name(), two.name());
        assert!(one.framebuffer().metadata().unwrap().len() > 320 * 200 * 4);
    }
}
