//! A private login session for a test: an own home, an own D-Bus without activatable services, and a real gnome-keyring in it.
//!
//! It must never reach the developer's own bus, keyring or home: everything that a program under test may look up is redirected
//! by [`Session::environment`]. Everything ends with the value.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The state in which a program finds the Secret Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// It answers, and the default collection is open.
    Unlocked,
    /// It answers, but its default collection is locked and nobody can be asked for the password.
    Locked,
    /// Nothing on the bus offers secrets.
    Absent,
}

/// A home, a bus and perhaps a keyring, for the life of the value.
#[derive(Debug)]
pub struct Session {
    home: tempfile::TempDir,
    address: String,
    bus: Child,
    keyring: Option<Child>,
}

/// How long a daemon may take to appear on the bus before the test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

impl Session {
    /// Starts a bus, and a keyring in the wanted state.
    ///
    /// # Errors
    /// When `dbus-daemon`, `gnome-keyring-daemon` or `gdbus` is missing or does not come up within twenty seconds.
    pub fn start(keyring: Keyring) -> io::Result<Self> {
        let home = tempfile::Builder::new().prefix("wm-").tempdir()?;
        for folder in ["data", "config", "cache", "run"] {
            std::fs::create_dir(home.path().join(folder))?;
        }
        restrict(&home.path().join("run"))?;
        let config = home.path().join("bus.conf");
        std::fs::write(&config, BUS_WITHOUT_SERVICES)?;
        let mut bus = Command::new("dbus-daemon")
            .args(["--nofork", "--print-address=1"])
            .arg(format!("--config-file={}", config.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdout = bus.stdout.take().ok_or_else(|| io::Error::other("dbus-daemon has no output"))?;
        let mut address = String::new();
        BufReader::new(stdout).read_line(&mut address)?;
        let mut session = Self { home, address: address.trim().to_owned(), bus, keyring: None };
        if keyring != Keyring::Absent {
            session.start_keyring()?;
        }
        if keyring == Keyring::Locked {
            session.lock()?;
        }
        Ok(session)
    }

    /// What a program needs in its environment to live in this session and in no other.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let inside = |folder: &str| self.home.path().join(folder).into_os_string();
        vec![
            ("HOME", self.home.path().into()),
            ("XDG_DATA_HOME", inside("data")),
            ("XDG_CONFIG_HOME", inside("config")),
            ("XDG_CACHE_HOME", inside("cache")),
            ("XDG_RUNTIME_DIR", inside("run")),
            ("DBUS_SESSION_BUS_ADDRESS", self.address.clone().into()),
        ]
    }

    /// A command that runs inside the session.
    #[must_use]
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.envs(self.environment());
        command
    }

    /// The private home folder.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where applications put their data in this session.
    #[must_use]
    pub fn data_home(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Locks the default collection, as a desktop does after some idle time.
    ///
    /// # Errors
    /// When the Secret Service does not answer.
    pub fn lock(&self) -> io::Result<()> {
        let service = "/org/freedesktop/secrets";
        self.secrets_call(
            service,
            "org.freedesktop.Secret.Service.Lock",
            &["['/org/freedesktop/secrets/collection/login']"],
        )
        .map(drop)
    }

    /// Whether the Secret Service holds an item whose secret is exactly `secret`. `secret-tool` asks, not the code under test.
    ///
    /// # Errors
    /// When `secret-tool` (package libsecret-tools) is missing.
    pub fn keyring_holds(&self, attribute: &str, value: &str, secret: &str) -> io::Result<bool> {
        let output = self.command("secret-tool").args(["lookup", attribute, value]).stderr(Stdio::null()).output()?;
        Ok(output.status.success() && output.stdout == secret.as_bytes())
    }

    fn start_keyring(&mut self) -> io::Result<()> {
        let mut daemon = self
            .command("gnome-keyring-daemon")
            .args(["--unlock", "--components=secrets", "--foreground"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(mut stdin) = daemon.stdin.take() {
            stdin.write_all(b"a password of the test")?;
        }
        self.keyring = Some(daemon);
        let began = Instant::now();
        while self
            .secrets_call(
                "/org/freedesktop/secrets/collection/login",
                "org.freedesktop.DBus.Properties.GetAll",
                &["org.freedesktop.Secret.Collection"],
            )
            .is_err()
        {
            if began.elapsed() > PATIENCE {
                return Err(io::Error::other("gnome-keyring-daemon did not open its collection"));
            }
            std::thread::yield_now();
        }
        Ok(())
    }

    fn secrets_call(&self, object: &str, method: &str, arguments: &[&str]) -> io::Result<String> {
        let output = self
            .command("gdbus")
            .args([
                "call",
                "--session",
                "--dest",
                "org.freedesktop.secrets",
                "--object-path",
                object,
                "--method",
                method,
            ])
            .args(arguments)
            .output()?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for child in self.keyring.iter_mut().chain([&mut self.bus]) {
            // A daemon that is already gone is what was wanted.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// `XDG_RUNTIME_DIR` must belong to the user alone, or programs refuse it.
fn restrict(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

/// A session bus on which nothing starts by itself: the usual configuration would start the machine's keyring on first use.
const BUS_WITHOUT_SERVICES: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

#[cfg(test)]
mod tests {
    use super::*;

    fn store(session: &Session) -> io::Result<bool> {
        let mut child = session
            .command("secret-tool")
            .args(["store", "--label=test", "purpose", "test"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(b"hush")?;
        }
        Ok(child.wait()?.success())
    }

    #[test]
    fn an_unlocked_keyring_keeps_what_it_is_given() {
        let session = Session::start(Keyring::Unlocked).unwrap();
        assert!(store(&session).unwrap());
        assert!(session.keyring_holds("purpose", "test", "hush").unwrap());
        assert!(!session.keyring_holds("purpose", "test", "other").unwrap());
    }

    #[test]
    fn a_locked_keyring_takes_nothing() {
        let session = Session::start(Keyring::Locked).unwrap();
        assert!(!store(&session).unwrap());
    }

    #[test]
    fn without_a_service_nothing_can_be_stored() {
        let session = Session::start(Keyring::Absent).unwrap();
        assert!(!store(&session).unwrap());
    }
}
