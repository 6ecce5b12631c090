//! Blocks of text that a writer uses again and again, by a short name that is typed after a slash.

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    limits,
};

/// Characters in a name.
pub const NAME_MAX: usize = 40;
/// Bytes in a text: a block, not a document.
pub const TEXT_MAX_BYTES: usize = 64 * 1024;

/// A block of Markdown to be put into any field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
// In TypeScript all types share one space, and search has snippets of its own.
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "KeptSnippet")]
pub struct Snippet {
    /// What it is called, e.g. `ask-first`.
    pub name: String,
    /// What is put in, as it stands.
    pub text: String,
}

/// A snippet as it may be kept: white space around its name goes.
///
/// # Errors
/// `InvalidInput` on `name` or `text`.
pub fn checked(snippet: Snippet) -> Result<Snippet> {
    let name = snippet.name.trim().to_owned();
    check_name(&name)?;
    if snippet.text.trim().is_empty() {
        return Err(Error::invalid(format!("The snippet `{name}` has no text."))
            .with_field("text")
            .with_hint("Write what it puts in."));
    }
    limits::check_text("text", "The snippet", &snippet.text)?;
    if snippet.text.len() > TEXT_MAX_BYTES {
        let message = format!("The snippet `{name}` is {} bytes long.", snippet.text.len());
        let hint = format!("It may have up to {TEXT_MAX_BYTES} bytes. Split it.");
        return Err(Error::invalid(message).with_field("text").with_hint(hint));
    }
    Ok(Snippet { name, text: snippet.text })
}

/// A name is typed after a slash in the middle of a text, so that it is one word.
fn check_name(name: &str) -> Result<()> {
    let count = name.chars().count();
    let is_word = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if count == 0 || count > NAME_MAX || !is_word {
        return Err(Error::invalid(format!("A snippet cannot be called `{name}`."))
            .with_field("name")
            .with_hint(format!("Use 1 to {NAME_MAX} letters, digits, `-` and `_`, such as `ask-first`.")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet(name: &str, text: &str) -> Snippet {
        Snippet { name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_name_is_one_word_and_a_text_is_kept_as_it_stands() {
        let kept = checked(snippet(" ask-first ", "  Ask first.\n")).expect("a good snippet");
        assert_eq!(kept, snippet("ask-first", "  Ask first.\n"));
        assert!(checked(snippet("größe_2", "x")).is_ok());
        for name in ["", "  ", "two words", "a/b", "a.b", &"x".repeat(41)] {
            assert_eq!(checked(snippet(name, "x")).expect_err(name).field.as_deref(), Some("name"), "{name}");
        }
        for text in ["", " \n", "a\0b", &"x".repeat(TEXT_MAX_BYTES + 1)] {
            let error = checked(snippet("a", text)).expect_err("no text to keep");
            assert_eq!(error.field.as_deref(), Some("text"));
        }
    }
}
