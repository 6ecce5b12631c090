//! The library as a whole: its catalog beside the platform's, and a disk that is full.

use std::collections::BTreeMap;

use sqlx::Row;
use waymark_core::{edit::Edit, error::Code, id::WalkthroughId};

use crate::{
    Library, changes, drafts,
    testing::{apply, library, set_text, step, walkthrough},
};

const TABLES: [&str; 5] = [
    "walkthroughs",
    "walkthrough_steps",
    "mcp_server_walkthroughs",
    "walkthrough_progress",
    "walkthrough_step_completions",
];

/// Where drafts differ from production on purpose; the library's first migration says why.
const DIFFERENT_REFERENCES: [(&str, Option<&str>); 2] = [
    ("walkthrough_steps.next_step_id", None),
    ("walkthrough_progress.current_step_id", Some("walkthrough_steps SET NULL")),
];

/// A column as both catalogs can say it.
#[derive(Debug, PartialEq, Eq)]
struct Column {
    name: String,
    kind: &'static str,
    is_required: bool,
    references: Option<String>,
}

/// The columns of a table in the platform's own DDL, in SQLite's types.
fn of_the_platform(ddl: &str, table: &str) -> Vec<Column> {
    let start = ddl.find(&format!("CREATE TABLE {table} (")).expect("the platform has the table");
    let body = &ddl[start..start + ddl[start..].find("\n);").expect("its end")];
    let is_column = |line: &&str| line.starts_with("    ") && line.as_bytes()[4].is_ascii_lowercase();
    body.lines().skip(1).filter(is_column).map(|line| column(table, line.trim())).collect()
}

fn column(table: &str, line: &str) -> Column {
    let mut words = line.trim_end_matches(',').split_whitespace();
    let name = words.next().expect("a name").to_owned();
    let kind = match words.next().expect("a type") {
        kind if ["bigint", "integer"].contains(&kind.trim_end_matches(',')) => "INTEGER",
        _ => "TEXT",
    };
    let is_required = line.contains("NOT NULL") || line.contains("PRIMARY KEY");
    let action = if line.contains("ON DELETE CASCADE") { "CASCADE" } else { "NO ACTION" };
    let target = line.split_once("REFERENCES ").and_then(|(_, rest)| rest.split_whitespace().next());
    let references = target.map(|target| format!("{target} {action}"));
    let place = format!("{table}.{name}");
    let different = DIFFERENT_REFERENCES.iter().find(|(column, _)| *column == place);
    let references = different.map_or(references, |(_, other)| other.map(str::to_owned));
    Column { name, kind, is_required, references }
}

async fn of_the_library(library: &Library, table: &str) -> Vec<Column> {
    let references = sqlx::query("SELECT \"from\", \"table\", on_delete FROM pragma_foreign_key_list(?)");
    let references = references.bind(table).fetch_all(library.readers()).await.expect("foreign keys");
    let references: BTreeMap<String, String> = references
        .into_iter()
        .map(|row| {
            (row.get("from"), format!("{} {}", row.get::<String, _>("table"), row.get::<String, _>("on_delete")))
        })
        .collect();
    let columns = sqlx::query("SELECT name, type AS kind, \"notnull\" AS is_required FROM pragma_table_info(?)");
    let columns = columns.bind(table).fetch_all(library.readers()).await.expect("columns");
    let column = |row: sqlx::sqlite::SqliteRow| {
        let name: String = row.get("name");
        let kind = if row.get::<String, _>("kind") == "INTEGER" { "INTEGER" } else { "TEXT" };
        let references = references.get(&name).cloned();
        Column { name, kind, is_required: row.get("is_required"), references }
    };
    columns.into_iter().map(column).collect()
}

#[tokio::test]
async fn the_five_tables_have_the_columns_and_indexes_that_the_platform_has() {
    let ddl = include_str!("../../../migrations/platform/0001_platform.sql");
    let (library, _dir) = library().await;
    let indexes = sqlx::query_scalar::<_, String>("SELECT name FROM sqlite_schema WHERE type = 'index'");
    let indexes = indexes.fetch_all(library.readers()).await.expect("indexes");
    for table in TABLES {
        assert_eq!(of_the_library(&library, table).await, of_the_platform(ddl, table), "{table}");
        let on_table = format!(" ON {table} ");
        let wanted = ddl.lines().filter(|line| line.contains(&on_table) && !line.contains("USING gin"));
        let wanted = wanted.filter_map(|line| line.split_whitespace().nth(2)).filter(|word| *word != "INDEX");
        for index in wanted {
            assert!(indexes.iter().any(|known| known == index), "the library lacks {index}");
        }
    }
}

/// Seed 000 is not part of the repository; where it lies beside it, the library is compared with it too.
#[tokio::test]
async fn the_five_tables_have_the_columns_of_the_described_schema() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");
    let seed = std::fs::read_dir(seeds).ok().and_then(|entries| {
        let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        paths.find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("000")))
    });
    let Some(seed) = seed.and_then(|path| std::fs::read_to_string(path).ok()) else {
        println!("skipped: the seeds are not beside the checkout");
        return;
    };
    let (library, _dir) = library().await;
    for table in TABLES {
        let described = of_the_platform(&seed.to_lowercase().replace("create table", "CREATE TABLE"), table);
        let described: Vec<_> = described.into_iter().map(|column| (column.name, column.kind)).collect();
        let found = of_the_library(&library, table).await;
        let found: Vec<_> = found.into_iter().map(|column| (column.name, column.kind)).collect();
        assert_eq!(found, described, "{table}");
    }
}

#[tokio::test]
async fn on_a_full_disk_the_save_is_refused_and_what_was_saved_stays() {
    let (library, _dir) = library().await;
    drafts::insert(&library, walkthrough("wt_1", "One", vec![step("wts_1", 1, "a")]), "test").await.expect("it is new");
    let id: WalkthroughId = "wt_1".into();
    let before = drafts::open(&library, &id).await.expect("a draft");
    let seq = changes::latest(&library).await.expect("a number");
    // SQLite says the same when it may not grow the file and when it cannot.
    let writer = library.writer().await.expect("a writer");
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(writer).await.expect("pages");
    let limit = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    sqlx::raw_sql(limit).execute(writer).await.expect("a limit");
    let error = apply(&library, &id, set_text(&"wts_1".into(), &"x".repeat(100_000))).await.expect_err("full");
    assert_eq!(error.code, Code::LibraryReadOnly);
    assert!(error.message.contains("disk is full") && error.hint.expect("a next step").contains("Free some space"));
    assert_eq!(drafts::open(&library, &id).await.expect("a draft"), before);
    assert_eq!(changes::latest(&library).await.expect("a number"), seq);
    sqlx::raw_sql("PRAGMA max_page_count = 1000000").execute(writer).await.expect("room again");
    let title = Edit::SetTitle { title: "Two".to_owned() };
    assert_eq!(apply(&library, &id, title).await.expect("it goes on").version, 2);
}

#[tokio::test]
async fn a_file_is_written_as_the_library_promises() {
    let (library, _dir) = library().await;
    let writer = library.writer().await.expect("a writer");
    for (pragma, value) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"));
        let found: String = sqlx::query_scalar(sql).fetch_one(writer).await.expect("a value");
        assert_eq!(found, value, "{pragma}");
    }
}
