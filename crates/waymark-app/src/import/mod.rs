//! Importing walkthroughs from files: first shown, then written.
//!
//! A file is read and judged as a whole before anything is written, and it is written in one transaction: an error
//! leaves nothing of that file behind. Several files are independent of each other. Where the library has the
//! walkthrough already (its id, or its title), nothing happens until the person says what should.

mod beside;
mod enclosed;
pub(crate) mod file;
mod fit;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_bundles;
mod writing;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use waymark_core::{
    error::{Error, Result},
    format::{
        bundle,
        json::{self, ImportedFile, Warning},
    },
    id::{StepId, WalkthroughId},
    review::Decision,
    walkthrough::WalkthroughType,
};
use waymark_library::{drafts, review::Merged};

use self::{
    beside::Beside,
    enclosed::Arriving,
    file::Content,
    writing::{clash, present, write},
};

use crate::App;

/// Where walkthroughs come from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Files, each with one walkthrough.
    Paths(Vec<PathBuf>),
    /// The content of one, pasted or piped.
    Text(String),
}

/// What to do with a walkthrough that is in the library already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum OnClash {
    /// The file's version replaces the draft, which can be undone.
    Update,
    /// The file's version comes in beside it, with new ids.
    Copy,
    /// The library stays as it is.
    Skip,
    /// Of a bundle, what was said and decided comes in; the draft keeps its text.
    Review,
}

/// Files to import.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RunImport {
    /// Where from.
    pub source: Source,
    /// What to do where one is there already; `None` refuses it.
    pub on_clash: Option<OnClash>,
}

/// What importing would do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ImportPreview {
    /// One for each file, in their order.
    pub items: Vec<ImportItem>,
}

/// What importing one file would do, or why it cannot be imported.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ImportItem {
    /// The file; empty for a text.
    pub file: String,
    /// What is in it, unless there is an error.
    pub found: Option<Found>,
    /// Why it cannot be imported.
    pub error: Option<Error>,
}

/// A walkthrough in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Found {
    /// Its title.
    pub title: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: WalkthroughType,
    /// How many steps it has.
    pub steps: u32,
    /// What its author should know.
    pub warnings: Vec<Warning>,
    /// How many files come along: those that an export put beside it.
    pub attachments: u32,
    /// The review that comes along, from a bundle.
    pub review: Option<FoundReview>,
    /// The draft that is there already.
    pub clash: Option<Clash>,
}

/// A review in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct FoundReview {
    /// How much of it is new here.
    pub news: Merged,
    /// The last decision in it.
    pub decision: Option<Decision>,
    /// Conversations that somebody kept.
    pub conversations: u32,
}

/// A draft that stands where an imported walkthrough would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Clash {
    /// The draft.
    pub with: WalkthroughId,
    /// Its title.
    pub title: String,
    /// Whether it is the same walkthrough (the same id) rather than another one with the same title.
    pub is_same_id: bool,
    /// Whether it is in the trash.
    pub is_trashed: bool,
    /// How many places an update would change.
    pub changes: u32,
}

/// What was done.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Imported {
    /// The walkthroughs that are in the library now, or were skipped.
    pub walkthroughs: Vec<ImportedOne>,
    /// Files of which nothing was imported.
    pub failed: Vec<Failed>,
    /// How many files were not begun, because somebody stopped it.
    pub left: u32,
}

/// How far importing is.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Files that are finished.
    pub done: u32,
    /// Files in all.
    pub total: u32,
    /// The one that was finished last.
    pub last: String,
}

/// One imported walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ImportedOne {
    /// Its id in the library.
    pub id: WalkthroughId,
    /// Its title in the library.
    pub title: String,
    /// How many steps it has.
    pub steps: u32,
    /// What its author should know.
    pub warnings: Vec<Warning>,
    /// What became of it.
    pub outcome: Outcome,
    /// What came in with its review, from a bundle.
    pub review: Option<Merged>,
    /// Whether the draft kept its text although the file has another.
    pub is_other_text_left: bool,
}

/// What became of an imported walkthrough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is new here.
    Created,
    /// It replaced the draft.
    Updated,
    /// It stands beside the draft.
    Copied,
    /// It was left out.
    Skipped,
    /// Its review came in; the draft keeps its text.
    Reviewed,
}

/// A file of which nothing was imported.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Failed {
    /// The file; empty for a text.
    pub file: String,
    /// Why.
    pub error: Error,
}

/// Reads files and says what importing them would do. Writes nothing.
///
/// # Errors
/// Those of the library; what is wrong with a file is in its item.
pub async fn preview(app: &App, source: Source) -> Result<ImportPreview> {
    let mut items = Vec::new();
    for piece in pieces(source) {
        let (file, read) = read(app, piece).await;
        let item = match read {
            Ok(mut read) => {
                settle_steps(app, &mut read.file).await?;
                let clash = clash(app, &read.file).await?.map(|(clash, _)| clash);
                let review = enclosed::foresee(app, &read, clash.as_ref()).await?;
                ImportItem { file, found: Some(found(&read, review, clash)), error: None }
            }
            Err(error) => ImportItem { file, found: None, error: Some(error) },
        };
        items.push(item);
    }
    Ok(ImportPreview { items })
}

