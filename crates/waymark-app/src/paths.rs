//! Where Waymark keeps its files.

use std::path::PathBuf;

use directories::ProjectDirs;
use waymark_core::error::{Code, Error, Result};

/// The folder with the library, the logs and the sandbox: the one that was asked for, else the app's own.
///
/// # Errors
/// `EnvironmentMissing` where none was asked for and the system names no home folder.
pub fn data_dir(asked_for: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = asked_for {
        return std::path::absolute(&folder).map_err(|error| {
            Error::invalid(format!("`{}` is no usable folder.", folder.display())).with_source(error)
        });
    }
    let own = ProjectDirs::from("app", "Waymark", "waymark").ok_or_else(|| {
        Error::new(Code::EnvironmentMissing, "There is no home folder to keep the library in.")
            .with_hint("Set `HOME`, or name a folder with `--library DIR`.")
    })?;
    Ok(own.data_dir().to_owned())
}
