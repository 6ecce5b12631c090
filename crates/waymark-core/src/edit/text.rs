//! Changing a part of a text, as editors in a webview count: in UTF-16 code units.

use super::Splice;
use crate::error::{Error, Result};

/// Replaces a part of a text; positions are UTF-16 code units.
///
/// # Errors
/// `InvalidInput` for positions that are out of the text, in the wrong order, or inside a character.
pub fn splice_text(text: &mut String, splice: &Splice) -> Result<Splice> {
    let (from, to) = (byte_offset(text, splice.from)?, byte_offset(text, splice.to)?);
    if from > to {
        return Err(Error::invalid(format!("The change ends at {} before it begins at {}.", splice.to, splice.from)));
    }
    let removed = text[from..to].to_owned();
    text.replace_range(from..to, &splice.insert);
    let inserted = splice.insert.encode_utf16().count() as u32;
    Ok(Splice { from: splice.from, to: splice.from + inserted, insert: removed })
}

/// Where in bytes a position in UTF-16 code units is.
///
/// # Errors
/// `InvalidInput` for one that is out of the text or inside a character.
pub(crate) fn byte_offset(text: &str, utf16: u32) -> Result<usize> {
    let mut units = 0;
    for (offset, character) in text.char_indices() {
        if units == utf16 {
            return Ok(offset);
        }
        units += character.len_utf16() as u32;
        if units > utf16 {
            return Err(Error::invalid(format!("Position {utf16} is inside a character.")));
        }
    }
    if units == utf16 {
        return Ok(text.len());
    }
    Err(Error::invalid(format!("Position {utf16} is behind the end of the text, which has {units} units."))
        .with_hint("The text changed elsewhere. Reload the step."))
}
