//! Writing what was read into the library: as a new walkthrough, over the one that is there, or as a copy beside it.

use std::collections::{BTreeMap, HashSet};

use waymark_core::{
    diff,
    edit::Edit,
    error::{Code, Error, Result},
    format::json::ImportedFile,
    walkthrough::Walkthrough,
};
use waymark_library::{
    drafts::{self, DraftSummary, ListDrafts},
    edits::{self, ApplyEdit},
    revisions::Reason,
};

use super::{Clash, ImportedOne, OnClash, Outcome, Read, beside, enclosed, fit};
use crate::App;

/// The draft with the same id, else the one with the same title, and what the file would make of it.
pub(super) async fn clash(app: &App, file: &ImportedFile) -> Result<Option<(Clash, Walkthrough)>> {
    let Some(present) = present(app, &file.walkthrough).await? else {
        return Ok(None);
    };
    let draft = drafts::open(&app.library, &present.id).await?.draft;
    let updated = fit::over(file, &draft.walkthrough);
    let clash = Clash {
        is_same_id: present.id == file.walkthrough.id,
        is_trashed: present.trashed_at.is_some(),
        changes: diff::count_changes(Some(&draft.walkthrough), &updated),
        with: present.id,
        title: present.title,
    };
    Ok(Some((clash, updated)))
}

/// The draft that an import would meet.
pub(super) async fn present(app: &App, imported: &Walkthrough) -> Result<Option<DraftSummary>> {
    match drafts::summary(&app.library, &imported.id).await {
        Ok(summary) => return Ok(Some(summary)),
        Err(error) if error.code == Code::NotFound => {}
        Err(error) => return Err(error),
    }
    // By the index of titles: a thousand files do not read the whole list a thousand times.
    match drafts::find(&app.library, &imported.title).await {
        Ok(id) => Ok(Some(drafts::summary(&app.library, &id).await?).filter(|draft| draft.title == imported.title)),
        Err(error) if error.code == Code::NotFound => Ok(None),
        // Several have it, as pulled ones may.
        Err(error) if error.code == Code::InvalidInput => {
            let all = drafts::list(&app.library, &ListDrafts::default()).await?;
            Ok(all.into_iter().find(|draft| draft.title == imported.title))
        }
        Err(error) => Err(error),
    }
}

/// Writes what was read, as the person said where the library has it already.
pub(super) async fn write(app: &App, read: Read, on_clash: Option<OnClash>) -> Result<ImportedOne> {
    let Read { file, beside, enclosed } = read;
    let clash = clash(app, &file).await?;
    if let (Some(arriving), Some((clash, _))) = (&enclosed, &clash)
        && enclosed::is_review_only(clash, on_clash)
    {
        return enclosed::only_review(app, arriving.clone(), clash, file.warnings).await;
    }
    let mut steps = BTreeMap::new();
    let note = |written: &Walkthrough| enclosed.as_ref().map(|arriving| arriving.renamed(written)).unwrap_or_default();
    let ImportedFile { mut walkthrough, mut warnings, .. } = file;
    // Files come before the texts: files that nothing means are in nobody's way, and links without files are.
    let (written, outcome) = match (clash, on_clash) {
        (None, _) => {
            steps = note(&walkthrough);
            warnings.extend(beside::bring(app, &mut walkthrough, beside).await?);
            (insert(app, walkthrough).await?, Outcome::Created)
        }
        (Some((clash, _)), None) => return Err(undecided(&clash)),
        (Some((clash, mut updated)), Some(OnClash::Update)) => {
            steps = note(&updated);
            warnings.extend(beside::bring(app, &mut updated, beside).await?);
            (update(app, clash, updated).await?, Outcome::Updated)
        }
        (Some(_), Some(OnClash::Copy)) => {
            let mut copy = fit::beside(walkthrough, &titles(app).await?, app.env.random);
            steps = note(&copy);
            warnings.extend(beside::bring(app, &mut copy, beside).await?);
            (insert(app, copy).await?, Outcome::Copied)
        }
        (Some((clash, _)), Some(OnClash::Skip | OnClash::Review)) => {
            (drafts::open(&app.library, &clash.with).await?.draft.walkthrough, Outcome::Skipped)
        }
    };
    let review = match enclosed.filter(|_| outcome != Outcome::Skipped) {
        Some(arriving) => Some(enclosed::bring(app, arriving, &written.id, steps).await?),
        None => None,
    };
    let steps = written.steps.len() as u32;
    let (id, title) = (written.id, written.title);
    Ok(ImportedOne { id, title, steps, warnings, outcome, review, is_other_text_left: false })
}

async fn insert(app: &App, walkthrough: Walkthrough) -> Result<Walkthrough> {
    let open = drafts::insert(&app.library, walkthrough, &app.env.origin).await.map_err(|error| match error.code {
        Code::Conflict => error.with_hint("Another walkthrough has these ids. Import it as a copy: it gets new ones."),
        _ => error,
    })?;
    Ok(open.draft.walkthrough)
}

async fn update(app: &App, clash: Clash, updated: Walkthrough) -> Result<Walkthrough> {
    let replace = Edit::Replace { walkthrough: Box::new(updated) };
    let edit = match clash.is_trashed {
        true => Edit::Batch { edits: vec![Edit::SetTrashed { at: None }, replace] },
        false => replace,
    };
    let apply = ApplyEdit { walkthrough: clash.with, edit, seen_version: None, origin: app.env.origin.clone() };
    Ok(edits::apply_over(&app.library, apply, Reason::BeforeImport).await?.draft.walkthrough)
}

pub(super) async fn titles(app: &App) -> Result<HashSet<String>> {
    let all = drafts::list(&app.library, &ListDrafts::default()).await?;
    Ok(all.into_iter().map(|draft| draft.title).collect())
}

fn undecided(clash: &Clash) -> Error {
    let Clash { title, with, changes, .. } = clash;
    let place = if clash.is_trashed { "in the trash" } else { "in the library" };
    let what = if clash.is_same_id { "This walkthrough" } else { "Another walkthrough with this title" };
    let effect = match changes {
        0 => "an update would change nothing".to_owned(),
        1 => "an update would change 1 place".to_owned(),
        _ => format!("an update would change {changes} places"),
    };
    Error::new(Code::Conflict, format!("{what} is already {place}: `{title}` (`{with}`); {effect}."))
        .with_field("title")
        .with_hint("Say what to do: update it (`--update`), or import a copy beside it (`--as-copy`).")
}
