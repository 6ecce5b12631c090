//! What a walkthrough says itself about how it is judged: its language, its own words, and how many tokens it, a step and
//! a field may have. It goes with the walkthrough, in `metadata.waymark`.

use serde::{Deserialize, Serialize};

use crate::{
    edit::Edit,
    error::{Code, Error, Result},
    json::{FreeJson, own, with_own},
    lint::dictionary,
    walkthrough::Walkthrough,
};

/// Tokens that the four texts of a step may have where the walkthrough says nothing else.
pub const TOKEN_BUDGET: u32 = 2_000;
/// Tokens that all texts of a walkthrough may have together where it says nothing else.
pub const WALKTHROUGH_TOKEN_BUDGET: u32 = 50_000;

const LANGUAGE_KEY: &str = "language";
const WORDS_KEY: &str = "words";
const BUDGET_KEY: &str = "token_budget";
const WALKTHROUGH_BUDGET_KEY: &str = "walkthrough_token_budget";
const FIELD_BUDGET_KEY: &str = "field_token_budget";

/// What a walkthrough says about how it is judged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct OwnChoices {
    /// The language that it is written in; `None` where it is the library's.
    pub language: Option<String>,
    /// Words that are right in it, beside the library's.
    pub words: Vec<String>,
    /// Tokens that a step may have; `None` for [`TOKEN_BUDGET`].
    pub token_budget: Option<u32>,
    /// Tokens that the walkthrough may have; `None` for [`WALKTHROUGH_TOKEN_BUDGET`].
    pub walkthrough_token_budget: Option<u32>,
    /// Tokens that each field may have; `None` for as many as the step.
    pub field_token_budget: Option<u32>,
}

/// Tokens that texts may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// All steps together.
    pub walkthrough: u32,
    /// The four texts of a step.
    pub step: u32,
    /// Each field, if there is a bound.
    pub field: Option<u32>,
}

/// One of these choices made anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum OwnChoice {
    /// The language; `None` for the library's.
    Language(Option<String>),
    /// One more word that is right.
    AddWord(String),
    /// A word that is not right any longer.
    RemoveWord(String),
    /// Tokens that a step may have; `None` for [`TOKEN_BUDGET`].
    TokenBudget(Option<u32>),
    /// Tokens that the walkthrough may have; `None` for [`WALKTHROUGH_TOKEN_BUDGET`].
    WalkthroughTokenBudget(Option<u32>),
    /// Tokens that each field may have; `None` for as many as the step.
    FieldTokenBudget(Option<u32>),
}

/// What a walkthrough says. What somebody else wrote in these places and is none of it is as if it were not there.
pub fn choices(walkthrough: &Walkthrough) -> OwnChoices {
    OwnChoices {
        language: language(walkthrough),
        words: words(walkthrough),
        token_budget: said_budget(walkthrough, BUDGET_KEY),
        walkthrough_token_budget: said_budget(walkthrough, WALKTHROUGH_BUDGET_KEY),
        field_token_budget: said_budget(walkthrough, FIELD_BUDGET_KEY),
    }
}

/// The language that a walkthrough says it is written in: `metadata.waymark.language`.
pub fn language(walkthrough: &Walkthrough) -> Option<String> {
    let said: String = own(walkthrough.metadata.as_ref(), LANGUAGE_KEY)?.read().ok()?;
    (!said.trim().is_empty()).then(|| said.trim().to_owned())
}

/// Words that are right in this walkthrough: `metadata.waymark.words`.
pub fn words(walkthrough: &Walkthrough) -> Vec<String> {
    own(walkthrough.metadata.as_ref(), WORDS_KEY).and_then(|json| json.read().ok()).unwrap_or_default()
}

/// Tokens that this walkthrough, its steps and their fields may have: `token_budget`, `walkthrough_token_budget` and
/// `field_token_budget` in `metadata.waymark`.
pub fn budgets(walkthrough: &Walkthrough) -> Budgets {
    Budgets {
        walkthrough: said_budget(walkthrough, WALKTHROUGH_BUDGET_KEY).unwrap_or(WALKTHROUGH_TOKEN_BUDGET),
        step: said_budget(walkthrough, BUDGET_KEY).unwrap_or(TOKEN_BUDGET),
        field: said_budget(walkthrough, FIELD_BUDGET_KEY),
    }
}

fn said_budget(walkthrough: &Walkthrough, key: &str) -> Option<u32> {
    let said: u32 = own(walkthrough.metadata.as_ref(), key)?.read().ok()?;
    (said > 0).then_some(said)
}

