//! Conversations: played with the drafts as they are, kept under a name, and played again later to see what has changed.
//!
//! Playing writes nothing. A conversation is kept as its script and the texts of its turns; it goes with its walkthrough.

use serde::{Deserialize, Serialize};
use waymark_core::{
    conversation::{
        compare::{self, TurnDifference, TurnText},
        play,
        script::{self, Scenario, Script},
        turn::{Conversation, TurnWindow},
    },
    error::{Error, Result},
    hash::content_hash,
    id::{ConversationId, WalkthroughId},
    json::FreeJson,
    tokens::Encoding,
    walkthrough::{Millis, Walkthrough},
};

use crate::{
    Library,
    changes::What,
    drafts::{self, DraftSummary, ListDrafts},
    lint::words,
    wordings,
    write::Write,
};

mod bundle;
mod store;
#[cfg(test)]
mod tests;

pub use self::bundle::{bring, bundled};

/// The most other walkthroughs that a server in a conversation offers.
const OTHERS_MAX: usize = 50;

/// A conversation to play.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PlayConversation {
    /// The walkthrough that is previewed.
    pub walkthrough: WalkthroughId,
    /// What happens.
    pub script: Script,
    /// The turns whose texts are wanted.
    pub window: TurnWindow,
}

/// A conversation to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SaveConversation {
    /// The walkthrough that is previewed.
    pub walkthrough: WalkthroughId,
    /// What it is called, 1 to 100 characters. Another one of the walkthrough's with that name is replaced.
    pub name: String,
    /// What happens.
    pub script: Script,
}

/// A kept conversation, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ConversationSummary {
    /// Which.
    pub id: ConversationId,
    /// Of which walkthrough.
    pub walkthrough: WalkthroughId,
    /// What it is called.
    pub name: String,
    /// What happens in it.
    pub script: Script,
    /// How many turns it had.
    pub turns: u32,
    /// When it was kept.
    pub at: Millis,
    /// Whether the draft still has the content that it was played with.
    pub is_current: bool,
}

/// A kept conversation with all its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptConversation {
    /// In a line.
    pub summary: ConversationSummary,
    /// The turns as they were.
    pub turns: Vec<TurnText>,
}

/// A kept conversation beside the same script played with the present draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReplayedConversation {
    /// What was kept.
    pub kept: ConversationSummary,
    /// The turns that are not what they were.
    pub differences: Vec<TurnDifference>,
}

/// The walkthroughs that a server in a conversation shows, the one that is previewed first. Others are there only where
/// the scenario is about several: those that share a server with it, else all drafts; the last changed ones first.
///
/// # Errors
/// `NotFound`.
pub async fn cast(library: &Library, id: &WalkthroughId, scenario: Scenario) -> Result<Vec<Walkthrough>> {
    let mut cast = vec![drafts::open(library, id).await?.draft.walkthrough];
    if scenario != Scenario::Several {
        return Ok(cast);
    }
    let mut others = drafts::list(library, &ListDrafts::default()).await?;
    others.retain(|other| other.id != *id);
    let is_beside =
        |other: &DraftSummary| cast[0].assignments.iter().any(|assignment| other.servers.contains(&assignment.server));
    if others.iter().any(is_beside) {
        others.retain(is_beside);
    }
    for other in others.iter().take(OTHERS_MAX) {
        cast.push(drafts::open(library, &other.id).await?.draft.walkthrough);
    }
    Ok(cast)
}

/// Plays a conversation with the drafts as they are. Writes nothing.
///
/// # Errors
/// `NotFound`, and those of [`play`](waymark_core::conversation::play::play).
pub async fn play(library: &Library, input: &PlayConversation) -> Result<Conversation> {
    let cast = cast(library, &input.walkthrough, input.script.scenario).await?;
    let wordings = wordings::at(library, None).await?;
    let PlayConversation { script, window, .. } = input.clone();
    let encoding = words::settings(library).await?.tokenizer;
    working(move || play::play(&cast, &script, window, &wordings, encoding)).await
}

