//! How the page is drawn where there is no graphics card.
//!
//! WebKitGTK composes the page in layers as a graphics card does it. Where there is none (a virtual machine, a remote desktop), a
//! software renderer composes the whole window anew for each typed letter, on every core; drawing only what changed takes a third of
//! the time (`docs/performance.md`).

use tauri::WebviewWindow;

/// Has the page drawn without layers where no graphics card can compose them.
///
/// # Errors
/// Where there is no such window.
#[cfg(target_os = "linux")]
pub fn fit(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    if linux::has_card(std::path::Path::new("/dev/dri")) {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Elsewhere the system's own web view knows what its machine can do.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn fit(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;

    /// Whether the kernel has a card that renders: `renderD128` and the like among its devices.
    pub fn has_card(devices: &Path) -> bool {
        let is_renderer = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with("renderD");
        devices.read_dir().is_ok_and(|entries| entries.flatten().any(|entry| is_renderer(&entry.file_name())))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn only_a_device_that_renders_is_a_graphics_card() {
            let devices = tempfile::tempdir().unwrap();
            assert!(!has_card(&devices.path().join("dri")), "no folder");
            std::fs::write(devices.path().join("card0"), "").unwrap();
            assert!(!has_card(devices.path()), "one that only shows");
            std::fs::write(devices.path().join("renderD128"), "").unwrap();
            assert!(has_card(devices.path()));
        }
    }
}
