//! Reading a file to import: no more of it than can be imported, whatever it is.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use waymark_core::{
    error::{Code, Error, Result},
    format::bundle::{self, ENDING, MAGIC},
    limits::{IMPORT_MAX_BYTES, TITLE_MAX},
};

/// What a file holds.
pub enum Content {
    Text(String),
    Bundle(Vec<u8>),
}

/// The content of a file. One that is too large is refused before it is read. A bundle is known by its first bytes, and by
/// the name of its file where these are damaged.
///
/// # Errors
/// `NotFound`, `InvalidInput`: missing, no file, unreadable, too large, not UTF-8.
pub fn content(path: &Path) -> Result<Content> {
    let mut start = Vec::with_capacity(MAGIC.len());
    let is_file = path.is_file();
    if is_file && let Ok(file) = File::open(path) {
        let _ = file.take(MAGIC.len() as u64).read_to_end(&mut start);
    }
    let is_named = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING));
    if !is_file || !(start == MAGIC || is_named) {
        return text(path).map(Content::Text);
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(bundle::MAX_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(&path.display().to_string(), error))?;
    Ok(Content::Bundle(bytes))
}

/// The text of a file.
pub fn text(path: &Path) -> Result<String> {
    let name = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(|error| unreadable(&name, error))?;
    if meta.is_dir() {
        return Err(Error::invalid(format!("`{name}` is a folder.")).with_hint("Choose the files in it."));
    }
    check_size(&name, meta.len())?;
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default());
    // A device or a growing file may hold more than it says.
    let read = File::open(path).and_then(|file| file.take(IMPORT_MAX_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(&name, error))?;
    check_size(&name, bytes.len() as u64)?;
    String::from_utf8(bytes).map_err(|error| not_utf8(&name, error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// Whether that many bytes may be imported.
///
/// # Errors
/// `InvalidInput` with both sizes.
pub fn check_size(name: &str, bytes: u64) -> Result<()> {
    if bytes <= IMPORT_MAX_BYTES {
        return Ok(());
    }
    let megabytes = |bytes: u64| bytes.div_ceil(1024 * 1024);
    Err(Error::invalid(format!("`{name}` has {} MB.", megabytes(bytes))).with_hint(format!(
        "Files of up to {} MB can be imported. Split it into several walkthroughs.",
        megabytes(IMPORT_MAX_BYTES)
    )))
}

/// A title for a list of steps that has none: the file's name in words.
pub fn title(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let words = stem.replace(['-', '_'], " ").replace(char::is_control, " ");
    let mut characters = words.trim().chars();
    let title: String =
        characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default();
    if title.is_empty() { "Imported walkthrough".to_owned() } else { title.chars().take(TITLE_MAX).collect() }
}

fn unreadable(name: &str, error: io::Error) -> Error {
    let (code, what) = match error.kind() {
        io::ErrorKind::NotFound => (Code::NotFound, "does not exist"),
        io::ErrorKind::PermissionDenied => (Code::InvalidInput, "may not be read"),
        _ => (Code::InvalidInput, "cannot be read"),
    };
    Error::new(code, format!("`{name}` {what}.")).with_hint("Check the path and the file's rights.").with_source(error)
}

fn not_utf8(name: &str, bytes: &[u8], valid_up_to: usize) -> Error {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Error::invalid(format!("`{name}` is UTF-16 text.")).with_hint("Save the file as UTF-8.");
    }
    let line = bytes[..valid_up_to].iter().filter(|byte| **byte == b'\n').count() + 1;
    Error::invalid(format!("`{name}` is not UTF-8 text: line {line} has a byte that belongs to no character."))
        .with_hint("Save the file as UTF-8.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_becomes_a_title() {
        assert_eq!(title(Path::new("/a/install_the-tool.json")), "Install the tool");
        assert_eq!(title(Path::new("/a/.json")), ".json");
        assert_eq!(title(Path::new("/")), "Imported walkthrough");
        assert_eq!(title(Path::new(&"ä".repeat(120))).chars().count(), TITLE_MAX);
    }

    #[test]
    fn what_cannot_be_imported_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("large.json");
        File::create(&path).and_then(|file| file.set_len(100 * 1024 * 1024)).expect("a sparse file");
        assert_eq!(text(&path).expect_err("refused").message, format!("`{}` has 100 MB.", path.display()));
        assert_eq!(text(&folder.path().join("none")).expect_err("refused").code, Code::NotFound);
        assert!(text(folder.path()).expect_err("refused").message.ends_with("is a folder."));
        assert!(text(Path::new("/dev/zero")).expect_err("endless").message.contains("MB"));
        std::fs::write(&path, b"a\n\xffb").expect("written");
        assert!(text(&path).expect_err("refused").message.contains("line 2"));
        std::fs::write(&path, b"\xff\xfea\0").expect("written");
        assert!(text(&path).expect_err("refused").message.contains("UTF-16"));
    }
}
