//! The file: where it is, how it is opened, and how its tables come up to date.
//!
//! WAL with `synchronous=FULL`: a commit is on the disk when it returns, and readers never wait for the writer. There is
//! one writing connection per process; other processes' writes are waited for.

use std::{
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use sqlx::{
    ConnectOptions, Connection, Row, SqliteConnection, SqlitePool,
    migrate::{MigrateError, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use waymark_core::error::{Code, Error, Result};

use crate::failure::{self, Attempted};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/library");

/// How long a write waits for another process's.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Where SQLite does not wait by itself.
const BUSY_RETRY: Duration = Duration::from_millis(20);
/// One of them may be the watcher's.
const READERS_MAX: u32 = 5;

/// The paths in a library's folder.
pub(crate) struct Place {
    pub(crate) library: PathBuf,
    lock: PathBuf,
    wal: PathBuf,
}

/// An open file: `writer` is missing where it may only be read.
pub(crate) struct OpenFile {
    pub(crate) writer: Option<SqlitePool>,
    pub(crate) readers: SqlitePool,
    pub(crate) read_only_reason: Option<String>,
    /// Whether whoever had it open last went away without closing it.
    pub(crate) ended_uncleanly: bool,
    /// Held (shared) as long as the library is open, so that others know.
    pub(crate) lock: File,
}

impl Place {
    /// Makes the folder, and makes sure that it and the file can be written.
    pub(crate) fn prepare(dir: &Path) -> Result<Place> {
        fs::create_dir_all(dir).map_err(|error| failure::not_writable(dir, error))?;
        let place = Place {
            library: dir.join("library.sqlite"),
            lock: dir.join("library.lock"),
            wal: dir.join("library.sqlite-wal"),
        };
        if place.library.exists() {
            let opened = OpenOptions::new().read(true).write(true).open(&place.library);
            opened.map_err(|error| failure::not_writable(&place.library, error))?;
        }
        Ok(place)
    }

    /// A lock that says "somebody has it open", and whether nobody else has.
    fn lock(&self) -> Result<(File, bool)> {
        let options = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&self.lock);
        let file = options.map_err(|error| failure::not_writable(&self.lock, error))?;
        let is_alone = file.try_lock().is_ok();
        // A file system without locks gives an error here; the check of the file then runs once more than needed.
        if let Err(error) = file.lock_shared() {
            tracing::warn!(%error, "the library's folder does not support locks");
        }
        Ok((file, is_alone))
    }

    fn options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(&self.library)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .synchronous(SqliteSynchronous::Full)
            .optimize_on_close(false, None)
            .disable_statement_logging()
    }

    fn readers(&self) -> SqlitePool {
        let pool = SqlitePoolOptions::new().max_connections(READERS_MAX).test_before_acquire(false);
        pool.connect_lazy_with(self.options().read_only(true))
    }

    async fn writer(&self) -> Result<SqlitePool> {
        let options = self.options().create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
        let pool = SqlitePoolOptions::new().max_connections(1).test_before_acquire(false);
        let pool = pool.idle_timeout(None).max_lifetime(None);
        let began = Instant::now();
        loop {
            match pool.clone().connect_with(options.clone()).await {
                // Of several who make the file at once, SQLite lets one switch it to WAL, and the others do not wait.
                Err(error) if failure::is_busy(&error) && began.elapsed() < BUSY_TIMEOUT => {
                    tokio::time::sleep(BUSY_RETRY).await;
                }
                connected => return connected.attempted("Opening the library"),
            }
        }
    }
}

/// Opens the file and brings its tables up to date.
pub(crate) async fn open(place: &Place) -> Result<OpenFile> {
    // A clean close of the last connection removes the write-ahead log: while nobody has the library open, its presence
    // is the sign of a process that was killed.
    let (lock, is_alone) = place.lock()?;
    let ended_uncleanly = is_alone && fs::metadata(&place.wal).is_ok_and(|log| log.len() > 0);
    let writer = place.writer().await?;
    let mut connection = writer.acquire().await.attempted("Opening the library")?;
    let version = migrate(&mut connection).await?;
    drop(connection);
    let readers = place.readers();
    let known = known_version();
    if version <= known {
        return Ok(OpenFile { writer: Some(writer), readers, read_only_reason: None, ended_uncleanly, lock });
    }
    writer.close().await;
    let reason =
        format!("A newer Waymark wrote this library: its tables have version {version}, this one knows {known}.");
    Ok(OpenFile { writer: None, readers, read_only_reason: Some(reason), ended_uncleanly, lock })
}

/// The error of every write to a library that may only be read.
pub(crate) fn read_only(reason: &str) -> Error {
    Error::new(Code::LibraryReadOnly, reason).with_hint("It can be read. Update Waymark to write to it.")
}

/// Runs missing migrations, all or none, and gives the version of the tables. Leaves a newer library alone.
async fn migrate(connection: &mut SqliteConnection) -> Result<i64> {
    const ATTEMPTED: &str = "Bringing the library up to date";
    let found = version(connection).await?;
    if found >= known_version() {
        return Ok(found);
    }
    // Another process may be doing the same: who gets the lock second finds nothing left to do.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.attempted(ATTEMPTED)?;
    let found = version(&mut transaction).await?;
    if found < known_version() {
        // Not `run`: its future cannot be shown to move between threads.
        MIGRATIONS.run_direct(None, &mut *transaction, false).await.map_err(failed_migration)?;
    }
    transaction.commit().await.attempted(ATTEMPTED)?;
    Ok(found.max(known_version()))
}

fn failed_migration(error: MigrateError) -> Error {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            failure::of(error, "Bringing the library up to date")
        }
        other => failure::damaged("Its tables were not made by a released Waymark.").with_source(other),
    }
}

/// The version of the tables that this program makes.
fn known_version() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// The version of the tables; 0 for a new file.
async fn version(connection: &mut SqliteConnection) -> Result<i64> {
    const ATTEMPTED: &str = "Reading the library's version";
    const TABLES: &str =
        "SELECT count(*) AS tables, coalesce(sum(name = '_sqlx_migrations'), 0) AS ours FROM sqlite_schema";
    let tables = sqlx::query(TABLES).fetch_one(&mut *connection).await.attempted(ATTEMPTED)?;
    match (tables.get::<i64, _>("tables"), tables.get::<i64, _>("ours")) {
        (0, _) => Ok(0),
        (_, 0) => Err(failure::damaged("It has tables, but not those of a Waymark library.")),
        _ => {
            let row = sqlx::query("SELECT coalesce(max(version), 0) AS version FROM _sqlx_migrations");
            Ok(row.fetch_one(&mut *connection).await.attempted(ATTEMPTED)?.get("version"))
        }
    }
}
