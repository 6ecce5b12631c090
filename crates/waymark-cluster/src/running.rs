//! A server that lives as long as a value, and never longer than the process that holds it.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use waymark_core::error::Result;

use crate::{Cluster, cannot_run, folder};

/// Runs the server and ends it when its standard input ends: the pipe closes however the holder of its other end ends,
/// `kill -9` included. SIGINT asks PostgreSQL for a fast, clean shutdown. The first argument is a folder to remove
/// afterwards, or nothing.
const WATCH: &str = r#"exec 3<&0 0</dev/null
leftovers=$1; shift
"$@" 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -INT "$server"; } 2>/dev/null &
watcher=$!
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
[ -z "$leftovers" ] || rm -rf "$leftovers"
exit "$status""#;

/// How long the server may take to answer: recovery after an unclean end takes a while on a slow disk.
const PATIENCE: Duration = Duration::from_secs(60);

/// What becomes of the cluster's files when its server ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterEnd<'a> {
    /// They stay.
    Keep,
    /// This folder goes, also when the process that started the server was killed: a throwaway cluster.
    Remove(&'a Path),
}

/// A running server. Dropping it stops the server and waits for its end.
#[derive(Debug)]
pub struct Running {
    watcher: Child,
}

impl Running {
    pub(crate) fn start(cluster: &Cluster, settings: &[(&str, &str)], after: AfterEnd<'_>) -> Result<Self> {
        let log_path = cluster.data.join("server.log");
        let log = fs::File::create(&log_path).map_err(|error| folder(&log_path, error))?;
        cluster.account.own(&log_path)?;
        let errors = log.try_clone().map_err(|error| folder(&log_path, error))?;
        let mut command = cluster.account.command(Path::new("/bin/sh"));
        let leftovers = match after {
            AfterEnd::Keep => Path::new(""),
            AfterEnd::Remove(folder) => folder,
        };
        command.args(["-c", WATCH, "waymark-postgres"]).arg(leftovers).arg(cluster.binaries.program("postgres"));
        command.arg("-D").arg(&cluster.data).args(cluster.options(settings));
        // A group of its own: Ctrl+C in a terminal is for us, and the pipe then stops the server in order.
        command.process_group(0).stdin(Stdio::piped()).stdout(log).stderr(errors);
        let mut running = Self { watcher: command.spawn().map_err(|error| cannot_run("postgres", error))? };
        let began = Instant::now();
        while !cluster.is_running() {
            let has_ended = running.watcher.try_wait().map_or(true, |status| status.is_some());
            if has_ended || began.elapsed() > PATIENCE {
                return Err(cluster.did_not_start("postgres"));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(running)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Closing the pipe is the signal to stop.
        drop(self.watcher.stdin.take());
        let _ = self.watcher.wait();
    }
}
