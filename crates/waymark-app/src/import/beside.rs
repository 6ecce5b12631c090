//! The files that come along with a walkthrough: those in the folder that an export puts beside it.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use waymark_core::{attachment, error::Result, format::json::Warning, id::WalkthroughId};
use waymark_library::attachments;

use crate::{App, export};

/// Files of one walkthrough that are looked at.
const FILES_MAX: usize = 1_000;

/// The files beside `path` that can come along, by name, and what is to be said of those that cannot.
pub fn look(path: &Path) -> (Vec<PathBuf>, Vec<Warning>) {
    let folder = export::files_of(path);
    let Ok(entries) = fs::read_dir(&folder) else { return (Vec::new(), Vec::new()) };
    let mut found: Vec<(PathBuf, u64)> = Vec::new();
    for entry in entries.filter_map(io::Result::ok) {
        // What a link leads to is not what somebody put into this folder.
        let Ok(file) = entry.path().symlink_metadata() else { continue };
        if file.is_file() && entry.file_name().to_str().is_some_and(attachment::is_name) {
            found.push((entry.path(), file.len()));
        }
    }
    found.sort();
    let mut warnings = Vec::new();
    let warn = |message: String| Warning { path: folder.display().to_string(), message };
    found.retain(|(path, bytes)| match attachment::check_size(&name(path), *bytes) {
        Ok(()) => true,
        Err(error) => {
            warnings.push(warn(format!("{} It is left out.", error.message)));
            false
        }
    });
    if found.len() > FILES_MAX {
        warnings.push(warn(format!("Only the first {FILES_MAX} of {} files come along.", found.len())));
        found.truncate(FILES_MAX);
    }
    (found.into_iter().map(|(path, _)| path).collect(), warnings)
}

/// Puts files beside the walkthrough that is about to come in. Says which got another name than the texts have for them.
pub async fn bring(app: &App, id: &WalkthroughId, files: &[PathBuf]) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    let mut names = HashSet::new();
    for path in files {
        let (name, from) = (name(path), path.clone());
        let read = tokio::task::spawn_blocking(move || fs::read(from)).await;
        let warn = |message: String| Warning { path: path.display().to_string(), message };
        let Ok(Ok(bytes)) = read else {
            warnings.push(warn(format!("The file `{name}` cannot be read; it is left out.")));
            continue;
        };
        let added = attachments::bring(&app.library, id, &name, bytes).await?;
        if added.name != name && names.insert(added.name.clone()) {
            let message = format!("The file `{name}` came in as `{}`; the texts name it as before.", added.name);
            warnings.push(warn(message));
        }
    }
    Ok(warnings)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
