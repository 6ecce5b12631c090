//! The log: a file per day in the data folder, kept for a week, fit to be attached to a report.
//!
//! Nothing reaches the file but through [`redact`]. Logging never stops the program: where the file cannot be written,
//! the door is told and goes on without.

mod redact;

use std::{
    io::{self, Write},
    panic,
    path::{Path, PathBuf},
};

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::{EnvFilter, Layer, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};
use waymark_core::error::{Code, Error, Result};

/// Days of logs that are kept.
const DAYS: usize = 7;
/// What is logged unless `WAYMARK_LOG` says otherwise. The MCP library would write three lines for each call of an agent.
const FILTER: &str = "info,rmcp=warn,sqlx=warn,hyper=warn,zbus=warn";

/// Whether the log is also written to standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    /// Only the file.
    FileOnly,
    /// Warnings and worse also go to standard error (the command line).
    Warnings,
}

/// The folder of the log files.
pub fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("logs")
}

/// Starts logging, panics included. `filter` is `WAYMARK_LOG`, in the syntax of `tracing`'s environment filter. Gives
/// the folder of the files. A second call changes nothing.
///
/// # Errors
/// `EnvironmentMissing` where the folder cannot be written; nothing is logged then.
pub fn init(data_dir: &Path, filter: Option<&str>, echo: Echo) -> Result<PathBuf> {
    let folder = folder(data_dir);
    let files = appender(&folder)?;
    let filter = || EnvFilter::try_new(filter.unwrap_or(FILTER)).unwrap_or_else(|_| EnvFilter::new(FILTER));
    let to_file = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Redacting(files)).with_filter(filter());
    let to_terminal = (echo == Echo::Warnings).then(|| {
        let warnings = tracing_subscriber::filter::LevelFilter::WARN;
        let plain = tracing_subscriber::fmt::layer().with_ansi(false).without_time();
        plain.with_writer(Redacting(io::stderr)).with_filter(warnings)
    });
    if tracing_subscriber::registry().with(to_file).with(to_terminal).try_init().is_ok() {
        log_panics();
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    }
    Ok(folder)
}

fn appender(folder: &Path) -> Result<RollingFileAppender> {
    let unusable = |why: String| {
        Error::new(
            Code::EnvironmentMissing,
            format!("There is no log: `{}` cannot be written ({why}).", folder.display()),
        )
        .with_hint("Check the folder's rights and the free space.")
    };
    std::fs::create_dir_all(folder).map_err(|error| unusable(error.to_string()))?;
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("waymark")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)
        .map_err(|error| unusable(error.to_string()))
}

fn log_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let payload = info.payload();
        let words = payload.downcast_ref::<&str>().copied();
        let words = words.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
        tracing::error!(place, "a bug: {words}");
        before(info);
    }));
}

/// Makes writers that take secrets out.
struct Redacting<M>(M);

impl<'a, M: MakeWriter<'a>> MakeWriter<'a> for Redacting<M> {
    type Writer = RedactingWriter<M::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        RedactingWriter(self.0.make_writer())
    }
}

/// Writes whole events: `tracing` formats each into one buffer first, so no secret is cut in two.
struct RedactingWriter<W>(W);

impl<W: Write> Write for RedactingWriter<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0.write_all(redact::redact(&String::from_utf8_lossy(buffer)).as_bytes())?;
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(folder: &Path) -> String {
        let entries = std::fs::read_dir(folder).expect("readable");
        entries.map(|entry| std::fs::read_to_string(entry.expect("readable").path()).expect("text")).collect()
    }

    #[test]
    fn what_is_logged_is_in_a_file_without_its_secrets() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = appender(folder.path()).expect("writable");
        let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Redacting(files));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            tracing::warn!(url = "postgres://w:hunter2@db/x", password = "hunter2", "could not connect");
            let error = Error::invalid("refused").with_source("Authorization: Bearer hunter2hunter2".to_owned());
            tracing::error!(?error, "failed");
        });
        let text = written(folder.path());
        assert!(text.contains("could not connect") && text.contains("refused"), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_said_and_survived() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("logs"), "a file in the way").expect("written");
        let error = init(folder.path(), None, Echo::FileOnly).expect_err("no folder");
        assert_eq!(error.code, Code::EnvironmentMissing);
    }
}
