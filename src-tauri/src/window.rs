//! The one window: made with the size, the place and the colors it had, so that nothing moves after its first paint.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
};

use serde::{Deserialize, Serialize};
use tauri::{
    AppHandle, LogicalPosition, LogicalSize, Manager, WebviewWindow, WebviewWindowBuilder, Window,
    utils::config::WindowConfig, window::Color,
};
use waymark_core::error::{Error, Result};

use crate::{
    desk::Desk,
    graphics, menu,
    settings::{self, Settings, Theme},
};

/// As `tauri.conf.json` has it.
pub const LABEL: &str = "main";

/// The least of a window that has to be on a screen for it to count as being there, in logical pixels.
const REACHABLE: f64 = 120.0;

/// Where the window was, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Of its content.
    pub width: f64,
    /// Of its content.
    pub height: f64,
    /// It filled the screen.
    #[serde(default)]
    pub is_maximized: bool,
    /// It had the screen for itself.
    #[serde(default)]
    pub is_full_screen: bool,
}

/// A screen, in logical pixels.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Place {
    /// Whether enough of its upper edge is on one of these screens to take hold of it.
    fn is_reachable(&self, screens: &[Screen]) -> bool {
        screens.iter().any(|screen| {
            let across = (self.x + self.width).min(screen.x + screen.width) - self.x.max(screen.x);
            across >= REACHABLE && self.y >= screen.y - 1.0 && self.y + REACHABLE <= screen.y + screen.height
        })
    }
}

/// The place of the window, and the file it is kept in.
#[derive(Debug)]
pub struct Places {
    file: Option<PathBuf>,
    now: Mutex<Option<Place>>,
}

impl Places {
    /// Reads where the window was.
    pub fn open(folder: Option<&Path>) -> Self {
        let file = folder.map(|folder| folder.join("window.json"));
        let text = file.as_deref().and_then(|file| std::fs::read_to_string(file).ok());
        Self { file, now: Mutex::new(text.and_then(|text| serde_json::from_str(&text).ok())) }
    }

    fn locked(&self) -> MutexGuard<'_, Option<Place>> {
        self.now.lock().expect("BUG: nothing panics while it holds the window's place")
    }
}

/// The ground that the window has: to give it the one that it has already would have the toolkit draw all of it again.
#[derive(Debug, Default)]
pub struct Ground {
    is_dark: Mutex<Option<bool>>,
}

impl Ground {
    /// Gives the menu bar, and the page before it shows anything, the ground of the page.
    ///
    /// # Errors
    /// Where the toolkit cannot.
    pub fn show(&self, window: &WebviewWindow, is_dark: bool) -> tauri::Result<()> {
        let mut shown = self.is_dark.lock().expect("BUG: nothing panics while it holds the window's ground");
        if *shown != Some(is_dark) {
            window.set_background_color(Some(background(is_dark)))?;
            *shown = Some(is_dark);
        }
        Ok(())
    }

    fn began(&self, is_dark: bool) {
        *self.is_dark.lock().expect("BUG: nothing panics while it holds the window's ground") = Some(is_dark);
    }
}

/// Makes the window, where and as large as it was.
///
/// # Errors
/// Where the toolkit cannot.
pub fn open(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let desk = app.state::<Desk>();
    let settings = desk.settings.now();
    let known = app.config().app.windows.iter().find(|window| window.label == LABEL);
    let mut config = known.cloned().ok_or(tauri::Error::WindowNotFound)?;
    if let Some(place) = *desk.places.locked() {
        put(&mut config, place, &screens(app));
    }
    let menu = menu::empty(app)?;
    let is_dark = settings.theme == Theme::Dark;
    desk.ground.began(is_dark);
    let window = WebviewWindowBuilder::from_config(app, &config)?
        .initialization_script(settings.script())
        .background_color(background(is_dark))
        .menu(menu)
        .build()?;
    graphics::fit(&window)?;
    menu::let_the_page_have_keys_first(&window)?;
    apply(&window, &settings);
    Ok(window)
}

/// The place that a window had, as far as there is still a screen there.
fn put(config: &mut WindowConfig, place: Place, screens: &[Screen]) {
    config.width = place.width.max(config.min_width.unwrap_or_default());
    config.height = place.height.max(config.min_height.unwrap_or_default());
    config.maximized = place.is_maximized;
    config.fullscreen = place.is_full_screen;
    if place.is_reachable(screens) {
        (config.x, config.y, config.center) = (Some(place.x), Some(place.y), false);
    }
}

fn screens(app: &AppHandle) -> Vec<Screen> {
    let monitors = app.available_monitors().unwrap_or_default();
    monitors
        .into_iter()
        .map(|monitor| {
            let scale = monitor.scale_factor();
            let (position, size) = (monitor.position().to_logical(scale), monitor.size().to_logical(scale));
            let (LogicalPosition { x, y }, LogicalSize { width, height }) = (position, size);
            Screen { x, y, width, height }
        })
        .collect()
}

