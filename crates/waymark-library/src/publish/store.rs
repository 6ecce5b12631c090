//! The SQL of attempts.

use waymark_core::{
    error::Result,
    id::{ConnectionId, WalkthroughId},
    json::FreeJson,
    walkthrough::Walkthrough,
};

use crate::{Library, drafts::store::no_such_draft, failure::Attempted, write::Write};

const NOTING: &str = "Noting what is about to be published";

pub(super) async fn note(write: &mut Write, connection: &ConnectionId, target: &Walkthrough) -> Result<()> {
    let (key, remote, at) = (target.id.as_str(), connection.as_str(), write.now().0);
    let json = FreeJson::of(target);
    let json = json.as_str();
    let noted = sqlx::query!(
        "INSERT INTO publish_attempts (walkthrough_id, remote, walkthrough, at)
         SELECT d.walkthrough_id, ?2, ?3, ?4 FROM drafts d WHERE d.walkthrough_id = ?1
         ON CONFLICT (walkthrough_id, remote) DO UPDATE SET walkthrough = excluded.walkthrough, at = excluded.at",
        key,
        remote,
        json,
        at
    )
    .execute(write.connection())
    .await
    .attempted(NOTING)?;
    if noted.rows_affected() == 0 { Err(no_such_draft(&target.id)) } else { Ok(()) }
}

pub(super) async fn read(
    library: &Library,
    connection: &ConnectionId,
    id: &WalkthroughId,
) -> Result<Option<Walkthrough>> {
    let (key, remote) = (id.as_str(), connection.as_str());
    let json = sqlx::query_scalar!(
        "SELECT walkthrough FROM publish_attempts WHERE walkthrough_id = ? AND remote = ?",
        key,
        remote
    )
    .fetch_optional(library.readers())
    .await
    .attempted("Reading what was about to be published")?;
    json.map(|json| FreeJson::parse(&json)?.read()).transpose()
}

pub(super) async fn forget(write: &mut Write, connection: &ConnectionId, id: &WalkthroughId) -> Result<()> {
    let (key, remote) = (id.as_str(), connection.as_str());
    sqlx::query!("DELETE FROM publish_attempts WHERE walkthrough_id = ? AND remote = ?", key, remote)
        .execute(write.connection())
        .await
        .attempted(NOTING)?;
    Ok(())
}
