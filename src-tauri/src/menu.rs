//! The native menu: built from what the page says there is, so that menu, palette and buttons are the same actions.
//!
//! The page decides what stands in it, how it is called and what is enabled; choosing something tells the page its id.
//! Only what the page cannot do is done here: cut, copy and paste from a menu, and quitting.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use tauri::{
    AppHandle, Manager, WebviewWindow, Wry,
    menu::{AboutMetadata, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu},
};
use tauri_specta::Event;

use crate::{desk::Desk, events::MenuChosen, window};

/// What stands in the bar until the page says what is in it, so that nothing moves when it does.
const TITLES: [&str; 5] = ["File", "Edit", "View", "Go", "Help"];

/// One menu of the bar.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, specta::Type)]
pub struct NativeMenu {
    /// What it is called.
    pub label: String,
    /// What is in it.
    pub entries: Vec<MenuEntry>,
}

/// One line of a menu.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MenuEntry {
    /// Something the page does.
    Action {
        /// Which, as the page knows it.
        id: String,
        /// What it is called.
        label: String,
        /// Its keys, as accelerators are written.
        keys: Option<String>,
        /// Whether it can be done now.
        is_enabled: bool,
    },
    /// Something the web view does with what is selected.
    Editing {
        /// Which.
        editing: Editing,
        /// What it is called.
        label: String,
    },
    /// Closes the window, once everything is saved.
    Quit {
        /// What it is called.
        label: String,
    },
    /// A line between others.
    Separator,
}

/// What a web view does with what is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Editing {
    /// To the clipboard, and away.
    Cut,
    /// To the clipboard.
    Copy,
    /// From the clipboard.
    Paste,
    /// Selects everything.
    SelectAll,
}

/// The menu that is shown.
#[derive(Default)]
pub struct Shown(Mutex<Now>);

#[derive(Default)]
struct Now {
    menus: Vec<NativeMenu>,
    items: Items,
}

/// The page's actions, by their ids.
type Items = Vec<(String, MenuItem<Wry>)>;

const QUIT: &str = "app:quit";
const ACTION: &str = "do:";
const EDITING: [(Editing, &str, &str); 4] = [
    (Editing::Cut, "edit:cut", "Cut"),
    (Editing::Copy, "edit:copy", "Copy"),
    (Editing::Paste, "edit:paste", "Paste"),
    (Editing::SelectAll, "edit:select-all", "SelectAll"),
];

/// The bar before the page has spoken.
///
/// # Errors
/// Where the toolkit cannot.
pub fn empty(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let menu = bar(app)?;
    for title in TITLES {
        menu.append(&Submenu::new(app, title, true)?)?;
    }
    Ok(menu)
}

/// Shows what the page says. Where only what is enabled differs nothing is built anew, so that an open menu stays open.
///
/// # Errors
/// Where the toolkit cannot.
pub fn show(window: &WebviewWindow, menus: Vec<NativeMenu>) -> tauri::Result<()> {
    let app = window.app_handle();
    let desk = app.state::<Desk>();
    let mut shown = desk.menu.0.lock().expect("BUG: nothing panics while it holds the menu");
    if same_but_for_enabled(&shown.menus, &menus) {
        for (id, is_enabled) in menus.iter().flat_map(|menu| &menu.entries).filter_map(enabled) {
            if let Some((_, item)) = shown.items.iter().find(|(known, _)| known == id) {
                item.set_enabled(is_enabled)?;
            }
        }
    } else {
        let menu = bar(app)?;
        let mut items = Items::new();
        for described in &menus {
            menu.append(&build(app, described, &mut items)?)?;
        }
        window.set_menu(menu)?;
        shown.items = items;
    }
    shown.menus = menus;
    drop(shown);
    // A bar that was put up anew is shown whatever was chosen before.
    if !desk.settings.now().has_menu_bar {
        window.hide_menu()?;
    }
    Ok(())
}

