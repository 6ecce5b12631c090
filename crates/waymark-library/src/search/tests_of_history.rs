//! Searching what walkthroughs were, and the index of it.

use waymark_core::{edit::Edit, json::FreeJson};

use super::tests::{filled, find, found};
use crate::{
    Library, drafts,
    history::{self, SaveSnapshot},
    testing::{apply, check_index, library, set_text, step, walkthrough},
};

/// A library whose history has what its drafts no longer have.
async fn rewritten() -> (Library, tempfile::TempDir) {
    let (library, dir) = filled().await;
    let metadata = FreeJson::parse(r#"{"platform":"mainframe","waymark":{"order":"linked"}}"#).ok();
    for (edit, id) in [
        (Edit::SetMetadata { metadata }, "wt_course"),
        (Edit::SetMetadata { metadata: None }, "wt_course"),
        (set_text(&"wts_why".into(), "Nothing of it."), "wt_course"),
    ] {
        apply(&library, &id.into(), edit).await.expect("an edit");
        let snapshot = SaveSnapshot { walkthrough: id.into(), name: String::new() };
        history::snapshot(&library, snapshot, "test").await.expect("a moment");
    }
    (library, dir)
}

#[tokio::test]
async fn metadata_is_found_in_the_history_and_our_own_notes_in_it_are_not() {
    let (library, _dir) = rewritten().await;
    for (query, expected) in [
        ("mainframe", ""),
        ("in:history mainframe", "course(.metadata)"),
        ("in:history metadata:mainframe type:course", "course(.metadata)"),
        ("in:history linked", ""),
        ("in:history \"why a chart\" OR mainframe", "course(.metadata why.user)"),
        ("in:history chart -nothing", "course(why.user)"),
        ("in:history mainframe OR type:course chart", "course(why.user)"),
    ] {
        assert_eq!(found(&library, query).await, expected, "{query}, waiting for the index");
    }
    check_index(&library).await;
    for (query, expected) in [
        ("in:history mainframe", "course(.metadata)"),
        ("in:history metadata:mainframe type:course", "course(.metadata)"),
        ("in:history linked", ""),
        ("in:history \"why a chart\" OR mainframe", "course(.metadata why.user)"),
        ("in:history chart -nothing", "course(why.user)"),
        ("in:history mainframe OR type:course chart", "course(why.user)"),
    ] {
        assert_eq!(found(&library, query).await, expected, "{query}, by the index");
    }
}

#[tokio::test]
async fn what_waits_for_the_index_is_put_in_before_it_is_much_and_by_the_tidying() {
    let (library, _dir) = library().await;
    let waiting = async || {
        let count = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM history_documents WHERE is_indexed = 0");
        count.fetch_one(library.readers()).await.expect("a count")
    };
    let steps = (0..150).map(|number| step(&format!("wts_{number}"), number, "needle")).collect();
    drafts::insert(&library, walkthrough("wt_long", "Long", steps), "test").await.expect("it is new");
    apply(&library, &"wt_long".into(), set_text(&"wts_7".into(), "Another.")).await.expect("an edit");
    assert_eq!(waiting().await, 151, "who types does not wait for an index");
    assert_eq!(find(&library, "in:history needle").await.matches_total, 150);
    assert_eq!(waiting().await, 0);
    apply(&library, &"wt_long".into(), set_text(&"wts_8".into(), "More.")).await.expect("an edit");
    let snapshot = SaveSnapshot { walkthrough: "wt_long".into(), name: String::new() };
    history::snapshot(&library, snapshot, "test").await.expect("a moment");
    assert_eq!(find(&library, "in:history more").await.matches_total, 1);
    assert!(waiting().await > 0, "a few can wait");
    library.tidy().await;
    assert_eq!(waiting().await, 0);
    assert_eq!(find(&library, "in:history more").await.matches_total, 1);
}

#[tokio::test]
async fn what_the_history_lets_go_of_leaves_its_index() {
    let (library, _dir) = rewritten().await;
    check_index(&library).await;
    let writer = library.writer().await.expect("a writer");
    sqlx::raw_sql("DELETE FROM revisions; DELETE FROM revision_steps WHERE walkthrough_id = 'wt_course'")
        .execute(writer)
        .await
        .expect("they go");
    assert_eq!(found(&library, "in:history chart").await, "");
    check_index(&library).await;
    sqlx::query("DELETE FROM walkthroughs").execute(writer).await.expect("with all that hangs on them");
    check_index(&library).await;
    let rows = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM history_documents").fetch_one(writer).await;
    assert_eq!(rows.expect("a count"), 0);
}

#[tokio::test]
async fn a_history_of_before_gets_its_index_from_the_migration() {
    let (library, _dir) = rewritten().await;
    let writer = library.writer().await.expect("a writer");
    let objects = "SELECT type, name FROM sqlite_schema WHERE name GLOB 'history_*' AND type IN ('trigger', 'view')";
    let objects: Vec<(String, String)> = sqlx::query_as(objects).fetch_all(writer).await.expect("names");
    for (kind, name) in objects {
        let drop = sqlx::AssertSqlSafe(format!("DROP {kind} {name}"));
        sqlx::raw_sql(drop).execute(writer).await.expect("dropped");
    }
    sqlx::raw_sql("DROP TABLE history_search; DROP TABLE history_documents").execute(writer).await.expect("dropped");
    let migration = include_str!("../../../../migrations/library/0017_history_search.sql");
    sqlx::raw_sql(migration).execute(writer).await.expect("it meets texts that are there");
    let later = include_str!("../../../../migrations/library/0021_texts_everywhere.sql");
    let start = later.find("DROP TRIGGER history_").expect("two parts");
    let end = later.find("-- Snippets that a bulk change").expect("a third");
    sqlx::raw_sql(&later[start..end]).execute(writer).await.expect("it meets texts that are there");
    assert_eq!(found(&library, "in:history mainframe").await, "course(.metadata)");
    check_index(&library).await;
}
