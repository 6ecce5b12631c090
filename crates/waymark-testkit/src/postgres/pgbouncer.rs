//! PgBouncer in transaction mode in front of a cluster: clients share fewer connections than they are.

use std::fs;
use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use waymark_cluster::Account;

use super::Cluster;

/// Connections to the server: fewer than any test has clients.
const SHARED: u32 = 2;
/// How long it may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);
/// Ends with its standard input, so also with a process that is killed.
const WATCHER: &str = r#""$@" & cat >/dev/null; kill -TERM $!; wait"#;

/// A running PgBouncer. Ends with the value.
#[derive(Debug)]
pub struct Pgbouncer {
    dir: tempfile::TempDir,
    watcher: Child,
}

impl Pgbouncer {
    /// Starts one.
    ///
    /// # Errors
    /// When the machine has none, with the install hint, or when it does not come up.
    pub fn start(cluster: &Cluster) -> io::Result<Self> {
        let program = program().ok_or_else(|| io::Error::other("PgBouncer is missing: apt-get install pgbouncer"))?;
        let account = Account::for_servers().map_err(io::Error::other)?;
        let dir = tempfile::Builder::new().prefix("wm-pb-").tempdir()?;
        let settings = dir.path().join("pgbouncer.ini");
        fs::write(&settings, configuration(cluster, dir.path()))?;
        account.own(&settings).and_then(|()| account.own(dir.path())).map_err(io::Error::other)?;
        let mut command = account.command(Path::new("/bin/sh"));
        command.args(["-c", WATCHER, "waymark-pgbouncer"]).arg(program).arg(&settings);
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let started = Self { watcher: command.spawn()?, dir };
        let began = Instant::now();
        while UnixStream::connect(started.dir.path().join(format!(".s.PGSQL.{}", cluster.port()))).is_err() {
            if began.elapsed() > PATIENCE {
                let mut log = String::new();
                let _ =
                    fs::File::open(started.dir.path().join("log")).and_then(|mut file| file.read_to_string(&mut log));
                return Err(io::Error::other(format!("PgBouncer did not start: {log}")));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(started)
    }

    /// What clients take for the server's folder.
    pub fn socket_dir(&self) -> &Path {
        self.dir.path()
    }
}

impl Drop for Pgbouncer {
    fn drop(&mut self) {
        drop(self.watcher.stdin.take());
        let _ = self.watcher.wait();
    }
}

fn program() -> Option<PathBuf> {
    let usual = PathBuf::from("/usr/sbin/pgbouncer");
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join("pgbouncer")).chain([usual]).find(|program| program.is_file())
}

fn configuration(cluster: &Cluster, dir: &Path) -> String {
    let (server, dir, port) = (cluster.socket_dir().display(), dir.display(), cluster.port());
    format!(
        "[databases]\n* = host={server} port={port} user={}\n\
         [pgbouncer]\nlisten_addr =\nlisten_port = {port}\nunix_socket_dir = {dir}\nlogfile = {dir}/log\n\
         auth_type = any\npool_mode = transaction\ndefault_pool_size = {SHARED}\nmax_client_conn = 100\n",
        super::USER
    )
}
