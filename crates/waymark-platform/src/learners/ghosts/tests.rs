//! Cleaning, against a real Postgres.

use waymark_core::connection::Connection;
use waymark_testkit::postgres::{Database, OTHER_ORGANIZATION, shared};

use super::*;
use crate::testing::{connect, connect_as, connection, publish, walkthrough};

/// `wt_1` with the steps `a` and `b`, and three learners, of whom two have completed steps that are gone.
async fn filled(database: &Database<'_>) -> Platform {
    let platform = connect(database).await;
    publish(&platform, &walkthrough("wt_1", &["a", "b"]), None).await.expect("published");
    database.run(
        r#"INSERT INTO mcp_server_user (id) VALUES ('u1'), ('u2'), ('u3');
           INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps, current_step_id,
             completed_at, started_at, last_activity_at, metadata)
           VALUES ('p1', 'u1', 'wt_1', '["a", "gone", 1.50, null]', 'b', NULL, 1, 2, '{"theirs": 12345678901234567890}'),
             ('p2', 'u2', 'wt_1', '["gone", "lost"]', NULL, 7, 1, 2, NULL),
             ('p3', 'u3', 'wt_1', '["a"]', 'b', NULL, 1, 2, NULL)"#,
    );
    platform
}

const OTHERS: &str = "SELECT id, mcp_server_user_id, current_step_id, completed_at, started_at, last_activity_at, \
    metadata::text FROM walkthrough_progress ORDER BY id";

#[tokio::test]
async fn ghosts_go_and_everything_else_of_a_learner_stays() {
    let database = shared().database().with_example();
    let platform = filled(&database).await;
    let id = WalkthroughId::from("wt_1");
    let before = database.run(OTHERS);
    let seen = plan(&platform, &id).await.expect("planned");
    assert_eq!(seen.learners, 2);
    let ghosts: Vec<_> = seen.ghosts.iter().map(|ghost| (ghost.step.as_str(), ghost.learners)).collect();
    assert_eq!(ghosts, [("gone", 2), ("lost", 1)]);
    assert!(database.run("SELECT completed_steps FROM walkthrough_progress WHERE id = 'p1'").contains("gone"));

    assert_eq!(clean(&platform, &id, &seen.digest).await.expect("cleaned"), seen);
    let lists = database.run("SELECT completed_steps::text FROM walkthrough_progress ORDER BY id");
    assert_eq!(lists, "[\"a\", 1.50, null]\n[]\n[\"a\"]");
    assert_eq!(database.run(OTHERS), before);
    let again = plan(&platform, &id).await.expect("planned");
    assert_eq!((again.learners, again.ghosts.len()), (0, 0));
}

#[tokio::test]
async fn a_plan_that_is_out_of_date_cleans_nothing() {
    let database = shared().database().with_example();
    let platform = filled(&database).await;
    let id = WalkthroughId::from("wt_1");
    let seen = plan(&platform, &id).await.expect("planned");
    database.run(r#"UPDATE walkthrough_progress SET completed_steps = '["gone", "b"]' WHERE id = 'p3'"#);
    let before = database.run("SELECT completed_steps::text FROM walkthrough_progress ORDER BY id");
    assert_eq!(clean(&platform, &id, &seen.digest).await.expect_err("changed").code, Code::Conflict);
    assert_eq!(database.run("SELECT completed_steps::text FROM walkthrough_progress ORDER BY id"), before);
}

#[tokio::test]
async fn another_organization_finds_nothing_and_the_grants_of_a_publisher_suffice() {
    let database = shared().database().with_example();
    let platform = filled(&database).await;
    let id = WalkthroughId::from("wt_1");
    let digest = plan(&platform, &id).await.expect("planned").digest;
    let other = Connection { organization: OTHER_ORGANIZATION.into(), ..connection(&database) };
    let other = Platform::connect(&other, None).await.expect("it answers");
    assert_eq!(plan(&other, &id).await.expect_err("not theirs").code, Code::NotFound);
    assert_eq!(clean(&other, &id, &digest).await.expect_err("not theirs").code, Code::NotFound);
    let grants = "GRANT SELECT ON organization, mcp_servers, walkthrough_step_completions TO {role};
        GRANT SELECT, INSERT, UPDATE ON walkthroughs TO {role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON walkthrough_steps, mcp_server_walkthroughs TO {role};
        GRANT SELECT, UPDATE ON walkthrough_progress TO {role}";
    let publisher = connect_as(&database, grants).await;
    clean(&publisher, &id, &digest).await.expect("cleaned");
}
