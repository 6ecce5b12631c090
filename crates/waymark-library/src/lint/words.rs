//! Own words, the language of a text, and the library's choices about lint.

use std::{collections::BTreeSet, path::PathBuf};

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use waymark_core::{
    content::Field,
    edit::{Edit, Splice},
    error::{Error, Result},
    id::{StepId, WalkthroughId},
    json::FreeJson,
    lint::{
        LintContext,
        dictionary::{self, ENGLISH},
        own::{self as rules_of, OwnChoice},
        rules,
        style::Group,
    },
    tokens::Encoding,
};

use super::{
    dictionaries,
    own::{self, MakeOwnChoice},
    store,
};
use crate::{
    Library,
    changes::What,
    drafts::{self, derive},
    edits::{self, Applied, ApplyEdit},
    write::Write,
};

const SETTINGS: &str = "settings";

/// What a library has chosen about lint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct LintSettings {
    /// The language of walkthroughs that say none.
    pub language: String,
    /// Groups of rules that are switched off.
    pub off: BTreeSet<Group>,
    /// Hosts in private networks whose links may be checked all the same.
    pub private_hosts: Vec<String>,
    /// What counts tokens, in budgets and wherever a number of them is shown.
    pub tokenizer: Encoding,
}

impl Default for LintSettings {
    fn default() -> Self {
        Self {
            language: ENGLISH.to_owned(),
            off: BTreeSet::new(),
            private_hosts: Vec::new(),
            tokenizer: Encoding::default(),
        }
    }
}

/// What a library chooses anew about lint. What is left out stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ChangeLintSettings {
    /// The language of walkthroughs that say none.
    #[serde(default)]
    pub language: Option<String>,
    /// Groups of rules to switch off.
    #[serde(default)]
    pub off: Vec<Group>,
    /// Groups of rules to switch on.
    #[serde(default)]
    pub on: Vec<Group>,
    /// Hosts in private networks whose links may be checked from now on, as `host` or `host:port`.
    #[serde(default)]
    pub add_hosts: Vec<String>,
    /// Hosts whose links may not any longer.
    #[serde(default)]
    pub remove_hosts: Vec<String>,
    /// What counts tokens from now on.
    #[serde(default)]
    pub tokenizer: Option<Encoding>,
}

/// A language whose spelling can be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Language {
    /// Its code, such as `de` or `pt-BR`.
    pub code: String,
    /// Whether its dictionary was imported, and so can be removed.
    pub is_imported: bool,
}

/// A word to add: to a walkthrough's own, or to the library's.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AddWord {
    /// The word.
    pub word: String,
    /// Only in this walkthrough.
    pub walkthrough: Option<WalkthroughId>,
}

/// Hunspell's two files for a language.
#[derive(Debug, Clone)]
pub struct ImportDictionary {
    /// The code of the language.
    pub language: String,
    /// The `.aff` file.
    pub affixes: PathBuf,
    /// The `.dic` file.
    pub words: PathBuf,
}

/// An unknown word of a draft.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SuggestWords {
    /// In which draft.
    pub walkthrough: WalkthroughId,
    /// The word.
    pub word: String,
}

/// A misspelled word to replace, in all its places in one field.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReplaceWord {
    /// In which draft.
    pub walkthrough: WalkthroughId,
    /// In which step.
    pub step: StepId,
    /// In which field.
    pub field: Field,
    /// The word as the finding names it.
    pub word: String,
    /// What is meant.
    pub with: String,
}

/// The library's choices.
///
/// # Errors
/// Those of the file.
pub async fn settings(library: &Library) -> Result<LintSettings> {
    let mut snapshot = library.snapshot().await?;
    settings_in(&mut snapshot).await
}

pub(super) async fn settings_in(connection: &mut SqliteConnection) -> Result<LintSettings> {
    // What a newer Waymark wrote and this one does not understand is as it comes.
    let known = store::setting(connection, SETTINGS).await?;
    Ok(known.and_then(|json| json.read().ok()).unwrap_or_default())
}

/// What counts tokens.
pub(crate) async fn tokenizer(connection: &mut SqliteConnection) -> Result<Encoding> {
    Ok(settings_in(connection).await?.tokenizer)
}

