//! Writing a bundle.

use std::io::{Cursor, Write};

use serde::Serialize;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    Bundle, CONVERSATIONS, ENTRIES_MAX, Enclosed, FILES, FORMAT, MANIFEST, Manifest, REVIEW, ReviewFile,
    UNPACKED_MAX_BYTES, VERSION, WALKTHROUGH,
};
use crate::{
    error::{Error, Result},
    format::json,
    hash,
};

/// The bytes of a bundle. The same content gives the same bytes.
///
/// # Errors
/// `InvalidInput` where it would be larger than what is read.
pub fn write(bundle: &Bundle) -> Result<Vec<u8>> {
    let Bundle { walkthrough, enclosed: Enclosed { review, places, conversations, files }, exported_at } = bundle;
    let bytes: u64 = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    if bytes > UNPACKED_MAX_BYTES || files.len() + 10 > ENTRIES_MAX {
        let mega = |bytes: u64| bytes.div_ceil(1024 * 1024);
        return Err(Error::invalid(format!(
            "`{}` has {} files of {} MB beside it.",
            walkthrough.title,
            files.len(),
            mega(bytes)
        ))
        .with_hint(format!(
            "A bundle takes up to {} MB. Take large files out, or link to them.",
            mega(UNPACKED_MAX_BYTES)
        )));
    }
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION.to_owned(),
        walkthrough: walkthrough.id.clone(),
        title: walkthrough.title.clone(),
        content_hash: hash::content_hash(walkthrough),
        exported_at: *exported_at,
    };
    let review = ReviewFile { log: review.clone(), places: places.clone() };
    let mut parts = vec![
        (MANIFEST.to_owned(), text(&manifest)),
        (WALKTHROUGH.to_owned(), json::write(walkthrough, *exported_at).into_bytes()),
        (REVIEW.to_owned(), text(&review)),
        (CONVERSATIONS.to_owned(), text(conversations)),
    ];
    parts.extend(files.iter().map(|(name, bytes)| (format!("{FILES}{name}"), bytes.clone())));
    pack(&parts).map_err(|error| Error::bug("The bundle could not be put together.").with_source(error))
}

pub(super) fn pack(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn text<T: Serialize>(value: &T) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(value).expect("BUG: a part of a bundle has keys that are no strings");
    text.push(b'\n');
    text
}
