//! A template in a file, to become a wording.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use serde::{Deserialize, Serialize};
use waymark_core::{
    error::{Code, Error, Result},
    render::TEMPLATE_MAX_BYTES,
};

/// A template from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct WordingFile {
    /// The file's name, without what tells its kind.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// Reads a template. Nothing is said about whether it can be used.
///
/// # Errors
/// `NotFound`, or `InvalidInput` for a file that cannot be read, is too large or is not UTF-8.
pub fn read(path: &Path) -> Result<WordingFile> {
    let shown = path.display();
    let bytes = File::open(path).and_then(limited).map_err(|error| unreadable(path, error))?;
    if bytes.len() > TEMPLATE_MAX_BYTES {
        return Err(Error::invalid(format!("`{shown}` is too large for a wording."))
            .with_hint(format!("A wording may have up to {TEMPLATE_MAX_BYTES} bytes.")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::invalid(format!("`{shown}` is not UTF-8 text: byte {at} does not belong to a character."))
            .with_hint("Save the file as UTF-8.")
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.split('.').find(|part| !part.is_empty()).unwrap_or_default().to_owned();
    Ok(WordingFile { name, text })
}

fn limited(file: File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(TEMPLATE_MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: io::Error) -> Error {
    let code = if error.kind() == io::ErrorKind::NotFound { Code::NotFound } else { Code::InvalidInput };
    Error::new(code, format!("`{}` cannot be read.", path.display()))
        .with_hint("Choose another file.")
        .with_source(error)
}
