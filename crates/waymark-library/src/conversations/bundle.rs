//! Kept conversations on their way into a bundle and out of one.

use waymark_core::{
    conversation::record::{Record, VERSION},
    error::Result,
    format::bundle::NamedConversation,
    id::{ConversationId, WalkthroughId},
    json::FreeJson,
    walkthrough::Millis,
};

use super::{store, summary};
use crate::{Library, changes::What, drafts, write::Write};

/// The conversations of a walkthrough with all their texts. What a newer Waymark kept and this one cannot play is left out.
///
/// # Errors
/// `NotFound`.
pub async fn bundled(library: &Library, walkthrough: &WalkthroughId) -> Result<Vec<NamedConversation>> {
    let title = drafts::open(library, walkthrough).await?.draft.walkthrough.title;
    let mut found = Vec::new();
    for line in store::list(library, walkthrough).await? {
        let Some(row) = store::find(library, &line.id.into()).await? else { continue };
        let Ok(turns) = FreeJson::parse(&row.turns)?.read() else { continue };
        let content_hash = row.content_hash.clone();
        let Ok(kept) = summary(row.into(), &content_hash) else { continue };
        let (version, script) = (VERSION.to_owned(), kept.script);
        let record = Record { version, walkthrough: title.clone(), content_hash, script, turns };
        found.push(NamedConversation { name: kept.name, at: kept.at, record });
    }
    Ok(found)
}

/// Keeps conversations that come in, and gives how many are new. One that is here already is left as it is, and one whose
/// name is taken by another gets a number.
///
/// # Errors
/// `NotFound`.
pub async fn bring(
    library: &Library,
    walkthrough: &WalkthroughId,
    arriving: Vec<NamedConversation>,
    origin: &str,
) -> Result<u32> {
    let mut known = bundled(library, walkthrough).await?;
    let is_known = |kept: &NamedConversation, known: &[NamedConversation]| {
        let is_same = |other: &NamedConversation| {
            other.record.script == kept.record.script
                && other.record.turns == kept.record.turns
                && other.record.content_hash == kept.record.content_hash
        };
        known.iter().any(is_same)
    };
    let mut write = Write::begin(library).await?;
    let mut added = 0;
    for mut kept in arriving {
        if is_known(&kept, &known) {
            continue;
        }
        let is_taken = |name: &str| known.iter().any(|other| other.name == name);
        if is_taken(&kept.name) {
            let stem: String = kept.name.chars().take(90).collect();
            let mut numbered = (2..u32::MAX).map(|number| format!("{stem} ({number})"));
            kept.name = numbered.find(|name| !is_taken(name)).unwrap_or(stem.clone());
        }
        let row = row(ConversationId::mint(library.random()), walkthrough, &kept);
        store::put(write.connection(), &row).await?;
        known.push(kept);
        added += 1;
    }
    if added > 0 {
        write.announce(What::Conversation, walkthrough.as_str(), origin).await?;
    }
    write.commit().await?;
    Ok(added)
}

fn row(id: ConversationId, walkthrough: &WalkthroughId, kept: &NamedConversation) -> store::Row {
    let Millis(at) = kept.at;
    store::Row {
        id: id.0,
        walkthrough_id: walkthrough.0.clone(),
        name: kept.name.clone(),
        script: FreeJson::of(&kept.record.script).as_str().to_owned(),
        turns: FreeJson::of(&kept.record.turns).as_str().to_owned(),
        turn_count: kept.record.turns.len() as i64,
        content_hash: kept.record.content_hash.clone(),
        at,
    }
}
