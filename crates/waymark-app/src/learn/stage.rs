//! Both stores behind one face, for tests that run on each: a real SQLite file, and a real Postgres.

use std::{cell::Cell, time::Duration};

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use waymark_core::{
    connection::{Connection, TlsMode},
    content::{ContentFields, FieldsV1},
    edit::Edit,
    error::Result,
    json::FreeJson,
    learner::{
        call::{Call, Profile},
        standing::Scope,
    },
    walkthrough::{Assignment, Millis, Step, Walkthrough, WalkthroughStatus, WalkthroughType},
};
use waymark_library::{
    Env, Library, drafts,
    edits::{self, ApplyEdit},
};
use waymark_platform::connect::{Patience, Platform};
use waymark_testkit::postgres::{Database, ORGANIZATION, USER, shared};

use super::{Heard, Learners, World};
use crate::clock;

/// The server that everything is assigned to.
pub const SERVER: &str = "docs";

/// For many calls at once, which wait for each other.
pub const PATIENT: Patience = Patience { connect: Duration::from_secs(300), answer: Duration::from_secs(60) };

thread_local! {
    static NOW: Cell<i64> = const { Cell::new(1_790_000_000_000) };
}

/// Moves the clock of this thread.
pub fn pass(millis: i64) {
    NOW.set(NOW.get() + millis);
}

fn now() -> Millis {
    pass(1);
    Millis(NOW.get())
}

const WORLD: World = World { now, random: clock::random };

