//! The real window, driven through WebDriver: an app binary inside a private session, on a private display.
//!
//! Elements are found by what a person or a screen reader finds (role and name), waited for by condition, never by time.

use std::ffi::OsString;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, WebDriver};

use crate::display::Display;
use crate::session::Session;

/// How long a condition may take before the journey has failed.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// One open window of the app. [`Window::close`] ends it properly; dropping it ends its processes.
#[derive(Debug)]
pub struct Window {
    /// The WebDriver session.
    pub driver: WebDriver,
    bridge: Child,
}

impl Window {
    /// Starts the app and waits until WebDriver has a session with its web view.
    ///
    /// # Errors
    /// When the driver does not come up or the app opens no window.
    pub async fn open(
        session: &Session,
        display: &Display,
        app: &Path,
        arguments: &[&str],
        environment: &[(&str, OsString)],
    ) -> WebDriverResult<Self> {
        let (bridge, port) =
            start_bridge(session, display, environment).map_err(|e| failed(format!("WebKitWebDriver: {e}")))?;
        // The app's own requests make the shared HTTP client one that comes without cryptography, and it refuses to start so.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut capabilities = Capabilities::new();
        capabilities.set("webkitgtk:browserOptions", serde_json::json!({ "binary": app, "args": arguments }))?;
        let mut guard = Guard(Some(bridge));
        let opening = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities);
        let opened = tokio::time::timeout(2 * PATIENCE, opening).await;
        let driver = match opened.map_err(|_| "in time".to_owned()).and_then(|opened| opened.map_err(|e| e.to_string()))
        {
            Ok(driver) => driver,
            Err(how) => return Err(failed(format!("the app opened no window: {how}\n{}", guard.says(session)))),
        };
        let bridge = guard.0.take().unwrap_or_else(|| unreachable!("the guard was filled above"));
        Ok(Self { driver, bridge })
    }

    /// The process of the app itself.
    ///
    /// # Errors
    /// When the driver has no child any more.
    pub fn app_process(&self) -> io::Result<u32> {
        let children = format!("/proc/{0}/task/{0}/children", self.bridge.id());
        let text = std::fs::read_to_string(children)?;
        text.split_whitespace()
            .find_map(|pid| pid.parse().ok())
            .ok_or_else(|| io::Error::other("the app is not running"))
    }

    /// Ends the app as a power cut would: no signal handler, no goodbye.
    ///
    /// # Errors
    /// When the app is not running any more.
    pub fn kill_app(&self) -> io::Result<()> {
        let pid = self.app_process()?;
        let status = Command::new("kill").args(["-9", &pid.to_string()]).status()?;
        if !status.success() {
            return Err(io::Error::other("the app could not be killed"));
        }
        gone(pid);
        Ok(())
    }

    /// Closes the window and waits for the app to end.
    ///
    /// # Errors
    /// When WebDriver cannot close it.
    pub async fn close(mut self) -> WebDriverResult<()> {
        let app = self.app_process();
        self.driver.clone().quit().await?;
        // The next window on the same library must not meet this one while it is closing.
        if let Ok(pid) = app {
            gone(pid);
        }
        let _ = self.bridge.kill();
        let _ = self.bridge.wait();
        Ok(())
    }

    /// The first visible element that the CSS selector finds, waited for.
    ///
    /// # Errors
    /// When none appears in time.
    pub async fn find(&self, selector: &str) -> WebDriverResult<WebElement> {
        self.first(By::Css(selector), selector).await
    }

    /// The first visible element that the XPath expression finds, waited for.
    ///
    /// # Errors
    /// When none appears in time.
    pub async fn find_path(&self, path: &str) -> WebDriverResult<WebElement> {
        self.first(By::XPath(path), path).await
    }

    /// WebDriver's own idea of "displayed" is wrong for rows that are placed by a transform, hence the look at the box.
    async fn first(&self, by: By, what: &str) -> WebDriverResult<WebElement> {
        const IS_VISIBLE: &str = "const box = arguments[0].getBoundingClientRect();
            return box.width > 0 && box.height > 0 && getComputedStyle(arguments[0]).visibility === 'visible'
                && !arguments[0].disabled;";
        let began = Instant::now();
        loop {
            for element in self.driver.find_all(by.clone()).await.unwrap_or_default() {
                let visible = self.driver.execute(IS_VISIBLE, vec![element.to_json()?]).await;
                if visible.is_ok_and(|answer| answer.json().as_bool() == Some(true)) {
                    return Ok(element);
                }
            }
            if began.elapsed() > PATIENCE {
                let text = self.text().await.unwrap_or_default();
                return Err(failed(format!("nothing visible is found by {what}; the window says:\n{text}")));
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Waits until what the page has now is painted.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn painted(&self) -> WebDriverResult<()> {
        let script = "const done = arguments[0];
            document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 120))));";
        self.driver.execute_async(script, Vec::new()).await.map(drop)
    }

    /// The button (or link, tab, menu item) with this visible text or accessible name.
    ///
    /// # Errors
    /// When none appears in time.
    pub async fn control(&self, name: &str) -> WebDriverResult<WebElement> {
        let quoted = quote(name);
        let kinds = ["button", "tab", "menuitem", "option", "radio", "switch", "checkbox", "link"]
            .map(|role| format!("@role='{role}'"))
            .join(" or ");
        let all = format!("//*[self::button or self::a or {kinds}]");
        let whole = format!("{all}[normalize-space(.)={quoted} or @aria-label={quoted}]");
        // A control may go on with a shortcut or a number; the exact name wins where both are there.
        let begun = format!("{all}[starts-with(normalize-space(.), {quoted}) or starts-with(@aria-label, {quoted})]");
        if self.driver.find_all(By::XPath(&whole)).await.is_ok_and(|found| !found.is_empty()) {
            return self.find_path(&whole).await;
        }
        self.find_path(&format!("{whole} | {begun}")).await
    }

    /// Clicks the control with this name.
    ///
    /// # Errors
    /// When there is none or it cannot be clicked.
    pub async fn press(&self, name: &str) -> WebDriverResult<()> {
        let began = Instant::now();
        loop {
            let pressed = match self.control(name).await {
                Ok(control) => self.click(&control).await,
                Err(error) => return Err(failed(format!("no control named {name:?}: {error}"))),
            };
            // The page may have drawn the control anew since it was found, and a dialog that is closing may still lie over it.
            match pressed {
                Err(error) if began.elapsed() < PATIENCE && is_passing(&error) => {
                    tokio::time::sleep(Duration::from_millis(25)).await;
                }
                other => return other,
            }
        }
    }

    /// WebDriver takes what lies under a bar for visible and then finds it covered; a person would scroll on.
    async fn click(&self, control: &WebElement) -> WebDriverResult<()> {
        match control.click().await {
            Err(error) if is_passing(&error) => {
                let center = "arguments[0].scrollIntoView({ block: 'center' })";
                self.driver.execute(center, vec![control.to_json()?]).await?;
                control.click().await
            }
            other => other,
        }
    }

    /// The text field with this label.
    ///
    /// # Errors
    /// When none appears in time.
    pub async fn field(&self, label: &str) -> WebDriverResult<WebElement> {
        let quoted = quote(label);
        self.find_path(&format!(
            "//*[self::input or self::textarea or self::select][@aria-label={quoted} or @id=//label[starts-with(normalize-space(.), {quoted})]/@for or ancestor::label[starts-with(normalize-space(.), {quoted})]]"
        ))
        .await
        .map_err(|e| failed(format!("no field labelled {label:?}: {e}")))
    }

    /// Waits until the JavaScript expression is true in the page.
    ///
    /// # Errors
    /// When it is not in time; the message carries what the page showed.
    pub async fn until(&self, what: &str, expression: &str) -> WebDriverResult<()> {
        self.until_within(PATIENCE, what, expression).await
    }

    /// As [`Window::until`], with an own time limit.
    ///
    /// # Errors
    /// When it is not true in time.
    pub async fn until_within(&self, patience: Duration, what: &str, expression: &str) -> WebDriverResult<()> {
        let script = format!("return Boolean({expression});");
        let began = Instant::now();
        loop {
            let answer = self.driver.execute(script.as_str(), Vec::new()).await?;
            if answer.json().as_bool() == Some(true) {
                return Ok(());
            }
            if began.elapsed() > patience {
                let text = self.text().await.unwrap_or_default();
                return Err(failed(format!("waited in vain until {what}; the window says:\n{text}")));
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Waits until the page shows this text somewhere.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn shows(&self, text: &str) -> WebDriverResult<()> {
        let quoted = serde_json::Value::from(text).to_string();
        self.until(&format!("{text:?} is shown"), &format!("document.body.innerText.includes({quoted})")).await
    }

    /// Everything that the page shows as text.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn text(&self) -> WebDriverResult<String> {
        let answer = self.driver.execute("return document.body.innerText;", Vec::new()).await?;
        Ok(answer.json().as_str().unwrap_or_default().to_owned())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // Ended here and not by a request to a driver that is gone, which would wait for two minutes.
        let _ = self.driver.clone().leak();
        // The app is the driver's child; it would stay behind if only the driver were ended.
        if let Ok(pid) = self.app_process() {
            let _ = Command::new("kill").args(["-9", &pid.to_string()]).stderr(Stdio::null()).status();
        }
        let _ = self.bridge.kill();
        let _ = self.bridge.wait();
    }
}

/// Waits until a process has ended; what is left of it is a line in the table until its parent looks.
fn gone(pid: u32) {
    let began = Instant::now();
    while std::fs::read_link(format!("/proc/{pid}/exe")).is_ok() && began.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Ends the driver when opening the window fails half-way.
struct Guard(Option<Child>);

impl Guard {
    /// What is to be known of a start that opened no window: what runs, and the last words of the driver and the app.
    fn says(&self, session: &Session) -> String {
        let id = self.0.as_ref().map_or_else(String::new, |bridge| bridge.id().to_string());
        let tree = Command::new("ps").args(["-o", "pid,ppid,stat,etime,args", "-p", &id, "--ppid", &id]).output();
        let tree = tree.map(|tree| String::from_utf8_lossy(&tree.stdout).into_owned()).unwrap_or_default();
        let log = std::fs::read(session.home().join(LOG)).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let from = log.char_indices().rev().nth(4_000).map_or(0, |(at, _)| at);
        format!("processes:\n{tree}\nlast words:\n{}", &log[from..])
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn failed(message: String) -> thirtyfour::error::WebDriverError {
    thirtyfour::error::WebDriverError::from_inner(thirtyfour::error::WebDriverErrorInner::FatalError(message))
}

/// Whether a click may succeed when it is tried again.
fn is_passing(error: &WebDriverError) -> bool {
    use thirtyfour::error::WebDriverErrorInner::{
        ElementClickIntercepted, ElementNotInteractable, StaleElementReference,
    };
    matches!(error.as_inner(), ElementClickIntercepted(_) | ElementNotInteractable(_) | StaleElementReference(_))
}

/// XPath 1.0 has no escapes: a string with both kinds of quotes has to be put together.
fn quote(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    format!("concat('{}')", text.replace('\'', "', \"'\", '"))
}

/// WebKitWebDriver cannot choose a port by itself, so a free one is looked up; another process may take it in between, hence the
/// tries.
fn start_bridge(session: &Session, display: &Display, environment: &[(&str, OsString)]) -> io::Result<(Child, u16)> {
    for _ in 0..5 {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut bridge = session
            .command("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("DISPLAY", display.name())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env_remove("WAYLAND_DISPLAY")
            .envs(environment.iter().map(|(k, v)| (k, v)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(bridge_log(session)?)
            .spawn()?;
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok((bridge, port));
            }
            if bridge.try_wait()?.is_some() {
                break;
            }
            std::thread::yield_now();
        }
        let _ = bridge.kill();
        let _ = bridge.wait();
    }
    Err(io::Error::other("did not open its port"))
}

/// What the driver, the app and the web view complain about, in the session's home: a start that fails shows it.
const LOG: &str = "window.log";

fn bridge_log(session: &Session) -> io::Result<Stdio> {
    let path = session.home().join(LOG);
    std::fs::OpenOptions::new().create(true).append(true).open(path).map(Stdio::from)
}
