//! Find and replace across the library: first shown, then done as one change that is taken back as one.
//!
//! What is done is what was shown: a draft that changed in between stops the whole. Before a draft is changed, a revision
//! of it is put by, and the change itself is a [`crate::bulk`] change, so that [`crate::bulk::undo`] takes it back.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use waymark_core::{
    edit::Edit,
    error::{Code, Error, Result},
    id::{BulkChangeId, WalkthroughId},
    replace::{self, FoundPlace, Matcher, Planned, ReplacePattern, SkippedPlace, snippets::FoundInSnippet},
    search::Part,
    snippet::Snippet,
    texts::Slot,
    walkthrough::{Walkthrough, WalkthroughType},
};

use crate::{
    Library,
    bulk::{
        KeptSnippetText,
        store::{self as bulk_store, SnippetPart},
    },
    changes::What,
    drafts::{new, store as draft_store},
    edits::several,
    revisions::{self, Reason, SaveRevision},
    search::{self, SearchLibrary},
    snippets,
    write::Write,
};

mod store;
#[cfg(test)]
mod tests;

/// The name of this among the bulk changes.
pub const KIND: &str = "replace";

/// Occurrences that are listed in all; what is beyond is counted.
const LISTED_MAX: usize = 2_000;
/// Occurrences that are listed of one walkthrough.
const LISTED_EACH_MAX: usize = 200;

/// What to look for, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(default)]
pub struct FindReplace {
    /// What, and what to put there.
    pub pattern: ReplacePattern,
    /// In which texts; none is all of `waymark_core::replace::PARTS`.
    pub parts: Vec<Part>,
    /// Only in walkthroughs that this search finds (docs/search.md); empty for all that are not in the trash.
    pub filter: String,
    /// Only in these; none is all.
    pub ids: Vec<WalkthroughId>,
    /// Whether snippets are looked through where texts or walkthroughs are named; where none are, they are anyway. Alone, it
    /// means nothing but the snippets.
    pub in_snippets: bool,
}

impl FindReplace {
    fn is_everywhere(&self) -> bool {
        self.parts.is_empty() && self.filter.trim().is_empty() && self.ids.is_empty()
    }
}

/// What replacing would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReplacePreview {
    /// The walkthroughs in which something was found, by title.
    pub walkthroughs: Vec<FoundIn>,
    /// The snippets in which something was found, by name.
    pub snippets: Vec<FoundInSnippet>,
    /// How many occurrences there are, listed or not.
    pub occurrences_total: u32,
    /// Sentences about what in the filter was not understood.
    pub notes: Vec<String>,
}

/// What was found in a walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FoundIn {
    /// Which.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
    /// The version that was looked at.
    pub version: u32,
    /// How many occurrences there are, listed or not.
    pub occurrences_total: u32,
    /// Where.
    pub places: Vec<FoundPlace>,
}

/// What to replace, as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RunReplace {
    /// What, and what to put there.
    pub pattern: ReplacePattern,
    /// In which texts; none is all.
    pub parts: Vec<Part>,
    /// In which walkthroughs.
    pub choices: Vec<ReplaceChoice>,
    /// In which snippets.
    #[serde(default)]
    pub snippets: Vec<ReplaceSnippetChoice>,
}

/// A snippet to replace in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReplaceSnippetChoice {
    /// What it is called.
    pub name: String,
    /// The digest of the text that was shown.
    pub digest: String,
    /// The numbers of the occurrences that stay as they are.
    pub left_out: Vec<u32>,
}

/// A walkthrough to replace in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReplaceChoice {
    /// Which.
    pub id: WalkthroughId,
    /// The version that was shown.
    pub version: u32,
    /// The numbers of the occurrences that stay as they are.
    pub left_out: Vec<u32>,
}

/// What was replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Replaced {
    /// To take it back by; none where nothing was replaced.
    pub change: Option<BulkChangeId>,
    /// How many occurrences were replaced.
    pub replaced: u32,
    /// In which walkthroughs, and how many in each.
    pub walkthroughs: Vec<ReplacedIn>,
    /// In which snippets.
    pub snippets: Vec<String>,
    /// What stays as it is although something was found there.
    pub skipped: Vec<SkippedIn>,
    /// Snippets that stay as they are although something was found there.
    pub skipped_snippets: Vec<KeptSnippetText>,
}

