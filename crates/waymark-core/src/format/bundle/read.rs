//! Reading a bundle, of which nothing is believed.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use serde::de::DeserializeOwned;
use zip::{ZipArchive, result::ZipError};

use super::{
    CONVERSATIONS, ENTRIES_MAX, Enclosed, FILES, FORMAT, MANIFEST, MAX_BYTES, Manifest, NamedConversation, REVIEW,
    ReadBundle, ReviewFile, UNPACKED_MAX_BYTES, VERSION, WALKTHROUGH,
};
use crate::{
    attachment,
    conversation::script,
    error::{Error, Result},
    format::json::{self, Warning},
    hash,
    id::Random,
    limits::{self, IMPORT_MAX_BYTES},
    review::{check, log::ReviewLog},
};

/// The parts of an archive, by name.
type Parts = BTreeMap<String, Vec<u8>>;

/// Reads the bytes of a bundle. Ids that it does not name come from `random`.
///
/// # Errors
/// `InvalidInput`: no bundle, damaged, too large, of another version, with a name that leads out of it; those of the JSON
/// export and of the review.
pub fn read(bytes: &[u8], random: Random) -> Result<ReadBundle> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large());
    }
    let mut parts = unpack(bytes)?;
    let manifest = manifest(&parts)?;
    let source = text(parts.remove(WALKTHROUGH), WALKTHROUGH)?;
    let mut file = json::read(&source, &manifest.title, random)?;
    let ReviewFile { log, places } = part(&mut parts, REVIEW)?.unwrap_or_default();
    check::log(&log)?;
    let conversations: Vec<NamedConversation> = part(&mut parts, CONVERSATIONS)?.unwrap_or_default();
    for kept in &conversations {
        script::checked_name(&kept.name)?;
        script::check(&kept.record.script)?;
    }
    parts.remove(MANIFEST);
    let mut files = Vec::new();
    for (path, bytes) in parts {
        match path.strip_prefix(FILES) {
            Some(name) => {
                attachment::check_size(name, bytes.len() as u64)?;
                files.push((name.to_owned(), bytes));
            }
            None => {
                file.warnings.push(Warning { message: "This part is not known here; it is left out.".to_owned(), path })
            }
        }
    }
    if hash::content_hash(&file.walkthrough) != manifest.content_hash {
        let message =
            "The walkthrough is not what it was when the bundle was made: somebody changed it since.".to_owned();
        file.warnings.push(Warning { path: WALKTHROUGH.to_owned(), message });
    }
    // As everywhere: each item once, whatever the file says.
    let review = log.merge(ReviewLog::default());
    Ok(ReadBundle { file, enclosed: Enclosed { review, places, conversations, files } })
}

/// Unpacks an archive, no more of it than fits.
fn unpack(bytes: &[u8]) -> Result<Parts> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("its table of contents", error))?;
    if archive.len() > ENTRIES_MAX {
        return Err(Error::invalid(format!("The bundle has {} parts.", archive.len()))
            .with_hint(format!("Up to {ENTRIES_MAX} are read. Waymark made no such bundle.")));
    }
    let mut parts = Parts::new();
    let mut left = UNPACKED_MAX_BYTES;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| damaged("a part of it", error))?;
        let name = entry.name().to_owned();
        if entry.is_dir() {
            continue;
        }
        check_name(&name, entry.is_symlink())?;
        if entry.size() > left {
            return Err(too_large());
        }
        let mut unpacked = Vec::new();
        // What it says of its size may be a lie.
        let read = entry.by_ref().take(left + 1).read_to_end(&mut unpacked);
        let size = read.map_err(|error| damaged(&format!("`{}`", shown(&name)), ZipError::Io(error)))? as u64;
        left = left.checked_sub(size).ok_or_else(too_large)?;
        parts.insert(name, unpacked);
    }
    Ok(parts)
}

/// A part's name is never a way out of the bundle, also where nothing would follow it.
fn check_name(name: &str, is_symlink: bool) -> Result<()> {
    let is_plain = name.split('/').all(|piece| !piece.is_empty() && piece != "." && piece != "..");
    let is_ours = is_plain && !name.contains(['\\', '\0', ':']) && !is_symlink;
    let is_file_name = name.strip_prefix(FILES).is_none_or(attachment::is_name);
    if is_ours && is_file_name {
        return Ok(());
    }
    Err(Error::invalid(format!("The bundle has a part with the name `{}`, which leads out of it.", shown(name)))
        .with_hint("Waymark made no such bundle. Do not open it, and ask whoever sent it."))
}

fn manifest(parts: &Parts) -> Result<Manifest> {
    const HINT: &str = "Give it a file that `waymark export --format bundle` wrote.";
    let not_ours = || Error::invalid("This is a ZIP archive and no bundle of Waymark.").with_hint(HINT);
    #[derive(serde::Deserialize)]
    struct Versioned {
        format: Option<String>,
        version: Option<String>,
    }
    let bytes = parts.get(MANIFEST).ok_or_else(not_ours)?;
    let versioned: Versioned = serde_json::from_slice(bytes).map_err(|_| not_ours())?;
    if versioned.format.as_deref() != Some(FORMAT) {
        return Err(not_ours());
    }
    let version = versioned.version.unwrap_or_default();
    if version != VERSION {
        return Err(Error::invalid(format!("The bundle has the format `{}`.", shown(&version))).with_hint(format!(
            "This Waymark reads `{VERSION}`. Update Waymark, or ask for a bundle of that format."
        )));
    }
    serde_json::from_slice(bytes).map_err(|error| unreadable(MANIFEST, &error))
}

fn part<T: DeserializeOwned>(parts: &mut Parts, name: &str) -> Result<Option<T>> {
    let Some(bytes) = parts.remove(name) else { return Ok(None) };
    let text = text(Some(bytes), name)?;
    serde_json::from_str(&text).map(Some).map_err(|error| unreadable(name, &error))
}

fn text(bytes: Option<Vec<u8>>, name: &str) -> Result<String> {
    let bytes = bytes.ok_or_else(|| {
        Error::invalid(format!("The bundle has no `{name}`.")).with_hint("Ask whoever sent it for another copy.")
    })?;
    if bytes.len() as u64 > IMPORT_MAX_BYTES {
        return Err(too_large());
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| Error::invalid(format!("`{name}` in the bundle is not UTF-8 text.")))?;
    limits::check_text(name, &format!("`{name}` in the bundle"), &text)?;
    Ok(text)
}

fn unreadable(name: &str, error: &serde_json::Error) -> Error {
    Error::invalid(format!("`{name}` in the bundle cannot be read: {error}."))
        .with_hint("Ask whoever sent it for another copy.")
}

fn damaged(what: &str, error: ZipError) -> Error {
    Error::invalid(format!("The bundle is damaged: {what} cannot be read."))
        .with_hint("It may have come in only in part. Ask whoever sent it for another copy.")
        .with_source(error)
}

fn too_large() -> Error {
    let mega = |bytes: u64| bytes / (1024 * 1024);
    Error::invalid("The bundle is too large.").with_hint(format!(
        "Up to {} MB are read, and up to {} MB once unpacked.",
        mega(MAX_BYTES),
        mega(UNPACKED_MAX_BYTES)
    ))
}

/// A name from outside, for a sentence.
fn shown(name: &str) -> String {
    name.chars().map(|character| if character.is_control() { '?' } else { character }).take(80).collect()
}
