//! Throwaway Postgres clusters from the binaries on the machine.
//!
//! A [`Cluster`] is one server with its own data folder, reached through a Unix socket in that folder (and over loopback
//! with TLS, where a test asks for it). One is shared by all tests of a process; each test takes a [`Database`] of its
//! own from it, copied from a template, so that tests never see each other's rows.
//!
//! The server ends and its folder goes as soon as this process is gone, however it went: `waymark-cluster` sees to it.

pub mod pgbouncer;
pub mod proxy;
mod standby;
mod tls;

use std::fs;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
#[cfg(test)]
use std::process::Stdio;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use waymark_cluster::{AfterEnd, Running};

/// The superuser of every cluster. On the socket it needs no password; over TCP it has [`PASSWORD`].
pub const USER: &str = waymark_cluster::SUPERUSER;
/// The superuser's password over TCP.
pub const PASSWORD: &str = "correct horse";
/// The role that [`Purpose::Tls`] lets in with a client certificate only, and its password. A test that wants it creates it.
pub const WITH_CERTIFICATE: &str = "with_certificate";
/// The organization of [`Database::with_example`].
pub const ORGANIZATION: &str = "org_example";
/// Another organization of [`Database::with_example`], whose rows must never be seen.
pub const OTHER_ORGANIZATION: &str = "org_other";
/// The slugs of the two MCP servers of [`ORGANIZATION`].
pub const SERVERS: [&str; 2] = ["docs", "support"];

const TEMPLATE: &str = "waymark_template";
const EXAMPLE: &str = include_str!("example.sql");

/// What a cluster is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Purpose {
    /// As fast as can be: nothing survives a crash of the machine.
    #[default]
    Test,
    /// As durable as production: for measurements.
    Measure,
    /// As [`Purpose::Test`], and on loopback over TLS and nothing else, with a certificate for `localhost` by a CA of its own.
    Tls,
}

/// A running server. Dropping it stops the server and removes its folder.
#[derive(Debug)]
pub struct Cluster {
    dir: PathBuf,
    bin: PathBuf,
    port: u16,
    databases: AtomicU32,
    _running: Running,
}

/// A database of its own for one test.
#[derive(Debug)]
pub struct Database<'a> {
    cluster: &'a Cluster,
    name: String,
}

/// The cluster that the tests of this process share, with the platform's schema as its template.
///
/// # Panics
/// When Postgres is not installed or does not start: the message says what to install.
pub fn shared() -> &'static Cluster {
    static SHARED: OnceLock<Cluster> = OnceLock::new();
    SHARED.get_or_init(|| Cluster::start(Purpose::Test).unwrap_or_else(|error| panic!("{error}")))
}

impl Cluster {
    /// Starts a server and puts the platform's schema into its template.
    ///
    /// # Errors
    /// When the binaries are missing (with the package to install) or the server does not start (with its log).
    pub fn start(purpose: Purpose) -> io::Result<Self> {
        let dir = tempfile::Builder::new().prefix("wm-pg-").tempdir()?.keep();
        let port = if purpose == Purpose::Tls { free_port()? } else { 5432 };
        let server = waymark_cluster::Cluster::at(&dir.join("data"), &dir, port).map_err(io::Error::other)?;
        server.account().own(&dir).and_then(|()| server.create()).map_err(io::Error::other)?;
        let mut settings = settings(purpose);
        if purpose == Purpose::Tls {
            settings.extend(tls::create(&dir, &server)?);
        }
        let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let running = server.start(&settings, AfterEnd::Remove(&dir)).map_err(io::Error::other)?;
        let bin = server.binaries().folder.clone();
        let cluster = Self { dir, bin, port, databases: AtomicU32::new(0), _running: running };
        if purpose == Purpose::Tls {
            cluster.run("postgres", &format!("ALTER USER {USER} PASSWORD '{PASSWORD}'"))?;
        }
        cluster.run("postgres", &format!("CREATE DATABASE {TEMPLATE}"))?;
        cluster.run(TEMPLATE, &schema()?)?;
        Ok(cluster)
    }

