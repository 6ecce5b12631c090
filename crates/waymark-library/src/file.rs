//! The file: where it is, how it is opened, and how its tables come up to date.
//!
//! WAL with `synchronous=FULL`: a commit is on the disk when it returns, and readers never wait for the writer. There is
//! one writing connection per process; other processes' writes are waited for.
//!
//! A library that cannot be written (its folder's rights, a full disk, a newer Waymark's) is opened for reading. Nothing
//! here ever makes a new library where one was: a file that lost its name while it was open is put back from what is open.

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
use tempfile::TempDir;
use waymark_core::error::{Code, Error, Result};

use crate::{
    copies,
    failure::{self, Attempted},
    marks::Marks,
};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/library");

/// How long a write waits for another process's.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Where SQLite does not wait by itself.
const BUSY_RETRY: Duration = Duration::from_millis(20);
/// One of them may be the watcher's.
const READERS_MAX: u32 = 5;

/// The paths in a library's folder.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) library: PathBuf,
    pub(crate) lock: PathBuf,
    pub(crate) wal: PathBuf,
}

/// Why a library is not written to, and what to do about it.
#[derive(Debug, Clone)]
pub(crate) struct ReadOnly {
    pub(crate) reason: String,
    hint: String,
}

/// An open file: `writer` is missing where it may only be read.
pub(crate) struct OpenFile {
    pub(crate) writer: Option<SqlitePool>,
    pub(crate) readers: SqlitePool,
    pub(crate) read_only: Option<ReadOnly>,
    /// Whether somebody who wrote went away without closing it, and nobody has looked at the file since.
    pub(crate) ended_uncleanly: bool,
    /// Who writes. Those who only may read leave none.
    pub(crate) marks: Option<Marks>,
    /// Held (shared) as long as the library is open, so that others know. Missing where no lock file can be made.
    pub(crate) lock: Option<File>,
    place: Place,
    identity: Option<Identity>,
    /// What is read instead of a file whose log cannot be merged where it lies. Removed when the library is closed.
    _copy: Option<TempDir>,
}

/// Which file it is, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity(u64, u64);

impl ReadOnly {
    fn newer(version: i64) -> Self {
        let known = known_version();
        Self {
            reason: format!(
                "A newer Waymark wrote this library: its tables have version {version}, this one knows {known}."
            ),
            hint: "It can be read. Update Waymark to write to it.".to_owned(),
        }
    }

    fn of(error: Error) -> Self {
        Self { reason: error.message, hint: error.hint.unwrap_or_default() }
    }

    /// The error of every write.
    pub(crate) fn refusal(&self) -> Error {
        Error::new(Code::LibraryReadOnly, &self.reason).with_hint(&self.hint)
    }
}

impl OpenFile {
    /// Whether the file that is open still has its name. Writes to one that was deleted or moved away would be lost with
    /// it, and nothing else would notice.
    ///
    /// # Errors
    /// `LibraryReadOnly` naming where it was.
    pub(crate) fn check_place(&self) -> Result<()> {
        if self.identity.is_none() || identity(&self.place.library) == self.identity {
            return Ok(());
        }
        let place = self.place.library.display();
        Err(Error::new(Code::LibraryReadOnly, format!("The library's file `{place}` was deleted or moved away."))
            .with_hint("Nothing is lost while Waymark is open. Bring the file back, or open the library again: then it is put back."))
    }

    /// Puts the file back where it was, if nothing is there now. `false` where something is.
    ///
    /// # Errors
    /// `LibraryReadOnly` where it cannot be written.
    pub(crate) async fn put_back(&self) -> Result<bool> {
        let (Some(writer), false) = (&self.writer, self.place.library.exists()) else { return Ok(false) };
        let folder = self.place.library.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| failure::not_writable(folder, error))?;
        let mut connection = writer.acquire().await.attempted("Putting the library back")?;
        copies::write_through(&mut connection, &self.place.library).await?;
        tracing::warn!(path = %self.place.library.display(), "the library's file was gone and is put back");
        Ok(true)
    }
}

impl Place {
    /// Where the files of a library in this folder are.
    pub(crate) fn of(dir: &Path) -> Place {
        Place {
            library: dir.join("library.sqlite"),
            lock: dir.join("library.lock"),
            wal: dir.join("library.sqlite-wal"),
        }
    }

