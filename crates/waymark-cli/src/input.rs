//! Reading what a person hands in: a file, or standard input for `-`.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use waymark_core::{
    error::{Code, Error, Result},
    json::FreeJson,
    limits::IMPORT_MAX_BYTES,
    secret::Secret,
};

/// Whether a path means standard input or output.
pub fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The whole text of a file or of standard input.
///
/// # Errors
/// `NotFound` and `InvalidInput` naming the file: missing, unreadable, too large, not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let name = if is_dash(path) { "standard input".to_owned() } else { format!("`{}`", path.display()) };
    let bytes = if is_dash(path) { read_limited(io::stdin().lock()) } else { File::open(path).and_then(read_limited) };
    let bytes = bytes.map_err(|error| unreadable(&name, error))?;
    if bytes.len() as u64 > IMPORT_MAX_BYTES {
        return Err(Error::invalid(format!("{name} is larger than {} MB.", IMPORT_MAX_BYTES / 1024 / 1024))
            .with_hint("Split it, or import a smaller part."));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::invalid(format!("{name} is not UTF-8 text: byte {at} does not belong to a character."))
            .with_hint("Save the file as UTF-8.")
    })
}

/// The JSON in a file or on standard input, every number as it is written there.
///
/// # Errors
/// Those of [`read_text`]; `InvalidInput` with line and column where it is no JSON.
pub fn read_json(path: &Path) -> Result<FreeJson> {
    FreeJson::parse(&read_text(path)?)
}

/// A password from standard input: all of it, without the line break at its end.
///
/// # Errors
/// `InvalidInput` when there is none.
pub fn read_password() -> Result<Secret> {
    let text = read_text(Path::new("-"))?;
    let password = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if password.is_empty() {
        return Err(Error::invalid("There is no password on standard input.")
            .with_field("password")
            .with_hint("Pipe it in, for example from a password manager."));
    }
    Ok(Secret::new(password))
}

fn read_limited(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(IMPORT_MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(name: &str, error: io::Error) -> Error {
    let code = if error.kind() == io::ErrorKind::NotFound { Code::NotFound } else { Code::InvalidInput };
    let why = match error.kind() {
        io::ErrorKind::NotFound => "does not exist",
        io::ErrorKind::PermissionDenied => "may not be read",
        io::ErrorKind::IsADirectory => "is a folder",
        _ => "cannot be read",
    };
    Error::new(code, format!("{name} {why}.")).with_hint("Check the path.").with_source(error)
}
