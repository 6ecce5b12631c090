//! Notices that something has changed, for whoever is connected to the drafts: other steps, other prompts, another text of a
//! step that was subscribed to. Production's endpoints announce none.
//!
//! Clients up to 2025-11-25 are told as long as their session lasts; those of 2026-07-28 as long as they listen.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard},
};

use rmcp::{
    ErrorData, Peer, RoleServer,
    model::{ResourceUpdatedNotificationParam, SubscriptionFilter},
    service::{SubscriptionContext, SubscriptionSink},
};
use tokio_util::sync::CancellationToken;
use waymark_app::learn::watching::{Listening, Notice, Watching};
use waymark_core::id::WalkthroughId;

use crate::resources;

/// Subscriptions of one session: above what any client shows at once.
const SUBSCRIPTIONS_MAX: usize = 1_000;

/// What one session is told of. Its clones are the same session; with the last of them the telling ends.
#[derive(Clone, Default)]
pub struct Notices(Arc<Session>);

#[derive(Default)]
struct Session {
    uris: Arc<Mutex<HashSet<String>>>,
    /// Listens from before the client was told that it would hear of changes.
    early: Mutex<Option<Listening>>,
    end: CancellationToken,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end.cancel();
    }
}

impl Notices {
    /// Keeps what has begun to listen until it is known what is of interest.
    pub fn keep(&self, listening: Option<Listening>) {
        *locked(&self.0.early) = listening;
    }

    /// What was kept.
    pub fn take(&self) -> Option<Listening> {
        locked(&self.0.early).take()
    }

    /// Tells the session when the text of this step changes.
    ///
    /// # Errors
    /// Invalid parameters where it is told of too many already.
    pub fn subscribe(&self, uri: String) -> Result<(), ErrorData> {
        let mut uris = locked(&self.0.uris);
        if uris.len() >= SUBSCRIPTIONS_MAX && !uris.contains(&uri) {
            return Err(ErrorData::invalid_params(
                format!("This session subscribes to {SUBSCRIPTIONS_MAX} steps already. Take one back first."),
                None,
            ));
        }
        uris.insert(uri);
        Ok(())
    }

    /// No more of this step. One that was not subscribed to is none either way.
    pub fn unsubscribe(&self, uri: &str) {
        locked(&self.0.uris).remove(uri);
    }

    /// Tells the session of changes until it ends.
    pub fn begin(&self, watching: Watching, peer: Peer<RoleServer>) {
        let (uris, end) = (self.0.uris.clone(), self.0.end.clone());
        tokio::spawn(async move {
            let told = Told::Session(&peer, &uris);
            tokio::select! {
                () = end.cancelled() => {}
                () = follow(watching, &told) => {}
            }
        });
    }
}

/// Tells whoever listens until they stop.
pub async fn listen(watching: Watching, context: &SubscriptionContext) {
    let told = Told::Listener(context.sink());
    tokio::select! {
        () = context.cancelled() => {}
        () = follow(watching, &told) => {}
    }
}

/// Who is told.
enum Told<'a> {
    Session(&'a Peer<RoleServer>, &'a Mutex<HashSet<String>>),
    Listener(&'a SubscriptionSink),
}

/// Ends when nobody can be told any more, or nothing can be noticed.
async fn follow(mut watching: Watching, told: &Told<'_>) {
    loop {
        let is_heard = match watching.next().await {
            Ok(Some((walkthrough, notice))) => told.tell(walkthrough.as_ref(), notice).await,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(?error, "changes are not announced any more");
                return;
            }
        };
        if !is_heard {
            return;
        }
    }
}

impl Told<'_> {
    /// Whether they can still be told.
    async fn tell(&self, walkthrough: Option<&WalkthroughId>, notice: Notice) -> bool {
        if notice.is_list_other && !self.steps_changed().await {
            return false;
        }
        if notice.is_offer_other && !self.prompts_changed().await {
            return false;
        }
        for uri in self.uris() {
            let is_meant = walkthrough.is_none_or(|id| resources::parse(&uri).is_some_and(|(of, _)| of == *id));
            if is_meant && !self.updated(uri).await {
                return false;
            }
        }
        true
    }

    fn uris(&self) -> Vec<String> {
        match self {
            Told::Session(_, uris) => locked(uris).iter().cloned().collect(),
            Told::Listener(sink) => sink.accepted().resource_subscriptions.clone().unwrap_or_default(),
        }
    }

    async fn steps_changed(&self) -> bool {
        match self {
            Told::Session(peer, _) => peer.notify_resource_list_changed().await.is_ok(),
            Told::Listener(sink) if sink.accepted().resources_list_changed == Some(true) => {
                sink.notify_resource_list_changed().await.is_ok()
            }
            Told::Listener(_) => true,
        }
    }

    async fn prompts_changed(&self) -> bool {
        match self {
            Told::Session(peer, _) => peer.notify_prompt_list_changed().await.is_ok(),
            Told::Listener(sink) if sink.accepted().prompts_list_changed == Some(true) => {
                sink.notify_prompt_list_changed().await.is_ok()
            }
            Told::Listener(_) => true,
        }
    }

    async fn updated(&self, uri: String) -> bool {
        match self {
            Told::Session(peer, _) => {
                peer.notify_resource_updated(ResourceUpdatedNotificationParam::new(uri)).await.is_ok()
            }
            Told::Listener(sink) => sink.notify_resource_updated(uri).await.is_ok(),
        }
    }
}

/// What of a request to listen is accepted: whatever the capabilities say, but not more steps than a session may have.
pub fn accepted(requested: &SubscriptionFilter) -> SubscriptionFilter {
    let mut accepted = requested.clone();
    if let Some(uris) = &mut accepted.resource_subscriptions {
        uris.retain(|uri| resources::parse(uri).is_some());
        uris.truncate(SUBSCRIPTIONS_MAX);
    }
    accepted
}

fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().expect("BUG: nothing panics while it holds the subscriptions")
}
