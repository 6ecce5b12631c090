//! What lists show about a draft and cannot be read off its rows: problems, content hash, unpublished changes. Computed
//! when somebody asks, kept beside the draft, and computed anew when the draft has changed since. When Waymark itself has,
//! that happens in the background: its rules may find something else now.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use sqlx::SqliteConnection;
use waymark_core::{
    diff,
    edit::Draft,
    error::Result,
    hash,
    id::WalkthroughId,
    json::FreeJson,
    lint::{self, LintContext, Look, Report},
    walkthrough::Walkthrough,
};

use super::store;
use crate::{
    Library, attachments,
    changes::What,
    failure::Attempted,
    lint::{answers, words},
    write::Write,
};

/// The release whose rules computed it, and their edition.
static BY: LazyLock<String> = LazyLock::new(|| format!("{}+{}", env!("CARGO_PKG_VERSION"), lint::rules::edition()));
/// Drafts that are brought up to date in one write in the background, so that a save in between waits for little.
const AT_ONCE: usize = 20;

const COMPUTING: &str = "Counting problems and changes";

/// What was computed of a draft, and of what.
struct Computed {
    id: WalkthroughId,
    version: u32,
    walkthrough: Arc<Draft>,
    context: LintContext,
    derived: Derived,
}

/// Brings what is derived up to date for these drafts. Computing takes its time, so it is done before anything is locked,
/// and what has changed meanwhile is left for the next look. A library that is read-only keeps what it has.
pub(super) async fn refresh(library: &Library, ids: &[WalkthroughId]) -> Result<()> {
    if library.read_only_reason().is_some() {
        return Ok(());
    }
    for some in ids.chunks(AT_ONCE) {
        let mut computed = Vec::with_capacity(some.len());
        for id in some {
            computed.push(compute(library, id).await?);
        }
        let mut write = Write::begin(library).await?;
        for one in &computed {
            keep(library, write.connection(), one).await?;
        }
        write.commit().await?;
    }
    Ok(())
}

/// Brings up to date what another release computed.
pub(crate) async fn refresh_all(library: &Library) -> Result<()> {
    let by = BY.as_str();
    let before = sqlx::query!("SELECT walkthrough_id, problems FROM drafts WHERE derived_by <> ?", by)
        .fetch_all(library.readers())
        .await
        .attempted(COMPUTING)?;
    let ids: Vec<WalkthroughId> = before.iter().map(|row| WalkthroughId(row.walkthrough_id.clone())).collect();
    refresh(library, &ids).await?;
    if ids.is_empty() || library.read_only_reason().is_some() {
        return Ok(());
    }
    let now = sqlx::query!("SELECT walkthrough_id, problems FROM drafts").fetch_all(library.readers()).await;
    let now: HashMap<String, i64> =
        now.attempted(COMPUTING)?.into_iter().map(|row| (row.walkthrough_id, row.problems)).collect();
    // A list that shows the old numbers hears of it.
    let mut write = Write::begin(library).await?;
    for row in before.iter().filter(|row| now.get(&row.walkthrough_id) != Some(&row.problems)) {
        write.announce(What::Draft, &row.walkthrough_id, "counting").await?;
    }
    write.commit().await
}

async fn compute(library: &Library, id: &WalkthroughId) -> Result<Computed> {
    let mut snapshot = library.snapshot().await?;
    let loaded = store::load(&mut snapshot, library.cache(), id).await?;
    let context = problems_context(library, &mut snapshot, &loaded.draft.walkthrough).await?;
    let bases = read_bases(&mut snapshot, id).await?;
    drop(snapshot);
    let draft = loaded.draft;
    let work = tokio::task::spawn_blocking(move || {
        let derived = Derived::of(&draft.walkthrough, &context, &bases);
        (draft, context, derived)
    });
    let (walkthrough, context, derived) = work.await.expect("BUG: linting a draft panicked");
    Ok(Computed { id: id.clone(), version: loaded.version, walkthrough, context, derived: derived? })
}

/// Stores what was computed, unless what it was computed of is no longer so.
async fn keep(library: &Library, connection: &mut SqliteConnection, computed: &Computed) -> Result<()> {
    let Computed { id, version, walkthrough, context, derived } = computed;
    let now = problems_context(library, connection, &walkthrough.walkthrough).await?;
    let known = |context: &LintContext| {
        (context.other_titles.clone(), context.files.clone(), context.links.clone(), context.tokenizer)
    };
    if known(&now) != known(context) {
        return Ok(());
    }
    let (key, hash, problems, by) = (id.as_str(), &derived.content_hash, derived.problems, BY.as_str());
    let kept = sqlx::query!(
        "UPDATE drafts SET problems = ?1, content_hash = ?2, derived_version = ?3, derived_by = ?4
         WHERE walkthrough_id = ?5 AND version = ?3",
        problems,
        hash,
        version,
        by,
        key
    )
    .execute(&mut *connection)
    .await
    .attempted(COMPUTING)?;
    if kept.rows_affected() == 0 {
        return Ok(());
    }
    for (remote, changes) in &derived.changes {
        sqlx::query!("UPDATE sync_bases SET changes = ? WHERE walkthrough_id = ? AND remote = ?", changes, key, remote)
            .execute(&mut *connection)
            .await
            .attempted(COMPUTING)?;
    }
    Ok(())
}

