//! A process is killed after every statement of every migration, and at any instruction: the library then opens with all
//! that was in it.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, Row, sqlite::SqliteConnectOptions};

use crate::{Library, file, testing::ENV};

/// Tells the process that is to be killed where its library is, and when.
const PLACE: &str = "WAYMARK_TEST_MIGRATION";
const WHEN: &str = "WAYMARK_TEST_KILLED_AFTER";

fn options(file: &Path) -> SqliteConnectOptions {
    // A small cache: changed pages go to the log before the commit, as they do with a large library.
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .pragma("cache_size", "4")
        .disable_statement_logging()
}

/// A library as version `version` left it, with something in each table of the first.
async fn old_library(file: &Path, version: i64) {
    let mut connection = options(file).connect().await.expect("it opens");
    connection.execute("PRAGMA journal_mode = WAL").await.expect("a log");
    file::make_tables(&mut connection, version).await.expect("its tables");
    let content = "
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
        INSERT INTO walkthroughs (id, title, description, tags) SELECT 'wt_' || i, 'Title ' || i, 'About ' || i, '[\"a\"]' FROM n;
        INSERT INTO drafts (walkthrough_id, version, changed_at) SELECT id, 1, 5 FROM walkthroughs;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4)
        INSERT INTO walkthrough_steps (id, walkthrough_id, title, content_fields, display_order)
        SELECT 'wts_' || w.id || i, w.id, 'Step ' || i,
            json_object('version', 'v1', 'contentForUser', hex(randomblob(900))), i FROM n, walkthroughs w;
        INSERT INTO journal (walkthrough_id, version, kind, edit, inverse, origin, at)
        SELECT id, 1, 'create', json_object('edit', 'batch', 'edits', json_array()),
            json_object('edit', 'batch', 'edits', json_array()), 'test', 5 FROM walkthroughs;
        INSERT INTO changes (what, id, origin, at) SELECT 'draft', id, 'test', 5 FROM walkthroughs";
    connection.execute(content).await.expect("content");
    connection.close().await.expect("closed");
}

/// What people wrote, whatever tables there are besides.
async fn content(file: &Path) -> Vec<String> {
    let mut connection = options(file).connect().await.expect("it opens");
    let mut rows = Vec::new();
    for sql in [
        "SELECT id || title || coalesce(description, '') || tags FROM walkthroughs ORDER BY id",
        "SELECT id || walkthrough_id || title || content_fields || display_order FROM walkthrough_steps ORDER BY id",
        "SELECT walkthrough_id || version || changed_at FROM drafts ORDER BY 1",
        "SELECT walkthrough_id || version || kind || edit || inverse FROM journal ORDER BY 1",
    ] {
        let found = sqlx::query(sql).fetch_all(&mut connection).await.expect("rows");
        rows.extend(found.iter().map(|row| row.get::<String, _>(0)));
    }
    connection.close().await.expect("closed");
    rows
}

/// The statements of all migrations after `version`. A trigger's own statements end inside of it.
fn statements(version: i64) -> Vec<String> {
    let mut statements = Vec::new();
    for sql in file::migrations_after(version) {
        let (mut statement, mut is_trigger) = (String::new(), false);
        for line in sql.lines().filter(|line| !line.trim_start().starts_with("--")) {
            is_trigger |= line.to_uppercase().contains("CREATE TRIGGER");
            statement.push_str(line);
            statement.push('\n');
            let ends = line.trim_end().ends_with(';') && (!is_trigger || line.trim() == "END;");
            if ends {
                statements.push(std::mem::take(&mut statement));
                is_trigger = false;
            }
        }
        if !statement.trim().is_empty() {
            statements.push(statement);
        }
    }
    statements
}

