//! A user whose words are written beforehand: the same run with another model is the same user.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The most messages of a script.
const MESSAGES_MAX: usize = 1_000;
/// The most bytes of one message of a user.
pub const MESSAGE_MAX_BYTES: usize = 100_000;

/// What a user says who has nothing else to say: the answers to whatever the agent asks.
const USUAL: [&str; 4] =
    ["Done. What comes next?", "That worked. Please go on.", "I have done that.", "Ready for the next step."];

/// Who talks with the agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// A person at the window.
    Person,
    /// A script.
    Script,
}

/// What a user says, in order; afterwards the usual.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    messages: Vec<String>,
}

impl Script {
    /// Reads a script: a message in each line; a line that begins with `#` is a note. `\n` in a message is a line break.
    ///
    /// # Errors
    /// `InvalidInput` where it is longer than anybody means.
    pub fn parse(text: &str) -> Result<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let messages: Vec<String> = lines.map(|line| line.replace("\\n", "\n")).collect();
        if messages.len() > MESSAGES_MAX {
            return Err(Error::invalid(format!("The script has {} messages.", messages.len()))
                .with_field("script")
                .with_hint(format!("It may have up to {MESSAGES_MAX}, each in a line of its own.")));
        }
        messages.iter().try_for_each(|message| checked_message(message).map(drop))?;
        Ok(Self { messages })
    }

    /// What the user says after having said `said` messages, about a walkthrough of this title.
    pub fn say(&self, said: usize, title: &str) -> String {
        match self.messages.get(said) {
            Some(message) => message.clone(),
            None if said == 0 => format!("Hello. Please guide me through “{title}”."),
            None => USUAL[said % USUAL.len()].to_owned(),
        }
    }
}

/// A message of a user, without white space around it.
///
/// # Errors
/// `InvalidInput` on `text`: empty, or longer than anybody writes.
pub fn checked_message(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("The message is empty.").with_field("text").with_hint("Write what the user says."));
    }
    if text.len() > MESSAGE_MAX_BYTES {
        return Err(Error::invalid(format!("The message is {} bytes long.", text.len()))
            .with_field("text")
            .with_hint(format!("It may have up to {MESSAGE_MAX_BYTES} bytes.")));
    }
    Ok(text)
}
