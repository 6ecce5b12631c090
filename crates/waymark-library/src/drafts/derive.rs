//! What lists show about a draft and cannot be read off its rows: problems, content hash, unpublished changes. Computed
//! when somebody asks, kept beside the draft, and computed anew when the draft has changed since. When Waymark itself has,
//! that happens in the background: its rules may find something else now.

use std::sync::Arc;

use sqlx::SqliteConnection;
use waymark_core::{
    diff,
    edit::Draft,
    error::Result,
    hash,
    id::{StepId, WalkthroughId},
    json::FreeJson,
    lint::{self, LintContext, Report, Severity},
    walkthrough::Walkthrough,
};

use super::store;
use crate::{Library, attachments, failure::Attempted, write::Write};

/// The release whose rules computed it.
const BY: &str = env!("CARGO_PKG_VERSION");
/// Drafts that are brought up to date in one write in the background, so that a save in between waits for little.
const AT_ONCE: usize = 20;

const COMPUTING: &str = "Counting problems and changes";

/// Brings what is derived up to date for these drafts, in one write. A library that is read-only keeps what it has.
pub(super) async fn refresh(library: &Library, ids: &[WalkthroughId]) -> Result<()> {
    if library.read_only_reason().is_some() {
        return Ok(());
    }
    let mut write = Write::begin(library).await?;
    for id in ids {
        let loaded = store::load(write.connection(), library.cache(), id).await?;
        derive(library, write.connection(), loaded.draft, loaded.version).await?;
    }
    write.commit().await
}

/// Brings up to date what another release computed.
pub(crate) async fn refresh_all(library: &Library) -> Result<()> {
    let ids = sqlx::query_scalar!("SELECT walkthrough_id FROM drafts WHERE derived_by <> ?", BY)
        .fetch_all(library.readers())
        .await
        .attempted(COMPUTING)?;
    let ids: Vec<WalkthroughId> = ids.into_iter().map(WalkthroughId).collect();
    for some in ids.chunks(AT_ONCE) {
        refresh(library, some).await?;
    }
    Ok(())
}

/// Computes and stores what is derived from this version.
pub(crate) async fn derive(
    library: &Library,
    connection: &mut SqliteConnection,
    draft: Arc<Draft>,
    version: u32,
) -> Result<()> {
    let id = draft.walkthrough.id.clone();
    let context = lint_context(library, connection, &draft.walkthrough).await?;
    let bases = read_bases(connection, &id).await?;
    let derived = tokio::task::spawn_blocking(move || Derived::of(&draft.walkthrough, &context, &bases));
    let derived = derived.await.expect("BUG: linting a draft panicked")?;
    let (key, hash, problems) = (id.as_str(), &derived.content_hash, derived.problems);
    sqlx::query!(
        "UPDATE drafts SET problems = ?, content_hash = ?, derived_version = ?, derived_by = ? WHERE walkthrough_id = ?",
        problems,
        hash,
        version,
        BY,
        key
    )
    .execute(&mut *connection)
    .await
    .attempted(COMPUTING)?;
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

/// What lint finds in a draft.
pub(crate) async fn report(library: &Library, id: &WalkthroughId) -> Result<Report> {
    let mut snapshot = library.snapshot().await?;
    let loaded = store::load(&mut snapshot, library.cache(), id).await?;
    let context = lint_context(library, &mut snapshot, &loaded.draft.walkthrough).await?;
    let work = tokio::task::spawn_blocking(move || lint::report(&loaded.draft.walkthrough, &context));
    Ok(work.await.expect("BUG: linting a draft panicked"))
}

/// What the rules must know beyond the draft itself.
pub(crate) async fn context(library: &Library, id: &WalkthroughId) -> Result<LintContext> {
    let mut snapshot = library.snapshot().await?;
    let loaded = store::load(&mut snapshot, library.cache(), id).await?;
    lint_context(library, &mut snapshot, &loaded.draft.walkthrough).await
}

/// What lint finds in one step of a walkthrough that is not saved like this.
pub(crate) async fn report_step(library: &Library, typed: Walkthrough, step: StepId) -> Result<Report> {
    let mut snapshot = library.snapshot().await?;
    let context = lint_context(library, &mut snapshot, &typed).await?;
    let work = tokio::task::spawn_blocking(move || lint::report_step(&typed, &context, &step));
    Ok(work.await.expect("BUG: linting a step panicked"))
}

struct Derived {
    problems: u32,
    content_hash: String,
    changes: Vec<(String, u32)>,
}

impl Derived {
    fn of(walkthrough: &Walkthrough, context: &LintContext, bases: &[(String, FreeJson)]) -> Result<Derived> {
        let findings = lint::lint(walkthrough, context);
        let problems = findings.iter().filter(|finding| finding.severity >= Severity::Warning).count() as u32;
        let mut changes = Vec::with_capacity(bases.len());
        for (remote, base) in bases {
            let base: Walkthrough = base.read()?;
            changes.push((remote.clone(), diff::count_changes(Some(&base), walkthrough)));
        }
        Ok(Derived { problems, content_hash: hash::content_hash(walkthrough), changes })
    }
}

/// Of all other titles only this one's doubles matter, and they are few.
async fn lint_context(
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
    .fetch_all(connection)
    .await
    .attempted(COMPUTING)?;
    let files = attachments::names(library, &walkthrough.id);
    Ok(LintContext { other_titles, files })
}

async fn read_bases(connection: &mut SqliteConnection, id: &WalkthroughId) -> Result<Vec<(String, FreeJson)>> {
    let key = id.as_str();
    let rows = sqlx::query!("SELECT remote, walkthrough FROM sync_bases WHERE walkthrough_id = ?", key)
        .fetch_all(connection)
        .await
        .attempted(COMPUTING)?;
    rows.into_iter().map(|row| Ok((row.remote, FreeJson::parse(&row.walkthrough)?))).collect()
}
