//! A hot standby: a copy of a cluster that follows it and can only be read.

use std::io;
use std::sync::atomic::AtomicU32;

use waymark_cluster::AfterEnd;

use super::{Cluster, Database, Purpose, USER, settings};

impl Cluster {
    /// Starts a hot standby of this cluster, as it is now.
    ///
    /// # Errors
    /// When it cannot be copied or does not start (with what was said).
    pub fn standby(&self) -> io::Result<Cluster> {
        let dir = tempfile::Builder::new().prefix("wm-sb-").tempdir()?.keep();
        let server = waymark_cluster::Cluster::at(&dir.join("data"), &dir, self.port).map_err(io::Error::other)?;
        server.account().own(&dir).map_err(io::Error::other)?;
        let mut copy = server.account().command(&self.bin.join("pg_basebackup"));
        copy.args(["-c", "fast", "-R", "-X", "stream", "-U", USER, "-p", &self.port.to_string()]);
        copy.arg("-h").arg(&self.dir).arg("-D").arg(server.data());
        let copied = copy.output()?;
        if !copied.status.success() {
            return Err(io::Error::other(String::from_utf8_lossy(&copied.stderr).into_owned()));
        }
        let settings = settings(Purpose::Test);
        let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let running = server.start(&settings, AfterEnd::Remove(&dir)).map_err(io::Error::other)?;
        Ok(Self { dir, bin: self.bin.clone(), port: self.port, databases: AtomicU32::new(0), _running: running })
    }

    /// A database that is there already, such as one that a standby has from its primary.
    pub fn existing(&self, name: &str) -> Database<'_> {
        Database { cluster: self, name: name.to_owned() }
    }
}
