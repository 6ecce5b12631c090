//! Conversations that an agent would have about a draft: played, kept, played again, compared with production's.

use tauri::State;
use waymark_app::conversations::{CompareConversation, ComparedConversation};
use waymark_core::{
    conversation::turn::Conversation,
    id::{ConversationId, WalkthroughId},
};
use waymark_library::conversations::{
    self, ConversationSummary, PlayConversation, ReplayedConversation, SaveConversation,
};

use crate::{desk::Desk, failure::Answer};

/// Plays a conversation with the drafts as they are. Writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn play_conversation(desk: State<'_, Desk>, input: PlayConversation) -> Answer<Conversation> {
    Ok(conversations::play(desk.library()?, &input).await?)
}

/// Keeps a conversation under a name.
#[tauri::command]
#[specta::specta]
pub async fn save_conversation(desk: State<'_, Desk>, input: SaveConversation) -> Answer<ConversationSummary> {
    Ok(conversations::save(desk.library()?, input, desk.origin()).await?)
}

/// The conversations of a walkthrough that are kept, by name.
#[tauri::command]
#[specta::specta]
pub async fn list_conversations(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<Vec<ConversationSummary>> {
    Ok(conversations::list(desk.library()?, &id).await?)
}

/// Removes a kept conversation.
#[tauri::command]
#[specta::specta]
pub async fn remove_conversation(desk: State<'_, Desk>, id: ConversationId) -> Answer<()> {
    Ok(conversations::remove(desk.library()?, &id, desk.origin()).await?)
}

/// Plays a kept conversation again and says which turns are not what they were.
#[tauri::command]
#[specta::specta]
pub async fn replay_conversation(desk: State<'_, Desk>, id: ConversationId) -> Answer<ReplayedConversation> {
    Ok(conversations::replay(desk.library()?, &id).await?)
}

/// Plays a script with the draft and with what production serves now.
#[tauri::command]
#[specta::specta]
pub async fn compare_conversation(desk: State<'_, Desk>, input: CompareConversation) -> Answer<ComparedConversation> {
    Ok(waymark_app::conversations::compare_with_production(desk.app()?, &input).await?)
}
