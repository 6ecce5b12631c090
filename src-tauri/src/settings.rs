//! What a person chose about the window: theme, sizes, keys. One small file, the same for every library.
//!
//! It is read before the window exists, so that the first paint is right, and handed to the page by a script that runs
//! before the page's own. A file that is damaged, or from a newer Waymark, gives what can be understood of it and never
//! keeps the window from opening.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use waymark_core::error::{Code, Error, Result};

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it, and when it changes.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How far text stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Contrast {
    /// As the system asks for.
    #[default]
    System,
    /// As far as it can.
    More,
}

/// Whether things move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// As the system asks for.
    #[default]
    System,
    /// Nothing moves by itself.
    Reduced,
}

/// What a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// Contrast.
    pub contrast: Contrast,
    /// Motion.
    pub motion: Motion,
    /// Size of everything, in percent.
    pub zoom: u16,
    /// Size of the written text, in pixels.
    pub text_size: u8,
    /// Whether the menu bar is shown, where the window has one of its own.
    pub has_menu_bar: bool,
    /// Keys other than those an action comes with, by its id; an empty text is no keys at all.
    pub shortcuts: BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            contrast: Contrast::default(),
            motion: Motion::default(),
            zoom: 100,
            text_size: 14,
            has_menu_bar: true,
            shortcuts: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Reads what can be understood and takes the default for the rest.
    pub fn read(text: &str) -> Self {
        let Ok(Value::Object(found)) = serde_json::from_str::<Value>(text) else { return Self::default() };
        let mut settings = Self::default();
        for (name, value) in found {
            let Ok(Value::Object(mut known)) = serde_json::to_value(&settings) else { return settings };
            known.insert(name, value);
            settings = serde_json::from_value(Value::Object(known)).unwrap_or(settings);
        }
        settings.within_reason()
    }

    /// A size that nobody could read, or that leaves no room, would be hard to undo.
    pub fn within_reason(mut self) -> Self {
        self.zoom = self.zoom.clamp(50, 300);
        self.text_size = self.text_size.clamp(10, 32);
        self
    }

    /// The factor of the web view.
    pub fn zoom_factor(&self) -> f64 {
        f64::from(self.zoom) / 100.0
    }

    /// Runs in the page before anything else: the settings as a value, and the colors before there is a style sheet.
    pub fn script(&self) -> String {
        let settings = serde_json::to_string(self).unwrap_or_else(|_| "null".to_owned());
        format!(
            "globalThis.waymarkSettings = {settings};\n\
             (() => {{\n\
               const {{ theme }} = globalThis.waymarkSettings ?? {{ theme: 'system' }};\n\
               const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);\n\
               if (document.documentElement) document.documentElement.dataset.theme = isDark ? 'dark' : 'light';\n\
             }})();"
        )
    }
}

/// The settings and the file they are kept in.
#[derive(Debug)]
pub struct Kept {
    file: Option<PathBuf>,
    now: Mutex<Settings>,
}

impl Kept {
    /// Reads the settings in a folder; without a folder they last as long as the window.
    pub fn open(folder: Option<&Path>) -> Self {
        let file = folder.map(|folder| folder.join("settings.json"));
        let text = file.as_deref().and_then(|file| std::fs::read_to_string(file).ok());
        Self { file, now: Mutex::new(text.as_deref().map(Settings::read).unwrap_or_default()) }
    }

    /// As they are now.
    pub fn now(&self) -> Settings {
        self.locked().clone()
    }

    /// Keeps other settings. They hold for this window even where they cannot be written.
    ///
    /// # Errors
    /// `EnvironmentMissing` where the file cannot be written.
    pub fn set(&self, settings: Settings) -> Result<()> {
        let settings = settings.within_reason();
        self.locked().clone_from(&settings);
        let Some(file) = &self.file else { return Ok(()) };
        write(file, &settings).map_err(|source| {
            Error::new(Code::EnvironmentMissing, format!("The settings could not be kept in `{}`.", file.display()))
                .with_hint("They hold until the window closes. Check that the folder can be written.")
                .with_source(source)
        })
    }

    fn locked(&self) -> MutexGuard<'_, Settings> {
        self.now.lock().expect("BUG: nothing panics while it holds the settings")
    }
}

/// Writes a small file whole or not at all, and makes its folder.
pub fn write<T: Serialize>(file: &Path, value: &T) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = file.with_extension("json.new");
    std::fs::write(&beside, serde_json::to_string_pretty(value)?)?;
    std::fs::rename(&beside, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_understood_is_taken_and_the_rest_is_as_it_was() {
        let cases = [
            ("", Settings::default()),
            ("[]", Settings::default()),
            (r#"{"theme": "dark", "zoom": "huge"}"#, Settings { theme: Theme::Dark, ..Settings::default() }),
            (r#"{"theme": "sepia", "text_size": 18}"#, Settings { text_size: 18, ..Settings::default() }),
            (r#"{"newer": true, "has_menu_bar": false}"#, Settings { has_menu_bar: false, ..Settings::default() }),
            (r#"{"zoom": 9000, "text_size": 0}"#, Settings { zoom: 300, text_size: 10, ..Settings::default() }),
        ];
        for (text, expected) in cases {
            assert_eq!(Settings::read(text), expected, "{text}");
        }
    }

    #[test]
    fn settings_are_there_after_a_restart() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("config");
        let kept = Kept::open(Some(&folder));
        assert_eq!(kept.now(), Settings::default());
        let shortcuts = BTreeMap::from([("palette".to_owned(), "Mod+K".to_owned())]);
        let chosen = Settings { theme: Theme::Dark, shortcuts, ..Settings::default() };
        kept.set(chosen.clone()).unwrap();
        assert_eq!(Kept::open(Some(&folder)).now(), chosen);
    }

    #[test]
    fn settings_that_cannot_be_written_hold_for_this_window_and_say_so() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("file");
        std::fs::write(&folder, "not a folder").unwrap();
        let kept = Kept::open(Some(&folder));
        let error = kept.set(Settings { zoom: 125, ..Settings::default() }).unwrap_err();
        assert_eq!(error.code, Code::EnvironmentMissing);
        assert_eq!(kept.now().zoom, 125);
        assert!(Kept::open(None).set(Settings::default()).is_ok());
    }

    #[test]
    fn the_script_cannot_be_broken_out_of() {
        let shortcuts = BTreeMap::from([("a".to_owned(), "\"}; alert(1); //".to_owned())]);
        let script = Settings { shortcuts, ..Settings::default() }.script();
        assert!(script.starts_with(r#"globalThis.waymarkSettings = {"theme":"system""#), "{script}");
        assert!(script.contains(r#"\"}; alert(1); //"#));
    }
}
