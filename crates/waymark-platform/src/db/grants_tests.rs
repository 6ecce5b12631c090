//! The printed rights suffice, and each of them is needed.

use waymark_core::error::Code;
use waymark_testkit::postgres::{Database, shared};

use super::grants::{Persona, missing, statements};
use crate::{
    connect::Platform,
    content,
    publish::plan::{ReadForPlan, read_for_plan},
    testing::{connect, connect_as, publish, walkthrough},
};

/// A connection as a role with exactly what is printed for a persona.
async fn connect_with(database: &Database<'_>, persona: Persona) -> Platform {
    connect_as(database, &statements(persona, "ROLE", database.name()).replace("\"ROLE\"", "{role}")).await
}

fn role(database: &Database) -> String {
    format!("role_{}", database.name())
}

/// Plans, creates, takes a step away on which somebody stands, and changes an assignment.
async fn publish_everything(database: &Database<'_>, platform: &Platform) -> waymark_core::error::Result<()> {
    database.run("DELETE FROM walkthroughs WHERE id = 'wt_granted'");
    let ids = ["wt_granted".into()];
    read_for_plan(platform, &ReadForPlan { ids: ids.to_vec(), ..ReadForPlan::default() }).await?;
    let first = publish(platform, &walkthrough("wt_granted", &["wts_g1", "wts_g2"]), None).await?;
    database.run(
        "INSERT INTO mcp_server_user (id) VALUES ('usr_granted') ON CONFLICT DO NOTHING;
         INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps, current_step_id)
             VALUES ('wtp_granted', 'usr_granted', 'wt_granted', '[]', 'wts_g2')",
    );
    let mut second = walkthrough("wt_granted", &["wts_g1", "wts_g3"]);
    second.assignments[0].server = "support".into();
    second.assignments[0].id = "msw_support".into();
    publish(platform, &second, Some(&first)).await.map(drop)
}

#[tokio::test]
async fn what_is_printed_for_a_publisher_suffices() {
    let database = shared().database().with_example();
    let platform = connect_with(&database, Persona::Publisher).await;
    assert_eq!(missing(&platform, Persona::Publisher).await.expect("looked"), Vec::<String>::new());
    publish_everything(&database, &platform).await.expect("published");
}

#[tokio::test]
async fn each_right_of_a_publisher_is_needed_and_named_when_it_is_gone() {
    let database = shared().database().with_example();
    let platform = connect_with(&database, Persona::Publisher).await;
    for (right, table) in Persona::Publisher.grants() {
        let name = role(&database);
        database.run(&format!("REVOKE {right} ON {table} FROM {name}"));
        assert_eq!(missing(&platform, Persona::Publisher).await.expect("looked"), [format!("{right} on {table}")]);
        let error = publish_everything(&database, &platform).await.expect_err("a right is missing");
        assert_eq!(error.code, Code::PermissionDenied, "{right} on {table}: {error}");
        assert!(error.message.contains(table), "{right} on {table}: {error}");
        database.run(&format!("GRANT {right} ON {table} TO {name}"));
    }
}

#[tokio::test]
async fn each_right_of_a_reader_is_needed_for_a_pull() {
    let database = shared().database().with_example();
    publish(&connect(&database).await, &walkthrough("wt_granted", &["wts_g1"]), None).await.expect("published");
    let platform = connect_with(&database, Persona::Reader).await;
    let ids = ["wt_granted".into()];
    content::read(&platform, &ids).await.expect("read");
    for (right, table) in Persona::Reader.grants().into_iter().filter(|(_, table)| *table != "organization") {
        let name = role(&database);
        database.run(&format!("REVOKE {right} ON {table} FROM {name}"));
        let error = content::read(&platform, &ids).await.expect_err("a right is missing");
        assert_eq!(error.code, Code::PermissionDenied, "{right} on {table}: {error}");
        database.run(&format!("GRANT {right} ON {table} TO {name}"));
    }
    assert!(!missing(&platform, Persona::Publisher).await.expect("looked").is_empty());
}

#[test]
fn names_are_quoted_whatever_is_in_them() {
    let printed = statements(Persona::Reader, "odd \"role\"; DROP TABLE x", "db");
    assert!(printed.contains("TO \"odd \"\"role\"\"; DROP TABLE x\";"), "{printed}");
}
