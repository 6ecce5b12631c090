//! `waymark tag`: tags of several walkthroughs at once.

use waymark_core::{bulk::BulkChange, error::Result, id::BulkChangeId};
use waymark_library::bulk::{self, ApplyBulk, BulkApplied};

use crate::{
    Answer,
    args::bulk::Tag,
    commands::bulk as bulk_command,
    context::{Context, ORIGIN},
    output::counted,
};

pub async fn run(context: &Context, args: Tag) -> Result<Answer> {
    let library = &context.app().await?.library;
    let mut ids = Vec::with_capacity(args.walkthroughs.len());
    for walkthrough in &args.walkthroughs {
        ids.push(context.find(walkthrough).await?);
    }
    let wishes = [BulkChange::AddTags(args.add), BulkChange::RemoveTags(args.remove)];
    let mut done: Vec<BulkApplied> = Vec::new();
    for change in wishes {
        if matches!(&change, BulkChange::AddTags(tags) | BulkChange::RemoveTags(tags) if tags.is_empty()) {
            continue;
        }
        done.push(bulk::apply(library, ApplyBulk { ids: ids.clone(), change }, ORIGIN).await?);
    }
    let changes: Vec<BulkChangeId> = done.iter().filter_map(|one| one.id.clone()).collect();
    let mut changed: Vec<_> = done.into_iter().flat_map(|one| one.changed).collect();
    changed.sort();
    changed.dedup();
    let answer = serde_json::json!({ "changed": changed, "changes": changes });
    context.output.answer(&answer, || format!("Changed {}.", counted(changed.len(), "walkthrough")))?;
    bulk_command::note_way_back(context, &changes);
    Ok(Answer::Yes)
}
