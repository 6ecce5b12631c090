//! Which walkthroughs are looked through.
//!
//! Whether anything is found in a text is asked of the bare rows first: a walkthrough is put together only if it is.

use std::collections::{BTreeSet, HashMap};

use sqlx::SqliteConnection;
use waymark_core::{
    content::{ContentFields, Field},
    error::Result,
    id::WalkthroughId,
    json::{FreeJson, OWN_KEY},
    replace::Matcher,
    texts,
    walkthrough::Walkthrough,
};

use crate::{Library, drafts::store, failure::Attempted};

const READING: &str = "Looking through the walkthroughs";
/// Walkthroughs whose texts are in memory at once.
const AT_ONCE: usize = 100;

/// The walkthroughs in which something is found, with their versions, by title. `among`: only these; those in the trash
/// are left out in any case.
pub(super) async fn candidates(
    library: &Library,
    matcher: &Matcher,
    among: Option<&[WalkthroughId]>,
) -> Result<Vec<(u32, Walkthrough)>> {
    let mut snapshot = library.snapshot().await?;
    let rows = sqlx::query!(
        r#"SELECT w.id, w.title, w.description, w.metadata FROM walkthroughs w JOIN drafts d ON d.walkthrough_id = w.id
         WHERE d.trashed_at IS NULL ORDER BY w.title, w.id"#
    )
    .fetch_all(&mut *snapshot)
    .await
    .attempted(READING)?;
    let wanted: Option<BTreeSet<&str>> = among.map(|ids| ids.iter().map(WalkthroughId::as_str).collect());
    let rows: Vec<_> =
        rows.into_iter().filter(|row| wanted.as_ref().is_none_or(|ids| ids.contains(row.id.as_str()))).collect();
    let mut found = Vec::new();
    for some in rows.chunks(AT_ONCE) {
        let ids: Vec<&str> = some.iter().map(|row| row.id.as_str()).collect();
        let mut texts = steps(&mut snapshot, &ids).await?;
        let own: Vec<Own> = some
            .iter()
            .map(|row| Own {
                texts: [Some(row.title.clone()), row.description.clone()],
                metadata: row.metadata.clone(),
            })
            .collect();
        let of_steps: Vec<Vec<Row>> = ids.iter().map(|id| texts.remove(*id).unwrap_or_default()).collect();
        let matcher = matcher.clone();
        let looked = tokio::task::spawn_blocking(move || {
            let is_in =
                |(own, steps): (&Own, &Vec<Row>)| own.has(&matcher) || steps.iter().any(|step| step.has(&matcher));
            own.iter().zip(&of_steps).map(is_in).collect::<Vec<bool>>()
        });
        let looked = looked.await.expect("BUG: looking through texts panicked");
        for id in ids.iter().zip(looked).filter_map(|(id, is_in)| is_in.then_some(*id)) {
            let loaded = store::load(&mut snapshot, library.cache(), &id.into()).await?;
            found.push((loaded.version, loaded.draft.walkthrough.clone()));
        }
    }
    Ok(found)
}

/// What a walkthrough itself says.
struct Own {
    texts: [Option<String>; 2],
    metadata: Option<String>,
}

impl Own {
    fn has(&self, matcher: &Matcher) -> bool {
        let metadata = metadata(self.metadata.as_deref());
        self.texts.iter().flatten().any(|text| matcher.is_in(text))
            || texts::of_walkthrough_metadata(metadata.as_ref()).iter().any(|(_, text)| matcher.is_in(text))
    }
}

/// Metadata that may hold texts of ours.
fn metadata(json: Option<&str>) -> Option<FreeJson> {
    json.filter(|json| json.contains(OWN_KEY)).and_then(|json| FreeJson::parse(json).ok())
}

struct Row {
    title: String,
    content: String,
    metadata: Option<String>,
}

impl Row {
    fn has(&self, matcher: &Matcher) -> bool {
        let metadata = metadata(self.metadata.as_deref());
        let mut own = texts::of_step_metadata(metadata.as_ref()).into_iter();
        if matcher.is_in(&self.title) || own.any(|(_, text)| matcher.is_in(&text)) {
            return true;
        }
        let Ok(json) = FreeJson::parse(&self.content) else { return false };
        match ContentFields::from_json(&json) {
            ContentFields::Unknown { json } => matcher.is_in(json.as_str()),
            content => Field::ALL.into_iter().filter_map(|field| content.text(field)).any(|text| matcher.is_in(text)),
        }
    }
}

async fn steps(connection: &mut SqliteConnection, ids: &[&str]) -> Result<HashMap<String, Vec<Row>>> {
    let ids = FreeJson::of(ids);
    let ids = ids.as_str();
    let rows = sqlx::query!(
        "SELECT s.walkthrough_id, s.title, s.content_fields, s.metadata FROM walkthrough_steps s
         WHERE s.walkthrough_id IN (SELECT value FROM json_each(?))",
        ids
    )
    .fetch_all(connection)
    .await
    .attempted(READING)?;
    let mut steps: HashMap<String, Vec<Row>> = HashMap::new();
    for row in rows {
        steps.entry(row.walkthrough_id).or_default().push(Row {
            title: row.title,
            content: row.content_fields,
            metadata: row.metadata,
        });
    }
    Ok(steps)
}
