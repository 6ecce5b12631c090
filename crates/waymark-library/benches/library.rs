//! A save and a list, each against the same rows written and read by bare SQL, with the same pragmas on the same disk.

#[path = "../../../benches/measure/mod.rs"]
mod measure;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use measure::{figure, library, median, milliseconds};
use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use waymark_core::{
    content::Field,
    edit::{Edit, Splice},
    id::{StepId, WalkthroughId},
    walkthrough::{Millis, Walkthrough},
};
use waymark_library::{
    Env, Library,
    drafts::{self, ListDrafts},
    edits::{self, ApplyEdit},
};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const SAVES: usize = 200;
const LISTS: usize = 60;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let place = tempfile::tempdir()?;
    for (name, steps, bytes, goal) in [("12 steps of 3 KB", 12, 3_000, 2.0), ("500 steps of 5 KB", 500, 5_000, 5.0)] {
        let folder = place.path().join(name);
        let draft = library::walkthrough(1, steps, &library::markdown(bytes));
        library::insert(&folder, std::iter::once(draft.clone()))?;
        let (ours, bare) = runtime.block_on(saves(&folder, &draft))?;
        compare(
            &format!("save of a keystroke in {name}, against bare SQL that writes as many rows"),
            &ours,
            &bare,
            goal,
        );
    }
    let folder = place.path().join("list");
    let text = library::markdown(700);
    library::insert(&folder, (0..1_000).map(|number| library::walkthrough(number, 5, &text)))?;
    let (ours, bare) = runtime.block_on(lists(&folder))?;
    compare("list of 1,000 drafts, against a bare SELECT of their rows", &ours, &bare, 4.0);
    Ok(())
}

fn compare(name: &str, ours: &[f64], bare: &[f64], goal: f64) {
    let (ours, bare) = (median(ours), median(bare));
    let ratio = ours / bare;
    figure(name, &format!("{ratio:.2}× ({ours:.2} ms / {bare:.2} ms)"), &format!("≤ {goal:.0}×"), ratio <= goal);
}

async fn open(folder: &Path) -> Outcome<Library> {
    let random = |length| (0..length).map(|byte| byte as u8).collect();
    Ok(Library::open(folder, Env { now: || Millis(1_767_225_600_000), random }).await?)
}

/// Another connection with the library's pragmas, to a file of its own or to the library's.
async fn bare(file: &Path) -> Outcome<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    Ok(SqliteConnection::connect_with(&options).await?)
}

/// Times of saves, ours and bare ones in turn.
async fn saves(folder: &Path, draft: &Walkthrough) -> Outcome<(Vec<f64>, Vec<f64>)> {
    let library = open(folder).await?;
    let step = draft.steps[draft.steps.len() / 2].id.clone();
    let content = draft.steps[0].content_fields.to_json().as_str().to_owned();
    let mut baseline = bare(&folder.join("bare.sqlite")).await?;
    sqlx::raw_sql(
        "CREATE TABLE rows (id INTEGER PRIMARY KEY, content TEXT); CREATE TABLE log (id INTEGER PRIMARY KEY, content TEXT);
         INSERT INTO rows VALUES (1, ''), (2, ''), (3, '')",
    )
    .execute(&mut baseline)
    .await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut version = drafts::open(&library, &draft.id).await?.version;
    for _ in 0..SAVES {
        let took;
        (version, took) = save(&library, &draft.id, &step, version).await?;
        ours.push(milliseconds(took));
        let began = Instant::now();
        bare_save(&mut baseline, &content).await?;
        theirs.push(milliseconds(began.elapsed()));
    }
    library.close().await;
    Ok((ours, theirs))
}

/// What any save with versions, a journal and a list of changes has to write: three rows updated, two added.
async fn bare_save(baseline: &mut SqliteConnection, content: &str) -> Outcome<()> {
    let mut transaction = baseline.begin_with("BEGIN IMMEDIATE").await?;
    let updates = ["UPDATE rows SET content = ? WHERE id = 1", "UPDATE rows SET content = ? WHERE id = 2"];
    for (sql, text) in updates.into_iter().zip([content, "details"]) {
        sqlx::query(sql).bind(text).execute(&mut *transaction).await?;
    }
    sqlx::query("UPDATE rows SET content = id + 1 WHERE id = 3").execute(&mut *transaction).await?;
    for text in ["an edit and its inverse", "a change"] {
        sqlx::query("INSERT INTO log (content) VALUES (?)").bind(text).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn save(library: &Library, id: &WalkthroughId, step: &StepId, seen: u32) -> Outcome<(u32, Duration)> {
    let splice = Splice { from: 10, to: 10, insert: "x".to_owned() };
    let edit = Edit::SpliceField { step: step.clone(), field: Field::ContentForUser, splice };
    let apply = ApplyEdit { walkthrough: id.clone(), edit, seen_version: Some(seen), origin: "benchmark".to_owned() };
    let began = Instant::now();
    let applied = edits::apply(library, apply).await?;
    Ok((applied.version, began.elapsed()))
}

/// Times of lists, ours and bare ones in turn.
async fn lists(folder: &Path) -> Outcome<(Vec<f64>, Vec<f64>)> {
    let library = open(folder).await?;
    let mut baseline = bare(library.path()).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..LISTS {
        let began = Instant::now();
        let listed = drafts::list(&library, &ListDrafts::default()).await?;
        ours.push(milliseconds(began.elapsed()));
        assert_eq!(listed.len(), 1_000);
        let began = Instant::now();
        let rows = sqlx::query("SELECT id, title, type, status, tags, updated_at FROM walkthroughs");
        assert_eq!(rows.fetch_all(&mut baseline).await?.len(), 1_000);
        theirs.push(milliseconds(began.elapsed()));
    }
    baseline.close().await?;
    library.close().await;
    Ok((ours, theirs))
}
