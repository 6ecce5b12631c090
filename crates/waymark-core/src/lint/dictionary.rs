//! Words that are spelled right, by language. The English dictionary comes with Waymark, so that every machine judges alike.
//!
//! Reading a dictionary takes tens of milliseconds: whoever needs one keeps it, and nothing that happens at start does.

use std::{collections::HashSet, fmt, sync::Arc};

use crate::error::{Error, Result};

/// The language of a walkthrough that does not say another.
pub const ENGLISH: &str = "en";

const ENGLISH_AFFIXES: &str = include_str!("../../dictionaries/en/en.aff");
const ENGLISH_WORDS: &str = include_str!("../../dictionaries/en/en.dic");
/// Words of the trade, in every language.
const TECHNICAL: &str = include_str!("../../dictionaries/technical.txt");
/// Suggestions that are of use.
const SUGGESTIONS_MAX: usize = 5;

/// The words of one language.
pub struct Dictionary {
    language: String,
    words: spellbook::Dictionary,
    technical: HashSet<&'static str>,
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Dictionary").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Dictionary {
    /// The one that comes with Waymark.
    pub fn english() -> Self {
        Self::parse(ENGLISH, ENGLISH_AFFIXES, ENGLISH_WORDS).expect("BUG: the bundled dictionary is one")
    }

    /// From Hunspell's two files.
    ///
    /// # Errors
    /// `InvalidInput` for a language that is no code such as `de` or `pt-BR`, and for files that are no dictionary.
    pub fn parse(language: &str, affixes: &str, words: &str) -> Result<Self> {
        check_language(language)?;
        let words = spellbook::Dictionary::new(affixes, words).map_err(|error| {
            Error::invalid(format!("The files are no Hunspell dictionary: {error}."))
                .with_hint("Give the `.aff` and the `.dic` file of one dictionary, both in UTF-8.")
        })?;
        Ok(Self { language: language.to_owned(), words, technical: TECHNICAL.lines().collect() })
    }

    /// Its language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Whether a word is spelled right.
    pub fn knows(&self, word: &str) -> bool {
        self.words.check(word) || self.technical.contains(word.to_lowercase().as_str())
    }

    /// What may have been meant, the most likely first. Takes milliseconds.
    pub fn suggest(&self, word: &str) -> Vec<String> {
        let mut found = Vec::new();
        self.words.suggest(word, &mut found);
        found.truncate(SUGGESTIONS_MAX);
        found
    }
}

/// What spelling is judged by.
#[derive(Debug, Clone, Default)]
pub struct Spelling {
    /// The language that is meant.
    pub language: String,
    /// Its words; `None` where there is no dictionary for it.
    pub dictionary: Option<Arc<Dictionary>>,
    /// Words that are right in the whole library.
    pub own_words: Arc<HashSet<String>>,
}

/// Refuses what cannot be a language and would be no name for a file.
///
/// # Errors
/// `InvalidInput` on `language`.
pub fn check_language(language: &str) -> Result<()> {
    let is_code = (2..=12).contains(&language.len())
        && language.starts_with(|c: char| c.is_ascii_lowercase())
        && language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if is_code {
        return Ok(());
    }
    Err(Error::invalid(format!("`{language}` is no code of a language."))
        .with_field("language")
        .with_hint("Such as `en`, `de` or `pt-BR`."))
}

/// A word as it is kept in a list of own words.
///
/// # Errors
/// `InvalidInput` on `word` for what is not one word.
pub fn checked_word(word: &str) -> Result<String> {
    let word = word.trim();
    let is_word = word.chars().count() <= 64
        && word.chars().any(char::is_alphabetic)
        && !word.chars().any(|c| c.is_whitespace() || c.is_control());
    if is_word {
        return Ok(word.replace('’', "'"));
    }
    Err(Error::invalid("That is not one word.").with_field("word").with_hint("Add words one by one, without spaces."))
}
