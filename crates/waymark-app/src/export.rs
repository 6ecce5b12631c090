//! Exporting walkthroughs to files. A file is either the old one or the whole new one, never a part.
//!
//! The files that a walkthrough's texts link to go into a folder beside it: those of `tour.json` into `tour.files`. The
//! JSON itself is the same with them and without.

use std::{
    fs::{self, Permissions},
    io::{self, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Code, Error, Result},
    format::json,
    id::WalkthroughId,
};
use waymark_library::{attachments, drafts};

use crate::App;

/// What to do with a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum OnExisting {
    /// It stays, and the export is refused.
    Refuse,
    /// It is replaced: the person has agreed, for example in the save dialog.
    Replace,
}

/// A walkthrough to export.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ExportDraft {
    /// Which.
    pub id: WalkthroughId,
    /// The file, or a folder to put a file named after the title into.
    pub path: PathBuf,
    /// What to do with a file that is there.
    pub on_existing: OnExisting,
}

/// Walkthroughs to export into a folder.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ExportDrafts {
    /// Which.
    pub ids: Vec<WalkthroughId>,
    /// The folder.
    pub folder: PathBuf,
}

/// What was exported into a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ExportedDrafts {
    /// The folder.
    pub folder: PathBuf,
    /// The files in it, in the order of the walkthroughs.
    pub files: Vec<String>,
    /// How many files beside the walkthroughs came along.
    pub attachments: u32,
}

/// A walkthrough that was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ExportedDraft {
    /// The file.
    pub path: PathBuf,
    /// The folder with the files that its texts link to, where there are any.
    pub files: Option<PathBuf>,
    /// How many they are.
    pub attachments: u32,
}

/// The JSON export of a draft as it is now.
///
/// # Errors
/// `NotFound`.
pub async fn text(app: &App, id: &WalkthroughId) -> Result<String> {
    let open = drafts::open(&app.library, id).await?;
    Ok(json::write(&open.draft.walkthrough, (app.env.now)()))
}

/// Writes the JSON export of a draft, and the files that it links to beside it.
///
/// # Errors
/// `NotFound`; `Refused` where the file is there and may not be replaced; `InvalidInput` where it cannot be written.
pub async fn run(app: &App, export: ExportDraft) -> Result<ExportedDraft> {
    let open = drafts::open(&app.library, &export.id).await?;
    let text = json::write(&open.draft.walkthrough, (app.env.now)());
    let path = match export.path.is_dir() {
        true => export.path.join(file_name(&open.draft.walkthrough.title)),
        false => export.path,
    };
    let meant = attachments::meant(&app.library, &open.draft.walkthrough).await?;
    let on_existing = export.on_existing;
    let work = tokio::task::spawn_blocking(move || {
        if on_existing == OnExisting::Refuse && path.exists() {
            return Err(exists(&path));
        }
        let files = copy_beside(&meant, &path, on_existing)?;
        write(&path, &text, on_existing)?;
        Ok(ExportedDraft { path, files, attachments: meant.len() as u32 })
    });
    work.await.unwrap_or_else(|panic| Err(Error::bug("Writing a file ended early.").with_source(panic)))
}

/// The folder with the files of the walkthrough in this file.
pub fn files_of(path: &Path) -> PathBuf {
    path.with_extension("files")
}

/// Copies files into the folder beside `path`; nothing where there are none.
fn copy_beside(files: &[(String, PathBuf)], path: &Path, on_existing: OnExisting) -> Result<Option<PathBuf>> {
    if files.is_empty() {
        return Ok(None);
    }
    let folder = files_of(path);
    if on_existing == OnExisting::Refuse && folder.exists() {
        return Err(exists(&folder));
    }
    fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, error))?;
    for (name, from) in files {
        let target = folder.join(name);
        let bytes = fs::read(from).map_err(|error| {
            Error::invalid(format!("The file `{name}` beside the walkthrough cannot be read."))
                .with_hint("Check the rights of the library's folder.")
                .with_source(error)
        })?;
        // Nothing here was agreed to but the folder: a file of the same name in it is one of an earlier export.
        write(&target, &bytes, OnExisting::Replace)?;
    }
    Ok(Some(folder))
}

/// Writes the JSON exports of several drafts into a folder. What is there stays: a name that is taken gets a number.
///
/// # Errors
/// `NotFound`; `InvalidInput` where a file cannot be written. The files before it are there then.
pub async fn run_all(app: &App, export: ExportDrafts) -> Result<ExportedDrafts> {
    let ExportDrafts { ids, folder } = export;
    let mut files = Vec::with_capacity(ids.len());
    let mut attachments = 0;
    for id in ids {
        let open = drafts::open(&app.library, &id).await?;
        let meant = attachments::meant(&app.library, &open.draft.walkthrough).await?;
        attachments += meant.len() as u32;
        let (now, folder) = ((app.env.now)(), folder.clone());
        let work = tokio::task::spawn_blocking(move || {
            let walkthrough = &open.draft.walkthrough;
            write_beside(&folder, &file_name(&walkthrough.title), &json::write(walkthrough, now), &meant)
        });
        let name = work.await.unwrap_or_else(|panic| Err(Error::bug("Writing a file ended early.").with_source(panic)));
        files.push(name?);
    }
    Ok(ExportedDrafts { folder, files, attachments })
}

