//! A private PostgreSQL cluster made from the binaries on this machine: the sandbox and the tests stand on it.
//!
//! It never touches a server that it did not make: data folder, socket folder and settings are its own. PostgreSQL
//! refuses to run as root, so when we are root it runs as an unprivileged user. Everything here blocks; it takes about
//! a second to make a cluster and half a second to start one.

mod account;
mod binaries;
mod running;

use std::{
    fs::{self, File},
    io::Write,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use waymark_core::error::{Code, Error, Result};

pub use crate::{
    account::Account,
    binaries::Binaries,
    running::{AfterEnd, Running},
};

/// The superuser of every cluster made here; only whoever may open the socket folder can be it.
pub const SUPERUSER: &str = "waymark";
/// Bytes that a socket's path may have (`sun_path` less its final NUL, on the strictest system).
const SOCKET_PATH_MAX: usize = 103;

/// A cluster's place and the means to run it. Making a value does nothing yet.
#[derive(Debug, Clone)]
pub struct Cluster {
    binaries: Binaries,
    account: Account,
    data: PathBuf,
    sockets: PathBuf,
    port: u16,
}

/// The right to make or start a cluster, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _file: File,
}

impl Cluster {
    /// A cluster with its data in `data` and its Unix socket in `sockets` (a short path). The port is part of the
    /// socket's name, and is listened on only where the settings say so.
    ///
    /// # Errors
    /// `EnvironmentMissing` without PostgreSQL's server binaries, `InvalidInput` for a socket path that is too long.
    pub fn at(data: &Path, sockets: &Path, port: u16) -> Result<Self> {
        let cluster = Self {
            binaries: Binaries::find()?,
            account: Account::for_servers()?,
            data: data.to_owned(),
            sockets: sockets.to_owned(),
            port,
        };
        let length = cluster.socket().as_os_str().len();
        if length > SOCKET_PATH_MAX {
            return Err(Error::invalid(format!(
                "The path of the socket, `{}`, has {length} bytes.",
                cluster.socket().display()
            ))
            .with_hint(format!("Systems allow {SOCKET_PATH_MAX}. Choose a shorter folder.")));
        }
        Ok(cluster)
    }