/// Changes the library's choices, and gives them as they are then. What is not named stays, so that a window and a command
/// line do not take each other's choices back.
///
/// # Errors
/// `InvalidInput` for what is no language and what is no host; those of the file.
pub async fn change_settings(library: &Library, change: ChangeLintSettings, origin: &str) -> Result<LintSettings> {
    let ChangeLintSettings { language, off, on, add_hosts, remove_hosts, tokenizer } = change;
    if let Some(language) = &language {
        dictionary::check_language(language)?;
    }
    let add_hosts = add_hosts.iter().map(|host| checked_host(host)).collect::<Result<Vec<_>>>()?;
    let mut write = Write::begin(library).await?;
    let before = settings_in(write.connection()).await?;
    let mut settings = before.clone();
    settings.language = language.unwrap_or(settings.language);
    settings.off.extend(off);
    settings.off.retain(|group| !on.contains(group));
    settings.private_hosts.extend(add_hosts);
    settings.private_hosts.retain(|host| !remove_hosts.contains(host));
    settings.private_hosts.sort();
    settings.private_hosts.dedup();
    settings.tokenizer = tokenizer.unwrap_or(settings.tokenizer);
    if settings == before {
        return Ok(settings);
    }
    if settings.tokenizer != before.tokenizer {
        // What is over its budget is another now.
        derive::forget_all(write.connection()).await?;
    }
    store::set(&mut write, SETTINGS, &FreeJson::of(&settings)).await?;
    write.announce(What::Lint, SETTINGS, origin).await?;
    write.commit().await?;
    Ok(settings)
}

/// The words that are right in the whole library, in order.
///
/// # Errors
/// Those of the file.
pub async fn words(library: &Library) -> Result<Vec<String>> {
    store::words(library).await
}

/// Adds an own word. In a walkthrough it is an edit like any other; the answer is the draft then.
///
/// # Errors
/// `InvalidInput` on `word`; `NotFound`; `Refused` where the walkthrough's metadata has no room for it.
pub async fn add_word(library: &Library, input: AddWord, origin: &str) -> Result<Option<Applied>> {
    let word = dictionary::checked_word(&input.word)?;
    let Some(walkthrough) = input.walkthrough else {
        let mut write = Write::begin(library).await?;
        store::add_word(&mut write, &word).await?;
        write.announce(What::Lint, &word, origin).await?;
        write.commit().await?;
        return Ok(None);
    };
    own::choose(library, MakeOwnChoice { walkthrough, choice: OwnChoice::AddWord(word) }, origin).await.map(Some)
}

/// Takes an own word of the library away.
///
/// # Errors
/// `NotFound`.
pub async fn remove_word(library: &Library, word: &str, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    if !store::remove_word(&mut write, word).await? {
        return Err(Error::not_found(format!("`{word}` is not among the library's own words."))
            .with_hint("`waymark lint --words` lists them."));
    }
    write.announce(What::Lint, word, origin).await?;
    write.commit().await
}

/// The languages that have a dictionary, in order.
pub async fn languages(library: &Library) -> Vec<Language> {
    let library = library.clone();
    let listed = tokio::task::spawn_blocking(move || dictionaries::languages(&library)).await;
    listed.expect("BUG: listing dictionaries panicked")
}

/// Keeps a Hunspell dictionary for a language; it replaces the one that is there.
///
/// # Errors
/// `InvalidInput` naming the file that is none; `LibraryReadOnly`.
pub async fn import_dictionary(library: &Library, input: ImportDictionary, origin: &str) -> Result<()> {
    let ImportDictionary { language, affixes, words } = input;
    // Refused where nothing may be written.
    library.writer().await?;
    let into = library.clone();
    let work = tokio::task::spawn_blocking(move || dictionaries::import(&into, &language, &affixes, &words));
    work.await.expect("BUG: importing a dictionary panicked")?;
    announce(library, origin).await
}

