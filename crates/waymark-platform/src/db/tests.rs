//! Every shape that a database can have.

use waymark_core::error::Code;
use waymark_testkit::postgres::shared;

use super::*;
use crate::testing::{connect, connect_as};

/// The tables of the older proposal, as far as they tell it apart.
const OLDER_SHAPE: &str = "
    CREATE TABLE organization (id text PRIMARY KEY, name text NOT NULL);
    CREATE TABLE walkthroughs (id text PRIMARY KEY, organization_id text NOT NULL, title text NOT NULL, description text,
        first_step_id text, version integer NOT NULL DEFAULT 1, is_published boolean NOT NULL DEFAULT false);
    CREATE TABLE walkthrough_steps (id text PRIMARY KEY, walkthrough_id text NOT NULL, section_title text,
        content text NOT NULL, next_step_id text)";

fn names(status: &DatabaseStatus) -> Vec<&str> {
    status.missing.iter().map(|missing| missing.name.as_str()).collect()
}

#[tokio::test]
async fn what_the_migrations_create_is_what_is_expected() {
    let database = shared().empty_database();
    let platform = connect(&database).await;
    assert_eq!(status(&platform).await.expect("looked").shape, Shape::Empty);
    create(&platform).await.expect("created");
    let current = status(&platform).await.expect("looked");
    assert_eq!((current.shape, names(&current)), (Shape::Current, vec![]));
    current.check_publishable().expect("nothing is missing");
    assert_eq!(database.run("SELECT id FROM organization"), "org_example");
    let found = "SELECT string_agg(table_name || '.' || column_name, ' ' ORDER BY table_name, ordinal_position)
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '";
    for table in TABLES {
        let expected: Vec<String> = table.columns.iter().map(|column| format!("{}.{column}", table.name)).collect();
        assert_eq!(database.run(&format!("{found}{}'", table.name)), expected.join(" "));
    }
}

#[tokio::test]
async fn nobody_elses_migration_table_is_made() {
    let database = shared().empty_database();
    create(&connect(&database).await).await.expect("created");
    assert_eq!(database.run("SELECT to_regclass('_sqlx_migrations') IS NULL"), "t");
    assert_eq!(database.run("SELECT count(*) FROM _waymark_platform_migrations"), "1");
}

#[tokio::test]
async fn foreign_keys_do_what_real_installations_do() {
    let database = shared().database();
    let no_action = "SELECT string_agg(conrelid::regclass || '.' || a.attname, ' ' ORDER BY 1)
         FROM (SELECT c.conrelid, a.attname FROM pg_constraint c
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
               WHERE c.contype = 'f' AND c.confdeltype = 'a' ORDER BY c.conrelid::regclass::text) a";
    let no_action = no_action.replace("ORDER BY 1)", "ORDER BY a.conrelid::regclass::text, a.attname)");
    assert_eq!(
        database.run(&no_action),
        "mcp_tool_calls.mcp_server_id walkthrough_progress.current_step_id walkthrough_steps.next_step_id"
    );
}

#[tokio::test]
async fn a_database_with_tables_is_never_altered() {
    for tables in ["CREATE TABLE theirs (id integer)", OLDER_SHAPE] {
        let database = shared().empty_database();
        database.run(tables);
        let platform = connect(&database).await;
        let error = create(&platform).await.expect_err("there are tables");
        assert_eq!(error.code, Code::Refused);
        assert_eq!(database.run("SELECT to_regclass('mcp_servers') IS NULL"), "t");
    }
}

#[tokio::test]
async fn two_who_create_at_once_create_once() {
    let database = shared().empty_database();
    let platform = connect(&database).await;
    let (one, two) = tokio::join!(create(&platform), create(&platform));
    let refused = [one, two].into_iter().filter_map(Result::err).map(|error| error.code).collect::<Vec<_>>();
    assert_eq!(refused, [Code::Refused]);
}

#[tokio::test]
async fn each_shape_is_told_apart_and_only_the_current_one_can_be_published_to() {
    for (tables, shape, expected) in [
        ("CREATE TABLE theirs (id integer)", Shape::Foreign, "none of them is for walkthroughs"),
        (OLDER_SHAPE, Shape::Older, "older shape"),
        ("", Shape::Empty, "empty"),
    ] {
        let database = shared().empty_database();
        database.run(tables);
        let found = status(&connect(&database).await).await.expect("looked");
        assert_eq!(found.shape, shape);
        let error = found.check_publishable().expect_err("cannot be published to");
        assert!(error.code == Code::SchemaMismatch && error.message.contains(expected), "{error}");
        assert!(error.hint.is_some());
    }
}

#[tokio::test]
async fn missing_tables_columns_and_indexes_are_named() {
    let database = shared().database();
    database.run(
        "DROP TABLE walkthrough_step_completions, support_requests;
         ALTER TABLE walkthroughs DROP COLUMN tags;
         DROP INDEX walkthrough_steps_display_order_idx",
    );
    let found = status(&connect(&database).await).await.expect("looked");
    assert_eq!(found.shape, Shape::Partial);
    assert_eq!(
        names(&found),
        ["walkthroughs.tags", "walkthrough_step_completions", "walkthrough_steps_display_order_idx"]
    );
    let error = found.check_publishable().expect_err("cannot be published to");
    assert_eq!(error.message, "The database lacks `walkthroughs.tags`, `walkthrough_step_completions`.");
}

#[tokio::test]
async fn an_index_more_or_less_does_not_stop_a_publish() {
    let database = shared().database();
    database.run("DROP INDEX walkthrough_steps_display_order_idx; DROP TABLE support_requests");
    let found = status(&connect(&database).await).await.expect("looked");
    assert_eq!(found.shape, Shape::Current);
    found.check_publishable().expect("an index is no reason");
}

#[tokio::test]
async fn a_role_without_insert_hears_which_grant_it_lacks() {
    let database = shared().database().with_example();
    let platform = connect_as(
        &database,
        "GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}; GRANT INSERT ON walkthroughs TO {role}",
    )
    .await;
    let found = status(&platform).await.expect("looked");
    assert_eq!(names(&found), ["INSERT on walkthrough_steps", "INSERT on mcp_server_walkthroughs"]);
    let error = found.check_publishable().expect_err("cannot publish");
    assert_eq!(error.code, Code::PermissionDenied);
    let wanted = crate::publish::plan::ReadForPlan::default();
    let error = crate::publish::plan::read_for_plan(&platform, &wanted).await.expect_err("cannot publish");
    assert!(error.code == Code::PermissionDenied && error.message.contains("INSERT on walkthrough_steps"), "{error}");
}

#[tokio::test]
async fn a_plan_in_a_database_without_the_tables_says_what_is_missing() {
    let wanted = crate::publish::plan::ReadForPlan::default();
    for (change, expected) in [
        ("DROP TABLE walkthrough_step_completions", "`walkthrough_step_completions`"),
        ("DROP SCHEMA public CASCADE; CREATE SCHEMA public", "empty"),
        ("ALTER TABLE walkthrough_steps ADD COLUMN section_title text, DROP COLUMN content_fields", "older shape"),
    ] {
        let database = shared().database().with_example();
        database.run(change);
        let platform = connect(&database).await;
        let error = crate::publish::plan::read_for_plan(&platform, &wanted).await.expect_err(change);
        assert!(error.code == Code::SchemaMismatch && error.message.contains(expected), "{change}: {error}");
    }
}
