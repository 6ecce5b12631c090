//! Find and replace in snippets, which belong to no walkthrough.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Matcher, Occurrence,
    find::in_text as found_in,
    plan::{in_text as changed_in, with_replacement},
};
use crate::{
    error::Result,
    hash,
    json::FreeJson,
    snippet::{self, Snippet},
};

/// A snippet in which something was found. Its name is no text: it is what it is called by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FoundInSnippet {
    /// What it is called.
    pub name: String,
    /// The text that was looked at, as a digest.
    pub digest: String,
    /// What was found, in the order of the text.
    pub occurrences: Vec<Occurrence>,
    /// How many there are, listed or not.
    pub occurrences_total: u32,
    /// Why nothing is replaced here, if nothing is.
    pub refusal: Option<String>,
}

/// The digest of a snippet's text: whether it is still the one that was shown.
pub fn digest(snippet: &Snippet) -> String {
    hash::digest(&FreeJson::of(&snippet.text))
}

/// What is found in a snippet; at most `listed_max` occurrences are listed.
pub fn find(snippet: &Snippet, matcher: &Matcher, listed_max: usize) -> Option<FoundInSnippet> {
    let mut occurrences_total = 0;
    let occurrences = found_in(&snippet.text, matcher, &mut occurrences_total, listed_max);
    let refusal = plan(snippet, matcher, &BTreeSet::new()).err().map(|error| error.message);
    let (name, digest) = (snippet.name.clone(), digest(snippet));
    (occurrences_total > 0).then_some(FoundInSnippet { name, digest, occurrences, occurrences_total, refusal })
}

/// The snippet with everything replaced that is not left out, and how many that is; `None` where nothing changes.
///
/// # Errors
/// `InvalidInput` where the text would be none that can be kept.
pub fn plan(snippet: &Snippet, matcher: &Matcher, left_out: &BTreeSet<u32>) -> Result<Option<(Snippet, u32)>> {
    let (text, replaced) = changed_in(matcher, &snippet.text, &mut 0, left_out);
    if replaced == 0 {
        return Ok(None);
    }
    let changed = Snippet { name: snippet.name.clone(), text };
    let changed = snippet::checked(changed).map_err(with_replacement)?;
    Ok(Some((changed, replaced)))
}
