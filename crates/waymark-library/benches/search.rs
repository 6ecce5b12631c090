//! A search, against the bare FTS5 query that finds the same documents in the same file, in turn.

#[path = "../../../benches/measure/mod.rs"]
mod measure;

use std::{
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use measure::{figure, library, milliseconds, percentile};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use waymark_core::{
    content::{ContentFields, FieldsV1},
    walkthrough::{Millis, Walkthrough},
};
use waymark_library::{
    Env, Library,
    drafts::{self, ListDrafts},
    history::{self, SaveSnapshot},
    search::{self, SearchLibrary},
};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const ROUNDS: usize = 40;
const STEPS: u32 = 20;

/// What is typed, and what FTS5 is asked for it: rare, middling and frequent words, the beginning of one, a phrase, a choice.
const QUERIES: [(&str, &str); 6] = [
    ("w9001", "\"w9001\"*"),
    ("w150", "\"w150\"*"),
    ("w3 w40", "\"w3\"* AND \"w40\"*"),
    ("w12", "\"w12\"*"),
    ("\"w1 w2\"", "\"w1 w2\""),
    ("w77 OR w88 -w5", "(\"w77\"* OR \"w88\"*) NOT \"w5\"*"),
];

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let place = tempfile::tempdir()?;
    for (walkthroughs, name) in [(1_000, "20,000 steps"), (2_500, "50,000 steps")] {
        let folder = place.path().join(name);
        let mut words = Words(library::SEED);
        library::insert(&folder, (0..walkthroughs).map(|number| written(number, &mut words)))?;
        runtime.block_on(compare(&folder, name))?;
        runtime.block_on(look_back(&folder, name))?;
    }
    Ok(())
}

async fn compare(folder: &Path, name: &str) -> Outcome<()> {
    let random = |length| (0..length).map(|byte| byte as u8).collect();
    let library = Library::open(folder, Env { now: || Millis(1_767_225_600_000), random }).await?;
    let options = SqliteConnectOptions::new().filename(library.path()).read_only(true);
    let mut baseline = SqliteConnection::connect_with(&options).await?;
    let (mut all, mut all_bare) = (Vec::new(), Vec::new());
    for (text, expression) in QUERIES {
        let input = SearchLibrary { text: text.to_owned(), limit: 20, ..SearchLibrary::default() };
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        let mut matches = 0;
        for _ in 0..ROUNDS {
            let began = Instant::now();
            let found = search::search(&library, &input).await?;
            ours.push(milliseconds(began.elapsed()));
            matches = found.matches_total;
            let began = Instant::now();
            let best = "SELECT rowid, rank FROM search WHERE search MATCH ? ORDER BY rank LIMIT 60";
            sqlx::query(best).bind(expression).fetch_all(&mut baseline).await?;
            bare.push(milliseconds(began.elapsed()));
        }
        report(&format!("search for `{text}` in {name} ({matches} matches)"), &ours, &bare, f64::INFINITY);
        all.extend(ours);
        all_bare.extend(bare);
    }
    report(&format!("search in {name}, whole operation against the bare FTS5 query"), &all, &all_bare, 1.5);
    baseline.close().await?;
    library.close().await;
    Ok(())
}

/// The same in the history: every walkthrough has a revision, so that it holds as many steps as the library.
async fn look_back(folder: &Path, name: &str) -> Outcome<()> {
    let library = Library::open(folder, Env { now: || Millis(1_767_225_600_000), random: counted }).await?;
    for draft in drafts::list(&library, &ListDrafts::default()).await? {
        let snapshot = SaveSnapshot { walkthrough: draft.id, name: String::new() };
        history::snapshot(&library, snapshot, "benchmark").await?;
    }
    let options = SqliteConnectOptions::new().filename(library.path()).read_only(true);
    let mut baseline = SqliteConnection::connect_with(&options).await?;
    for (text, expression) in QUERIES {
        let input = SearchLibrary { text: format!("in:history {text}"), limit: 20, ..SearchLibrary::default() };
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        let mut matches = 0;
        for _ in 0..ROUNDS {
            let began = Instant::now();
            matches = search::search(&library, &input).await?.matches_total;
            ours.push(milliseconds(began.elapsed()));
            let began = Instant::now();
            let all = "SELECT rowid FROM history_search WHERE history_search MATCH ?";
            sqlx::query(all).bind(expression).fetch_all(&mut baseline).await?;
            bare.push(milliseconds(began.elapsed()));
        }
        let what = format!("search for `{text}` in the history of {name} ({matches} matches)");
        report(&what, &ours, &bare, f64::INFINITY);
    }
    baseline.close().await?;
    library.close().await;
    Ok(())
}

/// Bytes that no two ids have in common.
fn counted(length: usize) -> Vec<u8> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
    (0..length).map(|index| number[index % number.len()]).collect()
}

fn report(name: &str, ours: &[f64], bare: &[f64], goal: f64) {
    let (ours, bare) = (percentile(ours, 95.0), percentile(bare, 95.0));
    let ratio = ours / bare;
    let goal_name = if goal.is_finite() { format!("p95 ≤ {goal:.1}×") } else { "–".to_owned() };
    figure(name, &format!("{ratio:.2}× (p95 {ours:.2} ms / {bare:.2} ms)"), &goal_name, ratio <= goal);
}

fn written(number: u32, words: &mut Words) -> Walkthrough {
    let mut walkthrough = library::walkthrough(number, STEPS, "");
    for step in &mut walkthrough.steps {
        step.title = words.some(5);
        step.content_fields = ContentFields::V1(FieldsV1 {
            introduction_for_agent: Some(words.some(20)),
            context_for_agent: Some(words.some(40)),
            content_for_user: Some(words.some(160)),
            operations_for_agent: Some(words.some(60)),
            extra: Vec::new(),
        });
    }
    walkthrough
}

/// Words as texts have them: a few everywhere, most of them rare (Zipf over 20,000).
struct Words(u64);

impl Words {
    fn some(&mut self, count: usize) -> String {
        let mut text = String::new();
        for _ in 0..count {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let even = (self.0 >> 11) as f64 / (1_u64 << 53) as f64;
            text.push_str(&format!("w{} ", 20_000_f64.powf(even) as u32));
        }
        text
    }
}
