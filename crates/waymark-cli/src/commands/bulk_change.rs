//! `waymark bulk status`, `tag`, `archive`, `delete` and `export`: several walkthroughs at once, named or searched for.

use std::path::PathBuf;

use waymark_app::export::{self, ExportDrafts};
use waymark_core::{
    bulk::BulkChange,
    error::{Error, Result},
    id::{BulkChangeId, WalkthroughId},
};
use waymark_library::{
    bulk::{self, ApplyBulk, BulkApplied},
    search::{self, SearchLibrary},
};

use crate::{
    Answer,
    args::bulk::Many,
    commands::bulk::note_way_back,
    context::{Context, ORIGIN},
    output::counted,
};

/// Applies changes one after the other, each to all of these.
pub async fn change(context: &Context, many: &Many, changes: Vec<BulkChange>) -> Result<Answer> {
    let ids = ids(context, many).await?;
    let library = &context.app().await?.library;
    let mut done: Vec<BulkApplied> = Vec::new();
    for change in changes {
        if matches!(&change, BulkChange::AddTags(tags) | BulkChange::RemoveTags(tags) if tags.is_empty()) {
            continue;
        }
        done.push(bulk::apply(library, ApplyBulk { ids: ids.clone(), change }, ORIGIN).await?);
    }
    let changes: Vec<BulkChangeId> = done.iter().filter_map(|one| one.id.clone()).collect();
    let mut changed: Vec<WalkthroughId> = done.into_iter().flat_map(|one| one.changed).collect();
    changed.sort();
    changed.dedup();
    let answer = serde_json::json!({ "changed": changed, "changes": changes });
    context.output.answer(&answer, || format!("Changed {}.", counted(changed.len(), "walkthrough")))?;
    note_way_back(context, &changes);
    Ok(Answer::Yes)
}

/// Writes a file for each into a folder that is there.
pub async fn export(context: &Context, many: &Many, folder: PathBuf) -> Result<Answer> {
    if !folder.is_dir() {
        return Err(Error::invalid(format!("There is no folder `{}`.", folder.display()))
            .with_field("into")
            .with_hint("Make it first."));
    }
    let ids = ids(context, many).await?;
    let exported = export::run_all(context.app().await?, ExportDrafts { ids, folder }).await?;
    context.output.answer(&exported, || exported.files.join("\n"))?;
    Ok(Answer::Yes)
}

/// Which are meant. A search that finds nothing is no failure, and one that was not understood is said.
async fn ids(context: &Context, many: &Many) -> Result<Vec<WalkthroughId>> {
    let Some(text) = many.filter.clone() else {
        let mut ids = Vec::with_capacity(many.walkthroughs.len());
        for walkthrough in &many.walkthroughs {
            ids.push(context.find(walkthrough).await?);
        }
        return Ok(ids);
    };
    let search = SearchLibrary { text, limit: u32::MAX, matches_max: 0, ..SearchLibrary::default() };
    let found = search::search(&context.app().await?.library, &search).await?;
    // Whoever changes many at once must not change others than they meant.
    if let Some(note) = found.notes.first() {
        return Err(Error::invalid(note.clone()).with_field("filter").with_hint("Nothing was changed."));
    }
    Ok(found.walkthroughs.into_iter().map(|found| found.id).collect())
}
