//! The library as a whole: a disk that is full, and how the file is written. Its catalog beside the platform's is in
//! `tests/catalogs.rs`.

use waymark_core::{edit::Edit, error::Code, id::WalkthroughId};

use crate::{
    changes, drafts,
    testing::{apply, library, set_text, step, walkthrough},
};

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
