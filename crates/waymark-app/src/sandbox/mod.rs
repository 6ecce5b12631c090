//! A private Postgres to try everything on: an example organization with two MCP servers, on a Unix socket.
//!
//! It is made from the PostgreSQL on this machine, in the app's data folder, and touches no other server. Started by
//! the window it ends with the window, however that ends; started by the command line it runs until it is stopped.
//! Making, starting and furnishing are each skipped where they were done: `up` may be called at any time.

mod place;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use serde::Serialize;
use waymark_cluster::{AfterEnd, Cluster, Running, SUPERUSER};
use waymark_core::{
    connection::{Connection, ServerInfo, TlsMode},
    error::{Code, Error, Result},
    id::{ConnectionId, OrganizationId},
};
use waymark_library::{connections, servers};
use waymark_platform::{
    connect::Platform,
    db::{self, Shape},
    sandbox,
};

use crate::{App, Env};

/// The name of the connection that leads to it.
pub const CONNECTION: &str = "Sandbox";
/// The id of its organization.
pub const ORGANIZATION: &str = "org_sandbox";
const ORGANIZATION_NAME: &str = "Example organization";
const DATABASE: &str = "postgres";
/// The port is only a part of the socket's name.
const PORT: u16 = 5432;
/// Small, and quick rather than durable to the last transaction: it is there to be thrown away.
const SETTINGS: &[(&str, &str)] = &[
    ("shared_buffers", "32MB"),
    ("max_connections", "60"),
    ("synchronous_commit", "off"),
    ("wal_level", "minimal"),
    ("max_wal_senders", "0"),
];

/// How long it is to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// As long as the returned [`Hold`], and never longer than this process.
    WithHolder,
    /// Until [`down`].
    UntilDown,
}

/// A running sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Sandbox {
    /// For any PostgreSQL client on this machine. There is no password: whoever may open the socket's folder is in.
    pub url: String,
    /// Its organization's id.
    pub organization: OrganizationId,
    /// Slugs of its MCP servers.
    pub servers: Vec<String>,
    /// The connection `Sandbox` in the library.
    pub connection: ConnectionId,
}

/// What can be said about the sandbox without changing anything.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct SandboxStatus {
    /// Whether it was ever made.
    pub is_made: bool,
    /// Whether it answers.
    pub is_running: bool,
    /// Its URL, where it was made.
    pub url: Option<String>,
    /// Why there can be none on this machine, e.g. PostgreSQL is not installed.
    pub problem: Option<Error>,
}

/// Keeps a sandbox running. Dropping it stops what it started, and nothing else.
#[derive(Debug, Default)]
pub struct Hold(Option<Running>);

impl Hold {
    /// Whether it keeps a server that would otherwise stop.
    pub fn holds_server(&self) -> bool {
        self.0.is_some()
    }
}

/// Makes, starts and furnishes the sandbox, as far as that was not done, and saves a connection to it.
///
/// # Errors
/// `EnvironmentMissing` without PostgreSQL's server binaries (with the command that installs them), or where it does
/// not start (with its own words); `Refused` where it was made by another version.
pub async fn up(app: &App, lifetime: Lifetime) -> Result<(Sandbox, Hold)> {
    let data_dir = app.env.data_dir.clone();
    let (cluster, hold, _turn) = off_thread(move || {
        let cluster = cluster(place::find(&data_dir)?)?;
        let turn = cluster.take_turn()?;
        cluster.create()?;
        let hold = start(&cluster, lifetime)?;
        Ok((cluster, hold, turn))
    })
    .await?;
    let connection = save_connection(app, &cluster).await?;
    let servers = furnish(app, &connection).await?;
    let slugs = servers.iter().map(|server| server.slug.clone()).collect();
    servers::remember(&app.library, &connection.id, servers, &app.env.origin).await?;
    let sandbox = Sandbox {
        url: url_of(&cluster),
        organization: connection.organization,
        servers: slugs,
        connection: connection.id,
    };
    Ok((sandbox, hold))
}

/// Stops it, whoever started it. What is in it stays. No library is needed for that: also not a sound one.
///
/// # Errors
/// `EnvironmentMissing` where it does not stop.
pub async fn down(env: &Env) -> Result<()> {
    with_made(env, |cluster| cluster.stop()).await.map(drop)
}

/// Stops it and deletes everything in it; the next [`up`] makes a new one.
///
/// # Errors
/// `EnvironmentMissing` where it does not stop or its folder cannot be removed.
pub async fn reset(env: &Env) -> Result<()> {
    let data_dir = env.data_dir.clone();
    with_made(env, move |cluster| {
        cluster.destroy()?;
        place::forget(&data_dir)
    })
    .await
    .map(drop)
}

