//! `waymark history --connection`: what was published through a connection, when, as whom and from where.

use serde::Serialize;
use waymark_core::{error::Result, id::WalkthroughId, publish::plan::Version};
use waymark_library::{
    connections,
    history::{self, ListHistory},
    publish::{self, Record},
};

use crate::{Answer, commands::history::time, context::Context, output::table};

#[derive(Serialize)]
struct Publishes {
    publishes: Vec<Record>,
}

/// Lists what was published through a connection, newest first.
pub async fn list(context: &Context, walkthrough: WalkthroughId, connection: &str) -> Result<Answer> {
    let library = &context.app().await?.library;
    let connection = connections::find(library, connection).await?;
    let listing = Publishes { publishes: publish::history(library, &walkthrough, Some(&connection.id)).await? };
    let known = connections::list(library).await?;
    let revisions = history::list(library, &ListHistory { walkthrough, step: None }).await?;
    let source = |version: &Version| match version {
        Version::Draft => "the draft".to_owned(),
        Version::Revision(id) => match revisions.iter().find(|revision| revision.id == *id) {
            Some(revision) => format!("revision {} of the library", revision.number),
            None => "an earlier revision".to_owned(),
        },
        Version::Connection(id) => {
            let name = known.iter().find(|known| known.id == *id).map(|known| known.name.as_str());
            format!("promoted from {}", name.unwrap_or(id.as_str()))
        }
        Version::Production => "another status".to_owned(),
        Version::Nothing => "deleted".to_owned(),
    };
    let row = |record: &Record| {
        vec![
            time(record.at.0),
            if record.revision > 0 { record.revision.to_string() } else { String::new() },
            record.status.map_or_else(String::new, |status| status.name().to_owned()),
            source(&record.version),
            record.author.clone(),
        ]
    };
    context.output.answer(&listing, || match listing.publishes.as_slice() {
        [] => String::new(),
        all => table(&["when (UTC)", "revision", "status", "from", "as"], &all.iter().map(row).collect::<Vec<_>>()),
    })?;
    if listing.publishes.is_empty() && !context.output.is_json {
        context.output.note(&format!("Nothing was published to `{}` from this library yet.", connection.name));
    }
    Ok(Answer::Yes)
}