/// What lies under the menu bar, and under the page before it shows anything: the page's own ground.
fn background(is_dark: bool) -> Color {
    if is_dark { Color(0x23, 0x26, 0x24, 0xff) } else { Color(0xff, 0xff, 0xff, 0xff) }
}

/// Makes the parts of the window that are not the page follow the settings.
pub fn apply(window: &WebviewWindow, settings: &Settings) {
    let theme = match settings.theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    };
    let bar = if settings.has_menu_bar { window.show_menu() } else { window.hide_menu() };
    let themed = window.set_theme(theme);
    // The toolkit changes the words of the menu bar with the theme, and leaves the ground that the window was made with.
    let is_dark = theme.or_else(|| window.theme().ok()) == Some(tauri::Theme::Dark);
    let ground = window.state::<Desk>().ground.show(window, is_dark);
    let applied = window.set_zoom(settings.zoom_factor()).and(themed).and(ground).and(bar);
    if let Err(error) = applied {
        tracing::warn!(%error, "The window did not follow all settings");
    }
}

/// Goes to full screen and back.
///
/// # Errors
/// `Bug` where the toolkit cannot.
pub fn toggle_full_screen(window: &WebviewWindow) -> Result<()> {
    let toggled = window.is_fullscreen().and_then(|is_full| window.set_fullscreen(!is_full));
    toggled.map_err(|error| Error::bug("The window could not change to full screen.").with_source(error))
}

/// Notes where the window is, to be there again at the next start. A window that fills the screen keeps the size that it
/// has when it does not.
pub fn note_place(window: &Window) {
    let desk = window.state::<Desk>();
    let before = *desk.places.locked();
    let noted = place_of(window, before).map_err(std::io::Error::other).and_then(|place| {
        *desk.places.locked() = Some(place);
        desk.places.file.as_deref().map_or(Ok(()), |file| settings::write(file, &place))
    });
    if let Err(error) = noted {
        tracing::warn!(%error, "The place of the window is not remembered");
    }
}

fn place_of(window: &Window, before: Option<Place>) -> tauri::Result<Place> {
    let scale = window.scale_factor()?;
    let (is_maximized, is_full_screen) = (window.is_maximized()?, window.is_fullscreen()?);
    if let Some(before) = before.filter(|_| is_maximized || is_full_screen) {
        return Ok(Place { is_maximized, is_full_screen, ..before });
    }
    let LogicalPosition { x, y } = window.outer_position()?.to_logical(scale);
    let LogicalSize { width, height } = window.inner_size()?.to_logical(scale);
    Ok(Place { x, y, width, height, is_maximized, is_full_screen })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAPTOP: Screen = Screen { x: 0.0, y: 0.0, width: 1440.0, height: 900.0 };
    const BESIDE: Screen = Screen { x: 1440.0, y: -200.0, width: 2560.0, height: 1440.0 };

    fn at(x: f64, y: f64) -> Place {
        Place { x, y, width: 1280.0, height: 800.0, is_maximized: false, is_full_screen: false }
    }

    #[test]
    fn a_window_is_put_where_it_can_be_taken_hold_of() {
        let cases = [
            (at(0.0, 0.0), vec![LAPTOP], true),
            (at(100.0, 700.0), vec![LAPTOP], true),
            (at(100.0, 850.0), vec![LAPTOP], false),
            (at(100.0, -40.0), vec![LAPTOP], false),
            (at(1400.0, 10.0), vec![LAPTOP], false),
            (at(1400.0, 10.0), vec![LAPTOP, BESIDE], true),
            (at(2000.0, -150.0), vec![LAPTOP, BESIDE], true),
            (at(-1250.0, 10.0), vec![LAPTOP], false),
            (at(0.0, 0.0), vec![], false),
        ];
        for (place, screens, expected) in cases {
            assert_eq!(place.is_reachable(&screens), expected, "{place:?} on {screens:?}");
        }
    }

    #[test]
    fn a_window_whose_screen_is_gone_has_its_size_in_the_middle_of_another() {
        let mut config = WindowConfig { center: true, min_width: Some(960.0), ..WindowConfig::default() };
        put(&mut config, Place { width: 700.0, ..at(5000.0, 10.0) }, &[LAPTOP]);
        assert!(config.center && config.x.is_none());
        assert_eq!((config.width, config.height), (960.0, 800.0));
        put(&mut config, at(40.0, 30.0), &[LAPTOP]);
        assert_eq!((config.center, config.x, config.y), (false, Some(40.0), Some(30.0)));
    }

    #[test]
    fn a_place_that_makes_no_sense_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("window.json"), "{\"x\": \"left\"}").unwrap();
        assert_eq!(*Places::open(Some(folder.path())).locked(), None);
    }
}
