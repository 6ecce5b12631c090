//! A password or token on its way through the program.
//!
//! It can come in (from a form, a file, standard input) and be handed to whoever logs in; it never goes out again:
//! there is no `Serialize`, no `Display`, and `Debug` shows nothing of it.

use std::fmt;

use serde::Deserialize;

/// A text that must not be shown. Comparing is for tests and "did it change"; it is not constant-time.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Takes a text into safekeeping.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one who needs it. Never put it into a message, a log or an argument of a process.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_and_never_shown() {
        let secret: Secret = serde_json::from_str("\"hunter2\"").expect("any text is a secret");
        assert_eq!(secret.expose(), "hunter2");
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "Secret(redacted) Some(Secret(redacted))");
    }
}