/// Whether it is there and runs.
pub async fn status(env: &Env) -> SandboxStatus {
    let looked = with_made(env, |cluster| Ok((cluster.is_running(), url_of(cluster)))).await;
    let nothing = SandboxStatus { is_made: false, is_running: false, url: None, problem: None };
    match looked {
        Ok(Some((is_running, url))) => SandboxStatus { is_made: true, is_running, url: Some(url), ..nothing },
        // Not made yet: say now whether it could be.
        Ok(None) => SandboxStatus { problem: waymark_cluster::Binaries::find().err(), ..nothing },
        Err(error) => SandboxStatus { problem: Some(error), ..nothing },
    }
}

/// Its URL, while it runs.
///
/// # Errors
/// `EnvironmentMissing` where it does not run.
pub async fn url(env: &Env) -> Result<String> {
    let SandboxStatus { is_running, url, .. } = status(env).await;
    url.filter(|_| is_running).ok_or_else(|| {
        Error::new(Code::EnvironmentMissing, "The sandbox does not run.")
            .with_hint("Start it with `waymark sandbox up`.")
    })
}

/// Does something with the sandbox that was made; `None` where there is none.
async fn with_made<T, F>(env: &Env, action: F) -> Result<Option<T>>
where
    T: Send + 'static,
    F: FnOnce(&Cluster) -> Result<T> + Send + 'static,
{
    let data_dir = env.data_dir.clone();
    off_thread(move || match place::known(&data_dir) {
        Some(place) => {
            let cluster = cluster(place)?;
            if cluster.exists() { action(&cluster).map(Some) } else { Ok(None) }
        }
        None => Ok(None),
    })
    .await
}

fn cluster(place: PathBuf) -> Result<Cluster> {
    Cluster::at(&place.join("data"), &place::sockets(&place), PORT)
}

fn start(cluster: &Cluster, lifetime: Lifetime) -> Result<Hold> {
    match lifetime {
        _ if cluster.is_running() => Ok(Hold::default()),
        Lifetime::WithHolder => Ok(Hold(Some(cluster.start(SETTINGS, AfterEnd::Keep)?))),
        Lifetime::UntilDown => cluster.start_detached(SETTINGS).map(|()| Hold::default()),
    }
}

async fn save_connection(app: &App, cluster: &Cluster) -> Result<Connection> {
    let known = connections::list(&app.library).await?.into_iter().find(|known| known.name == CONNECTION);
    let wanted = Connection {
        id: known.as_ref().map_or_else(|| ConnectionId::mint(app.env.random), |known| known.id.clone()),
        name: CONNECTION.to_owned(),
        host: cluster.sockets().display().to_string(),
        port: cluster.port(),
        database: DATABASE.to_owned(),
        user: SUPERUSER.to_owned(),
        tls: TlsMode::Disable,
        ca_file: None,
        client_certificate: None,
        client_key: None,
        organization: OrganizationId::from(ORGANIZATION),
        is_production: false,
        asks_before_publish: true,
        requires_approval: false,
        asset_base_url: None,
        is_pgbouncer: false,
    };
    match known {
        Some(known) if known == wanted => Ok(known),
        _ => connections::save(&app.library, wanted, &app.env.origin).await,
    }
}

async fn furnish(app: &App, connection: &Connection) -> Result<Vec<ServerInfo>> {
    let platform = Platform::connect(connection, None).await?;
    let status = db::status(&platform).await?;
    if status.shape == Shape::Empty {
        db::create(&platform).await?;
    } else {
        status
            .check_publishable()
            .map_err(|error| error.with_hint("Make the sandbox anew: `waymark sandbox reset`."))?;
    }
    let servers = [("docs", "Documentation"), ("support", "Support")]
        .map(|(slug, name)| ServerInfo { slug: slug.to_owned(), name: name.to_owned() });
    sandbox::furnish(&platform, ORGANIZATION_NAME, &servers, app.env.random).await?;
    let servers = waymark_platform::servers::list(&platform).await;
    platform.close().await;
    servers
}

fn url_of(cluster: &Cluster) -> String {
    let host: String =
        cluster.sockets().display().to_string().replace('%', "%25").replace('/', "%2F").replace(' ', "%20");
    format!("postgres://{SUPERUSER}@{host}:{PORT}/{DATABASE}")
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|panic| Err(Error::bug("The sandbox's thread ended early.").with_source(panic)))
}
