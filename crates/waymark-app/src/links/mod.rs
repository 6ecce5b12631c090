//! Asks the addresses that texts lead to whether they are there.
//!
//! **Invariant: nothing in a private network is asked** unless its host was allowed: neither by its address, nor by a name,
//! nor behind a redirect. A name is looked up once for each connection, and the address that was judged is the one that is
//! connected to, so that a name that changes its mind gains nothing.

mod ask;
mod reach;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use waymark_core::{
    error::Result,
    id::WalkthroughId,
    lint::addresses::{LinkAnswer, addresses},
};
use waymark_library::{drafts, lint as library_lint};

use self::{
    ask::{Asker, NO_SERVER},
    reach::{Lookup, Reach},
};
use crate::App;

/// Requests under way at once, and to one host.
const AT_ONCE: usize = 16;
const AT_ONE_HOST: usize = 2;

/// Links to check.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CheckLinks {
    /// Of which drafts.
    pub ids: Vec<WalkthroughId>,
    /// Hosts in private networks that may be asked, beside those of the library's settings.
    pub private_hosts: Vec<String>,
    /// Ask also what was found to work lately.
    pub is_fresh: bool,
}

/// What a check found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct LinksChecked {
    /// Addresses in all.
    pub addresses: u32,
    /// That were asked now.
    pub asked: u32,
    /// That were known to work.
    pub known: u32,
    /// That are in a private network and were not asked.
    pub private: u32,
    /// That do not work.
    pub dead: u32,
    /// Whether it was stopped before all were asked.
    pub is_stopped: bool,
}

/// How patient a check is.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// For one request.
    request: Duration,
    /// For a server that says when to come again; it is not asked again where it wants longer.
    retry_max: Duration,
    /// Redirects that are followed.
    hops: usize,
}

const PATIENCE: Patience = Patience { request: Duration::from_secs(10), retry_max: Duration::from_secs(5), hops: 5 };

/// Asks every address of the drafts, tells how far it is, and keeps the answers. What was answered before it was stopped is
/// kept too.
///
/// # Errors
/// `NotFound` for a draft that is not there; those of the library.
pub async fn check(
    app: &App,
    input: &CheckLinks,
    cancel: &CancellationToken,
    progress: &(dyn Fn(u32, u32) + Send + Sync),
) -> Result<LinksChecked> {
    let mut hosts = library_lint::words::settings(&app.library).await?.private_hosts;
    hosts.extend(input.private_hosts.iter().cloned());
    check_with(app, input, Reach::new(Lookup::System, hosts), PATIENCE, cancel, progress).await
}

async fn check_with(
    app: &App,
    input: &CheckLinks,
    reach: Reach,
    patience: Patience,
    cancel: &CancellationToken,
    progress: &(dyn Fn(u32, u32) + Send + Sync),
) -> Result<LinksChecked> {
    let mut wanted = Vec::new();
    let mut seen = HashSet::new();
    for id in &input.ids {
        let walkthrough = drafts::open(&app.library, id).await?.draft.walkthrough;
        wanted.extend(addresses(&walkthrough).into_iter().filter(|address| seen.insert(address.clone())));
    }
    let known = if input.is_fresh { HashSet::new() } else { library_lint::answers::fresh(&app.library).await? };
    let mut checked = LinksChecked { addresses: wanted.len() as u32, ..LinksChecked::default() };
    wanted.retain(|address| !known.contains(address));
    checked.known = checked.addresses - wanted.len() as u32;
    let total = wanted.len() as u32;
    progress(0, total);
    let asker = Asker::new(reach, patience)?;
    let hosts = Hosts::default();
    let ask = |address: String| {
        let (asker, turn) = (&asker, hosts.turn(&address));
        async move {
            let _turn = turn.acquire().await;
            let answer = asker.ask(&address).await;
            (address, answer)
        }
    };
    let mut answers: Vec<(String, LinkAnswer)> = Vec::with_capacity(wanted.len());
    let mut asking = stream::iter(wanted.into_iter().map(ask)).buffer_unordered(AT_ONCE);
    loop {
        let next = tokio::select! {
            () = cancel.cancelled() => { checked.is_stopped = true; None }
            next = asking.next() => next,
        };
        let Some(answer) = next else { break };
        answers.push(answer);
        progress(answers.len() as u32, total);
    }
    drop(asking);
    doubt_names(&mut answers);
    checked.asked = answers.len() as u32;
    checked.dead = answers.iter().filter(|(_, answer)| matches!(answer, LinkAnswer::Dead { .. })).count() as u32;
    checked.private = answers.iter().filter(|(_, answer)| *answer == LinkAnswer::Private).count() as u32;
    library_lint::answers::keep(&app.library, &input.ids, &answers, &app.env.origin).await?;
    Ok(checked)
}

/// Where no server at all was heard, it is this machine that is offline, and not every name that is gone.
fn doubt_names(answers: &mut [(String, LinkAnswer)]) {
    let is_gone = |answer: &LinkAnswer| matches!(answer, LinkAnswer::Dead { why } if why == NO_SERVER);
    let is_heard = |answer: &LinkAnswer| match answer {
        LinkAnswer::Works | LinkAnswer::Moved { .. } => true,
        LinkAnswer::Dead { .. } => !is_gone(answer),
        LinkAnswer::Unclear { why } => why.starts_with("answers"),
        LinkAnswer::Private => false,
    };
    if answers.iter().any(|(_, answer)| is_heard(answer)) {
        return;
    }
    for (_, answer) in answers.iter_mut().filter(|(_, answer)| is_gone(answer)) {
        let why = "could not be looked up: this machine seems to be offline".to_owned();
        *answer = LinkAnswer::Unclear { why };
    }
}

/// Whose turn it is at each host.
#[derive(Default)]
struct Hosts(Mutex<HashMap<String, Arc<Semaphore>>>);

impl Hosts {
    fn turn(&self, address: &str) -> Arc<Semaphore> {
        let host = url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.entry(host).or_insert_with(|| Arc::new(Semaphore::new(AT_ONE_HOST))).clone()
    }
}