/// Writes a file under this name, or the first numbered one that is free, and gives the name.
fn write_beside(folder: &Path, name: &str, text: &str, beside: &[(String, PathBuf)]) -> Result<String> {
    const TRIES: usize = 10_000;
    let stem = name.trim_end_matches(".json");
    let mut refused = exists(&folder.join(name));
    for number in 1..=TRIES {
        let name = if number == 1 { name.to_owned() } else { format!("{stem}-{number}.json") };
        let path = folder.join(&name);
        if path.exists() {
            continue;
        }
        match copy_beside(beside, &path, OnExisting::Refuse).and_then(|_| write(&path, text, OnExisting::Refuse)) {
            Ok(()) => return Ok(name),
            Err(error) if error.code == Code::Refused => refused = error,
            Err(error) => return Err(error),
        }
    }
    Err(refused)
}

/// Writes a whole file beside its place, then puts it there.
///
/// # Errors
/// `Refused` where a file is to stay; `InvalidInput` where it cannot be written.
pub fn write(path: &Path, text: impl AsRef<[u8]>, on_existing: OnExisting) -> Result<()> {
    // A link stays a link: what it leads to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if on_existing == OnExisting::Refuse && target.exists() {
        return Err(exists(path));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(".waymark-export-")
        .permissions(permissions(&target))
        .tempfile_in(folder)
        .map_err(|error| unwritable(path, error))?;
    file.write_all(text.as_ref()).map_err(|error| unwritable(path, error))?;
    file.as_file().sync_all().map_err(|error| unwritable(path, error))?;
    let put = match on_existing {
        OnExisting::Replace => file.persist(&target),
        OnExisting::Refuse => file.persist_noclobber(&target),
    };
    match put {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(exists(path)),
        Err(error) => Err(unwritable(path, error.error)),
    }
}

/// Those of the file that is replaced, else what the system gives to new files.
fn permissions(target: &Path) -> Permissions {
    fs::metadata(target).map_or_else(|_| Permissions::from_mode(0o666), |meta| meta.permissions())
}

/// A file name from a title: words with dashes between them.
pub(crate) fn file_name(title: &str) -> String {
    let mut name = String::with_capacity(title.len() + 5);
    for character in title.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            name.push(character);
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name: String = name.trim_end_matches('-').chars().take(60).collect();
    if name.is_empty() { "walkthrough.json".to_owned() } else { format!("{name}.json") }
}

fn exists(path: &Path) -> Error {
    Error::new(Code::Refused, format!("`{}` is there already.", path.display()))
        .with_field("path")
        .with_hint("Choose another name, or agree to replace it.")
}

fn unwritable(path: &Path, error: io::Error) -> Error {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "its folder does not exist",
        io::ErrorKind::PermissionDenied => "the folder may not be written",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        _ => "the file could not be made",
    };
    Error::invalid(format!("`{}` cannot be written: {why}.", path.display()))
        .with_field("path")
        .with_hint("Choose another place.")
        .with_source(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_when_told_and_only_as_a_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        write(&path, "one", OnExisting::Refuse).expect("new");
        assert_eq!(write(&path, "two", OnExisting::Refuse).expect_err("there").code, Code::Refused);
        assert_eq!(fs::read_to_string(&path).expect("readable"), "one");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("ours");
        write(&path, "two", OnExisting::Replace).expect("agreed");
        assert_eq!(fs::read_to_string(&path).expect("readable"), "two");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1, "nothing is left behind");
        let error = write(&folder.path().join("none/a.json"), "x", OnExisting::Replace).expect_err("no folder");
        assert!(error.message.contains("its folder does not exist"));
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = tempfile::tempdir().expect("a folder");
        let names =
            ["one", "two", "three"].map(|text| write_beside(folder.path(), "a.json", text, &[]).expect("written"));
        assert_eq!(names, ["a.json", "a-2.json", "a-3.json"]);
        assert_eq!(fs::read_to_string(folder.path().join("a.json")).expect("readable"), "one");
        assert!(write_beside(&folder.path().join("none"), "a.json", "x", &[]).is_err());
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let (target, link) = (folder.path().join("target.json"), folder.path().join("link.json"));
        fs::write(&target, "one").expect("written");
        std::os::unix::fs::symlink(&target, &link).expect("linked");
        write(&link, "two", OnExisting::Replace).expect("agreed");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::read_to_string(&target).expect("readable"), "two");
    }

    #[test]
    fn titles_become_file_names() {
        assert_eq!(file_name("Install the Agent (v2)!"), "install-the-agent-v2.json");
        assert_eq!(file_name("../../etc"), "etc.json");
        assert_eq!(file_name("!?"), "walkthrough.json");
        assert_eq!(file_name("Über uns"), "über-uns.json");
    }
}
