//! The smallest window that Tauri can open, with the same crates as the app: what the app's start is measured against.

fn main() -> Result<(), tauri::Error> {
    tauri::Builder::default().run(tauri::generate_context!("tests/perf/bare-window/tauri.conf.json"))
}