pub enum Stage {
    Preview(TempDir, Library),
    Live(Database<'static>, Platform),
}

/// A learner who says nothing about who they are, in a session of this name.
pub fn session(name: &str) -> Scope {
    Scope { server: Some(SERVER.to_owned()), session: Some(name.into()), ..Scope::default() }
}

/// An identified learner.
pub fn user(name: &str) -> Scope {
    Scope { server: Some(SERVER.to_owned()), tracking: Some(name.to_owned()), ..Scope::default() }
}

pub fn start(name: Option<&str>) -> Call {
    Call::Start { name: name.map(str::to_owned), restart: false, email: None }
}

pub fn next(step: Option<&str>) -> Call {
    Call::Next { step: step.map(Into::into) }
}

pub fn walkthrough(id: &str, steps: &[&str]) -> Walkthrough {
    let step = |(index, id): (usize, &&str)| Step {
        id: (*id).into(),
        title: format!("Title of {id}"),
        content_fields: ContentFields::V1(FieldsV1 {
            content_for_user: Some(format!("Say “{id}”: {{{{ not.evaluated }}}}\r\n\\n")),
            operations_for_agent: Some("1. Do it.\n".to_owned()),
            ..FieldsV1::default()
        }),
        display_order: index as i32,
        next_step_id: None,
        created_at: Some(Millis(1)),
        updated_at: Some(Millis(1)),
        metadata: None,
    };
    Walkthrough {
        id: id.into(),
        title: format!("Walkthrough {id}"),
        description: Some("What it is about.".to_owned()),
        kind: WalkthroughType::Course,
        status: WalkthroughStatus::Published,
        created_at: Some(Millis(1)),
        updated_at: Some(Millis(1)),
        estimated_duration_minutes: Some(5),
        tags: vec!["tag".to_owned()],
        metadata: Some(FreeJson::parse(r#"{"theirs":1}"#).expect("valid")),
        steps: steps.iter().enumerate().map(step).collect(),
        assignments: vec![Assignment {
            id: format!("msw_{id}").into(),
            server: SERVER.to_owned(),
            display_order: 0,
            is_enabled: true,
            created_at: Some(Millis(1)),
        }],
    }
}

impl Stage {
    pub async fn preview() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let library =
            Library::open(folder.path(), Env { now: clock::now, random: clock::random }).await.expect("a library");
        Stage::Preview(folder, library)
    }

    pub async fn live() -> Self {
        Self::reached(Patience::DEFAULT, |_| {}).await
    }

    /// Production, reached in a way of its own.
    pub async fn reached(patience: Patience, how: impl FnOnce(&mut Connection)) -> Self {
        let database = shared().database().with_example();
        let mut connection = Connection {
            id: "con_test".into(),
            name: "Test".to_owned(),
            host: database.cluster().socket_dir().display().to_string(),
            port: database.cluster().port(),
            database: database.name().to_owned(),
            user: USER.to_owned(),
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
        how(&mut connection);
        let connected = Platform::connect_within(&connection, None, patience).await;
        let platform = connected.expect("the throwaway database answers");
        Stage::Live(database, platform)
    }

    pub fn learners(&self) -> Learners {
        match self {
            Stage::Preview(_, library) => Learners::Preview(library.clone(), WORLD),
            Stage::Live(_, platform) => Learners::Live(platform.clone(), WORLD, Default::default()),
        }
    }

    pub async fn call(&self, scope: &Scope, call: &Call) -> Heard {
        self.ask(scope, call, Profile::Current).await.expect("answered")
    }

    /// A call that nobody calls off.
    pub async fn ask(&self, scope: &Scope, call: &Call, profile: Profile) -> Result<Heard> {
        self.learners().call(scope, call, profile, &CancellationToken::new()).await
    }

    /// The database of production.
    pub fn database(&self) -> &Database<'static> {
        match self {
            Stage::Live(database, _) => database,
            Stage::Preview(..) => panic!("drafts are in no database"),
        }
    }

    /// Makes the calls one after another and compares what comes: a step's id, else the action.
    pub async fn play(&self, scope: &Scope, calls: &[(Call, &str)]) {
        for (at, (call, expected)) in calls.iter().enumerate() {
            let output = self.call(scope, call).await.output;
            let said = output.step.map_or(output.action, |step| step.id);
            assert_eq!(said, *expected, "call {at}: {call:?}");
        }
    }

    /// What the author has from now on.
    pub async fn put(&self, walkthrough: &Walkthrough) {
        match self {
            Stage::Preview(_, library) => match drafts::open(library, &walkthrough.id).await {
                Err(_) => drop(drafts::receive(library, walkthrough.clone(), "test").await.expect("received")),
                Ok(_) => {
                    let edit = Edit::Replace { walkthrough: Box::new(walkthrough.clone()) };
                    let (walkthrough, origin) = (walkthrough.id.clone(), "test".to_owned());
                    let edit = ApplyEdit { walkthrough, edit, seen_version: None, origin };
                    edits::apply(library, edit).await.expect("replaced");
                }
            },
            Stage::Live(database, _) => drop(database.run(&upsert(walkthrough))),
        }
    }

    /// One value, as text. The two stores have the same tables.
    pub async fn value(&self, sql: &str) -> String {
        match self {
            Stage::Live(database, _) => database.run(sql),
            Stage::Preview(folder, _) => {
                let options = SqliteConnectOptions::new().filename(folder.path().join("library.sqlite"));
                let mut connection = SqliteConnection::connect_with(&options).await.expect("opened");
                let value: Option<String> =
                    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT CAST(({sql}) AS TEXT)")))
                        .fetch_one(&mut connection)
                        .await
                        .expect("a value");
                connection.close().await.expect("closed");
                value.unwrap_or_default()
            }
        }
    }
}

fn upsert(walkthrough: &Walkthrough) -> String {
    let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let id = &walkthrough.id;
    let kept: Vec<String> = walkthrough.steps.iter().map(|step| text(step.id.as_str())).collect();
    let kept = if kept.is_empty() { "''".to_owned() } else { kept.join(",") };
    let metadata = walkthrough.metadata.as_ref().map_or("NULL".to_owned(), |json| text(json.as_str()));
    let mut sql = format!(
        "INSERT INTO walkthroughs (id, organization_id, title, description, type, status, estimated_duration_minutes,
           tags, metadata) VALUES ('{id}', '{ORGANIZATION}', {}, 'What it is about.', 'course', '{}', 5, '[\"tag\"]',
           {metadata}) ON CONFLICT (id) DO UPDATE
           SET title = excluded.title, status = excluded.status, metadata = excluded.metadata;
         UPDATE walkthrough_steps SET next_step_id = NULL WHERE walkthrough_id = '{id}';
         UPDATE walkthrough_progress SET current_step_id = NULL
           WHERE walkthrough_id = '{id}' AND current_step_id NOT IN ({kept});
         DELETE FROM walkthrough_steps WHERE walkthrough_id = '{id}' AND id NOT IN ({kept});",
        text(&walkthrough.title),
        walkthrough.status,
    );
    for step in &walkthrough.steps {
        sql.push_str(&format!(
            "INSERT INTO walkthrough_steps (id, walkthrough_id, title, content_fields, display_order)
               VALUES ({}, '{id}', {}, {}, {}) ON CONFLICT (id) DO UPDATE SET title = excluded.title,
               display_order = excluded.display_order, content_fields = excluded.content_fields;",
            text(step.id.as_str()),
            text(&step.title),
            text(step.content_fields.to_json().as_str()),
            step.display_order,
        ));
    }
    for (step, next) in walkthrough.steps.iter().filter_map(|step| Some((&step.id, step.next_step_id.as_ref()?))) {
        sql.push_str(&format!("UPDATE walkthrough_steps SET next_step_id = '{next}' WHERE id = '{step}';"));
    }
    for assignment in &walkthrough.assignments {
        sql.push_str(&format!(
            "INSERT INTO mcp_server_walkthroughs (id, mcp_server_id, walkthrough_id, display_order, is_enabled)
               SELECT '{}', m.id, '{id}', {}, '{}' FROM mcp_servers m WHERE m.slug = '{}'
               ON CONFLICT (id) DO UPDATE SET is_enabled = excluded.is_enabled;",
            assignment.id, assignment.display_order, assignment.is_enabled, assignment.server,
        ));
    }
    sql
}