/// Plays a conversation and keeps it under a name, in the place of another one with that name.
///
/// # Errors
/// `InvalidInput` on `name`: empty or too long; those of [`play`].
pub async fn save(library: &Library, input: SaveConversation, origin: &str) -> Result<ConversationSummary> {
    let SaveConversation { walkthrough, name, script } = input;
    let name = script::checked_name(&name)?;
    let cast = cast(library, &walkthrough, script.scenario).await?;
    let content_hash = content_hash(&cast[0]);
    let turns = texts(library, cast, script.clone()).await?;
    let mut write = Write::begin(library).await?;
    let (id, at) = (ConversationId::mint(library.random()), write.now());
    let count = turns.len() as u32;
    let row = store::Row {
        id: id.0,
        walkthrough_id: walkthrough.0.clone(),
        name,
        script: FreeJson::of(&script).as_str().to_owned(),
        turns: FreeJson::of(&turns).as_str().to_owned(),
        turn_count: i64::from(count),
        content_hash,
        at: at.0,
    };
    let id = store::put(write.connection(), &row).await?;
    write.announce(What::Conversation, walkthrough.as_str(), origin).await?;
    write.commit().await?;
    Ok(ConversationSummary { id: id.into(), walkthrough, name: row.name, script, turns: count, at, is_current: true })
}

/// The kept conversations of a walkthrough, by name. What a newer Waymark kept and this one cannot play is left out.
///
/// # Errors
/// `NotFound`.
pub async fn list(library: &Library, walkthrough: &WalkthroughId) -> Result<Vec<ConversationSummary>> {
    let draft = drafts::open(library, walkthrough).await?.draft.walkthrough;
    let rows = store::list(library, walkthrough).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let hash = content_hash(&draft);
    Ok(rows.into_iter().filter_map(|row| summary(row, &hash).ok()).collect())
}

/// A kept conversation with all its texts.
///
/// # Errors
/// `NotFound`; `InvalidInput` where a newer Waymark kept what this one cannot play.
pub async fn read(library: &Library, id: &ConversationId) -> Result<KeptConversation> {
    let row = store::find(library, id).await?.ok_or_else(|| no_such(id))?;
    let draft = drafts::open(library, &row.walkthrough_id.as_str().into()).await?.draft.walkthrough;
    let turns = FreeJson::parse(&row.turns)?.read()?;
    Ok(KeptConversation { summary: summary(row.into(), &content_hash(&draft))?, turns })
}

/// Removes a kept conversation.
///
/// # Errors
/// `NotFound`.
pub async fn remove(library: &Library, id: &ConversationId, origin: &str) -> Result<()> {
    let mut write = Write::begin(library).await?;
    let walkthrough = store::delete(write.connection(), id).await?.ok_or_else(|| no_such(id))?;
    write.announce(What::Conversation, &walkthrough, origin).await?;
    write.commit().await
}

/// Plays a kept conversation with the drafts as they are now, and compares it with what was kept.
///
/// # Errors
/// Those of [`read`] and [`play`].
pub async fn replay(library: &Library, id: &ConversationId) -> Result<ReplayedConversation> {
    let KeptConversation { summary: kept, turns } = read(library, id).await?;
    let differences = compare(library, &kept.walkthrough, kept.script.clone(), turns).await?;
    Ok(ReplayedConversation { kept, differences })
}

/// Compares turns that were kept with the same script as it plays now.
///
/// # Errors
/// Those of [`play`].
pub async fn compare(
    library: &Library,
    walkthrough: &WalkthroughId,
    script: Script,
    before: Vec<TurnText>,
) -> Result<Vec<TurnDifference>> {
    let cast = cast(library, walkthrough, script.scenario).await?;
    let after = texts(library, cast, script).await?;
    working(move || Ok(compare::compare(&before, &after))).await
}

async fn texts(library: &Library, cast: Vec<Walkthrough>, script: Script) -> Result<Vec<TurnText>> {
    let wordings = wordings::at(library, None).await?;
    working(move || Ok(compare::texts(&play::play(&cast, &script, TurnWindow::ALL, &wordings, Encoding::default())?)))
        .await
}

/// Work that would keep others waiting.
async fn working<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|panic| Error::bug("Playing a conversation ended early.").with_source(panic))?
}

fn summary(row: store::Line, draft_hash: &str) -> Result<ConversationSummary> {
    Ok(ConversationSummary {
        script: FreeJson::parse(&row.script)?.read()?,
        id: row.id.into(),
        walkthrough: row.walkthrough_id.into(),
        name: row.name,
        turns: row.turn_count.try_into().unwrap_or(u32::MAX),
        at: Millis(row.at),
        is_current: row.content_hash == draft_hash,
    })
}

fn no_such(id: &ConversationId) -> Error {
    Error::not_found(format!("There is no kept conversation `{id}`.")).with_hint("It may have been removed.")
}
