//! Wordings: the templates that turn a step into the text an agent receives.
//!
//! Some are built in; the others belong to the library's organization and run in a process of their own (see
//! [`crate::render::elsewhere`]). Which one holds where is a rule of [`chosen`]. There is one engine: [`crate::render`].

pub mod built_in;
pub mod check;
pub mod chosen;
pub mod look;
pub mod names;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    limits,
    render::TEMPLATE_MAX_BYTES,
    walkthrough::Millis,
};

/// Characters in a name.
pub const NAME_MAX: usize = 60;
/// Characters in what is said about a wording.
pub const ABOUT_MAX: usize = 200;

/// A wording of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Wording {
    /// What it is called; no built-in one is called so.
    pub name: String,
    /// What it is for, in a line; may be empty.
    pub about: String,
    /// The template (Jinja syntax).
    pub text: String,
}

/// A wording in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ListedWording {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// The template.
    pub text: String,
    /// Whether it comes with Waymark and cannot be changed.
    pub is_built_in: bool,
    /// When an own one was changed.
    pub changed_at: Option<Millis>,
}

/// A wording as it may be kept: white space around its name and its line goes, and its template compiles.
///
/// # Errors
/// `InvalidInput` on `name`, `about` or `text`.
pub fn checked(wording: Wording) -> Result<Wording> {
    let (name, about) = (wording.name.trim().to_owned(), wording.about.trim().to_owned());
    limits::check_line("name", "The name of the wording", &name, NAME_MAX)?;
    if name.chars().any(char::is_control) {
        return Err(Error::invalid("The name of the wording has more than one line.")
            .with_field("name")
            .with_hint("Write it in one line."));
    }
    if let Some(own) = built_in::find(&name) {
        return Err(Error::invalid(format!("The wording `{}` comes with Waymark.", own.name))
            .with_field("name")
            .with_hint("Choose another name."));
    }
    if !about.is_empty() {
        limits::check_line("about", "What is said about the wording", &about, ABOUT_MAX)?;
    }
    limits::check_text("text", "The wording", &wording.text)?;
    if wording.text.trim().is_empty() {
        return Err(Error::invalid(format!("The wording `{name}` has no text."))
            .with_field("text")
            .with_hint("Write its template, or begin with a copy of a built-in one."));
    }
    if wording.text.len() > TEMPLATE_MAX_BYTES {
        let message = format!("The wording `{name}` is {} bytes long.", wording.text.len());
        let hint = format!("It may have up to {TEMPLATE_MAX_BYTES} bytes.");
        return Err(Error::invalid(message).with_field("text").with_hint(hint));
    }
    check::refuse_errors(&name, &wording.text)?;
    Ok(Wording { name, about, text: wording.text })
}

/// There is none with this name.
pub fn no_such(name: &str) -> Error {
    Error::not_found(format!("There is no wording `{name}`.")).with_hint("`waymark wording list` shows all of them.")
}
