//! Servers and walkthroughs as a matrix.

use tauri::State;
use waymark_core::{
    assignments::{ArrangeServer, AssignmentMatrix},
    id::ConnectionId,
};
use waymark_library::{assignments, bulk::BulkApplied};

use crate::{
    desk::Desk,
    failure::{Answer, Failure},
};

/// Servers and walkthroughs, as drafts have them beside what a connection last had.
#[tauri::command]
#[specta::specta]
pub async fn read_assignments(desk: State<'_, Desk>, connection: Option<ConnectionId>) -> Answer<AssignmentMatrix> {
    assignments::matrix(desk.library()?, connection.as_ref()).await.map_err(Failure::from)
}

/// Changes a server's column: all drafts or none. `undo_bulk` takes it back.
#[tauri::command]
#[specta::specta]
pub async fn arrange_assignments(desk: State<'_, Desk>, input: ArrangeServer) -> Answer<BulkApplied> {
    assignments::arrange(desk.library()?, &input, desk.origin()).await.map_err(Failure::from)
}
