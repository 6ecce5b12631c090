//! `waymark tag`: tags of several walkthroughs at once.

use waymark_core::{bulk::BulkChange, error::Result};

use crate::{
    Answer,
    args::bulk::{Many, Tag},
    commands::bulk_change,
    context::Context,
};

pub async fn run(context: &Context, args: Tag) -> Result<Answer> {
    let many = Many { walkthroughs: args.walkthroughs, filter: None };
    bulk_change::change(context, &many, vec![BulkChange::AddTags(args.add), BulkChange::RemoveTags(args.remove)]).await
}