    /// The programs that it runs with.
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// Who the server runs as.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The folder with its data.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The folder with its socket.
    pub fn sockets(&self) -> &Path {
        &self.sockets
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether it was made.
    pub fn exists(&self) -> bool {
        self.data.join("PG_VERSION").is_file()
    }

    /// Whether it answers on its socket.
    pub fn is_running(&self) -> bool {
        let says_ready = fs::read_to_string(self.data.join("postmaster.pid"))
            .is_ok_and(|file| file.lines().nth(7).is_some_and(|status| status.trim() == "ready"));
        says_ready && UnixStream::connect(self.socket()).is_ok()
    }

    /// Waits until nobody else makes or starts this cluster. For as long as the returned value lives, nobody else does
    /// who asks for a turn.
    ///
    /// # Errors
    /// `EnvironmentMissing` where the data's parent folder cannot be used.
    pub fn take_turn(&self) -> Result<Turn> {
        let path = self.data.with_extension("lock");
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| folder(parent, error))?;
        }
        let file = File::create(&path).map_err(|error| folder(&path, error))?;
        file.lock().map_err(|error| folder(&path, error))?;
        Ok(Turn { _file: file })
    }

    /// Makes the cluster, unless it is there. Cut off half-way, the next call begins anew.
    ///
    /// # Errors
    /// `EnvironmentMissing` when a folder cannot be made or reached by the server's user, or `initdb` fails;
    /// `Refused` when it was made by another major version of PostgreSQL.
    pub fn create(&self) -> Result<()> {
        let parent = self.data.parent().ok_or_else(|| Error::invalid("The data folder has no parent."))?;
        fs::create_dir_all(parent).map_err(|error| folder(parent, error))?;
        self.account.make_private_dir(&self.sockets)?;
        if self.exists() {
            return self.check_version();
        }
        let half_made = self.data.with_extension("making");
        if half_made.exists() {
            fs::remove_dir_all(&half_made).map_err(|error| folder(&half_made, error))?;
        }
        self.account.make_private_dir(&half_made)?;
        let mut initdb = self.account.command(&self.binaries.program("initdb"));
        initdb.args([
            "-U",
            SUPERUSER,
            "-E",
            "UTF8",
            "--no-locale",
            "--auth=trust",
            "--no-sync",
            "--no-instructions",
            "-D",
        ]);
        checked("initdb", initdb.arg(&half_made))?;
        fs::rename(&half_made, &self.data).map_err(|error| folder(&self.data, error))
    }

    /// Starts the server for as long as the returned value lives, and not longer than this process: a killed process
    /// takes its server down too.
    ///
    /// # Errors
    /// `EnvironmentMissing` with the server's own words when it does not come up.
    pub fn start(&self, settings: &[(&str, &str)], after: AfterEnd<'_>) -> Result<Running> {
        Running::start(self, settings, after)
    }

    /// Starts the server so that it outlives this process, until [`Cluster::stop`].
    ///
    /// # Errors
    /// `EnvironmentMissing` with the server's own words when it does not come up.
    pub fn start_detached(&self, settings: &[(&str, &str)]) -> Result<()> {
        let options: Vec<String> = self.options(settings).iter().map(|option| quoted(option)).collect();
        let mut command = self.pg_ctl(&["start", "-w", "-t", "60"]);
        command.arg("-l").arg(self.data.join("server.log")).arg("-o").arg(options.join(" "));
        // The server inherits the outputs: a pipe would never end.
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(self.did_not_start("pg_ctl")),
            Err(error) => Err(cannot_run("pg_ctl", error)),
        }
    }

    /// Stops the server, whoever started it; a stopped one stays stopped.
    ///
    /// # Errors
    /// `EnvironmentMissing` when it does not stop within a minute.
    pub fn stop(&self) -> Result<()> {
        if !self.is_running() {
            return Ok(());
        }
        checked("pg_ctl", &mut self.pg_ctl(&["stop", "-w", "-m", "fast", "-t", "60"])).map(drop)
    }

    /// Stops the server and removes its data.
    ///
    /// # Errors
    /// As [`Cluster::stop`], and where the folder cannot be removed.
    pub fn destroy(&self) -> Result<()> {
        self.stop()?;
        for path in [&self.data, &self.sockets] {
            match fs::remove_dir_all(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(folder(path, error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes a file into the data folder that only the server's user may read, e.g. `pg_hba.conf` or a key.
    ///
    /// # Errors
    /// `EnvironmentMissing` where it cannot be written.
    pub fn write_file(&self, name: &str, content: &str) -> Result<()> {
        use std::os::unix::fs::OpenOptionsExt;
        let path = self.data.join(name);
        let written = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path)
            .and_then(|mut file| file.write_all(content.as_bytes()));
        written.map_err(|error| folder(&path, error))?;
        self.account.own(&path)
    }

    /// The last lines of what the server said.
    pub fn log_tail(&self) -> String {
        let log = fs::read_to_string(self.data.join("server.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(4)..].join("; ")
    }

    fn socket(&self) -> PathBuf {
        self.sockets.join(format!(".s.PGSQL.{}", self.port))
    }

    fn options(&self, settings: &[(&str, &str)]) -> Vec<String> {
        let (sockets, port) = (self.sockets.display().to_string(), self.port.to_string());
        let own = [("unix_socket_directories", sockets.as_str()), ("port", port.as_str()), ("listen_addresses", "")];
        let all = own.iter().filter(|(name, _)| settings.iter().all(|(given, _)| given != name)).chain(settings);
        all.flat_map(|(name, value)| ["-c".to_owned(), format!("{name}={value}")]).collect()
    }

    fn pg_ctl(&self, arguments: &[&str]) -> Command {
        let mut command = self.account.command(&self.binaries.program("pg_ctl"));
        command.args(arguments).arg("-D").arg(&self.data);
        command
    }

    fn check_version(&self) -> Result<()> {
        let made_by = fs::read_to_string(self.data.join("PG_VERSION")).unwrap_or_default();
        if made_by.trim() == self.binaries.major.to_string() {
            return Ok(());
        }
        Err(Error::new(
            Code::Refused,
            format!(
                "This cluster was made by PostgreSQL {}, and {} is installed.",
                made_by.trim(),
                self.binaries.major
            ),
        )
        .with_hint("Make it anew with `waymark sandbox reset`; what is in it is lost."))
    }

    fn did_not_start(&self, program: &str) -> Error {
        Error::new(Code::EnvironmentMissing, format!("PostgreSQL did not start ({program}): {}.", self.log_tail()))
            .with_hint(format!("Its log is `{}`.", self.data.join("server.log").display()))
    }
}

fn checked(program: &str, command: &mut Command) -> Result<Output> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| cannot_run(program, error))?;
    if output.status.success() {
        return Ok(output);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let words = words.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
    Err(Error::new(Code::EnvironmentMissing, format!("`{program}` failed: {words}."))
        .with_hint("See the log for more."))
}

fn cannot_run(program: &str, error: std::io::Error) -> Error {
    Error::new(Code::EnvironmentMissing, format!("`{program}` cannot be run: {error}.")).with_hint(binaries::INSTALL)
}

fn folder(path: &Path, error: std::io::Error) -> Error {
    Error::new(Code::EnvironmentMissing, format!("`{}` cannot be used: {error}.", path.display()))
        .with_hint("Check the folder's rights and the free space.")
        .with_source(error)
}

/// One word of `pg_ctl -o`, which a shell takes apart.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}