/// The bar of this system: on a Mac it begins with the menu of the application.
fn bar(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(app)?;
    if cfg!(target_os = "macos") {
        let about = AboutMetadata { version: Some(env!("CARGO_PKG_VERSION").to_owned()), ..AboutMetadata::default() };
        let own = Submenu::with_items(
            app,
            "Waymark",
            true,
            &[
                &PredefinedMenuItem::about(app, None, Some(about))?,
                &PredefinedMenuItem::separator(app)?,
                &PredefinedMenuItem::services(app, None)?,
                &PredefinedMenuItem::separator(app)?,
                &PredefinedMenuItem::hide(app, None)?,
                &PredefinedMenuItem::hide_others(app, None)?,
                &PredefinedMenuItem::show_all(app, None)?,
                &PredefinedMenuItem::separator(app)?,
                &MenuItem::with_id(app, QUIT, "Quit Waymark", true, Some("Cmd+Q"))?,
            ],
        )?;
        menu.append(&own)?;
    }
    Ok(menu)
}

fn build(app: &AppHandle, described: &NativeMenu, items: &mut Items) -> tauri::Result<Submenu<Wry>> {
    let menu = Submenu::new(app, &described.label, true)?;
    for entry in &described.entries {
        match entry {
            MenuEntry::Action { id, label, keys, is_enabled } => {
                let native = format!("{ACTION}{id}");
                let keys = keys.as_deref();
                // Keys that the toolkit does not know still work in the page; the line is there without them.
                let item = MenuItem::with_id(app, &native, label, *is_enabled, keys)
                    .or_else(|_| MenuItem::with_id(app, &native, label, *is_enabled, None::<&str>))?;
                menu.append(&item)?;
                items.push((id.clone(), item));
            }
            MenuEntry::Editing { editing, label } => append_editing(app, &menu, *editing, label)?,
            // On a Mac it stands in the menu of the application.
            MenuEntry::Quit { .. } if cfg!(target_os = "macos") => {}
            MenuEntry::Quit { label } => menu.append(&MenuItem::with_id(app, QUIT, label, true, Some("Ctrl+Q"))?)?,
            MenuEntry::Separator => menu.append(&PredefinedMenuItem::separator(app)?)?,
        }
    }
    Ok(menu)
}

/// On Linux the toolkit has no such lines of its own: the web view is told instead.
fn append_editing(app: &AppHandle, menu: &Submenu<Wry>, editing: Editing, label: &str) -> tauri::Result<()> {
    if cfg!(target_os = "linux") {
        let id = EDITING.iter().find(|(known, ..)| *known == editing).map_or("", |(_, id, _)| id);
        return menu.append(&MenuItem::with_id(app, id, label, true, None::<&str>)?);
    }
    let item = match editing {
        Editing::Cut => PredefinedMenuItem::cut(app, Some(label)),
        Editing::Copy => PredefinedMenuItem::copy(app, Some(label)),
        Editing::Paste => PredefinedMenuItem::paste(app, Some(label)),
        Editing::SelectAll => PredefinedMenuItem::select_all(app, Some(label)),
    };
    menu.append(&item?)
}

/// Somebody chose a line.
pub fn chosen(app: &AppHandle, event: &MenuEvent) {
    let id = event.id().as_ref();
    let Some(window) = app.get_webview_window(window::LABEL) else { return };
    let done = if let Some(id) = id.strip_prefix(ACTION) {
        (MenuChosen { id: id.to_owned() }).emit(app)
    } else if id == QUIT {
        window.close()
    } else if let Some((_, _, command)) = EDITING.iter().find(|(_, known, _)| *known == id) {
        edit(&window, command)
    } else {
        Ok(())
    };
    if let Err(error) = done {
        tracing::warn!(%error, id, "Nothing came of a line of the menu");
    }
}