    /// Makes the folder, and makes sure that it and the file can be written.
    fn prepare(&self, dir: &Path) -> Result<()> {
        fs::create_dir_all(dir).map_err(|error| failure::not_writable(dir, error))?;
        if self.library.exists() {
            let opened = OpenOptions::new().read(true).write(true).open(&self.library);
            opened.map_err(|error| failure::not_writable(&self.library, error))?;
        }
        Ok(())
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

    fn has_log(&self) -> bool {
        fs::metadata(&self.wal).is_ok_and(|log| log.len() > 0)
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

    /// `is_frozen`: nobody can write the folder, and no log belongs to the file.
    fn readers(&self, is_frozen: bool) -> SqlitePool {
        let pool = SqlitePoolOptions::new().max_connections(READERS_MAX).test_before_acquire(false);
        pool.connect_lazy_with(self.options().read_only(true).immutable(is_frozen))
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

/// Opens the file in this folder and brings its tables up to date; for reading where it cannot be written.
///
/// # Errors
/// `LibraryReadOnly` where there is nothing to read either, `LibraryDamaged`.
pub(crate) async fn open(dir: &Path) -> Result<OpenFile> {
    let place = Place::of(dir);
    match open_writable(dir, &place).await {
        Err(error) if error.code == Code::LibraryReadOnly && place.library.is_file() => {
            tracing::warn!(?error, "the library is opened for reading");
            open_for_reading(&place, ReadOnly::of(error)).await
        }
        opened => opened,
    }
}

async fn open_writable(dir: &Path, place: &Place) -> Result<OpenFile> {
    place.prepare(dir)?;
    // A clean close of the last connection removes the write-ahead log: while nobody has the library open, its presence
    // is the sign of a process that was killed, also where its mark never reached the disk.
    let (lock, is_alone) = place.lock()?;
    let marks = Marks::look(dir);
    let ended_uncleanly = marks.are_left() || is_alone && place.has_log();
    let writer = place.writer().await?;
    let mut connection = writer.acquire().await.attempted("Opening the library")?;
    if version(&mut connection).await? < known_version() {
        marks.set();
    }
    let version = migrate(&mut connection).await?;
    drop(connection);
    let file = OpenFile {
        writer: None,
        readers: place.readers(false),
        read_only: None,
        ended_uncleanly,
        marks: Some(marks),
        lock: Some(lock),
        identity: identity(&place.library),
        place: place.clone(),
        _copy: None,
    };
    if version <= known_version() {
        return Ok(OpenFile { writer: Some(writer), ..file });
    }
    writer.close().await;
    Ok(OpenFile { read_only: Some(ReadOnly::newer(version)), ..file })
}

/// Reads a library that cannot be written where it lies: as it lies there, or, where its log is not merged yet or its
/// tables are older, a copy that is removed afterwards.
async fn open_for_reading(place: &Place, why: ReadOnly) -> Result<OpenFile> {
    const OPENING: &str = "Opening the library for reading";
    let lock = File::open(&place.lock).ok().filter(|lock| lock.lock_shared().is_ok());
    let mut connection = copies::connect(&place.library).await.attempted(OPENING)?;
    let version = version(&mut connection).await;
    connection.close().await.attempted(OPENING)?;
    let is_current = !place.has_log() && version.as_ref().is_ok_and(|version| *version >= known_version());
    let file = |readers, copy| OpenFile {
        writer: None,
        readers,
        read_only: Some(why),
        ended_uncleanly: false,
        marks: None,
        lock,
        place: place.clone(),
        identity: None,
        _copy: copy,
    };
    if is_current {
        return Ok(file(place.readers(true), None));
    }
    let copy = tempfile::tempdir().map_err(|error| failure::not_writable(&std::env::temp_dir(), error))?;
    let beside = Place::of(copy.path());
    for (from, to) in [(&place.library, &beside.library), (&place.wal, &beside.wal)] {
        if from.exists() {
            fs::copy(from, to).map_err(|error| failure::not_writable(to, error))?;
            make_writable(to);
        }
    }
    let writer = beside.writer().await?;
    let mut connection = writer.acquire().await.attempted(OPENING)?;
    let migrated = migrate(&mut connection).await;
    drop(connection);
    writer.close().await;
    migrated.map(|_| file(beside.readers(false), Some(copy)))
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|file| Identity(file.dev(), file.ino()))
}

/// Elsewhere an open file cannot be deleted.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    path.exists().then_some(Identity(0, 0))
}

fn make_writable(path: &Path) {
    #[cfg(unix)]
    let permissions = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o600);
    #[cfg(unix)]
    if let Err(error) = fs::set_permissions(path, permissions) {
        tracing::warn!(%error, "a copy of the library stays read-only");
    }
}

/// Runs missing migrations, all or none, and gives the version of the tables. Leaves a newer library alone.
pub(crate) async fn migrate(connection: &mut SqliteConnection) -> Result<i64> {
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

/// Makes the tables of an empty file as they were at `version`.
pub(crate) async fn make_tables(connection: &mut SqliteConnection, version: i64) -> Result<()> {
    MIGRATIONS.run_direct(Some(version), connection, false).await.map_err(failed_migration)
}

fn failed_migration(error: MigrateError) -> Error {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            failure::of(error, "Bringing the library up to date")
        }
        other => failure::damaged("Its tables were not made by a released Waymark.").with_source(other),
    }
}

/// The SQL of the migrations after a version.
#[cfg(test)]
pub(crate) fn migrations_after(version: i64) -> Vec<&'static str> {
    MIGRATIONS.iter().filter(|migration| migration.version > version).map(|migration| migration.sql.as_str()).collect()
}

/// The version of the tables that this program makes.
pub(crate) fn known_version() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// The version of the tables; 0 for a new file.
pub(crate) async fn version(connection: &mut SqliteConnection) -> Result<i64> {
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
