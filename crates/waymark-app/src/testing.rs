//! What the tests of this crate share: an app over a library of its own, connected to a throwaway database.

use tempfile::TempDir;
use waymark_core::{
    connection::{Connection, TlsMode},
    content::{ContentFields, FieldsV1},
    edit::Edit,
    id::{ConnectionId, WalkthroughId},
    walkthrough::{Assignment, Step, Walkthrough, WalkthroughType},
};
use waymark_library::{
    Library, connections, drafts,
    edits::{self, ApplyEdit},
};
use waymark_testkit::{
    content::{self, Content},
    postgres::{Database, ORGANIZATION, USER},
};

use crate::{App, Env, clock, secrets::Secrets};

/// An app with a library in a folder of its own, and the connection `con_test` to the database.
pub async fn app(database: &Database<'_>) -> (App, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let world = waymark_library::Env { now: clock::now, random: clock::random };
    let library = Library::open(folder.path(), world).await.expect("a library");
    let env =
        Env { now: clock::now, random: clock::random, data_dir: folder.path().to_owned(), origin: "test".to_owned() };
    let app = App { library, secrets: Secrets::memory_only(), env };
    connections::save(&app.library, connection(database), "test").await.expect("saved");
    (app, folder)
}

/// Everything that library and database hold, for showing that a refusal changed nothing.
pub struct Held<'a> {
    app: &'a App,
    database: &'a Database<'a>,
    content: [Content; 2],
}

impl<'a> Held<'a> {
    pub fn now(app: &'a App, database: &'a Database<'a>) -> Self {
        Self { app, database, content: Self::look(app, database) }
    }

    fn look(app: &App, database: &Database<'_>) -> [Content; 2] {
        [content::of_library(&app.env.data_dir), database.content()]
    }

    /// Every table of both is as it was.
    #[track_caller]
    pub fn is_still_there_after(&self, what: &str) {
        let after = Self::look(self.app, self.database);
        for (before, after) in self.content.iter().zip(&after) {
            before.assert_is(after, what);
        }
    }
}

pub fn con_test() -> ConnectionId {
    "con_test".into()
}

fn connection(database: &Database) -> Connection {
    Connection {
        id: con_test(),
        name: "Test".into(),
        host: database.cluster().socket_dir().display().to_string(),
        port: database.cluster().port(),
        database: database.name().to_owned(),
        user: USER.into(),
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
    }
}

/// A draft with these steps, assigned to `docs`.
pub fn walkthrough(id: &str, steps: &[&str]) -> Walkthrough {
    let step = |(index, id): (usize, &&str)| Step {
        id: (*id).into(),
        title: format!("Title of {id}"),
        content_fields: ContentFields::V1(FieldsV1 {
            content_for_user: Some(format!("Say {id}.")),
            ..FieldsV1::default()
        }),
        display_order: index as i32 + 1,
        next_step_id: None,
        created_at: None,
        updated_at: None,
        metadata: None,
    };
    Walkthrough {
        description: Some("What it is for.".into()),
        estimated_duration_minutes: Some(5),
        tags: vec!["test".into()],
        steps: steps.iter().enumerate().map(step).collect(),
        assignments: vec![Assignment {
            id: format!("msw_{id}").as_str().into(),
            server: "docs".into(),
            display_order: 1,
            is_enabled: true,
            created_at: None,
        }],
        ..Walkthrough::new(id, format!("Title of {id}"), WalkthroughType::Course)
    }
}

/// The draft in the library.
pub async fn draft(app: &App, id: &str) -> Walkthrough {
    drafts::open(&app.library, &id.into()).await.expect("a draft").draft.walkthrough
}

pub async fn edit(app: &App, id: &WalkthroughId, edit: Edit) {
    let apply = ApplyEdit { walkthrough: id.clone(), edit, seen_version: None, origin: "test".to_owned() };
    edits::apply(&app.library, apply).await.expect("edited");
}

pub fn rename(title: &str) -> Edit {
    Edit::SetTitle { title: title.to_owned() }
}