/// Imports files. An error in one file does not keep the others out. Whoever stops it keeps what is in.
///
/// # Errors
/// The error of the only file, where there is only one; else files that fail are in the answer.
pub async fn run(
    app: &App,
    run: RunImport,
    stop: &CancellationToken,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Imported> {
    let mut imported = Imported { walkthroughs: Vec::new(), failed: Vec::new(), left: 0 };
    let pieces = pieces(run.source);
    let is_only_one = pieces.len() == 1;
    let total = pieces.len() as u32;
    for (done, piece) in (0..).zip(pieces) {
        if stop.is_cancelled() {
            imported.left = total - done;
            break;
        }
        let (file, read) = read(app, piece).await;
        let outcome = match read {
            Ok(mut read) => match settle_steps(app, &mut read.file).await {
                Ok(()) => write(app, read, run.on_clash).await,
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        };
        tell(Progress { done: done + 1, total, last: file.clone() });
        match outcome.map_err(|error| in_file(&file, error)) {
            Ok(one) => imported.walkthroughs.push(one),
            Err(error) if is_only_one => return Err(error),
            Err(error) => imported.failed.push(Failed { file, error }),
        }
    }
    Ok(imported)
}

/// One file's worth of a source.
enum Piece {
    Path(PathBuf),
    Text(String),
}

fn pieces(source: Source) -> Vec<Piece> {
    match source {
        Source::Paths(paths) => paths.into_iter().map(Piece::Path).collect(),
        Source::Text(text) => vec![Piece::Text(text)],
    }
}

/// A file that was understood, and the files beside it.
struct Read {
    file: ImportedFile,
    beside: Vec<Beside>,
    enclosed: Option<Arriving>,
}

/// Reads off the async threads: a large file takes a while.
async fn read(app: &App, piece: Piece) -> (String, Result<Read>) {
    let random = app.env.random;
    let name = match &piece {
        Piece::Path(path) => path.display().to_string(),
        Piece::Text(_) => String::new(),
    };
    let work = tokio::task::spawn_blocking(move || match piece {
        Piece::Path(path) => {
            let text = match file::content(&path)? {
                Content::Bundle(bytes) => return bundle::read(&bytes, random).map(enclosed::unpack),
                Content::Text(text) => text,
            };
            let mut file = json::read(&text, &file::title(&path), random)?;
            let (beside, warnings) = beside::look(&path);
            file.warnings.extend(warnings);
            Ok(Read { file, beside: beside.into_iter().map(Beside::Path).collect(), enclosed: None })
        }
        Piece::Text(text) => {
            file::check_size("The text", text.len() as u64)?;
            let file = json::read(&text, &file::title(Path::new("")), random)?;
            Ok(Read { file, beside: Vec::new(), enclosed: None })
        }
    });
    let read = work.await.unwrap_or_else(|panic| Err(Error::bug("Reading a file ended early.").with_source(panic)));
    (name.clone(), read.map_err(|error| in_file(&name, error)))
}

/// Puts the file's name before an error about its content.
fn in_file(name: &str, error: Error) -> Error {
    if name.is_empty() || error.message.contains(name) {
        return error;
    }
    let message = error
        .message
        .strip_prefix("The file ")
        .map_or_else(|| format!("`{name}`: {}", error.message), |rest| format!("`{name}` {rest}"));
    Error { message, ..error }
}

fn found(Read { file, beside, .. }: &Read, review: Option<FoundReview>, clash: Option<Clash>) -> Found {
    Found {
        title: file.walkthrough.title.clone(),
        kind: file.walkthrough.kind,
        steps: file.walkthrough.steps.len() as u32,
        warnings: file.warnings.clone(),
        attachments: beside.len() as u32,
        review,
        clash,
    }
}

/// Steps that carry the id of another walkthrough's step get new ids: progress belongs to the step that has it now.
async fn settle_steps(app: &App, file: &mut ImportedFile) -> Result<()> {
    let target = present(app, &file.walkthrough).await?.map(|present| present.id);
    let ids: Vec<StepId> = file.walkthrough.steps.iter().map(|step| step.id.clone()).collect();
    let taken = drafts::owned_steps(&app.library, &ids, target.as_ref()).await?;
    let Some((_, title)) = taken.first() else { return Ok(()) };
    let what = match taken.len() {
        1 => "One step has the id of a step".to_owned(),
        count => format!("{count} steps have the ids of steps"),
    };
    let message =
        format!("{what} of `{title}`, which is in the library: new ids are given, and its learners stay its own.");
    file.warnings.push(Warning { path: "$.steps".to_owned(), message });
    fit::give_new_ids(&mut file.walkthrough, taken.into_iter().map(|(id, _)| id), app.env.random);
    Ok(())
}