/// Makes lists compute anew what they know about the drafts with these titles: whether they are taken has changed.
pub(crate) async fn forget_titles(connection: &mut SqliteConnection, titles: [&str; 2]) -> Result<()> {
    let [first, second] = titles;
    sqlx::query!(
        "UPDATE drafts SET derived_version = 0
         WHERE walkthrough_id IN (SELECT id FROM walkthroughs WHERE title IN (?, ?))",
        first,
        second
    )
    .execute(connection)
    .await
    .attempted(COMPUTING)?;
    Ok(())
}

/// Makes lists compute anew what they know about a draft: something beside its texts has changed.
pub(crate) async fn forget(connection: &mut SqliteConnection, id: &WalkthroughId) -> Result<()> {
    let key = id.as_str();
    sqlx::query!("UPDATE drafts SET derived_version = 0 WHERE walkthrough_id = ?", key)
        .execute(connection)
        .await
        .attempted(COMPUTING)?;
    Ok(())
}

/// Makes lists compute anew what they know about all drafts.
pub(crate) async fn forget_all(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query!("UPDATE drafts SET derived_version = 0").execute(connection).await.attempted(COMPUTING)?;
    Ok(())
}

/// The problems of a version of a draft: what lists count, and nothing else.
pub(super) async fn problems(library: &Library, version: Walkthrough) -> Result<Report> {
    let mut snapshot = library.snapshot().await?;
    let context = problems_context(library, &mut snapshot, &version).await?;
    drop(snapshot);
    let work = tokio::task::spawn_blocking(move || lint::report(&version, &context));
    Ok(work.await.expect("BUG: linting a draft panicked"))
}

async fn problems_context(
    library: &Library,
    connection: &mut SqliteConnection,
    walkthrough: &Walkthrough,
) -> Result<LintContext> {
    let context = lint_context(library, connection, walkthrough).await?;
    Ok(LintContext { look: Look::Problems, ..context })
}

struct Derived {
    problems: u32,
    content_hash: String,
    changes: Vec<(String, u32)>,
}

impl Derived {
    fn of(walkthrough: &Walkthrough, context: &LintContext, bases: &[(String, FreeJson)]) -> Result<Derived> {
        let problems = lint::report(walkthrough, context).problems();
        let mut changes = Vec::with_capacity(bases.len());
        for (remote, base) in bases {
            let base: Walkthrough = base.read()?;
            changes.push((remote.clone(), diff::count_changes(Some(&base), walkthrough)));
        }
        Ok(Derived { problems, content_hash: hash::content_hash(walkthrough), changes })
    }
}

/// Of all other titles only this one's doubles matter, and they are few.
pub(crate) async fn lint_context(
    library: &Library,
    connection: &mut SqliteConnection,
    walkthrough: &Walkthrough,
) -> Result<LintContext> {
    let (id, title) = (walkthrough.id.as_str(), &walkthrough.title);
    let other_titles = sqlx::query_scalar!(
        "SELECT w.title FROM walkthroughs w JOIN drafts d ON d.walkthrough_id = w.id
         WHERE w.title = ? AND w.id <> ? AND d.trashed_at IS NULL",
        title,
        id
    )
    .fetch_all(&mut *connection)
    .await
    .attempted(COMPUTING)?;
    let files = attachments::names(library, &walkthrough.id);
    let links = answers::bad(connection).await?;
    let tokenizer = words::tokenizer(connection).await?;
    Ok(LintContext { other_titles, files, links, tokenizer, ..LintContext::default() })
}

async fn read_bases(connection: &mut SqliteConnection, id: &WalkthroughId) -> Result<Vec<(String, FreeJson)>> {
    let key = id.as_str();
    let rows = sqlx::query!("SELECT remote, walkthrough FROM sync_bases WHERE walkthrough_id = ?", key)
        .fetch_all(connection)
        .await
        .attempted(COMPUTING)?;
    rows.into_iter().map(|row| Ok((row.remote, FreeJson::parse(&row.walkthrough)?))).collect()
}