/// The edit that makes a choice.
///
/// # Errors
/// `InvalidInput` on `language`, `word` or a budget; `NotFound` for a word that is none of its own; `Refused` where
/// the metadata is not a JSON object and so has no room for it.
pub fn choose(walkthrough: &Walkthrough, choice: &OwnChoice) -> Result<Edit> {
    let metadata = walkthrough.metadata.as_ref();
    if metadata.is_some_and(|json| !json.is_null() && json.entries().is_none()) {
        let message = "The metadata is not a JSON object, so that there is no room for what lint is to know.";
        return Err(Error::new(Code::Refused, message)
            .with_hint("Make the metadata an object first. Words can be added for the whole library, too."));
    }
    let (key, value) = match choice {
        OwnChoice::Language(language) => {
            language.as_deref().map(dictionary::check_language).transpose()?;
            (LANGUAGE_KEY, language.as_ref().map(FreeJson::of))
        }
        OwnChoice::AddWord(word) => {
            let mut words = words(walkthrough);
            words.push(dictionary::checked_word(word)?);
            words.sort();
            words.dedup();
            (WORDS_KEY, Some(FreeJson::of(&words)))
        }
        OwnChoice::RemoveWord(word) => {
            let before = words(walkthrough);
            let after: Vec<&String> = before.iter().filter(|known| *known != word).collect();
            if after.len() == before.len() {
                let message = format!("`{word}` is not among the own words of `{}`.", walkthrough.title);
                return Err(Error::not_found(message).with_hint("Its details list them."));
            }
            (WORDS_KEY, (!after.is_empty()).then(|| FreeJson::of(&after)))
        }
        OwnChoice::TokenBudget(budget) => (BUDGET_KEY, checked(*budget, BUDGET_KEY)?),
        OwnChoice::WalkthroughTokenBudget(budget) => {
            (WALKTHROUGH_BUDGET_KEY, checked(*budget, WALKTHROUGH_BUDGET_KEY)?)
        }
        OwnChoice::FieldTokenBudget(budget) => (FIELD_BUDGET_KEY, checked(*budget, FIELD_BUDGET_KEY)?),
    };
    Ok(Edit::SetMetadata { metadata: with_own(metadata, key, value) })
}

fn checked(budget: Option<u32>, key: &str) -> Result<Option<FreeJson>> {
    if budget == Some(0) {
        return Err(Error::invalid("A text cannot have 0 tokens.")
            .with_field(key)
            .with_hint("Give a number from 1 on, or none for what comes with Waymark."));
    }
    Ok(budget.as_ref().map(FreeJson::of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edit::{self, Draft},
        walkthrough::WalkthroughType,
    };

    fn draft(metadata: Option<&str>) -> Walkthrough {
        Walkthrough {
            metadata: metadata.map(|text| FreeJson::parse(text).expect("JSON")),
            ..Walkthrough::new("wt_1", "Tour", WalkthroughType::Course)
        }
    }

    fn chosen(walkthrough: &Walkthrough, choice: OwnChoice) -> Walkthrough {
        let mut draft = Draft { walkthrough: walkthrough.clone(), trashed_at: None };
        let edit = choose(walkthrough, &choice).expect("it can be chosen");
        edit::apply(&mut draft, &edit).expect("it applies");
        draft.walkthrough
    }

    #[test]
    fn choices_are_kept_beside_what_others_wrote_and_taken_back_without_a_trace() {
        let before = draft(Some(r#"{"theirs":12345678901234567890,"waymark":{"order":"linked"}}"#));
        let mut after = before.clone();
        for choice in [
            OwnChoice::Language(Some("pt-BR".to_owned())),
            OwnChoice::AddWord("kubectl".to_owned()),
            OwnChoice::AddWord(" acme ".to_owned()),
            OwnChoice::AddWord("kubectl".to_owned()),
            OwnChoice::TokenBudget(Some(500)),
            OwnChoice::WalkthroughTokenBudget(Some(9_000)),
            OwnChoice::FieldTokenBudget(Some(300)),
        ] {
            after = chosen(&after, choice);
        }
        let expected = OwnChoices {
            language: Some("pt-BR".to_owned()),
            words: vec!["acme".to_owned(), "kubectl".to_owned()],
            token_budget: Some(500),
            walkthrough_token_budget: Some(9_000),
            field_token_budget: Some(300),
        };
        let said = Budgets { walkthrough: 9_000, step: 500, field: Some(300) };
        assert_eq!((choices(&after), budgets(&after)), (expected, said));
        for choice in [
            OwnChoice::Language(None),
            OwnChoice::RemoveWord("acme".to_owned()),
            OwnChoice::RemoveWord("kubectl".to_owned()),
            OwnChoice::TokenBudget(None),
            OwnChoice::WalkthroughTokenBudget(None),
            OwnChoice::FieldTokenBudget(None),
        ] {
            after = chosen(&after, choice);
        }
        assert_eq!(after, before);
        let usual = Budgets { walkthrough: WALKTHROUGH_TOKEN_BUDGET, step: TOKEN_BUDGET, field: None };
        assert_eq!((choices(&after), budgets(&after)), (OwnChoices::default(), usual));
    }

    #[test]
    fn what_is_none_of_it_is_as_if_it_were_not_there() {
        let strange = draft(Some(r#"{"waymark":{"language":7,"words":"many","token_budget":-1}}"#));
        assert_eq!(choices(&strange), OwnChoices::default());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let refused = |metadata, choice| {
            let error = choose(&draft(metadata), &choice).expect_err("it is refused");
            (error.code, error.field)
        };
        let field = |name: &str| (Code::InvalidInput, Some(name.to_owned()));
        assert_eq!(refused(None, OwnChoice::Language(Some("German!".to_owned()))), field("language"));
        assert_eq!(refused(None, OwnChoice::AddWord("two words".to_owned())), field("word"));
        assert_eq!(refused(None, OwnChoice::TokenBudget(Some(0))), field("token_budget"));
        let whole = OwnChoice::WalkthroughTokenBudget(Some(0));
        assert_eq!(refused(None, whole), field("walkthrough_token_budget"));
        assert_eq!(refused(None, OwnChoice::FieldTokenBudget(Some(0))), field("field_token_budget"));
        assert_eq!(refused(None, OwnChoice::RemoveWord("acme".to_owned())).0, Code::NotFound);
        assert_eq!(refused(Some("[1]"), OwnChoice::Language(None)).0, Code::Refused);
    }
}
