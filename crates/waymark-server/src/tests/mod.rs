//! The doors in process: the router called directly, and MCP over an in-memory pipe.

mod cancel;
mod clients;
mod conversation;
mod http;
mod notices;
mod pipe;
mod reading;
mod schemas;

use std::{
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use tempfile::TempDir;
use waymark_app::learn::{Learners, World};
use waymark_core::{
    connection::{Connection, TlsMode},
    content::{ContentFields, FieldsV1},
    walkthrough::{Assignment, Millis, Step, Walkthrough, WalkthroughStatus, WalkthroughType},
};
use waymark_library::{Env, Library, drafts};
use waymark_platform::connect::Platform;
use waymark_testkit::postgres::{Database, ORGANIZATION, USER, shared};

const WORLD: World = World { now, random: waymark_app::clock::random };

fn now() -> Millis {
    Millis(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64))
}

/// Drafts: `wt_1` with the steps `a`, `b` and `c`, and no other.
async fn drafts() -> (TempDir, Library, Learners) {
    let folder = tempfile::tempdir().expect("a folder");
    let env = Env { now: WORLD.now, random: WORLD.random };
    let library = Library::open(folder.path(), env).await.expect("a library");
    drafts::insert(&library, walkthrough("wt_1", &["a", "b", "c"]), "test").await.expect("inserted");
    let learners = Learners::Preview(library.clone(), WORLD);
    (folder, library, learners)
}

/// Production: the same walkthrough, at the server `docs`.
async fn production() -> (Database<'static>, Learners) {
    let database = shared().database().with_example();
    database.run(
        "INSERT INTO walkthroughs (id, organization_id, title, status)
           VALUES ('wt_1', 'org_example', 'Walkthrough wt_1', 'published');
         INSERT INTO walkthrough_steps (id, walkthrough_id, title, content_fields, display_order)
           SELECT s, 'wt_1', 'Title of ' || s, '{\"version\": \"v1\", \"contentForUser\": \"Say it\"}', ascii(s)
           FROM unnest(ARRAY['a', 'b', 'c']) s;
         INSERT INTO mcp_server_walkthroughs (id, mcp_server_id, walkthrough_id)
           SELECT 'msw_1', id, 'wt_1' FROM mcp_servers WHERE slug = 'docs'",
    );
    let learners = connect(&database, USER).await;
    (database, learners)
}

/// The learners of a database, as `role` may see and change them.
async fn connect(database: &Database<'_>, role: &str) -> Learners {
    connect_at(database, role, database.cluster().socket_dir()).await
}

/// The same over the socket in another folder.
async fn connect_at(database: &Database<'_>, role: &str, folder: &Path) -> Learners {
    let connection = Connection {
        id: "con_test".into(),
        name: "Test".to_owned(),
        host: folder.display().to_string(),
        port: database.cluster().port(),
        database: database.name().to_owned(),
        user: role.to_owned(),
        tls: TlsMode::Disable,
        ca_file: None,
        client_certificate: None,
        client_key: None,
        organization: ORGANIZATION.into(),
        is_production: false,
        asks_before_publish: true,
        requires_approval: false,
        asset_base_url: None,
        is_pgbouncer: false,
    };
    let platform = Platform::connect(&connection, None).await.expect("the throwaway database answers");
    Learners::Live(platform, WORLD, Default::default())
}

fn walkthrough(id: &str, steps: &[&str]) -> Walkthrough {
    let step = |(index, id): (usize, &&str)| Step {
        id: (*id).into(),
        title: format!("Title of {id}"),
        content_fields: ContentFields::V1(FieldsV1 {
            content_for_user: Some(format!("Say \"{id}\": ä — 漢字\r\n\ttab and \\n")),
            ..FieldsV1::default()
        }),
        display_order: index as i32,
        next_step_id: None,
        created_at: None,
        updated_at: None,
        metadata: None,
    };
    Walkthrough {
        status: WalkthroughStatus::Published,
        steps: steps.iter().enumerate().map(step).collect(),
        assignments: vec![Assignment {
            id: format!("msw_{id}").into(),
            server: "docs".to_owned(),
            display_order: 0,
            is_enabled: true,
            created_at: None,
        }],
        ..Walkthrough::new(id, format!("Walkthrough {id}"), WalkthroughType::Course)
    }
}
