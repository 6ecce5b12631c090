//! The files that come along with a walkthrough: those in the folder that an export puts beside it.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use waymark_core::{attachment, content::Field, error::Result, format::json::Warning, walkthrough::Walkthrough};
use waymark_library::attachments;

use crate::{App, export};

/// A file that comes along.
pub enum Beside {
    /// From the folder beside the walkthrough's file.
    Path(PathBuf),
    /// From a bundle, by name.
    Bytes(String, Vec<u8>),
}

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

/// Puts files beside the walkthrough that is about to come in. Where one gets another name, because another file has its own,
/// the links in the texts follow, and it is said.
pub async fn bring(app: &App, walkthrough: &mut Walkthrough, files: Vec<Beside>) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    let mut names = BTreeMap::new();
    for file in files {
        let (name, place, read) = match file {
            Beside::Bytes(name, bytes) => (name.clone(), format!("{}/{name}", attachment::FOLDER), Some(bytes)),
            Beside::Path(path) => {
                let (name, place) = (name(&path), path.display().to_string());
                let read = tokio::task::spawn_blocking(move || fs::read(path)).await;
                (name, place, read.ok().and_then(io::Result::ok))
            }
        };
        let warn = |message: String| Warning { path: place.clone(), message };
        let Some(bytes) = read else {
            warnings.push(warn(format!("The file `{name}` cannot be read; it is left out.")));
            continue;
        };
        let added = attachments::bring(&app.library, &walkthrough.id, &name, bytes).await?;
        if added.name != name {
            warnings.push(warn(format!("The file `{name}` came in as `{}`.", added.name)));
            names.insert(name, added.name);
        }
    }
    if let Some(warning) = follow(walkthrough, &names) {
        warnings.push(warning);
    }
    Ok(warnings)
}

/// Lets the links follow the files.
fn follow(walkthrough: &mut Walkthrough, names: &BTreeMap<String, String>) -> Option<Warning> {
    if names.is_empty() {
        return None;
    }
    let mut links = 0;
    for step in &mut walkthrough.steps {
        // What cannot be edited keeps its names.
        let Ok(content) = step.content_fields.editable() else { continue };
        for field in Field::ALL {
            let text = content.text_mut(field);
            if let Some((renamed, count)) = text.as_deref().and_then(|text| attachment::rename_links(text, names)) {
                *text = Some(renamed);
                links += count;
            }
        }
    }
    let message = match links {
        0 => "No link leads to the files that came in under another name.".to_owned(),
        1 => "1 link follows the files that came in under another name.".to_owned(),
        _ => format!("{links} links follow the files that came in under another name."),
    };
    Some(Warning { path: "$.steps".to_owned(), message })
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
