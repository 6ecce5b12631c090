//! The limits that the platform's own forms enforce. They bind what is new or edited; existing rows that break them
//! are read and warned about.

use crate::{
    content::Field,
    error::{Error, Result},
    walkthrough::WalkthroughType,
};

/// Characters in a walkthrough's title.
pub const TITLE_MAX: usize = 100;
/// Characters in a walkthrough's description.
pub const DESCRIPTION_MAX: usize = 500;
/// Characters in a step's title.
pub const STEP_TITLE_MAX: usize = 200;
/// Bytes in one content field: far above any real text, far below what would stall an agent or a database.
pub const FIELD_MAX_BYTES: usize = 4 * 1024 * 1024;
/// Bytes in a file to import.
pub const IMPORT_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Steps in one walkthrough.
pub const STEPS_MAX: usize = 5_000;

/// The fields that a step of this type of walkthrough must have.
pub fn required_fields(kind: WalkthroughType) -> &'static [Field] {
    match kind {
        WalkthroughType::Course | WalkthroughType::Quickstart => &[Field::ContentForUser],
        WalkthroughType::Installer => &[Field::ContentForUser, Field::OperationsForAgent],
        WalkthroughType::Troubleshooting => &[Field::ContextForAgent, Field::ContentForUser],
        WalkthroughType::Integration => &[Field::ContextForAgent, Field::ContentForUser, Field::OperationsForAgent],
    }
}

/// A walkthrough's title as it may be saved now.
///
/// # Errors
/// `InvalidInput` on the field `title`.
pub fn check_title(title: &str) -> Result<()> {
    check_line("title", "A walkthrough's title", title, TITLE_MAX)
}

/// A step's title as it may be saved now.
///
/// # Errors
/// `InvalidInput` on the field `title`.
pub fn check_step_title(title: &str) -> Result<()> {
    check_line("title", "A step's title", title, STEP_TITLE_MAX)
}

/// A description as it may be saved now.
///
/// # Errors
/// `InvalidInput` on the field `description`.
pub fn check_description(description: &str) -> Result<()> {
    check_text("description", "The description", description)?;
    check_length("description", "The description", description, DESCRIPTION_MAX)
}

/// Any text that is to be stored: Postgres cannot hold U+0000.
///
/// # Errors
/// `InvalidInput` with the place of the first NUL character.
pub fn check_text(field: &str, what: &str, text: &str) -> Result<()> {
    let Some(at) = text.find('\0') else {
        return Ok(());
    };
    let line = text[..at].matches('\n').count() + 1;
    Err(Error::invalid(format!("{what} contains a NUL character (U+0000) in line {line}."))
        .with_field(field)
        .with_hint("Postgres cannot store it. Remove the character."))
}

/// A content field as it may be saved now.
///
/// # Errors
/// `InvalidInput` for NUL characters and for more than [`FIELD_MAX_BYTES`].
pub fn check_field(field: Field, text: &str) -> Result<()> {
    check_text(field.name(), &format!("The {}", field.label()), text)?;
    if text.len() > FIELD_MAX_BYTES {
        return Err(Error::invalid(format!("The {} is {} bytes long.", field.label(), text.len()))
            .with_field(field.name())
            .with_hint(format!("A field may have up to {FIELD_MAX_BYTES} bytes. Split the step.")));
    }
    Ok(())
}

/// A line of text that something is called by, with 1 to `max` characters.
///
/// # Errors
/// `InvalidInput` on `field`.
pub fn check_line(field: &str, what: &str, text: &str, max: usize) -> Result<()> {
    check_text(field, what, text)?;
    if text.trim().is_empty() {
        return Err(Error::invalid(format!("{what} is empty."))
            .with_field(field)
            .with_hint(format!("Give it 1 to {max} characters.")));
    }
    check_length(field, what, text, max)
}

/// A text with up to `max` characters.
///
/// # Errors
/// `InvalidInput` on `field`.
pub fn check_length(field: &str, what: &str, text: &str, max: usize) -> Result<()> {
    let count = text.chars().count();
    if count > max {
        return Err(too_long(field, what, count, max));
    }
    Ok(())
}

fn too_long(field: &str, what: &str, count: usize, max: usize) -> Error {
    Error::invalid(format!("{what} is {count} characters long."))
        .with_field(field)
        .with_hint(format!("It may have up to {max}. Shorten it by {}.", count - max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_count_characters_and_name_the_field() {
        assert!(check_title(&"ä".repeat(100)).is_ok());
        let error = check_title(&"ä".repeat(101)).expect_err("one too many");
        assert_eq!(error.field.as_deref(), Some("title"));
        assert!(error.hint.expect("a next step").contains("Shorten it by 1"));
        assert!(check_title(" \n").is_err());
        assert!(check_step_title(&"s".repeat(201)).is_err());
        assert!(check_description("").is_ok());
        assert!(check_text("title", "It", "a\n\0").expect_err("NUL").message.contains("line 2"));
    }
}
