//! The flow between the steps of a draft. A single link is an edit like any other.

use tauri::State;
use waymark_core::{
    flow::{self, Flow},
    id::WalkthroughId,
};
use waymark_library::flow::{SetOrder, Straighten};

use crate::{commands::editing::Applied, desk::Desk, failure::Answer};

/// The steps and the ways between them.
#[tauri::command]
#[specta::specta]
pub async fn read_flow(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<Flow> {
    Ok(flow::flow(&*desk.walkthrough(&id).await?))
}

/// Makes the display order or the links decide.
#[tauri::command]
#[specta::specta]
pub async fn set_flow_order(desk: State<'_, Desk>, input: SetOrder) -> Answer<Applied> {
    Ok(desk.note(waymark_library::flow::set_order(desk.library()?, input, desk.origin()).await?).into())
}

/// Makes ways follow the order of display; nothing where they do already.
#[tauri::command]
#[specta::specta]
pub async fn straighten_flow(desk: State<'_, Desk>, input: Straighten) -> Answer<Option<Applied>> {
    let straightened = waymark_library::flow::straighten(desk.library()?, input, desk.origin()).await?;
    Ok(straightened.map(|applied| desk.note(applied).into()))
}
