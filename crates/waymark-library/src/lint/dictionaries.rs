//! The dictionaries of this process: the one that comes with Waymark, and those that were imported into the library's folder.
//!
//! They are read at the first word that is judged, never at start, and kept from then on.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::PathBuf,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use waymark_core::{
    error::{Code, Error, Result},
    lint::dictionary::{Dictionary, ENGLISH, Spelling, check_language},
};

use super::words::Language;
use crate::Library;

/// An imported dictionary of a larger size than any that is known is a mistake.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

static READ: LazyLock<Mutex<HashMap<PathBuf, Arc<Dictionary>>>> = LazyLock::new(Mutex::default);
static OWN: LazyLock<Arc<Dictionary>> = LazyLock::new(|| Arc::new(Dictionary::english()));

/// What spelling is judged by. Takes tens of milliseconds for each language, once.
pub(super) fn spelling(library: &Library, language: &str, own_words: HashSet<String>) -> Spelling {
    let dictionary = find(library, language);
    Spelling { language: language.to_owned(), dictionary, own_words: Arc::new(own_words) }
}

/// The dictionary of a language: `en-GB` falls back to `en`.
pub(super) fn find(library: &Library, language: &str) -> Option<Arc<Dictionary>> {
    check_language(language).ok()?;
    let general = language.split('-').next().unwrap_or(language);
    let imported = [language, general].into_iter().find_map(|language| imported(library, language));
    imported.or_else(|| (general == ENGLISH).then(|| OWN.clone()))
}

/// The languages that have one.
pub(super) fn languages(library: &Library) -> Vec<Language> {
    let files = fs::read_dir(folder(library)).into_iter().flatten().flatten();
    let codes = files.filter_map(|file| file.file_name().to_str()?.strip_suffix(".dic").map(str::to_owned));
    let mut found: Vec<Language> = codes.map(|code| Language { code, is_imported: true }).collect();
    if found.iter().all(|known| known.code != ENGLISH) {
        found.push(Language { code: ENGLISH.to_owned(), is_imported: false });
    }
    found.sort_by(|a, b| a.code.cmp(&b.code));
    found
}

/// Deletes an imported dictionary's two files, the words last: without them it is none.
pub(super) fn remove(library: &Library, language: &str) -> Result<()> {
    check_language(language)?;
    let words = folder(library).join(format!("{language}.dic"));
    if !words.is_file() {
        return Err(Error::not_found(format!("No dictionary was imported for `{language}`.")));
    }
    let affixes = words.with_extension("aff");
    let gone = if affixes.exists() { fs::remove_file(&affixes) } else { Ok(()) };
    gone.and_then(|()| fs::remove_file(&words)).map_err(|error| {
        Error::new(Code::LibraryReadOnly, "The dictionary could not be removed from the library's folder.")
            .with_source(error)
    })?;
    READ.lock().unwrap_or_else(PoisonError::into_inner).remove(&words);
    Ok(())
}

/// Copies a dictionary into the library's folder, after it was read once.
pub(super) fn import(library: &Library, language: &str, affixes: &PathBuf, words: &PathBuf) -> Result<()> {
    check_language(language)?;
    let (affix_text, word_text) = (read(affixes)?, read(words)?);
    let dictionary = Dictionary::parse(language, &affix_text, &word_text)?;
    let folder = folder(library);
    let kept = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join(format!("{language}.aff")), affix_text))
        .and_then(|()| fs::write(folder.join(format!("{language}.dic")), word_text));
    kept.map_err(|error| {
        Error::new(Code::LibraryReadOnly, "The dictionary could not be kept in the library's folder.")
            .with_source(error)
    })?;
    let path = folder.join(format!("{language}.dic"));
    READ.lock().unwrap_or_else(PoisonError::into_inner).insert(path, Arc::new(dictionary));
    Ok(())
}

fn folder(library: &Library) -> PathBuf {
    library.path().with_file_name("dictionaries")
}

fn imported(library: &Library, language: &str) -> Option<Arc<Dictionary>> {
    let words = folder(library).join(format!("{language}.dic"));
    let mut known = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(dictionary) = known.get(&words) {
        return Some(dictionary.clone());
    }
    if !words.is_file() {
        return None;
    }
    let texts = read(&words.with_extension("aff")).and_then(|affixes| Ok((affixes, read(&words)?)));
    match texts.and_then(|(affixes, words)| Dictionary::parse(language, &affixes, &words)) {
        Ok(dictionary) => Some(known.entry(words).or_insert(Arc::new(dictionary)).clone()),
        Err(error) => {
            tracing::warn!(?error, language, "a dictionary in the library's folder cannot be read");
            None
        }
    }
}

fn read(path: &PathBuf) -> Result<String> {
    let unreadable = |what: &str| Error::invalid(format!("`{}` {what}.", path.display()));
    let size = fs::metadata(path).map_err(|error| unreadable("cannot be read").with_source(error))?.len();
    if size > MAX_BYTES {
        return Err(unreadable("is too large for a dictionary"));
    }
    let bytes = fs::read(path).map_err(|error| unreadable("cannot be read").with_source(error))?;
    String::from_utf8(bytes).map_err(|_| {
        unreadable("is not in UTF-8").with_hint("Convert it: `iconv -t UTF-8`, and set `SET UTF-8` in the `.aff` file.")
    })
}
