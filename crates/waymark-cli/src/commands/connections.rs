//! `waymark connection add`, `list`, `test` and `remove`. A password comes from standard input only, and goes to the
//! keyring; `PGPASSWORD` serves for one run.

use std::path::PathBuf;

use serde::Serialize;
use waymark_app::{App, connections, secrets::Keep};
use waymark_core::{
    connection::{self, Connection, TlsMode},
    error::{Error, Result},
    id::{ConnectionId, OrganizationId},
};
use waymark_library::connections as saved;
use waymark_platform::{check::ConnectionReport, db::DatabaseStatus};

use crate::{
    Answer,
    args::production::{self, ConnectionAdd, Tls},
    context::{Context, ORIGIN},
    input,
    output::table,
};

#[derive(Serialize)]
struct Connections {
    connections: Vec<Connection>,
}

#[derive(Serialize)]
struct Removed {
    id: ConnectionId,
    name: String,
}

/// Runs one of the four.
pub async fn run(context: &Context, command: production::Connection) -> Result<Answer> {
    match command {
        production::Connection::Add(args) => add(context, args).await,
        production::Connection::List => list(context).await,
        production::Connection::Test { connection } => test(context, &connection).await,
        production::Connection::Remove { connection } => remove(context, &connection).await,
    }
}

async fn add(context: &Context, args: ConnectionAdd) -> Result<Answer> {
    let app = context.app().await?;
    let (connection, notices) = read(app, &args)?;
    let password = if args.password_stdin { Some(input::read_password()?) } else { None };
    let has_password = password.is_some();
    if let Some(password) = password {
        app.secrets.set_password(&connection.id, password, Keep::Keyring).await?;
    }
    let id = connection.id.clone();
    let connection = match saved::save(&app.library, connection, ORIGIN).await {
        Ok(connection) => connection,
        Err(error) => {
            if has_password {
                app.secrets.forget(&id).await?;
            }
            return Err(error);
        }
    };
    for notice in notices {
        context.output.note(&notice);
    }
    if !has_password && !connection.host.starts_with('/') && connection.client_certificate.is_none() {
        context.output.note("No password is kept. Add one with `--password-stdin`, or set `PGPASSWORD` for a run.");
    }
    context.output.answer(&connection, || format!("Added {} ({})", connection.name, connection.id))?;
    Ok(Answer::Yes)
}

/// The connection that the arguments describe, and what was noticed in its URL.
fn read(app: &App, args: &ConnectionAdd) -> Result<(Connection, Vec<String>)> {
    let url = connection::parse_url(&args.url)?;
    if url.password.is_some() {
        return Err(Error::invalid("There is a password in the URL, where every process of this machine can read it.")
            .with_field("url")
            .with_hint(
                "Change that password, leave it out of the URL, and pipe the new one in with `--password-stdin`.",
            ));
    }
    let tls = args.tls.map_or(url.tls, TlsMode::from);
    let ca_file = args.ca.as_ref().map(|path| path.display().to_string()).or(url.ca_file);
    let file = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let client_certificate = file(&args.cert).or(url.client_certificate);
    let client_key = file(&args.key).or(url.client_key);
    let connection = Connection {
        id: ConnectionId::mint(app.env.random),
        name: args.name.clone(),
        host: url.host,
        port: url.port,
        database: url.database,
        user: url.user,
        tls,
        ca_file,
        client_certificate,
        client_key,
        organization: OrganizationId::from(args.organization.as_str()),
        is_production: args.production,
        asks_before_publish: !args.no_ask,
        requires_approval: args.require_approval,
        asset_base_url: args.asset_base_url.clone(),
        is_pgbouncer: url.is_pgbouncer,
    };
    if tls == TlsMode::Disable && !connection.is_local() {
        return Err(Error::invalid(format!(
            "`{}` is another machine, and the connection would not be encrypted.",
            connection.host
        ))
        .with_field("tls")
        .with_hint("Use `--tls verify-full`, with `--ca FILE` for a certificate authority of your own."));
    }
    Ok((connection, url.notices))
}

impl From<Tls> for TlsMode {
    fn from(tls: Tls) -> Self {
        match tls {
            Tls::VerifyFull => TlsMode::VerifyFull,
            Tls::VerifyCa => TlsMode::VerifyCa,
            Tls::Require => TlsMode::Require,
            Tls::Disable => TlsMode::Disable,
        }
    }
}

async fn list(context: &Context) -> Result<Answer> {
    let connections = saved::list(&context.app().await?.library).await?;
    let value = Connections { connections };
    context.output.answer(&value, || columns(&value.connections))?;
    if value.connections.is_empty() && !context.output.is_json {
        context.output.note("No connections. Add one with `waymark connection add`, or try `waymark sandbox up`.");
    }
    Ok(Answer::Yes)
}

fn columns(connections: &[Connection]) -> String {
    if connections.is_empty() {
        return String::new();
    }
    let row = |connection: &Connection| {
        let Connection { name, host, port, database, user, organization, .. } = connection;
        vec![
            name.clone(),
            format!("{user}@{host}:{port}/{database}"),
            organization.to_string(),
            connection.id.to_string(),
            if connection.is_production { "production".to_owned() } else { String::new() },
        ]
    };
    table(&["name", "where", "organization", "id", "marked as"], &connections.iter().map(row).collect::<Vec<_>>())
}

async fn test(context: &Context, name: &str) -> Result<Answer> {
    let app = context.app().await?;
    let connection = saved::find(&app.library, name).await?;
    let report = connections::test(app, &connection, None).await?;
    context.output.answer(&report, || words(&report))?;
    if let Some(why) = report.read_only {
        context.output.note(&format!("{} {}", why.message(), why.hint()));
        return Ok(Answer::No);
    }
    Ok(publishable(context, &report.status))
}

fn words(report: &ConnectionReport) -> String {
    let encryption = report.tls.as_deref().unwrap_or("not encrypted");
    let servers: Vec<&str> = report.servers.iter().map(|server| server.slug.as_str()).collect();
    let mut lines = vec![format!("PostgreSQL {} ({encryption})", report.server_version)];
    lines.extend(report.organization_name.as_ref().map(|name| format!("Organization: {name}")));
    lines.push(format!("MCP servers: {}", if servers.is_empty() { "none".to_owned() } else { servers.join(", ") }));
    lines.push(super::db::words(&report.status));
    lines.join("\n")
}

/// Whether one could publish there; the reason goes beside the answer.
pub fn publishable(context: &Context, status: &DatabaseStatus) -> Answer {
    match status.check_publishable() {
        Ok(()) => Answer::Yes,
        Err(error) => {
            context.output.note(&error.to_string());
            Answer::No
        }
    }
}

async fn remove(context: &Context, name: &str) -> Result<Answer> {
    let app = context.app().await?;
    let connection = saved::find(&app.library, name).await?;
    connections::remove(app, &connection.id).await?;
    let removed = Removed { id: connection.id, name: connection.name };
    context.output.answer(&removed, || format!("Removed {}", removed.name))?;
    Ok(Answer::Yes)
}