/// A walkthrough in which something was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReplacedIn {
    /// Which.
    pub id: WalkthroughId,
    /// Its title now.
    pub title: String,
    /// How many occurrences.
    pub replaced: u32,
}

/// A place that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SkippedIn {
    /// In which walkthrough.
    pub id: WalkthroughId,
    /// Its title.
    pub title: String,
    /// Where in it, and why.
    pub place: SkippedPlace,
}

/// Finds what would be replaced. Writes nothing.
///
/// # Errors
/// `InvalidInput` on `find` or `replace` where the pattern is none.
pub async fn preview(library: &Library, input: &FindReplace) -> Result<ReplacePreview> {
    let matcher = Matcher::new(&input.pattern)?;
    let (among, notes) = filtered(library, input).await?;
    let mut preview = ReplacePreview { notes, ..ReplacePreview::default() };
    let mut listed = 0;
    let is_only_snippets = input.in_snippets && input.is_everywhere();
    let among = if is_only_snippets { Some(Vec::new()) } else { among };
    let candidates = store::candidates(library, &matcher, among.as_deref()).await?;
    for (version, walkthrough) in candidates {
        let most = LISTED_EACH_MAX.min(LISTED_MAX - listed);
        let places = replace::find(&walkthrough, &matcher, &input.parts, most);
        if places.is_empty() {
            continue;
        }
        listed += places.iter().map(|place| place.occurrences.len()).sum::<usize>();
        let occurrences_total = places.iter().map(|place| place.occurrences_total).sum();
        preview.occurrences_total += occurrences_total;
        let Walkthrough { id, title, kind, .. } = walkthrough;
        preview.walkthroughs.push(FoundIn { id, title, kind, version, occurrences_total, places });
    }
    if input.in_snippets || input.is_everywhere() {
        for snippet in snippets::list(library).await? {
            let most = LISTED_EACH_MAX.min(LISTED_MAX - listed);
            let Some(found) = replace::snippets::find(&snippet, &matcher, most) else { continue };
            listed += found.occurrences.len();
            preview.occurrences_total += found.occurrences_total;
            preview.snippets.push(found);
        }
    }
    Ok(preview)
}

/// The walkthroughs to look through, if not all, and what in the filter was not understood.
async fn filtered(library: &Library, input: &FindReplace) -> Result<(Option<Vec<WalkthroughId>>, Vec<String>)> {
    if input.filter.trim().is_empty() {
        return Ok(((!input.ids.is_empty()).then(|| input.ids.clone()), Vec::new()));
    }
    let search =
        SearchLibrary { text: input.filter.clone(), limit: u32::MAX, matches_max: 0, ..SearchLibrary::default() };
    let found = search::search(library, &search).await?;
    let is_wanted = |id: &WalkthroughId| input.ids.is_empty() || input.ids.contains(id);
    let among = found.walkthroughs.into_iter().map(|found| found.id).filter(is_wanted).collect();
    Ok((Some(among), found.notes))
}