/// Not a test by itself: does what a migration does, up to where it is killed.
#[tokio::test]
async fn a_process_migrates_until_it_is_killed() {
    let (Some(place), Ok(when)) = (std::env::var_os(PLACE), std::env::var(WHEN)) else { return };
    let file = PathBuf::from(place).join("library.sqlite");
    let (kind, number) = when.split_once(' ').expect("when");
    let number: usize = number.parse().expect("a number");
    let mut connection = options(&file).connect().await.expect("it opens");
    if kind == "statement" {
        let version = file::version(&mut connection).await.expect("a version");
        connection.execute("BEGIN IMMEDIATE").await.expect("a transaction");
        for statement in statements(version).into_iter().take(number) {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect("a statement");
        }
        std::process::abort();
    }
    let mut left = number;
    let mut handle = connection.lock_handle().await.expect("a handle");
    handle.set_progress_handler(50, move || {
        left = left.saturating_sub(1);
        if left == 0 {
            std::process::abort();
        }
        true
    });
    drop(handle);
    file::migrate(&mut connection).await.expect("it ends before it is killed");
    connection.close().await.expect("closed");
}

/// Runs the process on this library. Whether it was killed.
fn run_and_kill(place: &Path, when: &str) -> bool {
    let mut command = Command::new(std::env::current_exe().expect("a test has a file"));
    command.args(["--exact", "migration_tests::a_process_migrates_until_it_is_killed", "--test-threads=1"]);
    command.env(PLACE, place).env(WHEN, when).stdout(Stdio::null()).stderr(Stdio::null());
    !command.status().expect("it runs").success()
}

async fn check(place: &Path, before: &[String], when: &str) {
    let file = place.join("library.sqlite");
    assert_eq!(content(&file).await, before, "{when}: nothing is lost, whichever tables it has");
    let library = Library::open(place, ENV).await.unwrap_or_else(|error| panic!("{when}: {error}"));
    library.check().await.unwrap_or_else(|error| panic!("{when}: {error}"));
    crate::testing::check_index(&library).await;
    library.close().await;
    assert_eq!(content(&file).await, before, "{when}: nor by the migration that follows");
}

#[tokio::test]
async fn killed_at_every_statement_of_every_migration_the_library_opens_with_all_that_was_in_it() {
    let made = tempfile::tempdir().expect("a folder");
    let old = made.path().join("library.sqlite");
    old_library(&old, 1).await;
    let before = content(&old).await;
    let count = statements(1).len();
    assert!(count > 20, "{count}");
    for number in 0..=count {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::copy(&old, dir.path().join("library.sqlite")).expect("a copy");
        let when = format!("statement {number}");
        assert!(run_and_kill(dir.path(), &when), "{when}");
        check(dir.path(), &before, &when).await;
    }
    println!("\nfigure | killed after every statement of every migration | {} times | all data there | met", count + 1);
}

#[tokio::test]
async fn killed_at_any_instruction_of_the_real_migration_the_library_opens_with_all_that_was_in_it() {
    let made = tempfile::tempdir().expect("a folder");
    let old = made.path().join("library.sqlite");
    old_library(&old, 2).await;
    let before = content(&old).await;
    let rounds: usize = std::env::var("WAYMARK_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(10);
    let (mut killed, mut number) = (0, 1);
    for _ in 0..rounds {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::copy(&old, dir.path().join("library.sqlite")).expect("a copy");
        let when = format!("instruction {number}");
        let was_killed = run_and_kill(dir.path(), &when);
        killed += usize::from(was_killed);
        check(dir.path(), &before, &when).await;
        // Ever further, and from the beginning again once it ended before.
        number = if was_killed { number * 3 / 2 + 1 } else { 2 + number % 97 };
    }
    assert!(killed > 3, "{killed}");
    println!("\nfigure | the real migration killed at other moments | {killed} times | all data there | met");
}

/// The first start: there is nothing to lose yet, and the next start has to make the library all the same.
#[tokio::test]
async fn killed_at_every_statement_of_the_first_start_the_next_one_makes_the_library() {
    let count = statements(0).len() - statements(1).len();
    assert!(count > 10, "{count}");
    for number in 0..=count {
        let dir = tempfile::tempdir().expect("a folder");
        let when = format!("statement {number}");
        assert!(run_and_kill(dir.path(), &when), "{when}");
        let library = Library::open(dir.path(), ENV).await.unwrap_or_else(|error| panic!("{when}: {error}"));
        library.check().await.unwrap_or_else(|error| panic!("{when}: {error}"));
        let new = crate::testing::walkthrough("wt_new", "New", Vec::new());
        crate::drafts::insert(&library, new, "test").await.unwrap_or_else(|error| panic!("{when}: {error}"));
        library.close().await;
    }
}