/// Removes an imported dictionary. English keeps the one that comes with Waymark.
///
/// # Errors
/// `NotFound`; `LibraryReadOnly`.
pub async fn remove_dictionary(library: &Library, language: String, origin: &str) -> Result<()> {
    library.writer().await?;
    let from = library.clone();
    let work = tokio::task::spawn_blocking(move || dictionaries::remove(&from, &language));
    work.await.expect("BUG: removing a dictionary panicked")?;
    announce(library, origin).await
}

/// Every draft may have other findings.
async fn announce(library: &Library, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    write.announce(What::Lint, SETTINGS, origin).await?;
    write.commit().await
}

/// A host as it is kept: `host` or `host:port`.
fn checked_host(host: &str) -> Result<String> {
    let host = host.trim().to_lowercase();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, Some(port)),
        _ => (host.as_str(), None),
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_name = match bare {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')),
    };
    let is_host = host.len() <= 253 && is_name && port.is_none_or(|port| port.parse::<u16>().is_ok());
    if is_host {
        return Ok(host);
    }
    Err(Error::invalid(format!("`{host}` is not the name of a host.")).with_field("add_hosts").with_hint(
        "Give it as in an address, without `https://` and without a path: `wiki.internal` or `10.0.0.7:8080`.",
    ))
}

/// What may be meant by a word of a walkthrough, the most likely first. Takes milliseconds, so it is asked for and never
/// part of a report.
///
/// # Errors
/// `NotFound`.
pub async fn suggest(library: &Library, input: SuggestWords) -> Result<Vec<String>> {
    let SuggestWords { walkthrough, word } = input;
    let draft = drafts::open(library, &walkthrough).await?.draft.walkthrough;
    let language = match rules_of::language(&draft) {
        Some(language) => language,
        None => settings(library).await?.language,
    };
    let library = library.clone();
    let work = tokio::task::spawn_blocking(move || {
        dictionaries::find(&library, &language).map(|dictionary| dictionary.suggest(&word)).unwrap_or_default()
    });
    Ok(work.await.expect("BUG: suggesting panicked"))
}

/// Replaces a misspelled word in all its places in one field, as one edit. `None` where it is not there any more.
///
/// # Errors
/// `NotFound`; those of [`edits::apply`].
pub async fn replace_word(library: &Library, input: ReplaceWord, origin: &str) -> Result<Option<Applied>> {
    let ReplaceWord { walkthrough, step, field, word, with } = input;
    let opened = drafts::open(library, &walkthrough).await?;
    let report = super::report_step(library, opened.draft.walkthrough, step.clone()).await?;
    let is_meant = |found: &&waymark_core::lint::Finding| {
        found.rule == rules::UNKNOWN_WORD_ID && found.field == Some(field) && found.subject.as_deref() == Some(&word)
    };
    let Some(found) = report.findings.iter().find(is_meant) else {
        return Ok(None);
    };
    let places = found.place.iter().chain(&found.others);
    let splice = |place: &waymark_core::lint::places::Place| Edit::SpliceField {
        step: step.clone(),
        field,
        splice: Splice { from: place.from, to: place.to, insert: with.clone() },
    };
    // The last first, so that none moves another.
    let mut edits: Vec<Edit> = places.map(splice).collect();
    edits.reverse();
    let edit = Edit::Batch { edits };
    apply(library, walkthrough, edit, opened.version, origin).await.map(Some)
}

async fn apply(
    library: &Library,
    walkthrough: WalkthroughId,
    edit: Edit,
    version: u32,
    origin: &str,
) -> Result<Applied> {
    edits::apply(library, ApplyEdit { walkthrough, edit, seen_version: Some(version), origin: origin.to_owned() }).await
}

/// Gives a context what only a full report needs: spelling and the groups that are off.
pub(super) async fn complete(
    library: &Library,
    connection: &mut SqliteConnection,
    said: Option<String>,
    context: &mut LintContext,
) -> Result<()> {
    let settings = settings_in(connection).await?;
    let words = store::word_set(connection).await?;
    let language = said.unwrap_or(settings.language);
    context.off = settings.off;
    if !context.off.contains(&Group::Spelling) {
        let library = library.clone();
        let work = tokio::task::spawn_blocking(move || dictionaries::spelling(&library, &language, words));
        context.spelling = Some(work.await.expect("BUG: reading a dictionary panicked"));
    }
    Ok(())
}