/// Replaces what was shown, in one write: all or nothing.
///
/// # Errors
/// `Conflict` where a walkthrough changed since it was shown; `InvalidInput` where the pattern is none.
pub async fn run(library: &Library, input: &RunReplace, origin: &str) -> Result<Replaced> {
    let matcher = Matcher::new(&input.pattern)?;
    let label = label(&input.pattern);
    let mut write = Write::begin(library).await?;
    let mut done = Replaced::default();
    let mut parts = Vec::new();
    for choice in &input.choices {
        let current = draft_store::load(write.connection(), library.cache(), &choice.id).await?;
        let walkthrough = &current.draft.walkthrough;
        if current.version != choice.version {
            return Err(changed_since(&format!("`{}`", walkthrough.title)));
        }
        let left_out: BTreeSet<u32> = choice.left_out.iter().copied().collect();
        let mut planned = replace::plan(walkthrough, &matcher, &input.parts, &left_out);
        leave_taken_title(&mut write, walkthrough, &mut planned, &matcher).await?;
        let skipped = |place| SkippedIn { id: walkthrough.id.clone(), title: walkthrough.title.clone(), place };
        done.skipped.extend(planned.skipped.into_iter().map(skipped));
        if planned.edits.is_empty() {
            continue;
        }
        let before = SaveRevision {
            walkthrough: walkthrough.clone(),
            reason: Reason::BeforeReplace,
            name: Some(format!("Before: {label}")),
            author: None,
            connection: None,
            remote_revision: None,
        };
        revisions::store::add(&mut write, &before).await?;
        let edit = Edit::Batch { edits: planned.edits };
        if let Some(version) = several::apply_in(&mut write, &choice.id, &edit, origin).await? {
            parts.push((choice.id.clone(), version));
            let title = walkthrough.title.clone();
            done.walkthroughs.push(ReplacedIn { id: choice.id.clone(), title, replaced: planned.replaced });
            done.replaced += planned.replaced;
        }
    }
    let snippets = run_in_snippets(&mut write, input, &matcher, &mut done, origin).await?;
    done.change = bulk_store::add(&mut write, KIND, &label, &parts, &snippets).await?;
    write.commit().await?;
    Ok(done)
}

async fn run_in_snippets(
    write: &mut Write,
    input: &RunReplace,
    matcher: &Matcher,
    done: &mut Replaced,
    origin: &str,
) -> Result<Vec<SnippetPart>> {
    let mut parts = Vec::new();
    for choice in &input.snippets {
        let name = choice.name.clone();
        let text = snippets::store::text(write.connection(), &name).await?;
        let known = text.map(|text| Snippet { name: name.clone(), text });
        let Some(snippet) = known.filter(|snippet| replace::snippets::digest(snippet) == choice.digest) else {
            return Err(changed_since(&format!("The snippet `{name}`")));
        };
        let left_out: BTreeSet<u32> = choice.left_out.iter().copied().collect();
        match replace::snippets::plan(&snippet, matcher, &left_out) {
            Ok(None) => {}
            Ok(Some((changed, replaced))) => {
                snippets::store::set_text(write, &name, &changed.text).await?;
                write.announce(What::Snippet, &name, origin).await?;
                done.replaced += replaced;
                done.snippets.push(name.clone());
                parts.push(SnippetPart { name, before: snippet.text, after: changed.text });
            }
            Err(error) => done.skipped_snippets.push(KeptSnippetText { name, message: error.message }),
        }
    }
    Ok(parts)
}

/// What is said about it in lists.
fn label(pattern: &ReplacePattern) -> String {
    const SHOWN_MAX: usize = 60;
    let short = |text: &str| match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    match pattern.replace.is_empty() {
        true => format!("Removed `{}`", short(&pattern.find)),
        false => format!("Replaced `{}` with `{}`", short(&pattern.find), short(&pattern.replace)),
    }
}

/// A title that another walkthrough has is left as it is, and said; the rest of the walkthrough changes.
async fn leave_taken_title(
    write: &mut Write,
    walkthrough: &Walkthrough,
    planned: &mut Planned,
    matcher: &Matcher,
) -> Result<()> {
    let Some(place) = planned.edits.iter().position(|edit| matches!(edit, Edit::SetTitle { .. })) else {
        return Ok(());
    };
    let Edit::SetTitle { title } = &planned.edits[place] else { return Ok(()) };
    let renamed = Walkthrough { title: title.clone(), steps: Vec::new(), ..walkthrough.clone() };
    match new::refuse_taken_title(write.connection(), &renamed).await {
        Err(error) if error.code == Code::InvalidInput => {
            planned.edits.remove(place);
            planned.replaced -= matcher.each(&walkthrough.title).count() as u32;
            planned.skipped.push(SkippedPlace {
                step: None,
                part: Part::Title,
                slot: Some(Slot::Title),
                message: error.message,
            });
            Ok(())
        }
        checked => checked,
    }
}

fn changed_since(what: &str) -> Error {
    Error::new(Code::Conflict, format!("{what} was changed since it was looked through."))
        .with_hint("Nothing was replaced. Look at the occurrences again.")
}
