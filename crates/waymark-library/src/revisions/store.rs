//! The SQL of revisions.

use waymark_core::{
    error::{Error, Result},
    hash,
    id::{RevisionId, WalkthroughId},
    json::FreeJson,
    walkthrough::Millis,
};

use super::{Reason, Revision, RevisionSummary, SaveRevision};
use crate::{Library, drafts::store::no_such_draft, failure::Attempted, write::Write};

const SAVING: &str = "Saving the revision";
const READING: &str = "Reading the revisions";

impl Reason {
    fn name(self) -> String {
        FreeJson::of(&self).as_str().trim_matches('"').to_owned()
    }

    fn of(name: &str) -> Result<Reason> {
        FreeJson::of(name).read()
    }
}

struct Row {
    id: String,
    walkthrough_id: String,
    number: i64,
    reason: String,
    name: Option<String>,
    author: Option<String>,
    connection_id: Option<String>,
    remote_revision: Option<i64>,
    content_hash: String,
    at: i64,
}

impl Row {
    fn summary(self) -> Result<RevisionSummary> {
        Ok(RevisionSummary {
            id: self.id.into(),
            walkthrough: self.walkthrough_id.into(),
            number: self.number as u32,
            reason: Reason::of(&self.reason)?,
            name: self.name,
            author: self.author,
            connection: self.connection_id.map(Into::into),
            remote_revision: self.remote_revision.map(|number| number as u32),
            content_hash: self.content_hash,
            at: Millis(self.at),
        })
    }
}

pub(crate) async fn add(write: &mut Write, revision: &SaveRevision) -> Result<RevisionSummary> {
    let id = RevisionId::mint(write.library().random());
    let at = write.now();
    let (key, walkthrough, reason) = (id.as_str(), revision.walkthrough.id.as_str(), revision.reason.name());
    let connection = revision.connection.as_ref().map(|connection| connection.as_str());
    let content_hash = hash::content_hash(&revision.walkthrough);
    let json = FreeJson::of(&revision.walkthrough);
    let json = json.as_str();
    let number = sqlx::query_scalar!(
        r#"INSERT INTO revisions (id, walkthrough_id, number, reason, name, author, connection_id, remote_revision,
            content_hash, walkthrough, at)
         SELECT ?1, d.walkthrough_id,
            1 + coalesce((SELECT max(number) FROM revisions r WHERE r.walkthrough_id = d.walkthrough_id), 0),
            ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
         FROM drafts d WHERE d.walkthrough_id = ?2
         RETURNING number AS "number!: u32""#,
        key,
        walkthrough,
        reason,
        revision.name,
        revision.author,
        connection,
        revision.remote_revision,
        content_hash,
        json,
        at.0
    )
    .fetch_optional(write.connection())
    .await
    .attempted(SAVING)?
    .ok_or_else(|| no_such_draft(&revision.walkthrough.id))?;
    Ok(RevisionSummary {
        id,
        walkthrough: revision.walkthrough.id.clone(),
        number,
        reason: revision.reason,
        name: revision.name.clone(),
        author: revision.author.clone(),
        connection: revision.connection.clone(),
        remote_revision: revision.remote_revision,
        content_hash,
        at,
    })
}

pub(super) async fn list(library: &Library, walkthrough: &WalkthroughId) -> Result<Vec<RevisionSummary>> {
    let walkthrough = walkthrough.as_str();
    let rows = sqlx::query_as!(
        Row,
        "SELECT id, walkthrough_id, number, reason, name, author, connection_id, remote_revision, content_hash, at
         FROM revisions WHERE walkthrough_id = ? ORDER BY number DESC",
        walkthrough
    )
    .fetch_all(library.readers())
    .await
    .attempted(READING)?;
    rows.into_iter().map(Row::summary).collect()
}

pub(super) async fn read(library: &Library, id: &RevisionId) -> Result<Revision> {
    let key = id.as_str();
    let not_found = || Error::not_found(format!("There is no revision `{id}`."));
    let mut snapshot = library.snapshot().await?;
    let row = sqlx::query_as!(
        Row,
        "SELECT id, walkthrough_id, number, reason, name, author, connection_id, remote_revision, content_hash, at
         FROM revisions WHERE id = ?",
        key
    )
    .fetch_optional(&mut *snapshot)
    .await
    .attempted(READING)?
    .ok_or_else(not_found)?;
    let json = sqlx::query_scalar!("SELECT walkthrough FROM revisions WHERE id = ?", key)
        .fetch_one(&mut *snapshot)
        .await
        .attempted(READING)?;
    Ok(Revision { summary: row.summary()?, walkthrough: FreeJson::parse(&json)?.read()? })
}
