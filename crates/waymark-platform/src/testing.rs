//! What the tests of this crate share: connections to throwaway databases, and a walkthrough to publish.

use waymark_core::{
    connection::{Connection, TlsMode},
    content::{ContentFields, FieldsV1},
    json::FreeJson,
    publish::plan::{self, Intent},
    walkthrough::{Assignment, Millis, Step, Walkthrough, WalkthroughType},
};
use waymark_testkit::postgres::{Database, ORGANIZATION, USER};

use crate::{connect::Platform, publish::Change};

pub const NOW: Millis = Millis(1_790_000_000_000);

/// A connection over the Unix socket, for the first organization of the example.
pub fn connection(database: &Database) -> Connection {
    Connection {
        id: "con_test".into(),
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

pub async fn connect(database: &Database<'_>) -> Platform {
    Platform::connect(&connection(database), None).await.expect("the throwaway database answers")
}

pub fn step(id: &str) -> Step {
    let fields = FieldsV1 {
        introduction_for_agent: Some(format!("Introduction of {id}")),
        content_for_user: Some(format!("Say `{id}` — “word for word”, \\n and all.\r\n")),
        extra: vec![("theirs".into(), FreeJson::parse("12345678901234567890123").expect("valid"))],
        ..FieldsV1::default()
    };
    Step {
        content_fields: ContentFields::V1(fields),
        display_order: 0,
        metadata: Some(FreeJson::parse(r#"{"z":1.50,"a":[null,true]}"#).expect("valid")),
        ..Step::new(id, format!("Title of {id}"))
    }
}

/// Steps in this order, each pointing to the next, assigned to `docs`.
pub fn walkthrough(id: &str, steps: &[&str]) -> Walkthrough {
    let mut steps: Vec<Step> = steps.iter().map(|id| step(id)).collect();
    let ids: Vec<_> = steps.iter().map(|step| step.id.clone()).collect();
    for (index, step) in steps.iter_mut().enumerate() {
        step.display_order = index as i32;
        step.next_step_id = ids.get(index + 1).cloned();
    }
    Walkthrough {
        description: Some(String::new()),
        estimated_duration_minutes: Some(7),
        tags: vec!["one".into(), "\"two\"".into()],
        metadata: Some(FreeJson::parse(r#"{"theme":"dark","n":98765432109876543210}"#).expect("valid")),
        steps,
        assignments: vec![Assignment {
            id: format!("msw_{id}").as_str().into(),
            server: "docs".into(),
            display_order: 3,
            is_enabled: true,
            created_at: None,
        }],
        ..Walkthrough::new(id, format!("Title of {id}"), WalkthroughType::Integration)
    }
}

/// What a publish of the draft is to leave.
pub fn target(mine: &Walkthrough, theirs: Option<&Walkthrough>) -> Walkthrough {
    let revision = theirs.and_then(plan::revision).unwrap_or_default() + 1;
    plan::target(mine, theirs, Intent::default(), revision)
}

/// Publishes a draft over what production has.
pub async fn publish(
    platform: &Platform,
    mine: &Walkthrough,
    seen: Option<&Walkthrough>,
) -> waymark_core::error::Result<Walkthrough> {
    crate::publish::apply(
        platform,
        Change { target: &target(mine, seen), seen, now: NOW, wordings: &Default::default() },
    )
    .await
}

/// A connection as a role of its own, with these grants (`{role}` stands for its name).
pub async fn connect_as(database: &Database<'_>, grants: &str) -> Platform {
    let role = format!("role_{}", database.name());
    database.run(&format!("CREATE ROLE {role} LOGIN; {}", grants.replace("{role}", &role)));
    let connection = Connection { user: role, ..connection(database) };
    Platform::connect(&connection, None).await.expect("the role may log in")
}
