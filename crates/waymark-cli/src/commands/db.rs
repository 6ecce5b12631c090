//! `waymark db status`, `grants` and `create`: the platform's schema behind a connection.

use serde::Serialize;
use waymark_app::connections;
use waymark_core::error::Result;
use waymark_library::connections as saved;
use waymark_platform::{
    connect::Platform,
    db::{self, DatabaseStatus, Missing, MissingKind, Shape, grants},
};

use super::connections::publishable;
use crate::{
    Answer,
    args::production::{Db, Persona},
    context::Context,
};

#[derive(Serialize)]
struct Checked {
    persona: grants::Persona,
    missing: Vec<String>,
}

#[derive(Serialize)]
struct Planned {
    sql: String,
}

/// Runs one of them.
pub async fn run(context: &Context, command: Db) -> Result<Answer> {
    match command {
        Db::Status { connection } => status(context, &connection).await,
        Db::Grants { connection, persona, check: true, .. } => check(context, &connection, of(persona)).await,
        Db::Grants { connection, persona, role, check: false } => {
            let connection = saved::find(&context.app().await?.library, &connection).await?;
            let role = role.as_deref().unwrap_or(&connection.user);
            let planned = Planned { sql: grants::statements(of(persona), role, &connection.database) };
            context.output.answer(&planned, || planned.sql.clone())?;
            Ok(Answer::Yes)
        }
        Db::Create { connection, dry_run: false } => create(context, &connection).await,
        Db::Create { dry_run: true, .. } => {
            let planned = Planned { sql: db::schema_sql() };
            context.output.answer(&planned, || planned.sql.clone())?;
            Ok(Answer::Yes)
        }
    }
}

fn of(persona: Persona) -> grants::Persona {
    match persona {
        Persona::Reader => grants::Persona::Reader,
        Persona::Publisher => grants::Persona::Publisher,
        Persona::Server => grants::Persona::Server,
    }
}

async fn check(context: &Context, name: &str, persona: grants::Persona) -> Result<Answer> {
    let platform = open(context, name).await?;
    let missing = grants::missing(&platform, persona).await;
    platform.close().await;
    let checked = Checked { persona, missing: missing? };
    context.output.answer(&checked, || match checked.missing.as_slice() {
        [] => "The role has every right it needs.".to_owned(),
        missing => format!("The role lacks `{}`.", missing.join("`, `")),
    })?;
    Ok(if checked.missing.is_empty() { Answer::Yes } else { Answer::No })
}

async fn open(context: &Context, name: &str) -> Result<Platform> {
    let app = context.app().await?;
    let connection = saved::find(&app.library, name).await?;
    connections::open(app, &connection).await
}

async fn status(context: &Context, name: &str) -> Result<Answer> {
    let platform = open(context, name).await?;
    let status = db::status(&platform).await;
    platform.close().await;
    let status = status?;
    context.output.answer(&status, || words(&status))?;
    Ok(publishable(context, &status))
}

async fn create(context: &Context, name: &str) -> Result<Answer> {
    let platform = open(context, name).await?;
    let created = db::create(&platform).await;
    let status = match created {
        Ok(()) => db::status(&platform).await,
        Err(error) => Err(error),
    };
    platform.close().await;
    let status = status?;
    context.output.answer(&status, || words(&status))?;
    Ok(Answer::Yes)
}

/// What a database has and lacks, in lines.
pub fn words(status: &DatabaseStatus) -> String {
    let shape = match status.shape {
        Shape::Empty => "empty",
        Shape::Current => "current",
        Shape::Partial => "current, with parts missing",
        Shape::Older => "older",
        Shape::Foreign => "something else's tables",
    };
    let mut lines = vec![format!("Schema: {shape}")];
    lines.extend(status.missing.iter().map(line));
    lines.join("\n")
}

fn line(missing: &Missing) -> String {
    let kind = match missing.kind {
        MissingKind::Table => "table",
        MissingKind::Column => "column",
        MissingKind::Index => "index (it is only slower without)",
        MissingKind::Grant => "grant",
    };
    format!("Missing {kind}: {}", missing.name)
}