/// Does with what is selected what a menu of the page asks for.
///
/// # Errors
/// Where the web view cannot be told.
pub fn edit_selection(window: &WebviewWindow, editing: Editing) -> tauri::Result<()> {
    let command = EDITING.iter().find(|(known, ..)| *known == editing).map_or("", |(.., command)| command);
    edit(window, command)
}

#[cfg(target_os = "linux")]
fn edit(window: &WebviewWindow, command: &'static str) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    window.with_webview(move |view| view.inner().execute_editing_command(command))
}

/// Elsewhere the bar has lines of the toolkit for this; what a menu of the page asks for, the page is made to do.
#[cfg(not(target_os = "linux"))]
fn edit(window: &WebviewWindow, command: &'static str) -> tauri::Result<()> {
    window.eval(match command {
        "Cut" => "document.execCommand('cut')",
        "Copy" => "document.execCommand('copy')",
        "Paste" => "navigator.clipboard.readText().then((text) => document.execCommand('insertText', false, text))",
        _ => "document.execCommand('selectAll')",
    })
}

/// GTK gives the keys of a menu to the menu before the page hears of them; what was typed just before would then come
/// after. Here the page comes first, and the menu gets what the page leaves.
///
/// # Errors
/// Where there is no such window.
#[cfg(target_os = "linux")]
pub fn let_the_page_have_keys_first(window: &WebviewWindow) -> tauri::Result<()> {
    use gtk::{glib::Propagation, prelude::*};
    window.gtk_window()?.connect_key_press_event(|window, event| {
        if window.propagate_key_event(event) { Propagation::Stop } else { Propagation::Proceed }
    });
    Ok(())
}

/// Elsewhere the page hears of its keys first without help.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn let_the_page_have_keys_first(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

fn enabled(entry: &MenuEntry) -> Option<(&str, bool)> {
    match entry {
        MenuEntry::Action { id, is_enabled, .. } => Some((id, *is_enabled)),
        _ => None,
    }
}

fn same_but_for_enabled(a: &[NativeMenu], b: &[NativeMenu]) -> bool {
    let plain = |menus: &[NativeMenu]| {
        let mut menus = menus.to_vec();
        for entry in menus.iter_mut().flat_map(|menu| &mut menu.entries) {
            if let MenuEntry::Action { is_enabled, .. } = entry {
                *is_enabled = true;
            }
        }
        menus
    };
    plain(a) == plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu(label: &str, keys: Option<&str>, is_enabled: bool) -> Vec<NativeMenu> {
        let action = MenuEntry::Action {
            id: "undo".to_owned(),
            label: label.to_owned(),
            keys: keys.map(str::to_owned),
            is_enabled,
        };
        vec![NativeMenu { label: "Edit".to_owned(), entries: vec![action, MenuEntry::Separator] }]
    }

    #[test]
    fn a_menu_is_built_anew_only_where_more_differs_than_what_is_enabled() {
        let first = menu("Undo", Some("CmdOrCtrl+Z"), true);
        assert!(same_but_for_enabled(&first, &menu("Undo", Some("CmdOrCtrl+Z"), false)));
        assert!(!same_but_for_enabled(&first, &menu("Undo", None, true)));
        assert!(!same_but_for_enabled(&first, &menu("Take back", Some("CmdOrCtrl+Z"), true)));
        assert!(!same_but_for_enabled(&first, &[]));
    }

    #[test]
    fn a_menu_is_read_as_the_page_writes_it() {
        let text = r#"[{"label": "Edit", "entries": [
            {"kind": "action", "id": "undo", "label": "Undo", "keys": "CmdOrCtrl+Z", "is_enabled": true},
            {"kind": "separator"}, {"kind": "editing", "editing": "select_all", "label": "Select all"},
            {"kind": "quit", "label": "Quit"}]}]"#;
        let menus: Vec<NativeMenu> = serde_json::from_str(text).unwrap();
        assert_eq!(menus[0].entries.len(), 4);
    }
}
