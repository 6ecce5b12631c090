//! Files that nothing means any more: noted when they are first seen so, and removed when nothing can bring their meaning
//! back. The notes are a file beside them; without it the time begins anew, which only keeps them longer.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    time::UNIX_EPOCH,
};

use sqlx::SqliteConnection;
use waymark_core::{attachment, error::Result, id::WalkthroughId, json::FreeJson, walkthrough::Millis};

use super::{blocking, store};
use crate::{Library, failure::Attempted, write::Write};

/// No file of a walkthrough begins with a dot.
const NOTES: &str = ".unused.json";
const READING: &str = "Looking for files that nothing uses";

/// By `folder/name`: since when nothing means it.
type Notes = BTreeMap<String, i64>;

/// Removes the files that nothing can mean any more, and notes those that may come to that. Gives how many went.
///
/// # Errors
/// `LibraryReadOnly`, and those of the file.
pub async fn clean_up(library: &Library, now: Millis) -> Result<u32> {
    let root = store::root(library);
    let (folders, noted) = {
        let root = root.clone();
        blocking(move || Ok((store::folders(&root)?, read_notes(&root)))).await?
    };
    if folders.is_empty() {
        return Ok(0);
    }
    // Nobody writes meanwhile: what is looked through is what there is.
    let mut write = Write::begin(library).await?;
    let owners = owners(write.connection()).await?;
    let (mut notes, mut gone) = (Notes::new(), 0);
    for folder in folders {
        let path = root.join(&folder);
        let unused = unused(write.connection(), &path, owners.get(&folder)).await?;
        for name in unused.names {
            let key = format!("{folder}/{name}");
            let first = noted.get(&key).copied().unwrap_or(now.0).min(now.0);
            let since = Millis(first.max(put_at(&path.join(&name))));
            if !attachment::may_go(since, unused.oldest_edit, now) {
                notes.insert(key, since.0);
            } else if let Err(error) = fs::remove_file(path.join(&name)) {
                tracing::warn!(%error, folder, name, "a file that nothing uses was not removed");
            } else {
                gone += 1;
            }
        }
        // Only where it is empty; what else somebody put there is theirs.
        let _ = fs::remove_dir(&path);
    }
    drop(write);
    if gone > 0 {
        tracing::info!(gone, "files that nothing used for thirty days were removed");
    }
    if notes != noted {
        let json = FreeJson::of(&notes);
        let written = blocking(move || {
            let path = root.join(NOTES);
            let written = store::write_whole(&root, &path, json.as_str().as_bytes());
            written.map_err(|error| crate::failure::not_writable(&path, error))
        });
        written.await?;
    }
    Ok(gone)
}

struct Unused {
    names: Vec<String>,
    oldest_edit: Option<Millis>,
}

async fn unused(connection: &mut SqliteConnection, folder: &Path, owner: Option<&WalkthroughId>) -> Result<Unused> {
    let mut names = store::names(folder)?;
    // The walkthrough is gone from the trash, too: nothing means its files.
    let Some(id) = owner else { return Ok(Unused { names, oldest_edit: None }) };
    if names.is_empty() {
        return Ok(Unused { names, oldest_edit: None });
    }
    let key = id.as_str();
    let texts = sqlx::query_scalar!(
        r#"SELECT coalesce(description, '') || coalesce(metadata, '') AS "text!: String"
                FROM walkthroughs WHERE id = ?1
            UNION ALL SELECT content_fields || coalesce(metadata, '') FROM walkthrough_steps WHERE walkthrough_id = ?1
            UNION ALL SELECT step FROM revision_steps WHERE walkthrough_id = ?1
            UNION ALL SELECT walkthrough FROM revisions WHERE walkthrough_id = ?1
            UNION ALL SELECT walkthrough FROM sync_bases WHERE walkthrough_id = ?1
            UNION ALL SELECT walkthrough FROM publish_attempts WHERE walkthrough_id = ?1"#,
        key
    );
    let texts = texts.fetch_all(&mut *connection).await.attempted(READING)?;
    names.retain(|name| !texts.iter().any(|text| attachment::is_mentioned(text, name)));
    let oldest = sqlx::query_scalar!(
        r#"SELECT min(at) AS "at: i64" FROM journal WHERE walkthrough_id = ? AND kind = 'edit'"#,
        key
    );
    let oldest_edit = oldest.fetch_one(connection).await.attempted(READING)?.map(Millis);
    Ok(Unused { names, oldest_edit })
}

/// Whose folder is which.
async fn owners(connection: &mut SqliteConnection) -> Result<HashMap<String, WalkthroughId>> {
    let ids =
        sqlx::query_scalar!("SELECT walkthrough_id FROM drafts").fetch_all(connection).await.attempted(READING)?;
    let named = |id: String| (attachment::folder_name(&id.as_str().into()), WalkthroughId(id));
    Ok(ids.into_iter().map(named).collect())
}

fn read_notes(root: &Path) -> Notes {
    let text = fs::read_to_string(root.join(NOTES)).ok();
    text.and_then(|text| FreeJson::parse(&text).and_then(|json| json.read()).ok()).unwrap_or_default()
}

/// When somebody last put the file there.
fn put_at(path: &Path) -> i64 {
    let modified = fs::metadata(path).and_then(|file| file.modified()).ok();
    let since = modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
