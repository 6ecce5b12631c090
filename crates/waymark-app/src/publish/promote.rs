//! What one connection serves now, on its way to the next one.

use std::collections::HashSet;

use waymark_core::{
    connection::{Connection, ServerInfo},
    error::{Code, Error, Result},
    id::{ConnectionId, WalkthroughId},
    publish::promote,
    walkthrough::{Walkthrough, WalkthroughStatus},
};
use waymark_library::{connections, sync};
use waymark_platform::{connect::Platform, content, publish::plan::Production, servers};

use super::gather::is_in_sync;
use crate::App;

/// What the connection that is promoted from has.
pub struct Source {
    /// As it serves them.
    pub walkthroughs: Vec<Walkthrough>,
    /// Those whose draft was last in sync with just this. Of the others the draft lacks something, so that the next
    /// connection and the draft are not in sync afterwards either: a later publish of the draft has to merge it first.
    pub in_sync: HashSet<WalkthroughId>,
    servers: Vec<ServerInfo>,
}

/// Reads what `from` serves of these.
///
/// # Errors
/// `InvalidInput` where both connections are one; `NotFound` for what it does not have, `Refused` for what it hides from
/// learners; those of reaching it.
pub async fn read(app: &App, to: &Connection, from: &ConnectionId, drafts: &[Walkthrough]) -> Result<Source> {
    let from = connections::find(&app.library, from.as_str()).await?;
    if from.id == to.id {
        return Err(Error::invalid(format!("`{}` is where it comes from and where it would go.", to.name))
            .with_field("from")
            .with_hint("Name two connections."));
    }
    let platform = crate::connections::open(app, &from).await?;
    let read = read_on(app, &platform, drafts).await;
    platform.close().await;
    read
}

async fn read_on(app: &App, platform: &Platform, drafts: &[Walkthrough]) -> Result<Source> {
    let ids: Vec<WalkthroughId> = drafts.iter().map(|draft| draft.id.clone()).collect();
    let found = content::read_known(platform, &ids).await?;
    let (mut walkthroughs, mut in_sync) = (Vec::with_capacity(ids.len()), HashSet::new());
    for draft in drafts {
        let walkthrough = found.iter().find(|walkthrough| walkthrough.id == draft.id);
        let walkthrough = served(walkthrough, draft, platform.connection())?;
        let base = sync::base(&app.library, &draft.id, platform.connection().id.as_str()).await?;
        if is_in_sync(base.as_ref().map(|base| &base.walkthrough), Some(walkthrough)) {
            in_sync.insert(draft.id.clone());
        }
        walkthroughs.push(walkthrough.clone());
    }
    Ok(Source { walkthroughs, in_sync, servers: servers::list(platform).await? })
}

fn served<'a>(found: Option<&'a Walkthrough>, draft: &Walkthrough, from: &Connection) -> Result<&'a Walkthrough> {
    let Some(found) = found else {
        return Err(Error::not_found(format!("`{}` has no walkthrough `{}` to promote.", from.name, draft.title))
            .with_hint("Publish it there first."));
    };
    if found.status == WalkthroughStatus::Published {
        return Ok(found);
    }
    let message =
        format!("`{}` does not show `{}` to learners: there it is {}.", from.name, found.title, found.status.name());
    Err(Error::new(Code::Refused, message).with_hint("Publish it there first, and promote what learners get."))
}

impl Source {
    /// The same as it is to be at the next connection.
    pub fn for_next(&self, production: &Production) -> Vec<Walkthrough> {
        let for_next = |from: &Walkthrough| {
            let theirs = production.walkthroughs.get(&from.id);
            promote::version(from, &self.servers, theirs, &production.servers)
        };
        self.walkthroughs.iter().map(for_next).collect()
    }
}