    /// A new database with the platform's schema and nothing in it.
    ///
    /// # Panics
    /// When the server is gone.
    pub fn database(&self) -> Database<'_> {
        self.create_database(TEMPLATE)
    }

    /// A new database with nothing at all in it.
    ///
    /// # Panics
    /// When the server is gone.
    pub fn empty_database(&self) -> Database<'_> {
        self.create_database("template0")
    }

    fn create_database(&self, template: &str) -> Database<'_> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let statement = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy");
        self.run("postgres", &statement).unwrap_or_else(|error| panic!("{error}"));
        Database { cluster: self, name }
    }

    /// The folder of the Unix socket, which libpq and sqlx take for a host.
    pub fn socket_dir(&self) -> &Path {
        &self.dir
    }

    /// The port: of TCP where the cluster has it, and in the socket's name.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The certificate of the CA that signed the server's (PEM), for [`Purpose::Tls`].
    pub fn ca_file(&self) -> PathBuf {
        self.dir.join("ca.pem")
    }

    /// The certificate of a CA that signed nothing (PEM), for [`Purpose::Tls`].
    pub fn other_ca_file(&self) -> PathBuf {
        self.dir.join("other-ca.pem")
    }

    /// A client certificate for [`WITH_CERTIFICATE`] and its key (PEM), for [`Purpose::Tls`].
    pub fn client_certificate(&self) -> (PathBuf, PathBuf) {
        (self.dir.join("client.pem"), self.dir.join("client.key"))
    }

    /// The same by a CA that the server does not know.
    pub fn other_client_certificate(&self) -> (PathBuf, PathBuf) {
        (self.dir.join("other-client.pem"), self.dir.join("other-client.key"))
    }

    /// The folder with `psql`, `pgbench` and the rest.
    pub fn binaries(&self) -> &Path {
        &self.bin
    }

    /// Runs SQL as the superuser and gives what it answers, unaligned.
    ///
    /// # Errors
    /// When a statement fails: with what Postgres said.
    pub fn run(&self, database: &str, sql: &str) -> io::Result<String> {
        let script = self.dir.join(format!("script-{}-{}.sql", std::process::id(), unique()));
        fs::write(&script, sql)?;
        let output = Command::new(self.bin.join("psql"))
            .args([
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                USER,
                "-d",
                database,
                "-p",
                &self.port.to_string(),
            ])
            .arg("-h")
            .arg(&self.dir)
            .arg("-f")
            .arg(&script)
            .env_remove("PGOPTIONS")
            .output();
        fs::remove_file(&script)?;
        let output = output?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned());
        }
        Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}

impl Database<'_> {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The server it is on.
    pub fn cluster(&self) -> &Cluster {
        self.cluster
    }

    /// Two organizations, the first with two MCP servers and the second with one.
    #[must_use]
    pub fn with_example(self) -> Self {
        self.run(EXAMPLE);
        self
    }

    /// Runs SQL as the superuser and gives what it answers, unaligned.
    ///
    /// # Panics
    /// When a statement fails.
    pub fn run(&self, sql: &str) -> String {
        self.cluster.run(&self.name, sql).unwrap_or_else(|error| panic!("{error}\nin: {sql}"))
    }

    /// A URL for the Unix socket, as the superuser.
    pub fn url(&self) -> String {
        let socket = self.cluster.dir.display().to_string().replace('/', "%2F");
        format!("postgres://{USER}@{socket}:{}/{}", self.cluster.port, self.name)
    }
}

fn settings(purpose: Purpose) -> Vec<(&'static str, String)> {
    let chosen: &[(&str, &str)] = match purpose {
        Purpose::Measure => &[("shared_buffers", "256MB"), ("max_wal_size", "4GB")],
        Purpose::Test | Purpose::Tls => {
            &[("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off"), ("autovacuum", "off")]
        }
    };
    let shared = [("max_connections", "200")];
    shared.iter().chain(chosen).map(|(name, value)| (*name, (*value).to_owned())).collect()
}

fn schema() -> io::Result<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/platform");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    files.sort();
    files.iter().map(fs::read_to_string).collect()
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn unique() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

#[cfg(test)]
mod tests;
