//! The SQL of reviews.

use sqlx::SqliteConnection;
use waymark_core::{
    content::Field,
    error::Result,
    id::{CommentId, StepId, WalkthroughId},
    json::FreeJson,
    review::{Comment, Decision, Resolution, log::ReviewLog, thread::Place},
};

use crate::{Library, failure::Attempted};

const READING: &str = "Reading the review";
const SAVING: &str = "Saving the review";

/// One item of a log.
pub(super) enum Item<'a> {
    Comment(&'a Comment),
    Resolution(&'a Resolution),
    Decision(&'a Decision),
}

/// Where a comment stands in the text of a field.
pub(super) struct PlaceRow {
    pub(super) comment: CommentId,
    pub(super) step: StepId,
    pub(super) field: Field,
    pub(super) place: Place,
}

impl Item<'_> {
    fn parts(&self) -> (&str, &'static str, FreeJson) {
        match self {
            Item::Comment(item) => (item.id.as_str(), "comment", FreeJson::of(*item)),
            Item::Resolution(item) => (item.id.as_str(), "resolution", FreeJson::of(*item)),
            Item::Decision(item) => (item.id.as_str(), "decision", FreeJson::of(*item)),
        }
    }
}

/// All items; what a newer Waymark keeps beyond these kinds is left alone.
pub(super) async fn log(connection: &mut SqliteConnection, walkthrough: &WalkthroughId) -> Result<ReviewLog> {
    let id = walkthrough.as_str();
    let rows = sqlx::query!("SELECT kind, item FROM review_items WHERE walkthrough_id = ? ORDER BY id", id)
        .fetch_all(connection)
        .await
        .attempted(READING)?;
    let mut log = ReviewLog::default();
    for row in rows {
        let item = FreeJson::parse(&row.item)?;
        match row.kind.as_str() {
            "comment" => log.comments.push(item.read()?),
            "resolution" => log.resolutions.push(item.read()?),
            "decision" => log.decisions.push(item.read()?),
            _ => {}
        }
    }
    Ok(log)
}

/// Puts an item in, or in the place of the version of it that is there.
pub(super) async fn put(connection: &mut SqliteConnection, walkthrough: &WalkthroughId, item: &Item<'_>) -> Result<()> {
    let (id, kind, json) = item.parts();
    let (walkthrough, json) = (walkthrough.as_str(), json.as_str());
    sqlx::query!(
        "INSERT INTO review_items (walkthrough_id, id, kind, item) VALUES (?, ?, ?, ?)
         ON CONFLICT (walkthrough_id, id) DO UPDATE SET kind = excluded.kind, item = excluded.item",
        walkthrough,
        id,
        kind,
        json
    )
    .execute(connection)
    .await
    .attempted(SAVING)?;
    Ok(())
}

pub(super) async fn places(connection: &mut SqliteConnection, walkthrough: &WalkthroughId) -> Result<Vec<PlaceRow>> {
    let id = walkthrough.as_str();
    let rows = sqlx::query!(
        "SELECT comment_id, step_id, field, place FROM review_places WHERE walkthrough_id = ? ORDER BY comment_id",
        id
    )
    .fetch_all(connection)
    .await
    .attempted(READING)?;
    let read = |(comment, step, field, place): (String, String, String, String)| {
        Ok(PlaceRow {
            comment: comment.into(),
            step: step.into(),
            field: field.parse()?,
            place: FreeJson::parse(&place)?.read()?,
        })
    };
    rows.into_iter().map(|row| read((row.comment_id, row.step_id, row.field, row.place))).collect()
}

pub(super) async fn put_place(
    connection: &mut SqliteConnection,
    walkthrough: &WalkthroughId,
    row: &PlaceRow,
) -> Result<()> {
    let (walkthrough, comment, step) = (walkthrough.as_str(), row.comment.as_str(), row.step.as_str());
    let (field, place) = (row.field.name(), FreeJson::of(&row.place));
    let place = place.as_str();
    sqlx::query!(
        "INSERT INTO review_places (walkthrough_id, comment_id, step_id, field, place) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (walkthrough_id, comment_id) DO UPDATE
         SET step_id = excluded.step_id, field = excluded.field, place = excluded.place",
        walkthrough,
        comment,
        step,
        field,
        place
    )
    .execute(connection)
    .await
    .attempted(SAVING)?;
    Ok(())
}

pub(super) async fn author(library: &Library) -> Result<Option<String>> {
    let name = sqlx::query_scalar!("SELECT name FROM review_author WHERE id = 1");
    name.fetch_optional(library.readers()).await.attempted(READING)
}

pub(super) async fn set_author(connection: &mut SqliteConnection, name: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO review_author (id, name) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        name
    )
    .execute(connection)
    .await
    .attempted(SAVING)?;
    Ok(())
}
